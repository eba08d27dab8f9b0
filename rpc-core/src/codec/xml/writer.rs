use std::borrow::Cow;
use std::fmt::{self, Write as _};

use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;
use postcard::ser_flavors::Flavor;
use quick_xml::escape::{escape, partial_escape};

use super::name::{is_character, is_element};
use super::{ENTRY, ITEM, KEY, NAME, NIL, UNNAMED, VALUE};
use crate::codec::named::{Part, Sink, Structure, Unwritable};
use crate::codec::output::Output;

/// Writes XML without any space between elements.
pub(in crate::codec) struct Writer<'o, 'a> {
    room: Room<'o, 'a>,
    /// The name of the outermost element, once it is written.
    root: Option<&'static str>,
    /// Whether the last start tag has no `>` yet.
    tag_open: bool,
}

/// What is left of the output.
struct Room<'o, 'a>(&'o mut Output<'a>);

impl fmt::Write for Room<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.try_extend(text.as_bytes()).map_err(|_| fmt::Error)
    }
}

impl<'o, 'a> Writer<'o, 'a> {
    pub(in crate::codec) fn new(output: &'o mut Output<'a>) -> Self {
        Self { room: Room(output), root: None, tag_open: false }
    }

    fn raw(&mut self, text: &str) -> Result<(), Unwritable> {
        self.show(format_args!("{text}"))
    }

    // Nothing but the room can fail.
    fn show(&mut self, text: fmt::Arguments<'_>) -> Result<(), Unwritable> {
        self.room.write_fmt(text).map_err(|_| Unwritable::Full)
    }

    /// Writes text with its escapes, piece by piece: the whole of it may be more than there is room for.
    fn escaped(&mut self, mut text: &str) -> Result<(), Unwritable> {
        const PIECE: usize = 4 << 10;
        if let Some(c) = text.chars().find(|c| !is_character(*c)) {
            return Err(no_character(c));
        }
        while !text.is_empty() {
            let (piece, rest) = text.split_at(text.floor_char_boundary(PIECE));
            self.raw(&partial_escape(piece))?;
            text = rest;
        }
        Ok(())
    }

    fn start(&mut self, name: &str) -> Result<(), Unwritable> {
        self.close_tag()?;
        self.tag_open = true;
        if is_element(name) {
            return self.show(format_args!("<{name}"));
        }
        self.show(format_args!("<{UNNAMED} {NAME}=\""))?;
        for c in name.chars() {
            match c {
                // Else they would be read as blanks.
                '\n' | '\t' => self.show(format_args!("&#{};", u32::from(c)))?,
                c if is_character(c) => self.raw(&escape(&*c.encode_utf8(&mut [0; 4])))?,
                c => return Err(no_character(c)),
            }
        }
        self.raw("\"")
    }

    fn close_tag(&mut self) -> Result<(), Unwritable> {
        if std::mem::take(&mut self.tag_open) { self.raw(">") } else { Ok(()) }
    }

    fn stop(&mut self, name: &str) -> Result<(), Unwritable> {
        if std::mem::take(&mut self.tag_open) {
            return self.raw("/>");
        }
        let name = if is_element(name) { name } else { UNNAMED };
        self.show(format_args!("</{name}>"))
    }

    /// The outermost element, before its content.
    fn root(&mut self, name: &'static str) -> Result<(), Unwritable> {
        if self.root.is_some() {
            return Ok(());
        }
        let name = if is_element(name) { name } else { VALUE };
        self.root = Some(name);
        self.start(name)
    }

    /// The content of an element that is no text of a user.
    fn plain(&mut self, text: fmt::Arguments<'_>) -> Result<(), Unwritable> {
        self.root(VALUE)?;
        self.close_tag()?;
        self.show(text)
    }

    fn float(&mut self, value: impl fmt::Debug, whole: f64) -> Result<(), Unwritable> {
        if whole.is_nan() {
            self.plain(format_args!("NaN"))
        } else if whole.is_infinite() {
            self.plain(format_args!("{}INF", if whole < 0.0 { "-" } else { "" }))
        } else {
            self.plain(format_args!("{value:?}"))
        }
    }
}

#[cold]
fn no_character(c: char) -> Unwritable {
    Unwritable::Formless(Cow::Owned(format!(
        "xml has no form for the character U+{:04X}: send the text as bytes, or use another codec",
        u32::from(c)
    )))
}

/// The element of a part.
const fn element(part: Part) -> &'static str {
    match part {
        Part::Element => ITEM,
        Part::Key => KEY,
        Part::Value => VALUE,
        Part::Field(name) => name,
    }
}

impl Sink for Writer<'_, '_> {
    fn is_human_readable(&self) -> bool {
        true
    }

    fn none(&mut self, within: usize) -> Result<(), Unwritable> {
        if within > 0 {
            return Err(Unwritable::Formless(Cow::Borrowed(
                "xml has the same form for `None` and for a `Some` around `None` (`Option<Option<T>>`): use another type or \
                 codec",
            )));
        }
        self.root(VALUE)?;
        self.show(format_args!(" {NIL}=\"true\""))
    }

    fn unit(&mut self, _: usize) -> Result<(), Unwritable> {
        self.root(VALUE)
    }

    fn bool(&mut self, value: bool) -> Result<(), Unwritable> {
        self.plain(format_args!("{value}"))
    }

    fn u64(&mut self, value: u64) -> Result<(), Unwritable> {
        self.plain(format_args!("{value}"))
    }

    fn i64(&mut self, value: i64) -> Result<(), Unwritable> {
        self.plain(format_args!("{value}"))
    }

    fn u128(&mut self, value: u128) -> Result<(), Unwritable> {
        self.plain(format_args!("{value}"))
    }

    fn i128(&mut self, value: i128) -> Result<(), Unwritable> {
        self.plain(format_args!("{value}"))
    }

    fn f32(&mut self, value: f32) -> Result<(), Unwritable> {
        self.float(value, value.into())
    }

    fn f64(&mut self, value: f64) -> Result<(), Unwritable> {
        self.float(value, value)
    }

    fn text(&mut self, value: &str) -> Result<(), Unwritable> {
        self.root(VALUE)?;
        if value.is_empty() {
            return Ok(());
        }
        self.close_tag()?;
        self.escaped(value)
    }

    fn block(&mut self, value: &[u8]) -> Result<(), Unwritable> {
        self.root(VALUE)?;
        if value.is_empty() {
            return Ok(());
        }
        self.plain(format_args!("{}", Base64Display::new(value, &STANDARD)))
    }

    fn begin(&mut self, _: Structure, name: &'static str, _: Option<usize>) -> Result<(), Unwritable> {
        self.root(name)
    }

    fn part(&mut self, part: Part, _: bool) -> Result<(), Unwritable> {
        if part == Part::Key {
            self.start(ENTRY)?;
        }
        self.start(element(part))
    }

    fn ends_parts(&self) -> bool {
        true
    }

    fn part_end(&mut self, part: Part) -> Result<(), Unwritable> {
        self.stop(element(part))?;
        if part == Part::Value { self.stop(ENTRY) } else { Ok(()) }
    }

    fn end(&mut self, _: Structure, _: Option<usize>) -> Result<(), Unwritable> {
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Unwritable> {
        self.stop(self.root.unwrap_or(VALUE))
    }
}
