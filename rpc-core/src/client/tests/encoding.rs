//! Arguments that are encoded before it is known what the peer has.

use bytes::Bytes;

use super::kit::*;
use crate::MethodDescriptor;
use crate::client::encode::{EncodeArguments, EncodedArguments};
use crate::codec::{Codec, CodecError, CodecErrorKind, CodecLimits};
use crate::generated::{Describer, MethodSchema};

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
