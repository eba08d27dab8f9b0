use std::hash::{BuildHasher, RandomState};
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use super::failure;
use crate::driver::Connection;
use crate::poll::caught;
use crate::proto::Side;
use crate::server::Router;
use crate::spawn::spawn;
use crate::wire::CloseCode;
use crate::{Code, Endpoint, Executed, Fault, Limits, RpcError, Transport};

/// Tries each endpoint once, in turn from the one at `first`, up to the peer's hello. Cancel-safe: what was begun is
/// closed.
pub(super) async fn dial(
    endpoints: &[Endpoint],
    first: usize,
    transport: &dyn Transport,
    limits: &Arc<Limits>,
    router: &Arc<Router>,
) -> Result<Dialled, RpcError> {
    let mut said = String::new();
    let mut worst = Code::InvalidArgument;
    for (index, endpoint) in endpoints.iter().enumerate().cycle().skip(first).take(endpoints.len()) {
        match dial_one(endpoint, transport, limits, router).await {
            Ok(connection) => return Ok(Dialled { index, connection }),
            Err(trouble) => {
                // One endpoint that may answer later is reason enough to go on.
                if worst != Code::Unavailable {
                    worst = trouble.code;
                }
                if !said.is_empty() {
                    said.push_str("; ");
                }
                said.push_str(&trouble.text);
            }
        }
    }
    let fault = if worst == Code::Unavailable { Fault::Environment } else { Fault::Caller };
    Err(RpcError::new(worst, said).with_executed(Executed::No).with_fault(fault))
}

/// A connection and the place of its endpoint in the list.
pub(super) struct Dialled {
    pub(super) index: usize,
    connection: CloseOnDrop,
}

impl Dialled {
    pub(super) fn keep(self) -> Arc<Connection> {
        self.connection.keep()
    }
}

/// A connection that nobody uses yet.
struct CloseOnDrop {
    connection: Arc<Connection>,
    kept: bool,
}

impl CloseOnDrop {
    fn keep(mut self) -> Arc<Connection> {
        self.kept = true;
        Arc::clone(&self.connection)
    }
}

impl Drop for CloseOnDrop {
    fn drop(&mut self) {
        if !self.kept {
            self.connection.close(CloseCode::Done, "the client has no use for the connection any more");
        }
    }
}

struct Trouble {
    text: String,
    /// `Unavailable` if another attempt may go otherwise.
    code: Code,
}

async fn dial_one(
    endpoint: &Endpoint,
    transport: &dyn Transport,
    limits: &Arc<Limits>,
    router: &Arc<Router>,
) -> Result<CloseOnDrop, Trouble> {
    let passing = |text: &str| Trouble {
        text: format!("cannot connect to `{endpoint}`: {text}"),
        code: Code::Unavailable,
    };
    // Inside of the block, since tokio panics where the timer is made if the runtime has none.
    let linking = async { tokio::time::timeout(limits.hello_timeout, transport.connect(endpoint)).await };
    let linked = caught(linking).await.map_err(|panic| Trouble {
        text: failure::panicked(endpoint, &*panic),
        code: Code::FailedPrecondition,
    })?;
    let linked = linked.map_err(|_elapsed| {
        let waited = humantime::format_duration(limits.hello_timeout);
        passing(&format!("no answer within {waited} (hello_timeout)"))
    })?;
    let link = linked.map_err(|error| Trouble {
        text: endpoint.sentence("cannot connect to", &error),
        code: match error.kind() {
            ErrorKind::InvalidInput | ErrorKind::Unsupported => Code::InvalidArgument,
            _ => Code::Unavailable,
        },
    })?;
    let (connection, task) =
        Connection::new(link, (Side::Client, endpoint.codec()), Arc::clone(limits), Arc::clone(router));
    spawn(task);
    let dialled = CloseOnDrop { connection, kept: false };
    dialled.connection.established().await.map_err(|closed| Trouble {
        // The same as for a call in a codec that the peer does not speak.
        code: if closed.lasting { Code::Unimplemented } else { Code::Unavailable },
        ..passing(&closed.text)
    })?;
    Ok(dialled)
}

/// How long to wait before the next attempt: after the first failure up to 50 ms, then twice as much up to 2 s, each
/// time a random part of it, so that many clients of a restarted server do not come back at once ("full jitter",
/// M. Brooker, Exponential Backoff And Jitter).
pub(super) fn backoff(failures: u32) -> Duration {
    let Some(doublings) = failures.checked_sub(1) else { return Duration::ZERO };
    let longest = FIRST.saturating_mul(1_u32.checked_shl(doublings.min(16)).unwrap_or(u32::MAX)).min(LONGEST);
    // A fresh `RandomState` is random enough for this, and needs no crate.
    let random = RandomState::new().hash_one(failures) % 1_000;
    longest.mul_f64(f64::from(u32::try_from(random).unwrap_or(0)) / 1_000.0)
}

const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(2);

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::backoff;

    #[test]
    fn the_first_attempt_does_not_wait_and_none_waits_above_two_seconds() {
        assert_eq!(backoff(0), Duration::ZERO);
        for failures in 1..100 {
            assert!(
                backoff(failures) <= Duration::from_millis(50 << failures.min(6)).min(Duration::from_secs(2))
            );
        }
        assert!((0..64).any(|_| backoff(40) > Duration::from_millis(500)));
    }
}
