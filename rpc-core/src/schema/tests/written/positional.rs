//! Whether postcard's bytes are a value of a shape.

use crate::schema::{Content, Field, Number, Shape, TypeRef, Types};

/// Follows a shape through bytes, with no other knowledge.
pub(super) fn fits(types: &Types, root: TypeRef, bytes: &[u8]) -> Result<(), String> {
    let mut reader = Reader { types, rest: bytes };
    reader.value(root)?;
    if reader.rest.is_empty() { Ok(()) } else { Err(format!("{} bytes are left", reader.rest.len())) }
}

struct Reader<'a> {
    types: &'a Types,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], String> {
        let (taken, left) = self.rest.split_at_checked(count).ok_or("the bytes end early")?;
        self.rest = left;
        Ok(taken)
    }

    /// A number of so many bits, seven in a byte, in its shortest form.
    fn varint(&mut self, bits: u32) -> Result<u128, String> {
        let mut number = 0_u128;
        for place in (0..bits).step_by(7) {
            let byte = self.take(1)?[0];
            let low = u128::from(byte & 0x7f);
            if bits - place < 7 && low >> (bits - place) > 0 {
                return Err(format!("the number has more than {bits} bits"));
            }
            number |= low << place;
            if byte < 0x80 {
                return if byte == 0 && place > 0 {
                    Err("a number with an empty byte".into())
                } else {
                    Ok(number)
                };
            }
        }
        Err(format!("the number has more than {bits} bits"))
    }

    fn length(&mut self) -> Result<usize, String> {
        let length = usize::try_from(self.varint(64)?).map_err(|error| error.to_string())?;
        if length > self.rest.len() + 1_024 { Err(format!("{length} is no length")) } else { Ok(length) }
    }

    fn text(&mut self) -> Result<&'a str, String> {
        let length = self.length()?;
        std::str::from_utf8(self.take(length)?).map_err(|error| error.to_string())
    }

    fn bit(&mut self) -> Result<bool, String> {
        match self.take(1)?[0] {
            byte @ (0 | 1) => Ok(byte == 1),
            byte => Err(format!("{byte} is neither 0 nor 1")),
        }
    }

    fn number(&mut self, number: Number) -> Result<(), String> {
        match number {
            Number::I8 | Number::U8 => self.take(1).map(drop),
            Number::F32 => self.take(4).map(drop),
            Number::F64 => self.take(8).map(drop),
            // Signed ones are in zigzag, which takes all bits.
            Number::I16 | Number::U16 => self.varint(16).map(drop),
            Number::I32 | Number::U32 => self.varint(32).map(drop),
            Number::I64 | Number::U64 => self.varint(64).map(drop),
            Number::I128 | Number::U128 => self.varint(128).map(drop),
        }
    }

    fn all(&mut self, types: &[TypeRef]) -> Result<(), String> {
        types.iter().try_for_each(|which| self.value(*which))
    }

    fn fields(&mut self, fields: &[Field]) -> Result<(), String> {
        fields
            .iter()
            .try_for_each(|field| self.value(field.shape).map_err(|error| format!("{}: {error}", field.name)))
    }

    fn value(&mut self, which: TypeRef) -> Result<(), String> {
        match self.types.get(which).ok_or("no such type")? {
            Shape::Bool => self.bit().map(drop),
            Shape::Number(number) => self.number(*number),
            Shape::Char => match self.text()?.chars().count() {
                1 => Ok(()),
                count => Err(format!("{count} characters for one")),
            },
            Shape::Text => self.text().map(drop),
            Shape::Bytes => {
                let length = self.length()?;
                self.take(length).map(drop)
            }
            Shape::Unit | Shape::UnitStruct { .. } => Ok(()),
            Shape::Option(inner) => {
                if self.bit()? {
                    self.value(*inner)?;
                }
                Ok(())
            }
            Shape::List(element) => {
                let length = self.length()?;
                (0..length).try_for_each(|_| self.value(*element))
            }
            Shape::Map { key, value } => {
                let length = self.length()?;
                (0..length).try_for_each(|_| self.all(&[*key, *value]))
            }
            Shape::Newtype { inner, .. } => self.value(*inner),
            Shape::Tuple(elements) | Shape::TupleStruct { elements, .. } => self.all(elements),
            Shape::Struct { fields, .. } => self.fields(fields),
            Shape::Enum { name, variants } => {
                let index = self.varint(32)?;
                let variant = variants.iter().find(|variant| u128::from(variant.index) == index);
                match &variant.ok_or_else(|| format!("`{name}` has no variant {index}"))?.content {
                    Content::Unit => Ok(()),
                    Content::Newtype(inner) => self.value(*inner),
                    Content::Tuple(elements) => self.all(elements),
                    Content::Struct(fields) => self.fields(fields),
                }
            }
            other => Err(format!("{other:?} has no positional form")),
        }
    }
}
