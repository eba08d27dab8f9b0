use super::{MAX_INDEX, WireError, WireErrorKind, varint};

/// Reads fields from the front of some bytes. It can only shrink, and no length leaves it unchecked.
///
/// ```
/// use rpc_core::wire::Reader;
/// let mut reader = Reader::new(&[0xac, 0x02, 7], "an example");
/// assert_eq!(reader.varint()?, 300);
/// assert_eq!(reader.u8()?, 7);
/// reader.finish()?;
/// # Ok::<(), rpc_core::wire::WireError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    left: &'a [u8],
    subject: &'static str,
}

impl<'a> Reader<'a> {
    /// A reader of all of `bytes`. `subject` begins the errors: `"a Call frame"`.
    pub fn new(bytes: &'a [u8], subject: &'static str) -> Self {
        Self { left: bytes, subject }
    }

    /// What the errors of this reader are about.
    pub fn subject(&self) -> &'static str {
        self.subject
    }

    /// Bytes that are left.
    pub fn remaining(&self) -> usize {
        self.left.len()
    }

    /// One byte.
    #[inline]
    pub fn u8(&mut self) -> Result<u8, WireError> {
        let (&byte, left) = self.left.split_first().ok_or_else(|| self.ends_early())?;
        self.left = left;
        Ok(byte)
    }

    /// Eight bytes, least significant first.
    pub fn u64le(&mut self) -> Result<u64, WireError> {
        self.array().map(u64::from_le_bytes)
    }

    /// `N` bytes.
    #[inline]
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        let (&array, left) = self.left.split_first_chunk().ok_or_else(|| self.ends_early())?;
        self.left = left;
        Ok(array)
    }

    /// A varint of any size.
    #[inline]
    pub fn varint(&mut self) -> Result<u64, WireError> {
        // Most numbers are this small.
        if let Some((&byte @ ..0x80, left)) = self.left.split_first() {
            self.left = left;
            return Ok(byte.into());
        }
        self.long_varint()
    }

    fn long_varint(&mut self) -> Result<u64, WireError> {
        let mut partial = varint::Partial::default();
        loop {
            let byte = self.u8()?;
            let taken = partial
                .push(byte)
                .map_err(|why| WireError::malformed(WireErrorKind::Varint { subject: self.subject, why }))?;
            if let Some(value) = taken {
                return Ok(value);
            }
        }
    }

    /// A varint of at most `max`; `what` names the field in the error.
    #[inline]
    pub fn varint_max(&mut self, max: u64, what: &'static str) -> Result<u64, WireError> {
        let value = self.varint()?;
        if value > max {
            let kind = WireErrorKind::TooLarge { subject: self.subject, what, value, max };
            return Err(WireError::malformed(kind));
        }
        Ok(value)
    }

    /// A varint of at least `min`; `what` names the field in the error.
    pub fn varint_min(&mut self, min: u64, what: &'static str) -> Result<u64, WireError> {
        let value = self.varint()?;
        if value < min {
            let kind = WireErrorKind::TooSmall { subject: self.subject, what, value, min };
            return Err(WireError::malformed(kind));
        }
        Ok(value)
    }

    /// A place, an index, a position or a stream number: a varint of at most [`MAX_INDEX`].
    #[inline]
    pub fn index(&mut self, what: &'static str) -> Result<u32, WireError> {
        // The bound above makes the conversion total; the fallback is never taken.
        self.varint_max(MAX_INDEX.into(), what).map(|value| u32::try_from(value).unwrap_or(MAX_INDEX))
    }

    /// The number of elements that follow, each of `each` bytes at least: more than can follow is refused here,
    /// before room is made for them.
    pub fn count(&mut self, each: usize) -> Result<usize, WireError> {
        let count = self.varint()?;
        usize::try_from(count)
            .ok()
            .filter(|count| count.checked_mul(each).is_some_and(|bytes| bytes <= self.left.len()))
            .ok_or_else(|| self.ends_early())
    }

    /// The next `count` bytes.
    #[inline]
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], WireError> {
        let (taken, left) = self.left.split_at_checked(count).ok_or_else(|| self.ends_early())?;
        self.left = left;
        Ok(taken)
    }

    /// A length of at most `max`, and so many bytes.
    #[inline]
    pub fn bytes(&mut self, max: usize, what: &'static str) -> Result<&'a [u8], WireError> {
        let length = self.varint_max(max as u64, what)?;
        self.take(usize::try_from(length).unwrap_or(usize::MAX))
    }

    /// [`bytes`](Self::bytes) that are UTF-8.
    pub fn text(&mut self, max: usize, what: &'static str) -> Result<&'a str, WireError> {
        let bytes = self.bytes(max, what)?;
        std::str::from_utf8(bytes).map_err(|_| {
            WireError::malformed(WireErrorKind::Text { subject: self.subject, what, rule: "UTF-8" })
        })
    }

    /// All that is left.
    #[inline]
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.left)
    }

    /// Makes sure that nothing is left.
    #[inline]
    pub fn finish(self) -> Result<(), WireError> {
        if self.left.is_empty() {
            return Ok(());
        }
        let kind = WireErrorKind::LeftOver { subject: self.subject, count: self.left.len() };
        Err(WireError::malformed(kind))
    }

    /// The error for a value of the field `what` that version 1 does not know.
    #[cold]
    pub(crate) fn unknown(&self, what: &'static str, value: impl Into<u64>) -> WireError {
        WireError::malformed(WireErrorKind::Unknown { subject: self.subject, what, value: value.into() })
    }

    /// A byte of flags in which only the bits of `known` may be set.
    #[inline]
    pub(super) fn flags(&mut self, known: u8) -> Result<u8, WireError> {
        let flags = self.u8()?;
        if flags & !known != 0 { Err(self.unknown("flags", flags)) } else { Ok(flags) }
    }

    #[cold]
    fn ends_early(&self) -> WireError {
        WireError::malformed(WireErrorKind::EndsEarly { subject: self.subject })
    }
}
