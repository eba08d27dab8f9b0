//! Two services that know a lot of each other.

use std::future::pending;
use std::sync::Arc;

use farcall::{Channel, Client, Code, Context, ReplyMetadata, RpcError, RunningServer, Timeout, rpc_service};
use futures::{Stream, StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::support::Net;

#[derive(Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("no: {0}")]
pub(super) struct HostError(pub(super) String);

/// What a handler saw of its caller.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Caller {
    /// Kind, name, and whether its attributes are those of this process.
    pub(super) identity: Option<(String, String, bool)>,
    pub(super) trace: Option<(String, String)>,
    pub(super) service: Option<String>,
    pub(super) serves: bool,
}

/// What the server serves.
#[rpc_service]
pub(super) trait Host {
    async fn caller(&self) -> Caller;

    /// Never ends.
    async fn stay(&self);
    /// Ends when it is cancelled.
    #[rpc(detached)]
    async fn stay_detached(&self);
    /// The same on a thread.
    #[rpc(blocking)]
    fn stay_blocking(&self);
    /// Numbers without end.
    fn stream(&self) -> impl Stream<Item = u64> + Send;
    /// Never ends.
    async fn take(&self, numbers: impl Stream<Item = u64> + Send) -> u64;
    /// Ends at once, and keeps its context.
    async fn leave(&self);

    /// Labels its answer.
    async fn label(&self, key: &str, value: &str) -> u32;
    async fn label_error(&self, key: &str, value: &str) -> Result<u32, HostError>;
    async fn label_failure(&self, key: &str, value: &str) -> Result<u32, RpcError>;
    fn label_stream(&self, key: &str, value: &str) -> impl Stream<Item = u32> + Send;
    async fn label_opened(&self, key: &str, value: &str)
    -> Result<impl Stream<Item = u32> + Send, HostError>;

    /// What the caller says is twice that.
    async fn ask_back(&self, number: u64) -> Result<u64, RpcError>;
    /// The same when the gate is open.
    async fn ask_back_late(&self, number: u64) -> Result<u64, RpcError>;
    /// All shapes of streams, in both directions.
    async fn stream_back(&self, count: u64) -> Result<Vec<u64>, RpcError>;
    async fn panic_back(&self) -> Result<(), RpcError>;
    /// Down to 0, in turns.
    async fn bounce(&self, depth: u32) -> Result<u32, RpcError>;
    /// Ends when a handler of the caller does.
    async fn wait_back(&self) -> Result<u64, RpcError>;
}

/// What a client serves.
#[rpc_service]
pub(super) trait Guest {
    async fn double(&self, number: u64) -> u64;
    fn count(&self, to: u64) -> impl Stream<Item = u64> + Send;
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64;
    fn halves(&self, numbers: impl Stream<Item = u64> + Send) -> impl Stream<Item = u64> + Send;
    async fn panics(&self) -> u64;
    async fn bounce(&self, depth: u32) -> Result<u32, RpcError>;
    /// Waits until the gate is open.
    async fn wait(&self) -> u64;
    /// Never ends.
    async fn stay(&self);
}

/// How many handlers have begun, how many were cancelled, and whether they may go on.
pub(super) struct Marks {
    begun: watch::Sender<usize>,
    cancelled: watch::Sender<usize>,
    gate: watch::Sender<bool>,
    context: watch::Sender<Context>,
}

impl Default for Marks {
    fn default() -> Self {
        Self {
            begun: watch::Sender::new(0),
            cancelled: watch::Sender::new(0),
            gate: watch::Sender::new(false),
            context: watch::Sender::new(Context::new()),
        }
    }
}

impl Marks {
    pub(super) async fn begun(&self, count: usize) {
        self.begun.subscribe().wait_for(|begun| *begun >= count).await.unwrap();
    }

    pub(super) async fn cancelled(&self, count: usize) {
        self.cancelled.subscribe().wait_for(|cancelled| *cancelled >= count).await.unwrap();
    }

