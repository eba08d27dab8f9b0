//! How long a call may take.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Code, Executed, Fault, RpcError};

/// How long a call may take, all its attempts and waits together.
///
/// In a file: `"2s"`, `"1m 30s"` or `"never"`. [`Default`] is 10 s: long for a call, short for a person who waits.
///
/// ```
/// use std::time::Duration;
/// # extern crate rpc_core as farcall;
/// use farcall::Timeout;
/// assert_eq!("250ms".parse::<Timeout>()?, Duration::from_millis(250).into());
/// assert_eq!(Timeout::default().to_string(), "10s");
/// # Ok::<(), rpc_core::RpcError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timeout {
    /// The call ends with `DeadlineExceeded` after this long. Zero: it has expired already.
    After(Duration),
    /// The client sets no deadline. The server still clamps a unary call to its `max_deadline`.
    Never,
}

impl Timeout {
    /// The duration, if there is one.
    pub fn duration(self) -> Option<Duration> {
        match self {
            Self::After(duration) => Some(duration),
            Self::Never => None,
        }
    }
}

impl Default for Timeout {
    fn default() -> Self {
        Self::After(Duration::from_secs(10))
    }
}

impl From<Duration> for Timeout {
    fn from(duration: Duration) -> Self {
        Self::After(duration)
    }
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::After(duration) => humantime::format_duration(*duration).fmt(f),
            Self::Never => f.write_str(NEVER),
        }
    }
}

impl FromStr for Timeout {
    type Err = RpcError;

    fn from_str(text: &str) -> Result<Self, RpcError> {
        if text == NEVER {
            return Ok(Self::Never);
        }
        humantime::parse_duration(text).map(Self::After).map_err(|error| {
            RpcError::new(Code::InvalidArgument, format!("`{text}` is not {EXPECTED}: {error}"))
                .with_executed(Executed::No)
                .with_fault(Fault::Caller)
        })
    }
}

impl Serialize for Timeout {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timeout {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TimeoutVisitor)
    }
}

struct TimeoutVisitor;

impl Visitor<'_> for TimeoutVisitor {
    type Value = Timeout;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Timeout, E> {
        text.parse().map_err(|error: RpcError| E::custom(error.message()))
    }
}

const NEVER: &str = "never";
const EXPECTED: &str = "a duration such as \"2s\" or \"never\"";

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Timeout;

    #[test]
    fn text_goes_both_ways() {
        for (text, timeout) in [
            ("2s", Timeout::After(Duration::from_secs(2))),
            ("1m 30s", Timeout::After(Duration::from_secs(90))),
            ("never", Timeout::Never),
        ] {
            assert_eq!(text.parse::<Timeout>().unwrap(), timeout);
            assert_eq!(timeout.to_string(), text);
            assert_eq!(serde_json::to_string(&timeout).unwrap(), format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<Timeout>(&format!("\"{text}\"")).unwrap(), timeout);
        }
    }

    #[test]
    fn wrong_text_is_told_with_what_would_be_right() {
        let error = "soon".parse::<Timeout>().unwrap_err();
        assert_eq!(
            error.message(),
            "`soon` is not a duration such as \"2s\" or \"never\": expected number at 0"
        );
    }
}
