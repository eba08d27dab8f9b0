mod end;

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_core::Stream;

use self::end::End;
use super::{Credit, EncodeItems, Items};
use crate::RpcError;
use crate::clock;
use crate::codec::{Codec, CodecError, CodecLimits};
use crate::wire::Reader;

/// Items that were taken out of a stream and are not sent, each behind its length as on the wire.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    data: Vec<u8>,
    /// Bytes of `data` that are sent.
    at: usize,
    sizes: Sizes,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sizes {
    /// Items that are not sent, and their bytes without their lengths.
    count: usize,
    bytes: usize,
    /// Bytes that the length of the last item took: that of the next one is likely to take as many.
    width: usize,
}

/// What came of polling a stream for a batch.
pub(crate) enum Gathered {
    /// There may be more.
    Full,
    Pending,
    /// There is no more.
    End(LastItem),
}

/// What a stream ended with.
pub(crate) enum LastItem {
    Clean,
    /// An error of its own type.
    AppError(Vec<u8>),
    Failed(RpcError),
    /// An item that cannot be sent.
    NotEncoded(CodecError),
}

/// Items that go out in one frame.
pub(crate) struct Run<'b> {
    pub(crate) size: RunSize,
    /// Each behind its length; one alone without.
    pub(crate) data: &'b [u8],
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RunSize {
    pub(crate) count: usize,
    /// Without their lengths.
    pub(crate) bytes: usize,
    /// With them.
    with_lengths: usize,
}

/// How much of a batch goes out together.
#[derive(Clone, Copy)]
pub(crate) struct RunLimits {
    /// An item may begin while any bytes are left, and have more.
    pub(crate) credit: Credit,
    /// Bytes of a frame with lengths. A single item may have more.
    pub(crate) frame: usize,
    /// Bytes of an item.
    pub(crate) item: usize,
}

/// Why nothing goes out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoRun {
    /// There is no item, or no room for one.
    None,
    /// The first item is longer than an item may be, and this is its length.
    TooLong(usize),
}

/// So much is taken out of a stream before it is sent: little enough that a receiver who stops leaves little behind,
/// and enough that a small item costs little more than its encoding.
const BATCH: usize = 16 << 10;

/// Items taken between two looks at the clock, the first and the most: how long one takes is not known at first.
const UNWATCHED: (u64, u64) = (4, 256);

/// A stream that takes longer for its items than this does not wait for more of them.
const LONG: Duration = Duration::from_micros(200);

/// A buffer from this size on is handed over as it is; the bytes of a smaller one are copied, and it is used again.
const HANDED_OVER: usize = 8 << 10;

/// A buffer of up to this size is kept while there is nothing to send.
const KEPT: usize = 256;

/// Looks at the clock now and then.
struct Turns {
    /// Items to be taken before the next look.
    unwatched: u64,
    begun: Option<Instant>,
    /// Items behind those.
    left: u64,
}

impl Turns {
    fn new(items: u64) -> Self {
        let unwatched = items.min(UNWATCHED.0);
        Self { unwatched, begun: None, left: items.saturating_sub(unwatched) }
    }

    /// True if no more items are to be taken.
    fn are_over(&mut self) -> bool {
        let now = clock::now();
        let long = now.saturating_duration_since(*self.begun.get_or_insert(now)) > LONG;
        self.unwatched = self.unwatched.saturating_mul(2).min(UNWATCHED.1).min(self.left);
        self.left = self.left.saturating_sub(self.unwatched);
        long || self.unwatched == 0
    }
}

