use bytes::Bytes;

use super::frame::kind;
use super::{CloseCode, Frame, Hello, ShortFrame, WireError, WireErrorKind, varint};
use crate::pool;

mod rest;

pub(crate) use self::rest::{BEHIND, Behind, slice_of};

/// Turns bytes into the hello and frames, however the bytes are cut. A value without I/O.
///
/// A frame that lies whole in the input is read in place; only one whose end is still on its way is copied. The
/// memory for it grows with what has arrived, whatever length was announced, and is given back after it.
///
/// ```
/// use rpc_core::wire::{Decoder, Event, Frame, Hello};
/// # let hello = Hello { version_min: 1, version_max: 1, features: 0, max_frame: 65_536, max_message: 65_536,
/// #     max_calls: 64, max_call_bytes: 1 << 20, max_assembling: 1, codecs: vec![1], services: vec![] };
/// let mut sent = Vec::new();
/// hello.encode(&mut sent);
/// Frame::Cancel { place: 7 }.encode(&mut sent);
///
/// let mut decoder = Decoder::new(65_536);
/// let mut input = &sent[..];
/// assert_eq!(decoder.next(&mut input)?, Some(Event::Magic));
/// assert_eq!(decoder.next(&mut input)?, Some(Event::Hello(hello)));
/// assert_eq!(decoder.next(&mut input)?, Some(Event::Frame(Frame::Cancel { place: 7 })));
/// assert_eq!(decoder.next(&mut input)?, None);
/// # Ok::<(), rpc_core::wire::WireError>(())
/// ```
#[derive(Debug)]
pub struct Decoder {
    max_frame: usize,
    state: State,
    /// What has arrived of a hello or frame that did not lie whole in one input.
    buffer: Vec<u8>,
    /// The frame in `buffer` was given out, and ends with the next call.
    lent: bool,
    /// The same for a long frame that others may share.
    shared: Bytes,
    /// `buffer` has little more room than it needs, since the peer was slow.
    settled: bool,
    #[cfg(test)]
    pub(super) steps: usize,
}

/// What a [`Decoder`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<'a> {
    /// The peer speaks this wire. A server sends its hello now.
    Magic,
    /// The peer does not speak this wire; these are its first bytes. Nothing comes after this but the error
    /// [`WireErrorKind::Stranger`].
    Stranger([u8; 8]),
    /// The peer's hello: once, before all frames.
    Hello(Hello),
    /// A frame.
    Frame(Frame<'a>),
}

#[derive(Debug, Clone, Copy)]
enum State {
    Magic {
        bytes: [u8; 8],
        count: usize,
    },
    Length(Part, varint::Partial),
    Body(Part, usize),
    /// A chunk is read to where its message is.
    Apart,
    Failed(WireError),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Hello,
    Frame,
}

enum Step<'i> {
    NeedsMore,
    Magic,
    Stranger([u8; 8]),
    InInput(Part, &'i [u8]),
    InBuffer(Part),
}

/// A buffer of up to this many bytes is used again for the next frame of the same input, not given back at once.
const KEPT: usize = 4 << 10;
/// What is made room for when the first bytes of a frame have arrived, if it is so long.
const FIRST_ROOM: usize = 8 << 10;

impl Decoder {
    /// A decoder for one direction of a new connection, which takes frames of up to `max_frame` bytes.
    pub fn new(max_frame: usize) -> Self {
        Self {
            max_frame,
            state: State::Magic { bytes: [0; 8], count: 0 },
            buffer: Vec::new(),
            lent: false,
            shared: Bytes::new(),
            settled: false,
            #[cfg(test)]
            steps: 0,
        }
    }

    /// Takes what the next event needs from the front of `input`. With `None` all of `input` is taken and more is
    /// needed.
    ///
    /// Call it until it gives `None`: only then is the memory of the last frame given back. After an error every
    /// further call gives the same error.
    pub fn next<'a, 'i: 'a>(&'a mut self, input: &mut &'i [u8]) -> Result<Option<Event<'a>>, WireError> {
        self.next_shared(input).map(|event| event.map(|(event, _)| event))
    }