    pub(super) fn open(&self) {
        self.gate.send_replace(true);
    }

    /// The context of the handler that began last.
    pub(super) fn context(&self) -> Context {
        self.context.borrow().clone()
    }

    fn begin(&self) {
        self.context.send_replace(Context::current());
        self.begun.send_modify(|begun| *begun += 1);
    }

    /// Counts when the handler that calls this is cancelled, although it does not live to see it.
    fn watch(self: &Arc<Self>) {
        let (marks, context) = (Arc::clone(self), Context::current());
        tokio::spawn(async move {
            context.cancelled().await;
            assert!(context.is_cancelled());
            marks.cancelled.send_modify(|cancelled| *cancelled += 1);
        });
        self.begin();
    }
}

#[derive(Default)]
pub(super) struct House {
    pub(super) marks: Arc<Marks>,
}

fn guest() -> Result<GuestClient, RpcError> {
    let peer = Context::current().peer();
    peer.map(GuestClient::from_channel).ok_or_else(|| RpcError::new(Code::FailedPrecondition, "no guest"))
}

fn label(key: &str, value: &str) {
    Context::current().set_reply_metadata(key, value);
}

impl Host for House {
    async fn caller(&self) -> Caller {
        let context = Context::current();
        let identity = context.peer_identity().map(|identity| {
            let own = std::process::id().to_string();
            let is_own = identity.attribute("pid").is_none_or(|pid| pid == own);
            (identity.kind().to_owned(), identity.name().to_owned(), is_own)
        });
        Caller {
            identity,
            trace: context.trace().map(|trace| (trace.to_string(), trace.state().to_owned())),
            service: context.service().map(str::to_owned),
            serves: context.peer().is_some(),
        }
    }

    async fn stay(&self) {
        self.marks.watch();
        pending().await
    }
    async fn stay_detached(&self) {
        self.marks.begin();
        Context::current().cancelled().await;
        self.marks.cancelled.send_modify(|cancelled| *cancelled += 1);
    }
    fn stay_blocking(&self) {
        self.marks.begin();
        while !Context::current().is_cancelled() {
            std::thread::yield_now();
        }
        self.marks.cancelled.send_modify(|cancelled| *cancelled += 1);
    }
    fn stream(&self) -> impl Stream<Item = u64> + Send {
        self.marks.watch();
        stream::iter(0..)
    }
    async fn take(&self, numbers: impl Stream<Item = u64> + Send) -> u64 {
        self.marks.watch();
        // An end that it must not see would be its answer.
        numbers.count().await as u64
    }
    async fn leave(&self) {
        self.marks.begin();
    }

    async fn label(&self, key: &str, value: &str) -> u32 {
        label(key, value);
        1
    }
    async fn label_error(&self, key: &str, value: &str) -> Result<u32, HostError> {
        label(key, value);
        Err(HostError("as asked".to_owned()))
    }
    async fn label_failure(&self, key: &str, value: &str) -> Result<u32, RpcError> {
        label(key, value);
        Err(RpcError::new(Code::NotFound, "as asked"))
    }
    fn label_stream(&self, key: &str, value: &str) -> impl Stream<Item = u32> + Send {
        label(key, value);
        stream::iter([1, 2])
    }
    async fn label_opened(
        &self,
        key: &str,
        value: &str,
    ) -> Result<impl Stream<Item = u32> + Send, HostError> {
        tokio::task::yield_now().await;
        label(key, value);
        Ok(stream::iter([1, 2]))
    }

