//! Servers that stop, and clients that close, while streams are open.

use std::sync::Arc;
use std::time::Duration;

use farcall::{Client, Code, Executed};
use futures::{StreamExt, stream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::support::{
    FlowClient, FlowPair, FlowServer, Hand, Mill, Net, Watched, drain, hesitant, over, whole,
};

over! {{
    open_streams_end_within_the_grace_period;
    streams_that_are_longer_end_when_it_is_over;
    dropping_the_server_ends_open_streams;
    new_streams_go_to_another_server;
    close_lets_open_streams_end;
    the_last_client_may_go_before_its_streams;
}}

over! {[mem unix abstract_unix] {
    streams_go_on_elsewhere;
}}

const LONG: Duration = Duration::from_secs(60);

async fn open_streams_end_within_the_grace_period(net: Net) {
    let flow = FlowPair::over(&net).await;
    let server = flow.server.unwrap();
    let mut down = flow.client.gated();
    assert_eq!(down.next().await, Some(Ok(1)));
    let (mut send, receive) = futures::channel::mpsc::unbounded();
    let mut both = flow.client.echo(receive);
    send.start_send("before".to_owned()).unwrap();
    assert_eq!(both.next().await, Some(Ok("before".to_owned())));
    let (mut send_up, receive_up) = futures::channel::mpsc::unbounded();
    let up = tokio::spawn(flow.client.sum(receive_up));
    send_up.start_send(1).unwrap();
    flow.mill.gauge.until_taken(2).await;

    let mut shutdown = Hand::new(server.shutdown(LONG));
    assert!(shutdown.poll().is_pending());
    // They go on in both directions, as long as they like.
    for number in 0..50 {
        send.start_send(number.to_string()).unwrap();
        assert_eq!(both.next().await, Some(Ok(number.to_string())));
        send_up.start_send(1).unwrap();
    }
    drop((send, send_up));
    assert_eq!(both.next().await, None);
    assert_eq!(up.await.unwrap().unwrap(), 51);
    assert!(shutdown.poll().is_pending(), "one is open");
    flow.mill.gauge.open();
    assert_eq!((down.next().await, down.next().await), (Some(Ok(2)), None));
    shutdown.poll_times(usize::MAX).await.unwrap();
    flow.mill.gauge.alive(0).await;
}

async fn streams_that_are_longer_end_when_it_is_over(net: Net) {
    let flow = FlowPair::over(&net).await;
    let server = flow.server.unwrap();
    let mut down = flow.client.gated();
    assert_eq!(down.next().await, Some(Ok(1)));
    let up = tokio::spawn(flow.client.sum(hesitant(10).chain(stream::pending())));
    let opening = flow.client.clone();
    let opening = tokio::spawn(async move { opening.open_late().await.err().unwrap() });
    flow.mill.gauge.until_taken(10).await;
    flow.mill.gauge.alive(3).await;
    let context = flow.mill.gauge.context().unwrap();
    server.shutdown(Duration::from_millis(20)).await;
    let opening = match opening.await.unwrap() {
        farcall::CallError::Rpc(error) => error,
        farcall::CallError::App(error) => panic!("{error}"),
    };
    for error in [down.next().await.unwrap().unwrap_err(), up.await.unwrap().unwrap_err(), opening] {
        assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
        assert!(error.message().contains("Flow.") && error.message().contains("grace period"), "{error}");
    }
    assert_eq!(down.next().await, None);
    flow.mill.gauge.alive(0).await;
    context.cancelled().await;
    assert_eq!(flow.mill.gauge.ends(), Vec::<u64>::new(), "no false end");
}

async fn dropping_the_server_ends_open_streams(net: Net) {
    let mut flow = FlowPair::over(&net).await;
    let mut down = flow.client.gated();
    assert_eq!(down.next().await, Some(Ok(1)));
    let up = tokio::spawn(flow.client.sum(hesitant(10).chain(stream::pending())));
    flow.mill.gauge.until_taken(10).await;
    drop(flow.server.take());
    for error in [down.next().await.unwrap().unwrap_err(), up.await.unwrap().unwrap_err()] {
        assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
    }
    flow.mill.gauge.alive(0).await;
    assert_eq!(flow.mill.gauge.ends(), Vec::<u64>::new(), "no false end");
}

async fn new_streams_go_to_another_server(net: Net) {
    let mills = [Arc::new(Mill::default()), Arc::new(Mill::default())];
    let first = net.serve(FlowServer::from_arc(Arc::clone(&mills[0]))).await;
    let second = net.again().serve(FlowServer::from_arc(Arc::clone(&mills[1]))).await;
    let endpoints = [first.endpoints(), second.endpoints()].concat();
    let client = FlowClient::from_channel(net.client(&endpoints).connect().await.unwrap());
    let mut open = client.gated();
    assert_eq!(open.next().await, Some(Ok(1)));
    assert_eq!((mills[0].gauge.begun(), mills[1].gauge.begun()), (1, 0));
    let mut shutdown = Hand::new(first.shutdown(LONG));
    assert!(shutdown.poll_times(2).await.is_none());
    // Streams that are begun now end well, each at one of the two.
    for number in 1..=20 {
        assert_eq!(whole(client.numbers(10)).await.len(), 10);
        assert_eq!(client.sum(hesitant(10)).await.unwrap(), 45);
        let begun = mills[0].gauge.begun() + mills[1].gauge.begun();
        assert_eq!(begun, 1 + 2 * number, "none is executed twice");
    }
    assert!(mills[1].gauge.begun() > 0, "nothing went to the other server");
    mills[0].gauge.open();
    assert_eq!((open.next().await, open.next().await), (Some(Ok(2)), None));
    shutdown.poll_times(usize::MAX).await.unwrap();
    for mill in mills {
        mill.gauge.alive(0).await;
    }
}

async fn close_lets_open_streams_end(net: Net) {
    let watched = Watched::new(net.transport());
    let net = net.over(Arc::new(watched.clone()));
    let flow = FlowPair::over(&net).await;
    let mut down = flow.client.gated();
    assert_eq!(down.next().await, Some(Ok(1)));
    let (mut send, receive) = futures::channel::mpsc::unbounded();
    let mut both = flow.client.echo(receive);
    send.start_send("before".to_owned()).unwrap();
    assert_eq!(both.next().await, Some(Ok("before".to_owned())));
    let mut closing = Hand::new(flow.client.close());
    assert!(closing.poll().is_pending());
    // What is open goes on.
    send.start_send("after".to_owned()).unwrap();
    assert_eq!(both.next().await, Some(Ok("after".to_owned())));
    // What is begun now is refused, and takes nothing of its streams.
    let (items, error) = drain(flow.client.numbers(3)).await;
    assert_eq!(items, Vec::<u64>::new());
    for error in [error.unwrap(), flow.client.sum(stream::repeat(1)).await.unwrap_err()] {
        assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No), "{error}");
    }
    drop(send);
    assert_eq!(both.next().await, None);
    assert!(closing.poll().is_pending(), "one is open");
    flow.mill.gauge.open();
    assert_eq!((down.next().await, down.next().await), (Some(Ok(2)), None));
    closing.poll_times(usize::MAX).await.unwrap();
    watched.until_open(0).await;
    flow.mill.gauge.alive(0).await;
}

