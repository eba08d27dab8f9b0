//! One line, taken apart from its front.

use super::error::Damage;
use super::notation::in_word;

/// What is left of a line.
#[derive(Clone)]
pub(super) struct Line<'a> {
    pub(super) number: usize,
    /// Levels of indentation, of four spaces each.
    pub(super) level: usize,
    rest: &'a str,
}

impl<'a> Line<'a> {
    /// `None` of a line that is empty or a comment.
    pub(super) fn new(number: usize, text: &'a str) -> Result<Option<Self>, Damage> {
        let conflict = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| text.starts_with(mark));
        if conflict {
            let why = "there is a merge conflict: take the file of one side, run the test with FARCALL_LOCK=update, and \
                       look at what it writes";
            return Err(Damage::new(number, why));
        }
        let rest = text.trim_start_matches(' ');
        let spaces = text.len().saturating_sub(rest.len());
        let rest = rest.trim_end();
        if rest.is_empty() || rest.starts_with('#') {
            return Ok(None);
        }
        if !spaces.is_multiple_of(4) {
            return Err(Damage::new(
                number,
                format!("the line begins with {spaces} spaces, which is no multiple of four"),
            ));
        }
        Ok(Some(Self { number, level: spaces / 4, rest }))
    }

    pub(super) fn damage(&self, why: impl Into<String>) -> Damage {
        Damage::new(self.number, why)
    }

    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Takes `text` if it is next.
    pub(super) fn take(&mut self, text: &str) -> bool {
        self.skip();
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Takes `word` if it is the next word.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let mut ahead = self.clone();
        let found = ahead.word() == Some(word);
        if found {
            *self = ahead;
        }
        found
    }

    pub(super) fn expect(&mut self, text: &str) -> Result<(), Damage> {
        if self.take(text) { Ok(()) } else { Err(self.unexpected(&format!("`{text}`"))) }
    }

    pub(super) fn end(&mut self) -> Result<(), Damage> {
        self.skip();
        if self.rest.is_empty() { Ok(()) } else { Err(self.unexpected("the end of the line")) }
    }

    /// Characters that may be in a name without quotes; `None` if there is none.
    pub(super) fn word(&mut self) -> Option<&'a str> {
        self.skip();
        let length = self.rest.find(|character| !in_word(character)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(word).filter(|word| !word.is_empty())
    }

    pub(super) fn number(&mut self) -> Result<u32, Damage> {
        let mut ahead = self.clone();
        let number = ahead.word().and_then(|word| word.parse().ok());
        match number {
            Some(number) => {
                *self = ahead;
                Ok(number)
            }
            None => Err(self.unexpected("a number")),
        }
    }

    /// Whether a name in quotes is next.
    pub(super) fn is_quoted(&mut self) -> bool {
        self.skip();
        self.rest.starts_with('"')
    }

    /// A name, in quotes or not.
    pub(super) fn name(&mut self) -> Result<String, Damage> {
        if !self.is_quoted() {
            return match self.word() {
                Some(word) => Ok(word.to_owned()),
                None => Err(self.unexpected("a name")),
            };
        }
        let mut name = String::new();
        let mut characters = self.rest.chars();
        characters.next();
        loop {
            match characters.next() {
                Some('"') => break,
                Some('\\') => match characters.next() {
                    Some(plain @ ('"' | '\\')) => name.push(plain),
                    Some('u') => {
                        let code =
                            characters.as_str().strip_prefix('{').and_then(|code| code.split_once('}'));
                        let read = code.and_then(|(digits, rest)| {
                            Some((char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, rest))
                        });
                        let Some((character, rest)) = read else {
                            return Err(
                                self.damage("`\\u` in a name is not followed by a character in braces")
                            );
                        };
                        name.push(character);
                        characters = rest.chars();
                    }
                    _ => return Err(self.damage("a name has a `\\` that means nothing")),
                },
                Some(plain) => name.push(plain),
                None => return Err(self.damage("a name in quotes has no end")),
            }
        }
        self.rest = characters.as_str();
        Ok(name)
    }

    #[cold]
    pub(super) fn unexpected(&mut self, wanted: &str) -> Damage {
        self.skip();
        let found = match self.rest.chars().take(40).flat_map(char::escape_debug).collect::<String>() {
            empty if empty.is_empty() => "the line ends".to_owned(),
            found => format!("there is `{found}`"),
        };
        self.damage(format!("{found} where {wanted} should be"))
    }
}
