use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::name::is_character;
use super::{ENTRY, ITEM, KEY, NAME, NIL, UNNAMED, VALUE};
use crate::codec::named::{Level, Source, Token, Unreadable, Wanted, float, scalar};

/// Reads XML. Comments and processing instructions are passed over; a document type is refused, so that there are no
/// entities but the five of XML itself.
pub(in crate::codec) struct Reader<'de> {
    input: &'de [u8],
    /// `None` if the input is not UTF-8.
    events: Option<quick_xml::Reader<&'de [u8]>>,
    started: bool,
    /// The element whose content comes next.
    open: Option<BytesStart<'de>>,
    /// Whether the name of `open` comes before its content: that of a field or variant.
    named: bool,
    /// The first element in a structure, which was met where it was found out that this is one.
    first: Option<BytesStart<'de>>,
    /// Whether a structure without any element has ended already.
    ended: bool,
}

/// What is in an element.
enum Inside<'de> {
    /// The element has ended.
    Text(Cow<'de, str>),
    /// The first one is in `first`.
    Elements,
}

impl<'de> Reader<'de> {
    pub(in crate::codec) fn new(input: &'de [u8]) -> Self {
        let events = std::str::from_utf8(input).ok().map(|text| {
            let mut events = quick_xml::Reader::from_str(text);
            events.config_mut().expand_empty_elements = true;
            events
        });
        Self { input, events, started: false, open: None, named: false, first: None, ended: false }
    }

    /// The next event that means something.
    fn event(&mut self) -> Result<Event<'de>, Unreadable> {
        let Some(events) = &mut self.events else {
            return Err(Unreadable::malformed("it is not UTF-8"));
        };
        loop {
            match events.read_event() {
                Ok(Event::Comment(_) | Event::PI(_)) => {}
                Ok(Event::Decl(declared)) => match declared.encoding() {
                    Some(Ok(encoding)) if !encoding.eq_ignore_ascii_case("utf-8") => {
                        return Err(Unreadable::malformed("it is declared not to be UTF-8"));
                    }
                    _ => {}
                },
                Ok(Event::DocType(_)) => {
                    return Err(Unreadable::malformed("a document type (`<!DOCTYPE`) is not accepted"));
                }
                Ok(event) => return Ok(event),
                Err(error) => return Err(refused(&error)),
            }
        }
    }

    /// The next start tag; `None` at the end of the element around it, or of the input.
    fn element(&mut self) -> Result<Option<BytesStart<'de>>, Unreadable> {
        loop {
            match self.event()? {
                Event::Start(start) => return Ok(Some(start)),
                Event::End(_) => return Ok(None),
                Event::Eof => return Err(Unreadable::End),
                Event::Text(text) if is_space(&text) => {}
                _ => return Err(Unreadable::malformed("there is text between elements")),
            }
        }
    }

    fn expect(&mut self, name: &'static str) -> Result<BytesStart<'de>, Unreadable> {
        match self.element()? {
            Some(start) => {
                check_name(&start, name)?;
                Ok(start)
            }
            None => Err(Unreadable::Malformed(Cow::Owned(format!("the element `{name}` is missing")))),
        }
    }

    fn expect_end(&mut self) -> Result<(), Unreadable> {
        match self.element()? {
            None => Ok(()),
            Some(start) => Err(Unreadable::Malformed(Cow::Owned(format!(
                "there is an element `{}` too many",
                start.name().as_ref()
            )))),
        }
    }

    /// The outermost element, before anything is read.
    fn start(&mut self) -> Result<(), Unreadable> {
        if !self.started {
            self.started = true;
            self.open = self.element()?;
        }
        Ok(())
    }

    fn inside(&mut self) -> Result<Inside<'de>, Unreadable> {
        let mut text: Option<Cow<'de, str>> = None;
        loop {
            let more = match self.event()? {
                Event::Text(part) => part.xml10_content(),
                Event::CData(part) => part.xml10_content(),
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().map_err(|error| refused(&error))?;
                    match character {
                        Some(c) if is_character(c) => Cow::Owned(c.to_string()),
                        Some(_) => {
                            return Err(Unreadable::malformed(
                                "a reference to a character that XML does not have",
                            ));
                        }
                        None => Cow::Borrowed(resolve_xml_entity(&reference).ok_or_else(|| {
                            Unreadable::malformed(
                                "an entity that is not one of `amp`, `lt`, `gt`, `apos` and `quot`",
                            )
                        })?),
                    }
                }
                Event::End(_) => return Ok(Inside::Text(text.unwrap_or_default())),
                Event::Start(start) if text.as_deref().is_none_or(is_space) => {
                    self.first = Some(start);
                    return Ok(Inside::Elements);
                }
                Event::Start(_) => return Err(Unreadable::malformed("there is text in front of an element")),
                _ => return Err(Unreadable::End),
            };
            match &mut text {
                Some(text) => text.to_mut().push_str(&more),
                None => text = Some(more),
            }
        }
    }

    /// Goes behind the end of the element that has begun.
    fn skip(&mut self) -> Result<(), Unreadable> {
        let mut levels = 1_usize;
        while levels > 0 {
            match self.event()? {
                Event::Start(_) => levels = levels.saturating_add(1),
                Event::End(_) => levels = levels.saturating_sub(1),
                Event::Eof => return Err(Unreadable::End),
                _ => {}
            }
        }
        Ok(())
    }

    fn structure(&mut self, token: Token<'de>) -> Result<Token<'de>, Unreadable> {
        match self.inside()? {
            Inside::Elements => Ok(token),
            Inside::Text(text) if is_space(&text) => {
                self.ended = true;
                Ok(token)
            }
            Inside::Text(text) => Ok(Token::Text(text)),
        }
    }
}

