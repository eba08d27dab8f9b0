//! The codecs there are, and the one way in and out of each.

use std::any::type_name;
use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde::de::{Deserialize, DeserializeSeed};

use super::{CodecError, CodecLimits, guard, named};
use crate::wire::varint;

/// A form that values take on the wire.
///
/// ```
/// use rpc_core::codec::{Codec, CodecLimits};
///
/// let limits = CodecLimits::default();
/// let mut body = Vec::new();
/// Codec::Postcard.encode(&("seven", 7_u64), &limits, &mut body)?;
/// let (name, value): (&str, u64) = Codec::Postcard.decode(&body, &limits)?; // `name` is a slice of `body`
/// assert_eq!((name, value), ("seven", 7));
/// # Ok::<(), rpc_core::codec::CodecError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Codec {
    /// [postcard](https://postcard.jamesmunns.com): the smallest and fastest, positional, not self-describing. Byte 1.
    Postcard,
    /// CBOR (RFC 8949) with the names of fields and variants: self-describing. Byte 3. Two sides whose versions of a
    /// method differ use it in place of postcard.
    Compact,
    /// JSON, with bytes in base64. Byte 2. Needs the feature `json`.
    #[cfg(feature = "json")]
    Json,
    /// XML, with bytes in base64. Byte 4. Needs the feature `xml`.
    #[cfg(feature = "xml")]
    Xml,
}

impl Codec {
    /// All that this build has, best first.
    pub const ALL: &'static [Self] = &[
        Self::Postcard,
        Self::Compact,
        #[cfg(feature = "json")]
        Self::Json,
        #[cfg(feature = "xml")]
        Self::Xml,
    ];

    /// The byte that stands for this codec on the wire.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Postcard => 1,
            #[cfg(feature = "json")]
            Self::Json => 2,
            Self::Compact => 3,
            #[cfg(feature = "xml")]
            Self::Xml => 4,
        }
    }

    /// Whether values tell what they are, so that two versions of a type can read each other.
    pub const fn is_self_describing(self) -> bool {
        !matches!(self, Self::Postcard)
    }

    /// This codec if it is [self-describing](Self::is_self_describing), else the compact one.
    #[must_use]
    pub const fn named(self) -> Self {
        match self {
            Self::Postcard => Self::Compact,
            other => other,
        }
    }

    /// The codec that a byte from the wire stands for; `None` if this side does not have it.
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            1 => Some(Self::Postcard),
            #[cfg(feature = "json")]
            2 => Some(Self::Json),
            3 => Some(Self::Compact),
            #[cfg(feature = "xml")]
            4 => Some(Self::Xml),
            _ => None,
        }
    }

    /// The name in configuration and messages, in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Postcard => "postcard",
            Self::Compact => "compact",
            #[cfg(feature = "json")]
            Self::Json => "json",
            #[cfg(feature = "xml")]
            Self::Xml => "xml",
        }
    }

    /// The codec of this [`name`](Self::name); `None` if this side does not have it.
    ///
    /// ```
    /// use rpc_core::codec::Codec;
    /// assert_eq!(Codec::from_name("compact"), Some(Codec::Compact));
    /// assert_eq!(Codec::from_name("smoke signals"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|codec| codec.name() == name)
    }

    /// Whether types are written as people read them where they have two forms: IP addresses, say.
    pub const fn is_human_readable(self) -> bool {
        match self {
            Self::Postcard | Self::Compact => false,
            #[cfg(feature = "json")]
            Self::Json => true,
            #[cfg(feature = "xml")]
            Self::Xml => true,
        }
    }

    /// Appends `value` to `out`.
    ///
    /// Whether this fails or `value` panics: `out` is then as long as it was before.
    ///
    /// # Errors
    /// A value that this codec could not read back (a field that serde skips, another number of fields or elements
    /// than announced, an unknown length), or that is over a limit. The error names the type and the field.
    #[inline]
    pub fn encode<T>(self, value: &T, limits: &CodecLimits, out: &mut Vec<u8>) -> Result<(), CodecError>
    where
        T: Serialize + ?Sized,
    {
        self.encode_as(type_name::<T>(), value, limits, out)
    }

    /// As [`encode`](Self::encode), but an error calls the value `name` where it would name the type `T`.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    #[inline]
    pub fn encode_as<T>(
        self,
        name: &'static str,
        value: &T,
        limits: &CodecLimits,
        out: &mut Vec<u8>,
    ) -> Result<(), CodecError>
    where
        T: Serialize + ?Sized,
    {
        match self {
            Self::Postcard => guard::encode(value, name, limits, out),
            other => named::encode(other, value, name, limits, out),
        }
    }

    /// As [`encode_as`](Self::encode_as), but a long `Bytes` at the end of the value is not copied: it is given back, and
    /// belongs behind what was appended. Only postcard does that.
    pub(crate) fn encode_apart<T>(
        self,
        name: &'static str,
        value: &T,
        limits: &CodecLimits,
        out: &mut Vec<u8>,
    ) -> Result<Option<Bytes>, CodecError>
    where
        T: Serialize + ?Sized,
    {
        match self {
            Self::Postcard => guard::encode_apart(value, name, limits, out),
            other => named::encode(other, value, name, limits, out).map(|()| None),
        }
    }

    /// Appends what stands before the bytes of a block of this length that is all of a value; false if that is more than
    /// the limits allow, or if the codec does not write a block as it is.
    pub(crate) fn begin_block(self, length: usize, limits: &CodecLimits, out: &mut Vec<u8>) -> bool {
        match self {
            Self::Postcard => {
                let before = out.len();
                varint::encode(length as u64, out);
                out.len().saturating_sub(before).saturating_add(length) <= limits.max_size
            }
            _ => false,
        }
    }

    /// Decodes all of `input`. Strings and bytes may borrow from it.
    ///
    /// # Errors
    /// Input that is cut off, too long, not in the one canonical form, or over a limit; text from `T` itself.
    #[inline]
    pub fn decode<'de, T>(self, input: &'de [u8], limits: &CodecLimits) -> Result<T, CodecError>
    where
        T: Deserialize<'de>,
    {
        self.decode_seed(std::marker::PhantomData, input, limits)
    }

    /// As [`decode`](Self::decode), for a type that is only known to `seed`.
    ///
    /// # Errors
    /// As [`decode`](Self::decode).
    #[inline]
    pub fn decode_seed<'de, S>(
        self,
        seed: S,
        input: &'de [u8],
        limits: &CodecLimits,
    ) -> Result<S::Value, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        match self {
            Self::Postcard => guard::decode(seed, input, limits, false),
            other => named::decode(other, seed, input, limits),
        }
    }

    /// As [`decode_seed`](Self::decode_seed), but the outermost struct may end early, between two fields.
    ///
    /// Where the input is used up and the next field needs at least one byte, `SeqAccess::next_element` gives
    /// `None`, so that the visitor can fill in arguments that were added later and have a default. A field that takes
    /// no input, such as `()`, is still there. The outermost struct must be what `seed` asks for first. Codecs that
    /// write names need no such help: what is not there is not named.
    ///
    /// # Errors
    /// As [`decode`](Self::decode).
    #[inline]
    pub fn decode_arguments<'de, S>(
        self,
        seed: S,
        input: &'de [u8],
        limits: &CodecLimits,
    ) -> Result<S::Value, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        match self {
            Self::Postcard => guard::decode(seed, input, limits, true),
            other => named::decode(other, seed, input, limits),
        }
    }
}

impl fmt::Display for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
