//! A long `Bytes` at the end of a value is left out, and nothing else changes.

use bytes::Bytes;
use serde::Serialize;

use super::{Codec, CodecErrorKind, CodecLimits, encode};
use crate::codec::{BLOCK, offer};

/// As arguments write it.
struct Shared(Bytes);

impl Serialize for Shared {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        offer(&self.0, || serializer.serialize_bytes(&self.0))
    }
}

fn apart<T: Serialize>(value: &T) -> (Vec<u8>, Option<Bytes>) {
    let mut out = vec![0xee];
    let block = Codec::Postcard.encode_apart("value", value, &CodecLimits::default(), &mut out).unwrap();
    assert_eq!(out.remove(0), 0xee);
    (out, block)
}

fn check<T: Serialize>(value: &T, left_out: Option<&Bytes>) {
    let (mut out, block) = apart(value);
    assert_eq!(
        block.as_ref().map(|block| block.as_ptr()),
        left_out.map(|block| block.as_ptr()),
        "not the block itself"
    );
    out.extend(block.unwrap_or_default());
    assert!(out == encode(value).unwrap());
}

fn long(length: usize) -> Bytes {
    (0..length).map(|at| (at % 251) as u8).collect()
}

#[test]
fn only_a_long_block_at_the_end_is_left_out() {
    let (one, other) = (long(BLOCK), long(BLOCK + 7));
    let shared = |block: &Bytes| Shared(block.clone());
    check(&shared(&one), Some(&one));
    check(&(7, "text", shared(&other)), Some(&other));
    check(&(shared(&one), shared(&other)), Some(&other));
    check(&(shared(&one), 7), None);
    check(&(shared(&one), shared(&other), format_args!("{}", 7)), None);
    check(&(shared(&one), Shared(long(BLOCK - 1))), None);
    // What stands in the same place is not the same.
    check(&(shared(&one), serde_bytes(&other)), None);
}

/// Bytes that nobody has offered.
fn serde_bytes(block: &Bytes) -> impl Serialize {
    struct Plain(Bytes);
    impl Serialize for Plain {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(&self.0)
        }
    }
    Plain(block.clone())
}

#[test]
fn what_is_left_out_counts() {
    let block = long(BLOCK);
    for (max_size, fits) in [(BLOCK + 3, true), (BLOCK + 2, false), (BLOCK - 1, false)] {
        let limits = CodecLimits { max_size, ..CodecLimits::default() };
        let value = (7_u8, Shared(block.clone()));
        let mut out = Vec::new();
        let encoded = Codec::Postcard.encode_apart("value", &value, &limits, &mut out);
        assert_eq!(encoded.is_ok(), fits, "{max_size}");
        if let Err(error) = encoded {
            assert_eq!((error.kind(), out.len()), (CodecErrorKind::Size, 0));
        }
        assert_eq!(Codec::Postcard.encode(&value, &limits, &mut Vec::new()).is_ok(), fits);
        let mut head = Vec::new();
        assert_eq!(Codec::Postcard.begin_block(BLOCK, &limits, &mut head), max_size >= BLOCK + 2);
    }
    let mut head = Vec::new();
    assert!(Codec::Postcard.begin_block(block.len(), &CodecLimits::default(), &mut head));
    assert!([&head[..], &block].concat() == encode(&serde_bytes(&block)).unwrap());
}
