//! The file as a value.

use std::fmt;

use super::numbers::{Member, Numbers};
use super::{LockError, assign, parse, write};
use crate::schema::{Content, Field, MemberNotes, ServiceSignature, Shape, Signature, TypeRef, Types};

/// What a service looked like when its file was written, with the numbers of all members.
///
/// Its `Display` is the text of the file.
#[derive(Clone, Debug)]
pub struct Lockfile {
    pub(super) service: String,
    pub(super) types: Types,
    pub(super) definitions: Vec<Definition>,
    pub(super) methods: Vec<LockedMethod>,
    pub(super) text: String,
}

/// A method, and the numbers of its arguments.
#[derive(Clone, Debug)]
pub struct LockedMethod {
    /// Without types of its own: its references are to those of the file.
    pub(super) signature: Signature,
    pub(super) arguments: Numbers,
}

/// A type with a name, and the numbers of its members.
#[derive(Clone, Debug)]
pub struct Definition {
    pub(super) name: String,
    pub(super) ordinal: u32,
    pub(super) which: TypeRef,
    pub(super) members: Numbers,
    pub(super) variants: Vec<Numbers>,
}

impl Lockfile {
    /// Of a service that has no file yet.
    ///
    /// # Errors
    /// Types that a file cannot hold: nested more than 64 levels without a name, or a signature that could not be sent.
    pub fn new(service: &ServiceSignature) -> Result<Self, LockError> {
        assign::assign(service, None)
    }

    /// Of a service that had this file: every member keeps its number.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn next(&self, service: &ServiceSignature) -> Result<Self, LockError> {
        assign::assign(service, Some(self))
    }

    /// Reads the text of a file; `path` is told in errors.
    ///
    /// # Errors
    /// One that names the line.
    pub fn parse(text: &str, path: &std::path::Path) -> Result<Self, LockError> {
        parse::lockfile(text).map_err(|damage| damage.in_file(path))
    }

    /// The service's name on the wire.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// All types, to which everything else refers.
    pub fn types(&self) -> &Types {
        &self.types
    }

    /// Types with names, by name.
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The definition of a type; `None` of one without a name.
    pub fn definition(&self, which: TypeRef) -> Option<&Definition> {
        self.definitions.iter().find(|definition| definition.which == which)
    }

    /// The methods, by name.
    pub fn methods(&self) -> &[LockedMethod] {
        &self.methods
    }

    /// The service of this file, its methods by name.
    pub fn to_signature(&self) -> ServiceSignature {
        let methods = self.methods.iter().map(|method| {
            let mut signature = method.signature.clone();
            signature.types = self.types.clone();
            signature
        });
        ServiceSignature::new(self.service.clone(), methods.collect())
    }

    pub(super) fn finish(mut self) -> Result<Self, LockError> {
        self.definitions.sort_by(|one, two| (&one.name, one.ordinal).cmp(&(&two.name, two.ordinal)));
        self.methods.sort_by(|one, two| one.signature.method.cmp(&two.signature.method));
        self.text = write::text(&self)?;
        Ok(self)
    }
}

impl PartialEq for Lockfile {
    /// Whether both are the same file, but for comments and white space.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Lockfile {}

impl fmt::Display for Lockfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl LockedMethod {
    /// The method's name, `Service.method`.
    pub fn name(&self) -> &str {
        &self.signature.method
    }

    /// What it takes and gives. Its references are to [`Lockfile::types`]; it has no types of its own.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// The numbers of its arguments.
    pub fn arguments(&self) -> &Numbers {
        &self.arguments
    }
}

impl Definition {
    /// As serde names it. Another type may have this name too.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which of the types of this name it is, from 1. It keeps this as it keeps its numbers.
    pub fn ordinal(&self) -> u32 {
        self.ordinal
    }

    /// The type.
    pub fn which(&self) -> TypeRef {
        self.which
    }

    /// The numbers of the fields of a struct, or of the variants of an enum.
    pub fn members(&self) -> &Numbers {
        &self.members
    }

    /// For each variant of an enum the numbers of its fields; none if it has no fields with names.
    pub fn variant_fields(&self) -> &[Numbers] {
        &self.variants
    }
}

/// Whether a type has a definition of its own, rather than being written where it is used.
pub(super) const fn is_defined(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::UnitStruct { .. }
            | Shape::Newtype { .. }
            | Shape::TupleStruct { .. }
            | Shape::Struct { .. }
            | Shape::Enum { .. }
    )
}

/// As serde names it; empty for what is not defined.
pub(super) fn name(shape: &Shape) -> &str {
    match shape {
        Shape::UnitStruct { name }
        | Shape::Newtype { name, .. }
        | Shape::TupleStruct { name, .. }
        | Shape::Struct { name, .. }
        | Shape::Enum { name, .. } => name,
        _ => "",
    }
}

pub(super) fn fields(fields: &[Field]) -> Vec<Member<'_>> {
    fields.iter().map(|field| Member::new(&field.name, &field.aliases)).collect()
}

/// What has numbers in a type.
pub(super) fn members(shape: &Shape) -> Vec<Member<'_>> {
    match shape {
        Shape::Struct { fields: all, .. } => fields(all),
        Shape::Enum { variants, .. } => {
            variants.iter().map(|variant| Member::new(&variant.name, &variant.aliases)).collect()
        }
        _ => Vec::new(),
    }
}

/// The fields of each variant.
pub(super) fn variant_members(shape: &Shape) -> Vec<Vec<Member<'_>>> {
    let Shape::Enum { variants, .. } = shape else { return Vec::new() };
    let content = variants.iter().map(|variant| match &variant.content {
        Content::Struct(all) => fields(all),
        _ => Vec::new(),
    });
    content.collect()
}

/// With the numbers that are said of them.
pub(super) fn numbered<'a>(mut members: Vec<Member<'a>>, notes: &[MemberNotes]) -> Vec<Member<'a>> {
    for (member, notes) in members.iter_mut().zip(notes) {
        member.number = notes.number;
    }
    members
}
