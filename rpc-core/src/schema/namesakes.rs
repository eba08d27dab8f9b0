//! Types of one name, told apart.

use std::collections::HashMap;

use super::classes::Classes;
use super::parts::Detail;
use super::{Notes, Shape, Signature, TypeRef};

/// Gives types of equal names that are not the same type a number behind it, for people who read several signatures beside
/// each other: `Point`, `Point#2`, in order of appearance. A type that several signatures have has one name in all of them,
/// and says of itself there what it says anywhere.
///
/// Such names are not those on the wire: nothing may be compared or called by them.
///
/// ```
/// use rpc_core::schema::{Field, Number, Outcome, Shape, Signature, Types, tell_apart};
///
/// let mut methods = [Number::U8, Number::I32].map(|number| {
///     let mut types = Types::default();
///     let x = types.add(Shape::Number(number));
///     let point = types.add(Shape::Struct { name: "Point".to_owned(), fields: vec![Field::new("x", x)] });
///     Signature::new("Board.draw", types, Outcome::Value(point))
/// });
/// tell_apart(&mut methods.iter_mut().collect::<Vec<_>>());
/// let names = methods.map(|method| method.types.words(method.crossings().next().unwrap().1));
/// assert_eq!(names, ["Point", "Point#2"]);
/// ```
pub fn tell_apart(signatures: &mut [&mut Signature]) {
    let classes = Classes::new(signatures.iter().map(|signature| &signature.types), Detail::Full);
    let mut numbers: HashMap<String, HashMap<usize, usize>> = HashMap::new();
    let mut notes: HashMap<usize, Notes> = HashMap::new();
    let mut known: Vec<(usize, TypeRef, usize, usize)> = Vec::new();
    for (arena, signature) in signatures.iter().enumerate() {
        let roots = signature.crossings().map(|(_, root)| root);
        for (which, shape) in signature.types.in_order(roots) {
            let Some(name) = name(shape) else { continue };
            let class = classes.of(arena, &signature.types, which);
            let namesakes = numbers.entry(name.to_owned()).or_default();
            let next = namesakes.len().saturating_add(1);
            let number = *namesakes.entry(class).or_insert(next);
            known.push((arena, which, class, number));
            if let Some(said) = signature.types.notes(which) {
                notes.entry(class).or_insert_with(|| said.clone());
            }
        }
    }
    for (arena, which, class, number) in known {
        let Some(types) = signatures.get_mut(arena).map(|signature| &mut signature.types) else { continue };
        if let (None, Some(said)) = (types.notes(which), notes.get(&class)) {
            types.set_notes(which, said.clone());
        }
        if let (2.., Some(mut shape)) = (number, types.get(which).cloned()) {
            if let Some(name) = name_mut(&mut shape) {
                *name = format!("{name}#{number}");
            }
            types.set(which, shape);
        }
    }
}

fn name(shape: &Shape) -> Option<&str> {
    match shape {
        Shape::UnitStruct { name }
        | Shape::Newtype { name, .. }
        | Shape::TupleStruct { name, .. }
        | Shape::Struct { name, .. }
        | Shape::Enum { name, .. }
        | Shape::Opaque { name, .. } => Some(name),
        _ => None,
    }
}

fn name_mut(shape: &mut Shape) -> Option<&mut String> {
    match shape {
        Shape::UnitStruct { name }
        | Shape::Newtype { name, .. }
        | Shape::TupleStruct { name, .. }
        | Shape::Struct { name, .. }
        | Shape::Enum { name, .. }
        | Shape::Opaque { name, .. } => Some(name),
        _ => None,
    }
}
