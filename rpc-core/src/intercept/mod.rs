//! What stands around every call, at the client or at the server: [`Interceptor`]s.
//!
//! An interceptor is an `async fn(Request, Next) -> Result<Response, RpcError>`, a closure of that shape, or a type
//! that implements [`Interceptor`]. It may answer by itself, fail, wait, change what goes on, and look at what comes back:
//!
//! ```
//! # extern crate rpc_core as farcall;
//! use farcall::intercept::{Next, Request, Response};
//! use farcall::{Code, RpcError};
//!
//! async fn require_token(request: Request, next: Next) -> Result<Response, RpcError> {
//!     if request.parts.metadata.text("token") != Some("secret") {
//!         return Err(RpcError::new(Code::Unauthenticated, "the call carries no valid token"));
//!     }
//!     next.run(request).await
//! }
//! ```
//!
//! # Where they stand
//!
//! | added by | stands around |
//! |---|---|
//! | `ClientBuilder::intercept` | every call of a client and its copies |
//! | `Client::with_interceptor` | the calls of one copy |
//! | [`ServerBuilder::intercept`](crate::server::ServerBuilder::intercept) | every call of every service of a server |
//! | [`Service::intercept`](crate::Service::intercept) | every call of one service, behind those of the server |
//!
//! A layer of tower is an interceptor, too: `TowerLayer`, with the feature `tower`.
//!
//! The one that was added first is the outermost: it sees a call first and its answer last. Where there are none, calls
//! cost what they cost without this module.
//!
//! # What they may rely on
//!
//! * An error that the method itself returned (`Err(E)`) is a [`Response`] for which
//!   [`is_app_error`](Response::is_app_error) holds. `Err` is everything else: what interceptors refuse, and every other
//!   [`RpcError`](crate::RpcError).
//! * The deadline can be moved closer, not further away. Time spent in interceptors counts.
//! * [`Executed`](crate::Executed) stays true, whatever an interceptor makes of an error: its `Err` is `Executed::No` if
//!   nothing further in ran the call, or the answer from there says so, and `Executed::Maybe` if that is not known: the
//!   answer says so, or the interceptor did not wait for it. It is `Executed::Yes` if the call is known to have run; at a
//!   server, if the handler began to.
//! * Dropping the future of [`Next::run`] cancels what is further in.
//! * They run where the call does: at a client in the task that awaits it, whatever that runs on. Timers of tokio need a
//!   runtime there; at a server there is one.
//! * At a server, [`Context::current`](crate::Context::current) is that of the call, and a panic is caught as that of a
//!   handler is.
//! * Around a `blocking` method they run as around any other, and only the handler takes a thread of the blocking pool.
//!   Once it has begun, cancelling the call drops them when it has ended, and not before: so long it is at work. What
//!   they set for their task alone (a task-local) does not reach it; the current span of `tracing` does.
//! * A call with a stream as its result: at a client `next.run` ends when the stream is opened (its answer
//!   [`is_stream`](Response::is_stream)), at a server when the handler has given the last item. Items do not pass through
//!   interceptors.

mod concurrency_limit;
mod handler;
mod interceptor;
mod load_shed;
mod next;
mod observed;
mod rate_limit;
mod request;
mod response;
mod retry_after;
mod serve;
mod spans;
#[cfg(test)]
mod tests;
mod timer;
mod timing;
#[cfg(feature = "tower")]
mod tower;

pub use concurrency_limit::ConcurrencyLimit;
pub use interceptor::Interceptor;
pub(crate) use interceptor::Interceptors;
pub use load_shed::LoadShed;
pub use next::Next;
pub(crate) use next::Terminal;
pub use rate_limit::RateLimit;
pub(crate) use request::Origin;
pub use request::{Parts, Request};
pub(crate) use response::Kind;
pub use response::{Outcome, Response};
pub use retry_after::retry_after;
pub use serve::Intercepted;
pub use spans::Tracing;
pub use timing::Timing;
#[cfg(feature = "tower")]
pub use tower::{NextService, TowerLayer};
