//! A table indexed by small numbers that a peer chooses: memory follows what is used, in pages, and no hash is
//! involved.

const PAGE: u32 = 8;

pub(super) struct Pages<T> {
    pages: Vec<Option<Box<[T]>>>,
    held: usize,
}

impl<T: Default> Pages<T> {
    pub(super) fn new() -> Self {
        Self { pages: Vec::new(), held: 0 }
    }

    /// The entry at `index`, if its page is held.
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
        let held = &mut self.held;
        let entries = self.pages.get_mut(page)?.get_or_insert_with(|| {
            *held = held.saturating_add(1);
            std::iter::repeat_with(T::default).take(PAGE as usize).collect()
        });
        entries.get_mut(offset)
    }

    /// All entries of the pages that are held.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (u32, &mut T)> {
        self.pages.iter_mut().zip((0_u32..).step_by(PAGE as usize)).flat_map(|(page, base)| {
            page.iter_mut()
                .flat_map(|entries| entries.iter_mut())
                .zip(base..)
                .map(|(entry, index)| (index, entry))
        })
    }

    /// Pages that are held.
    pub(super) fn held(&self) -> usize {
        self.held
    }

    /// Gives the pages back on which no entry is in use.
    pub(super) fn release(&mut self, in_use: impl Fn(&T) -> bool) {
        for page in &mut self.pages {
            if page.as_ref().is_some_and(|entries| !entries.iter().any(&in_use)) {
                *page = None;
                self.held = self.held.saturating_sub(1);
            }
        }
        let used = self.pages.iter().rposition(Option::is_some).map_or(0, |last| last.saturating_add(1));
        self.pages.truncate(used);
        self.pages.shrink_to_fit();
    }
}

fn split(index: u32) -> Option<(usize, usize)> {
    let page = usize::try_from(index.checked_div(PAGE)?).ok()?;
    let offset = usize::try_from(index.checked_rem(PAGE)?).ok()?;
    Some((page, offset))
}
