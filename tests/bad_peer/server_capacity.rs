//! More connections than there is room for, and a listener that fails.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use farcall::transport::MemTransport;
use farcall::{Endpoint, Limits, Link, Listener, Server, Transport};
use futures::FutureExt;
use futures::future::BoxFuture;

use super::kit::{
    Peer, Said, ZooClient, ZooKeeper, ZooServer, hello, hello_bytes, in_time, limits, serve_with,
};

#[tokio::test]
async fn above_max_connections_a_connection_reads_code_13() {
    for endpoint in ["mem://", "tcp://127.0.0.1:0"] {
        let (_server, endpoint, _) = serve_with(endpoint, Limits { max_connections: 3, ..limits() }).await;
        in_time(async {
            let healthy = ZooClient::connect(&endpoint).await.unwrap();
            let (one, two) = (Peer::greeted(&endpoint).await, Peer::silent(&endpoint).await);
            // Accepted in this order.
            for _ in 0..20 {
                let mut more = Peer::silent(&endpoint).await;
                more.send(&hello_bytes(&hello())).await;
                more.hello().await;
                let (code, text) = more.close().await;
                assert_eq!(code, 13);
                assert!(text.contains("max_connections"), "{text}");
            }
            let refused = ZooClient::connect(&endpoint).await.unwrap_err();
            assert!(refused.message().contains("max_connections"), "{refused}");
            assert_eq!(healthy.add(1, 2).await, Ok(3));
            drop((one, two));
            // Their places are free as soon as the server has noticed.
            while ZooClient::connect(&endpoint).await.is_err() {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }
}

#[tokio::test]
async fn above_max_handshakes_the_oldest_that_said_no_hello_is_closed() {
    let (_server, endpoint, _) =
        serve_with("tcp://127.0.0.1:0", Limits { max_handshakes: 3, ..limits() }).await;
    in_time(async {
        let mut greeted = Peer::greeted(&endpoint).await;
        let mut oldest = Peer::silent(&endpoint).await;
        oldest.send(&rpc_core::wire::Hello::MAGIC).await;
        oldest.hello().await;
        let mut younger = Vec::new();
        for _ in 0..3 {
            let mut peer = Peer::silent(&endpoint).await;
            peer.send(&rpc_core::wire::Hello::MAGIC).await;
            peer.hello().await;
            younger.push(peer);
        }
        let (code, text) = oldest.close().await;
        assert_eq!(code, 13);
        assert!(text.contains("max_handshakes"), "{text}");
        let rest = &hello_bytes(&hello())[8..];
        for peer in &mut younger {
            peer.send(rest).await;
            peer.settle().await;
        }
        greeted.settle().await;
    })
    .await;
}

#[tokio::test]
async fn thousands_of_silent_connections_keep_no_healthy_one_out() {
    let (_server, endpoint, _) = serve_with("mem://", Limits { max_handshakes: 16, ..limits() }).await;
    in_time(async {
        for round in 0..100 {
            for _ in 0..50 {
                // Dropped, or kept open and forgotten: both are silent.
                let silent = Peer::silent(&endpoint).await;
                if round % 2 == 0 {
                    tokio::spawn(async move {
                        let mut silent = silent;
                        assert_eq!(silent.said().await, Said::End);
                    });
                }
            }
            let healthy = ZooClient::connect(&endpoint).await.unwrap();
            assert_eq!(healthy.add(round, 1).await, Ok(round + 1));
        }
    })
    .await;
}

/// `mem`, whose `accept` fails a number of times before each connection.
struct Failing {
    errors: Arc<AtomicUsize>,
    error: fn() -> io::Error,
}

struct FailingListener {
    inner: Box<dyn Listener>,
    errors: Arc<AtomicUsize>,
    error: fn() -> io::Error,
}

impl Transport for Failing {
    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        MemTransport.connect(endpoint)
    }

    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        async move {
            let inner = MemTransport.listen(endpoint).await?;
            let listener = FailingListener { inner, errors: Arc::clone(&self.errors), error: self.error };
            Ok(Box::new(listener) as Box<dyn Listener>)
        }
        .boxed()
    }
}

impl Listener for FailingListener {
    fn accept(&mut self) -> BoxFuture<'_, io::Result<Link>> {
        let left = self.errors.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        match left {
            Ok(_) => std::future::ready(Err((self.error)())).boxed(),
            Err(_) => self.inner.accept(),
        }
    }

    fn endpoint(&self) -> Endpoint {
        self.inner.endpoint()
    }
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_accept_errors_stop_no_server() {
    let errors: [fn() -> io::Error; 3] = [
        || io::ErrorKind::ConnectionAborted.into(),
        || io::Error::from_raw_os_error(24),
        || io::Error::other("the moon is in the wrong phase"),
    ];
    for error in errors {
        let left = Arc::new(AtomicUsize::new(10_000));
        let transport = Arc::new(Failing { errors: Arc::clone(&left), error });
        let server = Server::builder().service(ZooServer::new(ZooKeeper::default())).transport(transport);
        let server = server.listen("mem://").limits(limits()).start().await.unwrap();
        // The errors that pause take hours of the paused clock.
        let patient = Limits { hello_timeout: std::time::Duration::from_secs(24 * 3_600), ..limits() };
        let channel =
            rpc_core::client::ClientBuilder::new(server.endpoints().to_vec(), Arc::new(MemTransport));
        let channel = channel.limits(patient).timeout(farcall::Timeout::Never).connect().await.unwrap();
        let client = <ZooClient as farcall::Client>::from_channel(channel);
        assert_eq!(client.add(1, 2).await, Ok(3));
        assert_eq!(left.load(Ordering::SeqCst), 0);
    }
}

#[test]
fn a_runtime_that_goes_away_while_connections_come_in() {
    for _ in 0..30 {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let (server, endpoint) = runtime.block_on(super::kit::serve("tcp://127.0.0.1:0"));
        let address: std::net::SocketAddr = endpoint.address().parse().unwrap();
        let over = Arc::new(AtomicUsize::new(0));
        let dialler = std::thread::spawn({
            let over = Arc::clone(&over);
            move || {
                while over.load(Ordering::SeqCst) == 0 {
                    drop(std::net::TcpStream::connect(address));
                }
            }
        });
        std::thread::sleep(std::time::Duration::from_millis(10));
        let (gone, is_gone) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            drop(runtime);
            gone.send(()).unwrap();
        });
        is_gone.recv_timeout(std::time::Duration::from_secs(30)).expect("the runtime does not end");
        over.store(1, Ordering::SeqCst);
        dialler.join().unwrap();
        drop(server);
    }
}
