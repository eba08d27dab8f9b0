//! The streams of the calls of a connection, under its lock.

use std::task::{Poll, Waker};

use super::connection::{Connection, State};
use crate::proto::{ArgumentEvent, ResultEvent, SendRoom, ServedCall};
use crate::stream::{Batch, Credit};
use crate::wire::EndStatus;

/// The caller's side. A call has one waker, for everything that comes of it.
impl Connection {
    /// What came next of a call whose result is a stream; else `waker` is woken when it does. `consumed` was taken
    /// since the last time, and may be sent again.
    pub(crate) fn poll_result(&self, call: u32, waker: &Waker, consumed: Credit) -> Poll<ResultEvent> {
        let event = self.look(|state, replaced| state.proto.poll_result(call, waker, replaced, consumed));
        event.map_or(Poll::Pending, Poll::Ready)
    }

    /// The caller has taken so much of the result, and has more of it to take.
    pub(crate) fn result_consumed(&self, call: u32, taken: Credit) {
        self.look(|state, _| state.proto.result_consumed(call, taken));
    }

    /// Whether items of an argument stream may be sent; if not yet, `waker` is woken when they may.
    pub(crate) fn poll_argument_room(&self, call: u32, stream: u32, waker: &Waker) -> SendRoom {
        self.look(|state, replaced| state.proto.poll_argument_room(call, stream, waker, replaced))
    }

    /// Takes as many whole items as there is room for; the rest stays.
    pub(crate) fn send_argument(&self, call: u32, stream: u32, items: &mut Batch) {
        self.look(|state, _| state.proto.send_argument(call, stream, items));
    }

    /// Ends an argument stream, behind its last item.
    pub(crate) fn end_argument(&self, call: u32, stream: u32, status: EndStatus, body: &[u8]) {
        self.look(|state, _| state.proto.end_argument(call, stream, status, body));
    }
}

/// The callee's side.
impl Connection {
    /// Tells the caller that the result stream begins. `metadata` is encoded; empty for none.
    pub(crate) fn open_result(&self, call: ServedCall, metadata: &[u8]) {
        self.look(|state, _| state.proto.open_result(call, metadata));
    }

    /// As [`poll_argument_room`](Self::poll_argument_room).
    pub(crate) fn poll_result_room(&self, call: ServedCall, waker: &Waker) -> SendRoom {
        self.look(|state, replaced| state.proto.poll_result_room(call, waker, replaced))
    }

    /// As [`send_argument`](Self::send_argument).
    pub(crate) fn send_result(&self, call: ServedCall, items: &mut Batch) {
        self.look(|state, _| state.proto.send_result(call, items));
    }

    /// What came next of an argument stream; else `waker` is woken when it does. `consumed` was taken since the last
    /// time, and may be sent again.
    pub(crate) fn poll_argument(
        &self,
        call: ServedCall,
        stream: u32,
        waker: &Waker,
        consumed: Credit,
    ) -> Option<ArgumentEvent> {
        self.look(|state, replaced| state.proto.poll_argument(call, stream, waker, replaced, consumed))
    }

    /// The handler has taken so much of an argument stream, and has more of it to take.
    pub(crate) fn argument_consumed(&self, call: ServedCall, stream: u32, taken: Credit) {
        self.look(|state, _| state.proto.argument_consumed(call, stream, taken));
    }

    /// The handler takes no more of an argument stream.
    pub(crate) fn drop_argument(&self, call: ServedCall, stream: u32) {
        self.look(|state, replaced| *replaced = state.proto.drop_argument(call, stream));
    }
}

impl Connection {
    /// Looks at the protocol's state, and wakes the task if that gave it something to write.
    fn look<T>(&self, look: impl FnOnce(&mut State, &mut Option<Waker>) -> T) -> T {
        let (mut wakers, mut replaced) = (Vec::new(), None);
        let mut state = self.lock();
        let before = (state.proto.queued(), state.proto.nothing_to_send());
        let looked = look(&mut state, &mut replaced);
        if (state.proto.queued(), state.proto.nothing_to_send()) != before {
            state.streamed = true;
            state.wake_task();
        }
        state.collect_wakers(&mut wakers);
        drop(state);
        // The lock is free again.
        drop(replaced);
        wakers.into_iter().for_each(Waker::wake);
        looked
    }
}
