use std::fmt;
use std::slice;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use crate::wire::{self, MetadataEntries, MetadataRef, WireError};

/// What travels beside the arguments of a call: short text or bytes under lower-case keys.
///
/// At most `Limits::max_metadata` bytes altogether (8 KiB) in at most 128 entries; a key may stand several times, and
/// order is kept. What came from a peer stays encoded until it is asked for, and copies of it share it.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::Metadata;
/// let metadata = Metadata::new().with("tenant", "blue");
/// assert_eq!(metadata.text("tenant"), Some("blue"));
/// ```
#[derive(Clone, Default)]
pub struct Metadata(Repr);

#[derive(Clone)]
enum Repr {
    Made(Vec<Entry>),
    Received(Arc<Received>),
}

type Entry = (String, MetadataValue);

/// What a peer sent. Many small entries take many times their bytes when each is a value of its own, so that they are
/// made only for who wants such values.
struct Received {
    /// They were checked.
    bytes: Bytes,
    decoded: OnceLock<Vec<Entry>>,
}

/// One value of [`Metadata`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MetadataValue {
    /// Text for people and programs.
    Text(String),
    /// Bytes for programs.
    Binary(Bytes),
}

impl Metadata {
    /// Nothing.
    pub const fn new() -> Self {
        Self(Repr::Made(Vec::new()))
    }

    /// What a peer sent with a call or a reply. Allocates nothing for none.
    pub(crate) fn received(bytes: &[u8], max: usize) -> Result<Self, WireError> {
        if wire::check_metadata(bytes, max)?.len() == 0 {
            return Ok(Self::new());
        }
        let bytes = Bytes::copy_from_slice(bytes);
        Ok(Self(Repr::Received(Arc::new(Received { bytes, decoded: OnceLock::new() }))))
    }

    /// All entries in order, of which none is decoded for this.
    pub(crate) fn refs(&self) -> Refs<'_> {
        match &self.0 {
            Repr::Made(entries) => Refs::Made(entries.iter()),
            Repr::Received(received) => Refs::Received(MetadataEntries::of_checked(&received.bytes)),
        }
    }

    fn entries(&self) -> &[Entry] {
        match &self.0 {
            Repr::Made(entries) => entries,
            Repr::Received(received) => received.decoded(),
        }
    }

    fn change(&mut self, change: impl FnOnce(&mut Vec<Entry>)) {
        let mut entries = match std::mem::take(&mut self.0) {
            Repr::Made(entries) => entries,
            Repr::Received(received) => received.decode(),
        };
        change(&mut entries);
        self.0 = Repr::Made(entries);
    }

    /// The same with one more value. A key that the wire cannot carry fails the call, with an error that names it.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<MetadataValue>) -> Self {
        self.push(key, value);
        self
    }

    /// Adds a value behind those that are there.
    pub fn push(&mut self, key: impl Into<String>, value: impl Into<MetadataValue>) {
        self.change(|entries| entries.push((key.into(), value.into())));
    }

    /// Puts a value in the place of all that stand under `key`, behind the others.
    pub fn set(&mut self, key: impl Into<String>, value: impl Into<MetadataValue>) {
        let key = key.into();
        self.remove(&key);
        self.push(key, value);
    }

    /// Takes away all values under `key`.
    pub fn remove(&mut self, key: &str) {
        if self.refs().any(|(name, _)| name == key) {
            self.change(|entries| entries.retain(|(name, _)| name != key));
        }
    }

    /// The first value under `key`.
    pub fn get(&self, key: &str) -> Option<&MetadataValue> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// All values under `key`, in order.
    pub fn values<'m>(&'m self, key: &'m str) -> impl Iterator<Item = &'m MetadataValue> {
        self.entries().iter().filter(move |(name, _)| name == key).map(|(_, value)| value)
    }

    /// The first value under `key`, if it is text.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.refs().find(|(name, _)| *name == key)? {
            (_, MetadataRef::Text(text)) => Some(text),
            (_, MetadataRef::Binary(_)) => None,
        }
    }

    /// The first value under `key`, if it is bytes.
    pub fn binary(&self, key: &str) -> Option<&Bytes> {
        match self.get(key)? {
            MetadataValue::Binary(bytes) => Some(bytes),
            MetadataValue::Text(_) => None,
        }
    }

    /// All entries in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &MetadataValue)> {
        self.entries().iter().map(|(key, value)| (key.as_str(), value))
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.refs().len()
    }

    /// True if there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Default for Repr {
    fn default() -> Self {
        Self::Made(Vec::new())
    }
}

impl Received {
    fn decoded(&self) -> &[Entry] {
        self.decoded.get_or_init(|| self.decode())
    }

    fn decode(&self) -> Vec<Entry> {
        let value = |value| match value {
            MetadataRef::Text(text) => MetadataValue::from(text),
            MetadataRef::Binary(bytes) => MetadataValue::Binary(self.bytes.slice_ref(bytes)),
        };
        let entries = MetadataEntries::of_checked(&self.bytes);
        entries.map(|(key, bytes)| (key.to_owned(), value(bytes))).collect()
    }
}

