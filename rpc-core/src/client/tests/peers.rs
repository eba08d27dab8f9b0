//! Servers that call their clients.

use std::sync::Mutex;

use futures::{StreamExt, stream};
use tokio::sync::oneshot;

use super::kit::*;
use crate::client::{Channel, call_value, open_value};
use crate::stream::{Uploads, upload};
use crate::{Code, Executed};

/// What a client serves.
fn client_side() -> Test {
    test(|incoming| async move {
        if incoming.method().kind.has_result_stream() {
            let lines = incoming.argument_stream(0, numbers());
            incoming.reply_stream(numbers(), lines.map(|line| line + 1)).await
        } else {
            let sum = asked(&incoming) * 2;
            incoming.reply_value(SERDE, sum)
        }
    })
}

/// Asks its caller, and answers with what that said.
fn asking() -> Test {
    test(|incoming| async move {
        let Some(peer) = incoming.context().peer() else {
            return incoming.reply_value(SERDE, 0_u64);
        };
        let doubled =
            call_value::<_, u64, _>(peer.clone(), Ask(&ADD, asked(&incoming)), Uploads::none(), SERDE).await;
        let uploads = Uploads::new([upload(stream::iter(0..100), numbers())]);
        let stream = open_value(peer, Ask(&CHAT, 0), uploads, numbers()).await.unwrap();
        let items: Vec<_> = stream.map(Result::unwrap).collect().await;
        assert!(items.into_iter().eq(1..101));
        incoming.reply_value(SERDE, doubled.unwrap())
    })
}

#[tokio::test]
async fn a_handler_calls_its_caller_over_the_same_connection() {
    let net = Net::new(&asking());
    let channel = net.client().serve(client_side()).build().unwrap();
    assert_eq!(call_value(channel, Ask(&ADD, 21), Uploads::none(), SERDE).await, Ok(42_u64));
    assert_eq!(net.connections().len(), 1);
}

#[tokio::test]
async fn a_caller_that_serves_nothing_has_no_peer() {
    both(asking(), async |channel| {
        assert_eq!(call_value(channel, Ask(&ADD, 21), Uploads::none(), SERDE).await, Ok(0_u64));
    })
    .await;
}

#[tokio::test]
async fn services_of_one_name_are_refused() {
    let net = Net::new(&asking());
    let error = net.client().serve((client_side(), client_side())).build().unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::InvalidArgument, Executed::No));
    assert!(error.message().contains("`Test`"), "{error}");
}

/// Gives the channel to its caller away.
fn giving() -> (Test, oneshot::Receiver<Channel>) {
    let (give, given) = oneshot::channel();
    let give = Mutex::new(Some(give));
    let service = test(move |incoming| {
        if let Some(give) = give.lock().unwrap().take() {
            assert!(give.send(incoming.context().peer().unwrap()).is_ok());
        }
        async move { incoming.reply_value(SERDE, 1_u64) }
    });
    (service, given)
}

#[tokio::test]
async fn the_channel_to_a_peer_lasts_as_long_as_the_connection() {
    let (service, given) = giving();
    let net = Net::new(&service);
    let client = net.client().serve(client_side()).build().unwrap();
    assert_eq!(call_value(client.clone(), Ask(&ADD, 0), Uploads::none(), SERDE).await, Ok(1_u64));
    let peer = given.await.unwrap();
    assert_eq!(call_value(peer.clone(), Ask(&ADD, 4), Uploads::none(), SERDE).await, Ok(8_u64));
    assert!(peer.endpoints().is_empty());
    // The client's handle is what keeps it.
    drop(client);
    settle().await;
    let error =
        call_value::<_, u64, _>(peer.clone(), Ask(&ADD, 4), Uploads::none(), SERDE).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No), "{error}");
    let counted = Counted::new(stream::iter(0..10));
    let taken = std::sync::Arc::clone(&counted.taken);
    let uploads = Uploads::new([upload(counted, numbers())]);
    let error = call_value::<_, u64, _>(peer.clone(), Ask(&UP, 0), uploads, SERDE).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No), "{error}");
    assert_eq!(*taken.lock().unwrap(), 0);
    peer.close().await;
    assert_eq!(net.connections().len(), 1);
}

#[tokio::test]
async fn a_stream_to_a_peer_that_goes_away_breaks() {
    let (service, given) = giving();
    let net = Net::new(&service);
    let endless = test(|incoming| async move {
        incoming.reply_stream(numbers(), stream::iter([1]).chain(stream::pending())).await
    });
    let client = net.client().serve(endless).build().unwrap();
    assert_eq!(call_value(client.clone(), Ask(&ADD, 0), Uploads::none(), SERDE).await, Ok(1_u64));
    let peer = given.await.unwrap();
    let mut stream = open_value(peer, Ask(&DOWN, 0), Uploads::none(), numbers()).await.unwrap();
    assert_eq!(stream.next().await, Some(Ok(1)));
    drop(client);
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
}
