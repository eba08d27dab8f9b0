//! Two sides and the bytes between them.

use std::time::{Duration, Instant};

use super::flow::Log;
use super::side::{Side, id_of};
use crate::codec::Codec;
use crate::proto::{self, Ending, StartError};
use crate::server::ERROR_LIMITS;
use crate::wire::{CloseCode, EndStatus, RefusalReason, ReplyStatus};
use crate::{Executed, Limits, MethodDescriptor, RpcError};

pub(super) struct Pair {
    pub(super) now: Instant,
    /// The client and the server.
    pub(super) sides: [Side; 2],
    /// What the side with this index has written and the other has not read.
    pub(super) pipes: [Vec<u8>; 2],
    /// The link is broken: what is written goes nowhere.
    pub(super) cut: bool,
    calls: u64,
}

impl Pair {
    pub(super) fn new(client: Limits, server: Limits) -> Self {
        let now = Instant::now();
        let sides =
            [Side::new(now, proto::Side::Client, client), Side::new(now, proto::Side::Server, server)];
        Self { now, sides, pipes: [Vec::new(), Vec::new()], cut: false, calls: 0 }
    }

    /// A pair that has said hello.
    pub(super) fn greeted(client: Limits, server: Limits) -> Self {
        let mut pair = Self::new(client, server);
        pair.exchange();
        assert!(pair.sides.iter().all(|side| side.proto.is_established()));
        pair
    }

    /// Begins a call at `side`; gives its number.
    pub(super) fn start(
        &mut self,
        side: usize,
        method: &'static MethodDescriptor,
        length: usize,
        timeout: Option<Duration>,
    ) -> Result<u64, StartError> {
        let id = self.calls;
        self.calls += 1;
        let deadline = timeout.map(|timeout| self.now + timeout);
        self.sides[side].start(self.now, id, method, length, deadline)?;
        Ok(id)
    }

    /// `side` writes up to `most` bytes.
    pub(super) fn write(&mut self, side: usize, most: usize) -> usize {
        let bytes = self.sides[side].write(self.now, most);
        if !self.cut {
            self.pipes[side].extend_from_slice(&bytes);
        }
        bytes.len()
    }

    /// `side` reads up to `most` bytes of what the other has written.
    pub(super) fn read(&mut self, side: usize, most: usize) -> usize {
        let pipe = &mut self.pipes[1 - side];
        let rest = pipe.split_off(most.min(pipe.len()));
        let bytes = std::mem::replace(pipe, rest);
        self.sides[side].read(self.now, &bytes);
        bytes.len()
    }

    /// The caller of `id` at `side` looks, and takes all that has come.
    pub(super) fn take(&mut self, side: usize, id: u64) {
        self.sides[side].take(id, usize::MAX);
        self.sides[side].poll(id);
    }

    /// Time passes, and each side's timer goes off if it is due.
    pub(super) fn pass(&mut self, time: Duration) {
        self.now += time;
        self.sides.iter_mut().for_each(|side| side.tick(self.now));
    }

    /// Breaks the link; each side will notice.
    pub(super) fn cut(&mut self) {
        self.cut = true;
        self.pipes.iter_mut().for_each(Vec::clear);
    }

    /// Moves all bytes, and starts what may start, until nothing moves.
    pub(super) fn exchange(&mut self) {
        loop {
            let mut moved = 0;
            for side in 0..2 {
                moved += self.write(side, usize::MAX);
                moved += self.read(side, usize::MAX);
                self.sides[side].pump_all();
                let waited = self.sides[side].proto.has_waiting();
                self.sides[side].serve(self.now, usize::MAX);
                moved += usize::from(waited && !self.sides[side].proto.has_waiting());
            }
            // Chunks wait for ever for a peer that reads no more.
            let now = self.now;
            if moved == 0 && self.sides.iter_mut().all(|side| side.proto.poll_ready(now).is_empty()) {
                return;
            }
        }
    }

    /// Lets everything come to its end: handlers, callers, links that are closed on one side.
    pub(super) fn settle(&mut self) {
        loop {
            self.exchange();
            for side in 0..2 {
                if self.cut {
                    self.sides[side].end(Some(&std::io::Error::other("cut")));
                } else if self.sides[1 - side].proto.closed().is_some() {
                    self.sides[side].end(None);
                }
                self.sides[side].serve(self.now, usize::MAX);
                self.sides[side].poll_all();
            }
            let mut finished = self.sides.iter_mut().any(Side::end_uploads);
            for side in &mut self.sides {
                for place in side.handlers.keys().copied().collect::<Vec<_>>() {
                    side.finish(place, 16);
                    finished = true;
                }
            }
            let at_rest =
                self.sides.iter().all(|side| side.proto.nothing_to_send() && !side.proto.has_waiting());
            if !finished && at_rest && self.pipes.iter().all(Vec::is_empty) {
                break;
            }
        }
        self.sides.iter_mut().for_each(Side::poll_all);
    }

