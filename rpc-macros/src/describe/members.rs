//! What is said of the members of a type.

use syn::{Data, DeriveInput, Fields, LitInt, Type};

use super::attributes::{Skipped, TypeOptions, number};
use crate::read::docs;
use crate::report::Errors;
use crate::types::is_of_std;

/// A type that says something of itself.
pub(super) struct Described {
    pub(super) docs: String,
    pub(super) members: Vec<Member>,
    /// What it holds that serde reads and that may say something of itself.
    pub(super) types: Vec<Type>,
}

/// A field or a variant.
pub(super) struct Member {
    pub(super) docs: String,
    pub(super) number: Option<LitInt>,
    pub(super) fields: Vec<Self>,
}

impl Described {
    pub(super) fn read(input: &DeriveInput, options: &TypeOptions, errors: &mut Errors) -> Option<Self> {
        let mut described = Self { docs: docs(&input.attrs), members: Vec::new(), types: Vec::new() };
        described.members = match &input.data {
            Data::Struct(data) => described.fields(&data.fields, errors),
            Data::Enum(data) => {
                let read = data.variants.iter().filter(|variant| !Skipped::of(&variant.attrs).read);
                let members = read.map(|variant| Member {
                    docs: docs(&variant.attrs),
                    number: number(&variant.attrs, errors),
                    fields: described.fields(&variant.fields, errors),
                });
                let members: Vec<_> = members.collect();
                once(&members, "variants", errors);
                members
            }
            Data::Union(data) => {
                errors.push(data.union_token, "a union is no serde data, so there is nothing to describe");
                return None;
            }
        };
        if let Some(unseen) = &options.unseen
            && let Some(number) = described.members.iter().find_map(Member::any_number)
        {
            errors.push(
                number,
                format!(
                    "`#[serde({unseen})]` leaves no member of this type to be seen that could have a number"
                ),
            );
        }
        Some(described)
    }

    fn fields(&mut self, fields: &Fields, errors: &mut Errors) -> Vec<Member> {
        let read = fields.iter().filter(|field| !Skipped::of(&field.attrs).read);
        let members = read.map(|field| {
            if !is_of_std(&field.ty) {
                self.types.push(field.ty.clone());
            }
            let number = number(&field.attrs, errors);
            if let (Some(number), None) = (&number, &field.ident) {
                errors.push(number, "a field without a name is known by its place: only fields with names and variants have numbers");
            }
            Member { docs: docs(&field.attrs), number, fields: Vec::new() }
        });
        let members: Vec<_> = members.collect();
        once(&members, "fields", errors);
        members
    }
}

impl Member {
    /// Its number, or one of its fields.
    fn any_number(&self) -> Option<&LitInt> {
        self.number.as_ref().or_else(|| self.fields.iter().find_map(Self::any_number))
    }
}

/// No number twice.
fn once(members: &[Member], what: &str, errors: &mut Errors) {
    let mut known: Vec<&str> = Vec::new();
    for number in members.iter().filter_map(|member| member.number.as_ref()) {
        let digits = number.base10_digits();
        if known.contains(&digits) {
            errors.push(number, format!("two {what} have the number {digits}: each has its own, for ever"));
        }
        known.push(digits);
    }
}
