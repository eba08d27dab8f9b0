#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;

use super::{CallParts, Caller, Context};
use crate::{Identity, Metadata, MethodDescriptor, TraceContext};

static METHOD: MethodDescriptor = MethodDescriptor::new(("Calculator", 1), ("add", 2), "");

fn of_call(deadline: Option<Duration>) -> Context {
    let deadline = deadline.map(|after| crate::clock::now() + after);
    let metadata = Some(Arc::new(Metadata::new().with("tenant", "blue")));
    Context::of_call(CallParts { method: &METHOD, deadline, caller: Caller::Local, metadata })
}

/// A context is handed about a lot, and one of no call costs nothing.
#[test]
fn it_is_one_pointer() {
    assert_eq!(size_of::<Context>(), size_of::<usize>());
    assert!(Context::new().inner.is_none());
}

#[test]
fn what_is_known_of_a_call() {
    let context = of_call(None);
    assert_eq!((context.service(), context.method().map(|it| it.name)), (Some("Calculator"), Some("add")));
    assert_eq!((context.peer_address(), context.peer_identity()), (Some("local"), None));
    assert_eq!((context.deadline(), context.remaining()), (None, None));
    assert_eq!(context.metadata().text("tenant"), Some("blue"));
    assert!(context.peer().is_none());
}

#[test]
fn nothing_is_known_without_a_call() {
    let context = Context::new();
    assert_eq!((context.service(), context.peer_address(), context.deadline()), (None, None, None));
    assert!(context.metadata().is_empty() && context.method().is_none() && context.peer().is_none());
    assert!(!context.is_cancelled());
    context.set_reply_metadata("key", "value");
    assert!(context.take_reply_metadata().is_empty());
}

#[test]
fn a_copy_differs_in_one_thing() {
    let context = of_call(None);
    let changed = context
        .clone()
        .with_metadata("more", "1")
        .with_peer_address("tcp://10.0.0.1:1")
        .with_identity(Identity::new("token", "alice"));
    assert_eq!((changed.service(), changed.metadata().len()), (Some("Calculator"), 2));
    assert_eq!(changed.peer_address(), Some("tcp://10.0.0.1:1"));
    assert_eq!(changed.peer_identity().map(ToString::to_string).as_deref(), Some("token:alice"));
    // The first is as it was.
    assert_eq!((context.metadata().len(), context.peer_address()), (1, Some("local")));
    assert!(context.peer_identity().is_none());
}

#[test]
fn the_trace_is_what_the_metadata_says_and_can_be_replaced() {
    let context = Context::new();
    assert_eq!(context.trace(), None);
    let first = TraceContext::root(true).with_state("vendor=1");
    let context = context.with_trace(&first);
    assert_eq!(context.trace(), Some(first.clone()));
    let second = first.child().with_state("");
    let context = context.with_trace(&second);
    assert_eq!((context.trace(), context.metadata().len()), (Some(second), 1));
}

