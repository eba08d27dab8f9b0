//! A small session of streams over a connection that is cut after n bytes, for every n: no end is seen that nobody sent.

use std::sync::Arc;
use std::time::Duration;

use farcall::transport::faulty::{Faults, FaultyTransport};
use farcall::{CallError, Client, ClientBuilder, Code, Executed, RpcError, Server, TransportRegistry};
use futures::{StreamExt, stream};

use crate::support::{Cutter, FlowClient, FlowError, FlowPair, FlowServer, Hand, Mill, Net};
use crate::support::{Watched, drain, hesitant, over, within};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_at_the_client_over_mem() {
    at_every_byte(End::Client, "mem://").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_at_the_server_over_mem() {
    at_every_byte(End::Server, "mem://").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_at_the_client_over_tcp() {
    at_every_byte(End::Client, "tcp://127.0.0.1:0").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_at_the_server_over_tcp() {
    at_every_byte(End::Server, "tcp://127.0.0.1:0").await;
}

/// Which end loses the connection first.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Client,
    Server,
}

async fn at_every_byte(end: End, listen: &str) {
    for bytes in 0.. {
        if within(session(end, listen, bytes)).await {
            println!("a session has {bytes} bytes");
            return;
        }
        assert!(bytes < 20_000, "it should have been long enough by now");
    }
}

fn cut(error: &RpcError) {
    assert_eq!(error.code(), Code::Unavailable, "{error}");
    assert_ne!(error.executed(), Executed::Yes, "{error}");
}

/// All `wanted` and a clean end, or the first of them and the loss of the connection.
fn all_or_cut<T: PartialEq + std::fmt::Debug>(wanted: &[T], (items, error): (Vec<T>, Option<RpcError>)) {
    match error {
        None => assert_eq!(items, wanted),
        Some(error) => {
            cut(&error);
            assert!(wanted.starts_with(&items), "{items:?}");
        }
    }
}

/// One call of each kind with streams, the first connection of which is cut after `bytes`. True if that came too late to
/// matter.
async fn session(end: End, listen: &str, bytes: u64) -> bool {
    let faulty = Arc::new(FaultyTransport::new(TransportRegistry::global(), Faults::none().cut_after(bytes)));
    let faulted = Watched::new(faulty.clone());
    let mill = Arc::new(Mill::default());
    let server = Server::builder().service(FlowServer::from_arc(Arc::clone(&mill))).listen(listen);
    let server = match end {
        End::Client => server,
        End::Server => server.transport(Arc::new(faulted.clone())),
    };
    let server = server.start().await.unwrap();
    let client = match end {
        End::Client => ClientBuilder::new(server.endpoints().to_vec(), Arc::new(faulted.clone())),
        End::Server => ClientBuilder::new(server.endpoints().to_vec(), TransportRegistry::global()),
    };
    let client = FlowClient::from_channel(client.timeout(Duration::from_secs(60)).build().unwrap());
    let only_the_first_is_cut = async {
        faulted.until_made(1).await;
        faulty.set_faults(Faults::none());
    };
    let calls = async {
        all_or_cut(&[0, 1, 2, 3], drain(client.hesitant(4)).await);
        broken_or_cut(drain(client.breaks(2)).await);
        match client.sum(hesitant(4)).await {
            Ok(sum) => assert_eq!(sum, 6),
            Err(error) => cut(&error),
        }
        let texts = ["a", "b", "c"].map(str::to_owned);
        all_or_cut(&texts, drain(client.echo(stream::iter(texts.clone()))).await);
        match client.open("numbers", 2).await {
            Ok(opened) => all_or_cut(&[0, 1], drain(opened).await),
            Err(CallError::Rpc(error)) => cut(&error),
            Err(CallError::App(error)) => panic!("{error}"),
        }
    };
    tokio::join!(calls, only_the_first_is_cut);
    let whole = faulted.made() == 1;
    mill.gauge.alive(0).await;
    // Only ends that were sent: four items of `sum`, three of `echo`.
    for count in mill.gauge.ends() {
        assert!(matches!(count, 3 | 4), "an end after {count} items");
    }
    server.shutdown(Duration::ZERO).await;
    whole
}

fn broken_or_cut((items, error): (Vec<u64>, Option<CallError<FlowError>>)) {
    match error.expect("no clean end was sent") {
        CallError::App(error) => assert_eq!((items.as_slice(), error), (&[0, 1][..], FlowError::Broken(2))),
        CallError::Rpc(error) => {
            cut(&error);
            assert!([0, 1].starts_with(&items), "{items:?}");
        }
    }
}

over! {{
    the_loss_of_the_connection_ends_open_streams;
    a_lost_stream_is_not_begun_again;
}}

async fn the_loss_of_the_connection_ends_open_streams(net: Net) {
    let cutter = Cutter::new(net.transport());
    let net = net.over(Arc::new(cutter.clone()));
    let flow = FlowPair::over(&net).await;
    let mut down = flow.client.gated();
    assert_eq!(down.next().await, Some(Ok(1)));
    let mut up = Hand::new(flow.client.sum(stream::iter([1]).chain(stream::pending())));
    assert!(up.poll().is_pending());
    let mut both = flow.client.echo(stream::iter(["a".to_owned()]).chain(stream::pending()));
    assert_eq!(both.next().await, Some(Ok("a".to_owned())));
    flow.mill.gauge.alive(3).await;
    let context = flow.mill.gauge.context().unwrap();
    cutter.cut_all();
    for error in [
        down.next().await.unwrap().unwrap_err(),
        up.poll_when_woken().await.unwrap_err(),
        both.next().await.unwrap().unwrap_err(),
    ] {
        assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
    }
    assert_eq!((down.next().await, both.next().await), (None, None));
    context.cancelled().await;
    flow.is_sound().await;
    assert_eq!(flow.mill.gauge.ends(), Vec::<u64>::new(), "no false end");
}

/// A stream that has given an item, or an upload that has taken one, is nothing that could be made again silently.
async fn a_lost_stream_is_not_begun_again(net: Net) {
    let cutter = Cutter::new(net.transport());
    let net = net.over(Arc::new(cutter.clone()));
    let flow = FlowPair::over(&net).await;
    flow.client.add(1, 2).await.unwrap();
    for _ in 0..if net.is_slow() { 5 } else { 50 } {
        let begun = flow.mill.gauge.begun();
        let (mut down, mut up) =
            (Hand::new(drain(flow.client.gated())), Hand::new(flow.client.sum(stream::repeat(1))));
        assert!(down.poll().is_pending() && up.poll().is_pending());
        cutter.cut_all();
        let ended = async {
            let (items, error) = down.poll_when_woken().await;
            (items, error.expect("the gate is shut"), up.poll_when_woken().await.unwrap_err())
        };
        // Either is lost, or was not sent yet and goes on over the next connection, until that is cut, too.
        let mut ended = std::pin::pin!(ended);
        let (items, one, other) = loop {
            tokio::select! {
                ended = &mut ended => break ended,
                () = tokio::time::sleep(Duration::from_millis(5)) => cutter.cut_all(),
            }
        };
        assert!(items.is_empty() || items == [1], "{items:?}");
        for error in [one, other] {
            assert_eq!(error.code(), Code::Unavailable, "{error}");
        }
        flow.is_sound_after_cuts().await;
        assert!(flow.mill.gauge.begun() <= begun + 2, "one of them was executed twice");
    }
    assert_eq!(flow.mill.gauge.ends(), Vec::<u64>::new(), "no false end");
}
