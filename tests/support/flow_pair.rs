use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use farcall::{Client, Limits, RunningServer};
use futures::{Stream, StreamExt};

use super::{FlowClient, FlowServer, Mill, Net};

/// A mill, a client of it, and what is between them.
pub(crate) struct FlowPair {
    pub(crate) client: FlowClient,
    pub(crate) mill: Arc<Mill>,
    /// None if the mill is in this process.
    pub(crate) server: Option<RunningServer>,
    slow: bool,
}

impl FlowPair {
    pub(crate) async fn over(net: &Net) -> Self {
        Self::with(net, net.limits(), net.limits()).await
    }

    pub(crate) async fn with(net: &Net, servers: Limits, clients: Limits) -> Self {
        let mill = Arc::new(Mill::default());
        let service = FlowServer::from_arc(Arc::clone(&mill));
        let server = net.server().service(service).limits(servers).start().await.unwrap();
        let channel = net.client(server.endpoints()).limits(clients).connect().await.unwrap();
        Self { client: FlowClient::from_channel(channel), mill, server: Some(server), slow: net.is_slow() }
    }

    pub(crate) fn local() -> Self {
        let mill = Arc::new(Mill::default());
        let client = FlowClient::from_service(FlowServer::from_arc(Arc::clone(&mill)));
        Self { client, mill, server: None, slow: false }
    }

    /// Bytes pass one at a time: megabytes would take minutes.
    pub(crate) fn is_slow(&self) -> bool {
        self.slow
    }

    /// Nothing is left of earlier calls, and a call goes through.
    pub(crate) async fn is_sound(&self) {
        assert_eq!(self.client.add(20, 22).await.unwrap(), 42);
        self.mill.gauge.alive(0).await;
    }

    /// The same, when connections have been cut, and perhaps that of this call.
    pub(crate) async fn is_sound_after_cuts(&self) {
        while self.client.add(20, 22).await.is_err() {}
        self.mill.gauge.alive(0).await;
    }
}

/// All items, and the error at the end. Behind an end comes nothing.
pub(crate) async fn drain<T, E>(mut items: impl Stream<Item = Result<T, E>> + Unpin) -> (Vec<T>, Option<E>) {
    let mut good = Vec::new();
    let error = loop {
        match items.next().await {
            Some(Ok(item)) => good.push(item),
            Some(Err(error)) => break Some(error),
            None => break None,
        }
    };
    assert!(items.next().await.is_none(), "something behind the end");
    (good, error)
}

/// All items of a stream that ends well.
pub(crate) async fn whole<T, E: std::fmt::Debug>(items: impl Stream<Item = Result<T, E>> + Unpin) -> Vec<T> {
    let (items, error) = drain(items).await;
    assert!(error.is_none(), "{error:?}");
    items
}

/// Counts what a stream of a caller is asked for.
pub(crate) fn asked<T>(
    items: impl Stream<Item = T> + Send,
) -> (impl Stream<Item = T> + Send, Arc<AtomicU64>) {
    let asked = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&asked);
    let items = items.inspect(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
    });
    (items, asked)
}

/// Makes tests out of functions that take a [`FlowPair`]: for each one a module, with a test for each transport and one
/// without.
macro_rules! flows {
    ($($test:ident;)+) => { $( $crate::support::flows!(@test $test [mem tcp unix abstract_unix faulty_mem faulty_tcp]); )+ };
    (@test $test:ident [$($net:ident)+]) => {
        mod $test {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $net() {
                    let test = async {
                        let net = $crate::support::Net::$net();
                        super::$test($crate::support::FlowPair::over(&net).await).await;
                    };
                    $crate::support::within(test).await;
                }
            )+

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn local() {
                $crate::support::within(super::$test($crate::support::FlowPair::local())).await;
            }
        }
    };
}
pub(crate) use flows;
