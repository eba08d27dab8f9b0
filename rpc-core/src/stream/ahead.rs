use std::mem::size_of;

use super::{DecodeItems, Inbox};
use crate::codec::{Codec, CodecLimits};

/// Items that are decoded before they are asked for: a small one costs little more than its decoding if many are
/// decoded together.
///
/// Nobody can tell: they are short, of a type without a destructor, and few. One that cannot be decoded stays in the inbox
/// until it is asked for, and so does one behind which the sender [is told](Inbox::due) what was taken.
///
/// A stream may go to another thread whatever its items are, so it holds this without naming their type's thread safety.
pub(crate) type Ahead<T> = Option<Box<dyn Kept<T> + Send + Sync>>;

/// The values of a run, for types that may be anywhere.
pub trait Kept<T> {
    /// The next one.
    fn next(&mut self) -> Option<T>;

    /// The buffer, empty. It is [put back](Self::put) full.
    fn take(&mut self) -> Vec<T>;

    /// These come next.
    fn put(&mut self, values: Vec<T>);
}

struct Values<T> {
    values: Vec<T>,
    given: usize,
}

impl<T: Copy> Kept<T> for Values<T> {
    #[inline]
    fn next(&mut self) -> Option<T> {
        let next = self.values.get(self.given).copied();
        self.given = self.given.wrapping_add(usize::from(next.is_some()));
        next
    }

    fn take(&mut self) -> Vec<T> {
        let mut values = std::mem::take(&mut self.values);
        values.clear();
        values
    }

    fn put(&mut self, values: Vec<T>) {
        (self.values, self.given) = (values, 0);
    }
}

/// Values that are decoded together, at most.
const COUNT: usize = 64;

/// Bytes that those take, at most.
const BYTES: usize = 1 << 10;

/// Where values are kept; `None` for those that are too large. Nothing is allocated for the values until there are some.
pub(crate) fn kept<T: Copy + Send + Sync + 'static>() -> Ahead<T> {
    if most::<T>() > 1 { Some(Box::new(Values { values: Vec::new(), given: 0 })) } else { None }
}

const fn most<T>() -> usize {
    match size_of::<T>() {
        0 => 0,
        size if BYTES / size < COUNT => BYTES / size,
        _ => COUNT,
    }
}

/// Decodes what comes next in `inbox`, into what is empty.
pub(crate) fn decode<P: DecodeItems, T>(
    ahead: &mut (dyn Kept<T> + Send + Sync),
    inbox: &mut Inbox,
    (codec, limits): (Codec, &CodecLimits),
    payload: P,
    item: impl Fn(P::Value) -> T,
) {
    // If decoding panics, nothing has happened.
    let mut values = ahead.take();
    values.reserve_exact(most::<T>());
    let (all, turn) = inbox.short();
    let most = most::<T>().min(turn);
    let mut left = all;
    if let Some(flat) = codec.flat(limits) {
        // There is room for them all, which a compiler does not know.
        while values.len() < most
            && values.len() < values.capacity()
            && let Some((next, behind)) = left.split_first()
            && let Some(value) = payload.flat_value(next, flat)
        {
            values.push(item(value));
            left = behind;
        }
    }
    let mut run = codec.decode_run(limits);
    while values.len() < most
        && let Some((next, behind)) = left.split_first()
        && let Ok(value) = payload.value(next.into(), &mut run)
    {
        values.push(item(value));
        left = behind;
    }
    let (count, bytes) = (values.len(), all.left().saturating_sub(left.left()));
    inbox.take_short(count, bytes);
    ahead.put(values);
}
