//! Two versions of one method.

use std::collections::HashMap;

use super::compare::{Comparison, Root, budget};
use super::found::Found;
use super::{Difference, Direction, Grade, Part, members};
use crate::schema::{Argument, Outcome, Signature, StreamSignature, TypeRef, Types, words};

/// One version of a method, and what its types refer to.
#[derive(Clone)]
pub(in crate::schema) struct Side<'a> {
    signature: &'a Signature,
    types: &'a Types,
    streams: HashMap<&'a str, usize>,
    arguments: HashMap<&'a str, usize>,
}

impl<'a> Side<'a> {
    pub(in crate::schema) fn of(signature: &'a Signature) -> Self {
        Self::with_types(signature, &signature.types)
    }

    /// Of a method whose types are elsewhere, with those of others.
    pub(in crate::schema) fn with_types(signature: &'a Signature, types: &'a Types) -> Self {
        let streams = signature.streams.iter().map(|stream| stream.name.as_str()).zip(0..).collect();
        let arguments = signature.arguments.iter().map(|argument| argument.name.as_str()).zip(0..).collect();
        Self { signature, types, streams, arguments }
    }

    fn stream(&self, name: &str) -> Option<&'a StreamSignature> {
        self.signature.streams.get(*self.streams.get(name)?)
    }

    fn argument(&self, name: &str) -> Option<&'a Argument> {
        self.signature.arguments.get(*self.arguments.get(name)?)
    }

    fn stream_words(&self, stream: &StreamSignature) -> String {
        format!("a stream of {}", self.types.words(stream.item))
    }

    fn outcome_words(&self, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Value(which) => self.types.words(*which),
            Outcome::Stream(stream) => self.stream_words(stream),
        }
    }
}

/// What becomes of calls from `caller` to `callee`, worst first.
pub(in crate::schema) fn differences(caller: &Side<'_>, callee: &Side<'_>) -> Vec<Difference> {
    let mut method = Method { caller, callee, found: Found::default(), steps: budget() };
    method.arguments();
    method.streams();
    method.outcome();
    method.found.into_vec()
}

struct Method<'a> {
    caller: &'a Side<'a>,
    callee: &'a Side<'a>,
    found: Found,
    /// For all parts together.
    steps: usize,
}

impl<'a> Method<'a> {
    fn arguments(&mut self) {
        let (caller, callee) = (self.caller, self.callee);
        let read = &callee.signature.arguments;
        let names = members::names(read.iter().map(|argument| (&argument.name, &argument.aliases)));
        let mut filled: Vec<Option<&str>> = vec![None; read.len()];
        for argument in &caller.signature.arguments {
            let name = argument.name.as_str();
            let target = names.get(name).and_then(|index| Some((read.get(*index)?, filled.get_mut(*index)?)));
            let words = Some(caller.types.words(argument.shape));
            match target {
                Some((_, Some(before))) => {
                    let (one, two) = (words::name(before), words::name(name));
                    let grade = Grade::because(format!("`{one}` and `{two}` are one argument there"));
                    self.argument(name, words, None, grade);
                }
                Some((target, free)) => {
                    *free = Some(name);
                    let shapes = (argument.shape, target.shape);
                    self.compare(Part::Argument, Direction::ToCallee, &words::name(name), shapes);
                }
                None => match callee.stream(name) {
                    Some(stream) => {
                        let reader = callee.stream_words(stream);
                        self.argument(name, words, Some(reader), kind_changed());
                    }
                    None => self.argument(name, words, None, Grade::Works),
                },
            }
        }
        for (argument, _) in read.iter().zip(&filled).filter(|(_, filled)| filled.is_none()) {
            // A stream of that name is told as such.
            if caller.stream(&argument.name).is_none() {
                let words = callee.types.words(argument.shape);
                let grade =
                    if argument.optional { Grade::Works } else { Grade::because("it has no default") };
                self.argument(&argument.name, None, Some(words), grade);
            }
        }
    }

