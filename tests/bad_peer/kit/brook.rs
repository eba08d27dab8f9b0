use std::sync::Arc;

use bytes::Bytes;
use farcall::{Client, Endpoint, Limits, RunningServer, Server, rpc_service};
use futures::{Stream, StreamExt, stream};
use rpc_core::wire::{Bind, Call, Credit, End, EndStatus, Frame, Hello, Item, MethodRef};

use super::zoo::{Gauge, WrongNumber};
use super::{Peer, Said, hello, hello_bytes};

/// Methods with streams, for every kind of attack.
#[rpc_service]
pub(crate) trait Brook {
    async fn add(&self, a: i64, b: i64) -> i64;
    /// Never ends by itself.
    async fn wait(&self);
    /// 0 to `count` − 1.
    fn numbers(&self, count: u64) -> impl Stream<Item = u64> + Send;
    /// So many blocks of so many bytes.
    fn blocks(&self, count: u32, length: u32) -> impl Stream<Item = Bytes> + Send;
    fn checked(&self, count: u64) -> impl Stream<Item = Result<u64, WrongNumber>> + Send;
    /// Opens and says nothing.
    fn silent(&self) -> impl Stream<Item = u64> + Send;
    /// Never opens.
    async fn never(&self) -> Result<impl Stream<Item = u64> + Send, WrongNumber>;
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64;
    async fn check(
        &self,
        numbers: impl Stream<Item = Result<u64, WrongNumber>> + Send,
    ) -> Result<u64, WrongNumber>;
    async fn count(&self, units: impl Stream<Item = ()> + Send) -> u64;
    async fn lengths(&self, blocks: impl Stream<Item = Bytes> + Send) -> Vec<u64>;
    /// Takes nothing, and never ends by itself.
    async fn hold(&self, blocks: impl Stream<Item = Bytes> + Send);
    fn echo(&self, blocks: impl Stream<Item = Bytes> + Send) -> impl Stream<Item = Bytes> + Send;
    /// Milliseconds left.
    fn remaining(&self) -> impl Stream<Item = Option<u64>> + Send;
}

#[derive(Debug, Default)]
pub(crate) struct Spring {
    pub(crate) gauge: Arc<Gauge>,
}

impl Spring {
    fn counted<S: Stream + Send>(&self, items: S) -> impl Stream<Item = S::Item> + Send + use<S> {
        let inside = self.gauge.enter();
        items.inspect(move |_| {
            let _here = &inside;
        })
    }
}

impl Brook for Spring {
    async fn add(&self, a: i64, b: i64) -> i64 {
        a.wrapping_add(b)
    }
    async fn wait(&self) {
        let _inside = self.gauge.enter();
        std::future::pending().await
    }
    fn numbers(&self, count: u64) -> impl Stream<Item = u64> + Send {
        self.counted(stream::iter(0..count))
    }
    fn blocks(&self, count: u32, length: u32) -> impl Stream<Item = Bytes> + Send {
        self.counted(stream::iter(0..count).map(move |_| Bytes::from(vec![7; length as usize])))
    }
    fn checked(&self, count: u64) -> impl Stream<Item = Result<u64, WrongNumber>> + Send {
        self.counted(stream::iter((0..count).map(Ok).chain([Err(WrongNumber::Negative)])))
    }
    fn silent(&self) -> impl Stream<Item = u64> + Send {
        self.counted(stream::pending())
    }
    async fn never(&self) -> Result<impl Stream<Item = u64> + Send, WrongNumber> {
        let _inside = self.gauge.enter();
        std::future::pending::<()>().await;
        Ok(stream::empty())
    }
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64 {
        let _inside = self.gauge.enter();
        numbers.fold(0, async |sum: u64, number| sum.wrapping_add(number)).await
    }
    async fn check(
        &self,
        numbers: impl Stream<Item = Result<u64, WrongNumber>> + Send,
    ) -> Result<u64, WrongNumber> {
        let _inside = self.gauge.enter();
        let mut numbers = std::pin::pin!(numbers);
        let mut sum = 0;
        while let Some(number) = numbers.next().await {
            sum += number?;
        }
        Ok(sum)
    }
    async fn count(&self, units: impl Stream<Item = ()> + Send) -> u64 {
        let _inside = self.gauge.enter();
        units.count().await as u64
    }
    async fn lengths(&self, blocks: impl Stream<Item = Bytes> + Send) -> Vec<u64> {
        let _inside = self.gauge.enter();
        blocks.map(|block| block.len() as u64).collect().await
    }
    async fn hold(&self, blocks: impl Stream<Item = Bytes> + Send) {
        let _inside = self.gauge.enter();
        let _untouched = std::pin::pin!(blocks);
        std::future::pending().await
    }
    fn echo(&self, blocks: impl Stream<Item = Bytes> + Send) -> impl Stream<Item = Bytes> + Send {
        self.counted(blocks)
    }
    fn remaining(&self) -> impl Stream<Item = Option<u64>> + Send {
        let remaining = farcall::Context::current().remaining();
        stream::iter([remaining.map(|remaining| u64::try_from(remaining.as_millis()).unwrap())])
    }
}

