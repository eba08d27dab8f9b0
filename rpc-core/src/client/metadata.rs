use super::failure;
use crate::generated::MethodDescriptor;
use crate::wire::{self, MetadataRef};
use crate::{CallOptions, MetadataValue, RpcError};

/// The metadata of a call as on the wire; empty for none.
pub(super) fn encode(
    method: &'static MethodDescriptor,
    options: Option<&CallOptions>,
    max: usize,
) -> Result<Vec<u8>, RpcError> {
    let mut bytes = Vec::new();
    let Some(options) = options else { return Ok(bytes) };
    let mut entries = Vec::new();
    for (key, value) in options.outgoing_metadata() {
        if !wire::is_metadata_key(key) {
            let rule = "keys are lower case letters, digits, `-`, `_` and `.`";
            return Err(failure::metadata(method, &format!("{rule}, and `{key}` is not")));
        }
        let value = match value {
            MetadataValue::Text(text) => MetadataRef::Text(text),
            MetadataValue::Binary(bytes) => MetadataRef::Binary(bytes),
        };
        entries.push((key, value));
    }
    if entries.is_empty() {
        return Ok(bytes);
    }
    wire::encode_metadata(entries, &mut bytes);
    if bytes.len() > max {
        let text = format!("it has {} bytes, and the limit `max_metadata` is {max}", bytes.len());
        return Err(failure::metadata(method, &text));
    }
    Ok(bytes)
}
