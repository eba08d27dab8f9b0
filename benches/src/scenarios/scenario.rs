use std::time::Duration;

use super::{Figure, Metric, connect, echo, idle_memory, in_flight, one_at_a_time, stream};
use crate::peers::{Ability, Peer};
use crate::run::{Place, Processes};

/// What a peer is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    /// One caller of `add`, one call after the other.
    OneAtATime,
    /// Tasks on so many connections, so many on each, each with one call of `add` after the other.
    InFlight { connections: usize, callers: usize },
    /// 16 tasks that send so many bytes and get them back.
    Echo { bytes: usize },
    /// Numbers to the client, as items of one stream.
    Stream,
    /// A connection and its first call, again and again.
    Connect,
    /// What the process of the server needs for each connection that does nothing.
    IdleMemory,
}

/// How long to measure.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    /// Before what is measured.
    pub warm_up: Duration,
    pub measured: Duration,
    /// Idle ones, at most.
    pub connections: usize,
}

/// A server that is there, and for how long to use it.
pub struct Bench {
    pub address: String,
    /// Its process, if that is another.
    pub server: Option<u32>,
    pub slice: Slice,
}

impl Scenario {
    pub const ALL: [Self; 10] = [
        Self::OneAtATime,
        Self::InFlight { connections: 1, callers: 64 },
        Self::InFlight { connections: 1, callers: 1_024 },
        Self::InFlight { connections: 16, callers: 16 },
        Self::Echo { bytes: 1 << 10 },
        Self::Echo { bytes: 64 << 10 },
        Self::Echo { bytes: 1 << 20 },
        Self::Stream,
        Self::Connect,
        Self::IdleMemory,
    ];

    /// On the command line and in JSON.
    pub fn name(self) -> String {
        match self {
            Self::OneAtATime => "one-at-a-time".to_owned(),
            Self::InFlight { connections: 1, callers } => format!("in-flight-{callers}"),
            Self::InFlight { connections, callers } => format!("connections-{connections}x{callers}"),
            Self::Echo { bytes } if bytes < 1 << 20 => format!("echo-{}KiB", bytes >> 10),
            Self::Echo { bytes } => format!("echo-{}MiB", bytes >> 20),
            Self::Stream => "stream".to_owned(),
            Self::Connect => "connect".to_owned(),
            Self::IdleMemory => "idle-memory".to_owned(),
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scenario| scenario.name() == name)
    }

    /// In a heading.
    pub fn title(self) -> String {
        match self {
            Self::OneAtATime => "one at a time".to_owned(),
            Self::InFlight { connections: 1, callers } => format!("{callers} in flight, one connection"),
            Self::InFlight { connections, callers } => format!("{connections} connections × {callers}"),
            Self::Echo { bytes } if bytes < 1 << 20 => format!("{} KiB both ways", bytes >> 10),
            Self::Echo { bytes } => format!("{} MiB both ways", bytes >> 20),
            Self::Stream => "u64 stream".to_owned(),
            Self::Connect => "connect + first call".to_owned(),
            Self::IdleMemory => "idle connection".to_owned(),
        }
    }

    /// The first is the one for overviews.
    pub fn metrics(self) -> &'static [Metric] {
        match self {
            Self::OneAtATime => &[Metric::Calls, Metric::P50, Metric::P99, Metric::P999],
            Self::InFlight { .. } => &[Metric::Calls],
            Self::Echo { .. } => &[Metric::Throughput],
            Self::Stream => &[Metric::Items],
            Self::Connect => &[Metric::P50],
            Self::IdleMemory => &[Metric::Memory],
        }
    }

    pub(crate) fn needs(self) -> Option<Ability> {
        match self {
            Self::InFlight { .. } => Some(Ability::InFlight),
            Self::Stream => Some(Ability::Streams),
            // With one call at a time, `echo` says what copying costs at least.
            Self::OneAtATime | Self::Echo { .. } | Self::Connect | Self::IdleMemory => None,
        }
    }

    pub fn is_possible(self, place: Place) -> bool {
        self != Self::IdleMemory || place.processes == Processes::Two
    }

    pub(crate) async fn run<P: Peer>(self, bench: Bench) -> Vec<Figure> {
        match self {
            Self::OneAtATime => one_at_a_time::run::<P>(bench).await,
            Self::InFlight { connections, callers } => in_flight::run::<P>(bench, connections, callers).await,
            Self::Echo { bytes } => echo::run::<P>(bench, bytes).await,
            Self::Stream => stream::run::<P>(bench).await,
            Self::Connect => connect::run::<P>(bench).await,
            Self::IdleMemory => idle_memory::run::<P>(bench).await,
        }
    }
}
