//! Numbers, texts and what else has no parts, out of JSON.

use std::fmt;

use rpc_core::schema::{Number, Shape};
use serde::de::{Deserializer, Error, Expected, Unexpected, Visitor};

use super::Data;
use super::data::bytes;

/// Reads a value of a shape without parts.
pub(super) fn scalar<'de, D: Deserializer<'de>>(shape: &Shape, deserializer: D) -> Result<Data, D::Error> {
    let visitor = Scalar(shape);
    match shape {
        // Else numbers above 64 bits are read as floats.
        Shape::Number(Number::I128) => {
            deserializer.deserialize_i128(visitor).map_err(|error| visitor.out_of_range(error))
        }
        Shape::Number(Number::U128) => {
            deserializer.deserialize_u128(visitor).map_err(|error| visitor.out_of_range(error))
        }
        _ => deserializer.deserialize_any(visitor),
    }
}

#[derive(Clone, Copy)]
struct Scalar<'t>(&'t Shape);

impl Scalar<'_> {
    /// What JSON says of a number that has no room in 128 bits does not say what would have.
    fn out_of_range<E: Error>(self, error: E) -> E {
        let said = error.to_string();
        match said.strip_prefix("number out of range") {
            Some(_) => {
                E::custom(format_args!("found a number out of range, expected {}", &self as &dyn Expected))
            }
            None => error,
        }
    }

    fn integer<E: Error>(self, value: Data, found: Unexpected<'_>) -> Result<Data, E> {
        let Shape::Number(number) = self.0 else { return Err(E::invalid_type(found, &self)) };
        let Some((least, most)) = range(*number) else { return self.float(found) };
        let fits = match &value {
            Data::Unsigned(value) => u128::from(*value) <= most,
            Data::WideUnsigned(value) => **value <= most,
            Data::Negative(value) => i128::from(*value) >= least,
            Data::WideNegative(value) => **value >= least,
            _ => false,
        };
        if fits { Ok(value) } else { Err(E::invalid_value(found, &self)) }
    }

    #[expect(clippy::cast_precision_loss, reason = "as any number that is written with too many digits")]
    fn float<E: Error>(self, found: Unexpected<'_>) -> Result<Data, E> {
        let value = match found {
            Unexpected::Unsigned(value) => value as f64,
            Unexpected::Signed(value) => value as f64,
            Unexpected::Float(value) => value,
            _ => return Err(E::invalid_type(found, &self)),
        };
        self.rounded(value).ok_or_else(|| E::invalid_value(found, &self))
    }

    /// A float of the wanted width; `None` if it has none that is near.
    #[expect(clippy::cast_possible_truncation, reason = "what comes out infinite is refused")]
    fn rounded(self, value: f64) -> Option<Data> {
        match self.0 {
            Shape::Number(Number::F64) => Some(Data::F64(value)),
            Shape::Number(Number::F32) => {
                let narrow = value as f32;
                (narrow.is_finite() || !value.is_finite()).then_some(Data::F32(narrow))
            }
            _ => None,
        }
    }
}

impl Visitor<'_> for Scalar<'_> {
    type Value = Data;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Shape::Bool => f.write_str("true or false"),
            Shape::Char => f.write_str("a text of one character"),
            Shape::Bytes => f.write_str("bytes, as a text in base64"),
            Shape::Unit | Shape::UnitStruct { .. } => f.write_str("null"),
            Shape::Number(number) => match range(*number) {
                Some((least, most)) => write!(f, "an integer from {least} to {most}"),
                None => f.write_str("a number, or one of the texts \"NaN\", \"inf\" and \"-inf\""),
            },
            _ => f.write_str("a text"),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<Data, E> {
        match self.0 {
            Shape::Unit | Shape::UnitStruct { .. } => Ok(Data::Null),
            _ => Err(E::invalid_type(Unexpected::Other("null"), &self)),
        }
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Data, E> {
        match self.0 {
            Shape::Bool => Ok(Data::Bool(value)),
            _ => Err(E::invalid_type(Unexpected::Bool(value), &self)),
        }
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Data, E> {
        self.integer(Data::Unsigned(value), Unexpected::Unsigned(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Data, E> {
        self.integer(Data::signed(value.into()), Unexpected::Signed(value))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Data, E> {
        self.integer(Data::unsigned(value), Unexpected::Other(&format!("integer `{value}`")))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Data, E> {
        self.integer(Data::signed(value), Unexpected::Other(&format!("integer `{value}`")))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Data, E> {
        match self.0 {
            Shape::Number(Number::F32 | Number::F64) => self.float(Unexpected::Float(value)),
            _ => Err(E::invalid_type(Unexpected::Float(value), &self)),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Data, E> {
        let invalid = || E::invalid_type(Unexpected::Str(text), &self);
        match self.0 {
            Shape::Text => Ok(Data::Text(text.to_owned())),
            Shape::Char if text.chars().count() == 1 => Ok(Data::Text(text.to_owned())),
            Shape::Bytes => bytes(text, &self),
            Shape::Number(Number::F32 | Number::F64) if ["NaN", "inf", "-inf"].contains(&text) => {
                text.parse().ok().and_then(|value| self.rounded(value)).ok_or_else(invalid)
            }
            _ => Err(invalid()),
        }
    }
}

/// The least and the most that an integer holds; `None` for floats.
const fn range(number: Number) -> Option<(i128, u128)> {
    Some(match number {
        Number::I8 => (i8::MIN as i128, i8::MAX as u128),
        Number::I16 => (i16::MIN as i128, i16::MAX as u128),
        Number::I32 => (i32::MIN as i128, i32::MAX as u128),
        Number::I64 => (i64::MIN as i128, i64::MAX as u128),
        Number::I128 => (i128::MIN, i128::MAX as u128),
        Number::U8 => (0, u8::MAX as u128),
        Number::U16 => (0, u16::MAX as u128),
        Number::U32 => (0, u32::MAX as u128),
        Number::U64 => (0, u64::MAX as u128),
        Number::U128 => (0, u128::MAX),
        _ => return None,
    })
}
