use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::timeout;

use super::{Served, connect, connect_to, done};
use crate::intercept::{Next, Request};
use crate::wire::CloseCode;
use crate::{Context, MethodDescriptor, Service, ServiceDescriptor};

const SERVICE: (&str, u64) = ("Waits", 1);
static WAIT: MethodDescriptor = MethodDescriptor::new(SERVICE, ("wait", 2), "");
static BLOCK: MethodDescriptor = MethodDescriptor::new(SERVICE, ("block", 3), "").with_blocking();
static DETACHED: MethodDescriptor = MethodDescriptor::new(SERVICE, ("detached", 4), "").with_detached();
static DESCRIPTOR: ServiceDescriptor =
    ServiceDescriptor::new(SERVICE.0, SERVICE.1, "", &[&WAIT, &BLOCK, &DETACHED]);

const SOON: Duration = Duration::from_secs(20);

/// Tells, when it is dropped, whether the context was cancelled by then.
struct Witness(Context, mpsc::UnboundedSender<bool>);

impl Drop for Witness {
    fn drop(&mut self) {
        let _told = self.1.send(self.0.is_cancelled());
    }
}

#[tokio::test]
async fn a_cancelled_call_marks_its_context_before_the_handler_is_dropped() {
    let (contexts, mut begun) = mpsc::unbounded_channel();
    let (dropped, mut was_cancelled) = mpsc::unbounded_channel();
    let pair = connect(&DESCRIPTOR, move |incoming| {
        let (contexts, dropped) = (contexts.clone(), dropped.clone());
        incoming.run(move |incoming| async move {
            let _witness = Witness(incoming.context().clone(), dropped);
            let _told = contexts.send(incoming.context().clone());
            std::future::pending().await
        })
    })
    .await;
    let call = pair.start(&WAIT).await;
    let context = timeout(SOON, begun.recv()).await.unwrap().unwrap();
    assert!(!context.is_cancelled());
    pair.client.cancel_call(call);
    timeout(SOON, context.cancelled()).await.expect("a clone elsewhere is told");
    assert_eq!(timeout(SOON, was_cancelled.recv()).await.unwrap(), Some(true));
}

#[tokio::test]
async fn a_blocking_handler_that_runs_on_sees_that_it_was_cancelled() {
    let (contexts, mut begun) = mpsc::unbounded_channel();
    let ended = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&ended);
    let pair = connect(&DESCRIPTOR, move |incoming| {
        let (contexts, told) = (contexts.clone(), Arc::clone(&told));
        incoming.run(move |incoming| async move {
            let _told = contexts.send(());
            while !incoming.context().is_cancelled() {
                std::thread::sleep(Duration::from_millis(1));
            }
            told.store(true, Ordering::Relaxed);
            done()
        })
    })
    .await;
    let call = pair.start(&BLOCK).await;
    timeout(SOON, begun.recv()).await.unwrap().unwrap();
    pair.client.cancel_call(call);
    timeout(SOON, pair.server.quiet()).await.expect("the handler ends by itself");
    assert!(ended.load(Ordering::Relaxed));
}

