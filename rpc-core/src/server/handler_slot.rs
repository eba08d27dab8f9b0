//! Where a handler lives while it runs. A thread keeps those whose handlers have ended: the next call of the same method
//! finds room for its handler without an allocation.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::service::Reply;
use crate::spares::{self, Spares};

/// A handler whose type is forgotten, or the room of one.
pub(super) type HandlerSlot = Pin<Box<dyn Slot + Send>>;

pub(super) trait Slot {
    /// Polls the handler, if there is one.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Reply>;

    /// Drops the handler, if there is one.
    fn clear(self: Pin<&mut Self>);

    /// Takes the handler out of `next`, an `Option` of one, if it is of the type that fits in here.
    fn fill(self: Pin<&mut Self>, next: &mut dyn Any);
}

impl<F: Future<Output = Reply> + 'static> Slot for Option<F> {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Reply> {
        self.as_pin_mut().map_or(Poll::Pending, |handler| handler.poll(cx))
    }

    fn clear(mut self: Pin<&mut Self>) {
        self.set(None);
    }

    fn fill(mut self: Pin<&mut Self>, next: &mut dyn Any) {
        if let Some(next) = next.downcast_mut::<Self>() {
            self.set(next.take());
        }
    }
}

thread_local! {
    static KEPT: Spares<HandlerSlot> = const { Spares::new() };
}

/// The room of a handler that is larger is not kept.
const LARGEST: usize = 1 << 10;

/// As many as may wait at once on a busy thread; with the size above, 64 KiB a thread at most.
const MOST: usize = 64;

/// Of how many the type is compared: a thread that serves many methods need not look through them all.
const LOOKED_AT: usize = 4;

/// Puts a handler where it can run.
pub(super) fn put<F: Future<Output = Reply> + Send + 'static>(handler: F) -> HandlerSlot {
    let mut handler = Some(handler);
    if size_of::<F>() <= LARGEST {
        let found = spares::with(&KEPT, |slots| fitting(slots, &mut handler)).flatten();
        if let Some(slot) = found {
            return slot;
        }
    }
    Box::pin(handler)
}

fn fitting<F>(slots: &mut Vec<HandlerSlot>, handler: &mut Option<F>) -> Option<HandlerSlot>
where
    F: Future<Output = Reply> + Send + 'static,
{
    let at = slots.iter_mut().enumerate().rev().take(LOOKED_AT).find_map(|(at, slot)| {
        slot.as_mut().fill(handler);
        handler.is_none().then_some(at)
    })?;
    Some(slots.swap_remove(at))
}

/// Gives room for the next handler. It is empty.
pub(super) fn give_back(slot: HandlerSlot) {
    if size_of_val(&*slot) > LARGEST {
        return;
    }
    spares::keep(&KEPT, MOST, slot);
}
