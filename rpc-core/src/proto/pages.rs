//! A table indexed by small numbers that a peer chooses: memory follows what is used, in pages, and no hash is
//! involved.

const PAGE: u32 = 16;

pub(super) struct Pages<T> {
    pages: Vec<Option<Box<[T]>>>,
}

impl<T: Default> Pages<T> {
    pub(super) fn new() -> Self {
        Self { pages: Vec::new() }
    }

    /// The entry at `index`, if its page has been used.
    pub(super) fn get(&mut self, index: u32) -> Option<&mut T> {
        let (page, offset) = split(index)?;
        self.pages.get_mut(page)?.as_mut()?.get_mut(offset)
    }

    /// The entry at `index`. The caller has compared `index` with its limit.
    pub(super) fn entry(&mut self, index: u32) -> Option<&mut T> {
        let (page, offset) = split(index)?;
        if page >= self.pages.len() {
            self.pages.resize_with(page.saturating_add(1), || None);
        }
        let entries = self.pages.get_mut(page)?;
        entries
            .get_or_insert_with(|| std::iter::repeat_with(T::default).take(PAGE as usize).collect())
            .get_mut(offset)
    }

    /// All entries of used pages.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (u32, &mut T)> {
        self.pages.iter_mut().zip((0_u32..).step_by(PAGE as usize)).flat_map(|(page, base)| {
            page.iter_mut().flat_map(|entries| entries.iter_mut()).zip(base..).map(|(entry, index)| (index, entry))
        })
    }

    /// True if an entry of a used page is like that.
    pub(super) fn any(&self, like: impl Fn(&T) -> bool) -> bool {
        self.pages.iter().flatten().flat_map(|entries| entries.iter()).any(like)
    }

    /// True if more than the first page has been used.
    pub(super) fn is_large(&self) -> bool {
        self.pages.len() > 1
    }

    /// Gives the memory back. Only when no entry is in use.
    pub(super) fn release(&mut self) {
        self.pages = Vec::new();
    }
}

fn split(index: u32) -> Option<(usize, usize)> {
    let page = usize::try_from(index.checked_div(PAGE)?).ok()?;
    let offset = usize::try_from(index.checked_rem(PAGE)?).ok()?;
    Some((page, offset))
}