    async fn ask_back(&self, number: u64) -> Result<u64, RpcError> {
        self.marks.begin();
        guest()?.double(number).await
    }
    async fn ask_back_late(&self, number: u64) -> Result<u64, RpcError> {
        self.marks.begin();
        self.marks.gate.subscribe().wait_for(|open| *open).await.unwrap();
        guest()?.double(number).await
    }
    async fn stream_back(&self, count: u64) -> Result<Vec<u64>, RpcError> {
        let guest = guest()?;
        let mut numbers: Vec<u64> = guest.count(count).try_collect().await?;
        numbers.push(guest.sum(stream::iter(0..count)).await?);
        numbers.extend(guest.halves(stream::iter(0..count)).try_collect::<Vec<_>>().await?);
        Ok(numbers)
    }
    async fn panic_back(&self) -> Result<(), RpcError> {
        guest()?.panics().await.map(drop)
    }
    async fn bounce(&self, depth: u32) -> Result<u32, RpcError> {
        if depth == 0 { Ok(0) } else { guest()?.bounce(depth - 1).await.map(|turns| turns + 1) }
    }
    async fn wait_back(&self) -> Result<u64, RpcError> {
        guest()?.wait().await
    }
}

#[derive(Default)]
pub(super) struct Visitor {
    pub(super) marks: Arc<Marks>,
}

impl Guest for Visitor {
    async fn double(&self, number: u64) -> u64 {
        2 * number
    }
    fn count(&self, to: u64) -> impl Stream<Item = u64> + Send {
        stream::iter(0..to)
    }
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64 {
        numbers.fold(0, async |sum, number| sum + number).await
    }
    fn halves(&self, numbers: impl Stream<Item = u64> + Send) -> impl Stream<Item = u64> + Send {
        numbers.filter(|number| std::future::ready(number % 2 == 0)).map(|number| number / 2)
    }
    async fn panics(&self) -> u64 {
        panic!("the secret of the guest")
    }
    async fn bounce(&self, depth: u32) -> Result<u32, RpcError> {
        if depth == 0 {
            return Ok(0);
        }
        // The server serves, so that it can be called back, too.
        let host = Context::current().peer().map(HostClient::from_channel);
        let host = host.ok_or_else(|| RpcError::new(Code::FailedPrecondition, "no host"))?;
        host.bounce(depth - 1).await.map(|turns| turns + 1)
    }
    async fn wait(&self) -> u64 {
        self.marks.begin();
        self.marks.gate.subscribe().wait_for(|open| *open).await.unwrap();
        7
    }
    async fn stay(&self) {
        self.marks.watch();
        pending().await
    }
}

/// A house, its server, and a client that can be called back.
pub(super) struct Visit {
    pub(super) house: Arc<House>,
    pub(super) visitor: Arc<Visitor>,
    pub(super) server: RunningServer,
    pub(super) client: HostClient,
}

impl Visit {
    pub(super) async fn over(net: &Net) -> Self {
        let house = Arc::new(House::default());
        let server = net.serve(HostServer::from_arc(Arc::clone(&house))).await;
        let (client, visitor) = visit(net, &server).await;
        Self { house, visitor, server, client }
    }

    /// A client of the visitor, kept beyond the call in which the server got it.
    pub(super) async fn guest(&self) -> GuestClient {
        self.guest_of(&self.client).await
    }

    /// The same of another client of the house.
    pub(super) async fn guest_of(&self, client: &HostClient) -> GuestClient {
        assert_eq!(client.ask_back(2).await.unwrap(), 4);
        let channel: Channel = self.house.marks.context().peer().unwrap();
        GuestClient::from_channel(channel).with_timeout(Timeout::Never)
    }
}

/// A client that can be called back, and who is called then.
pub(super) async fn visit(net: &Net, server: &RunningServer) -> (HostClient, Arc<Visitor>) {
    let visitor = Arc::new(Visitor::default());
    let builder = net.client(server.endpoints()).serve(GuestServer::from_arc(Arc::clone(&visitor)));
    (HostClient::from_channel(builder.connect().await.unwrap()), visitor)
}

/// A copy of `client` that puts what comes beside an answer into the place.
pub(super) fn labelled<C: Client>(client: &C) -> (C, ReplyMetadata) {
    let reply = ReplyMetadata::new();
    (client.with(client.channel().options().with_reply_metadata(&reply)), reply)
}
