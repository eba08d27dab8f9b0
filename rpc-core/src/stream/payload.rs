//! How the items of a stream cross: what is an item, and what is the end of the stream.

use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::DeserializeSeed;
use serde::{Deserializer, Serialize, Serializer};

use super::{Ahead, Encoded, Short};
use crate::body::Body;
use crate::codec::{Codec, CodecError, CodecLimits, DecodeRun, EncodeRun, Flat, positional};
use crate::generated::{DecodeField, DecodePayload, DescribeItems, EncodePayload};
use crate::schema::{Prober, TypeRef};
use crate::server::ERROR_LIMITS;
use crate::wire::EndStatus;
use crate::{CallError, RpcError};

/// What the items of a stream are to a trait, and to a caller that receives them.
pub trait ItemPayload: Copy + Send + Sync + 'static {
    /// As the trait has it: `T`, `Result<T, E>` or `Result<T, RpcError>`.
    type Item;
    /// What an item that is none of its end's errors holds: `T`.
    type Value;
    /// What a caller sees beside values.
    type Error: From<RpcError>;
}

/// What became of an item that was to be sent.
#[derive(Debug)]
pub enum EncodedItem {
    /// An item was appended.
    Item,
    /// The stream ends with an error of its own type, which was appended.
    AppError,
    /// The stream ends with this, and nothing was appended.
    Failed(RpcError),
}

/// Items that can be sent.
pub trait EncodeItems: ItemPayload {
    /// Appends an item, or what the stream ends with, to `run`. On an error nothing is appended.
    fn encode(self, item: Self::Item, run: &mut EncodeRun<'_>) -> Result<EncodedItem, CodecError>;

    /// Appends the length of an item and the item to `out`, or nothing and says false; then it is encoded as
    /// any other.
    #[inline(always)]
    fn append_flat(self, _item: &Self::Item, _flat: Flat, _out: &mut Vec<u8>) -> bool {
        false
    }
}

/// Items that can be received.
pub trait DecodeItems: ItemPayload {
    /// The value in an item.
    fn value<'i>(self, item: Encoded<'i>, run: &mut DecodeRun<'i>) -> Result<Self::Value, CodecError>;

    /// As [`value`](Self::value), by a short way; `None` if the item is no such one, or is refused.
    #[inline(always)]
    fn flat_value(self, _item: Short<'_>, _flat: Flat) -> Option<Self::Value> {
        None
    }

    /// What a caller sees of an error of the stream's own type; `None` if its items have no such type.
    fn error(
        self,
        codec: Codec,
        body: &Bytes,
        limits: &CodecLimits,
    ) -> Option<Result<Self::Error, CodecError>>;

    /// What the trait has for a value.
    fn item(self, value: Self::Value) -> Self::Item;

    /// Where values are kept that are decoded ahead; `None` if they are decoded one by one.
    fn values_ahead(self) -> Ahead<Self::Value>;

    /// As [`values_ahead`](Self::values_ahead), of items.
    fn items_ahead(self) -> Ahead<Self::Item> {
        None
    }

    /// What the trait has for a stream that ends with `status`; `None` if its items cannot hold that.
    fn last_item(
        self,
        status: EndStatus,
        codec: Codec,
        body: &Bytes,
        limits: &CodecLimits,
    ) -> Option<Result<Self::Item, CodecError>>;
}

/// Items that are `T` itself.
pub fn items_value<T: 'static, P>(payload: P) -> ItemsValue<T, P> {
    ItemsValue { payload, value: PhantomData }
}

/// Items that are `Result<T, E>`.
pub fn items_result<T: 'static, E: 'static, P, PE>(ok: P, err: PE) -> ItemsResult<T, E, P, PE> {
    ItemsResult { ok, err, types: PhantomData }
}

/// Items that are `Result<T, RpcError>`.
pub fn items_rpc<T: 'static, P>(payload: P) -> ItemsRpc<T, P> {
    ItemsRpc { payload, value: PhantomData }
}

