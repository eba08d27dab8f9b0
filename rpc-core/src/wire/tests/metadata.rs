use crate::wire::{MetadataRef, decode_metadata, encode_metadata, is_metadata_key};

#[test]
fn no_bytes_are_no_metadata() {
    assert_eq!(decode_metadata(&[], 8_192), Ok(vec![]));
}

#[test]
fn the_limit_is_on_all_bytes_together() {
    let value = "v".repeat(100);
    let mut bytes = Vec::new();
    encode_metadata([("k", MetadataRef::Text(&value))], &mut bytes);
    assert_eq!(decode_metadata(&bytes, bytes.len()).unwrap().len(), 1);
    assert_eq!(
        decode_metadata(&bytes, bytes.len() - 1).unwrap_err().to_string(),
        "the length of the metadata in a frame is 105, but may be 104 at most"
    );
}

#[test]
fn cut_anywhere_it_is_refused() {
    let entries = [("a", MetadataRef::Text("1")), ("b", MetadataRef::Binary(&[0, 255]))];
    let mut bytes = Vec::new();
    encode_metadata(entries, &mut bytes);
    assert_eq!(decode_metadata(&bytes, 8_192).unwrap(), entries);
    for cut in 1..bytes.len() {
        assert!(decode_metadata(&bytes[..cut], 8_192).is_err(), "cut to {cut} bytes");
    }
    bytes.push(0);
    assert!(decode_metadata(&bytes, 8_192).is_err(), "a byte too many");
}

#[test]
fn keys() {
    for key in ["a", "x-request-id", "a_b.c9"] {
        assert!(is_metadata_key(key), "{key}");
    }
    for key in ["", "A", "a b", "é", "a\n", "a:"] {
        assert!(!is_metadata_key(key), "{key}");
    }
}
