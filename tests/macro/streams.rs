//! Every kind of stream, as an argument and as what a method returns.

use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use farcall::{CallError, Client, Code, Context, MethodKind, ReplyStream, RpcError, rpc_service};
use futures::{Stream, StreamExt, stream};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub(super) enum FeedError {
    #[error("dry after {0}")]
    Dry(u64),
    #[error("no `{0}`")]
    Unknown(String),
    #[error(transparent)]
    Rpc(#[from] RpcError),
}

mod io {
    pub(super) type Result<T> = std::result::Result<T, super::FeedError>;
}

#[rpc_service]
trait Streams {
    fn count(&self, from: u64, to: u64) -> impl Stream<Item = u64> + Send;
    fn letters(&self, text: &str, context: &Context) -> impl Stream<Item = String>;
    fn blocks(&self) -> impl futures::Stream<Item = Vec<u8>> + Send + Unpin + 'static;
    fn shared_blocks(&self) -> impl Stream<Item = Option<Bytes>> + Send + Sync;
    fn failing(&self, after: u64) -> impl Stream<Item = Result<u64, FeedError>> + Send;
    fn failing_by_alias(&self) -> impl Stream<Item = io::Result<u64>> + Send;
    fn rpc(&self) -> impl Stream<Item = farcall::Result<u64>> + Send;
    async fn opened(&self, count: u64) -> impl Stream<Item = u64> + Send;
    async fn open(&self, name: &str) -> Result<impl Stream<Item = u64> + Send, FeedError>;
    async fn open_by_alias(&self, name: &str) -> io::Result<impl Stream<Item = io::Result<u64>> + Send>;
    async fn open_rpc(&self, good: bool) -> Result<impl Stream<Item = u64> + Send, RpcError>;
    fn open_future<'a>(
        &'a self,
        name: &'a str,
    ) -> impl Future<Output = Result<impl Stream<Item = u64> + Send + 'a, FeedError>> + Send + 'a;
    fn open_plain(&self, name: &str) -> Result<impl Stream<Item = u64> + Send, FeedError>;
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64;
    async fn join(
        &self,
        separator: &str,
        first: impl Stream<Item = String>,
        context: &Context,
        #[rpc(name = "blocks")] second: impl Stream<Item = Vec<u8>> + Send + Sync + Unpin + 'static,
        end: u8,
    ) -> Result<String, FeedError>;
    async fn until_error(
        &self,
        all: impl Stream<Item = io::Result<u64>> + Send,
    ) -> farcall::Result<Vec<bool>>;
    fn unread(&self, numbers: impl Stream<Item = u64> + Send) -> u8;
    fn echo(
        &self,
        lines: impl Stream<Item = Result<String, FeedError>> + Send,
    ) -> impl Stream<Item = Result<String, FeedError>> + Send;
    async fn scale(
        &self,
        factor: &str,
        numbers: impl Stream<Item = u64> + Send,
    ) -> Result<impl Stream<Item = u64> + Send, FeedError>;
}

struct Source {
    prefix: String,
}

impl Source {
    fn find(&self, name: &str) -> Result<u64, FeedError> {
        match name.strip_prefix(&self.prefix) {
            Some(rest) => Ok(rest.len() as u64),
            None => Err(FeedError::Unknown(name.to_owned())),
        }
    }
}

