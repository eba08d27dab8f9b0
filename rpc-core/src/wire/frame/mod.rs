//! The frames, one file per family.

mod any;
mod bind;
mod call;
mod chunk;
mod control;
mod framing;
mod items;
mod reply;
mod short;
mod stream;

pub use any::Frame;
pub(super) use any::kind;
pub use bind::{Bind, Bound};
pub use call::{Call, MethodRef, encode_call_head};
pub use chunk::{Chunk, ChunkOf, encode_chunk_head};
pub use control::Close;
pub use items::Items;
pub use reply::{RefusalReason, Reply, ReplyStatus, encode_reply_head};
pub(crate) use short::ShortFrame;
pub use stream::{
    Credit, End, EndStatus, Item, ItemOf, encode_end_head, encode_item_head, encode_items_head,
};
