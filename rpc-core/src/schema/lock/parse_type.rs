//! Types in the text of a lockfile.

use std::collections::HashMap;

use super::error::Damage;
use super::notation::{BUILT_IN, MAX_ARRAY, MAX_LEVELS, NUMBERS};
use super::tokens::Line;
use crate::schema::{Shape, TypeRef, Types};

/// The types that were read, and those that were named.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) types: Types,
    labels: HashMap<(String, u32), Named>,
}

struct Named {
    which: TypeRef,
    /// Where it was named first.
    line: usize,
    defined: bool,
}

impl Reader {
    /// The type of that label, which may be defined later.
    pub(super) fn label(&mut self, line: &mut Line<'_>) -> Result<(String, u32, TypeRef), Damage> {
        let name = line.name()?;
        let ordinal = if line.take("#") { line.number()? } else { 1 };
        let types = &mut self.types;
        let named = self.labels.entry((name.clone(), ordinal)).or_insert_with(|| Named {
            which: types.add(Shape::Unit),
            line: line.number,
            defined: false,
        });
        Ok((name, ordinal, named.which))
    }

    /// Says that a label is defined here.
    pub(super) fn define(&mut self, line: &Line<'_>, name: &str, ordinal: u32) -> Result<(), Damage> {
        match self.labels.get_mut(&(name.to_owned(), ordinal)) {
            Some(named) if named.defined => {
                Err(line
                    .damage(format!("the type `{}` is there twice", super::notation::label(name, ordinal))))
            }
            Some(named) => {
                named.defined = true;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Every type that was named has to be defined.
    pub(super) fn finish(self) -> Result<Types, Damage> {
        let missing = self.labels.iter().filter(|(_, named)| !named.defined);
        match missing.min_by_key(|(_, named)| named.line) {
            None => Ok(self.types),
            Some(((name, ordinal), named)) => {
                let label = super::notation::label(name, *ordinal);
                Err(Damage::new(named.line, format!("the type `{label}` is not in the file")))
            }
        }
    }

    pub(super) fn read(&mut self, line: &mut Line<'_>) -> Result<TypeRef, Damage> {
        self.nested(line, MAX_LEVELS)
    }

    /// The shape of a type without a name.
    pub(super) fn read_anonymous(&mut self, line: &mut Line<'_>) -> Result<Shape, Damage> {
        match self.shape(line, MAX_LEVELS)? {
            Ok(shape) => Ok(shape),
            Err(_) => Err(line.damage("an alias of a type with a name")),
        }
    }

    fn nested(&mut self, line: &mut Line<'_>, levels: usize) -> Result<TypeRef, Damage> {
        Ok(match self.shape(line, levels)? {
            Ok(shape) => self.types.add(shape),
            Err(which) => which,
        })
    }

    /// A shape, or a type that has a label.
    fn shape(&mut self, line: &mut Line<'_>, levels: usize) -> Result<Result<Shape, TypeRef>, Damage> {
        let Some(levels) = levels.checked_sub(1) else {
            return Err(line.damage(format!("a type is nested more than {MAX_LEVELS} deep")));
        };
        if line.take("(") {
            return self.tuple(line, levels).map(Ok);
        }
        if line.take("[") {
            let element = self.nested(line, levels)?;
            line.expect(";")?;
            let count = usize::try_from(line.number()?).unwrap_or(usize::MAX);
            if count > MAX_ARRAY {
                return Err(
                    line.damage(format!("an array has {count} elements, but may have {MAX_ARRAY} at most"))
                );
            }
            line.expect("]")?;
            return Ok(Ok(Shape::Tuple(vec![element; count])));
        }
        let mut ahead = line.clone();
        let word = if line.is_quoted() { None } else { ahead.word() };
        let number = NUMBERS.iter().find(|(name, _)| Some(*name) == word);
        if let Some((_, number)) = number {
            *line = ahead;
            return Ok(Ok(Shape::Number(*number)));
        }
        let Some(word) = word.filter(|word| BUILT_IN.contains(word)) else {
            return self.label(line).map(|(_, _, which)| Err(which));
        };
        *line = ahead;
        Ok(Ok(match word {
            "bool" => Shape::Bool,
            "char" => Shape::Char,
            "String" => Shape::Text,
            "bytes" => Shape::Bytes,
            "Option" => Shape::Option(self.only(line, levels)?),
            "Vec" => Shape::List(self.only(line, levels)?),
            "Map" => {
                line.expect("<")?;
                let key = self.nested(line, levels)?;
                line.expect(",")?;
                let value = self.nested(line, levels)?;
                line.expect(">")?;
                Shape::Map { key, value }
            }
            "any" => Shape::Any { name: in_brackets(line)? },
            "opaque" => Shape::Opaque { name: in_brackets(line)?, reason: String::new() },
            _ => return Err(line.unexpected("a type")),
        }))
    }

    fn only(&mut self, line: &mut Line<'_>, levels: usize) -> Result<TypeRef, Damage> {
        line.expect("<")?;
        let inner = self.nested(line, levels)?;
        line.expect(">")?;
        Ok(inner)
    }

    fn tuple(&mut self, line: &mut Line<'_>, levels: usize) -> Result<Shape, Damage> {
        if line.take(")") {
            return Ok(Shape::Unit);
        }
        self.elements(line, levels).map(|(elements, _)| Shape::Tuple(elements))
    }

    /// Types up to a bracket, and whether there was a comma behind the last.
    fn elements(&mut self, line: &mut Line<'_>, levels: usize) -> Result<(Vec<TypeRef>, bool), Damage> {
        let mut elements = Vec::new();
        if line.take(",") {
            line.expect(")")?;
            return Ok((elements, true));
        }
        loop {
            elements.push(self.nested(line, levels)?);
            let comma = line.take(",");
            if line.take(")") {
                return Ok((elements, comma));
            }
            if !comma {
                return Err(line.unexpected("`,` or `)`"));
            }
        }
    }

    /// What follows an open bracket behind a name: one type without a comma, or several.
    pub(super) fn content(&mut self, line: &mut Line<'_>) -> Result<Result<TypeRef, Vec<TypeRef>>, Damage> {
        let (elements, comma) = self.elements(line, MAX_LEVELS)?;
        Ok(match elements.as_slice() {
            [only] if !comma => Ok(*only),
            _ => Err(elements),
        })
    }
}

fn in_brackets(line: &mut Line<'_>) -> Result<String, Damage> {
    line.expect("(")?;
    let name = line.name()?;
    line.expect(")")?;
    Ok(name)
}
