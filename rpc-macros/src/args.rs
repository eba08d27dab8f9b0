//! The options: what stands in `#[rpc_service(…)]` and `#[rpc(…)]`.

use std::time::Duration;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, ExprPath, LitStr, Meta, Path, Token};

use crate::model::DefaultValue;
use crate::report::Errors;

/// `#[rpc_service(…)]`
#[derive(Default)]
pub(crate) struct ServiceOptions {
    pub(crate) name: Option<LitStr>,
    pub(crate) krate: Option<Path>,
}

/// `#[rpc(…)]` on a method.
#[derive(Default)]
pub(crate) struct MethodOptions {
    pub(crate) name: Option<LitStr>,
    pub(crate) variant: Option<Ident>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) idempotent: bool,
    pub(crate) detached: Option<Ident>,
    pub(crate) blocking: Option<Ident>,
    pub(crate) spawn: Option<Ident>,
}

/// `#[rpc(…)]` on an argument.
#[derive(Default)]
pub(crate) struct ArgumentOptions {
    pub(crate) name: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) default: Option<DefaultValue>,
}

impl ServiceOptions {
    pub(crate) fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = Self::default();
        let mut seen = Seen::new("a service's trait", &["crate", "name"]);
        let parser = syn::meta::parser(|meta| {
            let Some(key) = seen.enter(&meta, errors)? else {
                return Ok(());
            };
            match key.to_string().as_str() {
                "name" => {
                    options.name = text(&key, &meta, errors)?.and_then(|name| service_name(name, errors))
                }
                "crate" => options.krate = krate(&key, &meta, errors)?,
                _ => seen.unknown(&key, &meta, errors)?,
            }
            Ok(())
        });
        if let Err(error) = parser.parse2(tokens) {
            errors.add(error);
        }
        options
    }
}

impl MethodOptions {
    pub(crate) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut options = Self::default();
        let known = &["blocking", "detached", "idempotent", "name", "spawn", "timeout", "variant"];
        let mut seen = Seen::new("a method", known);
        each_option(attributes, errors, |meta, errors| {
            let Some(key) = seen.enter(&meta, errors)? else {
                return Ok(());
            };
            match key.to_string().as_str() {
                "name" => options.name = text(&key, &meta, errors)?.and_then(|name| wire_name(name, errors)),
                "variant" => {
                    options.variant = text(&key, &meta, errors)?.and_then(|name| variant(&name, errors))
                }
                "timeout" => {
                    options.timeout = text(&key, &meta, errors)?.and_then(|text| timeout(&text, errors))
                }
                "idempotent" => options.idempotent = flag(&key, &meta, errors)?,
                "detached" => options.detached = flag(&key, &meta, errors)?.then_some(key),
                "blocking" => options.blocking = flag(&key, &meta, errors)?.then_some(key),
                "spawn" => options.spawn = flag(&key, &meta, errors)?.then_some(key),
                _ => seen.unknown(&key, &meta, errors)?,
            }
            Ok(())
        });
        if let (Some(_), Some(spawn)) = (&options.blocking, &options.spawn) {
            errors.push(spawn, "`blocking` already keeps the method off the caller's task: choose one of `blocking` and `spawn`");
        }
        options
    }
}

impl ArgumentOptions {
    pub(crate) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut options = Self::default();
        let mut seen = Seen::new("an argument", &["alias", "default", "name"]);
        each_option(attributes, errors, |meta, errors| {
            let Some(key) = seen.enter(&meta, errors)? else {
                return Ok(());
            };
            match key.to_string().as_str() {
                "name" => options.name = text(&key, &meta, errors)?.and_then(|name| wire_name(name, errors)),
                "alias" => {
                    let alias = text(&key, &meta, errors)?.and_then(|name| wire_name(name, errors));
                    options.aliases.extend(alias);
                }
                "default" => options.default = default(&key, &meta, errors)?,
                _ => seen.unknown(&key, &meta, errors)?,
            }
            Ok(())
        });
        options
    }
}

fn each_option(
    attributes: &[Attribute],
    errors: &mut Errors,
    mut option: impl FnMut(ParseNestedMeta<'_>, &mut Errors) -> syn::Result<()>,
) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("rpc")) {
        if !matches!(attribute.meta, Meta::List(_)) {
            errors.push(attribute, "options stand in parentheses: `#[rpc(…)]`");
        } else if let Err(error) = attribute.parse_nested_meta(|meta| option(meta, errors)) {
            errors.add(error);
        }
    }
}

/// Which options stood there already, and which there are.
struct Seen {
    place: &'static str,
    known: &'static [&'static str],
    keys: Vec<Ident>,
}

