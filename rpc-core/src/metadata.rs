use bytes::Bytes;

/// What travels beside the arguments of a call: short text or bytes under lower-case keys.
///
/// At most `Limits::max_metadata` bytes altogether (8 KiB); a key may stand several times, and order is kept.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::Metadata;
/// let metadata = Metadata::new().with("tenant", "blue");
/// assert_eq!(metadata.text("tenant"), Some("blue"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    entries: Vec<(String, MetadataValue)>,
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
        Self { entries: Vec::new() }
    }

    /// The same with one more value. A key that the wire cannot carry fails the call, with an error that names it.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<MetadataValue>) -> Self {
        self.push(key, value);
        self
    }

    /// Adds a value behind those that are there.
    pub fn push(&mut self, key: impl Into<String>, value: impl Into<MetadataValue>) {
        self.entries.push((key.into(), value.into()));
    }

    /// Puts a value in the place of all that stand under `key`, behind the others.
    pub fn set(&mut self, key: impl Into<String>, value: impl Into<MetadataValue>) {
        let key = key.into();
        self.remove(&key);
        self.push(key, value);
    }

    /// Takes away all values under `key`.
    pub fn remove(&mut self, key: &str) {
        self.entries.retain(|(name, _)| name != key);
    }

    /// The first value under `key`.
    pub fn get(&self, key: &str) -> Option<&MetadataValue> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// All values under `key`, in order.
    pub fn values<'m>(&'m self, key: &'m str) -> impl Iterator<Item = &'m MetadataValue> {
        self.entries.iter().filter(move |(name, _)| name == key).map(|(_, value)| value)
    }

    /// The first value under `key`, if it is text.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            MetadataValue::Text(text) => Some(text),
            MetadataValue::Binary(_) => None,
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
        self.entries.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True if there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
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
    use super::{Metadata, MetadataValue};

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
