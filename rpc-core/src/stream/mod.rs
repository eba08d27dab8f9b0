//! Streams of a call: what is encoded, how much of it may be on its way, and what callers and handlers see of it.

mod ahead;
mod batch;
mod broken;
mod credit;
mod inbox;
mod items;
mod payload;
mod pipe;
mod reply_stream;
mod request_stream;
mod sink;
mod source;
#[cfg(test)]
mod tests;
mod upload;

pub(crate) use ahead::{Ahead, Kept, kept};
pub(crate) use batch::{Batch, Gathered, LastItem, NoRun, RunLimits};
pub(crate) use broken::Broken;
pub(crate) use credit::Credit;
pub(crate) use inbox::Inbox;
pub(crate) use items::{Encoded, Items, Short};
pub use payload::{
    DecodeItems, EncodeItems, EncodedItem, ItemPayload, ItemsResult, ItemsRpc, ItemsValue, items_result,
    items_rpc, items_value,
};
pub(crate) use payload::{Payload, decode_body, decode_rpc_error, encode_rpc_error};
#[cfg(test)]
pub(crate) use pipe::PipeSink;
pub(crate) use pipe::{PipeSource, pipe};
pub use reply_stream::ReplyStream;
pub(crate) use request_stream::CallOfStream;
pub use request_stream::RequestStream;
pub(crate) use sink::{ItemSink, ResultSink};
pub(crate) use source::ItemSource;
pub(crate) use upload::panic_text;
pub use upload::{Upload, Uploads, upload};
