//! The text of a lockfile.
//!
//! One line for each argument, field and variant, so that a change is a line in a review. Methods and types are sorted by
//! name, because their order means nothing on the wire: moving one is no change. Members stand in the order in which they
//! are declared, because that is the order of positional bodies.

use std::collections::HashMap;
use std::fmt::Write;

use super::notation::{FORMAT, MAX_LEVELS, MAX_TYPE, label, name};
use super::numbers::Numbers;
use super::{Definition, LockError, LockedMethod, Lockfile};
use crate::schema::{Content, Field, Outcome, Shape, StreamSignature, TypeRef, Types, Variant, words};

pub(super) fn text(lock: &Lockfile) -> Result<String, LockError> {
    let labels = lock.definitions.iter();
    let labels =
        labels.map(|definition| (definition.which, label(&definition.name, definition.ordinal))).collect();
    let mut writer = Writer { types: &lock.types, labels, out: String::new(), place: String::new() };
    writer.line(
        0,
        format_args!(
            "# What the methods of a farcall service and their types look like on the wire. Commit this file."
        ),
    );
    writer.line(0, format_args!("# A test compares it with the code; FARCALL_LOCK=update records compatible changes. Other comments are not kept."));
    writer.line(0, format_args!("farcall lock {FORMAT}"));
    writer.line(0, format_args!(""));
    writer.line(0, format_args!("service {}", name(&lock.service)));
    for method in &lock.methods {
        writer.method(method)?;
    }
    for definition in &lock.definitions {
        writer.definition(definition)?;
    }
    writer.line(0, format_args!(""));
    writer.line(0, format_args!("end"));
    Ok(writer.out)
}

struct Writer<'a> {
    types: &'a Types,
    labels: HashMap<TypeRef, String>,
    out: String,
    /// What is being written, for an error.
    place: String,
}

