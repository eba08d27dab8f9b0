//! Small buffers that a thread uses again and again: an answer is encoded into one, and copied out of it a moment later.

use crate::spares::{self, Spares};

thread_local! {
    static KEPT: Spares<Vec<u8>> = const { Spares::new() };
}

/// A buffer that grew past this is not kept.
const LARGEST: usize = 512;

/// As many answers as are encoded before they are copied out; with the size above, 32 KiB a thread at most.
const MOST: usize = 64;

/// An empty buffer.
pub(crate) fn take() -> Vec<u8> {
    spares::with(&KEPT, Vec::pop).flatten().unwrap_or_default()
}

/// Gives a buffer to whoever takes the next one.
pub(crate) fn give_back(mut buffer: Vec<u8>) {
    if buffer.capacity() == 0 || buffer.capacity() > LARGEST {
        return;
    }
    buffer.clear();
    spares::keep(&KEPT, MOST, buffer);
}
