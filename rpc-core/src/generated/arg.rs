use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A borrowed argument inside a request: the caller's reference, a slice of the message, or an owned value where
/// the codec cannot lend one (a JSON string with an escape in it, say).
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::Arg;
/// let key = Arg::from("a key");
/// assert_eq!(key.len(), 5);
/// ```
pub struct Arg<'a, B: ArgTarget + ?Sized>(Inner<'a, B>);

enum Inner<'a, B: ArgTarget + ?Sized> {
    Borrowed(&'a B),
    Owned(B::Owned),
}

/// What can stand behind the `&` of an argument: `str`, [`Path`], slices, and every sized type.
#[diagnostic::on_unimplemented(
    message = "`&{Self}` cannot be an argument of a service's method",
    label = "cannot be held by a request",
    note = "behind the `&` of an argument can stand `str`, `Path`, a slice, or a sized type"
)]
pub trait ArgTarget {
    /// What holds the value when nobody lends it.
    #[doc(hidden)]
    type Owned;

    #[doc(hidden)]
    fn lend(owned: &Self::Owned) -> &Self;

    #[doc(hidden)]
    fn decode<'a, 'de: 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Arg<'a, Self>, D::Error>
    where
        Self: 'a,
        Self::Owned: Deserialize<'de>,
    {
        Self::Owned::deserialize(deserializer).map(Arg::owned)
    }
}

impl ArgTarget for str {
    type Owned = String;

    fn lend(owned: &String) -> &str {
        owned
    }

    fn decode<'a, 'de: 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Arg<'a, str>, D::Error> {
        deserializer.deserialize_str(StrVisitor(PhantomData))
    }
}

impl ArgTarget for Path {
    type Owned = PathBuf;

    fn lend(owned: &PathBuf) -> &Path {
        owned
    }
}

impl<T> ArgTarget for [T] {
    type Owned = Vec<T>;

    fn lend(owned: &Vec<T>) -> &[T] {
        owned
    }
}

impl<T> ArgTarget for T {
    type Owned = T;

    fn lend(owned: &T) -> &T {
        owned
    }
}

impl<'a, B: ArgTarget + ?Sized> Arg<'a, B> {
    #[doc(hidden)]
    pub fn borrowed(value: &'a B) -> Self {
        Self(Inner::Borrowed(value))
    }

    #[doc(hidden)]
    pub fn owned(value: B::Owned) -> Self {
        Self(Inner::Owned(value))
    }

    /// True if the value belongs to somebody else: nothing was copied.
    pub fn is_borrowed(&self) -> bool {
        matches!(self.0, Inner::Borrowed(_))
    }

    #[doc(hidden)]
    pub fn from_cow(value: Cow<'a, B>) -> Self
    where
        B: ToOwned<Owned = <B as ArgTarget>::Owned>,
    {
        match value {
            Cow::Borrowed(value) => Self::borrowed(value),
            Cow::Owned(value) => Self::owned(value),
        }
    }

    #[doc(hidden)]
    pub fn into_cow(self) -> Cow<'a, B>
    where
        B: ToOwned<Owned = <B as ArgTarget>::Owned>,
    {
        match self.0 {
            Inner::Borrowed(value) => Cow::Borrowed(value),
            Inner::Owned(value) => Cow::Owned(value),
        }
    }
}

impl<B: ArgTarget + ?Sized> Deref for Arg<'_, B> {
    type Target = B;

    fn deref(&self) -> &B {
        match &self.0 {
            Inner::Borrowed(value) => value,
            Inner::Owned(value) => B::lend(value),
        }
    }
}

impl<'a, B: ArgTarget + ?Sized> From<&'a B> for Arg<'a, B> {
    fn from(value: &'a B) -> Self {
        Self::borrowed(value)
    }
}

impl<B: ArgTarget<Owned: Default> + ?Sized> Default for Arg<'_, B> {
    fn default() -> Self {
        Self::owned(B::Owned::default())
    }
}

impl<B: ArgTarget + ?Sized + fmt::Debug> fmt::Debug for Arg<'_, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<B: ArgTarget + ?Sized + fmt::Display> fmt::Display for Arg<'_, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<B: ArgTarget + ?Sized + Serialize> Serialize for Arg<'_, B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de: 'a, 'a, B> Deserialize<'de> for Arg<'a, B>
where
    B: ArgTarget + ?Sized,
    B::Owned: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        B::decode(deserializer)
    }
}

struct StrVisitor<'a>(PhantomData<&'a str>);

impl<'de> Visitor<'de> for StrVisitor<'de> {
    type Value = Arg<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Arg::borrowed(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Arg::owned(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Arg::owned(value))
    }

    fn visit_borrowed_bytes<E: Error>(self, value: &'de [u8]) -> Result<Self::Value, E> {
        std::str::from_utf8(value).map(Arg::borrowed).map_err(E::custom)
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<Self::Value, E> {
        std::str::from_utf8(value).map(|value| Arg::owned(value.to_owned())).map_err(E::custom)
    }
}
