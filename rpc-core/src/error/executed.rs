use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Whether the handler of a failed call ran: what decides if the call may be made again.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::{Code, Executed, RpcError};
/// let refused = RpcError::new(Code::Unavailable, "draining").with_executed(Executed::No);
/// assert!(refused.is_retryable());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Executed {
    /// The handler did not run, and will not: making the call again is safe.
    No = 0,
    /// The call left this process and no answer came: the handler may have run, run in part, or still be running.
    Maybe = 1,
    /// The handler ran, or began to.
    Yes = 2,
}

impl Serialize for Executed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(*self as u8)
    }
}

impl<'de> Deserialize<'de> for Executed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A number of a later version promises nothing that we know of, and `Maybe` promises nothing.
        u8::deserialize(deserializer).map(|number| match number {
            0 => Self::No,
            2 => Self::Yes,
            _ => Self::Maybe,
        })
    }
}
