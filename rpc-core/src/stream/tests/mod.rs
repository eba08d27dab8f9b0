#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Wake, Waker};

mod pipe;
mod plain;
mod request_stream;

/// A waker, and how often it was woken.
fn counting() -> (Waker, impl Fn() -> usize) {
    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    let count = Arc::new(Count::default());
    (Waker::from(Arc::clone(&count)), move || count.0.load(Ordering::Relaxed))
}
