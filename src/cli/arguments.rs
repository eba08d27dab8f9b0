//! The arguments of a call, out of what the user wrote.

use std::io::Read;

use rpc_core::schema::{Field, Shape, Signature, TypeRef, Types};
use serde::Deserializer;
use serde::de::DeserializeSeed;

use super::failure::Failure;
use super::options::WireCodec;
use super::value::{Data, Members, MembersVisitor, Shaped};
use crate::introspection::MethodInfo;

/// What a method takes, as values are read here.
pub(super) struct Wanted {
    types: Types,
    method: String,
    arguments: Vec<Field>,
    /// The type of the items of its argument stream.
    item: Option<TypeRef>,
}

impl Wanted {
    /// In the codec JSON values go as they are written, since some types look otherwise in it than their description
    /// says.
    pub(super) fn new(method: &MethodInfo, codec: WireCodec) -> Self {
        let name = format!("{}.{}", method.service, method.name);
        match &method.signature {
            Some(signature) if codec == WireCodec::Compact => Self {
                types: signature.types.clone(),
                method: name,
                arguments: described(signature),
                item: signature.streams.first().map(|stream| stream.item),
            },
            _ => {
                let mut types = Types::default();
                let any = types.add(Shape::Any { name: "any value".to_owned() });
                let arguments = method
                    .arguments
                    .iter()
                    .map(|argument| field(&argument.name, any, &argument.aliases, argument.default));
                Self { types, method: name, arguments: arguments.collect(), item: Some(any) }
            }
        }
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
            .map_err(|error| Failure::Usage(format!("the arguments are wrong: {error}")))
    }

    /// An item of the argument stream.
    pub(super) fn item(&self, line: &str) -> Result<Data, serde_json::Error> {
        let mut json = serde_json::Deserializer::from_str(line);
        let item = Shaped::new(&self.types, self.item.unwrap_or(TypeRef::new(0))).deserialize(&mut json)?;
        json.end()?;
        Ok(item)
    }
}

fn described(signature: &Signature) -> Vec<Field> {
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
