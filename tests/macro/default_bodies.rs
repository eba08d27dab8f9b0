//! Default bodies are those of an `async fn`.

use std::sync::atomic::{AtomicBool, Ordering};

use farcall::{CallError, RpcError, rpc_service};
use futures::{Stream, StreamExt, stream};
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
enum Failure {
    #[error("not a number")]
    Number,
    #[error(transparent)]
    Rpc(#[from] RpcError),
}

impl From<std::num::ParseIntError> for Failure {
    fn from(_: std::num::ParseIntError) -> Self {
        Self::Number
    }
}

#[rpc_service]
trait Defaults {
    async fn parse(&self, text: &str) -> Result<i32, Failure> {
        let number: i32 = text.parse()?;
        if number < 0 {
            return Err(Failure::Number);
        }
        let doubled = self.double(number).await?;
        Ok(doubled)
    }
    async fn double(&self, number: i32) -> Result<i32, Failure>;
    async fn coerced(&self, count: usize) -> Result<Box<[u8]>, Failure> {
        if count == 2 {
            return Ok(Box::new([1, 2]));
        }
        Ok(Box::new([0; 3]))
    }
    async fn growing(&self, mut text: String, _unused: u8) -> Result<String, Failure> {
        text.push('!');
        Ok(text)
    }
    async fn nothing(&self) -> Result<(), Failure> {
        Ok(())
    }
    async fn through_a_closure(&self, number: i32) -> Result<i32, Failure> {
        let call = |me: &Self| -> *const u8 { std::ptr::from_ref(me).cast() };
        let same = call(self) == std::ptr::from_ref(self).cast();
        if same { self.double(number).await } else { Err(Failure::Number) }
    }
}

struct Doubles;

impl Defaults for Doubles {
    async fn double(&self, number: i32) -> Result<i32, Failure> {
        Ok(number * 2)
    }
}

#[tokio::test]
async fn question_mark_return_and_coercion_work() {
    let client = DefaultsClient::local(Doubles);
    assert_eq!(client.parse("21").await.unwrap(), 42);
    assert_eq!(client.parse("-1").await.unwrap_err().app(), Some(&Failure::Number));
    assert_eq!(client.parse("x").await.unwrap_err().app(), Some(&Failure::Number));
    assert_eq!(*client.coerced(2).await.unwrap(), [1, 2]);
    assert_eq!(*client.coerced(3).await.unwrap(), [0; 3]);
    assert_eq!(client.growing("a".into(), 1).await.unwrap(), "a!");
    assert_eq!(client.through_a_closure(5).await.unwrap(), 10);
    client.nothing().await.unwrap();
}

#[tokio::test]
async fn a_call_on_the_client_runs_the_servers_body() {
    // As a trait method: the client does not inherit the default, which would run `double` twice over the wire.
    assert_eq!(Defaults::parse(&DefaultsClient::local(Doubles), "3").await, Ok(6));
}

static DROPPED: AtomicBool = AtomicBool::new(false);

#[derive(Serialize, Deserialize)]
struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        DROPPED.store(true, Ordering::SeqCst);
    }
}

