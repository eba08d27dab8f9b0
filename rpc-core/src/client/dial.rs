use std::hash::{BuildHasher, RandomState};
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use crate::driver::Connection;
use crate::proto::Side;
use crate::server::Router;
use crate::{Code, Endpoint, Executed, Fault, Limits, RpcError, Transport};

/// Tries each endpoint once, in turn, up to the peer's hello. Cancel-safe: what was begun is dropped.
pub(super) async fn dial(
    endpoints: &[Endpoint],
    transport: &dyn Transport,
    limits: &Arc<Limits>,
) -> Result<Arc<Connection>, RpcError> {
    let mut said = Vec::new();
    let mut hopeless = true;
    for endpoint in endpoints {
        match dial_one(endpoint, transport, limits).await {
            Ok(connection) => return Ok(connection),
            Err(trouble) => {
                hopeless &= trouble.hopeless;
                said.push(trouble.text);
            }
        }
    }
    let (code, fault) =
        if hopeless { (Code::InvalidArgument, Fault::Caller) } else { (Code::Unavailable, Fault::Environment) };
    Err(RpcError::new(code, said.join("; ")).with_executed(Executed::No).with_fault(fault))
}

struct Trouble {
    text: String,
    /// The endpoint is wrong: another attempt would go the same way.
    hopeless: bool,
}

async fn dial_one(
    endpoint: &Endpoint,
    transport: &dyn Transport,
    limits: &Arc<Limits>,
) -> Result<Arc<Connection>, Trouble> {
    let passing = |text: &str| {
        Trouble { text: format!("cannot connect to `{endpoint}`: {text}"), hopeless: false }
    };
    let linked = tokio::time::timeout(limits.hello_timeout, transport.connect(endpoint)).await;
    let linked = linked.map_err(|_elapsed| {
        let waited = humantime::format_duration(limits.hello_timeout);
        passing(&format!("no answer within {waited} (hello_timeout)"))
    })?;
    let link = linked.map_err(|error| Trouble {
        text: endpoint.sentence("cannot connect to", &error),
        hopeless: matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported),
    })?;
    let (connection, task) =
        Connection::new(link, Side::Client, Arc::clone(limits), Arc::new(Router::default()));
    tokio::spawn(task);
    connection.established().await.map_err(|closed| passing(&closed.text))?;
    Ok(connection)
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
            assert!(backoff(failures) <= Duration::from_millis(50 << failures.min(6)).min(Duration::from_secs(2)));
        }
        assert!((0..64).any(|_| backoff(40) > Duration::from_millis(500)));
    }
}