// Writing to a `String` cannot fail.
impl<'a> Writer<'a> {
    fn line(&mut self, level: usize, text: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.out, "{:indent$}{text}", "", indent = level.saturating_mul(4));
    }

    fn method(&mut self, method: &LockedMethod) -> Result<(), LockError> {
        let signature = &method.signature;
        self.place.clone_from(&signature.method);
        self.line(0, format_args!("\nmethod {}", name(&signature.method)));
        for (argument, number) in signature.arguments.iter().zip(&method.arguments.numbers) {
            let mut line = format!("{number} {}: {}", name(&argument.name), self.words(argument.shape)?);
            self.flags(&mut line, argument.shape, argument.optional, false, &argument.aliases);
            self.line(1, format_args!("{line}"));
        }
        self.reserved(1, &method.arguments);
        for stream in &signature.streams {
            let line = self.stream(stream)?;
            self.line(1, format_args!("stream {}: {line}", name(&stream.name)));
        }
        match &signature.outcome {
            Outcome::Value(which) => {
                let words = self.words(*which)?;
                self.line(1, format_args!("returns {words}"));
            }
            Outcome::Stream(stream) => {
                let line = self.stream(stream)?;
                self.line(1, format_args!("returns stream of {line}"));
            }
        }
        if let Some(error) = signature.error {
            let words = self.words(error)?;
            self.line(1, format_args!("fails with {words}"));
        }
        Ok(())
    }

    fn stream(&self, stream: &StreamSignature) -> Result<String, LockError> {
        let mut line = self.words(stream.item)?;
        if let Some(error) = stream.error {
            let _ = write!(line, " fails with {}", self.words(error)?);
        }
        Ok(line)
    }

    fn definition(&mut self, definition: &Definition) -> Result<(), LockError> {
        let label = label(&definition.name, definition.ordinal);
        self.place.clone_from(&definition.name);
        let Some(shape) = self.types.get(definition.which) else { return Ok(()) };
        match shape {
            Shape::UnitStruct { .. } => self.line(0, format_args!("\nunit {label}")),
            Shape::Newtype { inner, .. } => {
                let inner = self.words(*inner)?;
                self.line(0, format_args!("\nnewtype {label}({inner})"));
            }
            Shape::TupleStruct { elements, .. } => {
                let elements = self.tuple(elements)?;
                self.line(0, format_args!("\ntuple {label}{elements}"));
            }
            Shape::Struct { fields, .. } => {
                self.line(0, format_args!("\nstruct {label}"));
                self.fields(1, fields, &definition.members)?;
            }
            Shape::Enum { variants, .. } => {
                self.line(0, format_args!("\nenum {label}"));
                for (place, variant) in variants.iter().enumerate() {
                    self.variant(place, variant, definition)?;
                }
                self.reserved(1, &definition.members);
            }
            anonymous => {
                let mut words = String::new();
                self.shape(anonymous, MAX_LEVELS, &mut words)?;
                self.line(0, format_args!("\nalias {label} = {words}"));
            }
        }
        Ok(())
    }

    fn variant(&mut self, place: usize, variant: &Variant, definition: &Definition) -> Result<(), LockError> {
        let number = definition.members.numbers.get(place).copied().unwrap_or_default();
        let mut line = format!("{number} {}", name(&variant.name));
        match &variant.content {
            Content::Unit => {}
            Content::Newtype(inner) => {
                let _ = write!(line, "({})", self.words(*inner)?);
            }
            Content::Tuple(elements) => line.push_str(&self.tuple(elements)?),
            Content::Struct(_) => line.push_str(" {..}"),
        }
        if usize::try_from(variant.index) != Ok(place) {
            let _ = write!(line, " index {}", variant.index);
        }
        for alias in &variant.aliases {
            let _ = write!(line, " alias {}", name(alias));
        }
        self.line(1, format_args!("{line}"));
        if let (Content::Struct(fields), Some(numbers)) = (&variant.content, definition.variants.get(place)) {
            self.fields(2, fields, numbers)?;
        }
        Ok(())
    }

    fn fields(&mut self, level: usize, fields: &[Field], numbers: &Numbers) -> Result<(), LockError> {
        for (field, number) in fields.iter().zip(&numbers.numbers) {
            let mut line = format!("{number} {}: {}", name(&field.name), self.words(field.shape)?);
            self.flags(&mut line, field.shape, field.optional, field.skippable, &field.aliases);
            self.line(level, format_args!("{line}"));
        }
        self.reserved(level, numbers);
        Ok(())
    }

    /// Nearly every `Option` may be missing, so only what is otherwise is said.
    fn flags(&self, line: &mut String, shape: TypeRef, optional: bool, skippable: bool, aliases: &[String]) {
        let option =
            matches!(self.types.get(shape), Some(Shape::Option(_))) && !self.labels.contains_key(&shape);
        match (option, optional) {
            (true, false) => line.push_str(" required"),
            (false, true) => line.push_str(" optional"),
            _ => {}
        }
        if skippable {
            line.push_str(" skippable");
        }
        for alias in aliases {
            let _ = write!(line, " alias {}", name(alias));
        }
    }

    fn reserved(&mut self, level: usize, numbers: &Numbers) {
        for reserved in &numbers.reserved {
            self.line(level, format_args!("reserved {} {}", reserved.number, name(&reserved.name)));
        }
    }

    fn words(&self, which: TypeRef) -> Result<String, LockError> {
        let mut words = String::new();
        self.write(which, MAX_LEVELS, &mut words)?;
        Ok(words)
    }

    /// A tuple of one element has a comma behind it, so that it is not taken for a newtype.
    fn tuple(&self, elements: &[TypeRef]) -> Result<String, LockError> {
        let mut words = String::new();
        self.elements(elements, MAX_LEVELS, &mut words)?;
        Ok(words)
    }

    fn write(&self, which: TypeRef, levels: usize, out: &mut String) -> Result<(), LockError> {
        match (self.labels.get(&which), self.types.get(which)) {
            (Some(label), _) => out.push_str(label),
            (None, Some(shape)) => self.shape(shape, levels, out)?,
            (None, None) => {}
        }
        Ok(())
    }

    fn shape(&self, shape: &Shape, levels: usize, out: &mut String) -> Result<(), LockError> {
        let levels = levels.checked_sub(1).filter(|_| out.len() < MAX_TYPE);
        let levels = levels.ok_or_else(|| LockError::TooDeep { place: words::name(&self.place) })?;
        match shape {
            Shape::Bool => out.push_str("bool"),
            Shape::Number(number) => out.push_str(words::number(*number)),
            Shape::Char => out.push_str("char"),
            Shape::Text => out.push_str("String"),
            Shape::Bytes => out.push_str("bytes"),
            Shape::Unit => out.push_str("()"),
            Shape::Option(inner) => self.around("Option<", &[*inner], levels, out)?,
            Shape::List(element) => self.around("Vec<", &[*element], levels, out)?,
            Shape::Map { key, value } => self.around("Map<", &[*key, *value], levels, out)?,
            Shape::Tuple(elements) => match elements.as_slice() {
                [first, second, rest @ ..]
                    if second == first && rest.iter().all(|element| element == first) =>
                {
                    out.push('[');
                    self.write(*first, levels, out)?;
                    let _ = write!(out, "; {}]", elements.len());
                }
                elements => self.elements(elements, levels, out)?,
            },
            Shape::Any { name: of } => {
                let _ = write!(out, "any({})", name(of));
            }
            Shape::Opaque { name: of, .. } => {
                let _ = write!(out, "opaque({})", name(of));
            }
            // Those with a definition have a label.
            _ => {}
        }
        Ok(())
    }

    fn around(
        &self,
        begin: &str,
        inner: &[TypeRef],
        levels: usize,
        out: &mut String,
    ) -> Result<(), LockError> {
        out.push_str(begin);
        for (index, which) in inner.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            self.write(*which, levels, out)?;
        }
        out.push('>');
        Ok(())
    }

    fn elements(&self, elements: &[TypeRef], levels: usize, out: &mut String) -> Result<(), LockError> {
        out.push('(');
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            self.write(*element, levels, out)?;
        }
        out.push_str(if elements.len() < 2 { ",)" } else { ")" });
        Ok(())
    }
}
