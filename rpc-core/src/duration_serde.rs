//! `"2s"`, `"250ms"`, `"1h 30m"`: a `Duration` as people write it, for `#[serde(with = …)]`.

use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

/// Writes the duration as text.
pub fn serialize<S: Serializer>(value: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&humantime::format_duration(*value))
}

/// Reads text; the error says what was written and what would be right.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(deserializer)?;
    humantime::parse_duration(&text).map_err(|error| {
        D::Error::custom(format_args!("`{text}` is not a duration such as \"2s\" or \"250ms\": {error}"))
    })
}
