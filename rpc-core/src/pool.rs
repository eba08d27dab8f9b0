//! Buffers that connections borrow while they have something to read or write, so that an idle one holds none.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

use crate::wire::BEHIND;

mod large;

pub(crate) use self::large::Room;

/// Size of a lent buffer: a frame of the default `max_frame`, and the beginning of the next one.
pub(crate) const BUFFER: usize = (72 << 10) + BEHIND;

/// At most so many buffers wait for a borrower: 4.5 MiB per process, and 18 MiB at most if all of them grew.
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

/// The bytes in a buffer, which is given back when nobody has any of them any more.
pub(crate) fn into_bytes(buffer: Vec<u8>) -> Bytes {
    if buffer.capacity() < BUFFER {
        return buffer.into();
    }
    if buffer.capacity() > BUFFER {
        // It grew while others had it: a body would hold many times what it counts for.
        let bytes = Bytes::copy_from_slice(&buffer);
        give_back(buffer);
        return bytes;
    }
    Bytes::from_owner(Lent(buffer))
}

struct Lent(Vec<u8>);

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        give_back(std::mem::take(&mut self.0));
    }
}
