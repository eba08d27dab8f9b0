//! The functions that generated clients call for methods whose result is a stream. Nothing happens before the first
//! poll; dropping what they give cancels the call.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::channel::Channel;
use super::encode::{EncodeArguments, EncodedArguments};
use super::engine::Answer;
use super::reply::RawReply;
use super::result_stream::ResultStream;
use super::running::RunningCall;
use crate::generated::{DecodePayload, FromRpcError, Request};
use crate::stream::{DecodeItems, ReplyStream, Uploads};
use crate::{CallError, RpcError};

/// A call of a method that returns `impl Stream`. Its arguments are encoded here, so that they need not live on.
pub fn stream<'s, Q, P>(
    channel: Channel,
    request: Q,
    uploads: Uploads<'s>,
    items: P,
) -> ReplyStream<'s, P::Value, P::Error>
where
    Q: Request,
    P: DecodeItems,
{
    let method = request.method();
    let limits = channel.target.codec_limits();
    let stream = match EncodedArguments::new(&channel.target, method, &request) {
        Ok(arguments) => ResultStream::unsent(method, channel, arguments, uploads),
        Err(error) => ResultStream::failed(method, error),
    };
    ReplyStream::new(stream, limits, items)
}

/// A call of an `async fn` that returns `impl Stream`, or of a method that returns `Result<impl Stream, RpcError>`.
pub async fn open_value<'s, Q, P>(
    channel: Channel,
    request: Q,
    uploads: Uploads<'s>,
    items: P,
) -> Result<ReplyStream<'s, P::Value, P::Error>, RpcError>
where
    Q: Request,
    P: DecodeItems,
{
    let method = request.method();
    let limits = channel.target.codec_limits();
    match open(channel, request, uploads).await? {
        Opening::Opened(stream) => Ok(ReplyStream::new(stream, limits, items)),
        Opening::Refused(reply) => Err(reply.error(method)),
    }
}

/// A call of a method that returns `Result<impl Stream, E>`.
pub async fn open_result<'s, Q, E, P, PE>(
    channel: Channel,
    request: Q,
    uploads: Uploads<'s>,
    err: PE,
    items: P,
) -> Result<ReplyStream<'s, P::Value, P::Error>, CallError<E>>
where
    Q: Request,
    P: DecodeItems,
    PE: DecodePayload<E>,
{
    let method = request.method();
    let limits = channel.target.codec_limits();
    match open(channel, request, uploads).await? {
        Opening::Opened(stream) => Ok(ReplyStream::new(stream, limits, items)),
        Opening::Refused(reply) => Err(reply.not_opened(method, err)),
    }
}

/// What the trait's method returns, from what the client's returns.
pub fn flatten_stream<'s, T, E>(
    stream: ReplyStream<'s, T, CallError<E>>,
) -> impl Stream<Item = Result<T, E>> + Send + Unpin + use<'s, T, E>
where
    E: FromRpcError,
{
    Flattened(stream)
}

struct Flattened<'s, T, E>(ReplyStream<'s, T, CallError<E>>);

impl<T, E: FromRpcError> Stream for Flattened<'_, T, E> {
    type Item = Result<T, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.0).poll_next(cx).map_err(|error| match error {
            CallError::App(error) => error,
            CallError::Rpc(error) => E::from_rpc_error(error),
        })
    }
}

enum Opening<'s> {
    Opened(ResultStream<'s>),
    /// There is no stream.
    Refused(RawReply),
}

async fn open<Q: Request>(
    channel: Channel,
    request: Q,
    mut uploads: Uploads<'_>,
) -> Result<Opening<'_>, RpcError> {
    let method = request.method();
    let mut call = RunningCall::begin(channel, method, &request, &mut uploads)?;
    let (running, sending) = (&mut call, &mut uploads);
    let answer = poll_fn(move |cx| running.poll(cx, &request as &dyn EncodeArguments, sending)).await?;
    Ok(match answer {
        Answer::Opened(_) => Opening::Opened(ResultStream::open(method, call, uploads)),
        Answer::Reply(reply) => Opening::Refused(reply),
    })
}
