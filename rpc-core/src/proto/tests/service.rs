//! What the tests serve, and where they take their choices from.

use std::sync::Arc;

use crate::generated::MethodKind;
use crate::server::{HandlerFuture, Incoming, Router};
use crate::{Limits, MethodDescriptor, Service, ServiceDescriptor, wire_id};

const SERVICE: (&str, u64) = ("Echo", wire_id("Echo"));
const NOWHERE: (&str, u64) = ("Nowhere", wire_id("Nowhere"));

pub(super) static ECHO: MethodDescriptor = MethodDescriptor::new(SERVICE, ("echo", wire_id("Echo.echo")), "");
pub(super) static OTHER: MethodDescriptor =
    MethodDescriptor::new(SERVICE, ("other", wire_id("Echo.other")), "");
pub(super) static DETACHED: MethodDescriptor =
    MethodDescriptor::new(SERVICE, ("detached", wire_id("Echo.detached")), "").with_detached();
/// A result stream.
pub(super) static FEED: MethodDescriptor = MethodDescriptor::new(SERVICE, ("feed", wire_id("Echo.feed")), "")
    .with_streams(MethodKind::ServerStreaming, &[]);
/// An argument stream.
pub(super) static TAKE: MethodDescriptor = MethodDescriptor::new(SERVICE, ("take", wire_id("Echo.take")), "")
    .with_streams(MethodKind::ClientStreaming, &["numbers"]);
/// Two argument streams and a result stream.
pub(super) static CHAT: MethodDescriptor = MethodDescriptor::new(SERVICE, ("chat", wire_id("Echo.chat")), "")
    .with_streams(MethodKind::Bidirectional, &["lines", "moods"]);
/// A method that the service does not have.
pub(super) static MISSING: MethodDescriptor =
    MethodDescriptor::new(SERVICE, ("missing", wire_id("Echo.missing")), "");
/// A method of a service that is not served.
pub(super) static STRANGE: MethodDescriptor =
    MethodDescriptor::new(NOWHERE, ("strange", wire_id("Nowhere.strange")), "");

static DESCRIPTOR: ServiceDescriptor =
    ServiceDescriptor::new(SERVICE.0, SERVICE.1, "", &[&ECHO, &OTHER, &DETACHED, &FEED, &TAKE, &CHAT]);

struct Echo;

impl Service for Echo {
    fn descriptor(&self) -> &'static ServiceDescriptor {
        &DESCRIPTOR
    }

    fn dispatch(&self, incoming: Incoming) -> HandlerFuture {
        incoming.unknown_method()
    }
}

pub(super) fn router() -> Arc<Router> {
    Arc::new(Router::new(vec![Arc::new(Echo)]).unwrap())
}

/// What becomes of so many services on one port.
pub(super) fn many(count: usize) -> Result<Router, crate::RpcError> {
    Router::new((0..count).map(|_| Arc::new(Echo) as Arc<dyn Service>).collect())
}

/// The smallest limits that the wire allows, which schedules reach soonest.
pub(super) fn tight() -> Limits {
    Limits {
        max_frame: Limits::FLOOR_FRAME,
        max_message: 256 << 10,
        max_calls: Limits::FLOOR_CALLS,
        max_call_bytes: Limits::FLOOR_CALL_BYTES,
        max_assembling: 2,
        max_outbound: 64 << 10,
        ..Limits::default()
    }
}

/// SplitMix64: small, and the same everywhere.
pub(super) struct Rng(u64);

impl Rng {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to `end` − 1.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    pub(super) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(super) fn pick<T>(&mut self, from: impl ExactSizeIterator<Item = T>) -> Option<T> {
        let mut from = from;
        let count = from.len();
        if count == 0 { None } else { from.nth(self.below(count)) }
    }
}