/// The entries of [`Metadata`], borrowed from it.
pub(crate) enum Refs<'a> {
    Made(slice::Iter<'a, Entry>),
    Received(MetadataEntries<'a>),
}

impl<'a> Iterator for Refs<'a> {
    type Item = (&'a str, MetadataRef<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Made(entries) => entries.next().map(|(key, value)| (key.as_str(), value.as_ref())),
            Self::Received(entries) => entries.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Made(entries) => entries.size_hint(),
            Self::Received(entries) => entries.size_hint(),
        }
    }
}

impl ExactSizeIterator for Refs<'_> {}

impl PartialEq for Metadata {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.0, &other.0) {
            (Repr::Received(one), Repr::Received(two)) => Arc::ptr_eq(one, two),
            _ => false,
        };
        same || self.refs().eq(other.refs())
    }
}

impl Eq for Metadata {}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.refs().collect::<Vec<_>>();
        f.debug_struct("Metadata").field("entries", &entries).finish()
    }
}

impl MetadataValue {
    pub(crate) fn as_ref(&self) -> MetadataRef<'_> {
        match self {
            Self::Text(text) => MetadataRef::Text(text),
            Self::Binary(bytes) => MetadataRef::Binary(bytes),
        }
    }
}

impl From<&str> for MetadataValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for MetadataValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Bytes> for MetadataValue {
    fn from(bytes: Bytes) -> Self {
        Self::Binary(bytes)
    }
}

impl From<Vec<u8>> for MetadataValue {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Binary(bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use super::{Metadata, MetadataValue, Repr};
    use crate::wire::{self, MetadataRef};

    fn received(entries: &[(&str, MetadataRef<'_>)]) -> Metadata {
        let mut bytes = Vec::new();
        wire::encode_metadata(entries.iter().copied(), &mut bytes);
        Metadata::received(&bytes, bytes.len()).unwrap()
    }

    fn is_encoded(metadata: &Metadata) -> bool {
        matches!(&metadata.0, Repr::Received(received) if received.decoded.get().is_none())
    }

    #[test]
    fn what_came_stays_encoded_until_it_is_asked_for_by_value() {
        let came = received(&[
            ("a", MetadataRef::Text("1")),
            ("b", MetadataRef::Binary(&[2])),
            ("a", MetadataRef::Text("3")),
        ]);
        let copy = came.clone();
        assert_eq!((came.len(), came.text("a"), came.text("b")), (3, Some("1"), None));
        assert_eq!(came, copy);
        assert_eq!(came, Metadata::new().with("a", "1").with("b", vec![2]).with("a", "3"));
        assert!(came.refs().eq(copy.refs()) && format!("{came:?}").contains('3'));
        let mut unchanged = came.clone();
        unchanged.remove("c");
        assert!(is_encoded(&came) && is_encoded(&copy) && is_encoded(&unchanged));

        assert_eq!(came.binary("b").map(|bytes| &bytes[..]), Some(&[2][..]));
        assert_eq!(came.values("a").count(), 2);
        assert!(!is_encoded(&copy), "copies are one");
    }

    #[test]
    fn what_came_can_be_changed_and_copies_of_it_stay() {
        let came = received(&[("a", MetadataRef::Text("1")), ("b", MetadataRef::Binary(&[2]))]);
        let mut changed = came.clone();
        changed.set("a", "4");
        assert_eq!(changed, Metadata::new().with("b", vec![2]).with("a", "4"));
        changed.remove("b");
        assert_eq!((changed.len(), came.len(), came.text("a")), (1, 2, Some("1")));
        assert_ne!(changed, came);
        assert!(is_encoded(&came));
    }

    #[test]
    fn none_is_none_however_it_is_written() {
        for bytes in [&[][..], &[0]] {
            assert!(matches!(Metadata::received(bytes, 8).unwrap().0, Repr::Made(_)));
        }
    }

    #[test]
    fn a_key_may_stand_several_times_until_it_is_set() {
        let mut metadata = Metadata::new().with("a", "1").with("b", vec![2]).with("a", "3");
        assert_eq!((metadata.len(), metadata.is_empty()), (3, false));
        assert_eq!(metadata.text("a"), Some("1"));
        let all = metadata.values("a").collect::<Vec<_>>();
        assert_eq!(all, [&MetadataValue::from("1"), &MetadataValue::from("3")]);

        metadata.set("a", "4");
        let keys = metadata.iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!((keys, metadata.text("a")), (vec!["b", "a"], Some("4")));
        metadata.remove("b");
        assert_eq!((metadata.get("b"), metadata.len()), (None, 1));
    }

    #[test]
    fn text_and_bytes_are_told_apart() {
        let metadata = Metadata::new().with("text", "1").with("bytes", vec![1]);
        assert_eq!((metadata.text("text"), metadata.binary("text")), (Some("1"), None));
        assert_eq!(
            (metadata.text("bytes"), metadata.binary("bytes").map(|it| &it[..])),
            (None, Some(&[1][..]))
        );
        assert_eq!((metadata.text("none"), metadata.binary("none")), (None, None));
    }
}
