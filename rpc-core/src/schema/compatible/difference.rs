//! One difference between two sides, and how it is told.

use std::fmt;

use super::Grade;

/// A difference between what one side writes and the other reads.
///
/// Its `Display` is a sentence from the caller's point of view: ``argument `b` is i64 here and String at the server``.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// Which part of the method it is in.
    pub part: Part,
    /// The way to it: `b.items[].price`, `result.total`, `error::NotFound.id`. `[]` is an element of a list or an item of
    /// a stream, `{}` a value and `{key}` a key of a map.
    pub path: String,
    /// Which way values go.
    pub direction: Direction,
    /// What is written there, in a few words; `None` if nothing is.
    pub writer: Option<String>,
    /// What is read there, in a few words; `None` if nothing is.
    pub reader: Option<String>,
    /// What becomes of values.
    pub grade: Grade,
}

/// A part of a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Part {
    /// An argument, or the items of one that is a stream.
    Argument,
    /// The result, or its items.
    Result,
    /// The method's own error.
    Error,
    /// The error that ends a stream.
    StreamError,
}

/// Which way values go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Direction {
    /// From the caller to whom it calls: arguments.
    ToCallee,
    /// Back: results and errors.
    ToCaller,
}

impl Difference {
    /// What the caller has there, in a few words.
    pub fn caller(&self) -> Option<&str> {
        match self.direction {
            Direction::ToCallee => self.writer.as_deref(),
            Direction::ToCaller => self.reader.as_deref(),
        }
    }

    /// What the callee has there, in a few words.
    pub fn callee(&self) -> Option<&str> {
        match self.direction {
            Direction::ToCallee => self.reader.as_deref(),
            Direction::ToCaller => self.writer.as_deref(),
        }
    }

    /// What it is about: ``argument `b.price` ``.
    pub fn subject(&self) -> String {
        match self.part {
            Part::Argument => format!("argument `{}`", self.path),
            Part::Result | Part::Error => format!("`{}`", self.path),
            Part::StreamError => format!("the error that ends `{}`", self.path),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = self.subject();
        let (at_reader, from_writer) = match self.direction {
            Direction::ToCallee => ("at the server", "from here"),
            Direction::ToCaller => ("here", "by the server"),
        };
        match (&self.writer, &self.reader) {
            (None, Some(reader)) if self.grade.breaks() => {
                write!(f, "{subject}, {reader}, is needed {at_reader} and not sent {from_writer}")?;
            }
            (None, reader) => {
                let reader = reader.as_deref().unwrap_or_default();
                write!(f, "{subject}, {reader}, is not sent {from_writer}, and may be missing {at_reader}")?;
            }
            (Some(writer), None) => {
                write!(f, "{subject}, {writer}, is sent {from_writer} and not known {at_reader}")?;
            }
            (Some(writer), Some(reader)) if writer == reader => {
                write!(f, "{subject} is {writer} on both sides")?;
                if let Grade::Breaks(reason) = &self.grade {
                    write!(f, ", but {reason}")?;
                }
            }
            (Some(_), Some(_)) => {
                let (here, there) = (self.caller().unwrap_or_default(), self.callee().unwrap_or_default());
                write!(f, "{subject} is {here} here and {there} at the server")?;
            }
        }
        match &self.grade {
            Grade::WorksUnless(condition) => write!(f, ", which works unless {condition}"),
            Grade::Works | Grade::Breaks(_) => Ok(()),
        }
    }
}