fn is_space(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r'))
}

fn trim(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_ascii()),
        Cow::Owned(text) => Cow::Owned(text.trim_ascii().to_owned()),
    }
}

fn check_name(start: &BytesStart<'_>, name: &'static str) -> Result<(), Unreadable> {
    let found = start.name();
    if found.as_ref() == name {
        return Ok(());
    }
    Err(Unreadable::Malformed(Cow::Owned(format!(
        "found the element `{}`, expected `{name}`",
        found.as_ref()
    ))))
}

fn attribute<'s>(start: &'s BytesStart<'_>, name: &str) -> Result<Option<Cow<'s, str>>, Unreadable> {
    match start.try_get_attribute(name) {
        Ok(found) => Ok(found.map(|attribute| attribute.value)),
        Err(_) => Err(Unreadable::malformed("an attribute is not in the form `name=\"value\"`")),
    }
}

fn is_nil(start: &BytesStart<'_>) -> Result<bool, Unreadable> {
    // Most elements have no attribute.
    if start.attributes_raw().is_empty() {
        return Ok(false);
    }
    Ok(matches!(attribute(start, NIL)?.as_deref(), Some("true" | "1")))
}

/// The name of a field or variant.
fn name(start: &BytesStart<'_>) -> Result<String, Unreadable> {
    let name = start.name();
    if name.as_ref() != UNNAMED {
        return Ok(name.as_ref().to_owned());
    }
    match attribute(start, NAME)? {
        None => Ok(UNNAMED.to_owned()),
        Some(escaped) => match unescape(&escaped) {
            Ok(name) => Ok(name.into_owned()),
            Err(_) => Err(Unreadable::malformed("a name has an entity that is not one of XML's own")),
        },
    }
}

/// A float, where one can be: `INF` and `NaN` are as in XML Schema.
fn number(text: Cow<'_, str>, single: bool) -> Token<'_> {
    match &*text {
        "NaN" => return Token::F64(f64::NAN),
        "INF" => return Token::F64(f64::INFINITY),
        "-INF" => return Token::F64(f64::NEG_INFINITY),
        _ => {}
    }
    let is_number = text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    match text.parse::<f64>() {
        Ok(nearest) if is_number && nearest.is_finite() => float(&text, nearest, single),
        _ => Token::Text(text),
    }
}

fn block(text: &str) -> Result<Token<'static>, Unreadable> {
    // Base64 in XML may be broken into lines.
    let text: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    match STANDARD.decode(text) {
        Ok(block) => Ok(Token::Block(Cow::Owned(block))),
        Err(error) => {
            Err(Unreadable::Malformed(Cow::Owned(format!("a block of bytes is not base64: {error}"))))
        }
    }
}

