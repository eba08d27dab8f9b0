//! The functions that generated clients call. Their futures do nothing before the first poll; dropping one cancels
//! the call.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::channel::Channel;
use super::failure;
use super::reply::RawReply;
use super::unary::UnaryCall;
use crate::generated::{DecodePayload, MethodDescriptor, Request};
use crate::stream::Uploads;
use crate::{CallError, RpcError};

/// A call of a method that returns `T` or `Result<T, RpcError>`.
pub fn call_value<Q, T, P>(
    channel: Channel,
    request: Q,
    uploads: Uploads<'_>,
    payload: P,
) -> impl Future<Output = Result<T, RpcError>>
where
    Q: Request,
    P: DecodePayload<T>,
{
    let decode = move |reply: &RawReply, method| reply.value(method, payload);
    Call::new(channel, request, uploads, decode)
}

/// A call of a method that returns `Result<T, E>`.
pub fn call_result<Q, T, E, P, PE>(
    channel: Channel,
    request: Q,
    uploads: Uploads<'_>,
    ok: P,
    err: PE,
) -> impl Future<Output = Result<T, CallError<E>>>
where
    Q: Request,
    P: DecodePayload<T>,
    PE: DecodePayload<E>,
{
    let decode = move |reply: &RawReply, method| reply.result(method, ok, err);
    Call::new(channel, request, uploads, decode)
}

/// A call, and what makes its result of the answer.
struct Call<'s, Q, D, R> {
    call: UnaryCall,
    /// `None` when it is over.
    given: Option<Given<'s, Q, D>>,
    result: PhantomData<fn() -> R>,
}

struct Given<'s, Q, D> {
    request: Q,
    uploads: Uploads<'s>,
    decode: D,
}

impl<'s, Q: Request, D, R> Call<'s, Q, D, R> {
    fn new(channel: Channel, request: Q, uploads: Uploads<'s>, decode: D) -> Self {
        let call = UnaryCall::new(channel, request.method());
        Self { call, given: Some(Given { request, uploads, decode }), result: PhantomData }
    }
}

// Nothing in it is ever pinned.
impl<Q, D, R> Unpin for Call<'_, Q, D, R> {}

impl<Q, D, T, E> Future for Call<'_, Q, D, Result<T, E>>
where
    Q: Request,
    D: FnOnce(&RawReply, &'static MethodDescriptor) -> Result<T, E>,
    E: From<RpcError>,
{
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { call, given, .. } = &mut *self;
        let method = call.method();
        let Some(Given { request, uploads, .. }) = given else {
            return Poll::Ready(Err(failure::polled_again(method).into()));
        };
        let reply = ready!(call.poll(cx, request, uploads));
        let Some(Given { decode, .. }) = given.take() else { return Poll::Pending };
        Poll::Ready(match reply {
            Ok(reply) => decode(&reply, method),
            Err(error) => Err(error.into()),
        })
    }
}
