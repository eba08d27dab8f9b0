//! How much a difference matters.

use std::borrow::Cow;

/// What becomes of values where two sides differ.
///
/// Grades are ordered: what is worse is greater.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Grade {
    /// Every value is understood.
    Works,
    /// A value is understood unless this holds for it; then that one call fails, and says why.
    WorksUnless(Cow<'static, str>),
    /// No value is understood, for this reason.
    Breaks(Cow<'static, str>),
}

impl Grade {
    /// Whether this is [`Breaks`](Self::Breaks).
    pub const fn breaks(&self) -> bool {
        matches!(self, Self::Breaks(_))
    }

    pub(super) fn unless(condition: impl Into<Cow<'static, str>>) -> Self {
        Self::WorksUnless(condition.into())
    }

    pub(super) fn because(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::Breaks(reason.into())
    }

    /// Of two about one value.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::WorksUnless(one), Self::WorksUnless(two)) if one != two => {
                Self::unless(format!("{one}, or {two}"))
            }
            (one, two) => one.max(two),
        }
    }
}
