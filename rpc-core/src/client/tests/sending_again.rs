//! Calls whose connection goes away.

use std::sync::Arc;

use futures::{StreamExt, stream};

use super::kit::*;
use crate::client::{Channel, call_value};
use crate::stream::{Uploads, upload};
use crate::wire::CloseCode;
use crate::{Code, Executed};

fn counting() -> Test {
    test(|incoming| async move {
        let count = incoming.argument_stream(0, numbers()).count().await as u64;
        incoming.reply_value(SERDE, count)
    })
}

/// A client whose connection is closed by the server, which the client has not read. Another call is in flight, so that
/// the next one is put in a queue, where the close finds it.
async fn closing() -> (Channel, Arc<Net>) {
    let (channel, net) = remote(&counting());
    let other = Uploads::new([upload(stream::pending(), numbers())]);
    tokio::spawn(call_value::<_, u64, _>(channel.clone(), Ask(&UP, 0), other, SERDE));
    settle().await;
    net.connections()[0].close(CloseCode::GoingAway, "for the test");
    (channel, net)
}

#[tokio::test]
async fn a_call_that_was_not_written_is_sent_again_with_its_streams_untouched() {
    let (channel, net) = closing().await;
    let counted = Counted::new(stream::iter(0..1_000));
    let taken = Arc::clone(&counted.taken);
    let pausing = stream::once(settle()).filter_map(async |()| None).chain(counted);
    let uploads = Uploads::new([upload(pausing, numbers())]);
    assert_eq!(call_value(channel, Ask(&UP, 0), uploads, SERDE).await, Ok(1_000_u64));
    assert_eq!(*taken.lock().unwrap(), 1_000);
    assert_eq!(net.connections().len(), 2);
}

#[tokio::test]
async fn an_argument_stream_that_ended_without_an_item_is_sent_again() {
    let (channel, net) = closing().await;
    let uploads = Uploads::new([upload(stream::empty(), numbers())]);
    assert_eq!(call_value(channel, Ask(&UP, 0), uploads, SERDE).await, Ok(0_u64));
    assert_eq!(net.connections().len(), 2);
}

#[tokio::test]
async fn a_call_whose_stream_has_given_an_item_is_not_sent_again() {
    let (channel, net) = closing().await;
    let uploads = Uploads::new([upload(stream::iter([1]).chain(stream::pending()), numbers())]);
    let error = call_value::<_, u64, _>(channel, Ask(&UP, 0), uploads, SERDE).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No), "{error}");
    assert!(error.message().contains("not sent again"), "{error}");
    assert_eq!(net.connections().len(), 1);
}

#[tokio::test]
async fn a_connection_that_is_lost_during_an_upload_leaves_it_open_whether_the_call_ran() {
    let (channel, net) = remote(&counting());
    let uploads = Uploads::new([upload(stream::iter([1]).chain(stream::pending()), numbers())]);
    let call = call_value::<_, u64, _>(channel, Ask(&UP, 0), uploads, SERDE);
    let lose = async {
        settle().await;
        net.connections()[0].close(CloseCode::GoingAway, "for the test");
    };
    let error = tokio::join!(call, lose).0.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
}
