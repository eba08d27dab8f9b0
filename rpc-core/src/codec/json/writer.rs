use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;
use postcard::ser_flavors::Flavor;
use serde::Serialize;

use crate::codec::named::{Part, Sink, Structure, Unwritable};
use crate::codec::output::Output;

/// Writes JSON without any space.
pub(in crate::codec) struct Writer<'o, 'a> {
    room: Room<'o, 'a>,
    /// Whether a key of an object is being written, which has to be a text.
    key: bool,
}

/// What is left of the output.
struct Room<'o, 'a>(&'o mut Output<'a>);

impl io::Write for Room<'_, '_> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.try_extend(bytes).map_err(|_| io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl std::fmt::Write for Room<'_, '_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.try_extend(text.as_bytes()).map_err(|_| std::fmt::Error)
    }
}

impl<'o, 'a> Writer<'o, 'a> {
    pub(in crate::codec) fn new(output: &'o mut Output<'a>) -> Self {
        Self { room: Room(output), key: false }
    }

    #[inline]
    fn raw(&mut self, text: &str) -> Result<(), Unwritable> {
        self.room.0.try_extend(text.as_bytes()).map_err(|_| Unwritable::Full)
    }

    /// What `serde_json` makes of a scalar.
    #[inline]
    fn put<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        // Nothing but the room can fail.
        serde_json::to_writer(&mut self.room, value).map_err(|_| Unwritable::Full)
    }

    /// A number or bool: in quotes where it is a key.
    #[inline]
    fn quoted<T: Serialize>(&mut self, value: T) -> Result<(), Unwritable> {
        if !self.key {
            return self.put(&value);
        }
        self.raw("\"")?;
        self.put(&value)?;
        self.raw("\"")
    }

    /// Whether something may stand here that is no key.
    #[inline]
    fn no_key(&self, what: &'static str) -> Result<(), Unwritable> {
        if self.key { Err(not_a_key(what)) } else { Ok(()) }
    }

    fn nothing(&mut self, within: usize) -> Result<(), Unwritable> {
        self.no_key("nothing")?;
        match within {
            0 => self.raw("null"),
            _ => Err(Unwritable::Formless(Cow::Borrowed(
                "json has the same `null` for `None` and for a `Some` around nothing (`Option<Option<T>>`, `Option<()>`): use \
                 another type or codec",
            ))),
        }
    }
}

#[cold]
fn not_a_key(what: &'static str) -> Unwritable {
    Unwritable::Formless(Cow::Owned(format!(
        "json cannot have {what} as the key of a map: keys are texts, integers, bools, characters and variants without \
         content"
    )))
}

#[cold]
fn not_finite(value: f64) -> Unwritable {
    Unwritable::Formless(Cow::Owned(format!("json has no form for the number {value}")))
}

impl Sink for Writer<'_, '_> {
    fn is_human_readable(&self) -> bool {
        true
    }

    fn none(&mut self, within: usize) -> Result<(), Unwritable> {
        self.nothing(within)
    }

    fn unit(&mut self, within: usize) -> Result<(), Unwritable> {
        self.nothing(within)
    }

    fn bool(&mut self, value: bool) -> Result<(), Unwritable> {
        self.quoted(value)
    }

    fn u64(&mut self, value: u64) -> Result<(), Unwritable> {
        self.quoted(value)
    }

    fn i64(&mut self, value: i64) -> Result<(), Unwritable> {
        self.quoted(value)
    }

    fn u128(&mut self, value: u128) -> Result<(), Unwritable> {
        self.quoted(value)
    }

    fn i128(&mut self, value: i128) -> Result<(), Unwritable> {
        self.quoted(value)
    }

    fn f32(&mut self, value: f32) -> Result<(), Unwritable> {
        self.no_key("a float")?;
        if value.is_finite() { self.put(&value) } else { Err(not_finite(value.into())) }
    }

    fn f64(&mut self, value: f64) -> Result<(), Unwritable> {
        self.no_key("a float")?;
        if value.is_finite() { self.put(&value) } else { Err(not_finite(value)) }
    }

    fn text(&mut self, value: &str) -> Result<(), Unwritable> {
        self.put(value)
    }

    fn block(&mut self, value: &[u8]) -> Result<(), Unwritable> {
        self.no_key("a block of bytes")?;
        self.raw("\"")?;
        write!(self.room, "{}", Base64Display::new(value, &STANDARD)).map_err(|_| Unwritable::Full)?;
        self.raw("\"")
    }

    fn begin(&mut self, structure: Structure, _: &'static str, _: Option<usize>) -> Result<(), Unwritable> {
        self.no_key("a list or map")?;
        self.raw(if structure == Structure::List { "[" } else { "{" })
    }

    fn part(&mut self, part: Part, first: bool) -> Result<(), Unwritable> {
        self.key = part == Part::Key;
        if part == Part::Value {
            return self.raw(":");
        }
        if !first {
            self.raw(",")?;
        }
        match part {
            Part::Field(name) => {
                self.put(name)?;
                self.raw(":")
            }
            _ => Ok(()),
        }
    }

    fn end(&mut self, structure: Structure, _: Option<usize>) -> Result<(), Unwritable> {
        self.raw(if structure == Structure::List { "]" } else { "}" })
    }

    fn finish(&mut self) -> Result<(), Unwritable> {
        Ok(())
    }
}
