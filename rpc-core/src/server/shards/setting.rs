use std::fmt;
use std::str::FromStr;
use std::thread;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Code, Executed, Fault, RpcError};

/// On how many threads of its own a server serves: [`ServerBuilder::shards`](super::super::ServerBuilder::shards).
///
/// In a file: a number, `"per-core"` or `"off"`.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::Shards;
/// assert_eq!("4".parse::<Shards>()?, Shards::Count(4));
/// assert_eq!("per-core".parse::<Shards>()?, Shards::PerCore);
/// assert_eq!(Shards::default(), Shards::Off);
/// # Ok::<(), farcall::RpcError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Shards {
    /// None: the runtime in which the server was started serves. The default, since handlers that block, and those
    /// that are few and long, are better off there.
    #[default]
    Off,
    /// As many as the process may use processors, as [`std::thread::available_parallelism`] tells.
    PerCore,
    /// This many, from 1 to [`Shards::MOST`].
    Count(usize),
}

impl Shards {
    /// The most that a server may have: 1,024.
    pub const MOST: usize = 1_024;

    /// Threads to start; `None` if the runtime of the caller serves.
    pub(in crate::server) fn threads(self) -> Result<Option<usize>, RpcError> {
        match self {
            Self::Off => Ok(None),
            Self::PerCore => {
                let cores = thread::available_parallelism().map_or(1, usize::from);
                Ok(Some(cores.min(Self::MOST)))
            }
            Self::Count(count) if (1..=Self::MOST).contains(&count) => Ok(Some(count)),
            Self::Count(count) => Err(wrong(format!("a server cannot have {count} shards: give {EXPECTED}"))),
        }
    }
}

impl From<usize> for Shards {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl fmt::Display for Shards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str(OFF),
            Self::PerCore => f.write_str(PER_CORE),
            Self::Count(count) => count.fmt(f),
        }
    }
}

impl FromStr for Shards {
    type Err = RpcError;

    fn from_str(text: &str) -> Result<Self, RpcError> {
        let shards = match text {
            OFF => Some(Self::Off),
            PER_CORE => Some(Self::PerCore),
            number => number.parse().ok().map(Self::Count),
        };
        shards
            .filter(|shards| shards.threads().is_ok())
            .ok_or_else(|| wrong(format!("`{text}` is not {EXPECTED}")))
    }
}

impl Serialize for Shards {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(count) => count.serialize(serializer),
            named => serializer.collect_str(named),
        }
    }
}

impl<'de> Deserialize<'de> for Shards {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShardsVisitor)
    }
}

struct ShardsVisitor;

impl Visitor<'_> for ShardsVisitor {
    type Value = Shards;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Shards, E> {
        text.parse().map_err(|error: RpcError| E::custom(error.message()))
    }

    fn visit_u64<E: serde::de::Error>(self, count: u64) -> Result<Shards, E> {
        self.visit_str(&count.to_string())
    }

    fn visit_i64<E: serde::de::Error>(self, count: i64) -> Result<Shards, E> {
        self.visit_str(&count.to_string())
    }
}

fn wrong(text: String) -> RpcError {
    RpcError::new(Code::InvalidArgument, text).with_executed(Executed::No).with_fault(Fault::Caller)
}

const OFF: &str = "off";
const PER_CORE: &str = "per-core";
const EXPECTED: &str = "a number of threads from 1 to 1024, \"per-core\" or \"off\"";

#[cfg(test)]
mod tests {
    use super::Shards;

    #[test]
    fn text_and_numbers_go_both_ways() {
        for (text, json, shards) in [
            ("off", "\"off\"", Shards::Off),
            ("per-core", "\"per-core\"", Shards::PerCore),
            ("1024", "1024", Shards::Count(1024)),
        ] {
            assert_eq!(text.parse::<Shards>().unwrap(), shards);
            assert_eq!(shards.to_string(), text);
            assert_eq!(serde_json::to_string(&shards).unwrap(), json);
            assert_eq!(serde_json::from_str::<Shards>(json).unwrap(), shards);
        }
    }

    #[test]
    fn wrong_ones_are_told_with_what_would_be_right() {
        for text in ["0", "1025", "-1", "many", ""] {
            let error = text.parse::<Shards>().unwrap_err();
            assert_eq!(
                error.message(),
                format!("`{text}` is not a number of threads from 1 to 1024, \"per-core\" or \"off\"")
            );
        }
        for json in ["0", "-3", "true", "1.5"] {
            serde_json::from_str::<Shards>(json).unwrap_err();
        }
        for count in [0, 1_025] {
            let error = Shards::Count(count).threads().unwrap_err();
            assert!(error.message().starts_with(&format!("a server cannot have {count} shards")), "{error}");
        }
    }

    #[test]
    fn there_is_a_thread_for_every_core() {
        assert!(Shards::PerCore.threads().unwrap().unwrap() >= 1);
        assert_eq!(Shards::Off.threads().unwrap(), None);
    }
}