#[tokio::test]
async fn interceptors_around_a_blocking_handler_are_dropped_until_it_has_begun() {
    let (arrived, mut arrivals) = mpsc::unbounded_channel();
    let (dropped, mut was_cancelled) = mpsc::unbounded_channel();
    let (begun, mut begins) = mpsc::unbounded_channel();
    let open = Arc::new(tokio::sync::Semaphore::new(0));
    let end = Arc::new(AtomicBool::new(false));
    let until = Arc::clone(&end);
    let dispatch = move |incoming: crate::server::Incoming| {
        let (begun, until) = (begun.clone(), Arc::clone(&until));
        incoming.run(move |incoming| async move {
            let _told = begun.send(incoming.context().clone());
            // Not for ever, or a failure would hang.
            let patience = std::time::Instant::now() + SOON;
            while !until.load(Ordering::Relaxed) && std::time::Instant::now() < patience {
                std::thread::sleep(Duration::from_millis(1));
            }
            done()
        })
    };
    let gate = Arc::clone(&open);
    let service =
        Served { descriptor: &DESCRIPTOR, dispatch }.intercept(move |request: Request, next: Next| {
            let (arrived, dropped, gate) = (arrived.clone(), dropped.clone(), Arc::clone(&gate));
            async move {
                let _witness = Witness(Context::current(), dropped);
                let _told = arrived.send(());
                gate.acquire().await.unwrap().forget();
                next.run(request).await
            }
        });
    let pair = connect_to(service).await;

    let waits = pair.start(&BLOCK).await;
    timeout(SOON, arrivals.recv()).await.unwrap().unwrap();
    pair.client.cancel_call(waits);
    assert_eq!(timeout(SOON, was_cancelled.recv()).await.unwrap(), Some(true));
    timeout(SOON, pair.server.quiet()).await.expect("it holds its place no longer");

    let works = pair.start(&BLOCK).await;
    timeout(SOON, arrivals.recv()).await.unwrap().unwrap();
    open.add_permits(1);
    let context = timeout(SOON, begins.recv()).await.unwrap().unwrap();
    pair.client.cancel_call(works);
    timeout(SOON, context.cancelled()).await.expect("the handler is told");
    assert!(timeout(Duration::from_millis(20), was_cancelled.recv()).await.is_err(), "it is at work");
    assert!(!pair.server.is_quiet(), "and so has its place");
    end.store(true, Ordering::Relaxed);
    assert_eq!(timeout(SOON, was_cancelled.recv()).await.unwrap(), Some(true));
    timeout(SOON, pair.server.quiet()).await.expect("it holds its place no longer");
    assert!(begins.try_recv().is_err(), "the first one did not begin");
}

#[tokio::test]
async fn all_contexts_of_a_lost_connection_are_marked() {
    let (contexts, mut begun) = mpsc::unbounded_channel();
    let (dropped, mut was_cancelled) = mpsc::unbounded_channel();
    let pair = connect(&DESCRIPTOR, move |incoming| {
        let (contexts, dropped) = (contexts.clone(), dropped.clone());
        incoming.run(move |incoming| async move {
            let context = incoming.context().clone();
            let detached = incoming.method().detached;
            let _told = contexts.send((detached, context.clone()));
            if detached {
                context.cancelled().await;
                let _told = dropped.send(context.is_cancelled());
                return done();
            }
            let _witness = Witness(context, dropped);
            std::future::pending().await
        })
    })
    .await;
    for method in [&WAIT, &WAIT, &DETACHED] {
        pair.start(method).await;
    }
    let mut all = Vec::new();
    while all.len() < 3 {
        all.push(timeout(SOON, begun.recv()).await.unwrap().unwrap());
    }
    assert!(all.iter().all(|(_, context)| !context.is_cancelled()));
    pair.client.close(CloseCode::GoingAway, "");
    for _ in 0..3 {
        assert_eq!(timeout(SOON, was_cancelled.recv()).await.unwrap(), Some(true));
    }
    for (_, context) in &all {
        timeout(SOON, context.cancelled()).await.unwrap();
    }
}

#[tokio::test]
async fn contexts_are_marked_when_the_connection_is_aborted() {
    let (contexts, mut begun) = mpsc::unbounded_channel();
    let pair = connect(&DESCRIPTOR, move |incoming| {
        let contexts = contexts.clone();
        incoming.run(move |incoming| async move {
            let _told = contexts.send(incoming.context().clone());
            std::future::pending().await
        })
    })
    .await;
    pair.start(&WAIT).await;
    let context = timeout(SOON, begun.recv()).await.unwrap().unwrap();
    pair.server_task.abort();
    timeout(SOON, context.cancelled()).await.unwrap();
}
