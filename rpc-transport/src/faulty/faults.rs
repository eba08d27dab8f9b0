//! What shall go wrong.

/// What a [`FaultyTransport`](super::FaultyTransport) does to each of its connections.
///
/// ```
/// use rpc_transport::faulty::Faults;
/// let tiny = Faults::one_byte();
/// let random = Faults::random(7, 1500);
/// let cut = Faults::none().cut_after(10_000);
/// # let _ = (tiny, random, cut);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults {
    pub(super) most_bytes: usize,
    pub(super) seed: Option<u64>,
    pub(super) pending: bool,
    pub(super) cut_after: Option<u64>,
}

impl Faults {
    /// No faults; a start for the other methods.
    pub fn none() -> Self {
        Self { most_bytes: usize::MAX, seed: None, pending: false, cut_after: None }
    }

    /// One byte per read and write, and every other poll is `Pending`.
    pub fn one_byte() -> Self {
        Self { most_bytes: 1, pending: true, ..Self::none() }
    }

    /// Reads and writes of 1 to `most_bytes` bytes, chosen by `seed`, and every other poll is `Pending`. The n-th
    /// end of a connection that is made has sizes of its own, the same in each run.
    pub fn random(seed: u64, most_bytes: usize) -> Self {
        Self { most_bytes, seed: Some(seed), pending: true, cut_after: None }
    }

    /// Never `Pending` without a reason.
    pub fn without_pending(mut self) -> Self {
        self.pending = false;
        self
    }

    /// Cuts each connection after `bytes` bytes, read and written counted together: both of its halves then fail
    /// with `ConnectionReset`, also if they are waiting, and the peer sees that the connection is gone.
    pub fn cut_after(mut self, bytes: u64) -> Self {
        self.cut_after = Some(bytes);
        self
    }
}
