//! Argument streams.

use std::sync::{Arc, Mutex};

use futures::{StreamExt, stream};

use super::kit::*;
use crate::client::{call_value, stream as call_stream};
use crate::stream::{Uploads, items_rpc, upload};
use crate::{Code, Executed, Fault, Limits, RpcError};

/// Adds up its argument stream.
fn adding() -> Test {
    test(|incoming| async move {
        let numbers = incoming.argument_stream(0, numbers());
        let sum = numbers.fold(0, async |sum, number| sum + number).await;
        incoming.reply_value(SERDE, sum)
    })
}

/// Sends back what comes in.
fn echoing() -> Test {
    test(|incoming| async move {
        let lines = incoming.argument_stream(0, numbers());
        incoming.reply_stream(numbers(), lines).await
    })
}

#[tokio::test]
async fn a_stream_of_any_length_arrives_whole() {
    both(adding(), async |channel| {
        for count in [0, 1, 63, 64, 65, 1_000, 20_000] {
            let uploads = Uploads::new([upload(stream::iter(0..count), numbers())]);
            let sum: u64 = call_value(channel.clone(), Ask(&UP, 0), uploads, SERDE).await.unwrap();
            assert_eq!(sum, (0..count).sum::<u64>());
        }
    })
    .await;
}

#[tokio::test]
async fn a_stream_may_borrow_from_the_caller() {
    both(adding(), async |channel| {
        let list = [1, 2, 3];
        let uploads = Uploads::new([upload(stream::iter(list.iter().copied()), numbers())]);
        let sum: u64 = call_value(channel, Ask(&UP, 0), uploads, SERDE).await.unwrap();
        assert_eq!(sum, list.iter().sum::<u64>());
    })
    .await;
}

#[tokio::test]
async fn items_come_and_go_at_the_same_time() {
    both(echoing(), async |channel| {
        let uploads = Uploads::new([upload(stream::iter(0..20_000), numbers())]);
        let stream = call_stream(channel, Ask(&CHAT, 0), uploads, numbers());
        let items: Vec<_> = stream.map(Result::unwrap).collect().await;
        assert!(items.into_iter().eq(0..20_000));
    })
    .await;
}

#[tokio::test]
async fn question_and_answer_take_turns() {
    both(echoing(), async |channel| {
        let (lines, asked) = tokio::sync::mpsc::unbounded_channel();
        let asked = stream::unfold(asked, async |mut asked| Some((asked.recv().await?, asked)));
        let uploads = Uploads::new([upload(asked, numbers())]);
        let mut stream = call_stream(channel, Ask(&CHAT, 0), uploads, numbers());
        for line in 0..100 {
            lines.send(line).unwrap();
            assert_eq!(stream.next().await, Some(Ok(line)));
        }
        drop(lines);
        assert_eq!(stream.next().await, None);
    })
    .await;
}

#[tokio::test]
async fn the_upload_rests_while_nobody_polls_the_result_stream() {
    both(echoing(), async |channel| {
        let counted = Counted::new(stream::iter(0..));
        let taken = Arc::clone(&counted.taken);
        let uploads = Uploads::new([upload(counted, numbers())]);
        let mut stream = call_stream(channel, Ask(&CHAT, 0), uploads, numbers());
        assert_eq!(stream.next().await, Some(Ok(0)));
        settle().await;
        let before = *taken.lock().unwrap();
        settle().await;
        assert_eq!(*taken.lock().unwrap(), before);
        for number in 1..5_000 {
            assert_eq!(stream.next().await, Some(Ok(number)));
        }
    })
    .await;
}

#[tokio::test]
async fn an_upload_stops_within_its_credit_when_the_handler_does_not_take_it() {
    let service = test(|incoming| async move {
        let _unread = incoming.argument_stream(0, numbers());
        std::future::pending().await
    });
    both(service, async |channel| {
        let counted = Counted::new(stream::iter(0..));
        let taken = Arc::clone(&counted.taken);
        let uploads = Uploads::new([upload(counted, numbers())]);
        let call = call_value::<_, u64, _>(channel, Ask(&UP, 0), uploads, SERDE);
        let stopped = async {
            settle().await;
            let before = *taken.lock().unwrap();
            assert!((64..=Limits::default().max_stream_items as u64).contains(&before), "{before}");
            settle().await;
            assert_eq!(*taken.lock().unwrap(), before);
        };
        tokio::select! {
            biased;
            _ = call => panic!("answered"),
            () = stopped => {}
        }
    })
    .await;
}

#[tokio::test]
async fn the_first_error_ends_a_stream_and_the_handler_sees_it() {
    let service = test(|incoming| async move {
        let lines: Vec<_> = incoming.argument_stream(0, fallible()).collect().await;
        assert_eq!(lines, [Ok(1), Err("enough".to_owned())]);
        incoming.reply_value(SERDE, lines.len() as u64)
    });
    both(service, async |channel| {
        let items = [Ok(1), Err("enough".to_owned())].into_iter();
        let items = items.chain(std::iter::from_fn(|| panic!("polled behind the error")));
        let uploads = Uploads::new([upload(stream::iter(items), fallible())]);
        assert_eq!(call_value(channel, Ask(&UP, 0), uploads, SERDE).await, Ok(2_u64));
    })
    .await;
}

