//! Whole methods, and the sentences at the caller.

use proptest::prelude::*;

use super::arena::{I32, I64, any_signature, echo, enumeration, structure};
use super::hostile::giants;
use crate::schema::{
    Argument, Content, Field, Outcome, Shape, Signature, StreamSignature, TypeRef, Types, Variant, compare,
};

/// `Calculator.divide(a: i64, b: i64) -> i64`, after an edit.
fn divide(edit: impl FnOnce(&mut Signature)) -> Signature {
    let mut types = Types::default();
    let number = types.add(I64);
    let mut signature = Signature::new("Calculator.divide", types, Outcome::Value(number));
    signature.arguments = vec![Argument::new("a", number), Argument::new("b", number)];
    edit(&mut signature);
    signature
}

fn number() -> TypeRef {
    TypeRef::new(0)
}

fn add(signature: &mut Signature, shape: Shape) -> TypeRef {
    signature.types.add(shape)
}

#[track_caller]
fn told(caller: &Signature, callee: &Signature) -> String {
    let compatibility = Signature::compatibility(caller, callee);
    assert_eq!(compatibility.is_compatible(), !compatibility.to_string().contains("cannot be called"));
    compatibility.to_string()
}

#[test]
fn arguments() {
    let plain = divide(|_| {});
    assert_eq!(told(&plain, &plain), "`Calculator.divide` is the same on both sides");
    let text = divide(|signature| signature.arguments[1].shape = add(signature, Shape::Text));
    assert_eq!(
        told(&plain, &text),
        "`Calculator.divide` cannot be called: argument `b` is i64 here and String at the server"
    );
    assert_eq!(
        told(&text, &plain),
        "`Calculator.divide` cannot be called: argument `b` is String here and i64 at the server"
    );
    let more = divide(|signature| signature.arguments.push(Argument::new("c", number())));
    assert_eq!(
        told(&plain, &more),
        "`Calculator.divide` cannot be called: argument `c`, i64, is needed at the server and not sent from here"
    );
    assert_eq!(told(&more, &plain), "`Calculator.divide` differs, and can be called");
    let optional = divide(|signature| {
        signature.arguments.push(Argument::new("c", number()));
        signature.arguments[2].optional = true;
    });
    assert_eq!(told(&plain, &optional), "`Calculator.divide` differs, and can be called");
    let narrow = divide(|signature| signature.arguments[0].shape = add(signature, I32));
    assert_eq!(
        told(&plain, &narrow),
        "`Calculator.divide` can be called: argument `a` is i64 here and i32 at the server, which works unless it does \
         not fit into i32"
    );
    let both = divide(|signature| {
        signature.arguments.push(Argument::new("c", number()));
        signature.arguments[1].shape = add(signature, Shape::Text);
    });
    assert_eq!(
        told(&plain, &both),
        "`Calculator.divide` cannot be called: argument `b` is i64 here and String at the server, and 1 more difference"
    );
    let swapped = divide(|signature| signature.arguments.reverse());
    assert_eq!(told(&plain, &swapped), "`Calculator.divide` differs, and can be called");
    let renamed = divide(|signature| {
        signature.arguments[1].name = "by".into();
        signature.arguments[1].aliases = vec!["b".into()];
    });
    assert_eq!(told(&plain, &renamed), "`Calculator.divide` differs, and can be called");
    assert_eq!(
        told(&renamed, &plain),
        "`Calculator.divide` cannot be called: argument `b`, i64, is needed at the server and not sent from here"
    );
    let swallowing = divide(|signature| {
        signature.arguments.pop();
        signature.arguments[0].aliases = vec!["b".into()];
    });
    assert!(!Signature::compatibility(&plain, &swallowing).is_compatible());
}

#[test]
fn results_and_errors_go_the_other_way() {
    let plain = divide(|_| {});
    let narrow = divide(|signature| signature.outcome = Outcome::Value(add(signature, I32)));
    assert_eq!(told(&plain, &narrow), "`Calculator.divide` differs, and can be called");
    assert_eq!(
        told(&narrow, &plain),
        "`Calculator.divide` can be called: `result` is i32 here and i64 at the server, which works unless it does not \
         fit into i32"
    );
    let error = |names: &[&str]| {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        divide(|signature| {
            let text = add(signature, Shape::Text);
            let fields = vec![Field::new("id", text)];
            let variants = names.iter().zip(0..);
            let variants = variants
                .map(|(name, index)| Variant::new(name, index, Content::Struct(fields.clone())))
                .collect();
            signature.error = Some(add(signature, enumeration("DivideError", variants)));
        })
    };
    let (one, two) = (error(&["NotFound"]), error(&["NotFound", "Busy"]));
    assert_eq!(
        told(&one, &two),
        "`Calculator.divide` can be called: `error::Busy`, fields with names, is sent by the server and not known here, \
         which works unless it is `Busy`"
    );
    assert_eq!(told(&two, &one), "`Calculator.divide` differs, and can be called");
    assert_eq!(
        told(&plain, &one),
        "`Calculator.divide` can be called: `error`, DivideError, is sent by the server and not known here, which works \
         unless there is such an error"
    );
    let mut retyped = one.clone();
    retyped.types.set(TypeRef::new(1), I64);
    assert_eq!(
        told(&one, &retyped),
        "`Calculator.divide` cannot be called: `error::NotFound.id` is String here and i64 at the server"
    );
}

