//! Whether CBOR or JSON is a value of a shape.

use super::integers::within;
use super::tree::Tree;
use crate::schema::{Content, Field, Number, Shape, TypeRef, Types};

/// Compares what bytes say with a shape.
#[derive(Clone, Copy)]
pub(super) struct Named<'t> {
    pub(super) types: &'t Types,
    /// Bytes and keys are texts, as in JSON.
    pub(super) texts: bool,
}

impl Named<'_> {
    pub(super) fn value(self, which: TypeRef, tree: &Tree) -> Result<(), String> {
        let shape = self.types.get(which).ok_or("no such type")?;
        let fits = match (shape, tree) {
            (Shape::Any { .. }, _) => true,
            (Shape::Bool, Tree::Bool(_)) | (Shape::Text, Tree::Text(_)) => true,
            (Shape::Number(number), tree) => self.number(*number, tree),
            (Shape::Char, Tree::Text(text)) => text.chars().count() == 1,
            (Shape::Bytes, Tree::Bytes(_)) => !self.texts,
            #[cfg(any(feature = "json", feature = "xml"))]
            (Shape::Bytes, Tree::Text(text)) => self.texts && super::is_base64(text),
            (Shape::Unit | Shape::UnitStruct { .. }, Tree::Null) => true,
            (Shape::Option(_), Tree::Null) => true,
            (Shape::Option(inner), Tree::There(tree)) => {
                let is_nothing = matches!(**tree, Tree::Null | Tree::There(_));
                return if is_nothing { self.value(*inner, tree) } else { Err("a mark without need".into()) };
            }
            (Shape::Option(inner) | Shape::Newtype { inner, .. }, tree) => return self.value(*inner, tree),
            (Shape::List(element), Tree::List(trees)) => {
                return trees.iter().try_for_each(|tree| self.value(*element, tree));
            }
            (Shape::Tuple(elements) | Shape::TupleStruct { elements, .. }, Tree::List(trees)) => {
                return self.all(elements, trees);
            }
            (Shape::Map { key, value }, Tree::Map(entries)) => {
                return entries.iter().try_for_each(|(found, tree)| {
                    self.key(*key, found)?;
                    self.value(*value, tree)
                });
            }
            (Shape::Struct { fields, .. }, Tree::Map(entries)) => return self.fields(fields, entries),
            (Shape::Enum { variants, .. }, Tree::Text(text)) => {
                variants.iter().any(|variant| variant.name == *text && variant.content == Content::Unit)
            }
            (Shape::Enum { variants, .. }, Tree::Map(entries)) => {
                let [(Tree::Text(name), tree)] = entries.as_slice() else {
                    return Err(format!("{entries:?} is no variant"));
                };
                let variant = variants.iter().find(|variant| variant.name == *name);
                return match (variant.map(|variant| &variant.content), tree) {
                    (Some(Content::Newtype(inner)), tree) => self.value(*inner, tree),
                    (Some(Content::Tuple(elements)), Tree::List(trees)) => self.all(elements, trees),
                    (Some(Content::Struct(fields)), Tree::Map(entries)) => self.fields(fields, entries),
                    (content, tree) => Err(format!("`{name}` with {tree:?}, which is {content:?}")),
                };
            }
            _ => false,
        };
        if fits { Ok(()) } else { Err(format!("{tree:?} is no {shape:?}")) }
    }

    fn all(self, types: &[TypeRef], trees: &[Tree]) -> Result<(), String> {
        if types.len() != trees.len() {
            return Err(format!("{} values for {}", trees.len(), types.len()));
        }
        types.iter().zip(trees).try_for_each(|(which, tree)| self.value(*which, tree))
    }

    /// In their order, none twice, and none missing that has to be there.
    fn fields(self, fields: &[Field], entries: &[(Tree, Tree)]) -> Result<(), String> {
        let mut entries = entries.iter().peekable();
        for field in fields {
            let found = entries.next_if(|(name, _)| *name == Tree::Text(field.name.clone()));
            match found {
                Some((_, tree)) => {
                    self.value(field.shape, tree).map_err(|error| format!("{}: {error}", field.name))?;
                }
                None if field.skippable => {}
                None => return Err(format!("the field `{}` is missing", field.name)),
            }
        }
        entries.next().map_or(Ok(()), |(name, _)| Err(format!("the field {name:?} is not known")))
    }

    fn key(self, which: TypeRef, tree: &Tree) -> Result<(), String> {
        let Tree::Text(text) = tree else {
            return if self.texts { Err(format!("the key {tree:?}")) } else { self.value(which, tree) };
        };
        match self.types.get(which).ok_or("no such type")? {
            Shape::Newtype { inner, .. } => self.key(*inner, tree),
            Shape::Number(number) if self.texts => match text.parse::<i128>() {
                Ok(value) if within(*number, value < 0, magnitude(value)) => Ok(()),
                _ => Err(format!("the key `{text}` is no {number:?}")),
            },
            Shape::Bool if self.texts && matches!(text.as_str(), "true" | "false") => Ok(()),
            _ => self.value(which, tree),
        }
    }

    fn number(self, number: Number, tree: &Tree) -> bool {
        match (number, tree) {
            (Number::F32, Tree::Float32(_)) | (Number::F64, Tree::Float64(_)) => !self.texts,
            #[cfg(feature = "json")]
            (Number::F32, Tree::Decimal(text)) => text.parse().is_ok_and(f32::is_finite),
            #[cfg(feature = "json")]
            (Number::F64, Tree::Decimal(text)) => text.parse().is_ok_and(f64::is_finite),
            (_, Tree::Integer { negative, magnitude }) => within(number, *negative, *magnitude),
            _ => false,
        }
    }
}

fn magnitude(value: i128) -> u128 {
    if value < 0 { !value as u128 } else { value as u128 }
}
