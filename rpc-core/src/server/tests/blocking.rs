//! Handlers that block, behind interceptors.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::{ReplyStatus, WORK, incoming};
use crate::intercept::{Interceptor, Next, Request};
use crate::server::{HandlerFuture, Incoming, Reply, run};
use crate::{Code, Executed, Service, ServiceDescriptor};

static DESCRIPTOR: ServiceDescriptor = ServiceDescriptor::new("Sums", 1, "", &[&WORK]);

const SOON: Duration = Duration::from_secs(20);
const A_WHILE: Duration = Duration::from_millis(20);

/// A service whose handlers say that they have begun, and work until they are told to end.
struct Works {
    begun: Arc<Semaphore>,
    end: Arc<std::sync::Mutex<Receiver<()>>>,
}

impl Service for Works {
    fn descriptor(&self) -> &'static ServiceDescriptor {
        &DESCRIPTOR
    }

    fn dispatch(&self, incoming: Incoming) -> HandlerFuture {
        let (begun, end) = (Arc::clone(&self.begun), Arc::clone(&self.end));
        incoming.run(move |incoming| async move {
            begun.add_permits(1);
            end.lock().unwrap().recv_timeout(SOON).unwrap();
            incoming.reply_value(crate::__payload!(u8), 7_u8)
        })
    }
}

/// Where a handler says that it has begun, and what ends it.
struct Hands {
    begun: Arc<Semaphore>,
    end: Sender<()>,
}

fn works() -> (Works, Hands) {
    let (end, ended) = mpsc::channel();
    let begun = Arc::new(Semaphore::new(0));
    let hands = Hands { begun: Arc::clone(&begun), end };
    (Works { begun, end: Arc::new(std::sync::Mutex::new(ended)) }, hands)
}

impl Hands {
    async fn begun(&self) {
        timeout(SOON, self.begun.acquire()).await.unwrap().unwrap().forget();
    }
}

/// Runs a call of `service` as one that stays in this process.
fn call(service: &impl Service) -> tokio::task::JoinHandle<Reply> {
    tokio::spawn(run::in_place(service.dispatch(incoming(&WORK, None))))
}

/// Lets as many calls through as it has permits, until they have ended.
fn gate(gate: &Arc<Semaphore>) -> impl Interceptor {
    let gate = Arc::clone(gate);
    move |request: Request, next: Next| {
        let gate = Arc::clone(&gate);
        async move {
            let _permit = gate.acquire().await.unwrap();
            next.run(request).await
        }
    }
}

/// One thread for all that blocks.
fn with_one_thread(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(1)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(test);
}

#[test]
fn interceptors_take_no_thread_while_they_wait_and_handlers_do() {
    with_one_thread(async {
        let (works, hands) = works();
        let open = Arc::new(Semaphore::new(0));
        let service = works.intercept(gate(&open)).intercept(gate(&Arc::new(Semaphore::new(8))));
        let calls = [call(&service), call(&service), call(&service)];
        // They wait, and the only thread is free.
        timeout(SOON, tokio::task::spawn_blocking(|| ())).await.unwrap().unwrap();
        open.add_permits(3);
        hands.begun().await;
        let mut other = tokio::task::spawn_blocking(|| ());
        assert!(timeout(A_WHILE, &mut other).await.is_err(), "the thread is taken");
        (0..3).for_each(|_| hands.end.send(()).unwrap());
        for call in calls {
            let reply = timeout(SOON, call).await.unwrap().unwrap();
            assert_eq!((reply.status, &reply.body[..]), (ReplyStatus::Value, &[7][..]));
        }
        other.await.unwrap();
    });
}

#[tokio::test]
async fn a_call_that_is_dropped_keeps_what_its_interceptors_hold_until_its_handler_has_ended() {
    let (works, hands) = works();
    let open = Arc::new(Semaphore::new(1));
    let service = works.intercept(gate(&open));
    let (first, second) = (call(&service), call(&service));
    hands.begun().await;
    second.abort();
    first.abort();
    assert!(first.await.is_err() && second.await.is_err());
    assert!(timeout(A_WHILE, open.acquire()).await.is_err(), "a handler is at work");
    hands.end.send(()).unwrap();
    drop(timeout(SOON, open.acquire()).await.unwrap().unwrap());
    assert_eq!(hands.begun.available_permits(), 0, "the other was waiting, and never began");
}

#[tokio::test]
async fn an_interceptor_that_does_not_wait_is_waited_for() {
    let impatient = |request: Request, next: Next| async move {
        let answer = request.parts.answer(&9_u8);
        let mut rest = next.run(request);
        let _pending = timeout(A_WHILE, &mut rest).await;
        drop(rest);
        answer
    };
    let (works, hands) = works();
    let service = works.intercept(impatient);
    let mut impatient = call(&service);
    hands.begun().await;
    assert!(timeout(3 * A_WHILE, &mut impatient).await.is_err(), "its thread is taken");
    hands.end.send(()).unwrap();
    assert_eq!(timeout(SOON, impatient).await.unwrap().unwrap().body, [9]);
}

#[test]
fn time_that_is_over_before_there_is_a_thread_was_not_the_handlers() {
    let hurry = |mut request: Request, next: Next| {
        request.parts.limit_time(A_WHILE);
        async move { next.run(request).await }
    };
    with_one_thread(async {
        let (works, hands) = works();
        let service = works.intercept(hurry);
        let (release, released) = mpsc::channel::<()>();
        let other = tokio::task::spawn_blocking(move || released.recv_timeout(SOON).unwrap());
        let error = super::error(&timeout(SOON, call(&service)).await.unwrap().unwrap());
        assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::No), "{error}");
        release.send(()).unwrap();
        other.await.unwrap();

        let begun = call(&service);
        hands.begun().await;
        tokio::time::sleep(2 * A_WHILE).await;
        hands.end.send(()).unwrap();
        let error = super::error(&timeout(SOON, begun).await.unwrap().unwrap());
        assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Yes), "{error}");
        assert_eq!(hands.begun.available_permits(), 0);
    });
}
