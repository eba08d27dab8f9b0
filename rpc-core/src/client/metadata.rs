use std::sync::Arc;

use bytes::Bytes;

use super::failure;
use crate::generated::MethodDescriptor;
use crate::wire::{self, MetadataRef, WireError};
use crate::{Metadata, MetadataValue, RpcError};

/// A copy of what a call carries.
pub(super) fn collect<'a>(metadata: impl Iterator<Item = (&'a str, &'a MetadataValue)>) -> Metadata {
    metadata.fold(Metadata::new(), |all, (key, value)| all.with(key, value.clone()))
}

/// The metadata of a call as on the wire; empty for none.
pub(super) fn encode<'a>(
    method: &'static MethodDescriptor,
    metadata: impl Iterator<Item = (&'a str, &'a MetadataValue)>,
    max: usize,
) -> Result<Vec<u8>, RpcError> {
    let mut bytes = Vec::new();
    let mut entries = Vec::new();
    for (key, value) in metadata {
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

/// What [`encode`] wrote; `None` for nothing.
pub(super) fn decode(bytes: &[u8]) -> Result<Option<Arc<Metadata>>, WireError> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let mut metadata = Metadata::new();
    for (key, value) in wire::decode_metadata(bytes, bytes.len())? {
        match value {
            MetadataRef::Text(text) => metadata.push(key, text),
            MetadataRef::Binary(bytes) => metadata.push(key, Bytes::copy_from_slice(bytes)),
        }
    }
    Ok(Some(Arc::new(metadata)))
}
