use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use farcall::intercept::{Interceptor, Next, Request, Response};
use farcall::{Client, Context, RpcError, RunningServer, Service, rpc_service};
use futures::{Stream, StreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::Net;

#[derive(Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub(crate) enum ProbeError {
    #[error("division by zero")]
    DivideByZero,
}

/// What a handler saw of its context.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Sight {
    pub(crate) tenants: Vec<String>,
    pub(crate) remaining: Option<u64>,
    pub(crate) identity: Option<String>,
    pub(crate) trace: Option<String>,
}

/// A service that tells what came through to it.
#[rpc_service]
pub(crate) trait Probe {
    async fn add(&self, a: i64, b: i64) -> i64;
    async fn divide(&self, a: i64, b: i64) -> Result<i64, ProbeError>;
    async fn fail(&self) -> Result<i64, RpcError>;
    async fn sight(&self) -> Sight;
    /// Sets `served-by` beside its answer.
    async fn signed(&self) -> i64;
    /// Waits for ever.
    async fn stay(&self);
    /// Waits until the gate is open.
    async fn hold(&self) -> i64;
    fn numbers(&self, count: u64) -> impl Stream<Item = u64> + Send;
    /// Never ends.
    fn endless(&self) -> impl Stream<Item = u64> + Send;
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64;
    fn double(
        &self,
        numbers: impl Stream<Item = u64> + Send,
    ) -> impl Stream<Item = Result<u64, ProbeError>> + Send;
}

pub(crate) struct Prober {
    calls: AtomicUsize,
    running: watch::Sender<usize>,
    most: AtomicUsize,
    gate: watch::Sender<bool>,
}

impl Default for Prober {
    fn default() -> Self {
        Self {
            calls: AtomicUsize::new(0),
            running: watch::Sender::new(0),
            most: AtomicUsize::new(0),
            gate: watch::Sender::new(false),
        }
    }
}

impl Prober {
    /// How many handlers ever ran.
    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// The most that ever waited at a time.
    pub(crate) fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }

    /// Waits until so many handlers wait.
    pub(crate) async fn running(&self, count: usize) {
        self.running.subscribe().wait_for(|running| *running == count).await.unwrap();
    }

    pub(crate) fn open_gate(&self) {
        self.gate.send_replace(true);
    }

    fn count(&self) {
        self.calls.fetch_add(1, Ordering::SeqCst);
    }

    fn enter(&self) -> Inside<'_> {
        self.count();
        self.running.send_modify(|running| {
            *running += 1;
            self.most.fetch_max(*running, Ordering::SeqCst);
        });
        Inside(self)
    }
}

struct Inside<'a>(&'a Prober);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.running.send_modify(|running| *running -= 1);
    }
}

impl Probe for Prober {
    async fn add(&self, a: i64, b: i64) -> i64 {
        self.count();
        a + b
    }
    async fn divide(&self, a: i64, b: i64) -> Result<i64, ProbeError> {
        self.count();
        a.checked_div(b).ok_or(ProbeError::DivideByZero)
    }
    async fn fail(&self) -> Result<i64, RpcError> {
        self.count();
        Err(RpcError::new(farcall::Code::NotFound, "no account 7").with_detail("id", vec![7]))
    }
    async fn sight(&self) -> Sight {
        self.count();
        let context = Context::current();
        let text = |value: &farcall::MetadataValue| match value {
            farcall::MetadataValue::Text(text) => text.clone(),
            value => panic!("{value:?}"),
        };
        Sight {
            tenants: context.metadata().values("tenant").map(text).collect(),
            remaining: context.remaining().map(|left| u64::try_from(left.as_millis()).unwrap()),
            identity: context.peer_identity().map(ToString::to_string),
            trace: context.trace().map(|trace| trace.to_string()),
        }
    }
    async fn signed(&self) -> i64 {
        self.count();
        Context::current().set_reply_metadata("served-by", "handler");
        7
    }
    async fn stay(&self) {
        let _inside = self.enter();
        pending().await
    }
    async fn hold(&self) -> i64 {
        let _inside = self.enter();
        self.gate.subscribe().wait_for(|open| *open).await.unwrap();
        7
    }
    fn numbers(&self, count: u64) -> impl Stream<Item = u64> + Send {
        self.count();
        stream::iter(0..count)
    }
    fn endless(&self) -> impl Stream<Item = u64> + Send {
        let inside = self.enter();
        stream::iter([1]).chain(stream::pending()).inspect(move |_| {
            let _held = &inside;
        })
    }
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64 {
        self.count();
        numbers.fold(0, async |sum, number| sum + number).await
    }
    fn double(
        &self,
        numbers: impl Stream<Item = u64> + Send,
    ) -> impl Stream<Item = Result<u64, ProbeError>> + Send {
        self.count();
        numbers.map(|number| if number == 0 { Err(ProbeError::DivideByZero) } else { Ok(2 * number) })
    }
}

/// Where a prober is, seen from its client.
pub(crate) enum Place {
    Behind(Net),
    Local,
}

/// A prober and a client, with an interceptor around each.
pub(crate) struct Probing {
    pub(crate) client: ProbeClient,
    pub(crate) prober: Arc<Prober>,
    pub(crate) _server: Option<RunningServer>,
}

/// Does nothing.
pub(crate) async fn pass(request: Request, next: Next) -> Result<Response, RpcError> {
    next.run(request).await
}

impl Place {
    pub(crate) async fn probing(&self, at_server: impl Interceptor, at_client: impl Interceptor) -> Probing {
        let prober = Arc::new(Prober::default());
        let service = ProbeServer::from_arc(Arc::clone(&prober)).intercept(at_server);
        let (client, server) = self.client_of(service).await;
        Probing { client: client.with_interceptor(at_client), prober, _server: server }
    }

    /// A client of `service`, and its server if it has one.
    pub(crate) async fn client_of(&self, service: impl Service) -> (ProbeClient, Option<RunningServer>) {
        match self {
            Self::Local => (ProbeClient::from_service(service), None),
            Self::Behind(net) => {
                let server = net.again().serve(service).await;
                (net.connect(&server).await, Some(server))
            }
        }
    }

    pub(crate) async fn at_server(&self, interceptor: impl Interceptor) -> Probing {
        self.probing(interceptor, pass).await
    }

    pub(crate) async fn at_client(&self, interceptor: impl Interceptor) -> Probing {
        self.probing(pass, interceptor).await
    }
}

/// Makes tests out of functions that take a [`Place`]: for each one a module, with a test for each kind.
macro_rules! places {
    ($($test:ident;)+) => { $( mod $test {
        $crate::support::places!(@test $test mem tcp unix faulty_mem);

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn local() {
            $crate::support::within(super::$test($crate::support::Place::Local)).await;
        }
    } )+ };
    (@test $test:ident $($net:ident)+) => { $(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $net() {
            let place = $crate::support::Place::Behind($crate::support::Net::$net());
            $crate::support::within(super::$test(place)).await;
        }
    )+ };
}
pub(crate) use places;
