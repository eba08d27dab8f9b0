use crate::wire::varint::{self, Invalid, Partial};

/// All numbers around every power of two: where the length changes, and where it must not.
fn edges() -> impl Iterator<Item = u64> {
    (0..64)
        .map(|bit| 1u64 << bit)
        .flat_map(|power| (0..=3).flat_map(move |near| [power - near.min(power), power + near.min(!power)]))
        .chain(0..=70_000)
        .chain([u64::MAX - 1, u64::MAX])
}

fn decode(bytes: &[u8]) -> Result<Option<u64>, Invalid> {
    let mut partial = Partial::default();
    for (index, &byte) in bytes.iter().enumerate() {
        if let Some(value) = partial.push(byte)? {
            assert_eq!(index + 1, bytes.len(), "ended before the last of {bytes:02x?}");
            return Ok(Some(value));
        }
    }
    Ok(None)
}

#[test]
fn every_edge_comes_back_and_has_the_length_that_len_says() {
    for value in edges() {
        let mut bytes = Vec::new();
        varint::encode(value, &mut bytes);
        assert_eq!(decode(&bytes), Ok(Some(value)));
        assert_eq!(bytes.len(), varint::len(value), "{value}");
        assert!(bytes.len() <= varint::MAX_LEN);
        for cut in 0..bytes.len() {
            assert_eq!(decode(&bytes[..cut]), Ok(None), "{value} cut at {cut}");
        }
    }
}

#[test]
fn the_length_grows_by_one_every_seven_bits() {
    for length in 1..=9 {
        assert_eq!(varint::len((1 << (7 * length)) - 1), length);
        assert_eq!(varint::len(1 << (7 * length)), length + 1);
    }
    assert_eq!(varint::len(0), 1);
    assert_eq!(varint::len(u64::MAX), 10);
}

#[test]
fn no_number_has_a_second_form() {
    for value in edges() {
        let mut bytes = Vec::new();
        varint::encode(value, &mut bytes);
        *bytes.last_mut().unwrap() |= 0x80;
        while bytes.len() < varint::MAX_LEN {
            bytes.push(0);
            assert_eq!(decode(&bytes), Err(Invalid::NotShortest), "{value} as {bytes:02x?}");
            *bytes.last_mut().unwrap() = 0x80;
        }
    }
}

#[test]
fn the_tenth_byte_may_only_be_one() {
    let nine = [0xff; 9];
    for tenth in 0..=255 {
        let bytes: Vec<u8> = nine.iter().copied().chain([tenth]).collect();
        let expected = match tenth {
            0 => Err(Invalid::NotShortest),
            1 => Ok(Some(u64::MAX)),
            2..=127 => Err(Invalid::TooLarge),
            128.. => Err(Invalid::TooLong),
        };
        assert_eq!(decode(&bytes), expected, "tenth byte {tenth:#04x}");
    }
}

/// All forms of one to three bytes: each is either the encoding of the number that it gives, or refused.
#[test]
fn whatever_is_taken_is_what_encode_writes() {
    for bits in 0..1u32 << 24 {
        let [a, b, c, _] = bits.to_le_bytes();
        // Each form once: the bytes behind the last one are zero.
        let length = match (a < 0x80, b < 0x80) {
            (true, _) => 1,
            (false, true) => 2,
            (false, false) => 3,
        };
        if bits >> (8 * length) != 0 {
            continue;
        }
        let bytes = &[a, b, c][..length];
        if let Ok(Some(value)) = decode(bytes) {
            let mut encoded = Vec::with_capacity(3);
            varint::encode(value, &mut encoded);
            assert_eq!(encoded, bytes);
        }
    }
}