impl Batch {
    /// Takes what `stream` has, until that is a batch, or all that may be sent, or has taken long.
    #[inline]
    pub(crate) fn gather<S, P>(
        &mut self,
        cx: &mut Context<'_>,
        mut stream: Pin<&mut S>,
        items: P,
        (codec, limits): (Codec, &CodecLimits),
        room: Credit,
    ) -> Gathered
    where
        S: Stream<Item = P::Item>,
        P: EncodeItems,
    {
        let most = usize::try_from(room.bytes).map_or(BATCH, |bytes| bytes.min(BATCH));
        let mut turns = Turns::new(room.items);
        let mut end = End::new(self, codec, limits);
        loop {
            for _ in 0..turns.unwatched {
                let item = match stream.as_mut().poll_next(cx) {
                    Poll::Ready(Some(item)) => item,
                    Poll::Ready(None) => return Gathered::End(LastItem::Clean),
                    Poll::Pending => return Gathered::Pending,
                };
                match end.push(items, item) {
                    Ok(length) if length < most => {}
                    Ok(_) => return Gathered::Full,
                    Err(last) => return Gathered::End(last),
                }
            }
            if turns.are_over() {
                return Gathered::Full;
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.sizes.count == 0
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Keeps no buffer to speak of, if all is sent.
    pub(crate) fn rest(&mut self) {
        if self.is_empty() && self.data.capacity() > KEPT {
            self.data = Vec::new();
        }
    }
}

/// For who sends.
impl Batch {
    /// The items that go out together, past which the caller has then to [`advance`](Self::advance).
    pub(crate) fn run(&self, limits: RunLimits) -> Result<Run<'_>, NoRun> {
        let data = self.data.get(self.at..).unwrap_or_default();
        let fits = self.sizes.count as u64 <= limits.credit.items
            && (self.sizes.bytes as u64) < limits.credit.bytes
            && data.len() <= limits.frame.min(limits.item);
        if fits && self.sizes.count > 1 {
            let size = RunSize { count: self.sizes.count, bytes: self.sizes.bytes, with_lengths: data.len() };
            return Ok(Run { size, data });
        }
        self.part(data, limits)
    }

    /// As many as go.
    fn part<'b>(&'b self, data: &'b [u8], limits: RunLimits) -> Result<Run<'b>, NoRun> {
        let (mut size, mut single) = (RunSize::default(), data);
        while size.count < self.sizes.count
            && (size.count as u64) < limits.credit.items
            && (size.bytes as u64) < limits.credit.bytes
            && let Some((head, item)) = data.get(size.with_lengths..).and_then(first)
        {
            let next = size.with_lengths.saturating_add(head).saturating_add(item.len());
            if item.len() > limits.item && size.count == 0 {
                return Err(NoRun::TooLong(item.len()));
            }
            if size.count > 0 && (item.len() > limits.item || next > limits.frame) {
                break;
            }
            single = item;
            size.count = size.count.saturating_add(1);
            size.bytes = size.bytes.saturating_add(item.len());
            size.with_lengths = next;
        }
        match size.count {
            0 => Err(NoRun::None),
            1 => Ok(Run { size, data: single }),
            _ => Ok(Run { size, data: data.get(..size.with_lengths).unwrap_or_default() }),
        }
    }

    /// A run of this size is sent.
    pub(crate) fn advance(&mut self, size: RunSize) {
        self.sizes.count = self.sizes.count.saturating_sub(size.count);
        self.sizes.bytes = self.sizes.bytes.saturating_sub(size.bytes);
        self.at = self.at.saturating_add(size.with_lengths);
        if self.sizes.count == 0 {
            self.data.clear();
            self.at = 0;
        }
    }

    /// Takes a run of one item out, without a copy if that is all.
    pub(crate) fn take_one(&mut self, size: RunSize) -> Bytes {
        let end = self.at.saturating_add(size.with_lengths).min(self.data.len());
        let start = end.saturating_sub(size.bytes);
        let item = if self.sizes.count == 1 {
            Bytes::from(std::mem::take(&mut self.data)).slice(start..end)
        } else {
            Bytes::copy_from_slice(self.data.get(start..end).unwrap_or_default())
        };
        self.advance(size);
        item
    }

    /// Takes a run out as items, without a copy if that is all and worth it.
    pub(crate) fn take_items(&mut self, size: RunSize) -> Items {
        let end = self.at.saturating_add(size.with_lengths).min(self.data.len());
        let start = self.at.min(end);
        let items = if self.sizes.count == size.count && self.data.len() >= HANDED_OVER {
            Bytes::from(std::mem::take(&mut self.data)).slice(start..end)
        } else {
            Bytes::copy_from_slice(self.data.get(start..end).unwrap_or_default())
        };
        self.advance(size);
        Items::new(items)
    }
}

/// The item at the beginning of `data`, and the bytes of the length before it.
fn first(data: &[u8]) -> Option<(usize, &[u8])> {
    let mut reader = Reader::new(data, "a batch");
    let item = reader.bytes(usize::MAX, "length of an item").ok()?;
    Some((data.len().saturating_sub(reader.remaining()).saturating_sub(item.len()), item))
}

#[cfg(test)]
impl Batch {
    /// Items as they are encoded.
    pub(crate) fn of<I: AsRef<[u8]>>(items: impl IntoIterator<Item = I>) -> Self {
        let mut batch = Self::default();
        let limits = CodecLimits::default();
        for item in items {
            let pushed = End::new(&mut batch, Codec::Postcard, &limits).push_with(|run| {
                run.buffer().extend_from_slice(item.as_ref());
                Ok(super::EncodedItem::Item)
            });
            assert!(pushed.is_ok());
        }
        batch
    }

    /// How many items there are.
    pub(crate) fn len(&self) -> usize {
        self.sizes.count
    }
}

#[cfg(test)]
mod tests {
    use super::{Batch, Credit, NoRun, RunLimits};

    const ALL: RunLimits =
        RunLimits { credit: Credit { items: 1_000, bytes: 1_000_000 }, frame: 10_000, item: 5_000 };

    /// The items of one run after the other.
    fn runs(batch: &mut Batch, limits: RunLimits) -> Vec<Vec<usize>> {
        let mut runs = Vec::new();
        while let Ok(run) = batch.run(limits) {
            let size = run.size;
            let mut items = batch.take_items(size);
            let lengths: Vec<_> = std::iter::from_fn(|| items.pop()).map(|item| item.len()).collect();
            assert_eq!((lengths.len(), lengths.iter().sum()), (size.count, size.bytes));
            runs.push(lengths);
        }
        runs
    }

    fn batch(lengths: &[usize]) -> Batch {
        Batch::of(lengths.iter().map(|length| vec![1; *length]))
    }

    #[test]
    fn items_of_any_length_go_out_as_they_came() {
        let lengths = [0, 1, 127, 128, 5, 300, 301, 4_999, 127, 16_384 / 4, 0];
        let mut all = batch(&lengths);
        let run = all.run(RunLimits { frame: 100_000, item: 100_000, ..ALL }).unwrap();
        let wire = crate::wire::Items::new(0, run.data).expect("lengths in their shortest form");
        assert!(wire.iter().map(<[u8]>::len).eq(lengths));
        let size = run.size;
        all.advance(size);
        assert!(all.is_empty() && all.data.is_empty());
    }

    #[test]
    fn a_run_keeps_within_credit_and_frame() {
        let few = RunLimits { credit: Credit { items: 2, bytes: 1_000 }, ..ALL };
        assert_eq!(runs(&mut batch(&[3, 4, 5]), few), [vec![3, 4], vec![5]]);
        let tight = RunLimits { credit: Credit { items: 9, bytes: 7 }, ..ALL };
        assert_eq!(runs(&mut batch(&[3, 4, 5, 8, 1]), tight), [vec![3, 4], vec![5, 8], vec![1]]);
        let short = RunLimits { frame: 10, ..ALL };
        assert_eq!(runs(&mut batch(&[3, 4, 5, 20, 1]), short), [vec![3, 4], vec![5], vec![20], vec![1]]);
    }

    #[test]
    fn one_item_goes_out_without_its_length() {
        let batch = batch(&[200, 3]);
        let one = RunLimits { credit: Credit { items: 1, bytes: 1 }, ..ALL };
        assert_eq!(batch.run(one).unwrap().data, [1; 200]);
    }

    #[test]
    fn an_item_that_is_too_long_is_found_behind_the_others() {
        let mut batch = batch(&[3, 4, 5_001]);
        assert_eq!(runs(&mut batch, ALL), [vec![3, 4]]);
        assert_eq!(batch.run(ALL).err(), Some(NoRun::TooLong(5_001)));
        assert_eq!(Batch::default().run(ALL).err(), Some(NoRun::None));
    }

    #[test]
    fn an_item_is_taken_out_alone() {
        let mut batch = batch(&[300, 2, 400]);
        for (length, left) in [(300, 2), (2, 1), (400, 0)] {
            let one = RunLimits { credit: Credit { items: 1, bytes: 1 }, ..ALL };
            let size = batch.run(one).unwrap().size;
            assert_eq!((batch.take_one(size), batch.len()), (vec![1; length].into(), left));
        }
    }
}
