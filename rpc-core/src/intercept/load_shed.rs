use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Interceptor, Next, Request, Response};
use crate::{Code, Executed, Fault, RpcError, clock};

/// Refuses calls that have waited too long already while there is more to do than can be done.
///
/// A short queue is good: it takes up bursts. A queue that stands is bad: all who wait in it wait in vain, and what is
/// served is what its caller is about to give up on. So what counts is the *shortest* wait of a time: if even that was
/// above half of `max_queue_time` for a whole [`interval`](Self::interval), the queue stands, and until it no longer does
/// every call that has waited longer than `max_queue_time` is refused, which costs next to nothing. Calls that have waited
/// less are served.
///
/// This is CoDel (Nichols and Jacobson, RFC 8289) as *Fail at Scale* (Maurer, ACM Queue 13:8) has it for calls: one
/// decision per call in place of a drop rate that rises, for callers, unlike TCP, do not slow down.
///
/// What a call waited is the time since it was handed to its service, as [`Parts::waited`](super::Parts::waited) has it.
/// At a server, the first interceptor sees the time in which the call waited for a thread; behind a
/// [`ConcurrencyLimit`](super::ConcurrencyLimit) the wait for a turn counts, too, and that is where it does most:
///
/// ```
/// # extern crate rpc_core as farcall;
/// use std::time::Duration;
/// use farcall::intercept::{ConcurrencyLimit, LoadShed};
/// # use std::sync::Arc;
/// # use farcall::server::ServerBuilder;
/// # fn example(transport: Arc<dyn farcall::Transport>) {
/// let server = ServerBuilder::new(transport)
///     .intercept(ConcurrencyLimit::new(32))
///     .intercept(LoadShed::new(Duration::from_millis(20)));
/// # let _ = server;
/// # }
/// ```
///
/// At a client the time counts from the making of the call. Copies share what they have seen.
///
/// # Errors
///
/// `ResourceExhausted` with [`Executed::No`].
#[derive(Clone)]
pub struct LoadShed {
    max_queue_time: Duration,
    interval: Duration,
    queue: Arc<Mutex<Queue>>,
}

/// What is known of the wait of calls.
#[derive(Debug, Default)]
struct Queue {
    /// The end of the present interval, and the shortest wait in it.
    present: Option<(Instant, Duration)>,
    stands: bool,
}

impl LoadShed {
    /// 100 ms, the interval of RFC 8289: long enough for a burst to pass.
    pub const DEFAULT_INTERVAL: Duration = Duration::from_millis(100);

    /// In an overload, calls that have waited longer than `max_queue_time` are refused. A good value is a tenth of what
    /// callers are willing to wait; a few milliseconds at least.
    pub fn new(max_queue_time: Duration) -> Self {
        Self { max_queue_time, interval: Self::DEFAULT_INTERVAL, queue: Arc::default() }
    }

    /// For how long no wait may be short before calls are refused. Default:
    /// [`DEFAULT_INTERVAL`](Self::DEFAULT_INTERVAL).
    #[must_use]
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Whether a call that has waited so long is to be refused.
    fn sheds(&self, now: Instant, waited: Duration) -> bool {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut queue.present {
            Some((end, shortest)) if now < *end => *shortest = waited.min(*shortest),
            ended => {
                // Nothing came for a whole interval: there is no queue, whatever was before.
                let fresh = ended.filter(|(end, _)| now < clock::later(*end, self.interval));
                *ended = Some((clock::later(now, self.interval), waited));
                let target = self.max_queue_time.checked_div(2).unwrap_or_default();
                queue.stands = fresh.is_some_and(|(_, shortest)| shortest > target);
            }
        }
        queue.stands && waited > self.max_queue_time
    }
}

impl Interceptor for LoadShed {
    async fn intercept(&self, request: Request, next: Next) -> Result<Response, RpcError> {
        if self.sheds(clock::now(), request.parts.waited()) {
            let text = format!(
                "`{}` was refused: this side is overloaded, and the call had waited for more than {}; try again later",
                request.parts.method(),
                humantime::format_duration(self.max_queue_time)
            );
            return Err(RpcError::new(Code::ResourceExhausted, text)
                .with_executed(Executed::No)
                .with_fault(Fault::Environment));
        }
        next.run(request).await
    }
}

impl fmt::Debug for LoadShed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoadShed")
            .field("max_queue_time", &self.max_queue_time)
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::LoadShed;

    const MAX: Duration = Duration::from_millis(20);

    struct Run {
        shed: LoadShed,
        start: Instant,
    }

    impl Run {
        fn new() -> Self {
            Self { shed: LoadShed::new(MAX), start: Instant::now() }
        }

        /// Whether a call is refused that begins `at` and has waited so long, both in milliseconds.
        fn sheds(&self, at: u64, waited: u64) -> bool {
            self.shed.sheds(self.start + Duration::from_millis(at), Duration::from_millis(waited))
        }
    }

    #[test]
    fn a_burst_is_served_however_long_its_last_calls_wait() {
        let run = Run::new();
        assert!(!run.sheds(0, 0));
        assert!((1..100).all(|at| !run.sheds(at, at)), "within an interval");
        assert!((100..200).all(|at| !run.sheds(at, at)), "the shortest wait of the one before was 0");
    }

    #[test]
    fn a_queue_that_stands_sheds_those_that_waited_too_long_and_serves_the_others() {
        let run = Run::new();
        assert!((0..100).step_by(10).all(|at| !run.sheds(at, 30)), "not yet");
        assert!((100..200).step_by(10).all(|at| run.sheds(at, 30)));
        assert!(!run.sheds(195, 15), "above half, below the whole");
        // The shortest wait was 15, which is above half: it still stands.
        assert!(run.sheds(200, 30) && !run.sheds(210, 20) && !run.sheds(220, 5));
        // And the 5 ended it.
        assert!(!run.sheds(300, 30));
    }

    #[test]
    fn after_a_quiet_time_the_past_is_forgotten() {
        let run = Run::new();
        assert!(!run.sheds(0, 30) && run.sheds(100, 30));
        assert!(!run.sheds(10_000, 30), "nobody came for seconds: that was no queue that stood");
    }

    #[test]
    fn extremes_neither_panic_nor_shed_what_did_not_wait() {
        for (max, interval) in [(Duration::ZERO, Duration::ZERO), (Duration::MAX, Duration::MAX)] {
            let run = Run { shed: LoadShed::new(max).interval(interval), start: Instant::now() };
            assert!((0..100).all(|at| !run.sheds(at, 0)));
        }
    }
}
