//! Names and bytes of the codecs, and what happens to the buffer.

use serde::{Serialize, Serializer};

use super::{Codec, CodecErrorKind, CodecLimits};

#[test]
fn a_codec_is_found_by_its_byte_and_shown_by_its_name() {
    assert_eq!(Codec::Postcard.byte(), 1);
    assert_eq!(Codec::Postcard.to_string(), "postcard");
    for byte in 0..=u8::MAX {
        if let Some(codec) = Codec::from_byte(byte) {
            assert_eq!(codec.byte(), byte);
        }
    }
    assert_eq!(Codec::from_byte(0), None);
    assert_eq!(Codec::from_byte(1), Some(Codec::Postcard));
}

#[test]
fn encoding_appends_and_an_error_takes_everything_back() {
    let limits = CodecLimits { max_size: 8, ..CodecLimits::default() };
    let mut out = b"before".to_vec();
    Codec::Postcard.encode("1234567", &limits, &mut out).unwrap();
    assert_eq!(out, b"before\x071234567");
    let error = Codec::Postcard.encode(&(1_u8, "1234567"), &limits, &mut out).unwrap_err();
    assert_eq!(error.kind(), CodecErrorKind::Size);
    assert_eq!(out, b"before\x071234567");
}

struct Panics;

impl Serialize for Panics {
    fn serialize<S: Serializer>(&self, _serializer: S) -> Result<S::Ok, S::Error> {
        std::panic::resume_unwind(Box::new("on purpose"))
    }
}

#[test]
fn a_panic_takes_everything_back() {
    let mut out = b"before".to_vec();
    let encode = std::panic::AssertUnwindSafe(|| {
        Codec::Postcard.encode(&("half", Panics), &CodecLimits::default(), &mut out)
    });
    assert!(std::panic::catch_unwind(encode).is_err());
    assert_eq!(out, b"before");
}

#[test]
fn the_size_is_checked_while_writing() {
    struct Endless;
    impl Serialize for Endless {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(std::iter::repeat_n("text", 1 << 40))
        }
    }
    struct EndlessText;
    impl std::fmt::Display for EndlessText {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            loop {
                f.write_str("text")?;
            }
        }
    }
    struct Shown;
    impl Serialize for Shown {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(&EndlessText)
        }
    }
    let limits = CodecLimits { max_size: 1_000, ..CodecLimits::default() };
    let mut out = Vec::new();
    let error = Codec::Postcard.encode(&Endless, &limits, &mut out).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the encoded value is larger than the limit `max_message` of 1000 bytes, in `Endless`"
    );
    let error = Codec::Postcard.encode(&Shown, &limits, &mut out).unwrap_err();
    assert_eq!(error.kind(), CodecErrorKind::Size);
    assert!(out.capacity() < 4_096);
}

#[test]
fn every_size_up_to_the_limit_is_accepted() {
    for max_size in 0..300 {
        let limits = CodecLimits { max_size, ..CodecLimits::default() };
        let text = "x".repeat(max_size);
        let fits = (0..=max_size)
            .rev()
            .find(|length| Codec::Postcard.encode(&text[..*length], &limits, &mut Vec::new()).is_ok());
        let prefix = if max_size <= 128 { 1 } else { 2 };
        assert_eq!(fits, max_size.checked_sub(prefix), "limit {max_size}");
    }
}

#[test]
fn input_above_the_limit_is_refused_unread() {
    let limits = CodecLimits { max_size: 3, ..CodecLimits::default() };
    let error = Codec::Postcard.decode::<&str>(b"\x03abc", &limits).unwrap_err();
    assert_eq!(error.kind(), CodecErrorKind::Size);
    assert_eq!(Codec::Postcard.decode::<&str>(b"\x02ab", &limits).unwrap(), "ab");
}

#[test]
fn an_error_is_one_pointer() {
    assert_eq!(size_of::<super::CodecError>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), super::CodecError>>(), size_of::<usize>());
}
