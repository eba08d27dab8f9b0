use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::pings::Pings;

/// How much of the bodies in chunks may be on its way that the peer has not read.
///
/// What a system keeps for a connection may be megabytes, and a small frame waits behind all of it. So behind every few
/// chunks goes a Ping, and no more than a window of them is ahead of the peer: twice what is on its way at the shortest
/// round trip and the present rate, which keeps the path busy without a queue (the rate and the round trip are measured
/// as in BBR: Cardwell et al., BBR: Congestion-Based Congestion Control, 2016), and what goes in [`SLACK`].
#[derive(Default)]
pub(super) struct ChunkWindow {
    /// Bytes of chunks that were put into the buffer, and those that the peer has read.
    sent: u64,
    read: u64,
    /// When the last of these was heard of.
    read_at: Option<Instant>,
    /// Pings on their way.
    asked: VecDeque<Asked>,
    fastest: Option<Duration>,
    /// Bytes a second.
    rate: u64,
}

struct Asked {
    number: u32,
    at: Instant,
    sent: u64,
    /// What had been read then, and when that was heard of.
    read: u64,
    read_at: Instant,
}

/// The ends of a path that is shorter than this take turns on one machine, and the one that writes has to have left enough
/// for the turn of the other. A small frame waits no longer than that for what it is.
const SLACK: Duration = Duration::from_micros(50);

/// So long is the turn of a message while others wait for theirs, unless a chunk takes longer: on a fast path a message of
/// a mebibyte goes out as a whole.
const TURN: Duration = Duration::from_millis(2);

/// Some chunks are always ahead: less would be waiting for the other end's turn instead of the network's.
const LEAST: u64 = 128 << 10;

/// A path of 1 Gbit/s and 60 ms fills this.
const MOST: u64 = 16 << 20;

impl ChunkWindow {
    /// True if another chunk may go.
    pub(super) fn is_open(&self) -> bool {
        self.sent.saturating_sub(self.read) < self.size()
    }

    /// True if nothing is asked.
    pub(super) fn is_idle(&self) -> bool {
        self.asked.is_empty()
    }

    /// A chunk went. Gives the token of a Ping that is to follow it, if one is.
    pub(super) fn sent(&mut self, now: Instant, length: usize, pings: &mut Pings) -> Option<[u8; 8]> {
        self.sent = self.sent.saturating_add(length as u64);
        let covered = self.asked.back().map_or(self.read, |asked| asked.sent);
        // No more than the smallest window: one that shrinks is never closed without a Ping on its way.
        if self.sent.saturating_sub(covered) < (self.size() / 4).clamp(LEAST / 2, LEAST) {
            return None;
        }
        let (number, token) = pings.next();
        let read_at = self.read_at.filter(|_| !self.asked.is_empty()).unwrap_or(now);
        self.asked.push_back(Asked { number, at: now, sent: self.sent, read: self.read, read_at });
        Some(token)
    }

    /// The Pong with this number came, which answers all Pings before it as well.
    pub(super) fn heard(&mut self, now: Instant, number: u32) {
        while let Some(asked) = self.asked.pop_front_if(|asked| !Pings::is_later(asked.number, number)) {
            let trip = now.saturating_duration_since(asked.at);
            self.fastest = Some(self.fastest.map_or(trip, |fastest| fastest.min(trip)));
            self.read = asked.sent;
            let took = now.saturating_duration_since(asked.read_at).as_micros().max(1);
            let bytes = u128::from(asked.sent.saturating_sub(asked.read));
            let rate = bytes.saturating_mul(1_000_000).checked_div(took).unwrap_or(0);
            // One slow moment is no slow path.
            let before = self.rate.saturating_sub(self.rate / 8);
            self.rate = u64::try_from(rate).unwrap_or(u64::MAX).max(before);
        }
        self.read_at = Some(now);
        if self.asked.is_empty() {
            self.asked = VecDeque::new();
        }
    }

    /// How much of a message goes before it is the turn of another. On a fast path that is several chunks: a message that
    /// is whole soon is still in the caches of both ends, and few are put together at a time.
    pub(super) fn turn(&self) -> u64 {
        self.in_time(TURN)
    }

    /// How much may be ahead of the peer.
    fn size(&self) -> u64 {
        let ahead = self.fastest.unwrap_or_default().saturating_mul(2).saturating_add(SLACK);
        self.in_time(ahead).clamp(LEAST, MOST)
    }

    /// Bytes that go in so much time at the present rate.
    fn in_time(&self, time: Duration) -> u64 {
        let bytes = u128::from(self.rate).saturating_mul(time.as_micros()).checked_div(1_000_000);
        u64::try_from(bytes.unwrap_or(0)).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::unwrap_used,
    clippy::expect_used
)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{ChunkWindow, LEAST, MOST};
    use crate::proto::pings::Pings;

    const CHUNK: usize = 64 << 10;

    /// Sends as much as the window lets through over a path with this round trip and rate, for so many round trips.
    fn send(trip: Duration, bytes_a_second: u64, trips: u32) -> (ChunkWindow, u64) {
        let (mut window, mut pings) = (ChunkWindow::default(), Pings::default());
        let start = Instant::now();
        let (mut now, mut free) = (start, start);
        let mut answers = std::collections::VecDeque::new();
        while now < start + trip * trips {
            while window.is_open() {
                // Each chunk stands behind the one before it.
                free = free.max(now) + Duration::from_secs_f64(CHUNK as f64 / bytes_a_second as f64);
                if let Some(token) = window.sent(now, CHUNK, &mut pings) {
                    answers.push_back((free + trip, Pings::number(token).unwrap()));
                }
            }
            let (at, number) = answers.pop_front().expect("a closed window has asked");
            now = now.max(at);
            window.heard(now, number);
        }
        let read = window.read;
        (window, read)
    }

    #[test]
    fn little_is_ahead_on_a_short_path() {
        let (window, _) = send(Duration::from_micros(50), 1_000_000_000, 1_000);
        assert!(window.size() <= 3 * LEAST, "{}", window.size());
    }

    #[test]
    fn a_long_path_is_filled() {
        let trip = Duration::from_millis(80);
        let (window, read) = send(trip, 100_000_000, 100);
        assert!(window.size() > 8_000_000 && window.size() <= MOST, "{}", window.size());
        let all = (100_000_000_f64 * 8.0) as u64;
        assert!(read > all / 2, "{read} of {all}");
    }

    #[test]
    fn one_pong_answers_all_pings_before_it() {
        let (mut window, mut pings) = (ChunkWindow::default(), Pings::default());
        let now = Instant::now();
        let mut last = 0;
        while window.is_open() {
            if let Some(token) = window.sent(now, CHUNK, &mut pings) {
                last = Pings::number(token).unwrap();
            }
        }
        window.heard(now + Duration::from_millis(1), last);
        assert!(window.is_open() && window.asked.is_empty());
    }
}
