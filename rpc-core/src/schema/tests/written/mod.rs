//! What codecs write is what the shape says: values of many types are written, and the bytes are followed by readers that know
//! nothing but the shape.

mod integers;
mod named;
mod own_types;
mod positional;
mod third_party;
mod tree;
mod wrong;
#[cfg(feature = "xml")]
mod xml;

use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::codec::{Codec, CodecLimits};
use crate::schema::{Outcome, Prober, Signature, TypeRef, Types};

/// What a type is to codecs of both kinds.
#[derive(Clone)]
struct Shapes {
    types: Types,
    root: TypeRef,
    needs_names: bool,
    #[cfg(any(feature = "json", feature = "xml"))]
    for_people: (Types, TypeRef),
}

impl Shapes {
    fn of<T: Serialize + Deserialize<'static>>() -> Self {
        let mut prober = Prober::new();
        let root = prober.probe::<T>();
        assert_eq!(prober.problems(), []);
        let types = prober.finish();
        let needs_names = Signature::new("Test.echo", types.clone(), Outcome::Value(root)).needs_names();
        #[cfg(any(feature = "json", feature = "xml"))]
        let for_people = {
            let mut prober = Prober::readable();
            let root = prober.probe::<T>();
            assert_eq!(prober.problems(), []);
            (prober.finish(), root)
        };
        Self {
            types,
            root,
            needs_names,
            #[cfg(any(feature = "json", feature = "xml"))]
            for_people,
        }
    }

    /// The types as this codec sees them.
    fn seen_by(&mut self, codec: Codec) -> (&mut Types, TypeRef) {
        match codec {
            Codec::Postcard | Codec::Compact => (&mut self.types, self.root),
            #[cfg(any(feature = "json", feature = "xml"))]
            _ => (&mut self.for_people.0, self.for_people.1),
        }
    }

    /// Whether a codec carries all values.
    fn is_carried(&self, codec: Codec) -> bool {
        let refusal = match codec {
            Codec::Postcard if self.needs_names => return false,
            Codec::Postcard | Codec::Compact => codec.refusal(&self.types, self.root),
            #[cfg(any(feature = "json", feature = "xml"))]
            _ => codec.refusal(&self.for_people.0, self.for_people.1),
        };
        refusal.is_none()
    }

    /// Whether a body is a value of the type.
    fn fits(&self, codec: Codec, body: &[u8]) -> Result<(), String> {
        match codec {
            Codec::Postcard => positional::fits(&self.types, self.root, body),
            Codec::Compact => {
                named::Named { types: &self.types, texts: false }.value(self.root, &tree::cbor(body)?)
            }
            #[cfg(feature = "json")]
            Codec::Json => {
                let (types, root) = &self.for_people;
                named::Named { types, texts: true }.value(*root, &tree::json(body)?)
            }
            #[cfg(feature = "xml")]
            Codec::Xml => xml::fits(&self.for_people.0, self.for_people.1, &xml::parse(body)?),
        }
    }

    /// Every codec that carries the type writes what the shape says, and reads it again.
    fn hold<T: Serialize + DeserializeOwned>(&self, value: &T) -> Result<(), TestCaseError> {
        for codec in Codec::ALL.iter().copied().filter(|codec| self.is_carried(*codec)) {
            let body = written(codec, value);
            let shown = String::from_utf8_lossy(&body);
            if let Err(error) = self.fits(codec, &body) {
                return Err(TestCaseError::fail(format!("{codec}: {error} in {shown:?}")));
            }
            let read = codec.decode::<T>(&body, &CodecLimits::default());
            let read = read.map_err(|error| TestCaseError::fail(format!("{codec}: {error} in {shown:?}")))?;
            prop_assert_eq!(written(codec, &read), body, "{}", codec);
        }
        Ok(())
    }
}

fn written<T: Serialize>(codec: Codec, value: &T) -> Vec<u8> {
    let mut body = Vec::new();
    let result = codec.encode(value, &CodecLimits::default(), &mut body);
    result.unwrap_or_else(|error| panic!("{codec} does not write it: {error}"));
    body
}

#[cfg(any(feature = "json", feature = "xml"))]
fn is_base64(text: &str) -> bool {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).is_ok()
}

/// What every codec has a form for.
fn text() -> impl Strategy<Value = String> {
    "[ -~\t\n\räß→🦀]{0,12}"
}

fn letter() -> impl Strategy<Value = char> {
    prop_oneof![proptest::char::range(' ', '~'), Just('ß'), Just('\n'), Just('\u{1f980}')]
}

/// A test for each type, with values of it, and the codecs that do not carry it.
macro_rules! each_is_written_as_its_shape {
    ($($name:ident: $type:ty $(, not in $($codec:literal)+)? => $values:expr;)*) => { $(
        proptest::proptest! {
            #[test]
            fn $name(value in $values) {
                static SHAPES: std::sync::OnceLock<$crate::schema::tests::written::Shapes> = std::sync::OnceLock::new();
                let shapes = SHAPES.get_or_init(|| {
                    let shapes = $crate::schema::tests::written::Shapes::of::<$type>();
                    let refused: &[&str] = &[$($($codec),+)?];
                    for codec in $crate::codec::Codec::ALL {
                        assert_eq!(shapes.is_carried(*codec), !refused.contains(&codec.name()), "{codec}");
                    }
                    shapes
                });
                shapes.hold::<$type>(&value)?;
            }
        }
    )* };
}
use each_is_written_as_its_shape;
