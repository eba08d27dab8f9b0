use crate::wire::varint;

/// Appends a frame up to a body of `body_len` bytes, which the caller appends or sends behind it: the length, and
/// what `write` appends (kind and fields).
pub(super) fn frame(out: &mut Vec<u8>, body_len: usize, write: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    // Most frames are shorter than 128 bytes: one byte of length is right for them, and for the others only the
    // few bytes before the body are moved. So the length cannot differ from what was written.
    out.push(0);
    write(out);
    let length = out.len().saturating_sub(start).saturating_sub(1).saturating_add(body_len) as u64;
    match (u8::try_from(length), out.get_mut(start)) {
        (Ok(length @ ..0x80), Some(first)) => *first = length,
        _ => {
            let mut prefix = Vec::with_capacity(varint::MAX_LEN);
            varint::encode(length, &mut prefix);
            out.splice(start..=start, prefix);
        }
    }
}
