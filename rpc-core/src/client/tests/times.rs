//! Deadlines of calls with streams. The clock stands still but for what the tests wait for.

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::{Instant, sleep};

use super::kit::*;
use crate::client::{call_value, open_value, stream as call_stream};
use crate::stream::{Uploads, upload};
use crate::{CallOptions, Code, Context, Executed, Timeout};

/// Opens its stream after so many seconds, and gives an item every twenty from then on.
fn slow() -> Test {
    test(|incoming| async move {
        sleep(Duration::from_secs(asked(&incoming))).await;
        let items = stream::unfold(0, async |number| {
            sleep(Duration::from_secs(20)).await;
            Some((number, number + 1))
        });
        incoming.reply_stream(numbers(), items).await
    })
}

fn within(duration: Duration, least: u64, most: u64) -> bool {
    (Duration::from_secs(least)..=Duration::from_secs(most)).contains(&duration)
}

#[tokio::test(start_paused = true)]
async fn the_default_timeout_holds_until_the_stream_is_opened() {
    both(slow(), async |channel| {
        let mut stream = call_stream(channel.clone(), Ask(&DOWN, 0), Uploads::none(), numbers());
        assert_eq!(stream.next().await, Some(Ok(0)));
        assert_eq!(stream.next().await, Some(Ok(1)));
        let begun = Instant::now();
        let mut stream = call_stream(channel.clone(), Ask(&DOWN, 60), Uploads::none(), numbers());
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
        assert!(within(begun.elapsed(), 10, 11), "{:?}", begun.elapsed());
        assert!(stream.next().await.is_none());
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_the_call_holds_to_the_end_of_the_stream() {
    both(slow(), async |channel| {
        let begun = Instant::now();
        let channel = channel.with(CallOptions::new().with_timeout(Duration::from_secs(30)));
        let mut stream = call_stream(channel, Ask(&DOWN, 0), Uploads::none(), numbers());
        assert_eq!(stream.next().await, Some(Ok(0)));
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
        assert!(within(begun.elapsed(), 30, 31), "{:?}", begun.elapsed());
        assert!(stream.next().await.is_none());
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_deadline_of_the_parent_holds_to_the_end_of_the_stream() {
    both(slow(), async |channel| {
        let parent = Context::new().with_timeout(Duration::from_secs(30));
        let call = Context::scope(parent, async {
            let mut stream = open_value(channel, Ask(&DOWN, 0), Uploads::none(), numbers()).await.unwrap();
            assert_eq!(stream.next().await, Some(Ok(0)));
            stream.next().await.unwrap()
        });
        let error = call.await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn an_upload_may_take_longer_than_the_default_timeout() {
    let service = test(|incoming| async move {
        assert!(incoming.context().deadline().is_none());
        let numbers = incoming.argument_stream(0, numbers());
        let sum: u64 = numbers.fold(0, async |sum, number| sum + number).await;
        incoming.reply_value(SERDE, sum)
    });
    both(service, async |channel| {
        let items = stream::iter(0..5).then(async |number| {
            sleep(Duration::from_secs(20)).await;
            number
        });
        let uploads = Uploads::new([upload(items, numbers())]);
        assert_eq!(call_value(channel, Ask(&UP, 0), uploads, SERDE).await, Ok(10_u64));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_the_call_ends_an_upload() {
    let service = test(|incoming| async move {
        assert!(incoming.context().remaining().is_some());
        let _numbers = incoming.argument_stream(0, numbers());
        std::future::pending().await
    });
    both(service, async |channel| {
        let begun = Instant::now();
        let channel = channel.with(CallOptions::new().with_timeout(Duration::from_secs(3)));
        let uploads = Uploads::new([upload(stream::pending(), numbers())]);
        let call = call_value::<_, u64, _>(channel, Ask(&UP, 0), uploads, SERDE);
        let error = call.await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
        assert!(within(begun.elapsed(), 3, 4), "{:?}", begun.elapsed());
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_waits_for_a_place_ends_at_the_default_timeout_unsent() {
    let service = test(|incoming| async move {
        let _numbers = incoming.argument_stream(0, numbers());
        std::future::pending().await
    });
    let (_, net) = remote(&service);
    let limits = crate::Limits { max_calls: 64, ..crate::Limits::default() };
    let channel = net.client().limits(limits).build().unwrap();
    let forever = channel.with(CallOptions::new().with_timeout(Timeout::Never));
    let mut others = tokio::task::JoinSet::new();
    for _ in 0..crate::Limits::default().max_calls {
        let uploads = Uploads::new([upload(stream::pending(), numbers())]);
        others.spawn(call_value::<_, u64, _>(forever.clone(), Ask(&UP, 0), uploads, SERDE));
    }
    settle().await;
    let begun = Instant::now();
    let uploads = Uploads::new([upload(stream::iter([1]), numbers())]);
    let call = call_value::<_, u64, _>(channel.clone(), Ask(&UP, 0), uploads, SERDE);
    let error = call.await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::No));
    assert!(within(begun.elapsed(), 10, 11), "{:?}", begun.elapsed());
    let mut stream = call_stream(channel, Ask(&DOWN, 0), Uploads::none(), numbers());
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::No));
}
