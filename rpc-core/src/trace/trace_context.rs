use std::fmt;
use std::num::{NonZeroU64, NonZeroU128};
use std::sync::Arc;

use super::{random, state};
use crate::Metadata;
use crate::wire::MetadataRef;

/// The place of a call in a trace: the content of `traceparent` and `tracestate`.
///
/// A trace is all the work that one request causes, in however many services; a span is one piece of it, such as a call.
/// The metadata of a call names the trace and the caller's span under the keys `traceparent` and `tracestate`, as HTTP
/// headers do, so that tools put together what belongs together.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::TraceContext;
/// let text = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
/// let trace = TraceContext::parse(text).unwrap();
/// assert!(trace.is_sampled());
/// assert_eq!(trace.to_string(), text);
/// // A call that is made on the way is another span of the same trace.
/// let child = trace.child();
/// assert_eq!(child.trace_id(), trace.trace_id());
/// assert_ne!(child.parent_id(), trace.parent_id());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TraceContext {
    trace_id: NonZeroU128,
    parent_id: NonZeroU64,
    flags: u8,
    state: Option<Arc<str>>,
}

const SAMPLED: u8 = 1;

/// The keys of metadata.
const PARENT: &str = "traceparent";
const STATE: &str = "tracestate";

/// What a call may go without, and what sooner.
pub(crate) const TRACE_KEYS: [&str; 2] = [STATE, PARENT];

impl TraceContext {
    /// The first span of a new trace. `sampled`: it is to be recorded, and those who take part may rely on the others.
    pub fn root(sampled: bool) -> Self {
        Self {
            trace_id: random::nonzero_u128(),
            parent_id: random::nonzero_u64(),
            flags: if sampled { SAMPLED } else { 0 },
            state: None,
        }
    }

    /// Another span of the same trace, to be sent with a call: the id is fresh, all else is the same.
    #[must_use]
    pub fn child(&self) -> Self {
        Self { parent_id: random::nonzero_u64(), ..self.clone() }
    }

    /// Reads a `traceparent`. `None` if it is not exactly as the recommendation has it: lower case, no id that is zero.
    ///
    /// Of a later version what is known is read. Flags that are not known are dropped.
    pub fn parse(traceparent: &str) -> Option<Self> {
        let bytes = traceparent.as_bytes();
        let fields = bytes.get(..LENGTH)?;
        let dashes = [2, 35, 52].into_iter().all(|at| fields.get(at) == Some(&b'-'));
        let version = u8::try_from(hex(fields.get(..2)?)?).ok()?;
        let ends = match version {
            0 => bytes.len() == LENGTH,
            0xff => false,
            _ => bytes.get(LENGTH).is_none_or(|&next| next == b'-'),
        };
        if !(dashes && ends) {
            return None;
        }
        Some(Self {
            trace_id: NonZeroU128::new(hex(fields.get(3..35)?)?)?,
            parent_id: NonZeroU64::new(u64::try_from(hex(fields.get(36..52)?)?).ok()?)?,
            flags: u8::try_from(hex(fields.get(53..)?)?).ok()? & SAMPLED,
            state: None,
        })
    }

    /// The same with another `tracestate`. One that is not as the recommendation has it, or is longer than 512 bytes, is
    /// left out: it may not spoil the trace.
    #[must_use]
    pub fn with_state(mut self, tracestate: &str) -> Self {
        self.state = state::is_valid(tracestate).then(|| tracestate.into());
        self
    }

    /// The trace, the same for all its spans. As text it has 32 digits: `{:032x}`.
    pub fn trace_id(&self) -> u128 {
        self.trace_id.get()
    }

    /// The span of the caller. As text it has 16 digits: `{:016x}`.
    pub fn parent_id(&self) -> u64 {
        self.parent_id.get()
    }

    /// All flags that are known: bit 0 is [`is_sampled`](Self::is_sampled).
    pub fn flags(&self) -> u8 {
        self.flags
    }

    /// Whether the caller may have recorded its span.
    pub fn is_sampled(&self) -> bool {
        self.flags & SAMPLED != 0
    }

    /// What tracing systems pass to each other: a `tracestate`, empty for none.
    pub fn state(&self) -> &str {
        self.state.as_deref().unwrap_or_default()
    }

    /// What `metadata` names, if it is exactly one valid `traceparent`.
    pub fn from_metadata(metadata: &Metadata) -> Option<Self> {
        let values = |key| metadata.refs().filter(move |(name, _)| *name == key).map(|(_, value)| value);
        let mut parents = values(PARENT);
        let (Some(MetadataRef::Text(parent)), None) = (parents.next(), parents.next()) else { return None };
        let trace = Self::parse(parent)?;
        let states = values(STATE).map(|value| match value {
            MetadataRef::Text(text) => Some(text),
            MetadataRef::Binary(_) => None,
        });
        // Several are one list, in their order.
        match states.collect::<Option<Vec<_>>>() {
            Some(states) if !states.is_empty() => Some(trace.with_state(&states.join(","))),
            _ => Some(trace),
        }
    }

    /// Puts this into `metadata`, in the place of what it named before.
    pub fn set(&self, metadata: &mut Metadata) {
        metadata.set(PARENT, self.to_string());
        match &self.state {
            Some(state) => metadata.set(STATE, &**state),
            None => metadata.remove(STATE),
        }
    }
}

/// The `traceparent`.
impl fmt::Display for TraceContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{:032x}-{:016x}-{:02x}", self.trace_id, self.parent_id, self.flags)
    }
}

/// Of a `traceparent` of version 0.
const LENGTH: usize = 55;

/// Up to 32 lower-case digits.
fn hex(digits: &[u8]) -> Option<u128> {
    digits.iter().try_fold(0, |number: u128, digit| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        Some(number << 4 | u128::from(value))
    })
}
