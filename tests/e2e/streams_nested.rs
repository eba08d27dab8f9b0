//! Calls that handlers make end with the calls that they are made for, over several hops.

use std::time::Duration;

use farcall::{Code, Context, RpcError, RunningServer, rpc_service};
use futures::{Stream, StreamExt, stream};

use crate::support::{FlowClient, FlowPair, Gauge, Hand, Net, drain, hesitant, over, whole};

over! {{
    dropping_a_call_drops_those_of_its_handler;
    dropping_a_stream_drops_those_of_its_handler;
    dropping_an_upload_drops_those_of_its_handler;
    streams_pass_through_whole;
    errors_pass_through;
    deadlines_pass_through;
    the_context_of_a_stream_is_current_while_it_is_polled;
}}

/// Hands everything on. The client of it is the trait itself.
#[rpc_service]
trait Relay {
    async fn stay(&self) -> Result<(), RpcError>;
    fn endless(&self) -> impl Stream<Item = Result<u64, RpcError>> + Send;
    fn fails(&self, good: u64) -> impl Stream<Item = Result<u64, RpcError>> + Send;
    async fn sum(&self, numbers: impl Stream<Item = Result<u64, RpcError>> + Send) -> Result<u64, RpcError>;
    fn echo(
        &self,
        numbers: impl Stream<Item = Result<u64, RpcError>> + Send,
    ) -> impl Stream<Item = Result<u64, RpcError>> + Send;
    /// Milliseconds left at the mill.
    async fn remaining(&self) -> Result<Option<u64>, RpcError>;
    /// What each poll of a stream sees as the current method.
    fn methods(&self) -> impl Stream<Item = Result<String, RpcError>> + Send;
}

enum Station {
    /// Beside the mill.
    Last(FlowClient),
    /// Before another one.
    Other(RelayClient),
}

impl Relay for Station {
    async fn stay(&self) -> Result<(), RpcError> {
        match self {
            Self::Last(flow) => flow.stay().await,
            Self::Other(relay) => Relay::stay(relay).await,
        }
    }
    fn endless(&self) -> impl Stream<Item = Result<u64, RpcError>> + Send {
        match self {
            Self::Last(flow) => flow.endless().left_stream(),
            Self::Other(relay) => Relay::endless(relay).right_stream(),
        }
    }
    fn fails(&self, good: u64) -> impl Stream<Item = Result<u64, RpcError>> + Send {
        match self {
            Self::Last(flow) => flow.fails(good).left_stream(),
            Self::Other(relay) => Relay::fails(relay, good).right_stream(),
        }
    }
    async fn sum(&self, numbers: impl Stream<Item = Result<u64, RpcError>> + Send) -> Result<u64, RpcError> {
        match self {
            Self::Last(flow) => flow.total_rpc(numbers).await,
            Self::Other(relay) => Relay::sum(relay, numbers).await,
        }
    }
    fn echo(
        &self,
        numbers: impl Stream<Item = Result<u64, RpcError>> + Send,
    ) -> impl Stream<Item = Result<u64, RpcError>> + Send {
        match self {
            Self::Last(_) => numbers.left_stream(),
            Self::Other(relay) => Relay::echo(relay, numbers).right_stream(),
        }
    }
    async fn remaining(&self) -> Result<Option<u64>, RpcError> {
        match self {
            Self::Last(flow) => flow.remaining().next().await.unwrap(),
            Self::Other(relay) => Relay::remaining(relay).await,
        }
    }
    fn methods(&self) -> impl Stream<Item = Result<String, RpcError>> + Send {
        stream::iter(0..3).then(async |_| {
            let before = Context::current().method().map(ToString::to_string).unwrap_or_default();
            tokio::task::yield_now().await;
            let after = Context::current().method().map(ToString::to_string).unwrap_or_default();
            assert_eq!(before, after);
            Ok(after)
        })
    }
}

/// Two stations before a mill.
struct Line {
    relay: RelayClient,
    flow: FlowPair,
    _servers: [RunningServer; 2],
}