    /// What holds at every moment.
    pub(super) fn check(&mut self) {
        self.sides.iter_mut().for_each(Side::check);
        for side in &self.sides {
            if let Some(closed) = side.proto.closed() {
                let harmless =
                    matches!(closed.code, CloseCode::Done | CloseCode::GoingAway | CloseCode::TimedOut);
                assert!(harmless, "a legal schedule ended with {closed:?}");
            }
        }
        let open = self.sides.iter().all(|side| side.proto.closed().is_none());
        let written = self.sides.iter().all(|side| side.proto.nothing_to_send());
        if open && written && !self.cut && self.pipes.iter().all(Vec::is_empty) {
            self.sides.iter_mut().for_each(|side| side.serve(self.now, 0));
            let [client, server] = &mut self.sides;
            assert_eq!(client.proto.calls_in_flight(), server.proto.calls_served(), "the sides disagree");
            assert_eq!(server.proto.calls_in_flight(), client.proto.calls_served(), "the sides disagree");
            check_agreement(client, server);
            check_agreement(server, client);
        }
    }

    /// What holds when nothing goes on any more.
    pub(super) fn check_rest(&mut self) {
        self.check();
        self.sides.iter_mut().for_each(Side::check_rest);
        for side in 0..2 {
            let (caller, callee) = (&self.sides[side], &self.sides[1 - side]);
            for (id, ending) in &caller.told {
                check_truth(*id, ending, callee);
            }
            check_streams(&self.sides[side], &self.sides[1 - side]);
        }
    }

    pub(super) fn told(&self, side: usize, id: u64) -> &Ending {
        self.sides[side].told.get(&id).unwrap_or_else(|| panic!("call {id} has not ended for its caller"))
    }

    pub(super) fn executed(&self, side: usize, id: u64) -> bool {
        self.sides[side].executed.contains(&id)
    }
}

/// What a caller was told agrees with what happened to its call.
fn check_truth(id: u64, ending: &Ending, callee: &Side) {
    let executed = callee.executed.contains(&id);
    match ending {
        Ending::Replied { status: ReplyStatus::Value, body, .. } => {
            assert_eq!(id_of(body), id, "an answer went to another call");
            assert_eq!(callee.answered.get(&id), Some(&body.len()), "an answer that no handler gave");
        }
        Ending::Replied { status: ReplyStatus::Refused, .. } => {
            assert!(!executed, "call {id} was refused, and executed");
        }
        Ending::Replied { status: ReplyStatus::Failed, body, .. } => {
            let error: RpcError = Codec::Postcard.decode(body, &ERROR_LIMITS).unwrap();
            assert_eq!(error.executed() == Executed::No, !executed, "call {id} failed with {error:?}");
        }
        Ending::Replied { .. } | Ending::Broken(_) => assert!(executed, "call {id} failed without a handler"),
        Ending::StreamEnded { .. } => assert!(executed, "call {id} was streamed without a handler"),
        Ending::Failed(_) => {}
        Ending::Expired { sent } | Ending::Lost { sent, .. } => {
            assert!(
                *sent || !executed,
                "call {id} was executed, and its caller told that it was not: {ending:?}"
            );
        }
    }
}

/// What holds when nothing is on the way between the two.
fn check_agreement(caller: &mut Side, callee: &mut Side) {
    let ([made, _], [_, served]) = (caller.proto.credits(), callee.proto.credits());
    for (stream, credit) in made {
        if let Some((_, other)) = served.iter().find(|(other, _)| *other == stream) {
            assert_eq!(credit, *other, "the sides disagree about the credit of {stream:?} (place, stream)");
        }
    }
    for handler in callee.handlers.values() {
        let waits = caller.callers.contains_key(&handler.id);
        assert!(waits || handler.stopped || handler.detached, "nobody stopped the handler of {}", handler.id);
    }
}

/// Whatever came of a stream was sent, in that order, and an end is that of the sender.
fn check_streams(receiver: &Side, sender: &Side) {
    for (key, got) in &receiver.got {
        let nothing = Log::default();
        let sent = sender.sent.get(key).unwrap_or(&nothing);
        assert!(sent.items.starts_with(&got.items), "{key:?} came changed");
        if got.end == Some(EndStatus::Clean) {
            assert_eq!(sent.end, Some(EndStatus::Clean), "{key:?} was not ended");
            assert_eq!(sent.items.len(), got.items.len(), "{key:?} was ended before its end");
        }
    }
}

pub(super) fn reason(ending: &Ending) -> Option<RefusalReason> {
    match ending {
        Ending::Replied { status: ReplyStatus::Refused, body, .. } => Some(RefusalReason::from_byte(body[0])),
        _ => None,
    }
}
