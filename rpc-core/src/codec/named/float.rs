//! Numbers where a float is wanted: only those that it can hold.

#[cfg(any(feature = "json", feature = "xml"))]
use super::scalar::any_integer;
use super::token::Token;

/// `value` in single precision, unless that is another number.
#[expect(clippy::cast_possible_truncation, reason = "the result is compared with what it came from")]
pub(super) fn narrow(value: f64) -> Option<f32> {
    let narrow = value as f32;
    (f64::from(narrow) == value || value.is_nan()).then_some(narrow)
}

/// What a float is that was written as `text`; `nearest` is what is next to that in double precision. What the float that
/// is wanted cannot hold stays another number, and is refused as that.
///
/// An integer has to be the same number. Every other text is that of a float, which may be its shortest form.
#[cfg(any(feature = "json", feature = "xml"))]
pub(in crate::codec) fn float(text: &str, nearest: f64, single: bool) -> Token<'static> {
    let digits = if single { f32::MANTISSA_DIGITS } else { f64::MANTISSA_DIGITS };
    if text.len() > SHORT
        && let Some(integer) = any_integer(text)
        && !fits(&integer, digits)
    {
        return integer;
    }
    if !single {
        return Token::F64(nearest);
    }
    narrow(nearest).or_else(|| shortest(text, nearest)).map_or(Token::F64(nearest), Token::F32)
}

/// The number of single precision that has `text` for its shortest form.
#[cfg(any(feature = "json", feature = "xml"))]
fn shortest(text: &str, nearest: f64) -> Option<f32> {
    let value = text.parse::<f32>().ok()?;
    let known = value.to_string();
    let distance = |other: f64| (other - f64::from(value)).abs();
    // Two may be as short and as near: some writers take the one, some the other.
    let most = distance(known.parse().ok()?) + nearest.abs() * f64::EPSILON;
    (significant(text) <= significant(&known) && distance(nearest) <= most).then_some(value)
}

/// How many digits of a number there are from its first to its last one that is no zero.
#[cfg(any(feature = "json", feature = "xml"))]
fn significant(text: &str) -> usize {
    let end = text.find(['e', 'E']).unwrap_or(text.len());
    let digits = text.bytes().take(end).filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0');
    digits
        .enumerate()
        .filter(|(_, digit)| *digit != b'0')
        .last()
        .map_or(0, |(index, _)| index.saturating_add(1))
}

/// The decimal digits of an integer that fits in every float.
#[cfg(any(feature = "json", feature = "xml"))]
const SHORT: usize = 7;

/// Whether an integer has no more than `digits` binary digits between its first and its last one.
pub(super) fn fits(token: &Token<'_>, digits: u32) -> bool {
    let size = match token {
        Token::Unsigned(value) => u128::from(*value),
        Token::Negative(value) => u128::from(value.unsigned_abs()),
        Token::WideUnsigned(wide) => wide.0,
        Token::WideNegative(wide) => { wide.0 }.unsigned_abs(),
        _ => return true,
    };
    u128::BITS.saturating_sub(size.leading_zeros()).saturating_sub(size.trailing_zeros()) <= digits
}
