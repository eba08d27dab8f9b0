use std::error::Error;
use std::fmt::{self, Write};
use std::sync::Arc;

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Code, Executed, Fault};

/// What a method gives that has no error type of its own: its handler picks [`Code`] and message.
pub type Result<T, E = RpcError> = core::result::Result<T, E>;

/// Why a call failed, whose fault it is, and whether the handler ran.
///
/// One pointer wide. Made by farcall for everything that can go wrong between caller and handler, and by a
/// handler whose method returns `Result<T, RpcError>`. On the wire it has four fields (code, executed, message,
/// details; see `docs/wire.md`); the [local cause](Error::source) stays at home.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::{Code, Executed, RpcError};
/// let error = RpcError::new(Code::NotFound, "no account 7");
/// assert_eq!(error.to_string(), "not found: no account 7");
/// assert_eq!(error.executed(), Executed::Yes);
/// ```
#[derive(Clone)]
pub struct RpcError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    code: Code,
    executed: Executed,
    fault: Fault,
    message: String,
    details: Vec<ErrorDetail>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

/// Something for a program to read beside the message of an [`RpcError`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorDetail {
    /// What the value is: a name that both sides agreed on, such as a type URL.
    pub kind: String,
    /// The value, in the form that `kind` implies.
    #[serde(with = "crate::bytes_serde")]
    pub value: Bytes,
}

impl RpcError {
    /// An error as a handler returns it: [`Executed::Yes`], and the fault that the code usually implies.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            code,
            executed: Executed::Yes,
            fault: Fault::of(code),
            message: message.into(),
            details: Vec::new(),
            source: None,
        }))
    }

    /// The same error with another answer to whether the handler ran.
    #[must_use]
    pub fn with_executed(mut self, executed: Executed) -> Self {
        self.0.executed = executed;
        self
    }

    /// The same error with another answer to whose fault it is. Does not travel: the other side judges by the code.
    #[must_use]
    pub fn with_fault(mut self, fault: Fault) -> Self {
        self.0.fault = fault;
        self
    }

    /// The same error with one more detail for programs.
    #[must_use]
    pub fn with_detail(mut self, kind: impl Into<String>, value: impl Into<Bytes>) -> Self {
        self.0.details.push(ErrorDetail { kind: kind.into(), value: value.into() });
        self
    }

    /// The same error with its cause in this process. Does not travel.
    #[must_use]
    pub fn with_source(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    /// Why the call failed.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// What happened, to what, and what to do.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Whether the handler ran.
    pub fn executed(&self) -> Executed {
        self.0.executed
    }

    /// Who has to act.
    pub fn fault(&self) -> Fault {
        self.0.fault
    }

    /// What programs may read beside the message.
    pub fn details(&self) -> &[ErrorDetail] {
        &self.0.details
    }

    /// True if making the call again is safe (the handler did not run) and may help (the cause may pass).
    pub fn is_retryable(&self) -> bool {
        self.0.executed == Executed::No
            && matches!(self.0.code, Code::Unavailable | Code::ResourceExhausted | Code::Aborted)
    }
}

/// In one line: the message may be a peer's, so that control characters are escaped, as is what changes the direction of
/// text, and what is behind the first 2,048 characters is left out. [`message`](RpcError::message) gives it as it is.
impl fmt::Display for RpcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.code)?;
        let message = self.0.message.as_str();
        if message.is_empty() {
            return Ok(());
        }
        let end = message.char_indices().nth(LONGEST_SHOWN).map(|(at, _)| at);
        let (shown, left_out) = message.split_at(end.unwrap_or(message.len()));
        f.write_str(": ")?;
        for c in shown.chars() {
            if is_unsafe_in_a_line(c) {
                write!(f, "{}", c.escape_default())?;
            } else {
                f.write_char(c)?;
            }
        }
        if left_out.is_empty() { Ok(()) } else { write!(f, "… ({} more bytes)", left_out.len()) }
    }
}

/// Characters of a message that are shown in a line of a log.
const LONGEST_SHOWN: usize = 2_048;

/// Control characters, those that end lines and those that turn text around.
fn is_unsafe_in_a_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl fmt::Debug for RpcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("RpcError");
        out.field("code", &self.0.code)
            .field("executed", &self.0.executed)
            .field("fault", &self.0.fault)
            .field("message", &self.0.message);
        if !self.0.details.is_empty() {
            out.field("details", &self.0.details);
        }
        if let Some(source) = &self.0.source {
            out.field("source", source);
        }
        out.finish()
    }
}

impl Error for RpcError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

/// Compares what travels: code, executed, message and details.
impl PartialEq for RpcError {
    fn eq(&self, other: &Self) -> bool {
        self.0.code == other.0.code
            && self.0.executed == other.0.executed
            && self.0.message == other.0.message
            && self.0.details == other.0.details
    }
}

impl Eq for RpcError {}

/// The form on the wire. Field order and names are frozen by `docs/wire.md`.
#[derive(Serialize)]
#[serde(rename = "RpcError")]
struct WireRef<'a> {
    code: Code,
    executed: Executed,
    message: &'a str,
    details: &'a [ErrorDetail],
}

#[derive(Deserialize)]
#[serde(rename = "RpcError")]
struct WireOwned {
    code: Code,
    executed: Executed,
    message: String,
    details: Vec<ErrorDetail>,
}

impl Serialize for RpcError {
    fn serialize<S: Serializer>(&self, serializer: S) -> core::result::Result<S::Ok, S::Error> {
        let Inner { code, executed, message, details, .. } = &*self.0;
        WireRef { code: *code, executed: *executed, message, details }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RpcError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> core::result::Result<Self, D::Error> {
        let WireOwned { code, executed, message, details } = WireOwned::deserialize(deserializer)?;
        Ok(Self(Box::new(Inner { code, executed, fault: Fault::of(code), message, details, source: None })))
    }
}

const _: () = assert!(size_of::<RpcError>() <= 16);
