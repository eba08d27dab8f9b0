use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::retry_after::with_retry_after;
use super::{Interceptor, Next, Request, Response};
use crate::{Code, Executed, Fault, RpcError, clock};

/// Lets so many calls begin in a time, and refuses the others: a token bucket on the monotonic clock.
///
/// The bucket holds [`burst`](Self::burst) calls, is full at the start, and gains one call each `1 / rate`. Refused calls
/// take nothing from it. Nobody waits: put a [`ConcurrencyLimit`](super::ConcurrencyLimit) where calls are to wait.
///
/// Copies share the bucket; one that is given another [`burst`](Self::burst) has a bucket of its own.
///
/// # Errors
///
/// `ResourceExhausted` with [`Executed::No`]. [`retry_after`](super::retry_after) reads from it after how long the bucket
/// will hold a call again; those who keep to it still compete with each other.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use std::time::Duration;
/// use farcall::intercept::RateLimit;
/// let hundred = RateLimit::per_second(100).burst(20);
/// let slow = RateLimit::per(10, Duration::from_secs(60)).burst(1);
/// # let _ = (hundred, slow);
/// ```
#[derive(Clone)]
pub struct RateLimit {
    bucket: Arc<Mutex<Bucket>>,
}

/// A token bucket as the *generic cell rate algorithm* has it (ITU-T I.371): all that is kept is when the bucket will be
/// full again.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// The time in which one call is gained; `None`: never.
    interval: Option<Duration>,
    burst: u32,
    /// In the past, if it is.
    full: Option<Instant>,
}

impl RateLimit {
    /// `calls` in a second. The burst is as much, so that a second's calls may come at once. 0 refuses every call.
    pub fn per_second(calls: u32) -> Self {
        Self::per(calls, Duration::from_secs(1))
    }

