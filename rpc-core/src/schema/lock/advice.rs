//! What to do about a member that came or went.

use crate::schema::{Part, Signature, words};

/// A member that one of two versions of a method has, by its name.
enum Member<'a> {
    Argument(&'a str),
    Field(&'a str),
    Variant(&'a str),
}

/// What to do about what came at `path` in the method that `signature` is, and breaks; `None` if nothing helps but to take it
/// back.
pub(super) fn added(part: Part, path: &str, signature: &Signature) -> Option<&'static str> {
    Some(match Member::at(part, path, signature)? {
        Member::Argument(_) => {
            "give it `#[rpc(default)]`, or its old name with `#[rpc(name = \"…\")]` if it was renamed"
        }
        Member::Field(_) => {
            "give it `#[serde(default)]`, or its old name with `#[serde(rename = \"…\")]` if it was renamed"
        }
        Member::Variant(_) => "give it its old name with `#[serde(rename = \"…\")]` if it was renamed",
    })
}

/// The same about what went; `signature` is that of before.
pub(super) fn removed(part: Part, path: &str, signature: &Signature) -> Option<String> {
    Some(match Member::at(part, path, signature)? {
        Member::Argument(name) => {
            format!("if it was renamed, keep its name on the wire with `#[rpc(name = \"{name}\")]`")
        }
        Member::Field(name) | Member::Variant(name) => {
            format!("if it was renamed, keep its name on the wire with `#[serde(rename = \"{name}\")]`")
        }
    })
}

impl<'a> Member<'a> {
    /// `None` for streams and for what is no member of anything.
    fn at(part: Part, path: &'a str, signature: &Signature) -> Option<Self> {
        let argument = |name: &str| part == Part::Argument && words::name(name) == path;
        if signature.arguments.iter().any(|known| argument(&known.name)) {
            return Some(Self::Argument(path));
        }
        if signature.streams.iter().any(|known| argument(&known.name)) {
            return None;
        }
        match (path.rsplit_once("::"), path.rsplit_once('.')) {
            (Some((before, name)), field)
                if field.is_none_or(|(of_field, _)| of_field.len() < before.len()) =>
            {
                Some(Self::Variant(name))
            }
            (_, Some((_, name))) => Some(Self::Field(name)),
            _ => None,
        }
    }
}
