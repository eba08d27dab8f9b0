/// The stable number of a name on the wire: FNV-1a, 64 bits, over its UTF-8 bytes.
///
/// A service's id is that of its name, a method's that of `Service.method`, both as they stand on the wire.
///
/// ```
/// assert_eq!(rpc_core::wire_id(""), 0xcbf2_9ce4_8422_2325);
/// ```
pub const fn wire_id(name: &str) -> u64 {
    fnv1a(name.as_bytes())
}

/// FNV-1a, 64 bits.
pub(crate) const fn fnv1a(bytes: &[u8]) -> u64 {
    let mut rest = bytes;
    let mut hash = OFFSET_BASIS;
    while let [byte, tail @ ..] = rest {
        hash = (hash ^ *byte as u64).wrapping_mul(PRIME);
        rest = tail;
    }
    hash
}

const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

#[cfg(test)]
mod tests {
    use super::wire_id;

    #[test]
    fn gives_the_published_values_of_fnv_1a() {
        assert_eq!(wire_id("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(wire_id("foobar"), 0x8594_4171_f739_67e8);
    }
}
