//! A call of a method that was not known when this program was built.

use rpc_core::generated::{MethodDescriptor, Request};
use rpc_core::wire_id;
use serde::{Serialize, Serializer};

use super::value::Data;
use crate::introspection::MethodInfo;

/// The arguments of such a call.
pub(super) struct DynamicRequest {
    pub(super) method: &'static MethodDescriptor,
    /// A map.
    pub(super) arguments: Data,
}

impl Request for DynamicRequest {
    fn method(&self) -> &'static MethodDescriptor {
        self.method
    }

    /// Codecs that write names write a struct and a map of texts alike.
    fn serialize_fields<S: Serializer>(&self, _: &'static str, serializer: S) -> Result<S::Ok, S::Error> {
        self.arguments.serialize(serializer)
    }
}

/// The descriptor that calls of a method need. It is never freed: a process calls one method.
pub(super) fn descriptor(method: &MethodInfo) -> &'static MethodDescriptor {
    let (service, name) = (leak(&method.service), leak(&method.name));
    let id = wire_id(&format!("{service}.{name}"));
    let streams = method.argument_streams.iter().map(|name| leak(name)).collect::<Vec<_>>();
    let descriptor = MethodDescriptor::new((service, wire_id(service)), (name, id), "")
        .with_streams(method.kind, streams.leak());
    Box::leak(Box::new(match method.timeout {
        Some(timeout) => descriptor.with_timeout(timeout),
        None => descriptor,
    }))
}

fn leak(text: &str) -> &'static str {
    text.to_owned().leak()
}
