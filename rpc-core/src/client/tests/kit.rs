//! A service whose handlers are closures, and two ways to its client: in this process, and over a connection.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use futures::future::BoxFuture;
use futures::stream::BoxStream;
use futures::{FutureExt, Stream, StreamExt};
use serde::Serializer;
use serde::ser::SerializeStruct;

use crate::client::{Channel, ClientBuilder};
use crate::codec::Codec;
use crate::driver::Connection;
use crate::generated::{ErrorPayload, MethodKind, Request, SerdePayload};
use crate::proto::Side;
use crate::server::{HandlerFuture, Incoming, Reply, Router};
use crate::stream::{ItemsResult, ItemsValue, items_result, items_value};
use crate::{
    Endpoint, Limits, Link, Listener, MethodDescriptor, Service, ServiceDescriptor, Transport, wire_id,
};

const SERVICE: (&str, u64) = ("Test", wire_id("Test"));

pub(super) static ADD: MethodDescriptor = MethodDescriptor::new(SERVICE, ("add", wire_id("Test.add")), "");
pub(super) static DOWN: MethodDescriptor = MethodDescriptor::new(SERVICE, ("down", wire_id("Test.down")), "")
    .with_streams(MethodKind::ServerStreaming, &[]);
pub(super) static UP: MethodDescriptor = MethodDescriptor::new(SERVICE, ("up", wire_id("Test.up")), "")
    .with_streams(MethodKind::ClientStreaming, &["numbers"]);
pub(super) static CHAT: MethodDescriptor = MethodDescriptor::new(SERVICE, ("chat", wire_id("Test.chat")), "")
    .with_streams(MethodKind::Bidirectional, &["lines"]);
pub(super) static JOB: MethodDescriptor =
    MethodDescriptor::new(SERVICE, ("job", wire_id("Test.job")), "").with_detached();

pub(super) static DESCRIPTOR: ServiceDescriptor =
    ServiceDescriptor::new(SERVICE.0, SERVICE.1, "", &[&ADD, &DOWN, &UP, &CHAT, &JOB]);

/// How values, and the items of all streams, cross.
pub(super) const SERDE: SerdePayload = SerdePayload;

pub(super) fn numbers() -> ItemsValue<u64, SerdePayload> {
    items_value(SERDE)
}

/// Numbers, or a text as the error of a stream.
pub(super) fn fallible() -> ItemsResult<u64, String, SerdePayload, ErrorPayload> {
    items_result(SERDE, ErrorPayload)
}

/// A call of a method with one number.
pub(super) struct Ask(pub(super) &'static MethodDescriptor, pub(super) u64);

impl Request for Ask {
    fn method(&self) -> &'static MethodDescriptor {
        self.0
    }

    fn serialize_fields<S: Serializer>(&self, name: &'static str, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct(name, 1)?;
        fields.serialize_field("number", &self.1)?;
        fields.end()
    }
}

/// The number that came with a call.
pub(super) fn asked(incoming: &Incoming) -> u64 {
    Codec::Postcard.decode(&incoming.body, &incoming.limits).unwrap()
}

type Handler = Arc<dyn Fn(Incoming) -> BoxFuture<'static, Reply> + Send + Sync>;

/// Handles all its methods in one way.
#[derive(Clone)]
pub(super) struct Test(Handler);

pub(super) fn test<F, Fut>(handler: F) -> Test
where
    F: Fn(Incoming) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Reply> + Send + 'static,
{
    Test(Arc::new(move |incoming| handler(incoming).boxed()))
}

impl Service for Test {
    fn descriptor(&self) -> &'static ServiceDescriptor {
        &DESCRIPTOR
    }

    fn dispatch(&self, incoming: Incoming) -> HandlerFuture {
        let handler = Arc::clone(&self.0);
        incoming.run(move |incoming| handler(incoming))
    }
}