#[tokio::test(start_paused = true)]
async fn copies_are_cancelled_with_the_call() {
    let context = of_call(None);
    let copies = [
        context.clone(),
        context.clone().with_timeout(Duration::from_secs(60)),
        context.clone().with_metadata("a", "b").clone().with_metadata("c", "d"),
    ];
    for copy in &copies {
        assert!(copy.cancelled().now_or_never().is_none() && !copy.is_cancelled());
    }
    let waiting = copies.clone().map(|copy| tokio::spawn(async move { copy.cancelled().await }));
    tokio::task::yield_now().await;
    context.cancel();
    for (copy, waiting) in copies.iter().zip(waiting) {
        waiting.await.unwrap();
        assert!(copy.is_cancelled());
        // Not only those who waited: whoever asks later, too.
        assert!(copy.cancelled().now_or_never().is_some());
    }
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_between_the_making_and_the_first_poll_is_not_missed() {
    let context = of_call(None);
    let waiting = context.cancelled();
    context.cancel();
    assert!(waiting.now_or_never().is_some());
}

#[test]
fn a_canceller_keeps_nothing() {
    let context = of_call(None);
    let copy = context.clone().with_metadata("more", "1");
    let (first, second) = (context.canceller(), copy.canceller());
    assert_eq!(
        Arc::strong_count(context.inner.as_ref().unwrap()),
        2,
        "the context, and the copy for its call"
    );
    drop(copy);
    second.cancel();
    assert!(!context.is_cancelled(), "that copy is gone");
    first.cancel();
    assert!(context.is_cancelled());
    drop(context);
    first.cancel();
    Context::new().canceller().cancel();
}

#[test]
fn what_was_answered_is_not_cancelled() {
    let context = of_call(None);
    context.answered();
    context.cancel();
    assert!(!context.is_cancelled() && context.cancelled().now_or_never().is_none());
    // Nor the other way round.
    let context = of_call(None);
    context.cancel();
    context.answered();
    assert!(context.is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn a_deadline_that_passes_cancels() {
    let context = of_call(Some(Duration::from_secs(5)));
    let longer = context.clone().with_timeout(Duration::from_secs(7));
    assert!(!context.is_cancelled());
    let begun = tokio::time::Instant::now();
    context.cancelled().await;
    // A timer has milliseconds.
    assert_eq!(begun.elapsed().as_millis() / 10, 500);
    assert!(context.is_cancelled() && !longer.is_cancelled());
    longer.cancelled().await;
    assert!(longer.is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn without_a_call_nothing_cancels() {
    let waited = tokio::time::timeout(Duration::from_secs(1_000_000), Context::new().cancelled()).await;
    assert!(waited.is_err());
}

#[test]
fn reply_metadata_is_the_calls_and_taken_once() {
    let context = of_call(None);
    context.set_reply_metadata("a", "1");
    context.clone().with_timeout(Duration::from_secs(1)).set_reply_metadata("b", vec![2]);
    let taken = context.take_reply_metadata();
    assert_eq!((taken.text("a"), taken.binary("b").map(|it| &it[..])), (Some("1"), Some(&[2][..])));
    assert!(context.take_reply_metadata().is_empty());
}

#[tokio::test]
async fn it_is_current_where_it_was_put() {
    assert!(Context::current().method().is_none());
    let context = of_call(None);
    Context::scope(context.clone(), async {
        assert_eq!(Context::current().service(), Some("Calculator"));
        // A task of its own has none until it is given one.
        assert!(tokio::spawn(async { Context::current().method().is_none() }).await.unwrap());
    })
    .await;
    assert_eq!(Context::scope_sync(context, || Context::current().service()), Some("Calculator"));
}

#[tokio::test]
async fn a_future_is_dropped_where_it_ran() {
    struct Looks(std::sync::mpsc::Sender<Option<&'static str>>);
    impl Drop for Looks {
        fn drop(&mut self) {
            self.0.send(Context::current().service()).unwrap();
        }
    }
    let (told, seen) = std::sync::mpsc::channel();
    let looks = Looks(told.clone());
    let waits = async move {
        let _looks = looks;
        std::future::pending::<()>().await;
    };
    assert!(Context::scope(of_call(None), waits).now_or_never().is_none());
    let looks = Looks(told);
    Context::scope(of_call(None), async move { drop(looks) }).await;
    assert_eq!(seen.iter().collect::<Vec<_>>(), [Some("Calculator"); 2]);
    assert!(Context::current().method().is_none());
}

#[test]
fn the_context_of_a_spent_call_serves_the_next_and_tells_nothing_of_it() {
    static NEXT: MethodDescriptor = MethodDescriptor::new(("Calculator", 1), ("sub", 3), "");
    let context = of_call(Some(Duration::from_secs(5))).with_identity(Identity::new("unix", "uid=0"));
    context.set_reply_metadata("a", "1");
    context.cancel();
    let spent = context.spent().unwrap();
    assert!(spent.metadata().is_empty() && spent.peer_identity().is_none());
    let next = spent.of_next_call(&NEXT, None, None).unwrap();
    assert_eq!((next.method().map(|it| it.name), next.deadline()), (Some("sub"), None));
    assert_eq!((next.peer_address(), next.is_cancelled()), (Some("local"), false));
    assert!(next.take_reply_metadata().is_empty());
}

#[test]
fn a_context_that_somebody_kept_is_not_used_again() {
    let context = of_call(None);
    let kept = context.clone();
    assert!(context.spent().is_none());
    assert_eq!(kept.metadata().text("tenant"), Some("blue"));
    // Nor while somebody could still cancel it.
    let canceller = kept.canceller();
    assert!(kept.spent().is_none());
    canceller.cancel();
}

#[test]
fn its_debug_form_says_who_and_what() {
    let text = format!("{:?}", of_call(None).with_identity(Identity::new("unix", "uid=0")));
    for part in ["Calculator.add", "local", "unix", "uid=0", "blue"] {
        assert!(text.contains(part), "{text}");
    }
}
