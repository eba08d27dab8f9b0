use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use farcall::{Code, Context, RpcError, rpc_service};
use futures::{Stream, StreamExt, stream};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use tokio::task::yield_now;

use super::gauge::Gauge;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub(crate) enum FlowError {
    #[error("there is no stream of the name `{0}`")]
    Unknown(String),
    #[error("broken off after {0}")]
    Broken(u64),
}

/// A number that cannot always be written, or read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fragile(pub(crate) u64);

impl Fragile {
    pub(crate) const UNWRITABLE: u64 = 13;
    pub(crate) const UNREADABLE: u64 = 14;
}

impl Serialize for Fragile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Self::UNWRITABLE => Err(ser::Error::custom("this number brings bad luck")),
            number => number.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Fragile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u64::deserialize(deserializer)? {
            Self::UNREADABLE => Err(de::Error::custom("this number is not for everybody")),
            number => Ok(Self(number)),
        }
    }
}

/// Every shape of a call with streams.
#[rpc_service]
pub(crate) trait Flow {
    async fn add(&self, a: u64, b: u64) -> u64;
    /// Never ends.
    async fn stay(&self);

    /// 0 to `count` − 1.
    fn numbers(&self, count: u64) -> impl Stream<Item = u64> + Send;
    /// The same, with a pause before each.
    fn hesitant(&self, count: u64) -> impl Stream<Item = u64> + Send;
    /// Nothings.
    fn nothings(&self, count: u64) -> impl Stream<Item = ()> + Send;
    /// Numbers without end.
    fn endless(&self) -> impl Stream<Item = u64> + Send;
    /// A block of each length.
    fn blocks(&self, lengths: &[u32]) -> impl Stream<Item = Bytes> + Send;
    /// After `good` numbers an error, and more numbers behind it.
    fn breaks(&self, good: u64) -> impl Stream<Item = Result<u64, FlowError>> + Send;
    /// The same with an error that the handler picks.
    fn fails(&self, good: u64) -> impl Stream<Item = Result<u64, RpcError>> + Send;
    /// Panics after `good` numbers.
    fn panics(&self, good: u64) -> impl Stream<Item = u64> + Send;
    fn fragile(&self, items: Vec<u64>) -> impl Stream<Item = Fragile> + Send;
    /// One number, then nothing until the gate is open, then another one.
    fn gated(&self) -> impl Stream<Item = u64> + Send;
    /// A number every seven seconds.
    fn drip(&self, count: u64) -> impl Stream<Item = u64> + Send;
    #[rpc(timeout = "20s")]
    fn hurried_drip(&self, count: u64) -> impl Stream<Item = u64> + Send;
    /// Milliseconds left when it begins, if there is a deadline.
    fn remaining(&self) -> impl Stream<Item = Option<u64>> + Send;

    /// Opens streams of numbers of the name `numbers`.
    async fn open(&self, name: &str, count: u64) -> Result<impl Stream<Item = u64> + Send, FlowError>;
    async fn open_results(
        &self,
        good: u64,
    ) -> Result<impl Stream<Item = Result<u64, FlowError>> + Send, RpcError>;
    async fn open_plainly(&self, count: u64) -> impl Stream<Item = u64> + Send;
    /// Opens when the gate is open.
    async fn open_late(&self) -> Result<impl Stream<Item = u64> + Send, FlowError>;
    async fn open_panics(&self) -> Result<impl Stream<Item = u64> + Send, FlowError>;

    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64;
    async fn total(
        &self,
        numbers: impl Stream<Item = Result<u64, FlowError>> + Send,
    ) -> Result<u64, FlowError>;
    async fn total_rpc(
        &self,
        numbers: impl Stream<Item = Result<u64, RpcError>> + Send,
    ) -> Result<u64, RpcError>;
    async fn count(&self, nothings: impl Stream<Item = ()> + Send) -> u64;
    async fn lengths(&self, blocks: impl Stream<Item = Bytes> + Send) -> Vec<u64>;
    async fn check(&self, items: impl Stream<Item = Fragile> + Send) -> u64;
    /// Two streams, and ordinary arguments around and between them.
    async fn pairs(
        &self,
        times: u64,
        numbers: impl Stream<Item = u64> + Send,
        between: &str,
        texts: impl Stream<Item = String> + Send,
        end: Vec<u8>,
    ) -> Vec<String>;
    /// Only the first `count`.
    async fn first(&self, count: u64, numbers: impl Stream<Item = u64> + Send) -> Vec<u64>;
    /// Takes nothing before the gate is open.
    async fn late_sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64;
    async fn panics_after(&self, good: u64, numbers: impl Stream<Item = u64> + Send) -> u64;