/// The smallest limits, and windows that are given once: no credit comes before something was taken.
pub(crate) fn narrow() -> Limits {
    Limits {
        max_stream_items: Limits::FLOOR_STREAM_ITEMS,
        max_stream_bytes: Limits::FLOOR_STREAM_BYTES,
        ..super::limits()
    }
}

pub(crate) async fn serve_brook(endpoint: &str, limits: Limits) -> (RunningServer, Endpoint, Arc<Gauge>) {
    let spring = Spring::default();
    let gauge = Arc::clone(&spring.gauge);
    let server = Server::builder().service(BrookServer::new(spring)).listen(endpoint).limits(limits);
    let server = server.start().await.unwrap();
    let endpoint = server.endpoints()[0].clone();
    (server, endpoint, gauge)
}

/// That of a peer that has streams.
pub(crate) fn streaming_hello() -> Hello {
    Hello { features: 1, ..hello() }
}

/// A connection with streams, on which all methods of the brook are bound.
pub(crate) async fn brook_peer(endpoint: &Endpoint) -> Peer {
    brook_peer_as(endpoint, &streaming_hello()).await
}

pub(crate) async fn brook_peer_as(endpoint: &Endpoint, hello: &Hello) -> Peer {
    let mut peer = Peer::silent(endpoint).await;
    peer.send(&hello_bytes(hello)).await;
    peer.hello().await;
    let descriptor = <BrookClient as Client>::descriptor();
    let methods = descriptor.methods.iter().map(|method| method.id).collect();
    let bind = Bind {
        service: descriptor.id,
        codec: 1,
        base: 0,
        methods,
        fingerprint: 0,
        signatures: Vec::new(),
        compared: false,
    };
    peer.frame(Frame::Bind(bind)).await;
    assert_eq!(peer.said().await, Said::Bound { base: 0, status: 0, missing: vec![] });
    peer
}

/// A call of a method of the brook.
pub(crate) fn brook_call<'a>(place: u32, method: &str, body: &'a [u8]) -> Call<'a> {
    let methods = <BrookClient as Client>::descriptor().methods;
    let index = methods.iter().position(|of| of.name == method).unwrap();
    let method = MethodRef::Index(u32::try_from(index).unwrap());
    Call { place, method, detached: false, timeout: None, metadata: &[], total: None, body }
}

pub(crate) fn begin(place: u32, method: &str, body: &'static [u8]) -> Frame<'static> {
    Frame::Call(brook_call(place, method, body))
}

/// A whole item of argument stream 0.
pub(crate) fn item(place: u32, data: &[u8]) -> Frame<'_> {
    Frame::CallItem { stream: 0, item: Item { place, more: false, data } }
}

/// A part of one, behind which others follow.
pub(crate) fn part(place: u32, data: &[u8]) -> Frame<'_> {
    Frame::CallItem { stream: 0, item: Item { place, more: true, data } }
}

pub(crate) fn end(place: u32, status: EndStatus, body: &[u8]) -> Frame<'_> {
    Frame::CallEnd { stream: 0, end: End { place, status, body } }
}

pub(crate) fn credit(place: u32, items: u64, bytes: u64) -> Frame<'static> {
    Frame::CallCredit(Credit { place, items, bytes })
}
