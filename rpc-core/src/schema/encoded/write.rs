//! What a signature is made of, as bytes.

use crate::schema::{
    Argument, Content, Field, Number, Outcome, Shape, Signature, StreamSignature, TypeRef, Variant,
};
use crate::wire::varint;

pub(super) fn signature(signature: &Signature, out: &mut Vec<u8>) {
    text(&signature.method, out);
    sequence(&signature.arguments, argument, out);
    sequence(&signature.streams, stream, out);
    match &signature.outcome {
        Outcome::Value(value) => {
            out.push(0);
            place(value, out);
        }
        Outcome::Stream(items) => {
            out.push(1);
            stream(items, out);
        }
    }
    option(signature.error, out);
    number(signature.types.len(), out);
    for (_, one) in signature.types.iter() {
        shape(one, out);
    }
}

fn argument(argument: &Argument, out: &mut Vec<u8>) {
    text(&argument.name, out);
    names(&argument.aliases, out);
    place(&argument.shape, out);
    out.push(argument.optional.into());
}

fn stream(stream: &StreamSignature, out: &mut Vec<u8>) {
    text(&stream.name, out);
    place(&stream.item, out);
    option(stream.error, out);
}

fn shape(shape: &Shape, out: &mut Vec<u8>) {
    match shape {
        Shape::Bool => out.push(0),
        Shape::Number(width) => out.extend([1, byte_of(*width)]),
        Shape::Char => out.push(2),
        Shape::Text => out.push(3),
        Shape::Bytes => out.push(4),
        Shape::Unit => out.push(5),
        Shape::Option(inner) => {
            out.push(6);
            place(inner, out);
        }
        Shape::List(element) => {
            out.push(7);
            place(element, out);
        }
        Shape::Tuple(elements) => {
            out.push(8);
            sequence(elements, place, out);
        }
        Shape::Map { key, value } => {
            out.push(9);
            place(key, out);
            place(value, out);
        }
        Shape::UnitStruct { name } => named(10, name, out),
        Shape::Newtype { name, inner } => {
            named(11, name, out);
            place(inner, out);
        }
        Shape::TupleStruct { name, elements } => {
            named(12, name, out);
            sequence(elements, place, out);
        }
        Shape::Struct { name, fields } => {
            named(13, name, out);
            sequence(fields, field, out);
        }
        Shape::Enum { name, variants } => {
            named(14, name, out);
            sequence(variants, variant, out);
        }
        Shape::Any { name } => named(15, name, out),
        Shape::Opaque { name, reason } => {
            named(16, name, out);
            text(reason, out);
        }
    }
}

const fn byte_of(width: Number) -> u8 {
    match width {
        Number::I8 => 0,
        Number::I16 => 1,
        Number::I32 => 2,
        Number::I64 => 3,
        Number::I128 => 4,
        Number::U8 => 5,
        Number::U16 => 6,
        Number::U32 => 7,
        Number::U64 => 8,
        Number::U128 => 9,
        Number::F32 => 10,
        Number::F64 => 11,
    }
}

fn field(field: &Field, out: &mut Vec<u8>) {
    text(&field.name, out);
    names(&field.aliases, out);
    place(&field.shape, out);
    out.push(field.optional.into());
    out.push(field.skippable.into());
}

fn variant(variant: &Variant, out: &mut Vec<u8>) {
    text(&variant.name, out);
    names(&variant.aliases, out);
    varint::encode(variant.index.into(), out);
    match &variant.content {
        Content::Unit => out.push(0),
        Content::Newtype(inner) => {
            out.push(1);
            place(inner, out);
        }
        Content::Tuple(elements) => {
            out.push(2);
            sequence(elements, place, out);
        }
        Content::Struct(fields) => {
            out.push(3);
            sequence(fields, field, out);
        }
    }
}

fn named(tag: u8, name: &str, out: &mut Vec<u8>) {
    out.push(tag);
    text(name, out);
}

fn names(names: &[String], out: &mut Vec<u8>) {
    sequence(names, |name, out| text(name, out), out);
}

fn sequence<T>(elements: &[T], write: impl Fn(&T, &mut Vec<u8>), out: &mut Vec<u8>) {
    number(elements.len(), out);
    for element in elements {
        write(element, out);
    }
}

fn option(which: Option<TypeRef>, out: &mut Vec<u8>) {
    out.push(which.is_some().into());
    if let Some(which) = &which {
        place(which, out);
    }
}

fn place(which: &TypeRef, out: &mut Vec<u8>) {
    varint::encode(which.index().into(), out);
}

fn text(text: &str, out: &mut Vec<u8>) {
    number(text.len(), out);
    out.extend_from_slice(text.as_bytes());
}

fn number(number: usize, out: &mut Vec<u8>) {
    varint::encode(number as u64, out);
}