    fn echo(&self, texts: impl Stream<Item = String> + Send) -> impl Stream<Item = String> + Send;
    fn echo_results(
        &self,
        numbers: impl Stream<Item = Result<u64, FlowError>> + Send,
    ) -> impl Stream<Item = Result<u64, FlowError>> + Send;
    async fn open_echo(
        &self,
        prefix: &str,
        texts: impl Stream<Item = String> + Send,
    ) -> Result<impl Stream<Item = String> + Send, FlowError>;
}

#[derive(Default)]
pub(crate) struct Mill {
    pub(crate) gauge: Gauge,
}

/// 0 to `count` − 1, each after a turn of the others.
pub(crate) fn hesitant(count: u64) -> impl Stream<Item = u64> + Send {
    stream::iter(0..count).then(async |number| {
        yield_now().await;
        number
    })
}

/// One number every seven seconds.
pub(crate) fn drip(count: u64) -> impl Stream<Item = u64> + Send {
    stream::iter(0..count).then(async |number| {
        tokio::time::sleep(Duration::from_secs(7)).await;
        number
    })
}

impl Flow for Mill {
    async fn add(&self, a: u64, b: u64) -> u64 {
        a + b
    }
    async fn stay(&self) {
        self.gauge.note_context();
        let _inside = self.gauge.enter();
        std::future::pending().await
    }

    fn numbers(&self, count: u64) -> impl Stream<Item = u64> + Send {
        self.gauge.giving(stream::iter(0..count))
    }
    fn hesitant(&self, count: u64) -> impl Stream<Item = u64> + Send {
        self.gauge.giving(hesitant(count))
    }
    fn nothings(&self, count: u64) -> impl Stream<Item = ()> + Send {
        self.gauge.giving(stream::iter(0..count).map(|_| ()))
    }
    fn endless(&self) -> impl Stream<Item = u64> + Send {
        self.gauge.note_context();
        self.gauge.giving(stream::iter(0..))
    }
    fn blocks(&self, lengths: &[u32]) -> impl Stream<Item = Bytes> + Send {
        self.gauge.giving(stream::iter(lengths.to_vec()).map(|length| Bytes::from(vec![7; length as usize])))
    }
    fn breaks(&self, good: u64) -> impl Stream<Item = Result<u64, FlowError>> + Send {
        let items = (0..good).map(Ok).chain([Err(FlowError::Broken(good))]).chain((0..5).map(Ok));
        self.gauge.giving(stream::iter(items))
    }
    fn fails(&self, good: u64) -> impl Stream<Item = Result<u64, RpcError>> + Send {
        let error = RpcError::new(Code::Aborted, "enough of it").with_detail("good", vec![1, 2]);
        let items = (0..good).map(Ok).chain([Err(error)]).chain((0..5).map(Ok));
        self.gauge.giving(stream::iter(items))
    }
    fn panics(&self, good: u64) -> impl Stream<Item = u64> + Send {
        self.gauge.giving(hesitant(good + 1).inspect(move |number| {
            assert!(*number < good, "the secret of the handler");
        }))
    }
    fn fragile(&self, items: Vec<u64>) -> impl Stream<Item = Fragile> + Send {
        self.gauge.giving(stream::iter(items).map(Fragile))
    }
    fn gated(&self) -> impl Stream<Item = u64> + Send {
        let gate = async {
            self.gauge.opened().await;
            2
        };
        self.gauge.giving(stream::iter([1]).chain(stream::once(gate)))
    }
    fn drip(&self, count: u64) -> impl Stream<Item = u64> + Send {
        self.gauge.giving(drip(count))
    }
    fn hurried_drip(&self, count: u64) -> impl Stream<Item = u64> + Send {
        self.gauge.giving(drip(count))
    }
    fn remaining(&self) -> impl Stream<Item = Option<u64>> + Send {
        let remaining = Context::current().remaining();
        stream::iter([remaining.map(|remaining| u64::try_from(remaining.as_millis()).unwrap())])
    }

