use std::future::poll_fn;
use std::time::Duration;

use super::channel::Channel;
use super::encode::EncodedArguments;
use super::failure;
use super::running::RunningCall;
use crate::clock;
use crate::generated::MethodKind;
use crate::intercept::{Request, Response};
use crate::stream::Uploads;
use crate::{RpcError, Timeout};

/// Makes a unary call of a request as it is: with the options of `channel`, and the metadata and the deadline of the
/// request.
pub(crate) async fn forward(channel: Channel, request: Request) -> Result<Response, RpcError> {
    let Request { parts, body, .. } = request;
    let method = parts.method();
    if method.kind != MethodKind::Unary {
        return Err(failure::has_streams(method));
    }
    let mut options = channel.options();
    if let Some(deadline) = parts.deadline {
        let own = options.timeout().or(method.timeout.map(Timeout::After));
        let own = own.unwrap_or_else(|| channel.target.default_timeout()).duration();
        let left = deadline.saturating_duration_since(clock::now());
        options = options.with_timeout(own.unwrap_or(Duration::MAX).min(left));
    }
    for (key, value) in parts.metadata.iter() {
        options = options.with_metadata(key, value.clone());
    }
    let arguments = EncodedArguments { method, codec: parts.codec(), body, named: None };
    let mut uploads = Uploads::none();
    let mut call = RunningCall::begin(channel.with(options), method, &arguments, &mut uploads)?;
    let answer = poll_fn(|cx| call.poll(cx, &arguments, &mut uploads)).await?;
    answer.reply(method)?.response(method)
}
