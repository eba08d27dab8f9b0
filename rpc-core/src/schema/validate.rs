//! What a signature has to keep to, whoever made it.

use std::collections::HashSet;
use std::fmt::Display;

use super::{Content, Field, Outcome, Shape, Signature, SignatureError, TypeRef, Variant, parts, words};

/// One pass over what there is, and one over what contains what.
pub(super) fn signature(signature: &Signature) -> Result<(), SignatureError> {
    let method = words::name(&signature.method);
    if signature.types.len() > SignatureError::MAX_TYPES {
        return Err(SignatureError::TooManyTypes { method, count: signature.types.len() });
    }
    let checked = Checked { signature, method };
    checked.names()?;
    for which in signature.roots() {
        checked.reference(which)?;
    }
    for (_, shape) in signature.types.iter() {
        for which in parts::references(shape) {
            checked.reference(which)?;
        }
    }
    checked.nesting()
}

struct Checked<'a> {
    signature: &'a Signature,
    method: String,
}

impl<'a> Checked<'a> {
    fn reference(&self, which: TypeRef) -> Result<(), SignatureError> {
        if self.signature.types.get(which).is_some() {
            return Ok(());
        }
        let (method, count) = (self.method.clone(), self.signature.types.len());
        Err(SignatureError::UnknownType { method, which: which.index(), count })
    }

    fn names(&self) -> Result<(), SignatureError> {
        let signature = self.signature;
        self.name(&signature.method)?;
        let arguments = signature.arguments.iter().map(|argument| argument.name.as_str());
        let streams = signature.streams.iter().map(|stream| stream.name.as_str());
        self.distinct("arguments", arguments.chain(streams), &"its arguments")?;
        for alias in signature.arguments.iter().flat_map(|argument| &argument.aliases) {
            self.name(alias)?;
        }
        if let Outcome::Stream(stream) = &signature.outcome {
            self.name(&stream.name)?;
        }
        for (which, shape) in signature.types.iter() {
            self.shape(which, shape)?;
        }
        Ok(())
    }

    fn shape(&self, which: TypeRef, shape: &'a Shape) -> Result<(), SignatureError> {
        match shape {
            Shape::UnitStruct { name }
            | Shape::Newtype { name, .. }
            | Shape::TupleStruct { name, .. }
            | Shape::Any { name } => self.name(name),
            Shape::Opaque { name, reason } => {
                self.name(name)?;
                self.name(reason)
            }
            Shape::Struct { name, fields } => {
                self.name(name)?;
                self.fields(which, fields)
            }
            Shape::Enum { name, variants } => {
                self.name(name)?;
                self.variants(which, variants)
            }
            _ => Ok(()),
        }
    }

    fn fields(&self, which: TypeRef, fields: &'a [Field]) -> Result<(), SignatureError> {
        for alias in fields.iter().flat_map(|field| &field.aliases) {
            self.name(alias)?;
        }
        let names = fields.iter().map(|field| field.name.as_str());
        self.distinct("fields", names, &self.signature.types.words(which))
    }

    fn variants(&self, which: TypeRef, variants: &'a [Variant]) -> Result<(), SignatureError> {
        let mut indexes = HashSet::new();
        for variant in variants {
            for alias in &variant.aliases {
                self.name(alias)?;
            }
            if !indexes.insert(variant.index) {
                let place = self.signature.types.words(which);
                return Err(self.twice("variants", &variant.index.to_string(), &place));
            }
            if let Content::Struct(fields) = &variant.content {
                self.fields(which, fields)?;
            }
        }
        let names = variants.iter().map(|variant| variant.name.as_str());
        self.distinct("variants", names, &self.signature.types.words(which))
    }

    fn distinct(
        &self,
        what: &'static str,
        names: impl Iterator<Item = &'a str>,
        place: &dyn Display,
    ) -> Result<(), SignatureError> {
        let mut seen = HashSet::new();
        for name in names {
            self.name(name)?;
            if !seen.insert(name) {
                return Err(self.twice(what, name, place));
            }
        }
        Ok(())
    }

    #[cold]
    fn twice(&self, what: &'static str, name: &str, place: &dyn Display) -> SignatureError {
        let (method, name) = (self.method.clone(), words::name(name));
        SignatureError::Twice { method, what, name, place: place.to_string() }
    }

    fn name(&self, name: &str) -> Result<(), SignatureError> {
        if name.len() <= SignatureError::MAX_NAME {
            return Ok(());
        }
        Err(SignatureError::Name {
            method: self.method.clone(),
            begin: words::name(name),
            length: name.len(),
        })
    }

    /// Takes away types whose direct contents are all known to end, again and again. What is left has no end.
    fn nesting(&self) -> Result<(), SignatureError> {
        let types = &self.signature.types;
        let mut containers = vec![Vec::new(); types.len()];
        let mut open = vec![0_usize; types.len()];
        let mut depths = vec![0_usize; types.len()];
        for ((which, shape), open) in types.iter().zip(&mut open) {
            for content in direct(shape) {
                *open = open.saturating_add(1);
                if let Some(containers) = containers.get_mut(place(content)) {
                    containers.push(which);
                }
            }
        }
        let mut ended: Vec<_> =
            types.iter().zip(&open).filter(|(_, open)| **open == 0).map(|((which, _), _)| which).collect();
        while let Some(which) = ended.pop() {
            let depth = depths.get(place(which)).copied().unwrap_or_default().saturating_add(1);
            for container in containers.get(place(which)).into_iter().flatten() {
                let (Some(open), Some(known)) =
                    (open.get_mut(place(*container)), depths.get_mut(place(*container)))
                else {
                    continue;
                };
                *known = depth.max(*known);
                if *known > SignatureError::MAX_NESTING {
                    let (method, words) = (self.method.clone(), types.words_with_kind(*container));
                    return Err(SignatureError::Nesting { method, words, depth: *known });
                }
                *open = open.saturating_sub(1);
                if *open == 0 {
                    ended.push(*container);
                }
            }
        }
        match open.iter().position(|open| *open > 0) {
            None => Ok(()),
            Some(start) => Err(self.endless(start, &open)),
        }
    }

    /// From any type that contains an endless one: follows such contents until one must have come again.
    #[cold]
    fn endless(&self, start: usize, open: &[usize]) -> SignatureError {
        let types = &self.signature.types;
        let mut which = types.iter().nth(start).map_or(TypeRef::new(0), |(which, _)| which);
        for _ in 0..types.len() {
            let contents = types.get(which).map(direct).unwrap_or_default();
            let next =
                contents.into_iter().find(|content| open.get(place(*content)).is_some_and(|open| *open > 0));
            which = next.unwrap_or(which);
        }
        SignatureError::Endless { method: self.method.clone(), words: types.words_with_kind(which) }
    }
}

/// What every value of a type contains.
fn direct(shape: &Shape) -> Vec<TypeRef> {
    match shape {
        Shape::Tuple(_) | Shape::Newtype { .. } | Shape::TupleStruct { .. } | Shape::Struct { .. } => {
            parts::references(shape).collect()
        }
        _ => Vec::new(),
    }
}

fn place(which: TypeRef) -> usize {
    usize::try_from(which.index()).unwrap_or(usize::MAX)
}
