//! Numbers that were given, and are others now: what `Describe` says of them does not agree with the file.

use super::Lockfile;
use super::lockfile::{members, variant_members};
use super::numbers::{Member, Numbers, successors};
use crate::schema::words;

/// A sentence for each member whose number changed, and for each that has the number of another one of before.
pub(super) fn renumbered(old: &Lockfile, new: &Lockfile) -> Vec<String> {
    let mut found = Vec::new();
    for after in &new.definitions {
        let same =
            old.definitions.iter().find(|old| (&old.name, old.ordinal) == (&after.name, after.ordinal));
        let Some(before) = same else { continue };
        let shapes = old.types.get(before.which).zip(new.types.get(after.which));
        let Some((old_shape, new_shape)) = shapes else { continue };
        let (old_members, new_members) = (members(old_shape), members(new_shape));
        let name = words::name(&after.name);
        compare(&name, (&old_members, &before.members), (&new_members, &after.members), &mut found);
        let names: Vec<_> = old_members.iter().map(|member| member.name).collect();
        let (old_fields, new_fields) = (variant_members(old_shape), variant_members(new_shape));
        let variants = new_members.iter().zip(successors(&names, &new_members));
        for ((variant, from), (fields, numbers)) in variants.zip(new_fields.iter().zip(&after.variants)) {
            let from = from.and_then(|from| Some((old_fields.get(from)?, before.variants.get(from)?)));
            let Some((old_fields, old_numbers)) = from else { continue };
            let name = format!("{name}.{}", words::name(variant.name));
            compare(&name, (old_fields, old_numbers), (fields, numbers), &mut found);
        }
    }
    found
}

type Numbered<'a> = (&'a [Member<'a>], &'a Numbers);

fn compare(type_name: &str, old: Numbered<'_>, new: Numbered<'_>, found: &mut Vec<String>) {
    let names: Vec<_> = old.0.iter().map(|member| member.name).collect();
    let given = names.iter().copied().zip(old.1.numbers.iter().copied());
    let gone = old.1.reserved.iter().map(|reserved| (reserved.name.as_str(), reserved.number));
    let given: Vec<_> = given.chain(gone).collect();
    let members = new.0.iter().zip(&new.1.numbers).zip(successors(&names, new.0));
    for ((member, number), from) in members {
        let before = from.and_then(|from| old.1.numbers.get(from));
        let (name, fault) = (words::name(member.name), "and those who know that number misread it");
        match before {
            Some(before) if before == number => {}
            Some(before) => found.push(format!(
                "`{name}` of `{type_name}` had the number {before}, has {number}, {fault}: give it \
                 `#[describe(number = {before})]`"
            )),
            None => {
                let owner = given.iter().find(|(_, given)| given == number);
                found.extend(owner.map(|(owner, _)| {
                    let owner = words::name(owner);
                    format!(
                        "`{name}` of `{type_name}` has the number {number}, which was that of `{owner}`, {fault}: give it one \
                         that was never given"
                    )
                }));
            }
        }
    }
}