impl Streams for Source {
    fn count(&self, from: u64, to: u64) -> impl Stream<Item = u64> + Send {
        stream::iter(from..to)
    }
    // Borrows from the object, the argument and the context.
    fn letters(&self, text: &str, context: &Context) -> impl Stream<Item = String> {
        stream::iter(text.chars()).then(async move |letter| {
            tokio::task::yield_now().await;
            format!("{}{letter}{}", self.prefix, context.method().map_or("", |method| method.name))
        })
    }
    fn blocks(&self) -> impl futures::Stream<Item = Vec<u8>> + Send + Unpin + 'static {
        stream::iter([vec![], vec![1], vec![2; 100_000]])
    }
    fn shared_blocks(&self) -> impl Stream<Item = Option<Bytes>> + Send + Sync {
        stream::iter([None, Some(Bytes::from_static(&[1, 2]))])
    }
    fn failing(&self, after: u64) -> impl Stream<Item = Result<u64, FeedError>> + Send {
        stream::iter(0..after)
            .map(Ok)
            .chain(stream::iter([Err(FeedError::Dry(after))]))
            .chain(stream::poll_fn(|_| panic!("polled behind its end")))
    }
    fn failing_by_alias(&self) -> impl Stream<Item = io::Result<u64>> + Send {
        self.failing(1)
    }
    fn rpc(&self) -> impl Stream<Item = farcall::Result<u64>> + Send {
        stream::iter([Ok(1), Err(RpcError::new(Code::NotFound, "no second one"))])
    }
    async fn opened(&self, count: u64) -> impl Stream<Item = u64> + Send {
        tokio::task::yield_now().await;
        stream::iter(0..count)
    }
    async fn open(&self, name: &str) -> Result<impl Stream<Item = u64> + Send, FeedError> {
        tokio::task::yield_now().await;
        Ok(stream::iter(0..self.find(name)?))
    }
    async fn open_by_alias(&self, name: &str) -> io::Result<impl Stream<Item = io::Result<u64>> + Send> {
        Ok(self.failing(self.find(name)?))
    }
    async fn open_rpc(&self, good: bool) -> Result<impl Stream<Item = u64> + Send, RpcError> {
        if good { Ok(stream::iter([1])) } else { Err(RpcError::new(Code::NotFound, "closed")) }
    }
    async fn open_future<'a>(
        &'a self,
        name: &'a str,
    ) -> Result<impl Stream<Item = u64> + Send + 'a, FeedError> {
        self.find(name)?;
        Ok(stream::iter(name.bytes().map(u64::from)))
    }
    fn open_plain(&self, name: &str) -> Result<impl Stream<Item = u64> + Send, FeedError> {
        Ok(stream::iter(0..self.find(name)?))
    }
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64 {
        numbers.fold(0, async |sum, number| sum + number).await
    }
    async fn join(
        &self,
        separator: &str,
        first: impl Stream<Item = String> + Send,
        context: &Context,
        second: impl Stream<Item = Vec<u8>> + Send + Sync + Unpin + 'static,
        end: u8,
    ) -> Result<String, FeedError> {
        assert!(context.method().is_some());
        // The second one first: neither waits for the other.
        let lengths: Vec<_> = second.map(|block| block.len().to_string()).collect().await;
        let words: Vec<_> = first.collect().await;
        Ok(format!("{} {} {end}", words.join(separator), lengths.join(separator)))
    }
    async fn until_error(
        &self,
        all: impl Stream<Item = io::Result<u64>> + Send,
    ) -> farcall::Result<Vec<bool>> {
        Ok(all.map(|item| item.is_ok()).collect().await)
    }
    fn unread(&self, _: impl Stream<Item = u64> + Send) -> u8 {
        7
    }
    fn echo(
        &self,
        lines: impl Stream<Item = Result<String, FeedError>> + Send,
    ) -> impl Stream<Item = Result<String, FeedError>> + Send {
        lines.map(|line| line.map(|line| format!("{}{line}", self.prefix)))
    }
    async fn scale(
        &self,
        factor: &str,
        numbers: impl Stream<Item = u64> + Send,
    ) -> Result<impl Stream<Item = u64> + Send, FeedError> {
        let factor = self.find(factor)?;
        Ok(numbers.map(move |number| number * factor))
    }
}

fn client() -> StreamsClient {
    StreamsClient::local(Source { prefix: "> ".to_owned() })
}

async fn all<T, E: std::fmt::Debug>(stream: impl Stream<Item = Result<T, E>>) -> Vec<T> {
    stream.map(Result::unwrap).collect().await
}

#[tokio::test]
async fn items_may_only_fail_as_a_call() {
    let stream: ReplyStream<'static, u64> = client().count(3, 6);
    assert_eq!(all(stream).await, [3, 4, 5]);
    assert_eq!(all(client().count(3, 3)).await, [0; 0]);
    // The text is gone before the first poll.
    let letters = client().letters(&String::from("ab"));
    assert_eq!(all(letters).await, ["> aletters", "> bletters"]);
    assert_eq!(all(client().blocks()).await, [vec![], vec![1], vec![2; 100_000]]);
    assert_eq!(all(client().shared_blocks()).await, [None, Some(Bytes::from_static(&[1, 2]))]);
}