/// See [`items_value`].
pub struct ItemsValue<T, P> {
    payload: P,
    value: PhantomData<fn() -> T>,
}

/// See [`items_result`].
pub struct ItemsResult<T, E, P, PE> {
    ok: P,
    err: PE,
    types: PhantomData<fn() -> (T, E)>,
}

/// See [`items_rpc`].
pub struct ItemsRpc<T, P> {
    payload: P,
    value: PhantomData<fn() -> T>,
}

// Not derived: that would ask for copies of the items.
impl<T, P: Copy> Copy for ItemsValue<T, P> {}
impl<T, P: Copy> Clone for ItemsValue<T, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E, P: Copy, PE: Copy> Copy for ItemsResult<T, E, P, PE> {}
impl<T, E, P: Copy, PE: Copy> Clone for ItemsResult<T, E, P, PE> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, P: Copy> Copy for ItemsRpc<T, P> {}
impl<T, P: Copy> Clone for ItemsRpc<T, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static, P: Copy + Send + Sync + 'static> ItemPayload for ItemsValue<T, P> {
    type Item = T;
    type Value = T;
    type Error = RpcError;
}

impl<T: 'static, P: EncodePayload<T> + Send + Sync + 'static> EncodeItems for ItemsValue<T, P> {
    #[inline]
    fn encode(self, item: T, run: &mut EncodeRun<'_>) -> Result<EncodedItem, CodecError> {
        run.encode(&Payload(self.payload, &item))?;
        Ok(EncodedItem::Item)
    }

    #[inline(always)]
    fn append_flat(self, item: &T, flat: Flat, out: &mut Vec<u8>) -> bool {
        append_flat(self.payload, Some(item), flat, out)
    }
}

impl<T: 'static, P: DecodePayload<T> + Send + Sync + 'static> DecodeItems for ItemsValue<T, P> {
    #[inline(always)]
    fn value<'i>(self, item: Encoded<'i>, run: &mut DecodeRun<'i>) -> Result<T, CodecError> {
        decode_item(self.payload, item, run)
    }

    #[inline(always)]
    fn flat_value(self, item: Short<'_>, flat: Flat) -> Option<T> {
        decode_flat(self.payload, item, flat)
    }

    fn error(self, _: Codec, _: &Bytes, _: &CodecLimits) -> Option<Result<RpcError, CodecError>> {
        None
    }

    fn item(self, value: T) -> T {
        value
    }

    fn values_ahead(self) -> Ahead<T> {
        P::ahead()
    }

    fn items_ahead(self) -> Ahead<T> {
        P::ahead()
    }

    fn last_item(self, _: EndStatus, _: Codec, _: &Bytes, _: &CodecLimits) -> Option<Result<T, CodecError>> {
        None
    }
}

impl<T, E, P, PE> ItemPayload for ItemsResult<T, E, P, PE>
where
    T: 'static,
    E: 'static,
    P: Copy + Send + Sync + 'static,
    PE: Copy + Send + Sync + 'static,
{
    type Item = Result<T, E>;
    type Value = T;
    type Error = CallError<E>;
}

impl<T, E, P, PE> EncodeItems for ItemsResult<T, E, P, PE>
where
    T: 'static,
    E: 'static,
    P: EncodePayload<T> + Send + Sync + 'static,
    PE: EncodePayload<E> + Send + Sync + 'static,
{
    #[inline]
    fn encode(self, item: Result<T, E>, run: &mut EncodeRun<'_>) -> Result<EncodedItem, CodecError> {
        match item {
            Ok(value) => {
                run.encode(&Payload(self.ok, &value))?;
                Ok(EncodedItem::Item)
            }
            Err(error) => {
                run.encode(&Payload(self.err, &error))?;
                Ok(EncodedItem::AppError)
            }
        }
    }

    #[inline(always)]
    fn append_flat(self, item: &Result<T, E>, flat: Flat, out: &mut Vec<u8>) -> bool {
        append_flat(self.ok, item.as_ref().ok(), flat, out)
    }
}

