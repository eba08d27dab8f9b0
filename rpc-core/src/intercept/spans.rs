use ::tracing::field::{Empty, display};
use ::tracing::{Instrument, Span, info_span};

use super::observed::Observed;
use super::{Interceptor, Next, Outcome, Parts, Request, Response};
use crate::{Code, Context, RpcError, TraceContext};

/// Opens a `tracing` span for every call, and carries the trace from one process to the next.
///
/// # The span
///
/// It is called `rpc`, has the level `INFO`, and these fields, named as the conventions of OpenTelemetry and of the crate
/// `tracing-opentelemetry` have them where they have a name:
///
/// | field | what |
/// |---|---|
/// | `otel.name` | `Calculator/add` |
/// | `otel.kind` | `client` or `server` |
/// | `rpc.system` | `farcall` |
/// | `rpc.service`, `rpc.method` | the names on the wire |
/// | `network.peer.address` | the other end, if it is known |
/// | `trace_id`, `span_id` | of this hop, in hexadecimal |
/// | `code` | at the end: `ok`, `application error` or that of the [`RpcError`] |
/// | `elapsed_ms` | at the end: milliseconds, with fractions |
/// | `otel.status_code` | at the end: `ERROR` for a failed call; at a server not for what is the caller's fault |
///
/// A call that is dropped ends with `cancelled`, or with `deadline exceeded` if that is why.
///
/// # The trace
///
/// As the W3C recommendation *Trace Context* has it, `traceparent` and `tracestate` travel in the metadata. Each hop is
/// a span of its own: the trace stays the same, and the span's id is fresh.
///
/// * At a client the call belongs to the trace that its metadata names, else to that of the handler that makes it
///   ([`Context::current`]), else it begins a new one.
/// * At a server it belongs to the trace that the caller named. What is not exactly a `traceparent` names none, and a new
///   trace begins. The handler's [`Context::trace`] shows this hop, so that the calls it makes are its children.
///
/// A trace that begins here is marked as sampled if the span is enabled. Without a subscriber, traces are still carried
/// on. They take 60 to 600 of the bytes of `Limits::max_metadata`; a call whose own metadata leaves less goes without the
/// `tracestate`, or without both.
///
/// ```
/// # extern crate rpc_core as farcall;
/// # use std::sync::Arc;
/// # use farcall::server::ServerBuilder;
/// # fn example(transport: Arc<dyn farcall::Transport>) {
/// use farcall::intercept::Tracing;
/// let server = ServerBuilder::new(transport).intercept(Tracing::new());
/// # let _ = server;
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Tracing;

impl Tracing {
    /// For either side: it knows by the call which one it is on.
    pub fn new() -> Self {
        Self
    }
}

impl Interceptor for Tracing {
    async fn intercept(&self, mut request: Request, next: Next) -> Result<Response, RpcError> {
        let parts = &mut request.parts;
        let is_server = parts.context().is_some();
        let span = open(parts, is_server);
        let trace = match caller(parts, is_server) {
            Some(caller) => caller.child(),
            None => TraceContext::root(!span.is_disabled()),
        };
        trace.set(&mut parts.metadata);
        span.record("trace_id", display(format_args!("{:032x}", trace.trace_id())));
        span.record("span_id", display(format_args!("{:016x}", trace.parent_id())));
        let ending = span.clone();
        let observed = Observed::new(parts, move |took, outcome| {
            ending.record("code", outcome.as_str());
            ending.record("elapsed_ms", took.as_secs_f64() * 1_000.0);
            if is_failure(outcome, is_server) {
                ending.record("otel.status_code", "ERROR");
            }
        });
        let result = next.run(request).instrument(span).await;
        observed.ended(&result);
        result
    }
}

/// The span that the call is a child of.
fn caller(parts: &Parts, is_server: bool) -> Option<TraceContext> {
    let named = TraceContext::from_metadata(&parts.metadata);
    // At a server the current context is that of the call itself.
    if is_server { named } else { named.or_else(|| Context::current().trace()) }
}

fn open(parts: &Parts, is_server: bool) -> Span {
    let method = parts.method();
    let span = info_span!(
        "rpc",
        otel.name = %format_args!("{}/{}", method.service, method.name),
        otel.kind = if is_server { "server" } else { "client" },
        rpc.system = "farcall",
        rpc.service = method.service,
        rpc.method = method.name,
        network.peer.address = Empty,
        trace_id = Empty,
        span_id = Empty,
        code = Empty,
        elapsed_ms = Empty,
        otel.status_code = Empty,
    );
    if let Some(peer) = parts.peer_address() {
        span.record("network.peer.address", peer);
    }
    span
}

/// What the conventions count as an error of this side.
fn is_failure(outcome: Outcome, is_server: bool) -> bool {
    match outcome {
        Outcome::Ok => false,
        // An answer to the caller, for whom it may well be an error.
        Outcome::AppError => !is_server,
        Outcome::Failed(code) if is_server => matches!(
            code,
            Code::Unknown
                | Code::DeadlineExceeded
                | Code::Unimplemented
                | Code::Internal
                | Code::Unavailable
                | Code::DataLoss
        ),
        Outcome::Failed(_) => true,
    }
}
