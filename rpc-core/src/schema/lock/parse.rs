//! From the text of a lockfile to the value.

use std::collections::HashSet;

use super::error::{Damage, Why};
use super::notation::FORMAT;
use super::numbers::{Numbers, Reserved};
use super::parse_type::Reader;
use super::tokens::Line;
use super::{Definition, LockedMethod, Lockfile};
use crate::schema::{Argument, Content, Field, Outcome, Shape, Signature, StreamSignature, Types, Variant};

pub(super) fn lockfile(text: &str) -> Result<Lockfile, Damage> {
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        lines.extend(Line::new(number, line)?);
    }
    let last = text.lines().count().max(1);
    let mut parser = Parser { lines: lines.into_iter().peekable(), last, reader: Reader::default() };
    let service = parser.head()?;
    let (mut methods, mut definitions) = (Vec::new(), Vec::new());
    loop {
        let mut line = parser.next("a method, a type or `end`")?;
        if line.level != 0 {
            return Err(line.damage("the line is indented where a method, a type or `end` should begin"));
        }
        if line.take_word("end") {
            line.end()?;
            break;
        }
        if line.take_word("method") {
            methods.push(parser.method(line)?);
        } else {
            definitions.push(parser.definition(line)?);
        }
    }
    if let Some(line) = parser.lines.next() {
        return Err(line.damage("there is something behind `end`"));
    }
    let mut names = HashSet::new();
    for (line, method) in &methods {
        if !names.insert(&method.signature.method) {
            return Err(Damage::new(
                *line,
                format!("the method `{}` is there twice", method.signature.method),
            ));
        }
    }
    let methods = methods.into_iter().map(|(_, method)| method).collect();
    let types = parser.reader.finish()?;
    let lock = Lockfile { service, types, definitions, methods, text: String::new() };
    lock.finish().map_err(|error| Damage { line: 1, why: Why::Other(Box::new(error)) })
}

struct Parser<'a> {
    lines: std::iter::Peekable<std::vec::IntoIter<Line<'a>>>,
    last: usize,
    reader: Reader,
}

/// Members of whatever has them, with their numbers.
struct Members<T> {
    members: Vec<T>,
    numbers: Numbers,
    taken: HashSet<u32>,
}

impl<T> Members<T> {
    fn new() -> Self {
        Self { members: Vec::new(), numbers: Numbers::default(), taken: HashSet::new() }
    }

    fn reserved(&mut self, line: &mut Line<'_>) -> Result<(), Damage> {
        let number = number(line, &mut self.taken)?;
        let name = line.name()?;
        self.numbers.reserved.push(Reserved { number, name });
        line.end()
    }

    fn add(&mut self, number: u32, member: T) {
        self.numbers.numbers.push(number);
        self.members.push(member);
    }

    fn distinct(&self, line: &Line<'_>, name: &str, names: impl Fn(&T) -> &str) -> Result<(), Damage> {
        if self.members.iter().any(|member| names(member) == name) {
            return Err(line.damage(format!("`{name}` is there twice")));
        }
        Ok(())
    }
}

