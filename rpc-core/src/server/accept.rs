//! Accepting connections, whatever `accept` says: never ending, never spinning, never stuck.

use std::io::{self, ErrorKind};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::{Endpoint, Link, Listener, UnboundLink};

#[cfg(test)]
pub(super) mod tests;

/// A [`Listener`] whose errors are dealt with.
///
/// * An error of one connection (its peer went away while it waited, a firewall forbade it) costs that connection
///   only; the next one is accepted at once.
/// * When the machine is out of file descriptors or memory, and for errors that nobody has foreseen, accepting
///   pauses for 5 ms, then twice as long each time up to 1 s, until a connection comes in again. Those that wait
///   meanwhile are accepted later.
///
/// Each of these causes is logged at most once a second, with the number of times that were left out.
pub struct Acceptor {
    listener: Box<dyn Listener>,
    /// When the pause is over. Kept here, so that a cancelled `accept` does not cut the pause short.
    resume: Option<Instant>,
    next_pause: Duration,
    errors_in_a_row: u32,
    logs: [RateLimit; Cause::COUNT],
}

impl Acceptor {
    /// Accepts from `listener`.
    pub fn new(listener: Box<dyn Listener>) -> Self {
        Self {
            listener,
            resume: None,
            next_pause: FIRST_PAUSE,
            errors_in_a_row: 0,
            logs: <[RateLimit; Cause::COUNT]>::default(),
        }
    }

    /// What a client has to dial.
    pub fn endpoint(&self) -> Endpoint {
        self.listener.endpoint()
    }

    /// The next connection. Cancel-safe. Needs a tokio runtime with time enabled.
    pub async fn accept(&mut self) -> Link {
        loop {
            self.pause().await;
            let accepted = self.listener.accept().await;
            if let Some(link) = self.judge(accepted).await {
                return link;
            }
        }
    }

    /// The same for a connection that another runtime is to drive.
    pub async fn accept_unbound(&mut self) -> UnboundLink {
        loop {
            self.pause().await;
            let accepted = self.listener.accept_unbound().await;
            if let Some(link) = self.judge(accepted).await {
                return link;
            }
        }
    }

    async fn pause(&mut self) {
        if let Some(resume) = self.resume {
            sleep_until(resume).await;
            self.resume = None;
        }
    }

    async fn judge<T>(&mut self, accepted: io::Result<T>) -> Option<T> {
        match accepted {
            Ok(link) => {
                self.next_pause = FIRST_PAUSE;
                self.errors_in_a_row = 0;
                Some(link)
            }
            Err(error) => {
                self.note(&error);
                // A listener that fails without ever waiting must not keep the thread from other tasks.
                tokio::task::yield_now().await;
                None
            }
        }
    }

    /// Decides about a pause, and logs.
    fn note(&mut self, error: &io::Error) {
        let cause = Cause::of(error);
        self.errors_in_a_row = self.errors_in_a_row.saturating_add(1);
        let pause = match cause {
            Cause::Connection if self.errors_in_a_row.is_multiple_of(ERRORS_WITHOUT_PAUSE) => FIRST_PAUSE,
            Cause::Connection => Duration::ZERO,
            Cause::Exhausted | Cause::Unforeseen => {
                let pause = self.next_pause;
                self.next_pause = (pause * 2).min(LONGEST_PAUSE);
                pause
            }
        };
        let now = Instant::now();
        if !pause.is_zero() {
            self.resume = Some(now + pause);
        }
        let Some(log) = self.logs.get_mut(cause as usize) else { return };
        let Some(left_out) = log.pass(now) else { return };
        let endpoint = self.listener.endpoint();
        match cause {
            Cause::Connection => {
                tracing::debug!(%endpoint, %error, left_out, "a connection failed before it was accepted");
            }
            Cause::Exhausted => tracing::warn!(
                %endpoint, %error, left_out, ?pause,
                "out of file descriptors or memory: accepting pauses; raise the limit or close connections"
            ),
            Cause::Unforeseen => {
                tracing::warn!(%endpoint, %error, left_out, ?pause, "accepting failed, and will be tried again");
            }
        }
    }
}

/// What an error of `accept` is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// One connection, which is gone.
    Connection,
    /// The machine or the process is out of something: the connection still waits, and so would the error.
    Exhausted,
    /// Anything else, which may well come again at once.
    Unforeseen,
}

