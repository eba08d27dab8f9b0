use std::time::Instant;

use crate::proto::assembly::Assembly;
use crate::proto::call::StartCall;
use crate::proto::stream::CalleeStreams;

/// Where a place of the peer is in the life of its call.
#[derive(Default)]
pub(super) enum Place {
    #[default]
    Free,
    /// Answered before its chunks were all there: the rest is ignored.
    Late,
    Assembling(Box<Assembling>),
    /// It will not run, and says so when its turn comes. `chunks`, `streams`: some may still come.
    Refused {
        chunks: bool,
        streams: bool,
    },
    Whole(Served),
}

/// A call that has all its arguments but what comes in streams. An idle connection keeps a page of these, so it is
/// small.
pub(super) struct Served {
    pub(super) phase: Phase,
    pub(super) detached: bool,
    /// Of its body, which no limit lets be longer than 2^30 bytes.
    pub(super) length: u32,
    pub(super) deadline: Option<Instant>,
    /// None for a unary call.
    pub(super) streams: Option<Box<CalleeStreams>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Waiting {
        cancelled: bool,
    },
    Running(Stop),
    /// Its answer waits beside the buffer, or goes out in chunks; or the end of its result stream does.
    Replying,
}

const _: () = assert!(size_of::<Place>() <= 32);

/// A call whose arguments are still coming.
pub(super) struct Assembling {
    pub(super) start: StartCall,
    pub(super) assembly: Assembly,
    pub(super) streams: Option<Box<CalleeStreams>>,
}

/// Whether a handler has to be dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Stop {
    #[default]
    No,
    Due(Why),
    Told(Why),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Cancelled,
    Expired,
    /// One of its streams broke.
    Broken,
}

impl Place {
    pub(super) fn is_used(&self) -> bool {
        !matches!(self, Self::Free)
    }

    /// The bytes of its body.
    pub(super) fn length(&self) -> usize {
        match self {
            Self::Assembling(partial) => partial.assembly.total(),
            Self::Whole(call) => call.length as usize,
            Self::Free | Self::Late | Self::Refused { .. } => 0,
        }
    }

    /// The streams of its call.
    pub(super) fn streams(&mut self) -> Option<&mut CalleeStreams> {
        match self {
            Self::Assembling(partial) => partial.streams.as_deref_mut(),
            Self::Whole(call) => call.streams.as_deref_mut(),
            Self::Free | Self::Late | Self::Refused { .. } => None,
        }
    }
}

impl Served {
    /// A handler is at work on it, and nothing has stopped that.
    pub(super) fn runs(&self) -> bool {
        self.phase == Phase::Running(Stop::No)
    }
}

impl Stop {
    pub(super) fn why(self) -> Option<Why> {
        match self {
            Self::No => None,
            Self::Due(why) | Self::Told(why) => Some(why),
        }
    }
}
