#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use futures::FutureExt;
use futures::future::{BoxFuture, pending};
use tokio::time::timeout;

use super::*;

/// Gives what it was told to, then waits for ever.
struct Scripted(VecDeque<io::Result<()>>);

impl Listener for Scripted {
    fn accept(&mut self) -> BoxFuture<'_, io::Result<Link>> {
        match self.0.pop_front() {
            Some(Ok(())) => async { Ok(link()) }.boxed(),
            Some(Err(error)) => async { Err(error) }.boxed(),
            None => pending().boxed(),
        }
    }

    fn endpoint(&self) -> Endpoint {
        Endpoint::new("test", "scripted")
    }
}

fn link() -> Link {
    Link::new(tokio::io::empty(), tokio::io::sink(), "nobody")
}

fn acceptor(script: impl IntoIterator<Item = io::Result<()>>) -> Acceptor {
    Acceptor::new(Box::new(Scripted(script.into_iter().collect())))
}

fn aborted() -> io::Error {
    ErrorKind::ConnectionAborted.into()
}

fn exhausted() -> io::Error {
    ErrorKind::OutOfMemory.into()
}

fn unforeseen() -> io::Error {
    io::Error::other("not seen before")
}

/// Counts the lines of each message.
#[derive(Clone, Default)]
pub(in crate::server) struct Lines(pub(in crate::server) Arc<Mutex<BTreeMap<String, Vec<u64>>>>);

impl tracing::Subscriber for Lines {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        #[derive(Default)]
        struct Fields(String, u64);
        impl tracing::field::Visit for Fields {
            fn record_u64(&mut self, field: &tracing::field::Field, value: u64) {
                if field.name() == "left_out" {
                    self.1 = value;
                }
            }
            fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
                if field.name() == "message" {
                    self.0 = format!("{value:?}");
                }
            }
        }
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.0.lock().unwrap().entry(fields.0).or_default().push(fields.1);
    }
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_mixed_errors_neither_end_nor_spin_nor_stop_the_loop() {
    const ERRORS: u32 = 10_000;
    let mut script: Vec<_> = (0..ERRORS)
        .map(|number| match number % 10 {
            0 => Err(exhausted()),
            1 => Err(unforeseen()),
            2 => Err(ErrorKind::PermissionDenied.into()),
            _ => Err(aborted()),
        })
        .collect();
    script.push(Ok(()));
    let mut acceptor = acceptor(script);

    let lines = Lines::default();
    let _logging = tracing::subscriber::set_default(lines.clone());
    let before = Instant::now();
    acceptor.accept().await;
    let took = before.elapsed();

    // 2,000 errors that pause, 1 s each but for the first few.
    assert!(took > Duration::from_secs(1_990) && took < Duration::from_secs(2_010), "{took:?}");
    let lines = lines.0.lock().unwrap();
    assert_eq!(lines.len(), 3, "one line per cause: {lines:?}");
    let mut errors = 0;
    for (message, left_out) in lines.iter() {
        assert!(left_out.len() as u64 <= took.as_secs() + 1, "more than a line a second: {message}");
        errors += left_out.len() as u64 + left_out.iter().sum::<u64>();
    }
    // The last ones may still be counted, unprinted.
    assert!(errors <= u64::from(ERRORS) && errors > u64::from(ERRORS) - 30, "{errors}");
}

#[tokio::test(start_paused = true)]
async fn errors_of_one_connection_cost_no_time() {
    let script = (0..50).map(|_| Err(aborted())).chain([Ok(())]);
    let before = Instant::now();
    acceptor(script).accept().await;
    assert_eq!(before.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn errors_of_one_connection_without_end_are_paced() {
    let script = (0..6_400).map(|_| Err(aborted())).chain([Ok(())]);
    let before = Instant::now();
    acceptor(script).accept().await;
    assert_eq!(before.elapsed(), 100 * FIRST_PAUSE);
}

#[tokio::test(start_paused = true)]
async fn exhaustion_backs_off_and_a_success_resets_it() {
    let script = (0..10).map(|_| Err(exhausted())).chain([Ok(()), Err(exhausted()), Ok(())]);
    let mut acceptor = acceptor(script);
    let before = Instant::now();
    acceptor.accept().await;
    let doubled: u64 = [5, 10, 20, 40, 80, 160, 320, 640, 1000, 1000].iter().sum();
    assert_eq!(before.elapsed(), Duration::from_millis(doubled));

    let before = Instant::now();
    acceptor.accept().await;
    assert_eq!(before.elapsed(), FIRST_PAUSE);
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_accept_keeps_the_pause_and_loses_nothing() {
    let script = (0..10).map(|_| Err(exhausted())).chain([Ok(())]);
    let mut acceptor = acceptor(script);
    let before = Instant::now();
    let mut attempts = 1;
    while timeout(Duration::from_millis(3), acceptor.accept()).await.is_err() {
        attempts += 1;
    }
    assert_eq!(before.elapsed(), Duration::from_millis(3_275));
    assert!(attempts > 1_000, "{attempts}");
}

#[test]
fn causes() {
    for kind in [ErrorKind::ConnectionReset, ErrorKind::Interrupted, ErrorKind::PermissionDenied] {
        assert_eq!(Cause::of(&kind.into()), Cause::Connection);
    }
    assert_eq!(Cause::of(&exhausted()), Cause::Exhausted);
    assert_eq!(Cause::of(&unforeseen()), Cause::Unforeseen);
    for number in os::EXHAUSTED {
        assert_eq!(Cause::of(&io::Error::from_raw_os_error(*number)), Cause::Exhausted);
    }
    for number in os::CONNECTION {
        assert_eq!(Cause::of(&io::Error::from_raw_os_error(*number)), Cause::Connection);
    }
}
