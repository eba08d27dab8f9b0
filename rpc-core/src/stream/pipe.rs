//! A stream within this process, with the same rules as one on a connection: no more is on its way than the window
//! allows, so that what works here works there.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use bytes::Bytes;

use super::{Batch, Credit, Items, RunLimits};
use crate::proto::{ArgumentEvent, ResultEvent, SendRoom};
use crate::wire::EndStatus;
use crate::{Limits, Metadata};

/// A stream whose two ends are here.
pub(crate) fn pipe() -> (PipeSink, PipeSource) {
    let limits = Limits::default();
    let window = Credit { items: limits.max_stream_items as u64, bytes: limits.max_stream_bytes as u64 };
    let shared = Arc::new(Mutex::new(State { window, ..State::default() }));
    (PipeSink(Arc::clone(&shared)), PipeSource(shared))
}

/// Where items go in. Dropped before [`end`](Self::end), an argument stream ends with [`EndStatus::Dropped`].
pub(crate) struct PipeSink(Arc<Mutex<State>>);

/// Where items come out. Dropped, it takes no more of them.
pub(crate) struct PipeSource(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    window: Credit,
    /// Sent, and not yet taken by the application.
    used: Credit,
    opened: Option<Option<Arc<Metadata>>>,
    items: VecDeque<Items>,
    end: Option<(EndStatus, Bytes)>,
    /// The source is gone.
    unwanted: bool,
    sender: Option<Waker>,
    receiver: Option<Waker>,
}

impl PipeSink {
    /// The receiver learns that the stream begins.
    pub(crate) fn open(&self, metadata: Option<Arc<Metadata>>) {
        let mut state = lock(&self.0);
        state.opened = Some(metadata);
        wake(state, |state| state.receiver.take());
    }

    /// Whether items may be sent; if not yet, `waker` is woken when they may.
    pub(crate) fn poll_room(&self, waker: &Waker) -> SendRoom {
        let mut state = lock(&self.0);
        let room = state.room();
        let replaced = if room == SendRoom::Wait { register(&mut state.sender, waker) } else { None };
        drop(state);
        drop(replaced);
        room
    }

    /// Takes as many whole items as there is room for; the rest stays.
    pub(crate) fn send(&self, items: &mut Batch) {
        let mut state = lock(&self.0);
        let credit = state.window.minus(state.used);
        let limits = RunLimits { credit, frame: usize::MAX, item: usize::MAX };
        let Ok(run) = items.run(limits) else { return };
        let size = run.size;
        state.used = state.used.plus(Credit { items: size.count as u64, bytes: size.bytes as u64 });
        state.items.push_back(items.take_items(size));
        wake(state, |state| state.receiver.take());
    }

    /// Ends the stream, behind the last item.
    pub(crate) fn end(&self, status: EndStatus, body: &[u8]) {
        let mut state = lock(&self.0);
        if state.end.is_none() {
            state.end = Some((status, Bytes::copy_from_slice(body)));
        }
        wake(state, |state| state.receiver.take());
    }
}

impl PipeSource {
    /// What came next of a result stream: its opening, or items. Its end is the reply of the handler.
    pub(crate) fn poll_result(&self, waker: &Waker, consumed: Credit) -> Option<ResultEvent> {
        self.poll(waker, consumed, |state| {
            if let Some(metadata) = state.opened.take() {
                return Some(ResultEvent::Opened(metadata));
            }
            state.items.pop_front().map(ResultEvent::Items)
        })
    }

    /// What came next of an argument stream.
    pub(crate) fn poll_argument(&self, waker: &Waker, consumed: Credit) -> Option<ArgumentEvent> {
        self.poll(waker, consumed, |state| {
            if let Some(items) = state.items.pop_front() {
                return Some(ArgumentEvent::Items(items));
            }
            let (status, body) = state.end.clone()?;
            Some(ArgumentEvent::End { status, body })
        })
    }

    /// So much was taken, and there is more to take.
    pub(crate) fn consumed(&self, taken: Credit) {
        let mut state = lock(&self.0);
        state.used = state.used.minus(taken);
        wake(state, State::sender_with_room);
    }

    /// `consumed` makes room for more; `waker` is kept if there is nothing.
    fn poll<T>(
        &self,
        waker: &Waker,
        consumed: Credit,
        next: impl FnOnce(&mut State) -> Option<T>,
    ) -> Option<T> {
        let mut state = lock(&self.0);
        state.used = state.used.minus(consumed);
        let came = next(&mut state);
        let replaced = if came.is_none() { register(&mut state.receiver, waker) } else { None };
        wake(state, State::sender_with_room);
        drop(replaced);
        came
    }
}

impl Drop for PipeSink {
    fn drop(&mut self) {
        self.end(EndStatus::Dropped, &[]);
    }
}

impl Drop for PipeSource {
    fn drop(&mut self) {
        let mut state = lock(&self.0);
        state.unwanted = true;
        let items = std::mem::take(&mut state.items);
        wake(state, |state| state.sender.take());
        drop(items);
    }
}

impl State {
    fn room(&self) -> SendRoom {
        let left = self.window.minus(self.used);
        match left.items > 0 && left.bytes > 0 {
            _ if self.unwanted || self.end.is_some() => SendRoom::Over,
            // An item may begin when one item and any bytes are left: it may be longer than those.
            true => SendRoom::Ready(left),
            false => SendRoom::Wait,
        }
    }

    /// Who waits for room, if there is some.
    fn sender_with_room(&mut self) -> Option<Waker> {
        if let SendRoom::Ready(_) = self.room() { self.sender.take() } else { None }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    // What a panic leaves behind is whole: nothing here calls anybody under the lock.
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Wakes outside of the lock.
fn wake(mut state: MutexGuard<'_, State>, who: impl FnOnce(&mut State) -> Option<Waker>) {
    let waker = who(&mut state);
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// Keeps `waker`, and gives the one before it, which is not to be dropped under the lock: it may own a future.
fn register(slot: &mut Option<Waker>, waker: &Waker) -> Option<Waker> {
    if slot.as_ref().is_some_and(|known| known.will_wake(waker)) {
        return None;
    }
    slot.replace(waker.clone())
}
