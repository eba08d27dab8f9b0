//! The functions that generated clients call. Their futures do nothing before the first poll; dropping one cancels
//! the call.

use std::future::poll_fn;

use super::channel::Channel;
use super::encode::EncodeArguments;
use super::remote_call::RemoteCall;
use super::reply::RawReply;
use super::running::RunningCall;
use crate::generated::{DecodePayload, Request};
use crate::stream::Uploads;
use crate::{CallError, RpcError};

/// A call of a method that returns `T` or `Result<T, RpcError>`.
pub async fn call_value<Q, T, P>(
    channel: Channel,
    request: Q,
    uploads: Uploads<'_>,
    payload: P,
) -> Result<T, RpcError>
where
    Q: Request,
    P: DecodePayload<T>,
{
    let method = request.method();
    invoke(channel, request, uploads).await?.value(method, payload)
}

/// A call of a method that returns `Result<T, E>`.
pub async fn call_result<Q, T, E, P, PE>(
    channel: Channel,
    request: Q,
    uploads: Uploads<'_>,
    ok: P,
    err: PE,
) -> Result<T, CallError<E>>
where
    Q: Request,
    P: DecodePayload<T>,
    PE: DecodePayload<E>,
{
    let method = request.method();
    invoke(channel, request, uploads).await?.result(method, ok, err)
}

async fn invoke<Q: Request>(
    channel: Channel,
    request: Q,
    mut uploads: Uploads<'_>,
) -> Result<RawReply, RpcError> {
    let method = request.method();
    let channel = match RemoteCall::plain(channel, method) {
        Ok(mut call) => {
            let answer = poll_fn(move |cx| call.poll(cx, &request as &dyn EncodeArguments, &mut uploads));
            return answer.await?.reply(method);
        }
        Err(channel) => channel,
    };
    let mut call = RunningCall::begin(channel, method, &request, &mut uploads)?;
    let answer = poll_fn(move |cx| call.poll(cx, &request as &dyn EncodeArguments, &mut uploads)).await?;
    answer.reply(method)
}