#[test]
fn kinds() {
    let plain = divide(|_| {});
    let streaming =
        divide(|signature| signature.outcome = Outcome::Stream(StreamSignature::new("", number())));
    let upload = divide(|signature| {
        signature.arguments.pop();
        signature.streams.push(StreamSignature::new("b", number()));
    });
    assert_eq!(
        told(&plain, &streaming),
        "`Calculator.divide` cannot be called: `result` is i64 here and a stream of i64 at the server"
    );
    assert_eq!(
        told(&plain, &upload),
        "`Calculator.divide` cannot be called: argument `b` is i64 here and a stream of i64 at the server"
    );
    assert_eq!(
        told(&upload, &plain),
        "`Calculator.divide` cannot be called: argument `b` is a stream of i64 here and i64 at the server"
    );
    let two = divide(|signature| {
        signature.streams = vec![StreamSignature::new("s", number()), StreamSignature::new("t", number())];
    });
    let mut swapped = two.clone();
    swapped.streams.reverse();
    assert!(!Signature::compatibility(&two, &swapped).is_compatible());
    assert!(!Signature::compatibility(&two, &plain).is_compatible());
    assert!(!Signature::compatibility(&plain, &two).is_compatible());
    let mut retyped = two.clone();
    retyped.streams[1].item = add(&mut retyped, Shape::Text);
    assert_eq!(
        told(&two, &retyped),
        "`Calculator.divide` cannot be called: argument `t[]` is i64 here and String at the server"
    );
    let mut failing = streaming.clone();
    if let Outcome::Stream(stream) = &mut failing.outcome {
        stream.error = Some(number());
    }
    assert_eq!(
        told(&streaming, &failing),
        "`Calculator.divide` can be called: the error that ends `result`, i64, is sent by the server and not known here, \
         which works unless there is such an error"
    );
}

#[test]
fn types_that_contain_themselves() {
    let tree = |value: Shape, more: bool| {
        let mut types = Types::default();
        let value = types.add(value);
        let tree = types.add(Shape::Unit);
        let children = types.add(Shape::List(tree));
        let mut fields = vec![Field::new("value", value), Field::new("children", children)];
        if more {
            let mut extra = Field::new("extra", value);
            extra.optional = true;
            fields.push(extra);
        }
        types.set(tree, structure("Tree", fields));
        echo(types, tree)
    };
    let (plain, more, text) = (tree(I64, false), tree(I64, true), tree(Shape::Text, false));
    assert!(Signature::compatibility(&plain, &more).is_compatible());
    assert!(Signature::compatibility(&more, &plain).is_compatible());
    assert_eq!(
        told(&plain, &text),
        "`Calculator.method` cannot be called: argument `a.value` is i64 here and String at the server, and 1 more \
         difference"
    );
}

#[test]
fn names_of_strangers_are_cut_and_escaped() {
    let mut types = Types::default();
    let which = types.add(structure(&format!("\n\u{1b}[31m{}", "x".repeat(100_000)), vec![]));
    let mut there = echo(types, which);
    there.arguments[0].name = "a".into();
    let mut types = Types::default();
    let which = types.add(I64);
    let sentence = told(&echo(types, which), &there);
    assert!(sentence.len() < 1_000, "{}", sentence.len());
    assert!(sentence.contains("\\n\\u{1b}[31mxxx"), "{sentence}");
}

#[test]
fn giants_are_compared() {
    let giants = giants();
    for (writer, from) in &giants {
        for (reader, to) in &giants {
            compare((writer, *from), (reader, *to));
        }
    }
}

#[test]
fn what_has_no_end_in_pairs_is_refused() {
    // Every type of one against every type of the other: 1,009 × 1,013 pairs.
    let ring = |length: u32| {
        let mut types = Types::default();
        for index in 0..length {
            types.add(Shape::List(TypeRef::new((index + 1) % length)));
        }
        types
    };
    let found = compare((&ring(1_009), number()), (&ring(1_013), number()));
    assert!(found[0].grade.breaks());
    assert!(found[0].to_string().contains("too large to be compared"), "{}", found[0]);
    assert_eq!(compare((&ring(100), number()), (&ring(101), number())), []);
}

proptest! {
    #[test]
    fn everything_reads_itself(signature in any_signature()) {
        let types = &signature.types;
        for (which, _) in types.iter() {
            // A field that may be left out and is needed does not even read itself.
            for difference in compare((types, which), (types, which)) {
                prop_assert!(!difference.grade.breaks() || difference.to_string().contains("not described"), "{}", difference);
            }
        }
        prop_assert!(Signature::compatibility(&signature, &signature).is_compatible());
    }

    #[test]
    fn anything_can_be_compared(one in any_signature(), two in any_signature()) {
        let compatibility = Signature::compatibility(&one, &two);
        prop_assert!(compatibility.to_string().len() < 2_000);
        for difference in compatibility.differences() {
            prop_assert!(difference.to_string().len() < 2_000);
        }
    }
}
