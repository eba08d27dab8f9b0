//! Small buffers that a thread uses again and again: an answer is encoded into one, and copied out of it a moment later.

use std::cell::Cell;

thread_local! {
    static KEPT: Cell<Vec<Vec<u8>>> = const { Cell::new(Vec::new()) };
}

/// A buffer that grew past this is not kept.
const LARGEST: usize = 512;

/// As many answers as are encoded before they are copied out; with the size above, 32 KiB a thread at most.
const MOST: usize = 64;

/// An empty buffer.
pub(crate) fn take() -> Vec<u8> {
    let last = KEPT.try_with(|kept| {
        let mut buffers = kept.take();
        let last = buffers.pop();
        kept.set(buffers);
        last
    });
    // A thread that ends keeps none.
    last.ok().flatten().unwrap_or_default()
}

/// Gives a buffer to whoever takes the next one.
pub(crate) fn give_back(mut buffer: Vec<u8>) {
    if buffer.capacity() == 0 || buffer.capacity() > LARGEST {
        return;
    }
    buffer.clear();
    let _ended = KEPT.try_with(|kept| {
        let mut buffers = kept.take();
        if buffers.len() < MOST {
            buffers.push(buffer);
        }
        kept.set(buffers);
    });
}