async fn the_last_client_may_go_before_its_streams(net: Net) {
    let watched = Watched::new(net.transport());
    let net = net.over(Arc::new(watched.clone()));
    let FlowPair { client, mill, server: _server, .. } = FlowPair::over(&net).await;
    let mut down = client.gated();
    let later = client.numbers(3);
    drop(client);
    assert_eq!(down.next().await, Some(Ok(1)));
    assert_eq!(whole(later).await, [0, 1, 2]);
    mill.gauge.open();
    assert_eq!((down.next().await, down.next().await), (Some(Ok(2)), None));
    drop(down);
    watched.until_open(0).await;
}

/// Restarts under load: streams that were accepted end well, others go to the next server.
async fn streams_go_on_elsewhere(net: Net) {
    let mill = Arc::new(Mill::default());
    let serve = || FlowServer::from_arc(Arc::clone(&mill));
    let mut server = net.serve(serve()).await;
    let endpoint = server.endpoints()[0].clone();
    let stop = watch::Sender::new(false);
    let ended = watch::Sender::new(0_u64);
    let mut callers = JoinSet::new();
    for _ in 0..6 {
        let client: FlowClient = net.connect(&server).await;
        let (stop, ended) = (stop.subscribe(), ended.clone());
        callers.spawn(async move {
            while !*stop.borrow() {
                assert_eq!(whole(client.hesitant(30)).await.len(), 30);
                assert_eq!(client.sum(hesitant(30)).await.unwrap(), 435);
                let texts = hesitant(10).map(|number| number.to_string()).boxed();
                assert_eq!(whole(client.echo(texts)).await.len(), 10);
                ended.send_modify(|ended| *ended += 3);
            }
        });
    }
    for _ in 0..20 {
        let wanted = *ended.borrow() + 60;
        ended.subscribe().wait_for(|ended| *ended >= wanted).await.unwrap();
        server.shutdown(LONG).await;
        drop(server);
        server = loop {
            let again = net.server_at(&endpoint).service(serve()).start().await;
            match again {
                Ok(server) => break server,
                Err(error) if error.code() == Code::Unavailable => tokio::task::yield_now().await,
                Err(error) => panic!("{error}"),
            }
        };
    }
    stop.send_replace(true);
    while let Some(caller) = callers.join_next().await {
        caller.unwrap();
    }
    mill.gauge.alive(0).await;
    let ends = mill.gauge.ends();
    assert!(ends.iter().all(|count| matches!(count, 30 | 10)), "{ends:?}");
}
