//! Callers and handlers with streams, that do what a schedule says.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;
use std::task::Waker;

use super::side::{Caller, Handler, Side};
use crate::proto::{ArgumentEvent, ResultEvent, SendRoom, StartCall};
use crate::stream::{Batch, Credit, Items};
use crate::wire::EndStatus;

/// The number of a result stream in the accounts.
pub(super) const RESULT: u32 = u32::MAX;

/// A producer offers so many items at a time.
const OFFERED: usize = 100;

/// What went into a stream or came out of it.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) items: Vec<Vec<u8>>,
    pub(super) end: Option<EndStatus>,
}

/// A stream as its producer sees it.
#[derive(Default)]
pub(super) struct Upload {
    pending: VecDeque<Vec<u8>>,
    /// Items that were ever made.
    made: u64,
    ending: Option<EndStatus>,
    ended: bool,
    /// Nobody wants more of it.
    pub(super) over: bool,
    /// It was told to wait.
    waits: bool,
}

/// A stream as its consumer sees it.
#[derive(Default)]
pub(super) struct Download {
    /// Lengths of what was handed over, and not taken.
    untaken: VecDeque<usize>,
    taken: Credit,
    dropped: bool,
    pub(super) ended: bool,
    /// Somebody was asked to wake its consumer.
    polled: bool,
}

impl Upload {
    /// All items are on their way.
    pub(super) fn is_done(&self) -> bool {
        self.pending.is_empty()
    }

    pub(super) fn is_open(&self) -> bool {
        self.ending.is_none() && !self.over
    }

    fn make(&mut self, key: (u64, u32), length: usize) {
        let seed = key.0.wrapping_mul(31).wrapping_add(key.1.into()).wrapping_add(self.made);
        self.made += 1;
        let mut item = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes().repeat(length.div_ceil(8));
        item.truncate(length);
        self.pending.push_back(item);
    }

    /// Sends what may be sent.
    fn pump(
        &mut self,
        log: &mut Log,
        was_woken: bool,
        mut room: impl FnMut() -> SendRoom,
        mut send: impl FnMut(&mut Batch),
    ) {
        while !self.over && !self.pending.is_empty() {
            let now = room();
            assert!(
                now == SendRoom::Wait || !self.waits || was_woken,
                "a stream went on and nobody was woken"
            );
            self.waits = now == SendRoom::Wait;
            match now {
                SendRoom::Wait => return,
                SendRoom::Over => {
                    self.over = true;
                    self.pending.clear();
                }
                SendRoom::Ready(_) => {
                    let count = self.pending.len().min(OFFERED);
                    let offered = &self.pending.make_contiguous()[..count];
                    let mut items = Batch::of(offered);
                    send(&mut items);
                    let taken = offered.len() - items.len();
                    log.items.extend(self.pending.drain(..taken));
                    assert!(
                        taken > 0 || !matches!(room(), SendRoom::Ready(_)),
                        "there was room, and nothing was taken"
                    );
                }
            }
        }
    }
}

impl Download {
    fn got(&mut self, log: &mut Log, mut items: Items) {
        assert!(items.left() > 0 && !self.dropped);
        while let Some(item) = items.pop() {
            self.untaken.push_back(item.len());
            log.items.push(item.to_vec());
        }
        assert_eq!(items.left(), 0);
    }

    fn take(&mut self, most: usize) {
        for length in self.untaken.drain(..most.min(self.untaken.len())) {
            self.taken = self.taken.plus(Credit::of(length));
        }
    }
}

impl Handler {
    pub(super) fn new(id: u64, start: &StartCall) -> Self {
        let method = start.target.route.method;
        Self {
            id,
            call: start.call,
            detached: start.detached,
            stopped: false,
            opened: false,
            result: method.kind.has_result_stream().then(Default::default),
            arguments: method.argument_streams.iter().map(|_| Default::default()).collect(),
        }
    }

    pub(super) fn has_streams(&self) -> bool {
        self.result.is_some() || !self.arguments.is_empty()
    }

    /// It has not dropped its first argument stream.
    pub(super) fn wants_arguments(&self) -> bool {
        self.arguments.first().is_some_and(|(download, _)| !download.dropped)
    }
}

impl Caller {
    pub(super) fn has_streams(&self) -> bool {
        self.download.is_some() || !self.uploads.is_empty()
    }
}

