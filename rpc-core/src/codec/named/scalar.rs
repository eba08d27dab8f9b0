//! Scalars that are written as text: the keys of JSON, and all of XML.

use std::borrow::Cow;

use super::token::{Token, Wanted, Wide};

/// What `text` is if `wanted` is; a text if it is not that.
pub(in crate::codec) fn scalar(text: Cow<'_, str>, wanted: Wanted) -> Token<'_> {
    let parsed = match wanted {
        Wanted::Bool => match &*text {
            "true" => Some(Token::Bool(true)),
            "false" => Some(Token::Bool(false)),
            _ => None,
        },
        Wanted::Integer => integer(&text),
        _ => None,
    };
    parsed.unwrap_or(Token::Text(text))
}

/// Only in its one form, so that two texts are two keys.
fn integer(text: &str) -> Option<Token<'static>> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.starts_with('+') || (digits.starts_with('0') && text != "0") {
        return None;
    }
    any_integer(text)
}

/// In any form: there may be a `+` or zeros in front.
pub(super) fn any_integer(text: &str) -> Option<Token<'static>> {
    let number = text.parse().map(Token::Unsigned).ok();
    let number = number.or_else(|| text.parse().map(Token::Negative).ok());
    let number = number.or_else(|| text.parse().map(|number| Token::WideUnsigned(Wide(number))).ok());
    number.or_else(|| text.parse().map(|number| Token::WideNegative(Wide(number))).ok())
}
