//! Buffers that connections borrow while they have something to read or write, so that an idle one holds none.

use std::sync::{Mutex, PoisonError};

/// Size of a lent buffer.
pub(crate) const BUFFER: usize = 64 << 10;

/// At most so many buffers wait for a borrower: 4 MiB per process, and 16 MiB at most if all of them grew.
const KEPT: usize = 64;

/// A buffer that grew past this is not kept.
const LARGEST: usize = 4 * BUFFER;

static POOL: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());

/// An empty buffer with room for [`BUFFER`] bytes.
pub(crate) fn take() -> Vec<u8> {
    let kept = POOL.lock().unwrap_or_else(PoisonError::into_inner).pop();
    kept.unwrap_or_else(|| Vec::with_capacity(BUFFER))
}

/// Ends the loan.
pub(crate) fn give_back(mut buffer: Vec<u8>) {
    if buffer.capacity() < BUFFER || buffer.capacity() > LARGEST {
        return;
    }
    buffer.clear();
    let mut kept = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() < KEPT {
        kept.push(buffer);
    }
}
