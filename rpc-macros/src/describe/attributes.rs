//! `#[describe(…)]`, and as much of `#[serde(…)]` as decides what is read.

use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Expr, ExprLit, Lit, LitInt, Meta, Path, Token};

use crate::report::Errors;

/// What stands on the type.
#[derive(Default)]
pub(super) struct TypeOptions {
    /// `#[describe(crate = path)]`
    pub(super) krate: Option<Path>,
    /// What of serde's makes the members invisible: another type is read in its place, or whatever comes.
    pub(super) unseen: Option<String>,
}

/// Numbers that Protobuf keeps for itself.
const RESERVED: std::ops::RangeInclusive<u32> = 19_000..=19_999;

/// The highest that Protobuf has.
const HIGHEST: u32 = (1 << 29) - 1;

impl TypeOptions {
    pub(super) fn read(input: &DeriveInput, errors: &mut Errors) -> Self {
        let attributes = &input.attrs;
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
        // A struct with a tag is read by its fields, as one without.
        let hiding: &[&str] = match input.data {
            Data::Enum(_) => &["transparent", "from", "try_from", "tag", "untagged"],
            _ => &["transparent", "from", "try_from"],
        };
        let serde = serde(attributes);
        let unseen = |name: &&&str| serde.iter().any(|meta| meta.path().is_ident(**name));
        options.unseen = hiding.iter().find(unseen).map(|name| (*name).to_owned());
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
            let number = match meta.value()?.parse()? {
                Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number,
                other @ Expr::Lit(ExprLit { lit: Lit::Str(_), .. }) => {
                    let message = format!("{}: write it without quotation marks", out_of_range());
                    return Err(syn::Error::new_spanned(other, message));
                }
                other => return Err(syn::Error::new_spanned(other, out_of_range())),
            };
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
                _ => errors.push(&number, out_of_range()),
            }
            found = Some(number);
            Ok(())
        });
        parsed.unwrap_or_else(|error| errors.add(error));
    }
    found
}

fn out_of_range() -> String {
    format!("a number is between 1 and {HIGHEST}, which is the highest of Protobuf")
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