#[cold]
fn refused(error: &Error) -> Unreadable {
    match error {
        // The others are all of what is not closed at the end.
        Error::Syntax(SyntaxError::InvalidBangMarkup) => {
            Unreadable::malformed("a `<!` begins neither a comment nor a CDATA section")
        }
        Error::Syntax(_) | Error::IllFormed(IllFormedError::MissingEndTag(_)) => Unreadable::End,
        error => Unreadable::Malformed(Cow::Owned(error.to_string())),
    }
}

impl<'de> Source<'de> for Reader<'de> {
    fn is_human_readable(&self) -> bool {
        true
    }

    fn next(&mut self, wanted: Wanted) -> Result<Token<'de>, Unreadable> {
        self.start()?;
        let Some(open) = &self.open else { return Err(Unreadable::End) };
        if std::mem::take(&mut self.named) {
            return name(open).map(|name| Token::Text(Cow::Owned(name)));
        }
        if wanted == Wanted::Any {
            return Err(Unreadable::Untold);
        }
        let nil = is_nil(open)?;
        self.open = None;
        if nil || wanted == Wanted::Ignored {
            self.skip()?;
            return Ok(Token::Null);
        }
        match wanted {
            Wanted::List => return self.structure(Token::List(None)),
            Wanted::Map | Wanted::Struct => return self.structure(Token::Map(None)),
            _ => {}
        }
        let text = match self.inside()? {
            Inside::Elements => return Ok(Token::Map(None)),
            Inside::Text(text) => text,
        };
        match wanted {
            Wanted::Unit if is_space(&text) => Ok(Token::Null),
            Wanted::F32 => Ok(number(trim(text), true)),
            Wanted::F64 => Ok(number(trim(text), false)),
            Wanted::Block => block(&text),
            Wanted::Text => Ok(Token::Text(text)),
            _ => Ok(scalar(trim(text), wanted)),
        }
    }

    fn none(&mut self) -> Result<bool, Unreadable> {
        self.start()?;
        let nil = match &self.open {
            Some(open) if !self.named => is_nil(open)?,
            _ => false,
        };
        if nil {
            self.open = None;
            self.skip()?;
        }
        Ok(nil)
    }

    fn some(&mut self) -> Result<bool, Unreadable> {
        Ok(false)
    }

    fn more(&mut self, level: &mut Level) -> Result<bool, Unreadable> {
        if std::mem::take(&mut self.ended) {
            return Ok(false);
        }
        if level.wanted == Wanted::Map && !level.first {
            self.expect_end()?;
        }
        let next = match self.first.take() {
            Some(first) => Some(first),
            None => self.element()?,
        };
        let Some(start) = next else { return Ok(false) };
        self.open = Some(match level.wanted {
            Wanted::Map => {
                check_name(&start, ENTRY)?;
                self.expect(KEY)?
            }
            Wanted::List => {
                check_name(&start, ITEM)?;
                start
            }
            _ => {
                self.named = true;
                start
            }
        });
        Ok(true)
    }

    fn value(&mut self, level: &Level) -> Result<(), Unreadable> {
        if level.wanted == Wanted::Map {
            self.open = Some(self.expect(VALUE)?);
        }
        Ok(())
    }

    fn left(&self) -> usize {
        let taken = self.events.as_ref().map_or(0, |events| events.buffer_position());
        self.input.len().saturating_sub(usize::try_from(taken).unwrap_or(usize::MAX))
    }

    fn finish(&mut self) -> Result<usize, Unreadable> {
        loop {
            let left = self.left();
            match self.event()? {
                Event::Eof => return Ok(0),
                Event::Text(text) if is_space(&text) => {}
                _ => return Ok(left),
            }
        }
    }
}
