use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::{FutureExt, StreamExt};

use super::{GREET, ReplyStatus, error, incoming, poll, ready, with_argument};
use crate::server::{HandlerFuture, Incoming};
use crate::stream::{Batch, PipeSink, RequestStream, items_value};
use crate::wire::EndStatus;
use crate::{Code, Context, RpcError};

fn numbers(incoming: &Incoming) -> RequestStream<u32> {
    incoming.argument_stream(0, items_value::<u32, _>(crate::__payload!(u32)))
}

/// Adds up its argument stream.
fn sum() -> (HandlerFuture, PipeSink) {
    let (incoming, sink) = with_argument();
    let handler = incoming.run(|incoming| async move {
        let sum = numbers(&incoming).fold(0, |sum, number| async move { sum + number }).await;
        incoming.reply_value(crate::__payload!(u32), sum)
    });
    (handler, sink)
}

fn undecodable() -> Batch {
    Batch::of([[0x80]])
}

#[test]
fn a_handler_sees_a_clean_end() {
    let (mut handler, sink) = sum();
    assert!(poll(&mut handler).is_pending());
    sink.send(&mut Batch::of([[1], [2], [3]]));
    assert!(poll(&mut handler).is_pending());
    sink.end(EndStatus::Clean, &[]);
    assert_eq!(ready(&mut handler).body, [6]);
}

#[test]
fn a_handler_whose_argument_breaks_is_dropped_and_the_call_fails() {
    struct Dropped(Arc<AtomicBool>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let (incoming, sink) = with_argument();
    let dropped = Arc::new(AtomicBool::new(false));
    let held = Dropped(Arc::clone(&dropped));
    let mut handler = incoming.run(|incoming| async move {
        let _held = held;
        numbers(&incoming).count().await;
        panic!("the handler saw an end");
    });
    assert!(poll(&mut handler).is_pending());
    sink.send(&mut undecodable());
    let reply = ready(&mut handler);
    assert!(dropped.load(Ordering::Relaxed));
    assert_eq!(error(&reply).code(), Code::InvalidArgument);
}

#[test]
fn a_handler_that_is_broken_off_is_cancelled_and_one_that_answers_is_not() {
    let breaks: fn(&PipeSink) = |sink| sink.send(&mut undecodable());
    let panics: fn(&PipeSink) = |sink| sink.send(&mut Batch::of([[0]]));
    let ends: fn(&PipeSink) = |sink| sink.end(EndStatus::Clean, &[]);
    for (how, is_cancelled) in [(breaks, true), (panics, true), (ends, false)] {
        let (incoming, sink) = with_argument();
        let context = incoming.context().clone();
        let mut handler = incoming.run(|incoming| async move {
            numbers(&incoming).for_each(|number| async move { assert_ne!(number, 0) }).await;
            incoming.reply_value(crate::__payload!(u32), 0_u32)
        });
        assert!(poll(&mut handler).is_pending());
        assert!(context.cancelled().now_or_never().is_none());
        how(&sink);
        ready(&mut handler);
        assert_eq!(context.is_cancelled(), is_cancelled, "what was spawned with it");
        if !is_cancelled {
            context.cancel();
            assert!(!context.is_cancelled(), "it has ended by itself");
        }
    }
}

#[test]
fn destructors_of_a_handler_that_is_broken_off_see_that_it_is_cancelled() {
    struct Saw(Context, Arc<AtomicBool>);
    impl Drop for Saw {
        fn drop(&mut self) {
            self.1.store(self.0.is_cancelled(), Ordering::Relaxed);
        }
    }
    let (incoming, sink) = with_argument();
    let saw = Arc::new(AtomicBool::new(false));
    let held = Saw(incoming.context().clone(), Arc::clone(&saw));
    let mut handler = incoming.run(|incoming| async move {
        let _held = held;
        numbers(&incoming).count().await;
        panic!("the handler saw an end");
    });
    assert!(poll(&mut handler).is_pending());
    sink.send(&mut undecodable());
    ready(&mut handler);
    assert!(saw.load(Ordering::Relaxed));
}

#[test]
fn a_handler_that_answers_all_the_same_keeps_its_answer() {
    let (incoming, sink) = with_argument();
    let mut handler = incoming.run(|incoming| async move {
        let mut numbers = numbers(&incoming);
        assert!(numbers.next().now_or_never().is_none());
        incoming.reply_value(crate::__payload!(u32), 5_u32)
    });
    sink.send(&mut undecodable());
    let reply = ready(&mut handler);
    assert_eq!((reply.status, &reply.body[..]), (ReplyStatus::Value, &[5][..]));
}

#[tokio::test]
async fn a_stream_that_breaks_on_another_task_ends_its_handler() {
    let (incoming, sink) = with_argument();
    let handler = incoming.run(|incoming| async move {
        let numbers = numbers(&incoming);
        let task = tokio::spawn(numbers.collect::<Vec<_>>());
        let numbers = task.await.unwrap();
        panic!("the handler saw an end behind {numbers:?}");
    });
    let handler = tokio::spawn(handler);
    tokio::time::sleep(Duration::from_millis(5)).await;
    sink.send(&mut undecodable());
    assert_eq!(error(&handler.await.unwrap()).code(), Code::InvalidArgument);
}

#[test]
fn a_dispatcher_cannot_take_a_stream_twice() {
    let (incoming, _sink) = with_argument();
    let mut handler = incoming.run(|incoming| async move {
        let (_first, second) = (numbers(&incoming), numbers(&incoming));
        second.count().await;
        panic!("the handler saw an end");
    });
    assert_eq!(error(&ready(&mut handler)).code(), Code::Internal);
}

#[test]
fn what_a_hook_refuses_did_not_run() {
    let incoming = incoming(&GREET, None);
    assert!(incoming.hooked(Ok(())).is_ok());
    let refused = RpcError::new(Code::PermissionDenied, "not you");
    let reply = incoming.hooked(Err(refused)).unwrap_err();
    let error = error(&reply);
    assert_eq!((error.code(), error.executed()), (Code::PermissionDenied, crate::Executed::No));
}
