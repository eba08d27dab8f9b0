use std::future::Future;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Long enough for any machine: it tells a hang from a test.
const HANG: Duration = Duration::from_secs(120);

/// Waits for `future`, but not for ever.
pub(crate) async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(HANG, future).await.expect("this hangs")
}

/// Runs `work` on a thread of its own and waits for it, but not for ever.
pub(crate) fn within_blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, result) = mpsc::channel();
    let thread = thread::spawn(move || {
        let _ = done.send(work());
    });
    match result.recv_timeout(HANG) {
        Ok(value) => value,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("this hangs"),
        Err(mpsc::RecvTimeoutError::Disconnected) => std::panic::resume_unwind(thread.join().unwrap_err()),
    }
}
