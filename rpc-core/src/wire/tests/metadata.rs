use crate::wire::{
    MAX_METADATA_ENTRIES, MetadataRef, check_metadata, decode_metadata, encode_metadata, is_metadata_key,
};

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
fn the_number_of_entries_is_limited() {
    let many = |count| {
        let mut bytes = Vec::new();
        encode_metadata(vec![("k", MetadataRef::Text("")); count], &mut bytes);
        bytes
    };
    let most = many(MAX_METADATA_ENTRIES);
    let entries = check_metadata(&most, 8_192).unwrap();
    assert_eq!((entries.len(), entries.count()), (MAX_METADATA_ENTRIES, MAX_METADATA_ENTRIES));
    for count in [MAX_METADATA_ENTRIES + 1, 2_047] {
        let bytes = many(count);
        assert!(bytes.len() <= 8_192);
        assert_eq!(
            check_metadata(&bytes, 8_192).unwrap_err().to_string(),
            format!("the number of entries in the metadata is {count}, but may be 128 at most")
        );
    }
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
