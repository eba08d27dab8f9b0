//! Why a lockfile does not pass.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Report;
use crate::schema::SignatureError;

/// Why a check of a lockfile failed. Its `Display` is all there is to say in a failing test.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LockError {
    /// There is no file, and none is written under CI, nor where everything has to be recorded.
    #[error(
        "{} does not exist, and CI or FARCALL_LOCK=exact is set: run this test once where neither is set, and commit the \
         file that it writes",
        path.display()
    )]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// The file cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file cannot be written.
    #[error("{} cannot be written: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not what was written.
    #[error("{}:{line}: {why}; restore the file from version control, it is left as it is", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        why: String,
    },
    /// The file is of a later version of farcall.
    #[error(
        "{}:{line}: the file has format {format}, and this version of farcall reads format 1: update farcall, the file is \
         left as it is",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The format that it names.
        format: u32,
    },
    /// A change would break what is deployed.
    #[error(
        "{} has changes that break what is deployed:\n{report}\nUndo them, or record them with \
         FARCALL_LOCK=accept-breaking if nothing of before is in use any more",
        path.display()
    )]
    Breaking {
        /// The file.
        path: PathBuf,
        /// All changes.
        report: Report,
    },
    /// There are changes that break nothing, but the file has to record everything.
    #[error(
        "{} has changes that are not recorded, and FARCALL_LOCK=exact is set:\n{report}\nRun the test with \
         FARCALL_LOCK=update and commit the file",
        path.display()
    )]
    Unrecorded {
        /// The file.
        path: PathBuf,
        /// The changes.
        report: Report,
    },
    /// No server would start with this service, so that nothing of it can be recorded.
    #[error("the service `{service}` cannot be served, so its lockfile is left as it is:\n{}", problems.join("\n"))]
    NotServed {
        /// Its name.
        service: String,
        /// Why, a sentence for each method.
        problems: Vec<String>,
    },
    /// The environment variable `FARCALL_LOCK` has a value that means nothing.
    #[error("FARCALL_LOCK is `{value}`, but has to be `exact`, `update` or `accept-breaking`, or not set")]
    Variable {
        /// The value.
        value: String,
    },
    /// The types of the service are no types.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// A type that no line of a file can hold.
    #[error(
        "`{place}` has a type that nests too deep or is too long to be written without a name: make a struct of a part of it"
    )]
    TooDeep {
        /// Where the type is.
        place: String,
    },
}

/// What is wrong with a text, before it is known of which file it is.
#[derive(Debug)]
pub(super) struct Damage {
    pub(super) line: usize,
    pub(super) why: Why,
}

#[derive(Debug)]
pub(super) enum Why {
    Text(String),
    Newer(u32),
    Other(Box<LockError>),
}

impl Damage {
    pub(super) fn new(line: usize, why: impl Into<String>) -> Self {
        Self { line, why: Why::Text(why.into()) }
    }

    pub(super) fn in_file(self, path: &Path) -> LockError {
        let (path, line) = (path.to_owned(), self.line);
        match self.why {
            Why::Text(why) => LockError::Damaged { path, line, why },
            Why::Newer(format) => LockError::Newer { path, line, format },
            Why::Other(error) => *error,
        }
    }
}