#[rpc_service]
trait Holds {
    async fn hold(&self, _guard: Guard) -> bool {
        DROPPED.store(false, Ordering::SeqCst);
        tokio::task::yield_now().await;
        DROPPED.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn unused_arguments_live_until_the_end() {
    struct Plain;
    impl Holds for Plain {}
    assert!(!Plain.hold(Guard).await);
    assert!(DROPPED.load(Ordering::SeqCst));
}

mod io {
    pub(super) type Result<T> = std::result::Result<T, super::Failure>;
}

#[rpc_service]
trait StreamDefaults {
    fn offset(&self) -> u64 {
        1
    }
    fn count(&self, to: u64) -> impl Stream<Item = u64> + Send {
        stream::iter(0..to).map(|number| number + self.offset())
    }
    async fn open(&self, text: &str) -> Result<impl Stream<Item = u64> + Send, Failure> {
        if text.is_empty() {
            return Err(Failure::Number);
        }
        let to: i32 = text.parse()?;
        Ok(self.count(to.unsigned_abs().into()))
    }
    async fn open_by_alias(&self, mut text: String) -> io::Result<impl Stream<Item = u64> + Send> {
        text.push('0');
        let to: i32 = text.parse()?;
        Ok(self.count(to.unsigned_abs().into()))
    }
    async fn open_rpc(&self) -> farcall::Result<impl Stream<Item = u64> + Send> {
        Err(RpcError::new(farcall::Code::NotFound, "never there"))?;
        Ok(stream::empty())
    }
    async fn opened(&self) -> impl Stream<Item = Result<u64, Failure>> + Send {
        tokio::task::yield_now().await;
        stream::iter([Ok(1), Err(Failure::Number)])
    }
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> Result<u64, Failure> {
        let sum = numbers.fold(0, async |sum, number| sum + number).await;
        if sum == 0 {
            Err(Failure::Number)?
        }
        Ok(sum)
    }
    fn pass(&self, numbers: impl Stream<Item = u64> + Send) -> impl Stream<Item = u64> + Send {
        numbers
    }
}

#[tokio::test]
async fn methods_with_streams_may_have_them() {
    struct Plain;
    impl StreamDefaults for Plain {}
    let client = StreamDefaultsClient::local(Plain);
    assert_eq!(client.count(2).collect::<Vec<_>>().await, [Ok(1), Ok(2)]);
    assert_eq!(client.open("1").await.unwrap().collect::<Vec<_>>().await, [Ok(1)]);
    assert_eq!(client.open("").await.unwrap_err(), CallError::App(Failure::Number));
    assert_eq!(client.open("x").await.unwrap_err(), CallError::App(Failure::Number));
    assert_eq!(client.open_by_alias("1".into()).await.unwrap().count().await, 10);
    assert_eq!(client.open_rpc().await.unwrap_err().code(), farcall::Code::NotFound);
    let opened = client.opened().await.unwrap().collect::<Vec<_>>().await;
    assert_eq!(opened, [Ok(1), Err(CallError::App(Failure::Number))]);
    assert_eq!(client.sum(stream::iter([1, 2])).await.unwrap(), 3);
    assert_eq!(client.sum(stream::empty()).await.unwrap_err(), CallError::App(Failure::Number));
    assert_eq!(client.pass(stream::iter([5])).collect::<Vec<_>>().await, [Ok(5)]);
}

/// Braces around a lone expression are not repeated, which would be a warning.
#[deny(warnings)]
#[rustfmt::skip]
mod on_one_line {
    #[::farcall::rpc_service]
    pub(super) trait OneLine {
        async fn one(&self) -> u8 { 1 }
        async fn branch(&self, yes: bool) -> u8 { if yes { 2 } else { 3 } }
        async fn failing(&self) -> Result<u8, String> { Err("no".into()) }
        async fn listed(&self) -> Vec<u8> { vec![1] }
        async fn nothing(&self) {}
        async fn open(&self) -> Result<impl ::futures::Stream<Item = u8> + Send, String> { Ok(::futures::stream::empty()) }
        async fn opened(&self) -> impl ::futures::Stream<Item = u8> + Send { ::futures::stream::empty() }
    }

    pub(super) struct Object;
    impl OneLine for Object {}
}

#[tokio::test]
async fn a_body_may_stand_on_one_line() {
    let client = on_one_line::OneLineClient::local(on_one_line::Object);
    assert_eq!(client.one().await.unwrap(), 1);
    assert_eq!(client.branch(false).await.unwrap(), 3);
    client.failing().await.unwrap_err();
    assert_eq!(client.listed().await.unwrap(), [1]);
    client.nothing().await.unwrap();
}
