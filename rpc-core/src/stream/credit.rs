/// Leave to send, or what was taken of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Credit {
    pub(crate) items: u64,
    pub(crate) bytes: u64,
}

impl Credit {
    /// What an item of so many bytes uses.
    #[inline]
    pub(crate) fn of(length: usize) -> Self {
        Self { items: 1, bytes: length as u64 }
    }

    #[inline]
    pub(crate) fn plus(self, other: Self) -> Self {
        Self { items: self.items.saturating_add(other.items), bytes: self.bytes.saturating_add(other.bytes) }
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self { items: self.items.saturating_sub(other.items), bytes: self.bytes.saturating_sub(other.bytes) }
    }

    pub(crate) fn is_none(self) -> bool {
        self == Self::default()
    }
}
