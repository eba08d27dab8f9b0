use super::Credit;
use super::items::{Encoded, Items, ShortItems};

/// Items that have come, and an account of those that the application has taken.
#[derive(Debug)]
pub(crate) struct Inbox {
    items: Items,
    /// Taken by the application, and not yet told.
    taken: Credit,
    /// Where in the items that is told although there are more of them, and how far behind that again.
    told_at: usize,
    step: usize,
    /// Items that may be given before other tasks get their turn.
    turn: usize,
}

/// Items given before other tasks get their turn: some ten microseconds if they are small.
const IN_A_ROW: usize = 1_024;

/// What was taken is told so often while the items that came together last: the peer need not pause until all are used
/// up.
const TOLD: usize = 4;

/// To tell of fewer bytes is not worth it.
const FEW: usize = 16;

impl Inbox {
    pub(crate) fn new() -> Self {
        Self {
            items: Items::default(),
            taken: Credit::default(),
            told_at: usize::MAX,
            step: 0,
            turn: IN_A_ROW,
        }
    }

    /// The next item; `None` if there is none, or others [have a turn](Self::yields).
    #[inline]
    pub(crate) fn next(&mut self) -> Option<Encoded<'_>> {
        self.turn = self.turn.checked_sub(1)?;
        let next = self.items.next()?;
        // No more than the windows of a stream, which are far from an overflow.
        self.taken.items = self.taken.items.wrapping_add(1);
        self.taken.bytes = self.taken.bytes.wrapping_add(next.item.len() as u64);
        Some(next)
    }

    /// True if there is more than an item or two, unless those are long.
    #[inline]
    pub(crate) fn has_many(&self) -> bool {
        self.items.left() > FEW
    }

    /// Short items that can be [taken together](Self::take_short), no more than so many.
    #[inline]
    pub(crate) fn short(&self) -> (ShortItems<'_>, usize) {
        (self.items.short(self.told_at), self.turn)
    }

    /// So many of them are given, which have so many bytes with their lengths.
    #[inline]
    pub(crate) fn take_short(&mut self, count: usize, bytes: usize) {
        self.items.skip(bytes);
        self.turn = self.turn.saturating_sub(count);
        let bytes = bytes.saturating_sub(count) as u64;
        self.taken = self.taken.plus(Credit { items: count as u64, bytes });
    }

    /// True if other tasks are to get their turn before the next item. To be asked when there is none.
    pub(crate) fn yields(&mut self) -> bool {
        let yields = self.turn == 0;
        if yields {
            self.waits();
        }
        yields
    }

    /// Nothing has come, so that other tasks get their turn.
    pub(crate) fn waits(&mut self) {
        self.turn = IN_A_ROW;
    }

    /// What was taken, if it is to be told now.
    #[inline]
    pub(crate) fn due(&mut self) -> Option<Credit> {
        if self.items.position() < self.told_at {
            return None;
        }
        self.told_at = self.next_told_at();
        Some(self.take_credit())
    }

    /// What was taken since the last time.
    pub(crate) fn take_credit(&mut self) -> Credit {
        std::mem::take(&mut self.taken)
    }

    /// These come next; there were none left.
    pub(crate) fn put(&mut self, items: Items) {
        self.step = (items.left() / TOLD).max(FEW);
        self.items = items;
        self.told_at = self.next_told_at();
    }

    /// Not close to the end: there it is told anyhow.
    fn next_told_at(&self) -> usize {
        if self.items.left() < self.step.saturating_mul(2) {
            return usize::MAX;
        }
        self.items.position().saturating_add(self.step)
    }

    /// Nobody takes any more.
    pub(crate) fn clear(&mut self) {
        (self.items, self.told_at) = (Items::default(), usize::MAX);
    }
}
