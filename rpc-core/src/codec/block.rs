//! Blocks that are not copied into what is encoded: serde hands over a slice, and this says whose it is.

use std::cell::Cell;

use bytes::Bytes;

/// A block from this length on is worth it.
pub(crate) const BLOCK: usize = 8 << 10;

thread_local! {
    static OFFERED: Cell<Option<Bytes>> = const { Cell::new(None) };
}

/// While `encode` runs, an encoder that comes across `block` may take it by reference.
pub(crate) fn offer<T>(block: &Bytes, encode: impl FnOnce() -> T) -> T {
    if block.len() < BLOCK {
        return encode();
    }
    let _ended = OFFERED.try_with(|offered| offered.set(Some(block.clone())));
    let _withdrawn = Withdraw;
    encode()
}

/// The block that was offered, if `data` is all of it.
pub(super) fn offered(data: &[u8]) -> Option<Bytes> {
    let offered = OFFERED.try_with(Cell::take).ok().flatten()?;
    (offered.as_ptr() == data.as_ptr() && offered.len() == data.len()).then_some(offered)
}

/// Also when `encode` panics.
struct Withdraw;

impl Drop for Withdraw {
    fn drop(&mut self) {
        let _ended = OFFERED.try_with(Cell::take);
    }
}
