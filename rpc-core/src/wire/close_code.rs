use std::fmt;

/// Why a connection is closed, as it stands in a `Close` frame (`docs/wire.md` §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CloseCode {
    /// 0: nothing is left to do.
    Done,
    /// 1: this side is shutting down.
    GoingAway,
    /// 2: the sides have no version in common.
    Version,
    /// 3: the hello is malformed.
    Hello,
    /// 4: a frame is malformed, or of an unknown kind below `80`.
    Malformed,
    /// 5: a frame is longer than `max_frame`.
    FrameTooLong,
    /// 6: a place is taken or too high, or the bodies in flight are above `max_call_bytes`.
    Place,
    /// 7: a chunk for a call that has none, or too small a chunk.
    Chunk,
    /// 8: more than `max_assembling` bodies in chunks.
    Assembling,
    /// 9: a bind out of order, or too many methods.
    Bind,
    /// 10: a reply for a call that was not made.
    UnknownReply,
    /// 11: a frame of a feature that is not switched on.
    Feature,
    /// 12: a hello, a frame, a write or a sign of life took too long.
    TimedOut,
    /// 13: the server has no room for another connection.
    TooManyConnections,
    /// 14: a stream frame out of place, or above its credit.
    Stream,
    /// Another number, of a later version.
    Unknown(u64),
}

impl CloseCode {
    /// Every code that this version knows, in the order of the numbers.
    pub const ALL: [Self; 15] = [
        Self::Done,
        Self::GoingAway,
        Self::Version,
        Self::Hello,
        Self::Malformed,
        Self::FrameTooLong,
        Self::Place,
        Self::Chunk,
        Self::Assembling,
        Self::Bind,
        Self::UnknownReply,
        Self::Feature,
        Self::TimedOut,
        Self::TooManyConnections,
        Self::Stream,
    ];

    /// The number on the wire.
    pub fn number(self) -> u64 {
        match self {
            Self::Done => 0,
            Self::GoingAway => 1,
            Self::Version => 2,
            Self::Hello => 3,
            Self::Malformed => 4,
            Self::FrameTooLong => 5,
            Self::Place => 6,
            Self::Chunk => 7,
            Self::Assembling => 8,
            Self::Bind => 9,
            Self::UnknownReply => 10,
            Self::Feature => 11,
            Self::TimedOut => 12,
            Self::TooManyConnections => 13,
            Self::Stream => 14,
            Self::Unknown(number) => number,
        }
    }

    /// The code with this number; [`CloseCode::Unknown`] if this version has none.
    pub fn from_number(number: u64) -> Self {
        Self::ALL.into_iter().find(|code| code.number() == number).unwrap_or(Self::Unknown(number))
    }
}

impl fmt::Display for CloseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done => "done",
            Self::GoingAway => "going away",
            Self::Version => "no common version",
            Self::Hello => "malformed hello",
            Self::Malformed => "malformed frame",
            Self::FrameTooLong => "frame too long",
            Self::Place => "place taken or too high, or too many bytes in flight",
            Self::Chunk => "unexpected or too small a chunk",
            Self::Assembling => "too many bodies in chunks",
            Self::Bind => "bind out of order, too many methods, or a call of none",
            Self::UnknownReply => "reply for a call that was not made",
            Self::Feature => "feature not switched on",
            Self::TimedOut => "timed out",
            Self::TooManyConnections => "too many connections",
            Self::Stream => "stream frame out of place, or above its credit",
            Self::Unknown(number) => return write!(f, "close code {number}"),
        })
    }
}
