//! The library as its users meet it: clients and servers over every transport.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "e2e/blocking.rs"]
mod blocking;
#[path = "e2e/blocking_pool.rs"]
mod blocking_pool;
#[path = "e2e/cancelling.rs"]
mod cancelling;
#[path = "e2e/closing.rs"]
mod closing;
#[path = "e2e/concurrency.rs"]
mod concurrency;
#[path = "e2e/connecting.rs"]
mod connecting;
#[path = "e2e/context.rs"]
mod context;
#[path = "e2e/cuts.rs"]
mod cuts;
#[path = "e2e/deadlines.rs"]
mod deadlines;
#[path = "e2e/detached.rs"]
mod detached;
#[path = "e2e/evolution.rs"]
mod evolution;
#[path = "e2e/graceful.rs"]
mod graceful;
#[path = "e2e/interceptors.rs"]
mod interceptors;
#[path = "e2e/interceptors_built_in.rs"]
mod interceptors_built_in;
#[path = "e2e/interceptors_streams.rs"]
mod interceptors_streams;
#[path = "e2e/large.rs"]
mod large;
#[path = "e2e/local.rs"]
mod local;
#[path = "e2e/panics.rs"]
mod panics;
#[path = "e2e/payloads.rs"]
mod payloads;
#[path = "e2e/per_runtime.rs"]
mod per_runtime;
#[path = "e2e/queueing.rs"]
mod queueing;
#[path = "e2e/restarting.rs"]
mod restarting;
#[path = "e2e/rolling.rs"]
mod rolling;
#[path = "e2e/runtimes.rs"]
mod runtimes;
#[path = "e2e/scheduling.rs"]
mod scheduling;
#[path = "e2e/services.rs"]
mod services;
#[path = "e2e/shapes.rs"]
mod shapes;
#[path = "e2e/sharded.rs"]
mod sharded;
#[path = "e2e/shutdown.rs"]
mod shutdown;
#[path = "e2e/streams_blocking.rs"]
mod streams_blocking;
#[path = "e2e/streams_breaking.rs"]
mod streams_breaking;
#[path = "e2e/streams_cuts.rs"]
mod streams_cuts;
#[path = "e2e/streams_deadlines.rs"]
mod streams_deadlines;
#[path = "e2e/streams_drain.rs"]
mod streams_drain;
#[path = "e2e/streams_dropping.rs"]
mod streams_dropping;
#[path = "e2e/streams_flow.rs"]
mod streams_flow;
#[path = "e2e/streams_nested.rs"]
mod streams_nested;
#[path = "e2e/streams_shapes.rs"]
mod streams_shapes;
#[path = "e2e/streams_sizes.rs"]
mod streams_sizes;
#[cfg(feature = "tower")]
#[path = "e2e/tower.rs"]
mod tower;
#[path = "e2e/truth.rs"]
mod truth;
#[path = "e2e/versions/mod.rs"]
mod versions;

mod support;
