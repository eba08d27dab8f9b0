use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::sync::Notify;

/// Polls a future by hand, once per wake-up and no more often.
pub(crate) struct Hand<F> {
    future: Pin<Box<F>>,
    bell: Arc<Bell>,
}

struct Bell(Notify);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.notify_one();
    }
}

impl<F: Future> Hand<F> {
    pub(crate) fn new(future: F) -> Self {
        Self { future: Box::pin(future), bell: Arc::new(Bell(Notify::new())) }
    }

    pub(crate) fn poll(&mut self) -> Poll<F::Output> {
        let waker = Waker::from(Arc::clone(&self.bell));
        self.future.as_mut().poll(&mut Context::from_waker(&waker))
    }

    /// Polls up to `times` times, and waits for a wake-up in between. The output, if it came to that.
    pub(crate) async fn poll_times(&mut self, times: usize) -> Option<F::Output> {
        for turn in 0..times {
            if turn > 0 {
                self.bell.0.notified().await;
            }
            if let Poll::Ready(output) = self.poll() {
                return Some(output);
            }
        }
        None
    }

    /// Polls when it is woken, and only then, up to its end.
    pub(crate) async fn poll_when_woken(&mut self) -> F::Output {
        loop {
            self.bell.0.notified().await;
            if let Poll::Ready(output) = self.poll() {
                return output;
            }
        }
    }
}

/// Runs `future` to its end on a thread that no runtime knows of.
pub(crate) fn park_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = std::pin::pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        thread::park();
    }
}