    async fn open(&self, name: &str, count: u64) -> Result<impl Stream<Item = u64> + Send, FlowError> {
        yield_now().await;
        match name {
            "numbers" => Ok(self.gauge.giving(stream::iter(0..count))),
            name => Err(FlowError::Unknown(name.to_owned())),
        }
    }
    async fn open_results(
        &self,
        good: u64,
    ) -> Result<impl Stream<Item = Result<u64, FlowError>> + Send, RpcError> {
        if good == 0 {
            return Err(RpcError::new(Code::NotFound, "nothing good in it"));
        }
        Ok(self.breaks(good))
    }
    async fn open_plainly(&self, count: u64) -> impl Stream<Item = u64> + Send {
        yield_now().await;
        self.numbers(count)
    }
    async fn open_late(&self) -> Result<impl Stream<Item = u64> + Send, FlowError> {
        let _inside = self.gauge.enter();
        self.gauge.opened().await;
        Ok(self.numbers(3))
    }
    async fn open_panics(&self) -> Result<impl Stream<Item = u64> + Send, FlowError> {
        yield_now().await;
        if self.gauge.begun() < usize::MAX {
            panic!("the secret of the handler");
        }
        Ok(self.numbers(3))
    }

    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64 {
        self.gauge.note_context();
        let _inside = self.gauge.enter();
        self.gauge.taking(numbers).fold(0, async |sum: u64, number| sum.wrapping_add(number)).await
    }
    async fn total(
        &self,
        numbers: impl Stream<Item = Result<u64, FlowError>> + Send,
    ) -> Result<u64, FlowError> {
        let _inside = self.gauge.enter();
        let mut numbers = pin!(self.gauge.taking(numbers));
        let mut total = 0;
        while let Some(number) = numbers.next().await {
            total += number?;
        }
        Ok(total)
    }
    async fn total_rpc(
        &self,
        numbers: impl Stream<Item = Result<u64, RpcError>> + Send,
    ) -> Result<u64, RpcError> {
        let _inside = self.gauge.enter();
        let mut numbers = pin!(self.gauge.taking(numbers));
        let mut total = 0;
        while let Some(number) = numbers.next().await {
            total += number?;
        }
        Ok(total)
    }
    async fn count(&self, nothings: impl Stream<Item = ()> + Send) -> u64 {
        let _inside = self.gauge.enter();
        self.gauge.taking(nothings).count().await as u64
    }
    async fn lengths(&self, blocks: impl Stream<Item = Bytes> + Send) -> Vec<u64> {
        let _inside = self.gauge.enter();
        self.gauge.taking(blocks).map(|block| block.len() as u64).collect().await
    }
    async fn check(&self, items: impl Stream<Item = Fragile> + Send) -> u64 {
        let _inside = self.gauge.enter();
        self.gauge.taking(items).count().await as u64
    }
    async fn pairs(
        &self,
        times: u64,
        numbers: impl Stream<Item = u64> + Send,
        between: &str,
        texts: impl Stream<Item = String> + Send,
        end: Vec<u8>,
    ) -> Vec<String> {
        let _inside = self.gauge.enter();
        let both = self.gauge.taking(numbers).zip(self.gauge.taking(texts));
        both.map(|(number, text)| format!("{}{between}{text}{}", number * times, end.len())).collect().await
    }
    async fn first(&self, count: u64, numbers: impl Stream<Item = u64> + Send) -> Vec<u64> {
        let _inside = self.gauge.enter();
        self.gauge.taking(numbers).take(usize::try_from(count).unwrap()).collect().await
    }
    async fn late_sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64 {
        let _inside = self.gauge.enter();
        self.gauge.opened().await;
        self.gauge.taking(numbers).fold(0, async |sum: u64, number| sum.wrapping_add(number)).await
    }
    async fn panics_after(&self, good: u64, numbers: impl Stream<Item = u64> + Send) -> u64 {
        let _inside = self.gauge.enter();
        let mut numbers = pin!(self.gauge.taking(numbers));
        let mut count = 0;
        while numbers.next().await.is_some() {
            assert!(count < good, "the secret of the handler");
            count += 1;
        }
        count
    }

    fn echo(&self, texts: impl Stream<Item = String> + Send) -> impl Stream<Item = String> + Send {
        self.gauge.giving(self.gauge.taking(texts))
    }
    fn echo_results(
        &self,
        numbers: impl Stream<Item = Result<u64, FlowError>> + Send,
    ) -> impl Stream<Item = Result<u64, FlowError>> + Send {
        self.gauge.giving(self.gauge.taking(numbers))
    }
    async fn open_echo(
        &self,
        prefix: &str,
        texts: impl Stream<Item = String> + Send,
    ) -> Result<impl Stream<Item = String> + Send, FlowError> {
        yield_now().await;
        if prefix.is_empty() {
            return Err(FlowError::Unknown(String::new()));
        }
        let texts = self.gauge.taking(texts);
        Ok(self.gauge.giving(texts.map(move |text| format!("{prefix}{text}"))))
    }
}