impl Line {
    async fn new(net: &Net) -> Self {
        let flow = FlowPair::over(net).await;
        let last = net.again().serve(RelayServer::new(Station::Last(flow.client.clone()))).await;
        let near: RelayClient = net.connect(&last).await;
        let first = net.again().serve(RelayServer::new(Station::Other(near))).await;
        Self { relay: net.connect(&first).await, flow, _servers: [last, first] }
    }

    fn gauge(&self) -> &Gauge {
        &self.flow.mill.gauge
    }
}

async fn dropping_a_call_drops_those_of_its_handler(net: Net) {
    let line = Line::new(&net).await;
    let mut call = Hand::new(line.relay.stay());
    assert!(call.poll().is_pending());
    line.gauge().alive(1).await;
    let context = line.gauge().context().unwrap();
    assert!(!context.is_cancelled());
    drop(call);
    line.gauge().alive(0).await;
    context.cancelled().await;
    line.flow.is_sound().await;
}

async fn dropping_a_stream_drops_those_of_its_handler(net: Net) {
    let line = Line::new(&net).await;
    let taken: Vec<_> = line.relay.endless().take(10).collect().await;
    assert_eq!(taken, Vec::from_iter((0..10).map(Ok)));
    line.flow.is_sound().await;
}

async fn dropping_an_upload_drops_those_of_its_handler(net: Net) {
    let line = Line::new(&net).await;
    let mut call = Box::pin(line.relay.sum(stream::iter([Ok(1), Ok(2)]).chain(stream::pending())));
    tokio::select! {
        sum = &mut call => panic!("{sum:?}"),
        () = line.gauge().until_taken(2) => {}
    }
    drop(call);
    line.flow.is_sound().await;
    assert_eq!(line.gauge().ends(), Vec::<u64>::new(), "no false end, two hops away");
}

async fn streams_pass_through_whole(net: Net) {
    let line = Line::new(&net).await;
    let count = if net.is_slow() { 50 } else { 3_000 };
    assert_eq!(line.relay.sum(hesitant(count).map(Ok)).await.unwrap(), (0..count).sum::<u64>());
    assert_eq!(whole(line.relay.echo(stream::iter(0..count).map(Ok))).await, Vec::from_iter(0..count));
    line.flow.is_sound().await;
    assert_eq!(line.gauge().ends(), [count]);
}

async fn errors_pass_through(net: Net) {
    let line = Line::new(&net).await;
    let (items, error) = drain(line.relay.fails(3)).await;
    assert_eq!(items, [0, 1, 2]);
    let error = error.unwrap();
    assert_eq!((error.code(), error.message(), error.details().len()), (Code::Aborted, "enough of it", 1));
    let broken = stream::iter([Ok(1), Err(RpcError::new(Code::OutOfRange, "too far"))]);
    let error = line.relay.sum(broken).await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Code::OutOfRange, "too far"));
    line.flow.is_sound().await;
    assert_eq!(line.gauge().ends(), Vec::<u64>::new());
}

async fn deadlines_pass_through(net: Net) {
    let line = Line::new(&net).await;
    let hurried = line.relay.with_timeout(Duration::from_secs(20));
    let left = hurried.remaining().await.unwrap().expect("inherited");
    assert!(left <= 20_002, "{left}");
    let hurried = line.relay.with_timeout(Duration::from_millis(100));
    let (_, error) = drain(hurried.endless()).await;
    assert_eq!(error.unwrap().code(), Code::DeadlineExceeded);
    let error = hurried.sum(stream::repeat(Ok(0))).await.unwrap_err();
    assert_eq!(error.code(), Code::DeadlineExceeded, "{error}");
    line.flow.is_sound().await;
    assert_eq!(line.gauge().ends(), Vec::<u64>::new());
}

async fn the_context_of_a_stream_is_current_while_it_is_polled(net: Net) {
    let line = Line::new(&net).await;
    assert_eq!(whole(line.relay.methods()).await, ["Relay.methods"; 3]);
    let local = RelayClient::local(Station::Last(line.flow.client.clone()));
    assert_eq!(whole(local.methods()).await, ["Relay.methods"; 3]);
}