    /// Streams have numbers on the wire, which are their positions: one must not take the place of another.
    fn streams(&mut self) {
        let (caller, callee) = (self.caller, self.callee);
        let (sent, read) = (&caller.signature.streams, &callee.signature.streams);
        for index in 0..sent.len().max(read.len()) {
            let (writer, reader) = (sent.get(index), read.get(index));
            if let (Some(writer), Some(reader)) = (writer, reader)
                && writer.name == reader.name
            {
                let name = words::name(&writer.name);
                let items = (writer.item, reader.item);
                self.compare(Part::Argument, Direction::ToCallee, &format!("{name}[]"), items);
                self.error(Part::StreamError, Direction::ToCallee, &name, writer.error, reader.error);
                continue;
            }
            if let Some(writer) = writer {
                let elsewhere = callee.stream(&writer.name).map(|_| "a stream in another place".to_owned());
                let plain = callee.argument(&writer.name).map(|plain| callee.types.words(plain.shape));
                let words = Some(caller.stream_words(writer));
                self.argument(&writer.name, words, elsewhere.or(plain), kind_changed());
            }
            if let Some(reader) = reader
                && caller.stream(&reader.name).is_none()
                && caller.argument(&reader.name).is_none()
            {
                let grade = Grade::because("streams have to keep their places");
                self.argument(&reader.name, None, Some(callee.stream_words(reader)), grade);
            }
        }
    }

    fn outcome(&mut self) {
        let (caller, callee) = (self.caller, self.callee);
        match (&callee.signature.outcome, &caller.signature.outcome) {
            (Outcome::Value(writer), Outcome::Value(reader)) => {
                self.compare(Part::Result, Direction::ToCaller, "result", (*writer, *reader));
            }
            (Outcome::Stream(writer), Outcome::Stream(reader)) => {
                self.compare(Part::Result, Direction::ToCaller, "result[]", (writer.item, reader.item));
                self.error(Part::StreamError, Direction::ToCaller, "result", writer.error, reader.error);
            }
            (writer, reader) => {
                let (writer, reader) = (callee.outcome_words(writer), caller.outcome_words(reader));
                let (part, direction) = (Part::Result, Direction::ToCaller);
                self.add(part, direction, "result", Some(writer), Some(reader), kind_changed());
            }
        }
        let (writer, reader) = (callee.signature.error, caller.signature.error);
        self.error(Part::Error, Direction::ToCaller, "error", writer, reader);
    }

    fn error(
        &mut self,
        part: Part,
        direction: Direction,
        path: &str,
        writer: Option<TypeRef>,
        reader: Option<TypeRef>,
    ) {
        let (from, to) = self.types(direction);
        match (writer, reader) {
            (None, None) => {}
            (Some(writer), Some(reader)) => self.compare(part, direction, path, (writer, reader)),
            (Some(writer), None) => {
                let words = Some(from.words(writer));
                self.add(part, direction, path, words, None, Grade::unless("there is such an error"));
            }
            (None, Some(reader)) => {
                self.add(part, direction, path, None, Some(to.words(reader)), Grade::Works);
            }
        }
    }

    /// Those of the writer and those of the reader.
    fn types(&self, direction: Direction) -> (&'a Types, &'a Types) {
        match direction {
            Direction::ToCallee => (self.caller.types, self.callee.types),
            Direction::ToCaller => (self.callee.types, self.caller.types),
        }
    }

    fn compare(
        &mut self,
        part: Part,
        direction: Direction,
        path: &str,
        (writer, reader): (TypeRef, TypeRef),
    ) {
        let (from, to) = self.types(direction);
        let root = Root { part, path, direction };
        Comparison::new(from, to, root, &mut self.found, &mut self.steps).run(writer, reader);
    }

    fn argument(&mut self, name: &str, writer: Option<String>, reader: Option<String>, grade: Grade) {
        self.add(Part::Argument, Direction::ToCallee, &words::name(name), writer, reader, grade);
    }

    fn add(
        &mut self,
        part: Part,
        direction: Direction,
        path: &str,
        writer: Option<String>,
        reader: Option<String>,
        grade: Grade,
    ) {
        self.found.add(Difference { part, path: path.to_owned(), direction, writer, reader, grade });
    }
}

fn kind_changed() -> Grade {
    Grade::because("a value is no stream")
}
