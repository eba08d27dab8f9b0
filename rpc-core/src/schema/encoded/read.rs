//! What a signature is made of, from bytes.
//!
//! Room is made for no more elements than the bytes that are left can hold, so that the memory is in proportion to what a
//! peer sent.

use crate::schema::{
    Argument, Content, Field, Number, Outcome, Shape, Signature, SignatureError, StreamSignature, TypeRef,
    Types, Variant, words,
};
use crate::wire::{Reader, WireError};

type Read<T> = Result<T, WireError>;

pub(super) fn signature(bytes: &[u8]) -> Result<Signature, SignatureError> {
    let mut from = Reader::new(bytes, "it");
    let mut signature = without_types(&mut from).map_err(malformed)?;
    let count = from.count(1).map_err(malformed)?;
    if count > SignatureError::MAX_TYPES {
        // Before there is room for them: one takes many times its bytes.
        return Err(SignatureError::TooManyTypes { method: words::name(&signature.method), count });
    }
    signature.types = types(&mut from, count).map_err(malformed)?;
    from.finish().map_err(malformed)?;
    Ok(signature)
}

#[cold]
fn malformed(error: WireError) -> SignatureError {
    SignatureError::Malformed { why: error.to_string() }
}

fn without_types(from: &mut Reader<'_>) -> Read<Signature> {
    Ok(Signature {
        method: text(from)?,
        arguments: sequence(from, 4, argument)?,
        streams: sequence(from, 3, stream)?,
        outcome: outcome(from)?,
        error: option(from)?,
        types: Types::default(),
    })
}

fn argument(from: &mut Reader<'_>) -> Read<Argument> {
    Ok(Argument { name: text(from)?, aliases: names(from)?, shape: place(from)?, optional: flag(from)? })
}

#[inline(never)]
fn stream(from: &mut Reader<'_>) -> Read<StreamSignature> {
    Ok(StreamSignature { name: text(from)?, item: place(from)?, error: option(from)? })
}

fn outcome(from: &mut Reader<'_>) -> Read<Outcome> {
    match from.varint()? {
        0 => place(from).map(Outcome::Value),
        1 => stream(from).map(Outcome::Stream),
        other => Err(from.unknown("kind of outcome", other)),
    }
}

fn types(from: &mut Reader<'_>, count: usize) -> Read<Types> {
    let mut types = Types::with_capacity(count);
    for _ in 0..count {
        types.add(shape(from)?);
    }
    Ok(types)
}

fn shape(from: &mut Reader<'_>) -> Read<Shape> {
    Ok(match from.varint()? {
        0 => Shape::Bool,
        1 => Shape::Number(width(from)?),
        2 => Shape::Char,
        3 => Shape::Text,
        4 => Shape::Bytes,
        5 => Shape::Unit,
        6 => Shape::Option(place(from)?),
        7 => Shape::List(place(from)?),
        8 => Shape::Tuple(places(from)?),
        9 => Shape::Map { key: place(from)?, value: place(from)? },
        10 => Shape::UnitStruct { name: text(from)? },
        11 => Shape::Newtype { name: text(from)?, inner: place(from)? },
        12 => Shape::TupleStruct { name: text(from)?, elements: places(from)? },
        13 => Shape::Struct { name: text(from)?, fields: fields(from)? },
        14 => Shape::Enum { name: text(from)?, variants: sequence(from, 4, variant)? },
        15 => Shape::Any { name: text(from)? },
        16 => Shape::Opaque { name: text(from)?, reason: text(from)? },
        other => return Err(from.unknown("kind of type", other)),
    })
}

fn width(from: &mut Reader<'_>) -> Read<Number> {
    Ok(match from.varint()? {
        0 => Number::I8,
        1 => Number::I16,
        2 => Number::I32,
        3 => Number::I64,
        4 => Number::I128,
        5 => Number::U8,
        6 => Number::U16,
        7 => Number::U32,
        8 => Number::U64,
        9 => Number::U128,
        10 => Number::F32,
        11 => Number::F64,
        other => return Err(from.unknown("kind of number", other)),
    })
}

fn fields(from: &mut Reader<'_>) -> Read<Vec<Field>> {
    sequence(from, 5, |from| {
        Ok(Field {
            name: text(from)?,
            aliases: names(from)?,
            shape: place(from)?,
            optional: flag(from)?,
            skippable: flag(from)?,
        })
    })
}

fn variant(from: &mut Reader<'_>) -> Read<Variant> {
    let (name, aliases, index) = (text(from)?, names(from)?, number(from, "index of a variant")?);
    let content = match from.varint()? {
        0 => Content::Unit,
        1 => Content::Newtype(place(from)?),
        2 => Content::Tuple(places(from)?),
        3 => Content::Struct(fields(from)?),
        other => return Err(from.unknown("kind of content", other)),
    };
    Ok(Variant { name, aliases, index, content })
}

#[inline(never)]
fn names(from: &mut Reader<'_>) -> Read<Vec<String>> {
    sequence(from, 1, text)
}

#[inline(never)]
fn places(from: &mut Reader<'_>) -> Read<Vec<TypeRef>> {
    sequence(from, 1, place)
}

/// Elements that take `each` bytes at least.
fn sequence<T>(
    from: &mut Reader<'_>,
    each: usize,
    read: impl Fn(&mut Reader<'_>) -> Read<T>,
) -> Read<Vec<T>> {
    let count = from.count(each)?;
    let mut elements = Vec::with_capacity(count);
    for _ in 0..count {
        elements.push(read(from)?);
    }
    Ok(elements)
}

fn option(from: &mut Reader<'_>) -> Read<Option<TypeRef>> {
    if flag(from)? { place(from).map(Some) } else { Ok(None) }
}

fn flag(from: &mut Reader<'_>) -> Read<bool> {
    match from.u8()? {
        0 => Ok(false),
        1 => Ok(true),
        other => Err(from.unknown("flag", other)),
    }
}

#[inline(never)]
fn place(from: &mut Reader<'_>) -> Read<TypeRef> {
    number(from, "number of a type").map(TypeRef::new)
}

fn number(from: &mut Reader<'_>, what: &'static str) -> Read<u32> {
    // Above it is refused, so that the fallback is never taken.
    from.varint_max(u32::MAX.into(), what).map(|number| u32::try_from(number).unwrap_or(u32::MAX))
}

#[inline(never)]
fn text(from: &mut Reader<'_>) -> Read<String> {
    let left = from.remaining();
    from.text(left, "name").map(str::to_owned)
}
