//! A call that stays in this process: everything a remote call goes through but the connection.

use std::sync::Arc;
use std::time::Instant;

use super::encode::{EncodeArguments, not_encoded};
use super::reply::RawReply;
use super::{failure, metadata, timers};
use crate::codec::{Codec, CodecLimits};
use crate::generated::MethodDescriptor;
use crate::server::{Incoming, Service, run};
use crate::wire::RefusalReason;
use crate::{CallOptions, Context, Limits, Metadata, RpcError};

pub(super) fn encode(
    method: &'static MethodDescriptor,
    request: &dyn EncodeArguments,
) -> Result<Vec<u8>, RpcError> {
    let mut body = Vec::new();
    request.encode(Codec::Postcard, &limits(), &mut body).map_err(|error| not_encoded(method, &error))?;
    Ok(body)
}

pub(super) async fn serve(
    service: Arc<dyn Service>,
    method: &'static MethodDescriptor,
    body: Vec<u8>,
    deadline: Option<Instant>,
    options: Option<Arc<CallOptions>>,
) -> Result<RawReply, RpcError> {
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(failure::no_runtime());
    }
    if deadline.is_some() {
        timers::check()?;
    }
    // What a wire would refuse is refused here, too.
    metadata::encode(method, options.as_deref(), Limits::default().max_metadata)?;
    let metadata = options.map(|options| {
        options.outgoing_metadata().fold(Metadata::new(), |all, (key, value)| all.with(key, value.clone()))
    });
    let metadata = metadata.filter(|metadata| !metadata.is_empty());
    let context = Context::of_call(method, deadline, Arc::from("local"), metadata.map(Arc::new));
    if context.remaining().is_some_and(|remaining| remaining.is_zero()) {
        return Err(failure::expired(method, crate::Executed::No));
    }
    let known = service.descriptor().methods.iter().any(|known| known.id == method.id);
    if !known {
        let refusal = crate::server::Reply::refused(RefusalReason::NoMethod, "");
        return Ok(raw(refusal.status, refusal.body));
    }
    let incoming = Incoming { method, codec: Codec::Postcard, limits: limits(), body: body.into(), context };
    let running = run::in_place(service.dispatch(incoming));
    let reply = match deadline {
        Some(deadline) => tokio::time::timeout_at(deadline.into(), running)
            .await
            .map_err(|_elapsed| failure::expired(method, crate::Executed::Maybe))?,
        None => running.await,
    };
    Ok(raw(reply.status, reply.body))
}

fn raw(status: crate::wire::ReplyStatus, body: Vec<u8>) -> RawReply {
    RawReply { status, body: body.into(), codec: Codec::Postcard, limits: limits() }
}

fn limits() -> CodecLimits {
    CodecLimits::from(&Limits::default())
}
