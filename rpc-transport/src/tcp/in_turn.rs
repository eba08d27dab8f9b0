//! Trying several addresses until one answers.

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::timeout;

/// How long an address may stay silent before the next one is tried beside it: the *connection attempt delay* of
/// RFC 8305. A host that drops packets would otherwise cost minutes before the second address has its turn.
pub(super) const ATTEMPT_DELAY: Duration = Duration::from_millis(250);

/// Every address that was tried, with its error, in the order in which they failed.
#[derive(Debug)]
pub(super) struct AllFailed(pub(super) Vec<(SocketAddr, io::Error)>);

impl AllFailed {
    /// The error for the user: the kind of the last failure, `what` and all addresses.
    pub(super) fn into_error(self, what: &str) -> io::Error {
        let kind = self.0.last().map_or(io::ErrorKind::NotFound, |(_, error)| error.kind());
        let each: Vec<_> = self.0.iter().map(|(address, error)| format!("{address}: {error}")).collect();
        io::Error::new(kind, format!("{what}: {}", each.join("; ")))
    }
}

/// Connects to `addresses` in turn: the next one starts as soon as one has failed, and beside the silent ones after
/// [`ATTEMPT_DELAY`]. The first success wins and the other attempts are dropped.
pub(super) async fn in_turn<T, F>(
    addresses: Vec<SocketAddr>,
    attempt: impl Fn(SocketAddr) -> F,
) -> Result<T, AllFailed>
where
    F: Future<Output = io::Result<T>>,
{
    let mut running = Attempts(Vec::new());
    let mut failed = Vec::new();
    for address in addresses {
        running.0.push((address, Box::pin(attempt(address))));
        match timeout(ATTEMPT_DELAY, running.next()).await {
            Ok(Some((_, Ok(done)))) => return Ok(done),
            Ok(Some((address, Err(error)))) => failed.push((address, error)),
            Ok(None) | Err(_) => {}
        }
    }
    while let Some((address, ended)) = running.next().await {
        match ended {
            Ok(done) => return Ok(done),
            Err(error) => failed.push((address, error)),
        }
    }
    Err(AllFailed(failed))
}

/// Those under way. A host has a few addresses, so each may be polled when one wakes the task.
struct Attempts<F>(Vec<(SocketAddr, Pin<Box<F>>)>);

impl<F: Future> Attempts<F> {
    /// Waits for the one that ends first; `None` if there are none. Cancel-safe.
    async fn next(&mut self) -> Option<(SocketAddr, F::Output)> {
        poll_fn(|cx| {
            let ended = self.0.iter_mut().enumerate().find_map(|(index, (_, attempt))| {
                match attempt.as_mut().poll(cx) {
                    Poll::Ready(output) => Some((index, output)),
                    Poll::Pending => None,
                }
            });
            match ended {
                Some((index, output)) => Poll::Ready(Some((self.0.remove(index).0, output))),
                None if self.0.is_empty() => Poll::Ready(None),
                None => Poll::Pending,
            }
        })
        .await
    }
}
