#[cfg(any(test, feature = "introspection"))]
use serde::{Deserialize, Serialize};

/// What a type says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[non_exhaustive]
pub struct Notes {
    /// Its documentation; empty if it has none.
    pub docs: String,
    /// One for each field or variant, in the order of the shape; none if nothing is said of them.
    pub members: Vec<MemberNotes>,
}

/// What is said of a field or of a variant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[non_exhaustive]
pub struct MemberNotes {
    /// Its documentation; empty if it has none.
    pub docs: String,
    /// Its number in the lockfile, and so in Protobuf and Thrift; `None` leaves it to the lockfile.
    pub number: Option<u32>,
    /// One for each field of a variant that has some; none of a field.
    pub fields: Vec<MemberNotes>,
}

impl Notes {
    /// With documentation, and nothing said of members.
    pub fn new(docs: impl Into<String>) -> Self {
        Self { docs: docs.into(), members: Vec::new() }
    }

    /// Adds what is said of the next field or variant that serde reads.
    #[must_use]
    pub fn with_member(mut self, member: MemberNotes) -> Self {
        self.members.push(member);
        self
    }

    /// Whether a field or a variant has a number.
    pub(in crate::schema) fn has_numbers(&self) -> bool {
        let numbered = |member: &MemberNotes| member.number.is_some();
        self.members.iter().any(|member| numbered(member) || member.fields.iter().any(numbered))
    }
}

impl MemberNotes {
    /// With documentation, and no number.
    pub fn new(docs: impl Into<String>) -> Self {
        Self { docs: docs.into(), number: None, fields: Vec::new() }
    }

    /// With this number, from 1.
    #[must_use]
    pub const fn with_number(mut self, number: u32) -> Self {
        self.number = Some(number);
        self
    }

    /// Adds what is said of the next field of a variant.
    #[must_use]
    pub fn with_field(mut self, field: Self) -> Self {
        self.fields.push(field);
        self
    }
}