    /// `calls` in `time`, for rates below one in a second. The burst is as much. 0 refuses every call.
    pub fn per(calls: u32, time: Duration) -> Self {
        // Rounded up: never faster than was said.
        let interval = time.as_nanos().checked_add(u128::from(calls).saturating_sub(1));
        let interval = interval.and_then(|nanos| nanos.checked_div(u128::from(calls)));
        let interval = interval.map(|nanos| Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX)));
        Self { bucket: Arc::new(Mutex::new(Bucket { interval, burst: calls, full: None })) }
    }

    /// So many calls may begin at once after a quiet time. At least 1; 0 is taken as 1. Default: the calls of the whole
    /// time, such as 100 for `per_second(100)`. What this gives has a bucket of its own, as full as this one is now.
    #[must_use]
    pub fn burst(self, calls: u32) -> Self {
        let bucket = self.with_bucket(|bucket| Bucket { burst: calls.max(1), ..*bucket });
        Self { bucket: Arc::new(Mutex::new(bucket)) }
    }

    fn with_bucket<T>(&self, work: impl FnOnce(&mut Bucket) -> T) -> T {
        work(&mut self.bucket.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Why a call was refused.
enum Empty {
    /// Until this has passed.
    For(Duration),
    ForEver,
}

impl Bucket {
    fn take(&mut self, now: Instant) -> Result<(), Empty> {
        let interval = self.interval.ok_or(Empty::ForEver)?;
        let full = self.full.map_or(now, |full| full.max(now));
        let missing = full.saturating_duration_since(now);
        // As much may be missing for there to be one call more.
        let most = interval.saturating_mul(self.burst.saturating_sub(1));
        match missing.checked_sub(most) {
            Some(short) if !short.is_zero() => Err(Empty::For(short)),
            _ => {
                self.full = Some(clock::later(full, interval));
                Ok(())
            }
        }
    }
}

impl Interceptor for RateLimit {
    async fn intercept(&self, request: Request, next: Next) -> Result<Response, RpcError> {
        if let Err(empty) = self.with_bucket(|bucket| bucket.take(clock::now())) {
            return Err(refused(&request, &empty));
        }
        next.run(request).await
    }
}

fn refused(request: &Request, empty: &Empty) -> RpcError {
    let method = request.parts.method();
    let error = |text| {
        RpcError::new(Code::ResourceExhausted, text)
            .with_executed(Executed::No)
            .with_fault(Fault::Environment)
    };
    match empty {
        Empty::For(time) => with_retry_after(
            error(format!(
                "`{method}` was refused: more calls were made than the rate limit of this side allows; try again later"
            )),
            *time,
        ),
        Empty::ForEver => error(format!("`{method}` was refused: the rate limit of this side is 0")),
    }
}

impl fmt::Debug for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_bucket(|bucket| {
            f.debug_struct("RateLimit")
                .field("interval", &bucket.interval)
                .field("burst", &bucket.burst)
                .finish_non_exhaustive()
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Empty, RateLimit};

    fn taken(limit: &RateLimit, now: Instant) -> Result<(), Option<Duration>> {
        limit.with_bucket(|bucket| bucket.take(now)).map_err(|empty| match empty {
            Empty::For(time) => Some(time),
            Empty::ForEver => None,
        })
    }

    #[test]
    fn a_full_bucket_gives_the_burst_and_then_the_rate() {
        let limit = RateLimit::per_second(10).burst(3);
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        for _ in 0..3 {
            assert_eq!(taken(&limit, start), Ok(()));
        }
        assert_eq!(taken(&limit, start), Err(Some(Duration::from_millis(100))));
        assert_eq!(taken(&limit, at(99)), Err(Some(Duration::from_millis(1))));
        assert_eq!(taken(&limit, at(100)), Ok(()));
        assert_eq!(taken(&limit, at(150)), Err(Some(Duration::from_millis(50))));
        // A long quiet time gives no more than the burst.
        for _ in 0..3 {
            assert_eq!(taken(&limit, at(60_000)), Ok(()));
        }
        assert_eq!(taken(&limit, at(60_000)), Err(Some(Duration::from_millis(100))));
    }

    #[test]
    fn over_a_long_time_the_rate_is_what_was_said() {
        for (calls, seconds) in [(1, 60), (3, 1), (7, 2), (1_000, 1)] {
            let limit = RateLimit::per(calls, Duration::from_secs(seconds)).burst(1);
            let start = Instant::now();
            let mut passed = 0;
            for tick in 0..10_000 {
                let now = start + Duration::from_secs(seconds) * tick / 1_000;
                passed += u32::from(taken(&limit, now).is_ok());
            }
            // Ten times the time, and the first call at once. The polls fall beside the exact times.
            assert!((calls * 10).abs_diff(passed) <= 10.max(calls / 100), "{calls} in {seconds} s: {passed}");
        }
    }

    #[test]
    fn another_burst_leaves_copies_alone() {
        let now = Instant::now();
        let limit = RateLimit::per_second(2);
        let narrow = limit.clone().burst(1);
        assert_eq!(taken(&narrow, now), Ok(()));
        assert!(taken(&narrow, now).is_err());
        let copy = limit.clone();
        assert_eq!((taken(&limit, now), taken(&copy, now)), (Ok(()), Ok(())));
        assert!(taken(&limit, now).is_err());
    }

    #[test]
    fn extremes_neither_panic_nor_let_through_what_they_should_not() {
        let now = Instant::now();
        assert_eq!(taken(&RateLimit::per_second(0), now), Err(None));
        assert_eq!(taken(&RateLimit::per_second(5).burst(0), now), Ok(()));
        let never = RateLimit::per(1, Duration::MAX);
        assert_eq!(taken(&never, now), Ok(()));
        assert!(taken(&never, now).is_err());
        let always = RateLimit::per(u32::MAX, Duration::ZERO);
        assert!((0..1_000).all(|_| taken(&always, now).is_ok()));
        let most = RateLimit::per(u32::MAX, Duration::MAX).burst(u32::MAX);
        assert_eq!(taken(&most, now), Ok(()));
    }
}
