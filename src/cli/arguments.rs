//! The arguments of a call, out of what the user wrote.

use std::io::Read;

use rpc_core::schema::{Field, Shape, Signature, TypeRef, Types};
use serde::Deserializer;
use serde::de::DeserializeSeed;

use super::failure::Failure;
use super::options::WireCodec;
use super::value::{Data, Members, MembersVisitor, Shaped, TaggedVisitor};
use crate::introspection::MethodInfo;

/// What a method takes, as values are read here.
pub(super) struct Wanted {
    types: Types,
    method: String,
    arguments: Vec<Field>,
    /// Its argument streams, by the type of their items.
    streams: Vec<Field>,
}

impl Wanted {
    /// In the codec JSON values go as they are written, since some types look otherwise in it than their description
    /// says.
    pub(super) fn new(method: &MethodInfo, codec: WireCodec) -> Self {
        let name = format!("{}.{}", method.service, method.name);
        let described = method.signature.as_ref().filter(|_| codec == WireCodec::Compact);
        let mut types = described.map_or_else(Types::default, |signature| signature.types.clone());
        let any = types.add(Shape::Any { name: "any value".to_owned() });
        let arguments = match described {
            Some(signature) => described_arguments(signature),
            None => {
                let arguments = method.arguments.iter();
                arguments
                    .map(|argument| field(&argument.name, any, &argument.aliases, argument.default))
                    .collect()
            }
        };
        let streams = method.argument_streams.iter().enumerate().map(|(number, name)| {
            let stream = described.and_then(|signature| signature.streams.get(number));
            Field::new(name, stream.map_or(any, |stream| stream.item))
        });
        Self { types, method: name, arguments, streams: streams.collect() }
    }

    /// The arguments in `text`; `-` stands for what is on stdin.
    pub(super) fn arguments(&self, text: &str) -> Result<Data, Failure> {
        let mut read = String::new();
        let text = match text {
            "-" => {
                let done = std::io::stdin().read_to_string(&mut read);
                done.map_err(|error| Failure::Usage(format!("stdin cannot be read: {error}")))?;
                read.as_str()
            }
            text => text,
        };
        let members = Members { owner: &self.method, noun: "argument", fields: &self.arguments };
        // Where the arguments themselves are is not looked at.
        let place = Shaped::new(&self.types, TypeRef::new(0));
        let mut json = serde_json::Deserializer::from_str(text);
        let read = json.deserialize_any(MembersVisitor::by_position(place, members));
        read.and_then(|arguments| json.end().map(|()| arguments))
            .map_err(|error| Failure::Usage(wrong_arguments(&error)))
    }

    /// Its argument streams, in order.
    pub(super) fn streams(&self) -> &[Field] {
        &self.streams
    }

    /// A line of stdin: which stream, and its item. The only stream has its items without more; of several, each line
    /// names one.
    pub(super) fn item(&self, line: &str) -> Result<(usize, Data), serde_json::Error> {
        let mut json = serde_json::Deserializer::from_str(line);
        let place = Shaped::new(&self.types, TypeRef::new(0));
        let item = match self.streams.as_slice() {
            [only] => (0, place.inside(only.shape).deserialize(&mut json)?),
            several => json.deserialize_any(TaggedVisitor::new(place, &self.method, several))?,
        };
        json.end()?;
        Ok(item)
    }
}

fn wrong_arguments(error: &serde_json::Error) -> String {
    if is_no_json(error) {
        let form = r#"write an object, such as {"name": 1}, or a list, such as [1]"#;
        format!("the arguments are no JSON: {error}; {form}")
    } else {
        format!("the arguments are wrong: {error}")
    }
}

/// Whether a text is not even JSON, so that nothing could be said of the value in it.
pub(super) fn is_no_json(error: &serde_json::Error) -> bool {
    error.is_syntax() || error.is_eof()
}

fn described_arguments(signature: &Signature) -> Vec<Field> {
    let arguments = signature.arguments.iter();
    arguments
        .map(|argument| field(&argument.name, argument.shape, &argument.aliases, argument.optional))
        .collect()
}

fn field(name: &str, shape: TypeRef, aliases: &[String], optional: bool) -> Field {
    let mut field = Field::new(name, shape);
    field.aliases = aliases.to_vec();
    field.optional = optional;
    field
}
