/// In bytes, of a message: HTTP/2 has no limit, tonic's own is 4 MiB to receive.
pub(super) const MAX_MESSAGE: usize = 64 << 20;
/// In bytes, of a stream and of the connection: 16 echoes of 1 MiB at a time do not wait for each other.
pub(super) const WINDOW: u32 = 16 << 20;
/// Calls in flight on a connection. Hyper's own limit is 200.
pub(super) const MAX_STREAMS: u32 = 4_096;
