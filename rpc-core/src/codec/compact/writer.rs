use cbor4ii::core::enc::{Encode, Error, Write};
use cbor4ii::core::{major, types};
use postcard::ser_flavors::Flavor;

use super::{MAJOR_SHIFT, SOME};
use crate::codec::named::{Part, Sink, Structure, Unwritable};
use crate::codec::output::Output;

/// Writes CBOR: lengths up front where they are known, numbers in their shortest form.
pub(in crate::codec) struct Writer<'o, 'a>(Room<'o, 'a>);

/// What is left of the output.
struct Room<'o, 'a>(&'o mut Output<'a>);

#[derive(Debug, thiserror::Error)]
#[error("there is no room left")]
struct Full;

impl Write for Room<'_, '_> {
    type Error = Full;

    #[inline]
    fn push(&mut self, input: &[u8]) -> Result<(), Full> {
        self.0.try_extend(input).map_err(|_| Full)
    }
}

impl<'o, 'a> Writer<'o, 'a> {
    pub(in crate::codec) fn new(output: &'o mut Output<'a>) -> Self {
        Self(Room(output))
    }

    #[inline]
    fn put<T: Encode>(&mut self, value: T) -> Result<(), Unwritable> {
        check(value.encode(&mut self.0))
    }

    fn null(&mut self, within: usize) -> Result<(), Unwritable> {
        for _ in 0..within {
            self.put(types::Tag(SOME, types::Nothing))?;
        }
        self.put(types::Null)
    }
}

// Nothing but the room can fail.
#[inline]
fn check(done: Result<(), Error<Full>>) -> Result<(), Unwritable> {
    done.map_err(|_| Unwritable::Full)
}

impl Sink for Writer<'_, '_> {
    fn is_human_readable(&self) -> bool {
        false
    }

    fn none(&mut self, within: usize) -> Result<(), Unwritable> {
        self.null(within)
    }

    fn unit(&mut self, within: usize) -> Result<(), Unwritable> {
        self.null(within)
    }

    fn bool(&mut self, value: bool) -> Result<(), Unwritable> {
        self.put(value)
    }

    fn u64(&mut self, value: u64) -> Result<(), Unwritable> {
        self.put(value)
    }

    fn i64(&mut self, value: i64) -> Result<(), Unwritable> {
        self.put(value)
    }

    fn u128(&mut self, value: u128) -> Result<(), Unwritable> {
        self.put(value)
    }

    fn i128(&mut self, value: i128) -> Result<(), Unwritable> {
        self.put(value)
    }

    fn f32(&mut self, value: f32) -> Result<(), Unwritable> {
        self.put(value)
    }

    fn f64(&mut self, value: f64) -> Result<(), Unwritable> {
        self.put(value)
    }

    #[inline]
    fn text(&mut self, value: &str) -> Result<(), Unwritable> {
        // Most names are so short that their length is in the first byte.
        match u8::try_from(value.len()) {
            Ok(length @ ..=0x17) => {
                let written = self.0.0.try_push(major::STRING << MAJOR_SHIFT | length);
                written.and_then(|()| self.0.0.try_extend(value.as_bytes())).map_err(|_| Unwritable::Full)
            }
            _ => self.put(value),
        }
    }

    fn block(&mut self, value: &[u8]) -> Result<(), Unwritable> {
        self.put(types::Bytes(value))
    }

    fn begin(
        &mut self,
        structure: Structure,
        _: &'static str,
        length: Option<usize>,
    ) -> Result<(), Unwritable> {
        check(match (structure, length) {
            (Structure::List, Some(length)) => types::Array::bounded(length, &mut self.0),
            (Structure::List, None) => types::Array::unbounded(&mut self.0),
            (Structure::Map | Structure::Fields, Some(length)) => types::Map::bounded(length, &mut self.0),
            (Structure::Map | Structure::Fields, None) => types::Map::unbounded(&mut self.0),
        })
    }

    fn part(&mut self, part: Part, _: bool) -> Result<(), Unwritable> {
        match part {
            Part::Field(name) => self.text(name),
            Part::Element | Part::Key | Part::Value => Ok(()),
        }
    }

    fn end(&mut self, _: Structure, length: Option<usize>) -> Result<(), Unwritable> {
        match length {
            Some(_) => Ok(()),
            None => check(types::Array::end(&mut self.0)),
        }
    }

    fn finish(&mut self) -> Result<(), Unwritable> {
        Ok(())
    }
}
