//! Every bound that farcall keeps, in one type. `docs/limits.md` has the reason and the worst case of each.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::wire::MAX_METADATA;
use crate::{Code, Executed, Fault, RpcError};

/// The bounds of a client or a server. Both sides keep to the smaller of what each says.
///
/// Sizes are in bytes; durations are 1 ms to 30 days, and text such as `"30s"` or `"250ms"` in a file. Every bound has an
/// error of its own that names it. [`Limits::validate`] says whether the values fit together; `connect`, `serve` and
/// `Config::load` call it.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::Limits;
/// let limits = Limits { max_message: 64 << 20, max_call_bytes: 64 << 20, ..Limits::default() };
/// limits.validate()?;
/// # Ok::<(), farcall::RpcError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Largest frame, in bytes; a longer message is cut into chunks. 16 KiB to 1 MiB. Default 72 KiB: a body of
    /// 64 KiB goes in one piece, with all the metadata that there may be; small enough that a small call waits a fraction of
    /// a millisecond behind one.
    pub max_frame: usize,
    /// Largest body of a call or a reply, in bytes. 1 KiB to 1 GiB. Default 4 MiB, as in gRPC. Above 16 MiB,
    /// `max_call_bytes` has to grow with it, and above 64 MiB `max_reply_bytes`.
    pub max_message: usize,
    /// Calls in flight per connection and direction. 64 to 65,536. Default 1,024. A call counts until its handler
    /// has ended, cancelled or not.
    pub max_calls: usize,
    /// Bytes of call bodies in flight per connection and direction. 1 MiB to 16 GiB, and at least `max_message`.
    /// Default 16 MiB.
    pub max_call_bytes: usize,
    /// Bytes of replies that wait to be written on one connection; above, a reply is replaced by the error
    /// `ResourceExhausted`. At least `max_message`, up to 16 GiB. Default 64 MiB: sixteen of the largest messages.
    pub max_reply_bytes: usize,
    /// Messages that may arrive in chunks at the same time per connection and direction. 1 to 1,024.
    /// Default 16.
    pub max_assembling: usize,
    /// Items of one stream that may be on their way or wait to be taken. 64 to 65,536. Default 16,384: enough that a
    /// stream of numbers flows without a pause for each round trip, and is bounded by `max_stream_bytes` as others are.
    pub max_stream_items: usize,
    /// Bytes of one stream that may be on their way or wait to be taken; one item may go above. 64 KiB to 16 MiB.
    /// Default 64 KiB.
    pub max_stream_bytes: usize,
    /// Bytes of items of all streams of one connection that have come and wait to be taken; above, the call whose
    /// item came last fails with `ResourceExhausted`. At least `max_stream_bytes`, up to 16 GiB; `max_message` counts
    /// if that is more. An item counts one byte more than it has. Default 64 MiB: the windows of 800 streams.
    pub max_buffered_bytes: usize,
    /// Callers of one client that may wait for a place among `max_calls`. 1 to 16,777,216. Default 16,384.
    pub max_waiting_calls: usize,
    /// Bytes waiting to be written on one connection before no further call is started there. At least `max_frame`, up
    /// to 1 GiB. Default 1 MiB.
    pub max_outbound: usize,
    /// Bytes of metadata with a call that is made or served, or with a reply that is received. 256 to 8 KiB. Default
    /// 8 KiB, as in gRPC, which is also the most that a reply may have.
    pub max_metadata: usize,
    /// Methods of all services together that one peer may bind on one connection. 1 to 65,536. Default 4,096.
    pub max_methods: usize,
    /// Nesting of a value that is encoded or decoded. 1 to 128. Default 64.
    pub max_depth: usize,
    /// Bytes of memory that a decoded value may take per byte received, beside 64 KiB. 1 to 65,536. Default 32,
    /// which lets a list of empty strings pass.
    pub max_expansion: usize,
    /// Connections of one server. 1 to 16,777,216. Default 10,240.
    pub max_connections: usize,
    /// Connections of one server that have not yet said hello; above, the oldest is closed. 1 to 1,048,576.
    /// Default 1,024.
    pub max_handshakes: usize,
    /// How often a connection with several calls on their way looks for frames, in vain, before it lets its thread sleep; in
    /// between, other tasks run. 0 to 10,000. Default 100, some 50 µs: to sleep and to be woken costs about as much. It
    /// looks ever less often where that is in vain, and not at all where the program may use one processor only. 0 suits a
    /// program that shares its processors with others and has to spare them.
    pub busy_polls: usize,
    /// From the connection to the peer's hello. Default 5 s.
    #[serde(with = "crate::duration_serde")]
    pub hello_timeout: Duration,
    /// From the first byte of a frame to its last, and of a chunked message to its next chunk. Default 30 s.
    #[serde(with = "crate::duration_serde")]
    pub frame_timeout: Duration,
    /// From the last byte that the peer took to giving the connection up, when there is something to write. Default
    /// 10 s. The peer has to take 64 KiB, or all that waits, in three times as long.
    #[serde(with = "crate::duration_serde")]
    pub write_timeout: Duration,
    /// Silence of the peer, with calls in flight, after which it is asked for a sign of life. Default 10 s; without
    /// calls in flight six times as long.
    #[serde(with = "crate::duration_serde")]
    pub keepalive_interval: Duration,
    /// How long that sign may take. Default 5 s.
    #[serde(with = "crate::duration_serde")]
    pub keepalive_timeout: Duration,
    /// Longest deadline that a server grants a unary call. Default 1 h.
    #[serde(with = "crate::duration_serde")]
    pub max_deadline: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_frame: 72 << 10,
            max_message: 4 << 20,
            max_calls: 1_024,
            max_call_bytes: 16 << 20,
            max_reply_bytes: 64 << 20,
            max_assembling: 16,
            max_stream_items: 16_384,
            max_stream_bytes: 64 << 10,
            max_buffered_bytes: 64 << 20,
            max_waiting_calls: 16_384,
            max_outbound: 1 << 20,
            max_metadata: MAX_METADATA,
            max_methods: 4_096,
            max_depth: 64,
            max_expansion: 32,
            max_connections: 10_240,
            max_handshakes: 1_024,
            busy_polls: 100,
            hello_timeout: Duration::from_secs(5),
            frame_timeout: Duration::from_secs(30),
            write_timeout: Duration::from_secs(10),
            keepalive_interval: Duration::from_secs(10),
            keepalive_timeout: Duration::from_secs(5),
            max_deadline: Duration::from_secs(3_600),
        }
    }
}

