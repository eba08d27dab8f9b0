//! Numbers that are given once and for ever.

/// The numbers of the arguments of a method, the fields of a struct, or the variants of an enum: 1, 2, 3… in the order in
/// which they first appeared. One that was inserted got the next free number, and the number of one that was removed is
/// never given again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Numbers {
    /// One for each member, in their order.
    pub numbers: Vec<u32>,
    /// Those of members that are gone, in ascending order.
    pub reserved: Vec<Reserved>,
}

/// A number that is not given again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reserved {
    /// The number.
    pub number: u32,
    /// How the member was called that had it.
    pub name: String,
}

/// A member by its names.
#[derive(Clone, Copy)]
pub(super) struct Member<'a> {
    pub(super) name: &'a str,
    pub(super) aliases: &'a [String],
}

impl Numbers {
    /// Of `members` that come after `old` ones with these numbers.
    pub(super) fn next(&self, old: &[&str], members: &[Member<'_>]) -> Self {
        let mut kept: Vec<bool> = vec![false; old.len()];
        let found: Vec<_> = successors(old, members).collect();
        for index in found.iter().flatten() {
            if let Some(kept) = kept.get_mut(*index) {
                *kept = true;
            }
        }
        let mut reserved = self.reserved.clone();
        let gone = old.iter().zip(&self.numbers).zip(&kept).filter(|(_, kept)| !**kept);
        reserved
            .extend(gone.map(|((name, number), _)| Reserved { number: *number, name: (*name).to_owned() }));
        reserved.sort_by_key(|reserved| reserved.number);
        let taken = self.numbers.iter().copied().chain(reserved.iter().map(|reserved| reserved.number));
        let mut last = taken.max().unwrap_or(0);
        let numbers = found.into_iter().map(|index| {
            index.and_then(|index| self.numbers.get(index).copied()).unwrap_or_else(|| {
                last = last.saturating_add(1);
                last
            })
        });
        Self { numbers: numbers.collect(), reserved }
    }
}

/// For each member which of the old ones it is: that of its name, else one that it knows by an alias.
pub(super) fn successors<'a>(
    old: &'a [&'a str],
    members: &'a [Member<'a>],
) -> impl Iterator<Item = Option<usize>> + 'a {
    let position = |name: &str| old.iter().position(|old| *old == name);
    let by_name: Vec<_> = members.iter().map(|member| position(member.name)).collect();
    let taken = by_name.clone();
    members.iter().zip(by_name).map(move |(member, by_name)| {
        by_name.or_else(|| {
            let mut aliases = member.aliases.iter().filter_map(|alias| position(alias));
            aliases.find(|index| !taken.contains(&Some(*index)))
        })
    })
}
