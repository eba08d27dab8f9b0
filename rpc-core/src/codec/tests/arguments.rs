//! Arguments that an older caller does not send.

use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Codec, CodecError, CodecErrorKind, CodecLimits, encode};

type Values = (Option<u8>, Option<()>, Option<(u8, u8)>, Option<String>, Option<()>);

/// Stands for the generated code of a method with five arguments.
#[derive(Clone, Copy)]
struct Arguments;

impl<'de> DeserializeSeed<'de> for Arguments {
    type Value = Values;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Values, D::Error> {
        deserializer.deserialize_struct("Arguments", &["a", "b", "c", "d", "e"], self)
    }
}

impl<'de> Visitor<'de> for Arguments {
    type Value = Values;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("arguments")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Values, A::Error> {
        Ok((
            parts.next_element()?,
            parts.next_element()?,
            parts.next_element()?,
            parts.next_element()?,
            parts.next_element()?,
        ))
    }
}

fn arguments(body: &[u8]) -> Result<Values, CodecError> {
    Codec::Postcard.decode_arguments(Arguments, body, &CodecLimits::default())
}

#[test]
fn the_outermost_struct_may_end_at_the_border_of_a_field() {
    let text = || Some("x".to_owned());
    assert_eq!(arguments(&[1, 2, 3, 1, b'x']).unwrap(), (Some(1), Some(()), Some((2, 3)), text(), Some(())));
    assert_eq!(arguments(&[1, 2, 3]).unwrap(), (Some(1), Some(()), Some((2, 3)), None, None));
    assert_eq!(arguments(&[1]).unwrap(), (Some(1), Some(()), None, None, None));
    assert_eq!(arguments(&[]).unwrap(), (None, None, None, None, None));
}

#[test]
fn it_may_not_end_within_a_field() {
    for body in [&[1, 2][..], &[1, 2, 3, 1], &[1, 2, 3, 0x80]] {
        assert_eq!(arguments(body).unwrap_err().kind(), CodecErrorKind::UnexpectedEnd, "{body:?}");
    }
    assert_eq!(arguments(&[1, 2, 3, 0, 9]).unwrap_err().kind(), CodecErrorKind::LeftOver);
}

#[test]
fn without_decode_arguments_every_field_must_be_there() {
    let error = Codec::Postcard.decode_seed(Arguments, &[1], &CodecLimits::default()).unwrap_err();
    assert_eq!(error.kind(), CodecErrorKind::UnexpectedEnd);
    assert!(
        error.to_string().ends_with("in element 0 of `(u8, u8)`, in field `c` of `Arguments`"),
        "{error}"
    );
}

struct Inner;

impl<'de> Deserialize<'de> for Inner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Arguments.deserialize(deserializer).map(|_| Self)
    }
}

#[derive(Deserialize)]
struct Outer {
    #[expect(dead_code, reason = "only decoded")]
    inner: Inner,
}

#[derive(Deserialize)]
struct Newtype(Outer);

fn kind<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Option<CodecErrorKind> {
    let result: Result<T, _> =
        Codec::Postcard.decode_arguments(std::marker::PhantomData, body, &CodecLimits::default());
    result.err().map(|error| error.kind())
}

#[test]
fn no_other_container_may_end_early() {
    assert_eq!(kind::<Outer>(&[1]), Some(CodecErrorKind::UnexpectedEnd));
    assert_eq!(kind::<Newtype>(&[]), Some(CodecErrorKind::UnexpectedEnd));
    assert_eq!(kind::<(u8, u8)>(&[1]), Some(CodecErrorKind::UnexpectedEnd));
    assert_eq!(kind::<Option<Inner>>(&[1]), Some(CodecErrorKind::UnexpectedEnd));
    assert_eq!(kind::<Vec<Inner>>(&[1]), Some(CodecErrorKind::UnexpectedEnd));
}

#[test]
fn a_missing_field_leaves_the_depth_as_it_was() {
    let limits = CodecLimits { max_depth: 2, ..CodecLimits::default() };
    let body = encode(&1_u8).unwrap();
    let values = Codec::Postcard.decode_arguments(Arguments, &body, &limits).unwrap();
    assert_eq!(values.2, None);
}

#[test]
fn an_argument_of_the_wrong_type_is_not_a_missing_one() {
    #[derive(Deserialize)]
    struct Ignored {
        #[expect(dead_code, reason = "only decoded")]
        a: IgnoredAny,
    }
    assert_eq!(kind::<Ignored>(&[]), Some(CodecErrorKind::SelfDescribing));
}
