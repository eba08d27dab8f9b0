//! Descriptions, for people.

use std::collections::BTreeSet;
use std::fmt::Write;

use rpc_core::schema::{Outcome, Signature, StreamSignature, tell_apart};
use serde::Serialize;

use super::failure::Failure;
use super::options::ServerOptions;
use super::output::{self, harmless, line, name};
use super::server::{DescribedService, Server};
use crate::introspection::MethodInfo;

/// `farcall ls`
pub(super) async fn list(options: &ServerOptions, as_json: bool) -> Result<(), Failure> {
    let info = Server::connect(options).await?.info().await?;
    if as_json {
        return json(&info);
    }
    let mut text = String::new();
    for service in &info.services {
        // Writing to a `String` cannot fail.
        let service_name = name(&service.name);
        let _ = writeln!(text, "{service_name}");
        for method in &service.methods {
            let _ = writeln!(text, "    {service_name}.{}", name(method));
        }
    }
    line(harmless(&text).trim_end())
}

/// `farcall describe`
pub(super) async fn describe(
    options: &ServerOptions,
    wanted: Option<&str>,
    as_json: bool,
) -> Result<(), Failure> {
    let server = Server::connect(options).await?;
    let known = server.info().await?.services;
    let names = match wanted {
        None => known.iter().map(|service| service.name.as_str()).collect(),
        // The name of a service may have dots, as that of a method has.
        Some(name) if name.contains('.') && known.iter().all(|service| service.name != name) => {
            let method = server.method(name).await?;
            return if as_json { json(&method) } else { line(harmless(&one(&method)).trim_end()) };
        }
        Some(name) => vec![name],
    };
    let mut services = Vec::new();
    for name in names {
        services.push(server.service(name).await?);
    }
    if as_json {
        return match services.as_slice() {
            [service] if wanted.is_some() => json(service),
            all => json(&all),
        };
    }
    let texts = services.iter().map(service).collect::<Vec<_>>();
    line(harmless(&texts.join("\n")).trim_end())
}

fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value);
    output::json(
        &text.map_err(|error| Failure::Usage(format!("the description has no form in JSON: {error}")))?,
    )
}

fn service(service: &DescribedService) -> String {
    let mut text = docs("", &service.docs);
    let _ = writeln!(text, "service {}", name(&service.name));
    let mut types = Definitions::default();
    for (method, signature) in service.methods.iter().zip(signatures(&service.methods)) {
        text.push('\n');
        text += &head("    ", method, signature.as_ref());
        types.add(signature.as_ref());
    }
    text + &types.text
}

fn one(method: &MethodInfo) -> String {
    let mut types = Definitions::default();
    let signature = signatures(std::slice::from_ref(method)).pop().flatten();
    types.add(signature.as_ref());
    head("", method, signature.as_ref()) + &types.text
}

/// What each method takes and gives, with names for types that hold for all of them.
fn signatures(methods: &[MethodInfo]) -> Vec<Option<Signature>> {
    let mut signatures: Vec<_> = methods.iter().map(MethodInfo::described).collect();
    tell_apart(&mut signatures.iter_mut().flatten().collect::<Vec<_>>());
    signatures
}

/// What a method is, and its options.
fn head(indent: &str, method: &MethodInfo, signature: Option<&Signature>) -> String {
    let mut text = docs(indent, &method.docs);
    let mut options = Vec::new();
    if let Some(timeout) = method.timeout {
        options.push(format!("timeout = {timeout:?}"));
    }
    options.extend(method.idempotent.then(|| "idempotent".to_owned()));
    options.extend(method.detached.then(|| "detached".to_owned()));
    if !options.is_empty() {
        let _ = writeln!(text, "{indent}#[rpc({})]", options.join(", "));
    }
    let (arguments, result) = match signature {
        Some(signature) => (arguments(method, signature), result(signature)),
        None => {
            let names = method.arguments.iter().map(|argument| &argument.name);
            let names = names.chain(&method.argument_streams).map(|argument| name(argument).to_string());
            (names.collect(), String::new())
        }
    };
    let (service, method) = (name(&method.service), name(&method.name));
    let _ = writeln!(text, "{indent}{service}.{method}({}){result}", arguments.join(", "));
    text
}

/// An argument that may be left out has a `?` behind its name, as a field has.
fn arguments(method: &MethodInfo, signature: &Signature) -> Vec<String> {
    let types = &signature.types;
    let values = signature.arguments.iter().map(|argument| {
        let optional = if argument.optional { "?" } else { "" };
        let also = match argument.aliases.as_slice() {
            [] => String::new(),
            aliases => {
                let aliases = aliases.iter().map(|alias| name(alias).to_string()).collect::<Vec<_>>();
                format!(" (or {})", aliases.join(", "))
            }
        };
        format!("{}{optional}: {}{also}", name(&argument.name), types.words(argument.shape))
    });
    let streams = signature.streams.iter().zip(&method.argument_streams);
    let streams = streams.map(|(of, called)| format!("{}: {}", name(called), stream(signature, of)));
    values.chain(streams).collect()
}

fn result(signature: &Signature) -> String {
    let value = match &signature.outcome {
        Outcome::Value(value) => signature.types.words(*value),
        Outcome::Stream(of) => stream(signature, of),
        _ => return String::new(),
    };
    match signature.error {
        Some(error) => format!(" -> Result<{value}, {}>", signature.types.words(error)),
        None if value == "()" => String::new(),
        None => format!(" -> {value}"),
    }
}

fn stream(signature: &Signature, of: &StreamSignature) -> String {
    let item = signature.types.words(of.item);
    match of.error {
        Some(error) => format!("Stream<Result<{item}, {}>>", signature.types.words(error)),
        None => format!("Stream<{item}>"),
    }
}

fn docs(indent: &str, docs: &str) -> String {
    docs.lines().map(|line| format!("{indent}/// {}\n", line.trim())).collect()
}

/// The definitions of types of several methods, each once.
#[derive(Default)]
struct Definitions {
    text: String,
    known: BTreeSet<String>,
}

impl Definitions {
    fn add(&mut self, signature: Option<&Signature>) {
        let Some(signature) = signature else { return };
        let roots = signature.crossings().map(|(_, root)| root);
        let definitions = signature.types.definitions(roots);
        for definition in definitions.trim().split("\n\n").filter(|definition| !definition.is_empty()) {
            if self.known.insert(definition.to_owned()) {
                let _ = write!(self.text, "\n{definition}\n");
            }
        }
    }
}
