use std::time::{Duration, Instant};

use super::Closed;
use crate::Limits;
use crate::clock::{earlier, later};
use crate::wire::CloseCode;

/// When the peer has to have done what, and when we look after the deadlines of calls.
pub(super) struct Timers {
    hello: Option<Instant>,
    frame: Option<Instant>,
    write: Option<Instant>,
    /// So many bytes have to be written by then.
    quota: Option<(u64, Instant)>,
    heard: Instant,
    /// Since when calls have been in flight, if any are.
    busy: Instant,
    pinged: Option<Instant>,
    /// No deadline of a call lies before this. Calls come and go without touching it: it is only ever too early.
    calls: Option<Instant>,
}

/// Silence of an idle connection is suffered so many times longer than of one with calls in flight.
const IDLE_FACTOR: u32 = 6;

/// What the peer has to take within three times the `write_timeout`, or all that waits: a byte now and then keeps no
/// queue alive.
const QUOTA: usize = 64 << 10;

const QUOTA_FACTOR: u32 = 3;

/// Deadlines of calls are kept to within this.
const GRAIN: Duration = Duration::from_millis(1);

impl Timers {
    pub(super) fn new(now: Instant, limits: &Limits) -> Self {
        Self {
            hello: Some(later(now, limits.hello_timeout)),
            frame: None,
            write: None,
            quota: None,
            heard: now,
            busy: now,
            pinged: None,
            calls: None,
        }
    }

    pub(super) fn greeted(&mut self) {
        self.hello = None;
    }

    /// Bytes came. `complete`: at least one frame ended in them; `partial`: one has begun that has not ended.
    pub(super) fn heard(&mut self, now: Instant, complete: bool, partial: bool, limits: &Limits) {
        self.heard = now;
        self.pinged = None;
        if !partial {
            self.frame = None;
        } else if complete || self.frame.is_none() {
            self.frame = Some(later(now, limits.frame_timeout));
        }
    }

    /// After a write, or when there is first something to write. `written`: all bytes ever; `pending`: those that wait.
    pub(super) fn wrote(
        &mut self,
        now: Instant,
        progress: bool,
        written: u64,
        pending: usize,
        limits: &Limits,
    ) {
        if pending == 0 {
            (self.write, self.quota) = (None, None);
            return;
        }
        if progress || self.write.is_none() {
            self.write = Some(later(now, limits.write_timeout));
        }
        if self.quota.is_none_or(|(quota, _)| written >= quota) {
            let quota = written.saturating_add(pending.min(QUOTA) as u64);
            self.quota = Some((quota, later(now, limits.write_timeout.saturating_mul(QUOTA_FACTOR))));
        }
    }

    /// The first of the calls in flight has begun: what the peer did not say before was not asked for.
    pub(super) fn busy(&mut self, now: Instant) {
        self.busy = now;
    }

    /// A call has to be looked after at `at`.
    pub(super) fn watch_call(&mut self, at: Instant) {
        if self.calls.is_none_or(|first| at < first) {
            self.calls = Some(at);
        }
    }

    /// Calls have been looked after, and have to be again at `at`: not at once, so that deadlines close to each other
    /// cost one look.
    pub(super) fn watch_calls_again(&mut self, now: Instant, at: Instant) {
        self.watch_call(at.max(later(now, GRAIN)));
    }

    /// True if calls have to be looked after now; the caller does so and tells the next time with `watch_call`.
    pub(super) fn calls_due(&mut self, now: Instant) -> bool {
        let due = self.calls.is_some_and(|calls| calls <= now);
        if due {
            self.calls = None;
        }
        due
    }

    /// What has run out, if something has.
    pub(super) fn check(&self, now: Instant, busy: bool, limits: &Limits) -> Result<(), Closed> {
        let passed = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        let what = if passed(self.hello) {
            ("hello_timeout", "the peer did not say hello", limits.hello_timeout)
        } else if passed(self.frame) {
            ("frame_timeout", "the peer did not complete a frame", limits.frame_timeout)
        } else if passed(self.write) {
            ("write_timeout", "the peer took no bytes", limits.write_timeout)
        } else if passed(self.quota_until()) {
            let after = limits.write_timeout.saturating_mul(QUOTA_FACTOR);
            ("three times the write_timeout", "the peer took less than 64 KiB", after)
        } else if self.pinged.is_some() && passed(Some(self.silence(busy, limits))) {
            ("keepalive_timeout", "the peer gave no sign of life when asked", limits.keepalive_timeout)
        } else {
            return Ok(());
        };
        let (limit, text, after) = what;
        let text = format!("{text} within {} ({limit})", humantime::format_duration(after));
        Err(Closed::new(CloseCode::TimedOut, text))
    }

    /// True if the peer has been silent for so long that it has to be asked for a sign of life, once.
    pub(super) fn ping_due(&mut self, now: Instant, busy: bool, limits: &Limits) -> bool {
        let due = self.hello.is_none() && self.pinged.is_none() && self.silence(busy, limits) <= now;
        if due {
            self.pinged = Some(now);
        }
        due
    }

    /// When something is to be done next.
    pub(super) fn next(&self, busy: bool, limits: &Limits) -> Option<Instant> {
        let silence = self.hello.is_none().then(|| self.silence(busy, limits));
        // Most of the others are not set: a look at each costs less than to compare them all.
        let others = [self.hello, self.frame, self.write, self.quota_until(), silence];
        others.into_iter().fold(self.calls, |first, at| if at.is_none() { first } else { earlier(first, at) })
    }

    fn quota_until(&self) -> Option<Instant> {
        self.quota.map(|(_, until)| until)
    }

    /// When the present silence is too long: before a ping that is its time, after it the answer's.
    fn silence(&self, busy: bool, limits: &Limits) -> Instant {
        match self.pinged {
            Some(pinged) => later(pinged, limits.keepalive_timeout),
            None if busy => later(self.heard.max(self.busy), limits.keepalive_interval),
            None => later(self.heard, limits.keepalive_interval.saturating_mul(IDLE_FACTOR)),
        }
    }
}
