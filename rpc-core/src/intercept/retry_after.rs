use std::time::Duration;

use crate::RpcError;

/// Milliseconds in decimal digits, as gRPC's `grpc-retry-pushback-ms` has them.
const KIND: &str = "retry-after-ms";

/// After how long a refused call may be made again, if the error says so, as that of a
/// [`RateLimit`](super::RateLimit) does. To the millisecond.
///
/// The error carries it as a detail of the kind `retry-after-ms`, in decimal digits.
pub fn retry_after(error: &RpcError) -> Option<Duration> {
    let detail = error.details().iter().find(|detail| detail.kind == KIND)?;
    let text = std::str::from_utf8(&detail.value).ok()?;
    // `parse` would take a sign.
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().map(Duration::from_millis)
}

/// Rounds up, so that whoever keeps to it does not come too early.
pub(super) fn with_retry_after(error: RpcError, after: Duration) -> RpcError {
    let milliseconds = after.as_nanos().div_ceil(1_000_000);
    error.with_detail(KIND, milliseconds.to_string().into_bytes())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{KIND, retry_after, with_retry_after};
    use crate::{Code, RpcError};

    fn error() -> RpcError {
        RpcError::new(Code::ResourceExhausted, "")
    }

    #[test]
    fn what_is_written_is_read_and_rounded_up() {
        for (written, read) in [(0, 0), (1, 1), (999_999, 1), (1_000_000, 1), (1_000_001, 2)] {
            let error = with_retry_after(error(), Duration::from_nanos(written));
            assert_eq!(retry_after(&error), Some(Duration::from_millis(read)), "{written}");
        }
        assert!(retry_after(&with_retry_after(error(), Duration::MAX)).is_none(), "no `u64`");
    }

    #[test]
    fn what_a_peer_makes_up_is_not_read() {
        assert_eq!(retry_after(&error()), None);
        for text in ["", "+1", "-1", "1.5", "soon", "99999999999999999999"] {
            assert_eq!(retry_after(&error().with_detail(KIND, text.as_bytes().to_vec())), None, "{text}");
        }
        assert_eq!(retry_after(&error().with_detail(KIND, vec![0xff])), None);
    }
}
