//! The functions that generated clients call. Their futures do nothing before the first poll; dropping one cancels
//! the call.

use std::future::poll_fn;

use super::channel::{Channel, Target};
use super::encode::EncodeArguments;
use super::reply::RawReply;
use super::{local, remote_call::RemoteCall};
use crate::clock;
use crate::generated::{DecodePayload, Request};
use crate::{CallError, RpcError};

/// A call of a method that returns `T`.
pub async fn call_value<Q, T, P>(channel: Channel, request: Q, payload: P) -> Result<T, RpcError>
where
    Q: Request,
    P: DecodePayload<T>,
{
    let method = request.method();
    invoke(channel, request).await?.value(method, payload)
}

/// A call of a method that returns `Result<T, E>`.
pub async fn call_result<Q, T, E, P, PE>(
    channel: Channel,
    request: Q,
    ok: P,
    err: PE,
) -> Result<T, CallError<E>>
where
    Q: Request,
    P: DecodePayload<T>,
    PE: DecodePayload<E>,
{
    let method = request.method();
    invoke(channel, request).await?.result(method, ok, err)
}

/// A call of a method that returns `Result<T, RpcError>`.
pub async fn call_rpc<Q, T, P>(channel: Channel, request: Q, payload: P) -> Result<T, RpcError>
where
    Q: Request,
    P: DecodePayload<T>,
{
    call_value(channel, request, payload).await
}

async fn invoke<Q: Request>(channel: Channel, request: Q) -> Result<RawReply, RpcError> {
    let method = request.method();
    let timeout = method.timeout.map_or_else(|| channel.default_timeout(), Into::into);
    let now = clock::now();
    let deadline = match &channel.options {
        Some(options) => options.deadline(now, timeout),
        None => crate::CallOptions::new().deadline(now, timeout),
    };
    match channel.target {
        Target::Local(service) => {
            let body = local::encode(method, &request)?;
            local::serve(service, method, body, deadline, channel.options).await
        }
        Target::Remote(remote) => {
            let mut call = RemoteCall::new(remote, method, deadline, channel.options);
            poll_fn(move |cx| call.poll(cx, &request as &dyn EncodeArguments)).await
        }
    }
}
