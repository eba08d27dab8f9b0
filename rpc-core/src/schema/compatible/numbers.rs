//! Numbers of other widths. Codecs check every number against the type that reads it, and never round.

use super::Grade;
use crate::schema::{Number, words};

/// Of one number read as another.
pub(super) fn grade(writer: Number, reader: Number) -> Grade {
    let target = words::number(reader);
    match (bits(writer), bits(reader)) {
        _ if writer == reader => Grade::Works,
        (Bits::Float(_), Bits::Integer { .. }) => Grade::because("a float is not read as an integer"),
        (Bits::Float(written), Bits::Float(read)) if written <= read => Grade::Works,
        (Bits::Float(_), Bits::Float(_)) => Grade::unless(format!("it has more digits than {target} holds")),
        (Bits::Integer { magnitude, .. }, Bits::Float(digits)) if magnitude <= digits => Grade::Works,
        (Bits::Integer { .. }, Bits::Float(_)) => {
            Grade::unless(format!("it has more digits than {target} holds"))
        }
        (
            Bits::Integer { magnitude: written, signed: from_signed },
            Bits::Integer { magnitude: read, signed: to_signed },
        ) => match (written <= read, from_signed && !to_signed) {
            (true, false) => Grade::Works,
            (true, true) => Grade::unless("it is negative"),
            (false, _) => Grade::unless(format!("it does not fit into {target}")),
        },
    }
}

enum Bits {
    /// Binary digits beside the sign.
    Integer { magnitude: u32, signed: bool },
    /// Binary digits that are kept exactly.
    Float(u32),
}

const fn bits(number: Number) -> Bits {
    let (magnitude, signed) = match number {
        Number::I8 => (7, true),
        Number::I16 => (15, true),
        Number::I32 => (31, true),
        Number::I64 => (63, true),
        Number::I128 => (127, true),
        Number::U8 => (8, false),
        Number::U16 => (16, false),
        Number::U32 => (32, false),
        Number::U64 => (64, false),
        Number::U128 => (128, false),
        Number::F32 => return Bits::Float(f32::MANTISSA_DIGITS),
        Number::F64 => return Bits::Float(f64::MANTISSA_DIGITS),
    };
    Bits::Integer { magnitude, signed }
}
