//! `#[describe(…)]`, and as much of `#[serde(…)]` as decides what is read.

use syn::punctuated::Punctuated;
use syn::{Attribute, LitInt, Meta, Path, Token};

use crate::report::Errors;

/// What stands on the type.
#[derive(Default)]
pub(super) struct TypeOptions {
    /// `#[describe(crate = path)]`
    pub(super) krate: Option<Path>,
    /// What of serde's makes the type invisible: another is read in its place.
    pub(super) unseen: Option<String>,
}

/// Numbers that Protobuf keeps for itself.
const RESERVED: std::ops::RangeInclusive<u32> = 19_000..=19_999;

/// The highest that Protobuf has.
const HIGHEST: u32 = (1 << 29) - 1;

impl TypeOptions {
    pub(super) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut options = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("describe")) {
            let parsed = attribute.parse_nested_meta(|meta| {
                if !meta.path.is_ident("crate") {
                    return Err(meta
                        .error("a type has the option `crate = path`; `number` is for fields and variants"));
                }
                options.krate = Some(meta.value()?.call(Path::parse_mod_style)?);
                Ok(())
            });
            parsed.unwrap_or_else(|error| errors.add(error));
        }
        let unseen = |name: &&str| serde(attributes).iter().any(|meta| meta.path().is_ident(name));
        options.unseen = ["transparent", "from", "try_from"]
            .iter()
            .find(|name| unseen(name))
            .map(|name| (*name).to_owned());
        options
    }
}

/// `#[describe(number = 3)]`
pub(super) fn number(attributes: &[Attribute], errors: &mut Errors) -> Option<LitInt> {
    let mut found: Option<LitInt> = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("describe")) {
        let parsed = attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("number") {
                return Err(meta.error("a field or a variant has the option `number = 1`"));
            }
            let number: LitInt = meta.value()?.parse()?;
            if found.is_some() {
                return Err(meta.error("the number is given twice"));
            }
            match number.base10_parse::<u32>() {
                Ok(1..=HIGHEST) if !number.suffix().is_empty() => {
                    errors.push(
                        &number,
                        format!("write the number without a type: `{}`", number.base10_digits()),
                    );
                }
                Ok(value) if RESERVED.contains(&value) => {
                    errors.push(&number, "Protobuf keeps 19000 to 19999 for itself: give another number");
                }
                Ok(1..=HIGHEST) => {}
                _ => errors.push(
                    &number,
                    format!("a number is between 1 and {HIGHEST}, which is the highest of Protobuf"),
                ),
            }
            found = Some(number);
            Ok(())
        });
        parsed.unwrap_or_else(|error| errors.add(error));
    }
    found
}

/// What serde leaves out.
pub(super) struct Skipped {
    /// When it reads.
    pub(super) read: bool,
}

impl Skipped {
    pub(super) fn of(attributes: &[Attribute]) -> Self {
        let skips = |meta: &Meta| meta.path().is_ident("skip") || meta.path().is_ident("skip_deserializing");
        Self { read: serde(attributes).iter().any(skips) }
    }
}

/// Serde's options. What cannot be read serde reports.
fn serde(attributes: &[Attribute]) -> Vec<Meta> {
    let lists = attributes.iter().filter(|attribute| attribute.path().is_ident("serde"));
    lists
        .filter_map(|list| list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok())
        .flatten()
        .collect()
}