#[tokio::test]
async fn an_rpc_error_ends_a_stream_and_the_handler_sees_it() {
    let service = test(|incoming| async move {
        let items = items_rpc::<u64, _>(SERDE);
        let lines: Vec<_> = incoming.argument_stream(0, items).collect().await;
        assert_eq!(lines[1].as_ref().unwrap_err().code(), Code::Aborted);
        incoming.reply_value(SERDE, lines.len() as u64)
    });
    both(service, async |channel| {
        let error = RpcError::new(Code::Aborted, "not today");
        let items = items_rpc::<u64, _>(SERDE);
        let uploads = Uploads::new([upload(stream::iter([Ok(1), Err(error)]), items)]);
        assert_eq!(call_value(channel, Ask(&UP, 0), uploads, SERDE).await, Ok(2_u64));
    })
    .await;
}

#[tokio::test]
async fn a_handler_need_not_take_all_of_it() {
    let service = test(|incoming| async move {
        let first = incoming.argument_stream(0, numbers()).next().await.unwrap();
        incoming.reply_value(SERDE, first)
    });
    both(service, async |channel| {
        let uploads = Uploads::new([upload(stream::iter(7..), numbers())]);
        assert_eq!(call_value(channel, Ask(&UP, 0), uploads, SERDE).await, Ok(7_u64));
    })
    .await;
}

/// Waits for a stream that does not end, and tells when it is dropped.
fn waiting() -> (Test, tokio::sync::mpsc::UnboundedReceiver<tokio::sync::oneshot::Receiver<()>>) {
    let (tell, told) = tokio::sync::mpsc::unbounded_channel();
    let service = test(move |incoming| {
        let (guard, dropped) = guard();
        tell.send(dropped).unwrap();
        async move {
            let _guard = guard;
            let numbers = incoming.argument_stream(0, numbers());
            let sum: u64 = numbers.fold(0, async |sum, number| sum + number).await;
            incoming.reply_value(SERDE, sum)
        }
    });
    (service, told)
}

#[tokio::test]
async fn a_stream_that_panics_cancels_its_call() {
    let (service, told) = waiting();
    let told = tokio::sync::Mutex::new(told);
    both(service, async |channel| {
        let items = (0..3).map(|number| if number < 2 { number } else { panic!("out of numbers") });
        let uploads = Uploads::new([upload(stream::iter(items), numbers())]);
        let result = call_value::<_, u64, _>(channel, Ask(&UP, 0), uploads, SERDE).await;
        let error = result.unwrap_err();
        assert_eq!(
            (error.code(), error.executed(), error.fault()),
            (Code::Internal, Executed::Maybe, Fault::Caller)
        );
        assert!(error.message().contains("`numbers` of `Test.up` panicked: out of numbers"), "{error}");
        if let Ok(dropped) = told.lock().await.try_recv() {
            dropped.await.unwrap();
        }
    })
    .await;
}

/// Refuses to be written.
struct Unwritable;

impl serde::Serialize for Unwritable {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("it has no form"))
    }
}

#[tokio::test]
async fn an_item_that_cannot_be_encoded_cancels_its_call() {
    let (service, told) = waiting();
    let told = tokio::sync::Mutex::new(told);
    both(service, async |channel| {
        let items = crate::stream::items_value::<Unwritable, _>(SERDE);
        let uploads = Uploads::new([upload(stream::iter([Unwritable]), items)]);
        let result = call_value::<_, u64, _>(channel, Ask(&UP, 0), uploads, SERDE).await;
        let error = result.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::InvalidArgument, Executed::Maybe));
        assert!(error.message().contains("`numbers`") && error.message().contains("no form"), "{error}");
        if let Ok(dropped) = told.lock().await.try_recv() {
            dropped.await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn an_error_that_is_too_long_for_an_end_is_told() {
    both(adding(), async |channel| {
        let long = "x".repeat(20 << 10);
        let uploads = Uploads::new([upload(stream::iter([Err(long)]), fallible())]);
        let result = call_value::<_, u64, _>(channel, Ask(&UP, 0), uploads, SERDE).await;
        assert_eq!(result.unwrap_err().code(), Code::ResourceExhausted);
    })
    .await;
}

#[tokio::test]
async fn an_item_that_cannot_be_decoded_fails_the_call_and_drops_the_handler() {
    let (service, told) = waiting();
    let told = Mutex::new(told);
    both(service, async |channel| {
        // Eleven bytes with the highest bit set are no number.
        let items = crate::stream::items_value::<[u64; 2], _>(SERDE);
        let items = upload(stream::iter([[u64::MAX; 2]]).chain(stream::pending()), items);
        let uploads = Uploads::new([items]);
        let result = call_value::<_, u64, _>(channel, Ask(&UP, 0), uploads, SERDE).await;
        let error = result.unwrap_err();
        assert_eq!(error.code(), Code::InvalidArgument, "{error}");
        assert!(error.message().contains("`numbers`"), "{error}");
        let dropped = told.lock().unwrap().try_recv().unwrap();
        dropped.await.unwrap();
    })
    .await;
}