pub(super) fn local(service: &Test) -> Channel {
    Channel::local(Arc::new(service.clone()))
}

/// A client of a server at the other end of a pipe, and that server.
pub(super) fn remote(service: &Test) -> (Channel, Arc<Net>) {
    let net = Net::new(service);
    (net.client().build().unwrap(), net)
}

/// Runs a test on both kinds of client.
pub(super) async fn both(service: Test, run: impl AsyncFn(Channel)) {
    run(local(&service)).await;
    run(remote(&service).0).await;
}

/// Connects to a server in this process.
pub(super) struct Net {
    router: Arc<Router>,
    limits: Arc<Limits>,
    connections: Mutex<Vec<Arc<Connection>>>,
}

impl Net {
    pub(super) fn new(service: &Test) -> Arc<Self> {
        Self::limited(service, Limits::default())
    }

    /// With other limits of the server.
    pub(super) fn limited(service: &Test, limits: Limits) -> Arc<Self> {
        let router = Router::new(vec![Arc::new(service.clone())]).unwrap();
        Arc::new(Self { router: Arc::new(router), limits: Arc::new(limits), connections: Mutex::default() })
    }

    pub(super) fn client(self: &Arc<Self>) -> ClientBuilder {
        ClientBuilder::new("pipe://test", Arc::new(Dialler(Arc::clone(self))))
    }

    /// The server's ends of the connections so far.
    pub(super) fn connections(&self) -> Vec<Arc<Connection>> {
        self.connections.lock().unwrap().clone()
    }

    fn connect(&self) -> Link {
        let (near, far) = tokio::io::duplex(64 << 10);
        let link = |end| {
            let (reader, writer) = tokio::io::split(end);
            Link::new(reader, writer, "pipe://test")
        };
        let (connection, task) = Connection::new(
            link(far),
            (Side::Server, Codec::Postcard),
            Arc::clone(&self.limits),
            Arc::clone(&self.router),
        );
        tokio::spawn(task);
        self.connections.lock().unwrap().push(connection);
        link(near)
    }
}

struct Dialler(Arc<Net>);

impl Transport for Dialler {
    fn connect<'a>(&'a self, _: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        async { Ok(self.0.connect()) }.boxed()
    }

    fn listen<'a>(&'a self, _: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        async { Err(io::ErrorKind::Unsupported.into()) }.boxed()
    }
}

/// Lets everything that can run do so.
pub(super) async fn settle() {
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
}

/// Tells when it is dropped.
pub(super) struct Guard(Option<tokio::sync::oneshot::Sender<()>>);

pub(super) fn guard() -> (Guard, tokio::sync::oneshot::Receiver<()>) {
    let (dropped, told) = tokio::sync::oneshot::channel();
    (Guard(Some(dropped)), told)
}

impl Drop for Guard {
    fn drop(&mut self) {
        let _nobody_listens = self.0.take().unwrap().send(());
    }
}

/// A stream that counts how many items were taken out of it.
pub(super) struct Counted<'s> {
    items: BoxStream<'s, u64>,
    pub(super) taken: Arc<Mutex<u64>>,
}

impl<'s> Counted<'s> {
    pub(super) fn new(items: impl Stream<Item = u64> + Send + 's) -> Self {
        Self { items: items.boxed(), taken: Arc::default() }
    }
}

impl Stream for Counted<'_> {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        let next = self.items.poll_next_unpin(cx);
        if let Poll::Ready(Some(_)) = next {
            *self.taken.lock().unwrap() += 1;
        }
        next
    }
}

/// What a test noted, in order.
#[derive(Clone, Default)]
pub(super) struct Notes(Arc<Mutex<VecDeque<String>>>);

impl Notes {
    pub(super) fn add(&self, note: impl Into<String>) {
        self.0.lock().unwrap().push_back(note.into());
    }

    pub(super) fn take(&self) -> Vec<String> {
        self.0.lock().unwrap().drain(..).collect()
    }
}
