use std::borrow::Cow;

use bytes::Bytes;
use serde::de::value::{BorrowedBytesDeserializer, Error};
use serde_json::json;

use super::{
    Arg, ArgumentDescriptor, DecodeField, DecodePayload, EncodePayload, Field, MethodDescriptor, Slot,
    decode_arguments, encode_arguments,
};

static ADD: MethodDescriptor = MethodDescriptor::new(("Sums", 1), ("add", 2), "").with_arguments(
    &["a", "b", "c"],
    &[
        ArgumentDescriptor::new("a"),
        ArgumentDescriptor::new("b").with_aliases(&["bee"]),
        ArgumentDescriptor::new("c").with_default(),
    ],
);

/// From a list by position, from an object by name.
fn decode(arguments: serde_json::Value) -> Result<(u8, Option<u8>, u8), String> {
    static BODY: Bytes = Bytes::new();
    let slots = (
        Slot::<u8, _>::required(crate::__payload!(u8)),
        (
            Slot::<Option<u8>, _>::required(crate::__payload!(Option<u8>)),
            (Slot::<u8, _>::or(crate::__payload!(u8), || 9), ()),
        ),
    );
    let decoded = decode_arguments(&ADD, &BODY, arguments, slots);
    decoded.map(|(a, (b, (c, ())))| (a, b, c)).map_err(|error: serde_json::Error| error.to_string())
}

#[test]
fn arguments_are_read_by_position_and_by_name() {
    assert_eq!(decode(json!([1, 2, 3])), Ok((1, Some(2), 3)));
    assert_eq!(decode(json!({ "c": 3, "bee": 2, "a": 1 })), Ok((1, Some(2), 3)));
}

#[test]
fn a_default_stands_for_what_is_missing() {
    assert_eq!(decode(json!([1, null])), Ok((1, None, 9)));
    assert_eq!(decode(json!({ "a": 1 })), Ok((1, None, 9)));
}

#[test]
fn what_is_missing_or_there_twice_is_named() {
    let message = |arguments| decode(arguments).unwrap_err();
    assert_eq!(message(json!([1])), "argument `b` of `Sums.add` is missing");
    assert_eq!(message(json!({ "b": 1 })), "argument `a` of `Sums.add` is missing");
    assert_eq!(message(json!({ "b": 1, "bee": 2 })), "argument `b` of `Sums.add` is there twice");
}

#[test]
fn strangers_are_ignored() {
    assert_eq!(decode(json!({ "a": 1, "z": [7] })), Ok((1, None, 9)));
}

#[test]
fn a_payload_is_found_by_type() {
    type Alias = Vec<u8>;
    let name = |payload: &dyn std::fmt::Debug| format!("{payload:?}");
    assert_eq!(name(&crate::__payload!(Alias)), "BlockPayload");
    assert_eq!(name(&crate::__payload!(Bytes)), "BlockPayload");
    assert_eq!(name(&crate::__payload!(Arg<'_, [u8]>)), "BlockPayload");
    assert_eq!(name(&crate::__payload!(Arg<'_, Alias>)), "BlockPayload");
    assert_eq!(name(&crate::__payload!(Option<Alias>)), "OptionalBlockPayload");
    assert_eq!(name(&crate::__payload!(error Alias)), "BlockPayload");
    assert_eq!(name(&crate::__payload!(error String)), "ErrorPayload");
    assert_eq!(name(&crate::__payload!(Vec<u16>)), "SerdePayload");
    assert_eq!(name(&crate::__payload!(Arg<'_, [u16]>)), "SerdePayload");
    assert_eq!(name(&crate::__payload!(Option<Vec<i8>>)), "SerdePayload");
    assert_eq!(name(&crate::__payload!(u64)), "PlainPayload");
    assert_eq!(name(&crate::__payload!(Option<(i8, char)>)), "PlainPayload");
    assert_eq!(name(&crate::__payload!(std::cell::Cell<u8>)), "SerdePayload");
    assert_eq!(name(&crate::__payload!(String)), "SerdePayload");
}

#[test]
fn blocks_are_written_as_bytes_and_the_rest_as_itself() {
    static PUT: MethodDescriptor = MethodDescriptor::new(("Store", 1), ("put", 2), "").with_arguments(
        &["block", "list"],
        &[ArgumentDescriptor::new("block"), ArgumentDescriptor::new("list")],
    );
    let (block, list) = (vec![1_u8, 2], vec![3_u16]);
    let fields = (
        Field::new(&block, crate::__payload!(Vec<u8>)),
        (Field::new(&list, crate::__payload!(Vec<u16>)), ()),
    );
    let value = encode_arguments(&PUT, "put", serde_json::value::Serializer, fields).unwrap();
    assert_eq!(value, json!({ "block": [1, 2], "list": [3] }));
}

#[test]
fn a_shared_block_is_a_slice_of_its_message() {
    let message = Bytes::from_static(b"a message");
    let part: Bytes = decode_bytes(&message, &message[2..]);
    assert_eq!(part.as_ptr(), message[2..].as_ptr());
    // A codec with a buffer of its own: nothing to share, and no panic.
    let elsewhere = decode_bytes(&message, b"elsewhere");
    assert_eq!(elsewhere, "elsewhere");
    let empty = decode_bytes(&message, &message[9..]);
    assert!(empty.is_empty());
}

fn decode_bytes<'de>(message: &'de Bytes, part: &'de [u8]) -> Bytes {
    crate::__payload!(Bytes).decode_field(message, BorrowedBytesDeserializer::<Error>::new(part)).unwrap()
}

#[test]
fn owned_blocks_are_given_away_without_a_copy() {
    let block = vec![1_u8, 2, 3];
    let address = block.as_ptr();
    let given = crate::__payload!(Vec<u8>).into_block(block).unwrap();
    assert_eq!(given.as_ptr(), address);
    assert!(crate::__payload!(u8).into_block(7).is_err());
    assert!(crate::__payload!(Arg<'_, [u8]>).into_block(Arg::from(&[1_u8][..])).is_err());
}

#[test]
fn a_result_outlives_its_message() {
    let read = |json: &str| {
        let body = Bytes::copy_from_slice(json.as_bytes());
        let mut deserializer = serde_json::Deserializer::from_slice(&body);
        DecodePayload::<Vec<u8>>::decode(crate::__payload!(Vec<u8>), &body, &mut deserializer)
    };
    assert_eq!(read("[1,2]").unwrap(), [1, 2]);
    assert!(read("[256]").is_err());
}

#[test]
fn text_is_lent_where_it_can_be() {
    let lent: Arg<'_, str> = serde_json::from_str(r#""plain""#).unwrap();
    assert!(lent.is_borrowed());
    let owned: Arg<'_, str> = serde_json::from_str(r#""with \"escapes\"""#).unwrap();
    assert_eq!((owned.is_borrowed(), &*owned), (false, "with \"escapes\""));
    assert!(matches!(lent.into_cow(), Cow::Borrowed("plain")));
    assert!(matches!(owned.into_cow(), Cow::Owned(_)));
    let broken = BorrowedBytesDeserializer::<Error>::new(&[0xff]);
    assert!(serde::Deserialize::deserialize(broken).map(|_: Arg<'_, str>| ()).is_err());
}