impl Seen {
    fn new(place: &'static str, known: &'static [&'static str]) -> Self {
        Self { place, known, keys: Vec::new() }
    }

    /// The option's name. `None` if the option has been reported and read over.
    fn enter(&mut self, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Option<Ident>> {
        let Some(key) = meta.path.get_ident() else {
            errors.push(&meta.path, format_args!("an option of {} is a single name", self.place));
            return skip_value(meta.input).map(|()| None);
        };
        if key != "alias" && self.keys.contains(key) {
            errors.push(key, format_args!("`{key}` is there twice"));
            return skip_value(meta.input).map(|()| None);
        }
        self.keys.push(key.clone());
        Ok(Some(key.clone()))
    }

    fn unknown(&self, key: &Ident, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
        let known = self.known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
        errors.push(key, format_args!("`{key}` is not an option of {}: there are {known}", self.place));
        skip_value(meta.input)
    }
}

fn at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// Reads over the rest of an option, so that those after it are looked at too.
fn skip_value(input: ParseStream<'_>) -> syn::Result<()> {
    while !at_end(input) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// The value of an option if it is all that stands there; otherwise says what is `expected`.
fn value<T>(
    key: &Ident,
    meta: &ParseNestedMeta<'_>,
    errors: &mut Errors,
    expected: &str,
    parse: impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Option<T>> {
    let input = meta.input;
    if !input.peek(Token![=]) {
        errors.push(key, expected);
        return skip_value(input).map(|()| None);
    }
    input.parse::<Token![=]>()?;
    let ahead = input.fork();
    if parse(&ahead).is_ok() && at_end(&ahead) {
        return parse(input).map(Some);
    }
    let mut written = TokenStream::new();
    while !at_end(input) {
        written.extend([input.parse::<TokenTree>()?]);
    }
    if written.is_empty() {
        errors.push(key, expected);
    } else {
        errors.push(written, expected);
    }
    Ok(None)
}

/// An option that has text.
fn text(key: &Ident, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Option<LitStr>> {
    let example = if key == "timeout" { "2s" } else { "…" };
    let expected = format!("`{key}` has a text in quotes: `{key} = \"{example}\"`");
    value(key, meta, errors, &expected, |input| input.parse())
}

/// An option that is there or not.
fn flag(key: &Ident, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<bool> {
    if !at_end(meta.input) {
        errors.push(key, format_args!("`{key}` has no value: it is there or not"));
        skip_value(meta.input)?;
    }
    Ok(true)
}

fn default(
    key: &Ident,
    meta: &ParseNestedMeta<'_>,
    errors: &mut Errors,
) -> syn::Result<Option<DefaultValue>> {
    if at_end(meta.input) {
        return Ok(Some(DefaultValue::Trait(key.clone())));
    }
    let expected = "`default` stands alone or has the path of a function: `default = path::to::function`";
    let function = value(key, meta, errors, expected, |input| input.parse::<ExprPath>())?;
    Ok(function.map(DefaultValue::Function))
}

fn krate(key: &Ident, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Option<Path>> {
    let expected = "the path of farcall stands without quotes: `crate = my_crate::farcall`";
    value(key, meta, errors, expected, Path::parse_mod_style)
}

fn service_name(name: LitStr, errors: &mut Errors) -> Option<LitStr> {
    checked_name(name, "/", errors)
}

fn wire_name(name: LitStr, errors: &mut Errors) -> Option<LitStr> {
    checked_name(name, "./", errors)
}

fn checked_name(name: LitStr, separators: &str, errors: &mut Errors) -> Option<LitStr> {
    let text = name.value();
    let bad = |c: char| c.is_whitespace() || c.is_control() || separators.contains(c);
    if text.is_empty() || text.contains(bad) {
        let shown = separators.chars().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", ");
        errors.push(
            &name,
            format_args!("a name on the wire has at least one character, no space and no {shown}"),
        );
        return None;
    }
    Some(name)
}

fn variant(name: &LitStr, errors: &mut Errors) -> Option<Ident> {
    let ident = name.parse_with(Ident::parse_any).ok().filter(|ident| {
        let text = ident.to_string();
        syn::parse_str::<Ident>(&text).is_ok() && text != crate::names::HIDDEN_VARIANT
    });
    if ident.is_none() {
        errors.push(name, "a variant is named by an identifier, such as \"GetAll\"");
    }
    ident
}

fn timeout(text: &LitStr, errors: &mut Errors) -> Option<Duration> {
    match humantime::parse_duration(&text.value()) {
        Ok(timeout) if timeout.is_zero() => {
            errors.push(text, "a call with a timeout of zero has always expired: write a longer one");
            None
        }
        Ok(timeout) => Some(timeout),
        Err(error) => {
            errors.push(
                text,
                format_args!("`{}` is not a duration such as \"2s\" or \"250ms\": {error}", text.value()),
            );
            None
        }
    }
}
