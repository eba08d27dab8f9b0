//! The options: what stands in `#[rpc_service(…)]` and `#[rpc(…)]`.

use std::time::Duration;

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, ExprPath, LitStr, Path, Token};

use crate::model::DefaultValue;
use crate::report::Errors;

/// `#[rpc_service(…)]`
#[derive(Debug, Default)]
pub(crate) struct ServiceOptions {
    pub(crate) name: Option<LitStr>,
    pub(crate) krate: Option<Path>,
}

/// `#[rpc(…)]` on a method.
#[derive(Debug, Default)]
pub(crate) struct MethodOptions {
    pub(crate) name: Option<LitStr>,
    pub(crate) variant: Option<Ident>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) idempotent: bool,
    pub(crate) detached: bool,
    pub(crate) blocking: Option<Ident>,
    pub(crate) spawn: Option<Ident>,
}

/// `#[rpc(…)]` on an argument.
#[derive(Debug, Default)]
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
            let key = seen.enter(&meta, errors)?;
            match key.to_string().as_str() {
                "name" => options.name = service_name(meta.value()?.parse()?, errors),
                "crate" => options.krate = krate(meta.value()?, errors)?,
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
            let key = seen.enter(&meta, errors)?;
            match key.to_string().as_str() {
                "name" => options.name = wire_name(meta.value()?.parse()?, errors),
                "variant" => options.variant = variant(&meta.value()?.parse()?, errors),
                "timeout" => options.timeout = timeout(&meta.value()?.parse()?, errors),
                "idempotent" => options.idempotent = true,
                "detached" => options.detached = true,
                "blocking" => options.blocking = Some(key),
                "spawn" => options.spawn = Some(key),
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
            let key = seen.enter(&meta, errors)?;
            match key.to_string().as_str() {
                "name" => options.name = wire_name(meta.value()?.parse()?, errors),
                "alias" => options.aliases.extend(wire_name(meta.value()?.parse()?, errors)),
                "default" if meta.input.peek(Token![=]) => {
                    options.default = Some(DefaultValue::Function(meta.value()?.parse::<ExprPath>()?));
                }
                "default" => options.default = Some(DefaultValue::Trait),
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
        if let Err(error) = attribute.parse_nested_meta(|meta| option(meta, errors)) {
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

    fn enter(&mut self, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Ident> {
        let Some(key) = meta.path.get_ident() else {
            return Err(meta.error(format_args!("an option of {} is a single name", self.place)));
        };
        if key != "alias" && self.keys.contains(key) {
            errors.push(key, format_args!("`{key}` is there twice"));
        }
        self.keys.push(key.clone());
        Ok(key.clone())
    }

    /// Reports the option and reads over its value, so that those after it are looked at too.
    fn unknown(&self, key: &Ident, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
        let known = self.known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
        errors.push(key, format_args!("`{key}` is not an option of {}: there are {known}", self.place));
        while !meta.input.is_empty() && !meta.input.peek(Token![,]) {
            meta.input.parse::<proc_macro2::TokenTree>()?;
        }
        Ok(())
    }
}

fn krate(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Option<Path>> {
    if input.peek(LitStr) {
        errors.push(
            input.parse::<LitStr>()?,
            "the path of farcall stands without quotes: `crate = my_crate::farcall`",
        );
        return Ok(None);
    }
    input.call(Path::parse_mod_style).map(Some)
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
