use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::error::Category;

use super::leaf::{Leaf, Text};
use crate::codec::named::{Level, Source, Token, Unreadable, Wanted, Wide, float, scalar};

/// Reads JSON.
pub(in crate::codec) struct Reader<'de> {
    input: &'de [u8],
    position: usize,
    /// Whether a key of an object comes next.
    key: bool,
}

impl<'de> Reader<'de> {
    pub(in crate::codec) fn new(input: &'de [u8]) -> Self {
        Self { input, position: 0, key: false }
    }

    /// The next byte that is no space.
    fn peek(&mut self) -> Result<u8, Unreadable> {
        while let Some(&byte) = self.input.get(self.position) {
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Ok(byte);
            }
            self.advance(1);
        }
        Err(Unreadable::End)
    }

    fn advance(&mut self, bytes: usize) {
        self.position = self.position.saturating_add(bytes);
    }

    fn rest(&self) -> &'de [u8] {
        self.input.get(self.position..).unwrap_or_default()
    }

    /// Reads a text, number, bool or null with `serde_json`.
    fn leaf<T: Deserialize<'de>>(&mut self) -> Result<T, Unreadable> {
        let mut leaves = serde_json::Deserializer::from_slice(self.rest()).into_iter::<T>();
        let leaf = leaves.next();
        let taken = leaves.byte_offset();
        match leaf {
            Some(Ok(leaf)) => {
                self.advance(taken);
                Ok(leaf)
            }
            Some(Err(error)) => Err(refused(&error)),
            None => Err(Unreadable::End),
        }
    }

    fn text(&mut self) -> Result<Cow<'de, str>, Unreadable> {
        if let Some(text) = self.plain_text() {
            return Ok(Cow::Borrowed(text));
        }
        self.leaf::<Text<'de>>().map(|text| text.0)
    }

    /// A text in which nothing is escaped: most of them are so, names above all, and need no parser.
    fn plain_text(&mut self) -> Option<&'de str> {
        let text = self.rest().strip_prefix(b"\"")?;
        let end = text.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..=0x1f))?;
        let (text, rest) = text.split_at_checked(end)?;
        if rest.first() != Some(&b'"') {
            return None;
        }
        let text = std::str::from_utf8(text).ok()?;
        self.advance(end.saturating_add(2));
        Some(text)
    }

    fn key(&mut self, wanted: Wanted) -> Result<Token<'de>, Unreadable> {
        match self.peek()? {
            b'"' => Ok(scalar(self.text()?, wanted)),
            _ => Err(Unreadable::malformed("the key of an object has to be a string")),
        }
    }

    fn block(&mut self) -> Result<Token<'de>, Unreadable> {
        match STANDARD.decode(self.text()?.as_bytes()) {
            Ok(block) => Ok(Token::Block(Cow::Owned(block))),
            Err(error) => {
                Err(Unreadable::Malformed(Cow::Owned(format!("a block of bytes is not base64: {error}"))))
            }
        }
    }

    fn number(&mut self, wanted: Wanted) -> Result<Token<'de>, Unreadable> {
        match wanted {
            Wanted::F32 | Wanted::F64 => {
                let text = self.rest();
                let nearest = self.leaf()?;
                let taken = text.len().saturating_sub(self.rest().len());
                let text = text.get(..taken).and_then(|text| std::str::from_utf8(text).ok());
                Ok(float(text.unwrap_or_default(), nearest, wanted == Wanted::F32))
            }
            Wanted::Integer => {
                let before = self.position;
                match self.leaf::<Leaf>()? {
                    // `serde_json` gives a float for what is above 64 bits.
                    Leaf::Float(value) => {
                        let after = std::mem::replace(&mut self.position, before);
                        if let Ok(number) = self.leaf() {
                            return Ok(Token::WideUnsigned(Wide(number)));
                        }
                        if let Ok(number) = self.leaf() {
                            return Ok(Token::WideNegative(Wide(number)));
                        }
                        self.position = after;
                        Ok(Token::F64(value))
                    }
                    leaf => Ok(leaf.into()),
                }
            }
            _ => self.leaf::<Leaf>().map(Token::from),
        }
    }
}

/// The message of `serde_json` without its place: that counts from the beginning of the leaf.
#[cold]
fn refused(error: &serde_json::Error) -> Unreadable {
    if error.classify() == Category::Eof {
        return Unreadable::End;
    }
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    Unreadable::Malformed(Cow::Owned(text.get(..end).unwrap_or_default().to_owned()))
}

impl<'de> Source<'de> for Reader<'de> {
    fn is_human_readable(&self) -> bool {
        true
    }

    fn next(&mut self, wanted: Wanted) -> Result<Token<'de>, Unreadable> {
        if std::mem::take(&mut self.key) {
            return self.key(wanted);
        }
        match self.peek()? {
            b'[' => {
                self.advance(1);
                Ok(Token::List(None))
            }
            b'{' => {
                self.advance(1);
                Ok(Token::Map(None))
            }
            b'"' if wanted == Wanted::Block => self.block(),
            b'"' => self.text().map(Token::Text),
            b'-' | b'0'..=b'9' => self.number(wanted),
            _ => self.leaf::<Leaf>().map(Token::from),
        }
    }

    fn none(&mut self) -> Result<bool, Unreadable> {
        if self.key || self.peek()? != b'n' {
            return Ok(false);
        }
        self.leaf::<()>()?;
        Ok(true)
    }

    fn some(&mut self) -> Result<bool, Unreadable> {
        Ok(false)
    }

    fn more(&mut self, level: &mut Level) -> Result<bool, Unreadable> {
        let (closing, expected) = if level.keyed {
            (b'}', "expected `,` or `}` behind a value of an object")
        } else {
            (b']', "expected `,` or `]` behind an element of a list")
        };
        match self.peek()? {
            byte if byte == closing => {
                self.advance(1);
                return Ok(false);
            }
            _ if level.first => {}
            b',' => self.advance(1),
            _ => return Err(Unreadable::malformed(expected)),
        }
        self.key = level.keyed;
        Ok(true)
    }

    fn value(&mut self, _: &Level) -> Result<(), Unreadable> {
        match self.peek()? {
            b':' => {
                self.advance(1);
                Ok(())
            }
            _ => Err(Unreadable::malformed("expected `:` behind a key")),
        }
    }

    fn left(&self) -> usize {
        self.input.len().saturating_sub(self.position)
    }

    fn finish(&mut self) -> Result<usize, Unreadable> {
        // Nothing but space may be left.
        Ok(self.peek().map_or(0, |_| self.left()))
    }
}