impl Cause {
    const COUNT: usize = 3;

    fn of(error: &io::Error) -> Self {
        let number = error.raw_os_error();
        if number.is_some_and(|number| os::EXHAUSTED.contains(&number)) {
            return Self::Exhausted;
        }
        if number.is_some_and(|number| os::CONNECTION.contains(&number)) {
            return Self::Connection;
        }
        match error.kind() {
            ErrorKind::OutOfMemory | ErrorKind::QuotaExceeded => Self::Exhausted,
            // Linux hands an error that the new socket already has to `accept`. Those after `WouldBlock` are what a
            // handshake inside a listener ends with.
            ErrorKind::ConnectionAborted
            | ErrorKind::ConnectionRefused
            | ErrorKind::ConnectionReset
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkDown
            | ErrorKind::NetworkUnreachable
            | ErrorKind::Interrupted
            | ErrorKind::PermissionDenied
            | ErrorKind::TimedOut
            | ErrorKind::WouldBlock
            | ErrorKind::BrokenPipe
            | ErrorKind::InvalidData
            | ErrorKind::UnexpectedEof => Self::Connection,
            _ => Self::Unforeseen,
        }
    }
}

/// Error numbers that have no [`ErrorKind`] of their own. A system that is not listed has its errors paced as
/// unforeseen ones, which is safe.
mod os {
    #[cfg(unix)]
    const ENFILE: i32 = 23;
    #[cfg(unix)]
    const EMFILE: i32 = 24;

    #[cfg(any(target_os = "linux", target_os = "android"))]
    mod numbers {
        pub(super) const ENONET: i32 = 64;
        pub(super) const EPROTO: i32 = 71;
        pub(super) const ENOPROTOOPT: i32 = 92;
        pub(super) const EOPNOTSUPP: i32 = 95;
        pub(super) const ENOBUFS: i32 = 105;
        pub(super) const EHOSTDOWN: i32 = 112;
        pub(in super::super) const CONNECTION: &[i32] = &[ENONET, EPROTO, ENOPROTOOPT, EOPNOTSUPP, EHOSTDOWN];
        pub(in super::super) const EXHAUSTED: &[i32] = &[super::ENFILE, super::EMFILE, ENOBUFS];
    }

    #[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
    mod numbers {
        /// As on macOS and the BSDs.
        const ENOBUFS: i32 = 55;
        pub(in super::super) const CONNECTION: &[i32] = &[];
        pub(in super::super) const EXHAUSTED: &[i32] = &[super::ENFILE, super::EMFILE, ENOBUFS];
    }

    #[cfg(windows)]
    mod numbers {
        const WSAEMFILE: i32 = 10024;
        const WSAENOBUFS: i32 = 10055;
        pub(in super::super) const CONNECTION: &[i32] = &[];
        pub(in super::super) const EXHAUSTED: &[i32] = &[WSAEMFILE, WSAENOBUFS];
    }

    #[cfg(not(any(unix, windows)))]
    mod numbers {
        pub(in super::super) const CONNECTION: &[i32] = &[];
        pub(in super::super) const EXHAUSTED: &[i32] = &[];
    }

    pub(super) use numbers::{CONNECTION, EXHAUSTED};
}

/// Lets one line pass per [`LOG_INTERVAL`] and counts the others.
#[derive(Default)]
pub(super) struct RateLimit {
    passed: Option<Instant>,
    left_out: u64,
}

impl RateLimit {
    /// The number of lines left out before this one; `None` if this one is left out too.
    pub(super) fn pass(&mut self, now: Instant) -> Option<u64> {
        if self.passed.is_some_and(|passed| now.duration_since(passed) < LOG_INTERVAL) {
            self.left_out = self.left_out.saturating_add(1);
            return None;
        }
        self.passed = Some(now);
        Some(std::mem::take(&mut self.left_out))
    }
}

/// Short enough that a burst costs nothing anyone would see.
const FIRST_PAUSE: Duration = Duration::from_millis(5);

/// Long enough to cost no processor time, short enough to serve again soon after descriptors are free.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Errors in a row after which even errors of single connections are paced: a flood of aborted connections, or a
/// listener that is broken and says so with such an error, may take at most 12,800 turns a second.
const ERRORS_WITHOUT_PAUSE: u32 = 64;

const LOG_INTERVAL: Duration = Duration::from_secs(1);
