//! Result streams.

use futures::{StreamExt, stream};

use super::kit::*;
use crate::client::{open_result, open_value, stream as call_stream};
use crate::generated::ErrorPayload;
use crate::stream::{Uploads, items_rpc};
use crate::{CallError, Code, Executed, Limits, ReplyStream, RpcError};

/// Counts up to the number that came with the call.
fn counting() -> Test {
    test(|incoming| async move {
        let up_to = asked(&incoming);
        incoming.reply_stream(numbers(), stream::iter(0..up_to)).await
    })
}

#[tokio::test]
async fn all_items_come_in_order_and_then_the_end() {
    both(counting(), async |channel| {
        for count in [0, 1, 63, 64, 65, 1_000, 20_000] {
            let stream = call_stream(channel.clone(), Ask(&DOWN, count), Uploads::none(), numbers());
            let items: Vec<_> = stream.map(Result::unwrap).collect().await;
            assert!(items.iter().copied().eq(0..count), "{} of {count}", items.len());
        }
    })
    .await;
}

#[test]
fn a_stream_may_be_moved_to_another_thread_whatever_its_items_are() {
    fn is<T: Send + Unpin + 'static>() {}
    is::<ReplyStream<'static, std::rc::Rc<u8>>>();
    is::<ReplyStream<'static, u8, CallError<String>>>();
}

#[tokio::test]
async fn nothing_follows_the_end() {
    both(counting(), async |channel| {
        let mut stream = call_stream(channel, Ask(&DOWN, 1), Uploads::none(), numbers());
        assert_eq!(stream.next().await, Some(Ok(0)));
        assert_eq!(stream.next().await, None);
        assert_eq!(stream.next().await, None);
    })
    .await;
}

#[tokio::test]
async fn an_error_is_the_last_item_and_the_handlers_stream_is_not_polled_behind_it() {
    let service = test(|incoming| async move {
        let items = [Ok(1), Err("enough".to_owned())].into_iter();
        let items = items.chain(std::iter::from_fn(|| panic!("polled behind the error")));
        incoming.reply_stream(fallible(), stream::iter(items)).await
    });
    both(service, async |channel| {
        let stream = call_stream(channel, Ask(&DOWN, 0), Uploads::none(), fallible());
        let items: Vec<_> = stream.collect().await;
        assert_eq!(items, [Ok(1), Err(CallError::App("enough".to_owned()))]);
    })
    .await;
}

#[tokio::test]
async fn an_rpc_error_of_the_stream_arrives_as_it_is() {
    let service = test(|incoming| async move {
        let error = RpcError::new(Code::NotFound, "no more of them");
        incoming.reply_stream(items_rpc::<u64, _>(SERDE), stream::iter([Ok(1), Err(error)])).await
    });
    both(service, async |channel| {
        let items = items_rpc::<u64, _>(SERDE);
        let mut stream = call_stream(channel, Ask(&DOWN, 0), Uploads::none(), items);
        assert_eq!(stream.next().await, Some(Ok(1)));
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!((error.code(), error.message()), (Code::NotFound, "no more of them"));
        assert!(stream.next().await.is_none());
    })
    .await;
}

#[tokio::test]
async fn opening_may_fail_with_the_methods_own_error() {
    let service = test(|incoming| async move {
        let opened = if asked(&incoming) == 0 { Err("closed".to_owned()) } else { Ok(stream::iter([7])) };
        incoming.reply_stream_result(ErrorPayload, numbers(), opened).await
    });
    both(service, async |channel| {
        let open = async |number| {
            let opened = open_result::<_, String, _, _>(
                channel.clone(),
                Ask(&DOWN, number),
                Uploads::none(),
                ErrorPayload,
                numbers(),
            );
            opened.await
        };
        assert_eq!(open(0).await.unwrap_err(), CallError::App("closed".to_owned()));
        let stream: ReplyStream<'static, u64> = open(1).await.unwrap();
        assert_eq!(stream.collect::<Vec<_>>().await, [Ok(7)]);
    })
    .await;
}

