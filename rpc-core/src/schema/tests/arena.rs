//! Types by hand, and at random.

use proptest::prelude::*;

use crate::schema::{
    Argument, Content, Field, Number, Outcome, Shape, Signature, StreamSignature, TypeRef, Types, Variant,
};

pub(super) const I32: Shape = Shape::Number(Number::I32);
pub(super) const I64: Shape = Shape::Number(Number::I64);
pub(super) const F64: Shape = Shape::Number(Number::F64);

pub(super) fn structure(name: &str, fields: Vec<Field>) -> Shape {
    Shape::Struct { name: name.to_owned(), fields }
}

pub(super) fn newtype(name: &str, inner: TypeRef) -> Shape {
    Shape::Newtype { name: name.to_owned(), inner }
}

pub(super) fn enumeration(name: &str, variants: Vec<Variant>) -> Shape {
    Shape::Enum { name: name.to_owned(), variants }
}

/// `Calculator.method` with one argument `a`, that gives the same type.
pub(super) fn echo(types: Types, which: TypeRef) -> Signature {
    let mut signature = Signature::new("Calculator.method", types, Outcome::Value(which));
    signature.arguments.push(Argument::new("a", which));
    signature
}

/// The same types in another order; `order` is a permutation of their indexes, by their new places.
pub(super) fn permuted(signature: &Signature, order: &[usize]) -> Signature {
    let place = |which: TypeRef| {
        TypeRef::new(order.iter().position(|old| *old == which.index() as usize).unwrap() as u32)
    };
    let old: Vec<_> = signature.types.iter().map(|(_, shape)| shape.clone()).collect();
    let mut types = Types::default();
    for index in order {
        types.add(renumbered(&old[*index], &place));
    }
    redirected(signature, types, &place)
}

/// The signature over other types, with every reference of its own changed.
pub(super) fn redirected(
    signature: &Signature,
    types: Types,
    place: &dyn Fn(TypeRef) -> TypeRef,
) -> Signature {
    let stream = |stream: &StreamSignature| {
        let mut stream = stream.clone();
        stream.item = place(stream.item);
        stream.error = stream.error.map(place);
        stream
    };
    let mut new = signature.clone();
    new.types = types;
    new.arguments.iter_mut().for_each(|argument| argument.shape = place(argument.shape));
    new.streams = new.streams.iter().map(stream).collect();
    new.outcome = match &new.outcome {
        Outcome::Value(which) => Outcome::Value(place(*which)),
        Outcome::Stream(result) => Outcome::Stream(stream(result)),
    };
    new.error = new.error.map(place);
    new
}

/// The shape with every reference changed.
pub(super) fn renumbered(shape: &Shape, place: &dyn Fn(TypeRef) -> TypeRef) -> Shape {
    let fields = |fields: &[Field]| -> Vec<Field> {
        fields.iter().map(|field| Field { shape: place(field.shape), ..field.clone() }).collect()
    };
    let all = |types: &[TypeRef]| types.iter().map(|which| place(*which)).collect();
    match shape {
        Shape::Option(inner) => Shape::Option(place(*inner)),
        Shape::List(element) => Shape::List(place(*element)),
        Shape::Tuple(elements) => Shape::Tuple(all(elements)),
        Shape::Map { key, value } => Shape::Map { key: place(*key), value: place(*value) },
        Shape::Newtype { name, inner } => newtype(name, place(*inner)),
        Shape::TupleStruct { name, elements } => {
            Shape::TupleStruct { name: name.clone(), elements: all(elements) }
        }
        Shape::Struct { name, fields: old } => structure(name, fields(old)),
        Shape::Enum { name, variants } => {
            let content = |content: &Content| match content {
                Content::Unit => Content::Unit,
                Content::Newtype(inner) => Content::Newtype(place(*inner)),
                Content::Tuple(elements) => Content::Tuple(all(elements)),
                Content::Struct(old) => Content::Struct(fields(old)),
            };
            let variants = variants.iter();
            enumeration(
                name,
                variants
                    .map(|variant| Variant { content: content(&variant.content), ..variant.clone() })
                    .collect(),
            )
        }
        plain => plain.clone(),
    }
}