#[tokio::test]
async fn a_stream_ends_with_its_first_error() {
    let mut stream: ReplyStream<'_, u64, CallError<FeedError>> = client().failing(2);
    assert_eq!(stream.next().await, Some(Ok(0)));
    assert_eq!(stream.next().await, Some(Ok(1)));
    assert_eq!(stream.next().await, Some(Err(CallError::App(FeedError::Dry(2)))));
    assert_eq!(stream.next().await, None);
    let items: Vec<Result<u64, CallError<FeedError>>> = client().failing_by_alias().collect().await;
    assert_eq!(items, [Ok(0), Err(CallError::App(FeedError::Dry(1)))]);
    let items: Vec<farcall::Result<u64>> = client().rpc().collect().await;
    assert_eq!(items[0], Ok(1));
    let error = items[1].as_ref().unwrap_err();
    assert_eq!((items.len(), error.code(), error.message()), (2, Code::NotFound, "no second one"));
}

#[tokio::test]
async fn a_stream_may_have_to_be_opened() {
    let client = client();
    let opened: Result<ReplyStream<'static, u64>, RpcError> = client.opened(2).await;
    assert_eq!(all(opened.unwrap()).await, [0, 1]);
    let open: Result<ReplyStream<'static, u64>, CallError<FeedError>> = client.open("> ab").await;
    assert_eq!(all(open.unwrap()).await, [0, 1]);
    let unknown = CallError::App(FeedError::Unknown("?".to_owned()));
    assert_eq!(client.open("?").await.unwrap_err(), unknown);
    let stream = client.open_by_alias("> ").await.unwrap();
    assert_eq!(stream.collect::<Vec<_>>().await, [Err(CallError::App(FeedError::Dry(0)))]);
    assert_eq!(client.open_by_alias("?").await.unwrap_err(), unknown);
    assert_eq!(all(client.open_rpc(true).await.unwrap()).await, [1]);
    let closed: RpcError = client.open_rpc(false).await.unwrap_err();
    assert_eq!((closed.code(), closed.message()), (Code::NotFound, "closed"));
    assert_eq!(all(client.open_future("> ").await.unwrap()).await, [62, 32]);
    assert_eq!(all(client.open_plain("> a").await.unwrap()).await, [0]);
    assert_eq!(client.open_plain("?").await.unwrap_err(), unknown);
}

#[tokio::test]
async fn arguments_may_be_streams() {
    let client = client();
    let sum: Result<u64, RpcError> = client.sum(stream::iter([1, 2, 3])).await;
    assert_eq!(sum, Ok(6));
    assert_eq!(client.sum(stream::empty()).await, Ok(0));
    // What a stream borrows has to live as long as the call.
    let numbers = [4, 5];
    assert_eq!(client.sum(stream::iter(numbers.iter().copied())).await, Ok(9));
    let words = stream::iter(["a", "b"]).map(str::to_owned);
    let blocks = stream::iter([vec![0; 3], vec![]]);
    assert_eq!(client.join("+", words, blocks, 9).await.unwrap(), "a+b 3+0 9");
    assert_eq!(client.unread(stream::iter([1])).await, Ok(7));
}

#[tokio::test]
async fn an_argument_stream_ends_with_its_first_error() {
    let all = stream::iter([Ok(1), Err(FeedError::Dry(1))])
        .chain(stream::poll_fn(|_| panic!("polled behind its end")));
    assert_eq!(client().until_error(all).await, Ok(vec![true, false]));
}

#[tokio::test]
async fn streams_may_go_both_ways() {
    let lines = [Ok("a".to_owned()), Ok("b".to_owned()), Err(FeedError::Dry(2))];
    let echo: Vec<_> = client().echo(stream::iter(lines)).collect().await;
    let expected = [Ok("> a".to_owned()), Ok("> b".to_owned()), Err(CallError::App(FeedError::Dry(2)))];
    assert_eq!(echo, expected);
    let numbers = vec![1, 2];
    let scaled = {
        let factor = "> abc".to_owned();
        client().scale(&factor, stream::iter(numbers.iter().copied())).await.unwrap()
    };
    assert_eq!(all(scaled).await, [3, 6]);
    let error = client().scale("?", stream::iter(numbers)).await.unwrap_err();
    assert_eq!(error, CallError::App(FeedError::Unknown("?".to_owned())));
}