#[tokio::test]
async fn a_handler_that_panics_in_its_stream_fails_that_stream() {
    let service = test(|incoming| async move {
        let items = (0..3).map(|number| if number < 2 { number } else { panic!("a secret") });
        incoming.reply_stream(numbers(), stream::iter(items)).await
    });
    both(service, async |channel| {
        let stream = open_value(channel, Ask(&DOWN, 0), Uploads::none(), numbers()).await.unwrap();
        let items: Vec<_> = stream.collect().await;
        let error = items.last().unwrap().clone().unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::Internal, Executed::Yes));
        assert!(!error.message().contains("secret"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn an_item_of_another_type_ends_the_stream_with_data_loss() {
    let (guard, dropped) = guard();
    let guard = std::sync::Mutex::new(Some(guard));
    let service = test(move |incoming| {
        let guard = guard.lock().unwrap().take();
        async move {
            let _guard = guard;
            let words = crate::stream::items_value::<String, _>(SERDE);
            let items = stream::iter(["seventeen letters".to_owned()]).chain(stream::pending());
            incoming.reply_stream(words, items).await
        }
    });
    let (channel, _net) = remote(&service);
    let flags = crate::stream::items_value::<bool, _>(SERDE);
    let mut stream = call_stream(channel, Ask(&DOWN, 0), Uploads::none(), flags);
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DataLoss, Executed::Yes));
    assert!(error.message().contains("`Test.down`"), "{error}");
    assert!(stream.next().await.is_none());
    // The call is cancelled, though the stream is still held.
    dropped.await.unwrap();
}

#[tokio::test]
async fn a_connection_that_is_lost_is_no_end() {
    let service = test(|incoming| async move {
        incoming.reply_stream(numbers(), stream::iter([1]).chain(stream::pending())).await
    });
    let (channel, net) = remote(&service);
    let mut stream = open_value(channel, Ask(&DOWN, 0), Uploads::none(), numbers()).await.unwrap();
    assert_eq!(stream.next().await, Some(Ok(1)));
    net.connections()[0].close(crate::wire::CloseCode::GoingAway, "for the test");
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe));
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn a_handler_pauses_while_nobody_takes_its_items() {
    let (counted, taken) = {
        let counted = Counted::new(stream::iter(0..));
        let taken = std::sync::Arc::clone(&counted.taken);
        (std::sync::Mutex::new(Some(counted)), taken)
    };
    let service = test(move |incoming| {
        let counted = counted.lock().unwrap().take().unwrap();
        async move { incoming.reply_stream(numbers(), counted).await }
    });
    let (channel, _net) = remote(&service);
    let mut stream = open_value(channel, Ask(&DOWN, 0), Uploads::none(), numbers()).await.unwrap();
    settle().await;
    let before = *taken.lock().unwrap();
    assert!((1..=Limits::default().max_stream_items as u64).contains(&before), "{before}");
    settle().await;
    assert_eq!(*taken.lock().unwrap(), before);
    for number in 0..40_000 {
        assert_eq!(stream.next().await, Some(Ok(number)));
    }
}

#[cfg(feature = "blocking")]
#[test]
fn a_thread_may_take_the_items() {
    use crate::client::{BlockingStream, block_on, iter_stream};

    let channel = local(&test(|incoming| async move {
        let lines = incoming.argument_stream(0, numbers());
        incoming.reply_stream(numbers(), lines.map(|number| number * 2)).await
    }));
    let uploads = Uploads::new([crate::stream::upload(iter_stream(vec![1, 2, 3]), numbers())]);
    let stream = BlockingStream::new(call_stream(channel.clone(), Ask(&CHAT, 0), uploads, numbers()));
    assert_eq!(stream.collect::<Result<Vec<_>, _>>(), Ok(vec![2, 4, 6]));
    let borrowed = [5_u64];
    let uploads = Uploads::new([crate::stream::upload(iter_stream(borrowed.iter().copied()), numbers())]);
    let stream = block_on(open_value(channel, Ask(&CHAT, 0), uploads, numbers())).unwrap();
    assert_eq!(BlockingStream::new(stream).sum::<Result<u64, _>>(), Ok(10));
}
