//! Varints of up to eight bytes, all bytes at a time: the bytes are the groups of seven bits, moved apart. For up to four
//! bytes, which most have, that is half the work.

/// The highest bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The same of four bytes.
const HALF_HIGH: u32 = 0x8080_8080;

/// Bits of eight groups.
const BITS: u32 = 56;

/// Bytes of the longest varint of 64 bits.
pub(super) const LONGEST: usize = 10;

/// The bytes of a varint, the first one lowest, and how many there are; `None` if that is more than eight.
#[inline(always)]
pub(super) fn encode(value: u64) -> Option<(u64, usize)> {
    if let Ok(value @ ..0x1000_0000) = u32::try_from(value) {
        let pairs = value.wrapping_add((value & 0x0fff_c000).wrapping_mul(3));
        let apart = pairs.wrapping_add(pairs & 0x3f80_3f80);
        let unused = (apart | 1).leading_zeros() / 8;
        // All but the last byte say that more follow.
        let more = (HALF_HIGH >> 8) >> unused.wrapping_mul(8);
        return Some(((apart | more).into(), 4_usize.wrapping_sub(unused as usize)));
    }
    if value >> BITS != 0 {
        return None;
    }
    let fours = value.wrapping_add((value & 0x00ff_ffff_f000_0000).wrapping_mul(0xf));
    let pairs = fours.wrapping_add((fours & 0x0fff_c000_0fff_c000).wrapping_mul(3));
    let apart = pairs.wrapping_add(pairs & 0x3f80_3f80_3f80_3f80);
    let unused = apart.leading_zeros() / 8;
    let more = (HIGH >> 8) >> unused.wrapping_mul(8);
    Some((apart | more, 8_usize.wrapping_sub(unused as usize)))
}

/// The value that some bytes begin with, and how many of them it has. `None` if those are not as few as can be, or if
/// fewer than eight, or ten for a long one, are there to look at.
#[inline(always)]
pub(super) fn decode(input: &[u8]) -> Option<(u64, usize)> {
    let (word, behind) = input.split_first_chunk::<8>()?;
    let [a, b, c, d, ..] = *word;
    let half = u32::from_le_bytes([a, b, c, d]);
    let last = !half & HALF_HIGH;
    if last != 0 {
        let below = last.wrapping_sub(1);
        let apart = half & below & !HALF_HIGH;
        // The last byte is 0, and not the only one.
        if apart < (last ^ below) >> 8 {
            return None;
        }
        let pairs = apart.wrapping_sub((apart & 0x7f00_7f00) >> 1);
        let fours = pairs.wrapping_sub(((pairs & 0x3fff_0000) >> 2).wrapping_mul(3));
        return Some((fours.into(), (last.trailing_zeros() / 8).wrapping_add(1) as usize));
    }
    let word = u64::from_le_bytes(*word);
    let last = !word & HIGH;
    if last == 0 {
        return decode_long(together(word & !HIGH), *behind.first_chunk()?);
    }
    let below = last.wrapping_sub(1);
    let apart = word & below & !HIGH;
    if apart < (last ^ below) >> 8 {
        return None;
    }
    Some((together(apart), (last.trailing_zeros() / 8).wrapping_add(1) as usize))
}

/// Groups of seven bits, a byte each, moved together.
#[inline(always)]
fn together(apart: u64) -> u64 {
    let pairs = apart.wrapping_sub((apart & 0x7f00_7f00_7f00_7f00) >> 1);
    let fours = pairs.wrapping_sub(((pairs & 0x3fff_0000_3fff_0000) >> 2).wrapping_mul(3));
    fours.wrapping_sub(((fours & 0x0fff_ffff_0000_0000) >> 4).wrapping_mul(0xf))
}

/// One of nine or ten bytes.
#[inline(always)]
fn decode_long(low: u64, high: [u8; 2]) -> Option<(u64, usize)> {
    match high {
        [ninth @ 1..0x80, _] => Some((low | u64::from(ninth) << BITS, 9)),
        [ninth @ 0x80..=0xff, 1] => Some((low | u64::from(ninth & 0x7f) << BITS | 1 << 63, LONGEST)),
        _ => None,
    }
}

/// As [`encode`], of any length.
#[inline(never)]
pub(super) fn encode_long(value: u64) -> ([u8; LONGEST], usize) {
    let (mut bytes, mut length, mut left) = ([0; LONGEST], 0_usize, value);
    for byte in &mut bytes {
        let [low, ..] = left.to_le_bytes();
        *byte = low | 0x80;
        length = length.wrapping_add(1);
        left >>= 7;
        if left == 0 {
            *byte = low;
            break;
        }
    }
    (bytes, length)
}
