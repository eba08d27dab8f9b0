use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::{DeserializeSeed, EnumAccess, Error, VariantAccess, Visitor};
use serde::{Deserializer, Serialize, Serializer};

use super::{MethodDescriptor, ServiceDescriptor};

/// A call as a value: which method, with which arguments. Every request enum implements it.
pub trait Request: Send {
    /// The method that is called.
    fn method(&self) -> &'static MethodDescriptor;

    /// Writes the arguments as one struct called `name`, its fields named as the arguments are on the wire.
    fn serialize_fields<S: Serializer>(&self, name: &'static str, serializer: S) -> Result<S::Ok, S::Error>;

    /// Writes the arguments as they travel: one struct called like the method.
    fn serialize_arguments<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize_fields(self.method().name, serializer)
    }
}

/// A request that can be read from a message and may borrow from it.
pub trait DecodeRequest<'de>: Request + Sized {
    /// Reads what [`Request::serialize_arguments`] wrote. `method` is an id; `body` is the message that
    /// `deserializer` reads, so that a `Bytes` can be a slice of it.
    fn deserialize_arguments<D: Deserializer<'de>>(
        method: u64,
        body: &'de Bytes,
        deserializer: D,
    ) -> Result<Self, D::Error>;
}

/// The arguments of a request, as they travel.
pub struct Arguments<'r, Q>(pub &'r Q);

impl<Q: Request> Serialize for Arguments<'_, Q> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_arguments(serializer)
    }
}

/// Reads the arguments of the method with id `method` from the message `body`.
pub struct ArgumentsSeed<'de, Q> {
    method: u64,
    body: &'de Bytes,
    request: PhantomData<fn() -> Q>,
}

impl<'de, Q> ArgumentsSeed<'de, Q> {
    /// See [`DecodeRequest::deserialize_arguments`].
    pub fn new(method: u64, body: &'de Bytes) -> Self {
        Self { method, body, request: PhantomData }
    }
}

impl<'de, Q: DecodeRequest<'de>> DeserializeSeed<'de> for ArgumentsSeed<'de, Q> {
    type Value = Q;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Q, D::Error> {
        Q::deserialize_arguments(self.method, self.body, deserializer)
    }
}

/// Gives a request enum its lifetime and keeps it open; there is no value of it.
pub struct Never<'a>(PhantomData<&'a ()>, Infallible);

impl Never<'_> {
    /// Anything, for the arm of a `match` that cannot be reached.
    pub fn reach(&self) -> ! {
        match self.1 {}
    }
}

/// The error for an id that no method of the request has.
pub fn unknown_method<E: Error>(service: &ServiceDescriptor, method: u64) -> E {
    E::custom(format_args!("service `{}` has no method with id {method:#018x}", service.name))
}

/// The request as an enum, externally tagged: for interceptors, logs and recordings.
pub fn serialize_request<Q: Request, S: Serializer>(
    request: &Q,
    name: &'static str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let method = request.method();
    serializer.serialize_newtype_variant(name, method.variant_index, method.variant, &Fields(request))
}

/// Reads what [`serialize_request`] wrote.
pub fn deserialize_request<'de, Q: DecodeRequest<'de>, D: Deserializer<'de>>(
    service: &'static ServiceDescriptor,
    name: &'static str,
    variants: &'static [&'static str],
    deserializer: D,
) -> Result<Q, D::Error> {
    deserializer.deserialize_enum(name, variants, RequestVisitor { service, request: PhantomData })
}

/// Prints the request as its `derive(Debug)` would, from its serde form.
pub fn debug_request<Q: Request>(request: &Q, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt::Debug::fmt(&serde_fmt::to_debug(Fields(request)), f)
}

/// The arguments under the name of their variant.
struct Fields<'r, Q>(&'r Q);

impl<Q: Request> Serialize for Fields<'_, Q> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_fields(self.0.method().variant, serializer)
    }
}

struct RequestVisitor<Q> {
    service: &'static ServiceDescriptor,
    request: PhantomData<fn() -> Q>,
}

impl<'de, Q: DecodeRequest<'de>> Visitor<'de> for RequestVisitor<Q> {
    type Value = Q;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a request to `{}`", self.service.name)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Q, A::Error> {
        let (method, variant) = access.variant_seed(VariantSeed(self.service))?;
        variant.newtype_variant_seed(ArgumentsSeed::new(method.id, &NO_BODY))
    }
}

/// No codec lends from it, so a `Bytes` is copied.
static NO_BODY: Bytes = Bytes::new();

/// Finds the method of a variant by name or index.
struct VariantSeed(&'static ServiceDescriptor);

impl<'de> DeserializeSeed<'de> for VariantSeed {
    type Value = &'static MethodDescriptor;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for VariantSeed {
    type Value = &'static MethodDescriptor;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a variant of the requests to `{}`", self.0.name)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let found = self.0.methods.iter().find(|method| method.variant == name);
        found.copied().ok_or_else(|| {
            E::custom(format_args!("`{name}` is not a variant of the requests to `{}`", self.0.name))
        })
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Self::Value, E> {
        self.visit_str(&String::from_utf8_lossy(name))
    }

    fn visit_u64<E: Error>(self, index: u64) -> Result<Self::Value, E> {
        let found = self.0.methods.iter().find(|method| u64::from(method.variant_index) == index);
        found.copied().ok_or_else(|| {
            E::custom(format_args!("variant {index} is not one of the requests to `{}`", self.0.name))
        })
    }
}