/// Callers.
impl Side {
    /// The caller of `id` has another item for an argument stream.
    pub(super) fn put(&mut self, id: u64, stream: u32, length: usize) {
        let upload = self.callers.get_mut(&id).and_then(|caller| caller.uploads.get_mut(stream as usize));
        if let Some(upload) = upload.filter(|upload| upload.is_open()) {
            upload.make((id, stream), length);
            self.pump_caller(id, false);
        }
    }

    /// The caller of `id` has no more items for an argument stream.
    pub(super) fn end_stream(&mut self, id: u64, stream: u32, status: EndStatus) {
        let upload = self.callers.get_mut(&id).and_then(|caller| caller.uploads.get_mut(stream as usize));
        if let Some(upload) = upload.filter(|upload| upload.is_open()) {
            upload.ending = Some(status);
            self.pump_caller(id, false);
        }
    }

    fn pump_caller(&mut self, id: u64, was_woken: bool) {
        self.wake();
        let Self { proto, callers, sent, .. } = self;
        let Some(caller) = callers.get_mut(&id) else { return };
        let (entry, waker) = (caller.entry, Waker::from(Arc::clone(&caller.woken)));
        let proto = RefCell::new(proto);
        for (stream, upload) in (0_u32..).zip(&mut caller.uploads) {
            let log = sent.entry((id, stream)).or_default();
            let room = || proto.borrow_mut().poll_argument_room(entry, stream, &waker, &mut None);
            let send = |items: &mut Batch| proto.borrow_mut().send_argument(entry, stream, items);
            upload.pump(log, was_woken || caller.woken.is_set(), room, send);
            // What one stream sends may end the call, and with it the others.
            let mut wakers = Vec::new();
            proto.borrow_mut().take_wakers(&mut wakers);
            wakers.into_iter().for_each(Waker::wake);
            if let Some(status) = upload.ending
                && upload.is_done()
                && !upload.over
                && !std::mem::replace(&mut upload.ended, true)
            {
                log.end = Some(status);
                proto.borrow_mut().end_argument(entry, stream, status, b"why");
            }
        }
    }

    /// Looks what has come of a call with streams, and sends what may be sent.
    pub(super) fn poll_streams(&mut self, id: u64) {
        let Some(caller) = self.callers.get(&id) else { return };
        let was_woken = caller.woken.take();
        self.pump_caller(id, was_woken);
        self.wake();
        // What is sent may end the call.
        let was_woken = was_woken || self.callers.get(&id).is_some_and(|caller| caller.woken.is_set());
        loop {
            let Self { proto, callers, got, .. } = self;
            let Some(caller) = callers.get_mut(&id) else { return };
            let waker = Waker::from(Arc::clone(&caller.woken));
            let Some(download) = &mut caller.download else {
                let ending = proto.poll_call(caller.entry, &waker, &mut None);
                assert!(ending.is_none() || was_woken, "call {id} ended and nobody was woken");
                return if let Some(ending) = ending {
                    self.tell(id, ending)
                };
            };
            let taken = std::mem::take(&mut download.taken);
            let event = proto.poll_result(caller.entry, &waker, &mut None, taken);
            assert!(event.is_none() || was_woken, "call {id}: {event:?}, and nobody was woken");
            let log = got.entry((id, RESULT)).or_default();
            match event {
                None => return,
                Some(ResultEvent::Opened(_)) => assert!(log.items.is_empty()),
                Some(ResultEvent::Items(items)) => download.got(log, items),
                Some(ResultEvent::Ended(ending)) => {
                    if let crate::proto::Ending::StreamEnded { status, .. } = &ending {
                        log.end = Some(*status);
                    }
                    return self.tell(id, ending);
                }
            }
        }
    }

    /// The caller of `id` takes so many items.
    pub(super) fn take(&mut self, id: u64, most: usize) {
        if let Some(download) = self.callers.get_mut(&id).and_then(|caller| caller.download.as_mut()) {
            download.take(most);
        }
    }

    /// Ends what callers have not ended; true if there was any.
    pub(super) fn end_uploads(&mut self) -> bool {
        let mut ended = false;
        for id in self.callers.keys().copied().collect::<Vec<_>>() {
            let streams = self.callers[&id].uploads.iter().zip(0..);
            let open: Vec<u32> =
                streams.filter(|(upload, _)| upload.is_open()).map(|(_, stream)| stream).collect();
            for stream in open {
                self.end_stream(id, stream, EndStatus::Clean);
                ended = true;
            }
        }
        ended
    }

