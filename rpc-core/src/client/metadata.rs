use std::sync::Arc;

use super::failure;
use crate::generated::MethodDescriptor;
use crate::trace::TRACE_KEYS;
use crate::wire::{self, MAX_METADATA_ENTRIES, MetadataRef, WireError};
use crate::{Metadata, MetadataValue, RpcError};

/// A copy of what a call carries.
pub(super) fn collect<'a>(metadata: impl Iterator<Item = (&'a str, &'a MetadataValue)>) -> Metadata {
    metadata.fold(Metadata::new(), |all, (key, value)| all.with(key, value.clone()))
}

/// The metadata of a call as on the wire; empty for none. What came with another call must not fail this one, so that a
/// trace for which there is no room is left out: the state alone, if that is enough.
pub(super) fn encode<'a>(
    method: &'static MethodDescriptor,
    metadata: &mut dyn Iterator<Item = (&'a str, &'a MetadataValue)>,
    max: usize,
) -> Result<Vec<u8>, RpcError> {
    let mut entries = Vec::new();
    for (key, value) in metadata {
        if !wire::is_metadata_key(key) {
            let rule = "keys are lower case letters, digits, `-`, `_` and `.`";
            return Err(failure::metadata(method, &format!("{rule}, and `{key}` is not")));
        }
        entries.push((key, value.as_ref()));
    }
    let mut result = written(&entries, max);
    for key in TRACE_KEYS {
        if result.is_ok() {
            break;
        }
        entries.retain(|(name, _)| *name != key);
        result = written(&entries, max);
    }
    result.map_err(|why| failure::metadata(method, &why))
}

/// The error says why it cannot be sent.
fn written(entries: &[(&str, MetadataRef<'_>)], max: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    if entries.is_empty() {
        return Ok(bytes);
    }
    if entries.len() > MAX_METADATA_ENTRIES {
        return Err(format!("it has {} entries, and may have {MAX_METADATA_ENTRIES}", entries.len()));
    }
    wire::encode_metadata(entries.iter().copied(), &mut bytes);
    if bytes.len() > max {
        return Err(format!("it has {} bytes, and the limit `max_metadata` is {max}", bytes.len()));
    }
    Ok(bytes)
}

/// What [`encode`] wrote; `None` for nothing.
pub(super) fn decode(bytes: &[u8]) -> Result<Option<Arc<Metadata>>, WireError> {
    if bytes.is_empty() {
        return Ok(None);
    }
    Metadata::received(bytes, bytes.len()).map(|metadata| Some(Arc::new(metadata)))
}
