//! Which integers a width holds.

use crate::schema::Number;

/// Of a negative integer the magnitude is that of `-1 - number`.
pub(super) fn within(number: Number, negative: bool, magnitude: u128) -> bool {
    let (signed, bits) = match number {
        Number::I8 => (true, 8),
        Number::I16 => (true, 16),
        Number::I32 => (true, 32),
        Number::I64 => (true, 64),
        Number::I128 => (true, 128),
        Number::U8 => (false, 8),
        Number::U16 => (false, 16),
        Number::U32 => (false, 32),
        Number::U64 => (false, 64),
        Number::U128 => (false, 128),
        Number::F32 | Number::F64 => return false,
    };
    let bits = bits - u32::from(signed);
    (signed || !negative) && (bits == 128 || magnitude >> bits == 0)
}
