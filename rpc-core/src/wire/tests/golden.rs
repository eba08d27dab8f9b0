//! The vectors of `docs/wire.md` against the code, both ways.

use std::collections::BTreeSet;

use super::document::{Vector, blocks, hex, pairs, vectors};
use super::{Decoder, Event, decoder_behind_hello};
use crate::RpcError;
use crate::wire::{
    CloseCode, Frame, Reader, RefusalReason, WireError, decode_metadata, encode_metadata, varint,
};

#[test]
fn every_block_of_the_document_is_read() {
    let read = [
        "compact",
        "compact-invalid",
        "compact-read",
        "fingerprint",
        "frame",
        "frame-invalid",
        "frame-skipped",
        "hello",
        "hello-extended",
        "hello-invalid",
        "id",
        "json",
        "json-invalid",
        "json-read",
        "metadata",
        "metadata-invalid",
        "rpc-error",
        "signature",
        "signature-invalid",
        "varint",
        "varint-invalid",
        "xml",
        "xml-invalid",
        "xml-read",
    ];
    let found: BTreeSet<_> = blocks().iter().map(|block| block.kind).collect();
    assert_eq!(found.into_iter().collect::<Vec<_>>(), read);
}

#[test]
fn varints() {
    for (bytes, value) in pairs("varint") {
        let (bytes, value) = (hex(bytes), value.parse().unwrap());
        let mut reader = Reader::new(&bytes, "a vector");
        assert_eq!(reader.varint(), Ok(value), "{bytes:02x?}");
        assert_eq!(reader.finish(), Ok(()), "{bytes:02x?}");
        let mut encoded = Vec::new();
        varint::encode(value, &mut encoded);
        assert_eq!(encoded, bytes);
    }
    for (bytes, why) in pairs("varint-invalid") {
        let error = Reader::new(&hex(bytes), "a vector").varint().unwrap_err();
        assert_eq!(error.to_string(), format!("a vector has a number that is no varint: {why}"));
    }
}

#[test]
fn ids() {
    for (name, id) in pairs("id") {
        let id = u64::from_str_radix(id.trim_start_matches("0x"), 16).unwrap();
        assert_eq!(crate::wire_id(name), id, "{name}");
    }
}

#[test]
fn hellos() {
    for vector in vectors("hello") {
        let Event::Hello(hello) = read_hello(&vector.bytes).unwrap() else { panic!("{}", vector.name) };
        assert_same(&vector, &format!("{hello:?}"));
        let mut encoded = Vec::new();
        hello.encode(&mut encoded);
        assert_eq!(encoded, vector.bytes, "{}", vector.name);
    }
    for vector in vectors("hello-extended") {
        let Event::Hello(hello) = read_hello(&vector.bytes).unwrap() else { panic!("{}", vector.name) };
        assert_same(&vector, &format!("{hello:?}"));
    }
    for vector in vectors("hello-invalid") {
        let error = read_hello(&vector.bytes).unwrap_err();
        assert_eq!(error.close_code(), CloseCode::Hello, "{}", vector.name);
        assert_same(&vector, &error.to_string());
    }
}

fn read_hello(mut input: &[u8]) -> Result<Event<'static>, WireError> {
    let mut decoder = Decoder::new(65_536);
    assert_eq!(decoder.next(&mut input), Ok(Some(Event::Magic)));
    match decoder.next(&mut input)? {
        Some(Event::Hello(hello)) => Ok(Event::Hello(hello)),
        other => panic!("{other:?} instead of a hello"),
    }
}

#[test]
fn frames() {
    let mut kinds = BTreeSet::new();
    for vector in vectors("frame") {
        let mut encoded = Vec::new();
        let shown = read_frame(&vector.bytes, |frame| {
            frame.encode(&mut encoded);
            kinds.insert(frame.kind());
            format!("{frame:?}")
        });
        assert_same(&vector, &shown.unwrap());
        assert_eq!(encoded, vector.bytes, "{}", vector.name);
    }
    let all = (0x01..=0x08).chain(0x11..=0x18).chain(0x20..=0x23).chain([0x80]);
    assert_eq!(kinds, all.collect(), "the document has a vector for every kind");
    for vector in vectors("frame-skipped") {
        assert_same(&vector, &read_frame(&vector.bytes, |frame| format!("{frame:?}")).unwrap());
    }
}

#[test]
fn invalid_frames() {
    for vector in vectors("frame-invalid") {
        let error = read_frame(&vector.bytes, |_| ()).unwrap_err();
        assert_same(&vector, &format!("{}: {error}", error.close_code().number()));
    }
}

fn read_frame<T>(mut input: &[u8], see: impl FnOnce(&Frame<'_>) -> T) -> Result<T, WireError> {
    let mut decoder = decoder_behind_hello(65_536);
    let seen = match decoder.next(&mut input)? {
        Some(Event::Frame(frame)) => see(&frame),
        other => panic!("{other:?} instead of a frame"),
    };
    assert_eq!(input, b"", "the frame is shorter than the vector");
    Ok(seen)
}

#[test]
fn metadata() {
    for vector in vectors("metadata") {
        let entries = decode_metadata(&vector.bytes, 8_192).unwrap();
        assert_same(&vector, &format!("{entries:?}"));
        let mut encoded = Vec::new();
        encode_metadata(entries, &mut encoded);
        assert_eq!(encoded, vector.bytes, "{}", vector.name);
    }
    for vector in vectors("metadata-invalid") {
        assert_same(&vector, &decode_metadata(&vector.bytes, 8_192).unwrap_err().to_string());
    }
}

#[test]
fn rpc_errors() {
    for vector in vectors("rpc-error") {
        let error: RpcError = postcard::from_bytes(&vector.bytes).unwrap();
        assert_eq!(postcard::to_stdvec(&error).unwrap(), vector.bytes, "{}", vector.name);
        #[cfg(feature = "json")]
        {
            let (json, limits) = (crate::codec::Codec::Json, crate::codec::CodecLimits::default());
            let mut encoded = Vec::new();
            json.encode(&error, &limits, &mut encoded).unwrap();
            assert_same(&vector, &String::from_utf8(encoded).unwrap());
            let decoded: RpcError = json.decode(vector.meaning.as_bytes(), &limits).unwrap();
            assert_eq!(decoded, error, "{}", vector.name);
        }
    }
}

#[test]
fn the_numbers_of_the_document_are_those_of_the_code() {
    assert_eq!(CloseCode::ALL.map(CloseCode::number), std::array::from_fn(|index| index as u64));
    assert_eq!(RefusalReason::ALL.map(RefusalReason::as_byte), std::array::from_fn(|index| index as u8 + 1));
    assert_eq!(RefusalReason::from_byte(11), RefusalReason::Other);
    assert_eq!(CloseCode::from_number(15), CloseCode::Unknown(15));
}

#[track_caller]
fn assert_same(vector: &Vector, shown: &str) {
    assert_eq!(shown, vector.meaning, "{}", vector.name);
}