#[tokio::test]
async fn an_answer_comes_for_each_line() {
    let (lines, receiver) = tokio::sync::mpsc::channel::<String>(1);
    let receiver = stream::unfold(receiver, async |mut receiver| {
        let line = receiver.recv().await?;
        Some((Ok(line), receiver))
    });
    let mut echo = client().echo(receiver);
    for line in ["a", "b", "c"] {
        lines.send(line.to_owned()).await.unwrap();
        assert_eq!(echo.next().await, Some(Ok(format!("> {line}"))));
    }
    drop(lines);
    assert_eq!(echo.next().await, None);
}

#[tokio::test]
async fn nothing_happens_before_the_first_poll() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    #[rpc_service]
    trait Lazy {
        fn begin(&self) -> impl Stream<Item = u8> + Send;
    }
    struct Begun;
    impl Lazy for Begun {
        fn begin(&self) -> impl Stream<Item = u8> + Send {
            CALLS.fetch_add(1, Ordering::SeqCst);
            stream::iter([1])
        }
    }
    let client = LazyClient::local(Begun);
    drop(client.begin());
    let stream = client.begin();
    assert_eq!(CALLS.load(Ordering::SeqCst), 0);
    assert_eq!(all(stream).await, [1]);
    assert_eq!(CALLS.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn streams_cross_a_connection() {
    let server =
        farcall::serve("mem://", StreamsServer::new(Source { prefix: "> ".to_owned() })).await.unwrap();
    let client = StreamsClient::connect(server.endpoints()).await.unwrap();
    assert_eq!(all(client.count(0, 3)).await, [0, 1, 2]);
    assert_eq!(client.sum(stream::iter(0..1_000)).await, Ok(499_500));
    let lines = stream::iter(0..100).map(|line| Ok(line.to_string()));
    assert_eq!(all(client.echo(lines)).await.len(), 100);
    assert_eq!(client.open("?").await.unwrap_err(), CallError::App(FeedError::Unknown("?".to_owned())));
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_has_iterators() {
    let client = StreamsBlockingClient::local(Source { prefix: "> ".to_owned() });
    let items: Result<Vec<u64>, RpcError> = client.count(0, 3).collect();
    assert_eq!(items.unwrap(), [0, 1, 2]);
    assert_eq!(client.failing(0).next(), Some(Err(CallError::App(FeedError::Dry(0)))));
    assert_eq!(client.open("> a").unwrap().collect::<Result<Vec<_>, _>>().unwrap(), [0]);
    let numbers = vec![1, 2, 3];
    assert_eq!(client.sum(numbers.iter().copied()).unwrap(), 6);
    let text = client.join("+", ["a".to_owned()], vec![vec![1]], 2).unwrap();
    assert_eq!(text, "a 1 2");
    let scaled = client.scale("> ab", numbers).unwrap().collect::<Result<Vec<_>, _>>();
    assert_eq!(scaled.unwrap(), [2, 4, 6]);
    let lines = ["x", "y"].into_iter().map(|line| Ok(line.to_owned()));
    assert_eq!(client.echo(lines).map(Result::unwrap).collect::<Vec<_>>(), ["> x", "> y"]);
}

#[test]
fn the_descriptor_says_which_way_streams_go() {
    let method = |name: &str| {
        let all = StreamsClient::descriptor().methods;
        all.iter().find(|method| method.name == name).copied().unwrap()
    };
    assert_eq!(method("count").kind, MethodKind::ServerStreaming);
    assert_eq!(method("open_plain").kind, MethodKind::ServerStreaming);
    assert_eq!(method("sum").kind, MethodKind::ClientStreaming);
    assert_eq!(method("scale").kind, MethodKind::Bidirectional);
    assert_eq!(method("count").argument_streams, [""; 0]);
    assert_eq!(method("join").argument_streams, ["first", "blocks"]);
    let arguments: Vec<_> = method("join").arguments.iter().map(|argument| argument.name).collect();
    assert_eq!(arguments, ["separator", "end"]);
    // The request has the arguments that are no streams.
    assert_eq!(
        format!("{:?}", StreamsRequest::Join { separator: "+".into(), end: 1 }),
        r#"Join { separator: "+", end: 1 }"#
    );
    assert_eq!(format!("{:?}", StreamsRequest::Sum {}), "Sum");
}