impl<T, E, P, PE> DecodeItems for ItemsResult<T, E, P, PE>
where
    T: 'static,
    E: 'static,
    P: DecodePayload<T> + Send + Sync + 'static,
    PE: DecodePayload<E> + Send + Sync + 'static,
{
    #[inline(always)]
    fn value<'i>(self, item: Encoded<'i>, run: &mut DecodeRun<'i>) -> Result<T, CodecError> {
        decode_item(self.ok, item, run)
    }

    #[inline(always)]
    fn flat_value(self, item: Short<'_>, flat: Flat) -> Option<T> {
        decode_flat(self.ok, item, flat)
    }

    fn error(
        self,
        codec: Codec,
        body: &Bytes,
        limits: &CodecLimits,
    ) -> Option<Result<CallError<E>, CodecError>> {
        Some(decode(self.err, codec, body, limits).map(CallError::App))
    }

    fn item(self, value: T) -> Result<T, E> {
        Ok(value)
    }

    fn values_ahead(self) -> Ahead<T> {
        P::ahead()
    }

    fn last_item(
        self,
        status: EndStatus,
        codec: Codec,
        body: &Bytes,
        limits: &CodecLimits,
    ) -> Option<Result<Result<T, E>, CodecError>> {
        (status == EndStatus::AppError).then(|| decode(self.err, codec, body, limits).map(Err))
    }
}

impl<T: 'static, P: Copy + Send + Sync + 'static> ItemPayload for ItemsRpc<T, P> {
    type Item = Result<T, RpcError>;
    type Value = T;
    type Error = RpcError;
}

impl<T: 'static, P: EncodePayload<T> + Send + Sync + 'static> EncodeItems for ItemsRpc<T, P> {
    #[inline]
    fn encode(self, item: Result<T, RpcError>, run: &mut EncodeRun<'_>) -> Result<EncodedItem, CodecError> {
        match item {
            Ok(value) => {
                run.encode(&Payload(self.payload, &value))?;
                Ok(EncodedItem::Item)
            }
            Err(error) => Ok(EncodedItem::Failed(error)),
        }
    }

    #[inline(always)]
    fn append_flat(self, item: &Result<T, RpcError>, flat: Flat, out: &mut Vec<u8>) -> bool {
        append_flat(self.payload, item.as_ref().ok(), flat, out)
    }
}

impl<T: 'static, P: DecodePayload<T> + Send + Sync + 'static> DecodeItems for ItemsRpc<T, P> {
    #[inline(always)]
    fn value<'i>(self, item: Encoded<'i>, run: &mut DecodeRun<'i>) -> Result<T, CodecError> {
        decode_item(self.payload, item, run)
    }

    #[inline(always)]
    fn flat_value(self, item: Short<'_>, flat: Flat) -> Option<T> {
        decode_flat(self.payload, item, flat)
    }

    fn error(self, _: Codec, _: &Bytes, _: &CodecLimits) -> Option<Result<RpcError, CodecError>> {
        None
    }

    fn item(self, value: T) -> Result<T, RpcError> {
        Ok(value)
    }

    fn values_ahead(self) -> Ahead<T> {
        P::ahead()
    }

    fn last_item(
        self,
        status: EndStatus,
        _: Codec,
        body: &Bytes,
        _: &CodecLimits,
    ) -> Option<Result<Result<T, RpcError>, CodecError>> {
        (status == EndStatus::Failed).then(|| decode_rpc_error(body).map(Err))
    }
}

impl<T, P> DescribeItems for ItemsValue<T, P>
where
    P: DecodeField<'static, T> + EncodePayload<T>,
{
    fn describe(self, prober: &mut Prober) -> (TypeRef, Option<TypeRef>) {
        (prober.probe_payload::<T, P>(self.payload), None)
    }
}