impl<'a> Parser<'a> {
    fn next(&mut self, wanted: &str) -> Result<Line<'a>, Damage> {
        let last = self.last;
        self.lines.next().ok_or_else(|| {
            Damage::new(last, format!("the file ends where {wanted} should be: its end is missing"))
        })
    }

    /// The next line, if it is that far in.
    fn at_level(&mut self, level: usize) -> Option<Line<'a>> {
        self.lines.next_if(|line| line.level == level)
    }

    fn head(&mut self) -> Result<String, Damage> {
        let mut line = self.next("`farcall lock`")?;
        if !(line.take_word("farcall") && line.take_word("lock")) {
            return Err(line.unexpected("`farcall lock`, with which a lockfile begins,"));
        }
        let format = line.number()?;
        if format != FORMAT {
            return Err(Damage { line: line.number, why: Why::Newer(format) });
        }
        line.end()?;
        let mut line = self.next("`service`")?;
        if !line.take_word("service") {
            return Err(line.unexpected("`service`"));
        }
        let service = line.name()?;
        line.end()?;
        Ok(service)
    }

    fn method(&mut self, mut line: Line<'a>) -> Result<(usize, LockedMethod), Damage> {
        let start = line.number;
        let name = line.name()?;
        line.end()?;
        let mut arguments = Members::new();
        let (mut streams, mut outcome, mut error) = (Vec::new(), None, None);
        while let Some(mut line) = self.at_level(1) {
            if line.take_word("stream") {
                let name = line.name()?;
                line.expect(":")?;
                streams.push(self.stream(&mut line, name)?);
            } else if line.take_word("returns") {
                let value = if line.take_word("stream") {
                    if !line.take_word("of") {
                        return Err(line.unexpected("`of`"));
                    }
                    Outcome::Stream(self.stream(&mut line, String::new())?)
                } else {
                    Outcome::Value(self.reader.read(&mut line)?)
                };
                if outcome.replace(value).is_some() {
                    return Err(line.damage("`returns` is there twice"));
                }
            } else if line.take_word("fails") {
                if !line.take_word("with") {
                    return Err(line.unexpected("`with`"));
                }
                if error.replace(self.reader.read(&mut line)?).is_some() {
                    return Err(line.damage("`fails` is there twice"));
                }
            } else if line.take_word("reserved") {
                arguments.reserved(&mut line)?;
            } else {
                let (number, field) = self.field(&mut line, &mut arguments.taken)?;
                arguments.distinct(&line, &field.name, |argument: &Argument| &argument.name)?;
                let mut argument = Argument::new(field.name, field.shape);
                (argument.aliases, argument.optional) = (field.aliases, field.optional);
                arguments.add(number, argument);
            }
            line.end()?;
        }
        let outcome = outcome
            .ok_or_else(|| Damage::new(start, format!("the method `{name}` has no line `returns`")))?;
        let mut signature = Signature::new(name, Types::default(), outcome);
        (signature.arguments, signature.streams, signature.error) = (arguments.members, streams, error);
        Ok((start, LockedMethod { signature, arguments: arguments.numbers }))
    }

    fn stream(&mut self, line: &mut Line<'a>, name: String) -> Result<StreamSignature, Damage> {
        let mut stream = StreamSignature::new(name, self.reader.read(line)?);
        if line.take_word("fails") {
            if !line.take_word("with") {
                return Err(line.unexpected("`with`"));
            }
            stream.error = Some(self.reader.read(line)?);
        }
        Ok(stream)
    }

    fn definition(&mut self, mut line: Line<'a>) -> Result<Definition, Damage> {
        let kinds = ["unit", "newtype", "tuple", "struct", "enum", "alias"];
        let Some(kind) = kinds.into_iter().find(|kind| line.take_word(kind)) else {
            return Err(line.unexpected("`method`, a kind of type or `end`"));
        };
        let (name, ordinal, which) = self.reader.label(&mut line)?;
        self.reader.define(&line, &name, ordinal)?;
        let (mut members, mut variants) = (Numbers::default(), Vec::new());
        let shape = match kind {
            "unit" => Shape::UnitStruct { name: name.clone() },
            "newtype" => {
                line.expect("(")?;
                let inner = self.reader.read(&mut line)?;
                line.expect(")")?;
                Shape::Newtype { name: name.clone(), inner }
            }
            "tuple" => {
                line.expect("(")?;
                let elements =
                    self.reader.content(&mut line)?.map_or_else(|elements| elements, |only| vec![only]);
                Shape::TupleStruct { name: name.clone(), elements }
            }
            "alias" => {
                line.expect("=")?;
                self.reader.read_anonymous(&mut line)?
            }
            "struct" => {
                line.end()?;
                let fields;
                (fields, members) = self.fields(1)?;
                Shape::Struct { name: name.clone(), fields }
            }
            _ => {
                line.end()?;
                let all;
                (all, members, variants) = self.variants()?;
                Shape::Enum { name: name.clone(), variants: all }
            }
        };
        line.end()?;
        self.reader.types.set(which, shape);
        Ok(Definition { name, ordinal, which, members, variants })
    }

    fn fields(&mut self, level: usize) -> Result<(Vec<Field>, Numbers), Damage> {
        let mut fields = Members::new();
        while let Some(mut line) = self.at_level(level) {
            if line.take_word("reserved") {
                fields.reserved(&mut line)?;
                continue;
            }
            let (number, field) = self.field(&mut line, &mut fields.taken)?;
            fields.distinct(&line, &field.name, |field: &Field| &field.name)?;
            fields.add(number, field);
            line.end()?;
        }
        Ok((fields.members, fields.numbers))
    }

    fn field(&mut self, line: &mut Line<'a>, taken: &mut HashSet<u32>) -> Result<(u32, Field), Damage> {
        let number = number(line, taken)?;
        let name = line.name()?;
        line.expect(":")?;
        // As it is written: what is behind a label does not count.
        let option = line.clone().take_word("Option");
        let mut field = Field::new(name, self.reader.read(line)?);
        field.optional = option;
        if line.take_word("optional") {
            field.optional = true;
        } else if line.take_word("required") {
            field.optional = false;
        }
        field.skippable = line.take_word("skippable");
        field.aliases = aliases(line)?;
        Ok((number, field))
    }

    fn variants(&mut self) -> Result<(Vec<Variant>, Numbers, Vec<Numbers>), Damage> {
        let (mut variants, mut inner) = (Members::new(), Vec::new());
        while let Some(mut line) = self.at_level(1) {
            if line.take_word("reserved") {
                variants.reserved(&mut line)?;
                continue;
            }
            let number = number(&mut line, &mut variants.taken)?;
            let name = line.name()?;
            variants.distinct(&line, &name, |variant: &Variant| &variant.name)?;
            let mut has_fields = false;
            let mut content = if line.take("(") {
                self.reader.content(&mut line)?.map_or_else(Content::Tuple, Content::Newtype)
            } else {
                has_fields = line.take("{..}");
                Content::Unit
            };
            let place = u32::try_from(variants.members.len()).unwrap_or(u32::MAX);
            let index = if line.take_word("index") { line.number()? } else { place };
            let aliases = aliases(&mut line)?;
            line.end()?;
            let mut numbers = Numbers::default();
            if has_fields {
                let fields;
                (fields, numbers) = self.fields(2)?;
                content = Content::Struct(fields);
            }
            inner.push(numbers);
            let mut variant = Variant::new(name, index, content);
            variant.aliases = aliases;
            variants.add(number, variant);
        }
        Ok((variants.members, variants.numbers, inner))
    }
}

fn aliases(line: &mut Line<'_>) -> Result<Vec<String>, Damage> {
    let mut aliases = Vec::new();
    while line.take_word("alias") {
        aliases.push(line.name()?);
    }
    Ok(aliases)
}

fn number(line: &mut Line<'_>, taken: &mut HashSet<u32>) -> Result<u32, Damage> {
    let number = line.number()?;
    if number == 0 {
        return Err(line.damage("the number 0 is never given"));
    }
    if !taken.insert(number) {
        return Err(line.damage(format!("the number {number} is there twice")));
    }
    Ok(number)
}
