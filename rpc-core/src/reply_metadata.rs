use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::Metadata;

/// A place where a caller finds what came beside the answer of a call.
///
/// It is given to a client with [`CallOptions::with_reply_metadata`](crate::CallOptions::with_reply_metadata). Copies
/// are one place. It holds what came last, so calls that run at the same time need one each.
#[derive(Clone, Debug, Default)]
pub struct ReplyMetadata {
    last: Arc<Mutex<Option<Arc<Metadata>>>>,
}

impl ReplyMetadata {
    /// An empty place.
    pub fn new() -> Self {
        Self::default()
    }

    /// What came with the last reply, or with the opening of the last stream; `None` if nothing came with it, or if no
    /// answer has come to the last call.
    pub fn get(&self) -> Option<Metadata> {
        self.last().as_deref().cloned()
    }

    /// A reply has come.
    pub(crate) fn set(&self, metadata: Option<Arc<Metadata>>) {
        let before = std::mem::replace(&mut *self.last(), metadata);
        drop(before);
    }

    /// A call begins.
    pub(crate) fn clear(&self) {
        self.set(None);
    }

    fn last(&self) -> MutexGuard<'_, Option<Arc<Metadata>>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::ReplyMetadata;
    use crate::Metadata;

    #[test]
    fn copies_show_what_came_last() {
        let slot = ReplyMetadata::new();
        let copy = slot.clone();
        assert_eq!(copy.get(), None);
        let metadata = Metadata::new().with("served-by", "b2");
        slot.set(Some(Arc::new(metadata.clone())));
        assert_eq!(copy.get(), Some(metadata));
        slot.clear();
        assert_eq!(copy.get(), None);
    }
}