impl<T, E, P, PE> DescribeItems for ItemsResult<T, E, P, PE>
where
    P: DecodeField<'static, T> + EncodePayload<T>,
    PE: DecodeField<'static, E> + EncodePayload<E>,
{
    fn describe(self, prober: &mut Prober) -> (TypeRef, Option<TypeRef>) {
        let item = prober.probe_payload::<T, P>(self.ok);
        (item, Some(prober.probe_payload::<E, PE>(self.err)))
    }
}

impl<T, P> DescribeItems for ItemsRpc<T, P>
where
    P: DecodeField<'static, T> + EncodePayload<T>,
{
    fn describe(self, prober: &mut Prober) -> (TypeRef, Option<TypeRef>) {
        (prober.probe_payload::<T, P>(self.payload), None)
    }
}

/// The body of an end with [`EndStatus::Failed`]: in postcard, whatever the items are in.
pub(crate) fn encode_rpc_error(error: &RpcError) -> Vec<u8> {
    crate::server::Reply::failed(error).body
}

/// What [`encode_rpc_error`] wrote.
pub(crate) fn decode_rpc_error(body: &[u8]) -> Result<RpcError, CodecError> {
    positional::decode(body, &ERROR_LIMITS)
}

/// A value with the way in which it is encoded.
pub(crate) struct Payload<'v, P, T>(pub(crate) P, pub(crate) &'v T);

impl<P: EncodePayload<T>, T> Serialize for Payload<'_, P, T> {
    #[inline(always)]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.encode(self.1, serializer)
    }
}

/// Appends an item that is this value, if there is one.
#[inline(always)]
fn append_flat<T, P: EncodePayload<T>>(payload: P, value: Option<&T>, flat: Flat, out: &mut Vec<u8>) -> bool {
    P::IS_PLAIN && value.is_some_and(|value| flat.append(&Payload(payload, value), out))
}

/// A value that is all of an item. Apart from the loop over items, what it reads and counts would go through memory.
#[inline(always)]
fn decode_item<'i, T>(
    payload: impl DecodePayload<T>,
    Encoded { item, within }: Encoded<'i>,
    run: &mut DecodeRun<'i>,
) -> Result<T, CodecError> {
    run.decode_seed(PayloadSeed { payload, body: within, value: PhantomData }, item)
}

/// As [`decode_item`].
#[inline(always)]
fn decode_flat<T, P: DecodePayload<T>>(payload: P, item: Short<'_>, flat: Flat) -> Option<T> {
    if !<P as DecodeField<'_, T>>::IS_PLAIN {
        return None;
    }
    let seed = PayloadSeed { payload, body: item.within, value: PhantomData };
    flat.decode_seed(seed, item.bytes, item.length)
}

/// A value that is all of what a stream ended with.
fn decode<T>(
    payload: impl DecodePayload<T>,
    codec: Codec,
    end: &Bytes,
    limits: &CodecLimits,
) -> Result<T, CodecError> {
    codec.decode_seed(PayloadSeed { payload, body: end, value: PhantomData }, end, limits)
}

/// A value that is all of `body`.
pub(crate) fn decode_body<T>(
    payload: impl DecodePayload<T>,
    codec: Codec,
    body: &Body,
    limits: &CodecLimits,
) -> Result<T, CodecError> {
    codec.decode_seed(PayloadSeed { payload, body: body.shared(), value: PhantomData }, body, limits)
}

struct PayloadSeed<'de, T, P> {
    payload: P,
    body: &'de Bytes,
    value: PhantomData<fn() -> T>,
}

impl<'de, T, P: DecodePayload<T>> DeserializeSeed<'de> for PayloadSeed<'de, T, P> {
    type Value = T;

    #[inline(always)]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.payload.decode(self.body, deserializer)
    }
}
