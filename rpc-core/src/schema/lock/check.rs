//! A service against its file.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

use super::error::Damage;
use super::{LockError, Lockfile, Report, changes, file};
use crate::schema::{ServiceSignature, Shape, words};

/// What a check may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mode {
    /// The file, if there is none; nothing else.
    Check,
    /// Nothing: a missing file is a failure.
    Ci,
    /// Nothing: a missing file is a failure, and so is whatever it does not record.
    Exact,
    /// The file, if there is none or all changes are compatible.
    Update,
    /// The file, whatever changed.
    AcceptBreaking,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The service is as in the file.
    Unchanged,
    /// There was no file; it was written.
    Created {
        /// Where.
        path: PathBuf,
        /// The types in it that say only in their bytes what they are, or could not be found out: changes within them are
        /// not seen.
        unseen: Vec<String>,
    },
    /// There are changes, all of them compatible, and the file is as it was.
    Compatible {
        /// The file.
        path: PathBuf,
        /// The changes.
        report: Report,
    },
    /// There were changes, and they are recorded.
    Updated {
        /// The file.
        path: PathBuf,
        /// The changes.
        report: Report,
    },
}

impl Mode {
    /// By the environment: `FARCALL_LOCK` is `exact`, `update` or `accept-breaking`; if it is not set, [`Ci`](Self::Ci) where
    /// `CI` is set, but not to `0` or `false`, else [`Check`](Self::Check).
    ///
    /// # Errors
    /// Another value of `FARCALL_LOCK`.
    pub fn from_environment() -> Result<Self, LockError> {
        Self::from_values(std::env::var_os("FARCALL_LOCK").as_deref(), std::env::var_os("CI").as_deref())
    }

    pub(in crate::schema) fn from_values(
        lock: Option<&OsStr>,
        ci: Option<&OsStr>,
    ) -> Result<Self, LockError> {
        match lock.filter(|lock| !lock.is_empty()) {
            None => {
                let ci = ci.is_some_and(|ci| !["", "0", "false"].iter().any(|unset| ci == *unset));
                Ok(if ci { Self::Ci } else { Self::Check })
            }
            Some(lock) if lock == "exact" => Ok(Self::Exact),
            Some(lock) if lock == "update" => Ok(Self::Update),
            Some(lock) if lock == "accept-breaking" => Ok(Self::AcceptBreaking),
            Some(lock) => Err(LockError::Variable { value: lock.to_string_lossy().into_owned() }),
        }
    }
}

/// Compares a service with its lockfile, and writes the file as far as `mode` allows.
///
/// # Errors
/// A change that breaks what is deployed, unless it is accepted; a missing file under CI; what is not recorded, if
/// `mode` is [`Mode::Exact`]; a file that cannot be read or
/// written, is damaged, or of a later version. Such a file is never overwritten.
pub fn check(current: &ServiceSignature, path: &Path, mode: Mode) -> Result<Outcome, LockError> {
    let read = |source| LockError::Read { path: path.to_owned(), source };
    let path_buf = || path.to_owned();
    let Some(bytes) = file::read(path).map_err(read)? else {
        let lock = Lockfile::new(current)?;
        if matches!(mode, Mode::Ci | Mode::Exact) {
            return Err(LockError::Missing { path: path_buf() });
        }
        write(path, &lock)?;
        return Ok(Outcome::Created { path: path_buf(), unseen: unseen(&lock) });
    };
    let text = str::from_utf8(&bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count().saturating_add(1);
        Damage::new(line, "the line is not UTF-8").in_file(path)
    })?;
    let old = Lockfile::parse(text, path)?;
    let new = old.next(current)?;
    if old == new {
        return Ok(Outcome::Unchanged);
    }
    let report = changes::report(&old, &new);
    match mode {
        Mode::AcceptBreaking => {}
        _ if !report.is_compatible() => return Err(LockError::Breaking { path: path_buf(), report }),
        Mode::Update => {}
        Mode::Exact => return Err(LockError::Unrecorded { path: path_buf(), report }),
        Mode::Check | Mode::Ci => return Ok(Outcome::Compatible { path: path_buf(), report }),
    }
    // Another service in the place of this one begins anew.
    let new = if old.service == new.service { new } else { Lockfile::new(current)? };
    write(path, &new)?;
    Ok(Outcome::Updated { path: path_buf(), report })
}

/// As [`check`], with `file` relative to the folder of a crate, and the mode by the environment: what the macro calls.
/// `problems` are those of the service's descriptor.
///
/// # Errors
/// As [`check`], and [`Mode::from_environment`]; and a service that has problems, of which no file is written.
pub fn check_in_crate(
    current: &ServiceSignature,
    problems: Vec<String>,
    crate_folder: &str,
    file: &str,
) -> Result<Outcome, LockError> {
    if !problems.is_empty() {
        return Err(LockError::NotServed { service: words::name(&current.service), problems });
    }
    check(current, &Path::new(crate_folder).join(file), Mode::from_environment()?)
}

/// The names of types in which nothing is compared.
fn unseen(lock: &Lockfile) -> Vec<String> {
    let names = lock.types.iter().filter_map(|(_, shape)| match shape {
        Shape::Any { name } | Shape::Opaque { name, .. } => Some(words::name(name)),
        _ => None,
    });
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

fn write(path: &Path, lock: &Lockfile) -> Result<(), LockError> {
    file::write(path, &lock.text).map_err(|source| LockError::Write { path: path.to_owned(), source })
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unchanged => f.write_str("the lockfile is up to date"),
            Self::Created { path, unseen } => {
                write!(f, "{} was written: commit it", path.display())?;
                match unseen.as_slice() {
                    [] => Ok(()),
                    [one] => {
                        write!(f, "; 1 type is taken as it comes, changes within it are not seen: `{one}`")
                    }
                    all => write!(
                        f,
                        "; {} types are taken as they come, changes within them are not seen: `{}`",
                        all.len(),
                        all.join("`, `")
                    ),
                }
            }
            Self::Compatible { path, report } => write!(
                f,
                "{} has compatible changes that are not recorded:\n{report}\nRun the test with FARCALL_LOCK=update and \
                 commit the file",
                path.display()
            ),
            Self::Updated { path, report } => {
                write!(f, "{} was updated, commit it:\n{report}", path.display())
            }
        }
    }
}