    /// As [`next`](Self::next), with what slices of a long Call or Reply can share; empty for other frames.
    #[inline]
    pub(crate) fn next_shared<'a, 'i: 'a>(
        &'a mut self,
        input: &mut &'i [u8],
    ) -> Result<Option<(Event<'a>, &'a Bytes)>, WireError> {
        self.end_loan();
        if let Some(bytes) = self.short_frame(input) {
            return match Frame::decode(bytes) {
                Ok(frame) => Ok(Some((Event::Frame(frame), &self.shared))),
                Err(error) => Err(fail(&mut self.state, error)),
            };
        }
        let step = match self.advance(input) {
            Ok(step) => step,
            Err(error) => return Err(fail(&mut self.state, error)),
        };
        let (part, bytes) = match step {
            Step::NeedsMore => return Ok(None),
            Step::Magic => return Ok(Some((Event::Magic, &self.shared))),
            Step::Stranger(first) => return Ok(Some((Event::Stranger(first), &self.shared))),
            Step::InInput(part, bytes) => (part, bytes),
            Step::InBuffer(part) if self.is_worth_sharing() => {
                self.share();
                (part, &*self.shared)
            }
            Step::InBuffer(part) => (part, self.buffer.as_slice()),
        };
        let event = match part {
            Part::Hello => Hello::decode(bytes).map(Event::Hello),
            Part::Frame => Frame::decode(bytes).map(Event::Frame),
        };
        match event {
            Ok(event) => Ok(Some((event, &self.shared))),
            Err(error) => Err(fail(&mut self.state, error)),
        }
    }

    /// The same for a frame that most are. `None` for what else may come next, of which nothing is taken.
    #[inline]
    pub(crate) fn next_short<'i>(&mut self, input: &mut &'i [u8]) -> Option<ShortFrame<'i>> {
        self.end_loan();
        let mut ahead = *input;
        let frame = ShortFrame::read(self.short_frame(&mut ahead)?)?;
        *input = ahead;
        Some(frame)
    }

    /// True if a frame (or the hello) has begun and not yet ended: as long as that lasts, the frame timeout runs.
    pub fn is_mid_frame(&self) -> bool {
        match self.state {
            State::Magic { count, .. } => count > 0,
            State::Length(part, so_far) => part == Part::Hello || !so_far.is_empty(),
            State::Body(..) | State::Apart => true,
            State::Failed(_) => false,
        }
    }

    /// Heap that is held now, in bytes.
    pub fn buffered(&self) -> usize {
        self.buffer.capacity()
    }

    /// The next frame, if it is short and lies whole in the input: most do, and need no state for that.
    #[inline]
    fn short_frame<'i>(&mut self, input: &mut &'i [u8]) -> Option<&'i [u8]> {
        let State::Length(Part::Frame, so_far) = &self.state else { return None };
        let (&length @ 1..0x80, left) = input.split_first()? else { return None };
        if !so_far.is_empty() || usize::from(length) > self.max_frame {
            return None;
        }
        let (bytes, left) = left.split_at_checked(length.into())?;
        *input = left;
        self.count_steps(1);
        Some(bytes)
    }

    fn advance<'i>(&mut self, input: &mut &'i [u8]) -> Result<Step<'i>, WireError> {
        loop {
            match self.state {
                State::Magic { bytes, count } => {
                    let Some(first) = self.first_bytes(bytes, count, input) else {
                        return Ok(Step::NeedsMore);
                    };
                    if first != Hello::MAGIC {
                        let error = WireError::new(WireErrorKind::Stranger, CloseCode::Hello);
                        self.state = State::Failed(error);
                        return Ok(Step::Stranger(first));
                    }
                    self.state = State::Length(Part::Hello, varint::Partial::default());
                    return Ok(Step::Magic);
                }
                State::Length(part, so_far) => {
                    let Some(length) = self.length(part, so_far, input)? else {
                        // Between two frames nothing is held, so that an idle connection costs nothing.
                        pool::give_back(std::mem::take(&mut self.buffer));
                        return Ok(Step::NeedsMore);
                    };
                    self.state = State::Body(part, length);
                }
                State::Body(part, length) => return Ok(self.body(part, length, input)),
                State::Apart => return Ok(Step::NeedsMore),
                State::Failed(error) => return Err(error),
            }
        }
    }

    fn first_bytes(&mut self, mut bytes: [u8; 8], mut count: usize, input: &mut &[u8]) -> Option<[u8; 8]> {
        while let Some(room) = bytes.get_mut(count) {
            let Some((&byte, left)) = input.split_first() else {
                self.state = State::Magic { bytes, count };
                return None;
            };
            *room = byte;
            *input = left;
            count = count.saturating_add(1);
            self.count_steps(1);
        }
        Some(bytes)
    }

    /// The length of the part that begins here, compared with its limit before anything else is done with it.
    fn length(
        &mut self,
        part: Part,
        mut so_far: varint::Partial,
        input: &mut &[u8],
    ) -> Result<Option<usize>, WireError> {
        while let Some((&byte, left)) = input.split_first() {
            *input = left;
            self.count_steps(1);
            if let Some(length) = so_far.push(byte).map_err(|why| part.bad_length(why))? {
                return self.checked(part, length).map(Some);
            }
        }
        self.state = State::Length(part, so_far);
        Ok(None)
    }

    fn checked(&self, part: Part, length: u64) -> Result<usize, WireError> {
        let max = match part {
            Part::Hello => Hello::MAX_LEN,
            Part::Frame => self.max_frame,
        };
        match (part, usize::try_from(length)) {
            (Part::Frame, Ok(0)) => Err(WireError::malformed(WireErrorKind::EmptyFrame)),
            (_, Ok(length)) if length <= max => Ok(length),
            (Part::Frame, _) => {
                Err(WireError::new(WireErrorKind::FrameTooLong { length, max }, CloseCode::FrameTooLong))
            }
            (Part::Hello, _) => Err(WireError::new(
                WireErrorKind::TooLarge {
                    subject: "the hello",
                    what: "length",
                    value: length,
                    max: max as u64,
                },
                CloseCode::Hello,
            )),
        }
    }

    fn body<'i>(&mut self, part: Part, length: usize, input: &mut &'i [u8]) -> Step<'i> {
        let missing = length.saturating_sub(self.buffer.len());
        let Some((taken, left)) = input.split_at_checked(missing) else {
            let all = std::mem::take(input);
            if !all.is_empty() {
                self.keep(all, length);
            }
            return Step::NeedsMore;
        };
        *input = left;
        self.state = State::Length(Part::Frame, varint::Partial::default());
        if self.buffer.is_empty() {
            return Step::InInput(part, taken);
        }
        self.keep(taken, length);
        self.lent = true;
        Step::InBuffer(part)
    }

    /// Appends to the buffer, which holds a part of a frame of `length` bytes. Its room is twice what has arrived:
    /// with what it had before, three times at most while it moves.
    fn keep(&mut self, bytes: &[u8], length: usize) {
        let arrived = self.buffer.len().saturating_add(bytes.len());
        if arrived > self.buffer.capacity() {
            self.count_steps(self.buffer.len());
            let room = arrived.saturating_mul(2).max(FIRST_ROOM).min(length);
            self.buffer.reserve_exact(room.saturating_sub(self.buffer.len()));
        }
        self.count_steps(bytes.len());
        self.buffer.extend_from_slice(bytes);
    }

    fn end_loan(&mut self) {
        if std::mem::take(&mut self.lent) {
            self.shared = Bytes::new();
            if self.buffer.capacity() > KEPT {
                pool::give_back(std::mem::take(&mut self.buffer));
            } else {
                self.buffer.clear();
            }
        }
    }

    #[cfg(test)]
    fn count_steps(&mut self, steps: usize) {
        self.steps = self.steps.saturating_add(steps);
    }

    #[cfg(not(test))]
    fn count_steps(&mut self, _: usize) {}
}

impl Part {
    fn bad_length(self, why: varint::Invalid) -> WireError {
        match self {
            Self::Hello => {
                WireError::malformed(WireErrorKind::Varint { subject: "the hello", why }).in_hello()
            }
            Self::Frame => {
                WireError::malformed(WireErrorKind::Varint { subject: "the length of a frame", why })
            }
        }
    }
}

fn fail(state: &mut State, error: WireError) -> WireError {
    *state = State::Failed(error);
    error
}
