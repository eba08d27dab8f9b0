use std::fmt;
use std::num::NonZeroUsize;
use std::ops::Deref;

use bytes::Bytes;

use crate::wire::slice_of;

/// The bytes of one message. A short one stands in its place: arguments and results of most calls are a few bytes, and an
/// allocation for each of them is more work than reading them.
#[derive(Clone)]
pub(crate) enum Body {
    Short { length: Length, bytes: Words },
    Long(Bytes),
}

/// One more than it is, so that zero tells the other kind of body: then all of a body is words, and it is moved as such. What was
/// written as some bytes, and is read as others a moment later, makes a processor wait.
type Length = NonZeroUsize;

#[derive(Clone, Copy)]
#[repr(align(8))]
pub(crate) struct Words([u8; SHORT]);

/// As much as `Bytes` take.
const SHORT: usize = 32;

const _: () = assert!(size_of::<Body>() == 40);

static NONE: Bytes = Bytes::new();

impl Body {
    pub(crate) const fn new() -> Self {
        Self::Short { length: Length::MIN, bytes: Words([0; SHORT]) }
    }

    #[inline]
    pub(crate) fn copy_from_slice(from: &[u8]) -> Self {
        let mut body = Self::new();
        body.fill(from);
        body
    }

    /// Becomes a copy of `from`, where it is: one that is moved as soon as it is made has to wait for its bytes.
    #[inline]
    pub(crate) fn fill(&mut self, from: &[u8]) {
        if let Self::Short { length, bytes: Words(bytes) } = self
            && let Some(room) = bytes.get_mut(..from.len())
        {
            room.copy_from_slice(from);
            *length = Length::MIN.saturating_add(from.len());
        } else {
            *self = Self::Long(Bytes::copy_from_slice(from));
        }
    }

    /// A part of a frame that came, of which slices can share `shared` if that is not empty.
    #[inline]
    pub(crate) fn received(part: &[u8], shared: &Bytes) -> Self {
        if shared.is_empty() {
            return Self::copy_from_slice(part);
        }
        slice_of(shared, part).map_or_else(|| Self::copy_from_slice(part), Self::Long)
    }

    /// What slices of this message can share; empty for a short one, of which they are copies.
    pub(crate) fn shared(&self) -> &Bytes {
        match self {
            Self::Short { .. } => &NONE,
            Self::Long(bytes) => bytes,
        }
    }
}

impl Deref for Body {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match self {
            Self::Short { length, bytes: Words(bytes) } => {
                bytes.get(..length.get().saturating_sub(1)).unwrap_or_default()
            }
            Self::Long(bytes) => bytes,
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::new()
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::Long(bytes)
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Long(bytes.into())
    }
}

impl From<Body> for Bytes {
    fn from(body: Body) -> Self {
        match body {
            Body::Short { .. } => Self::copy_from_slice(&body),
            Body::Long(bytes) => bytes,
        }
    }
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{Body, SHORT};

    #[test]
    fn bytes_come_out_as_they_went_in_whatever_their_number() {
        for length in [0, 1, SHORT - 1, SHORT, SHORT + 1, 255, 256, 70_000] {
            let bytes: Vec<u8> = (0..length).map(|at| at.to_le_bytes()[0]).collect();
            let copy = Body::copy_from_slice(&bytes);
            assert_eq!(*copy, bytes, "{length} bytes");
            assert_eq!(matches!(copy, Body::Short { .. }), length <= SHORT);
            assert_eq!(copy, Body::from(bytes.clone()));
            let mut other = Body::copy_from_slice(&[1; SHORT]);
            other.fill(&bytes);
            assert_eq!(other, copy);
            assert_eq!(Bytes::from(copy), bytes);
        }
    }

    #[test]
    fn a_long_one_is_shared_and_a_short_one_is_not() {
        let long = Bytes::from(vec![7; SHORT + 1]);
        assert_eq!(Body::from(long.clone()).shared().as_ptr(), long.as_ptr());
        assert!(Body::copy_from_slice(&[7]).shared().is_empty());
    }
}
