//! Nesting, counted in both directions, on a small stack.

use serde::{Deserialize, Serialize};

use super::{Codec, CodecErrorKind, CodecLimits, decode, encode, encode_error};

const LEVELS: usize = 1_000_000;
const STACK: usize = 512 << 10;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct List {
    value: u8,
    next: Option<Box<List>>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Nest(Vec<Nest>);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Chain(Option<Box<Chain>>);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Expression {
    Leaf,
    Not(Box<Expression>),
    And(Box<Expression>, Box<Expression>),
    If { condition: Box<Expression> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Maps(std::collections::BTreeMap<u8, Maps>);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Tuples((u8, Vec<(u8, Box<Tuples>)>));

fn too_deep<T: for<'de> Deserialize<'de>>(body: &[u8]) {
    for max_depth in [64, 128] {
        let limits = CodecLimits { max_depth, ..CodecLimits::default() };
        let error =
            Codec::Postcard.decode::<T>(body, &limits).err().expect("the guard accepted a deep value");
        assert_eq!(error.kind(), CodecErrorKind::Depth, "{error}");
    }
}

#[test]
fn a_million_levels_are_refused_on_a_small_stack() {
    let run = || {
        too_deep::<List>(&[7, 1].repeat(LEVELS));
        too_deep::<Nest>(&[1].repeat(LEVELS));
        too_deep::<Chain>(&[1].repeat(LEVELS));
        too_deep::<Expression>(&[1].repeat(LEVELS));
        too_deep::<Expression>(&[2].repeat(LEVELS));
        too_deep::<Expression>(&[3].repeat(LEVELS));
        too_deep::<Maps>(&[1, 9].repeat(LEVELS));
        too_deep::<Tuples>(&[0, 1, 0].repeat(LEVELS));
    };
    std::thread::Builder::new().stack_size(STACK).spawn(run).unwrap().join().unwrap();
}

fn chain(levels: usize) -> Chain {
    (1..levels).fold(Chain(None), |chain, _| Chain(Some(Box::new(chain))))
}

#[test]
fn both_directions_have_the_same_limit() {
    // A newtype and an option each, but for the innermost, which is `None`.
    let deepest = chain(32);
    let bytes = encode(&deepest).unwrap();
    assert_eq!(decode::<Chain>(&bytes).unwrap(), deepest);

    let (kind, text) = encode_error(&chain(34));
    assert_eq!(kind, CodecErrorKind::Depth);
    assert_eq!(text, "the value is nested deeper than the limit `max_depth` of 64, in `Chain`");
    too_deep::<Chain>(&[1; 200]);
}

#[test]
fn a_wide_value_is_not_deep() {
    let wide: Vec<Chain> = (0..1_000).map(|_| chain(3)).collect();
    let bytes = encode(&wide).unwrap();
    assert_eq!(decode::<Vec<Chain>>(&bytes).unwrap(), wide);
}