    /// Everybody looks after their streams, and takes all that has come.
    pub(super) fn pump_all(&mut self) {
        self.wake();
        for id in self.callers.keys().copied().collect::<Vec<_>>() {
            if self.callers[&id].has_streams() {
                self.poll_streams(id);
                self.take(id, usize::MAX);
                self.poll_streams(id);
            }
        }
        for place in self.handlers.keys().copied().collect::<Vec<_>>() {
            self.poll_handler(place);
            for stream in 0..self.handlers[&place].arguments.len() as u32 {
                self.handler_take(place, stream, usize::MAX);
            }
            self.poll_handler(place);
        }
        self.wake();
    }
}

/// Handlers.
impl Side {
    /// The handler on `place` opens its result stream.
    pub(super) fn open(&mut self, place: u32, metadata: &[u8]) {
        let Some(handler) = self.handlers.get_mut(&place).filter(|handler| handler.result.is_some()) else {
            return;
        };
        if !std::mem::replace(&mut handler.opened, true) {
            self.sent.entry((handler.id, RESULT)).or_default();
            self.proto.open_result(handler.call, metadata);
        }
    }

    /// The handler on `place` has another item for its result.
    pub(super) fn handler_put(&mut self, place: u32, length: usize) {
        let Some(handler) = self.handlers.get_mut(&place).filter(|handler| handler.opened) else { return };
        let id = handler.id;
        if let Some((upload, _)) = &mut handler.result {
            upload.make((id, RESULT), length);
            self.pump_handler(place);
        }
    }

    fn pump_handler(&mut self, place: u32) {
        self.wake();
        let Self { proto, handlers, sent, .. } = self;
        let Some(handler) = handlers.get_mut(&place).filter(|handler| handler.opened) else { return };
        let (id, call) = (handler.id, handler.call);
        let Some((upload, woken)) = &mut handler.result else { return };
        let was_woken = woken.is_set();
        let waker = Waker::from(Arc::clone(woken));
        let proto = RefCell::new(proto);
        let log = sent.entry((id, RESULT)).or_default();
        let room = || proto.borrow_mut().poll_result_room(call, &waker, &mut None);
        upload.pump(log, was_woken, room, |items| proto.borrow_mut().send_result(call, items));
    }

    /// The handler on `place` looks after its streams.
    pub(super) fn poll_handler(&mut self, place: u32) {
        self.pump_handler(place);
        self.wake();
        let Self { proto, handlers, got, .. } = self;
        let Some(handler) = handlers.get_mut(&place) else { return };
        if let Some((_, woken)) = &handler.result {
            woken.take();
        }
        for (stream, (download, woken)) in (0_u32..).zip(&mut handler.arguments) {
            let was_woken = woken.take();
            let waker = Waker::from(Arc::clone(woken));
            while !download.ended && !download.dropped {
                let taken = std::mem::take(&mut download.taken);
                let event = proto.poll_argument(handler.call, stream, &waker, &mut None, taken);
                let first = !std::mem::replace(&mut download.polled, true);
                assert!(event.is_none() || was_woken || first, "{event:?}, and nobody was woken");
                let log = got.entry((handler.id, stream)).or_default();
                match event {
                    None => break,
                    Some(ArgumentEvent::Items(items)) => {
                        download.polled = false;
                        download.got(log, items);
                    }
                    Some(ArgumentEvent::End { status, body }) => {
                        assert_ne!(status, EndStatus::Dropped, "a handler sees no stream that was dropped");
                        assert_eq!(body.is_empty(), status == EndStatus::Clean);
                        (log.end, download.ended) = (Some(status), true);
                    }
                    Some(ArgumentEvent::Over) => download.ended = true,
                }
            }
        }
    }

    /// The handler on `place` takes so many items of an argument stream.
    pub(super) fn handler_take(&mut self, place: u32, stream: u32, most: usize) {
        let handler = self.handlers.get_mut(&place);
        if let Some((download, _)) = handler.and_then(|handler| handler.arguments.get_mut(stream as usize)) {
            download.take(most);
        }
    }

    /// The handler on `place` wants no more of an argument stream.
    pub(super) fn drop_argument(&mut self, place: u32, stream: u32) {
        let Some(handler) = self.handlers.get_mut(&place) else { return };
        let Some((download, _)) = handler.arguments.get_mut(stream as usize) else { return };
        download.dropped = true;
        self.proto.drop_argument(handler.call, stream);
    }
}
