//! Room for messages in chunks. What the system gives anew for each of them it has to clear first, page by page, and that
//! takes as long as everything else that is done with them.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

use crate::wire::BEHIND;

/// Below this, memory is not got from the system each time.
const LEAST: usize = 128 << 10;

/// Above this the work of getting it is nothing beside that of sending so much.
const LARGEST: usize = (4 << 20) + BEHIND;

/// What waits for the next message, of the whole process: sixteen callers that send and get back the mebibyte that makes a
/// message large have somewhat more than sixteen of them at a time.
const MOST_KEPT: usize = 32 << 20;

/// What may be held for bodies that have not come yet, of the whole process.
const MOST_PROMISED: usize = 16 << 20;

static POOL: Mutex<Pool> = Mutex::new(Pool { kept: Vec::new(), bytes: 0, promised: 0 });

struct Pool {
    kept: Vec<Vec<u8>>,
    /// Of those.
    bytes: usize,
    /// Lent for bodies that have not come yet.
    promised: usize,
}

/// Room for a body of which a part has come.
#[derive(Default)]
pub(crate) struct Room {
    data: Vec<u8>,
    /// `data` was kept here.
    promised: usize,
}

impl Room {
    pub(crate) fn new(first: &[u8]) -> Self {
        Self { data: first.to_vec(), promised: 0 }
    }

    /// Appends a part of a body of `total` bytes. Takes at most twice what has come, unless there is room that was used
    /// before: of that there is little for the whole process.
    pub(crate) fn push(&mut self, part: &[u8], total: usize) {
        let length = self.data.len().saturating_add(part.len());
        if length > self.data.capacity() && !self.take_kept(total) {
            self.grow(length.saturating_mul(2), total);
        }
        self.data.extend_from_slice(part);
    }

    /// Makes room for a part that is about to come, and for [`BEHIND`] bytes more; false if that is more than it may take
    /// before the part is there.
    pub(crate) fn reserve(&mut self, part: usize, total: usize) -> bool {
        let length = self.data.len().saturating_add(part);
        if length.saturating_add(BEHIND) <= self.data.capacity() || self.take_kept(total) {
            return true;
        }
        let has_come = self.data.len();
        if has_come >= part {
            self.grow(has_come.saturating_mul(2), total);
        }
        has_come >= part
    }

    /// Moves to room that was used before, if there is some.
    fn take_kept(&mut self, total: usize) -> bool {
        let Some(mut room) = take(total.saturating_add(BEHIND)) else { return false };
        self.keep_promise();
        self.promised = room.capacity();
        room.extend_from_slice(&self.data);
        give_back(std::mem::replace(&mut self.data, room));
        true
    }

    fn grow(&mut self, length: usize, total: usize) {
        let room = length.min(total).saturating_add(BEHIND);
        self.data.reserve_exact(room.saturating_sub(self.data.len()));
    }

    /// What has come. To it may be added what there is room for.
    pub(crate) fn data(&mut self) -> &mut Vec<u8> {
        &mut self.data
    }

    /// The body, which is whole.
    pub(crate) fn into_bytes(mut self) -> Bytes {
        self.keep_promise();
        let data = std::mem::take(&mut self.data);
        if is_kept(data.capacity()) { Bytes::from_owner(Used(data)) } else { data.into() }
    }

    fn keep_promise(&mut self) {
        let promised = std::mem::take(&mut self.promised);
        if promised > 0 {
            let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
            pool.promised = pool.promised.saturating_sub(promised);
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.keep_promise();
        give_back(std::mem::take(&mut self.data));
    }
}

/// A body that is in use.
struct Used(Vec<u8>);

impl AsRef<[u8]> for Used {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Used {
    fn drop(&mut self) {
        give_back(std::mem::take(&mut self.0));
    }
}

fn is_kept(capacity: usize) -> bool {
    (LEAST..=LARGEST).contains(&capacity)
}

/// An empty buffer with room for so many bytes, and not for more than twice as many; `None` if there is none.
fn take(length: usize) -> Option<Vec<u8>> {
    if !is_kept(length) {
        return None;
    }
    let fits = length..=length.saturating_mul(2);
    let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    let at = pool.kept.iter().rposition(|buffer| fits.contains(&buffer.capacity()))?;
    let promised = pool.promised.saturating_add(pool.kept.get(at)?.capacity());
    if promised > MOST_PROMISED {
        return None;
    }
    let buffer = pool.kept.swap_remove(at);
    pool.bytes = pool.bytes.saturating_sub(buffer.capacity());
    pool.promised = promised;
    Some(buffer)
}

fn give_back(mut buffer: Vec<u8>) {
    if !is_kept(buffer.capacity()) {
        return;
    }
    buffer.clear();
    let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    let bytes = pool.bytes.saturating_add(buffer.capacity());
    if bytes <= MOST_KEPT {
        pool.bytes = bytes;
        pool.kept.push(buffer);
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::{BEHIND, LARGEST, Room};

    /// Above what is kept, so that other tests have no part in this.
    const TOTAL: usize = LARGEST + 1_000_000;

    #[test]
    fn room_that_is_new_is_at_most_twice_what_has_come() {
        let mut room = Room::new(b"");
        let part = vec![3; 10_000];
        while room.data().len() + part.len() <= TOTAL {
            let before = room.data().len();
            if room.reserve(part.len(), TOTAL) {
                let most = (2 * before).max(before + part.len()) + BEHIND;
                assert!(room.data().capacity() <= most);
                assert!(room.data().capacity() >= before + part.len() + BEHIND);
                room.data().extend_from_slice(&part);
            } else {
                assert!(before < part.len());
                room.push(&part, TOTAL);
            }
        }
        let body = room.into_bytes();
        assert!(body.len() > TOTAL - part.len() && body.iter().all(|byte| *byte == 3));
    }

    #[test]
    fn room_is_used_again_and_holds_nothing_of_what_was_there() {
        for total in [200_000, 150_000, 199_999] {
            let mut room = Room::new(b"ab");
            while room.data().len() < total {
                let part = vec![9; 10_000.min(total - room.data().len())];
                room.push(&part, total);
            }
            let body = room.into_bytes();
            assert!(
                body.len() == total && body.starts_with(b"ab") && body[2..].iter().all(|byte| *byte == 9)
            );
        }
    }
}
