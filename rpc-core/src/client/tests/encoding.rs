//! Arguments that are encoded before it is known what the peer has.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use futures::FutureExt;
use serde::Serializer;
use tokio::sync::Semaphore;

use super::kit::*;
use crate::client::call_value;
use crate::client::encode::{EncodeArguments, EncodedArguments};
use crate::codec::{Codec, CodecError, CodecErrorKind, CodecLimits};
use crate::generated::{Describer, MethodSchema, Request};
use crate::stream::Uploads;
use crate::{Limits, MethodDescriptor};

static SCHEMA: MethodSchema = MethodSchema::new(|describer: &mut Describer| {
    let value = describer.prober().probe::<u32>();
    describer.value(value);
});
static METHOD: MethodDescriptor = MethodDescriptor::new(("Test", 1), ("now", 2), "").with_schema(&SCHEMA);

/// Arguments that only postcard has a form for.
struct Positional;

impl EncodeArguments for Positional {
    fn encode(&self, codec: Codec, _: &CodecLimits, out: &mut Vec<u8>) -> Result<(), CodecError> {
        if codec != Codec::Postcard {
            return Err(CodecError::unsupported(format_args!("{codec} has no form for a `Moment`")));
        }
        out.push(7);
        Ok(())
    }

    fn encode_apart(
        &self,
        codec: Codec,
        limits: &CodecLimits,
        out: &mut Vec<u8>,
    ) -> Result<Option<Bytes>, CodecError> {
        self.encode(codec, limits, out).map(|()| None)
    }
}

#[tokio::test]
async fn why_arguments_have_no_named_form_is_told_where_that_is_wanted() {
    let (channel, _net) = remote(&test(|incoming| async move { incoming.reply_value(SERDE, 0_u64) }));
    let arguments = EncodedArguments::new(&channel.target, &METHOD, &Positional).unwrap();
    let encode = |codec: Codec| {
        let mut body = Vec::new();
        arguments.encode(codec, &CodecLimits::default(), &mut body).map(|()| body)
    };
    assert_eq!(encode(Codec::Postcard).unwrap(), [7]);
    let error = encode(Codec::Compact).unwrap_err();
    assert_eq!(error.kind(), CodecErrorKind::Unsupported);
    assert_eq!(error.to_string(), "compact has no form for a `Moment`");
}

/// A call that counts how often its arguments are encoded.
struct Counting(Arc<AtomicUsize>);

impl Request for Counting {
    fn method(&self) -> &'static MethodDescriptor {
        &ADD
    }

    fn serialize_fields<S: Serializer>(&self, name: &'static str, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ask(&ADD, 0).serialize_fields(name, serializer)
    }
}

#[tokio::test]
async fn a_call_that_has_to_wait_for_a_place_is_encoded_once_before_and_once_when_its_turn_comes() {
    let gate = Arc::new(Semaphore::new(0));
    let opened = Arc::clone(&gate);
    let service = test(move |incoming| {
        let gate = Arc::clone(&opened);
        async move {
            gate.acquire().await.unwrap().forget();
            incoming.reply_value(SERDE, 0_u64)
        }
    });
    let net = Net::limited(&service, Limits { max_calls: Limits::FLOOR_CALLS, ..Limits::default() });
    let channel = net.client().build().unwrap();
    let call = |times: &Arc<AtomicUsize>| {
        Box::pin(call_value::<_, u64, _>(
            channel.clone(),
            Counting(Arc::clone(times)),
            Uploads::none(),
            SERDE,
        ))
    };
    let others = Arc::default();
    let mut begun: Vec<_> = (0..Limits::FLOOR_CALLS).map(|_| call(&others)).collect();
    for call in &mut begun {
        assert!(call.now_or_never().is_none());
        settle().await;
    }
    for call in &mut begun {
        assert!(call.now_or_never().is_none());
    }
    let times = Arc::default();
    let waiting = tokio::spawn(call(&times));
    settle().await;
    assert_eq!(times.load(Ordering::Relaxed), 1);
    gate.add_permits(Limits::FLOOR_CALLS + 1);
    assert_eq!(waiting.await.unwrap(), Ok(0));
    assert_eq!(times.load(Ordering::Relaxed), 2);
}
