use std::fmt;

use rpc_core::{Code, Executed, Fault, RpcError};
use serde::de::{Expected, Unexpected};

use super::tree::Origin;

/// What is wrong with a configuration, and where.
#[derive(Debug)]
pub(super) struct Problem {
    origin: Option<Origin>,
    /// From the innermost key outwards.
    path: Vec<String>,
    what: What,
}

#[derive(Debug)]
enum What {
    Unknown {
        key: String,
        known: &'static [&'static str],
    },
    Missing {
        key: &'static str,
    },
    Wrong {
        found: String,
        expected: String,
    },
    /// A finished sentence, with the value in it.
    Other(String),
}

impl Problem {
    pub(super) fn new(origin: Origin, sentence: impl Into<String>) -> Self {
        Self { origin: Some(origin), path: Vec::new(), what: What::Other(sentence.into()) }
    }

    /// The same problem, found while reading the value of `key`, which came from `origin`.
    pub(super) fn inside(mut self, key: &str, origin: &Origin) -> Self {
        self.path.push(shown(key));
        self.at(origin)
    }

    /// The same problem with a place, if it has none that is more exact.
    pub(super) fn at(mut self, origin: &Origin) -> Self {
        self.origin.get_or_insert_with(|| origin.clone());
        self
    }

    /// The sentence for the user, about the file that is called `name`.
    pub(super) fn into_error(self, name: &str) -> RpcError {
        let place = match self.origin {
            Some(Origin::Line(line)) => format!("`{name}`, line {line}"),
            Some(Origin::Column(line, column)) => format!("`{name}`, line {line}, column {column}"),
            Some(Origin::Variable(variable)) => format!("the variable `{variable}`"),
            None => format!("`{name}`"),
        };
        let path = self.path.iter().rev().cloned().collect::<Vec<_>>().join(".");
        let child = |key: &str| if path.is_empty() { shown(key) } else { format!("{path}.{}", shown(key)) };
        wrong_configuration(match self.what {
            What::Unknown { key, known } => {
                let known = known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
                format!("{place}: there is no key `{}`; known here: {known}", child(&key))
            }
            What::Missing { key } => format!("{place}: the key `{}` is missing", child(key)),
            What::Wrong { found, expected } => {
                format!("{place}: `{path}` is {found}, but has to be {expected}")
            }
            What::Other(sentence) if path.is_empty() => format!("{place}: {sentence}"),
            What::Other(sentence) => format!("{place}: `{path}`: {sentence}"),
        })
    }
}

/// Every error of this module: the fault of whoever wrote the configuration, and nothing was called.
pub(super) fn wrong_configuration(sentence: String) -> RpcError {
    RpcError::new(Code::InvalidArgument, sentence).with_executed(Executed::No).with_fault(Fault::Caller)
}

impl serde::de::Error for Problem {
    fn custom<T: fmt::Display>(sentence: T) -> Self {
        Self::of(What::Other(sentence.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(What::Wrong { found: in_toml(found), expected: in_words(expected) })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        Self::of(What::Unknown { key: key.to_owned(), known })
    }

    fn missing_field(key: &'static str) -> Self {
        Self::of(What::Missing { key })
    }
}

impl Problem {
    fn of(what: What) -> Self {
        Self { origin: None, path: Vec::new(), what }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.what)
    }
}

impl std::error::Error for Problem {}

/// A key as it stands in TOML.
pub(super) fn shown(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { format!("{key:?}") }
}

/// A value as it stands in TOML.
fn in_toml(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => value.to_string(),
        Unexpected::Signed(value) => value.to_string(),
        Unexpected::Float(value) => value.to_string(),
        Unexpected::Str(text) => format!("{text:?}"),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "a table".to_owned(),
        other => other.to_string(),
    }
}

/// serde names Rust's types; who writes a configuration does not know them.
fn in_words(expected: &dyn Expected) -> String {
    let expected = expected.to_string();
    match expected.as_str() {
        "usize" => "a whole number, 0 or more".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a string" => "text in quotes".to_owned(),
        "a map" => "a table".to_owned(),
        _ if expected.starts_with("struct ") => "a table".to_owned(),
        _ => expected,
    }
}
