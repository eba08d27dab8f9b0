//! Numbers that are given once and for ever.

/// The numbers of the arguments of a method, the fields of a struct, or the variants of an enum: 1, 2, 3… in the order in
/// which they first appeared. One that was inserted got the next free number, and the number of one that was removed is
/// never given again. Those that a type gives itself, by [`Describe`](crate::schema::Describe), go before.
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
    /// That which it says itself.
    pub(super) number: Option<u32>,
}

impl<'a> Member<'a> {
    pub(super) fn new(name: &'a str, aliases: &'a [String]) -> Self {
        Self { name, aliases, number: None }
    }
}

impl Numbers {
    /// Of `members` that come after `old` ones with these numbers.
    pub(super) fn next(&self, old: &[&str], members: &[Member<'_>]) -> Self {
        let said: Vec<u32> = members.iter().filter_map(|member| member.number).collect();
        let mut numbers: Vec<Option<u32>> = Vec::new();
        let mut left: Vec<Option<u32>> = self.numbers.iter().copied().map(Some).collect();
        for (member, index) in members.iter().zip(successors(old, members)) {
            let place = index.and_then(|index| left.get_mut(index));
            let before = place.as_ref().and_then(|place| **place).filter(|number| !said.contains(number));
            let number = member.number.or(before);
            // Another number of before is not given again.
            if let Some(place) = place.filter(|place| **place == number) {
                *place = None;
            }
            numbers.push(number);
        }
        let gone = old
            .iter()
            .zip(left)
            .filter_map(|(name, number)| number.map(|number| Reserved { number, name: (*name).to_owned() }));
        let mut reserved: Vec<_> = self.reserved.iter().cloned().chain(gone).collect();
        reserved.retain(|reserved| !said.contains(&reserved.number));
        reserved.sort_by_key(|reserved| reserved.number);
        let taken = self.numbers.iter().chain(reserved.iter().map(|reserved| &reserved.number)).chain(&said);
        let mut last = taken.copied().max().unwrap_or(0);
        let numbers = numbers.into_iter().map(|number| {
            number.unwrap_or_else(|| {
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