impl Limits {
    /// The smallest `max_frame`: what a client may send before it has the server's hello.
    pub const FLOOR_FRAME: usize = 16 << 10;
    /// The smallest `max_calls`: what a client may have in flight before it has the server's hello.
    pub const FLOOR_CALLS: usize = 64;
    /// The smallest `max_call_bytes`: [`FLOOR_CALLS`](Self::FLOOR_CALLS) frames of the smallest size.
    pub const FLOOR_CALL_BYTES: usize = 1 << 20;

    /// The smallest `max_stream_items`: the credit in items with which every stream begins.
    pub const FLOOR_STREAM_ITEMS: usize = 64;
    /// The smallest `max_stream_bytes`: the credit in bytes with which every stream begins.
    pub const FLOOR_STREAM_BYTES: usize = 64 << 10;

    /// Whether every value is in its range and they fit together.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` for the first that does not, with its name, its value and what was expected.
    pub fn validate(&self) -> Result<(), RpcError> {
        let sizes = [
            ("max_frame", self.max_frame, Self::FLOOR_FRAME, 1 << 20),
            ("max_message", self.max_message, 1 << 10, 1 << 30),
            ("max_calls", self.max_calls, Self::FLOOR_CALLS, 1 << 16),
            ("max_call_bytes", self.max_call_bytes, self.max_message.max(Self::FLOOR_CALL_BYTES), 1 << 34),
            ("max_reply_bytes", self.max_reply_bytes, self.max_message, 1 << 34),
            ("max_assembling", self.max_assembling, 1, 1 << 10),
            ("max_stream_items", self.max_stream_items, Self::FLOOR_STREAM_ITEMS, 1 << 16),
            ("max_stream_bytes", self.max_stream_bytes, Self::FLOOR_STREAM_BYTES, 1 << 24),
            ("max_buffered_bytes", self.max_buffered_bytes, self.max_stream_bytes, 1 << 34),
            ("max_waiting_calls", self.max_waiting_calls, 1, 1 << 24),
            ("max_outbound", self.max_outbound, self.max_frame, 1 << 30),
            ("max_metadata", self.max_metadata, 256, MAX_METADATA),
            ("max_methods", self.max_methods, 1, 1 << 16),
            ("max_depth", self.max_depth, 1, 128),
            ("max_expansion", self.max_expansion, 1, 1 << 16),
            ("max_connections", self.max_connections, 1, 1 << 24),
            ("max_handshakes", self.max_handshakes, 1, 1 << 20),
            ("busy_polls", self.busy_polls, 0, 10_000),
        ];
        for (key, value, least, most) in sizes {
            if value < least || value > most {
                let floor = match key {
                    "max_call_bytes" | "max_reply_bytes" => " (at least `max_message`)",
                    "max_buffered_bytes" => " (at least `max_stream_bytes`)",
                    "max_outbound" => " (at least `max_frame`)",
                    _ => "",
                };
                return Err(out_of_range(key, value, format_args!("{least} to {most}{floor}")));
            }
        }
        let durations = [
            ("hello_timeout", self.hello_timeout),
            ("frame_timeout", self.frame_timeout),
            ("write_timeout", self.write_timeout),
            ("keepalive_interval", self.keepalive_interval),
            ("keepalive_timeout", self.keepalive_timeout),
            ("max_deadline", self.max_deadline),
        ];
        for (key, value) in durations {
            if value < Duration::from_millis(1) || value > LONGEST {
                return Err(out_of_range(key, humantime::format_duration(value), "1ms to 30days"));
            }
        }
        Ok(())
    }
}

const LONGEST: Duration = Duration::from_secs(30 * 24 * 3_600);

fn out_of_range(key: &str, value: impl std::fmt::Display, expected: impl std::fmt::Display) -> RpcError {
    RpcError::new(Code::InvalidArgument, format!("the limit `{key}` is {value}, but has to be {expected}"))
        .with_executed(Executed::No)
        .with_fault(Fault::Caller)
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn the_defaults_are_valid() {
        Limits::default().validate().unwrap();
    }

    #[test]
    fn a_value_out_of_range_is_named_with_what_was_expected() {
        let wrong = Limits { max_frame: 5, ..Limits::default() };
        assert_eq!(
            wrong.validate().unwrap_err().message(),
            "the limit `max_frame` is 5, but has to be 16384 to 1048576"
        );
        let wrong = Limits { max_message: 32 << 20, ..Limits::default() };
        assert_eq!(
            wrong.validate().unwrap_err().message(),
            "the limit `max_call_bytes` is 16777216, but has to be 33554432 to 17179869184 (at least `max_message`)"
        );
        let wrong = Limits { hello_timeout: std::time::Duration::ZERO, ..Limits::default() };
        assert_eq!(
            wrong.validate().unwrap_err().message(),
            "the limit `hello_timeout` is 0s, but has to be 1ms to 30days"
        );
    }
}
