//! What a handler sends beside its answer.

use super::service::Reply;
use crate::generated::MethodDescriptor;
use crate::wire::{self, MAX_METADATA, MAX_METADATA_ENTRIES, MetadataEntries};
use crate::{Code, Context, Fault, Metadata, RpcError};

/// The reply with what was set in the context, or an error if that cannot be sent.
#[inline]
pub(super) fn add(method: &'static MethodDescriptor, context: &Context, reply: Reply) -> Reply {
    if context.has_reply_metadata() { add_some(method, context, reply) } else { reply }
}

fn add_some(method: &'static MethodDescriptor, context: &Context, reply: Reply) -> Reply {
    let metadata = context.take_reply_metadata();
    if metadata.is_empty() {
        return reply;
    }
    match encode(method, &reply.metadata, &metadata) {
        Ok(metadata) => Reply { metadata, ..reply },
        Err(error) => Reply::failed(&error),
    }
}

/// `metadata` as on the wire, behind what is there `before`; empty for none.
pub(crate) fn encode(
    method: &'static MethodDescriptor,
    before: &[u8],
    metadata: &Metadata,
) -> Result<Vec<u8>, RpcError> {
    let mut bytes = Vec::new();
    if let Some((key, _)) = metadata.refs().find(|(key, _)| !wire::is_metadata_key(key)) {
        let rule = "keys are lower case letters, digits, `-`, `_` and `.`";
        return Err(not_sent(method, Code::Internal, &format!("{rule}, and `{key}` is not")));
    }
    // It was encoded here.
    let entries = MetadataEntries::of_checked(before).chain(metadata.refs()).collect::<Vec<_>>();
    if entries.is_empty() {
        return Ok(bytes);
    }
    if entries.len() > MAX_METADATA_ENTRIES {
        let text = format!("it has {} entries, and may have {MAX_METADATA_ENTRIES}", entries.len());
        return Err(not_sent(method, Code::ResourceExhausted, &text));
    }
    wire::encode_metadata(entries, &mut bytes);
    if bytes.len() > MAX_METADATA {
        let text = format!("it has {} bytes, and may have {MAX_METADATA}", bytes.len());
        return Err(not_sent(method, Code::ResourceExhausted, &text));
    }
    Ok(bytes)
}

fn not_sent(method: &'static MethodDescriptor, code: Code, why: &str) -> RpcError {
    let text = format!("`{method}` ran, but the metadata of its reply cannot be sent: {why}");
    RpcError::new(code, text).with_fault(Fault::Handler)
}