/// Any signature that a peer may send: references to anywhere among its types, so cycles of every kind.
pub(super) fn any_signature() -> impl Strategy<Value = Signature> {
    (1_u32..12).prop_flat_map(|count| {
        let reference = move || (0..count).prop_map(TypeRef::new);
        let shapes = proptest::collection::vec(any_shape(count), count as usize);
        let arguments = proptest::collection::vec((reference(), any::<bool>()), 0..3);
        let streams = proptest::collection::vec((reference(), proptest::option::of(reference())), 0..2);
        let outcome = (reference(), any::<bool>());
        (shapes, arguments, streams, outcome, proptest::option::of(reference())).prop_map(
            |(shapes, arguments, streams, (result, streaming), error)| {
                let mut types = Types::default();
                for shape in shapes {
                    types.add(shape);
                }
                let outcome = match streaming {
                    true => Outcome::Stream(StreamSignature::new("", result)),
                    false => Outcome::Value(result),
                };
                let mut signature = Signature::new("Service.method", types, outcome);
                signature.error = error;
                for (index, (shape, optional)) in arguments.into_iter().enumerate() {
                    let mut argument = Argument::new(format!("a{index}"), shape);
                    argument.optional = optional;
                    signature.arguments.push(argument);
                }
                for (index, (item, error)) in streams.into_iter().enumerate() {
                    let mut stream = StreamSignature::new(format!("s{index}"), item);
                    stream.error = error;
                    signature.streams.push(stream);
                }
                signature
            },
        )
    })
}

fn any_shape(count: u32) -> impl Strategy<Value = Shape> {
    let reference = move || (0..count).prop_map(TypeRef::new);
    let references = move || proptest::collection::vec(reference(), 0..3);
    let name = || proptest::sample::select(vec!["A", "B", "C"]).prop_map(str::to_owned);
    let fields = move || {
        let field = (reference(), any::<bool>(), any::<bool>());
        proptest::collection::vec(field, 0..4).prop_map(|fields| {
            let fields = fields.into_iter().enumerate();
            fields
                .map(|(index, (shape, optional, skippable))| {
                    let mut field = Field::new(format!("f{index}"), shape);
                    (field.optional, field.skippable) = (optional, skippable);
                    field
                })
                .collect::<Vec<_>>()
        })
    };
    let content = prop_oneof![
        Just(Content::Unit),
        reference().prop_map(Content::Newtype),
        references().prop_map(Content::Tuple),
        fields().prop_map(Content::Struct),
    ];
    let variants = proptest::collection::vec(content, 0..3).prop_map(|contents| {
        let contents = contents.into_iter().zip(0..);
        contents.map(|(content, index)| Variant::new(format!("V{index}"), index, content)).collect()
    });
    prop_oneof![
        3 => Just(I32),
        2 => Just(I64),
        2 => Just(F64),
        2 => Just(Shape::Text),
        1 => Just(Shape::Unit),
        1 => Just(Shape::Char),
        1 => Just(Shape::Bytes),
        2 => reference().prop_map(Shape::Option),
        2 => reference().prop_map(Shape::List),
        2 => references().prop_map(Shape::Tuple),
        2 => (reference(), reference()).prop_map(|(key, value)| Shape::Map { key, value }),
        1 => name().prop_map(|name| Shape::UnitStruct { name }),
        2 => (name(), reference()).prop_map(|(name, inner)| Shape::Newtype { name, inner }),
        1 => (name(), references()).prop_map(|(name, elements)| Shape::TupleStruct { name, elements }),
        4 => (name(), fields()).prop_map(|(name, fields)| Shape::Struct { name, fields }),
        4 => (name(), variants).prop_map(|(name, variants)| Shape::Enum { name, variants }),
        1 => name().prop_map(|name| Shape::Any { name }),
        1 => name().prop_map(|name| Shape::Opaque { name, reason: String::new() }),
    ]
}
