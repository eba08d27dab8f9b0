//! What a type says of itself, beside what it was found to be.

use super::node::Node;
use super::problem::Problem;
use crate::schema::{Content, MemberNotes, Notes, Shape};

/// The notes of a type that was found to be `shape`; nothing of members that it does not have.
///
/// # Errors
/// The notes have numbers, and are of other members than those that were found.
pub(super) fn noted(node: &Node, notes: &Notes, shape: &Shape) -> Result<Notes, Problem> {
    if fit(notes, shape) {
        return Ok(notes.clone());
    }
    if !notes.has_numbers() {
        return Ok(Notes::new(notes.docs.clone()));
    }
    Err(Problem {
        type_name: if node.name.is_empty() { node.type_name } else { node.name }.to_owned(),
        field: None,
        sentence: "numbers its members by `Describe`, but serde reads others than it has: give no numbers to a type with \
                   an implementation of serde's traits by hand, or with `flatten`, `untagged` or `tag`"
            .to_owned(),
    })
}

fn fit(notes: &Notes, shape: &Shape) -> bool {
    let members = notes.members.len();
    let no_fields = || notes.members.iter().all(|member| member.fields.is_empty());
    match shape {
        _ if members == 0 => true,
        Shape::Newtype { .. } => members == 1 && no_fields(),
        Shape::TupleStruct { elements, .. } => members == elements.len() && no_fields(),
        Shape::Struct { fields, .. } => members == fields.len() && no_fields(),
        Shape::Enum { variants, .. } => {
            let contents = variants.iter().map(|variant| &variant.content);
            members == variants.len()
                && notes.members.iter().zip(contents).all(|(member, content)| fields_fit(member, content))
        }
        _ => false,
    }
}

fn fields_fit(notes: &MemberNotes, content: &Content) -> bool {
    let fields = match content {
        _ if notes.fields.is_empty() => return true,
        Content::Unit => 0,
        Content::Newtype(_) => 1,
        Content::Tuple(elements) => elements.len(),
        Content::Struct(fields) => fields.len(),
    };
    notes.fields.len() == fields
}
