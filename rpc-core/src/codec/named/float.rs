//! Numbers where a float is wanted: only those that it can hold.

use serde::de::Unexpected;

use super::token::Token;

/// `value` in single precision, unless that is another number.
#[expect(clippy::cast_possible_truncation, reason = "the result is compared with what it came from")]
pub(super) fn narrow(value: f64) -> Option<f32> {
    let narrow = value as f32;
    (f64::from(narrow) == value || value.is_nan()).then_some(narrow)
}

/// Whether an integer has no more than `digits` binary digits between its first and its last one.
pub(super) fn fits(token: &Token<'_>, digits: u32) -> bool {
    let size = match token {
        Token::Unsigned(value) => *value,
        Token::Negative(value) => value.unsigned_abs(),
        _ => return true,
    };
    u64::BITS.saturating_sub(size.leading_zeros()).saturating_sub(size.trailing_zeros()) <= digits
}

pub(super) fn unexpected(token: &Token<'_>) -> Unexpected<'static> {
    match token {
        Token::Unsigned(value) => Unexpected::Unsigned(*value),
        Token::Negative(value) => Unexpected::Signed(*value),
        _ => Unexpected::Other("another number"),
    }
}
