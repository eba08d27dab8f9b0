//! Which part of a type is what part of the one before.

use super::lockfile::{fields, members};
use super::numbers::{Member, successors};
use crate::schema::{Content, Field, Shape, TypeRef};

/// A reference of the new shape, and what stood there before.
pub(super) type Reference = (TypeRef, Option<TypeRef>);

/// The references of `new`, in the order of [`with`], each with that of `old` from which it came.
pub(super) fn references(new: &Shape, old: Option<&Shape>) -> Vec<Reference> {
    match (new, old) {
        (Shape::Struct { fields: new, .. }, Some(Shape::Struct { fields: old, .. })) => of_fields(new, old),
        (Shape::Enum { variants: new_variants, .. }, Some(Shape::Enum { variants: old, .. })) => {
            let names: Vec<_> = old.iter().map(|variant| variant.name.as_str()).collect();
            let found: Vec<_> = successors(&names, &members(new)).collect();
            let variants = new_variants.iter().zip(found);
            variants
                .flat_map(|(new, found)| {
                    let old = found.and_then(|index| old.get(index)).map(|variant| &variant.content);
                    of_content(&new.content, old)
                })
                .collect()
        }
        (new, old) => {
            let before: Vec<_> = old.filter(|old| same_kind(new, old)).map(plain).unwrap_or_default();
            plain(new).into_iter().enumerate().map(|(index, new)| (new, before.get(index).copied())).collect()
        }
    }
}

/// The shape with these references, as many as [`references`] gave.
pub(super) fn with(shape: &Shape, references: &[TypeRef]) -> Shape {
    let mut references = references.iter().copied();
    // As many come as were there; the old ones would be of another arena, but are never taken.
    let mut next = |old: &mut TypeRef| *old = references.next().unwrap_or(*old);
    let mut shape = shape.clone();
    match &mut shape {
        Shape::Option(inner) | Shape::List(inner) | Shape::Newtype { inner, .. } => next(inner),
        Shape::Tuple(elements) | Shape::TupleStruct { elements, .. } => elements.iter_mut().for_each(next),
        Shape::Map { key, value } => {
            next(key);
            next(value);
        }
        Shape::Struct { fields, .. } => fields.iter_mut().for_each(|field| next(&mut field.shape)),
        Shape::Enum { variants, .. } => {
            for variant in variants {
                match &mut variant.content {
                    Content::Unit => {}
                    Content::Newtype(inner) => next(inner),
                    Content::Tuple(elements) => elements.iter_mut().for_each(&mut next),
                    Content::Struct(fields) => fields.iter_mut().for_each(|field| next(&mut field.shape)),
                }
            }
        }
        _ => {}
    }
    shape
}

fn of_fields(new: &[Field], old: &[Field]) -> Vec<Reference> {
    let names: Vec<_> = old.iter().map(|field| field.name.as_str()).collect();
    let new_members: Vec<Member<'_>> = fields(new);
    let found: Vec<_> = successors(&names, &new_members).collect();
    let found = new.iter().zip(found);
    found
        .map(|(new, found)| (new.shape, found.and_then(|index| old.get(index)).map(|old| old.shape)))
        .collect()
}

fn of_content(new: &Content, old: Option<&Content>) -> Vec<Reference> {
    match (new, old) {
        (Content::Struct(new), Some(Content::Struct(old))) => of_fields(new, old),
        (new, old) => {
            let old = old.map(content).unwrap_or_default();
            content(new).into_iter().enumerate().map(|(index, new)| (new, old.get(index).copied())).collect()
        }
    }
}

fn content(content: &Content) -> Vec<TypeRef> {
    match content {
        Content::Unit => Vec::new(),
        Content::Newtype(inner) => vec![*inner],
        Content::Tuple(elements) => elements.clone(),
        Content::Struct(fields) => fields.iter().map(|field| field.shape).collect(),
    }
}

fn plain(shape: &Shape) -> Vec<TypeRef> {
    match shape {
        Shape::Option(inner) | Shape::List(inner) | Shape::Newtype { inner, .. } => vec![*inner],
        Shape::Tuple(elements) | Shape::TupleStruct { elements, .. } => elements.clone(),
        Shape::Map { key, value } => vec![*key, *value],
        Shape::Struct { fields, .. } => fields.iter().map(|field| field.shape).collect(),
        Shape::Enum { variants, .. } => {
            variants.iter().flat_map(|variant| content(&variant.content)).collect()
        }
        _ => Vec::new(),
    }
}

fn same_kind(one: &Shape, two: &Shape) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(two)
}
