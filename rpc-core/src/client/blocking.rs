//! Calls from code that is not async.

use std::future::{Future, poll_fn};
use std::iter::FusedIterator;
use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use futures_core::Stream;
use tokio::runtime::Handle;

use crate::RpcError;
use crate::stream::ReplyStream;

/// Runs `future` to its end and parks the calling thread meanwhile.
///
/// What needs a runtime (sockets, timers, connections) finds that of one background thread, which all blocking
/// clients of a process share and which is started by the first call. Works on any thread, those of a runtime
/// included, which are blocked for so long: a client that was connected in a current-thread runtime must not be called
/// so on that runtime's thread, since nothing moves meanwhile. If the background thread cannot be started, calls and
/// `connect` fail with an error that says that there is no runtime.
///
/// # Panics
///
/// In destructors of thread-locals while the thread ends, where there is no thread left to park.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let _entered = background().map(Handle::enter);
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut cx) {
            Poll::Ready(output) => return output,
            // A wake-up before this parks makes it return at once; one too many costs another poll.
            Poll::Pending => thread::park(),
        }
    }
}

/// The result stream of a call as an iterator: `next` parks the calling thread until there is an item.
///
/// Items and ends are those of [`ReplyStream`]. Dropping it cancels the call.
///
/// ```
/// # mod farcall { pub use ::rpc_core::{RpcError, client::BlockingStream}; }
/// use farcall::{BlockingStream, RpcError};
///
/// fn sum(numbers: BlockingStream<'_, u64>) -> Result<u64, RpcError> {
///     numbers.sum()
/// }
/// ```
#[derive(Debug)]
#[must_use = "an iterator does nothing unless it is used"]
pub struct BlockingStream<'s, T, E = RpcError>(ReplyStream<'s, T, E>);

impl<'s, T, E> BlockingStream<'s, T, E> {
    /// The items of `stream`.
    pub fn new(stream: ReplyStream<'s, T, E>) -> Self {
        Self(stream)
    }
}

impl<T, E: From<RpcError>> Iterator for BlockingStream<'_, T, E> {
    type Item = Result<T, E>;

    /// # Panics
    ///
    /// As [`block_on`].
    fn next(&mut self) -> Option<Result<T, E>> {
        block_on(poll_fn(|cx| Pin::new(&mut self.0).poll_next(cx)))
    }
}

impl<T, E: From<RpcError>> FusedIterator for BlockingStream<'_, T, E> {}

/// An argument stream of what is there without waiting. The iterator is asked for more when there is room, on the thread
/// that makes the call.
pub fn iter_stream<I>(items: I) -> impl Stream<Item = I::Item> + Send
where
    I: IntoIterator<IntoIter: Send>,
{
    Ready(items.into_iter())
}

struct Ready<I>(I);

impl<I> Unpin for Ready<I> {}

impl<I: Iterator> Stream for Ready<I> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.unpark();
    }
}

fn background() -> Option<&'static Handle> {
    static BACKGROUND: OnceLock<Option<Handle>> = OnceLock::new();
    BACKGROUND.get_or_init(start).as_ref()
}

fn start() -> Option<Handle> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .inspect_err(|error| tracing::error!(%error, "the runtime of the blocking clients cannot be made"))
        .ok()?;
    let handle = runtime.handle().clone();
    thread::Builder::new()
        .name("farcall-blocking".to_owned())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))
        .inspect_err(|error| tracing::error!(%error, "the thread of the blocking clients cannot be started"))
        .ok()?;
    Some(handle)
}
