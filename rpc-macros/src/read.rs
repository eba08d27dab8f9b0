//! Reads a trait into the model. What cannot be read is reported and left out; the trait itself is always kept.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{
    Attribute, Expr, ExprLit, FnArg, ItemTrait, Lit, Meta, Pat, Path, ReturnType, Signature, TraitItem,
    TraitItemFn, Type, parse_quote,
};

use crate::args::{ArgumentOptions, MethodOptions, ServiceOptions};
use crate::check;
use crate::desugar;
use crate::model::{Argument, ArgumentKind, Form, Method, Service, WireName};
use crate::names::{self, Names};
use crate::report::Errors;
use crate::streams;
use crate::types;

/// Reads `item`. Everything in the result is sound; `item` in it is what to emit in any case.
pub(crate) fn service(
    arguments: TokenStream,
    mut item: ItemTrait,
    errors: &mut Errors,
) -> (ItemTrait, Option<Service>) {
    let options = ServiceOptions::read(arguments, errors);
    let before = errors.count();
    let krate: Path = options.krate.unwrap_or_else(|| parse_quote!(::farcall));
    let private: Path = parse_quote!(#krate::__private);
    check::trait_head(&item, errors);
    let sound = errors.count() == before;

    let wire_name = options.name.map_or_else(|| item.ident.unraw().to_string(), |name| name.value());
    let mut methods = Vec::new();
    let mut count = 0;
    for (index, entry) in (0..).zip(&mut item.items) {
        let TraitItem::Fn(function) = entry else {
            errors.push(entry, "a service's trait has methods only");
            continue;
        };
        count += 1;
        let before = errors.count();
        let method = method(function, index, &wire_name, &krate, errors);
        strip_options(function);
        if let Some(mut method) = method.filter(|_| errors.count() == before) {
            streams::make_send(&mut function.sig, &mut method, &private);
            desugar::method(function, &method, &private);
            methods.push(method);
        }
    }
    let methods = check::together(methods, errors);
    if !sound {
        return (item, None);
    }
    let service = Service {
        item: item.clone(),
        names: Names::of(&item.ident),
        private,
        id: names::wire_id(&wire_name),
        wire_name,
        docs: docs(&item.attrs),
        cfgs: only(&item.attrs, &["cfg"]),
        allows: only(&item.attrs, &["allow"]),
        complete: methods.len() == count && item.items.len() == count,
        methods,
    };
    (item, Some(service))
}

fn method(
    function: &TraitItemFn,
    index: u32,
    service: &str,
    krate: &Path,
    errors: &mut Errors,
) -> Option<Method> {
    let signature = &function.sig;
    let options = MethodOptions::read(&function.attrs, errors);
    check::method_head(function, errors);
    let receiver = check::receiver(signature, errors).cloned();
    let arguments = arguments(signature, krate, errors);
    let (form, written) = output(signature, errors);
    let (output, stream) = streams::take(&written);
    check::output(&output, errors);
    let stream = stream.and_then(|stream| streams::result(&stream, krate, errors));

    if let Some(detached) = &options.detached
        && (stream.is_some() || arguments.iter().any(|argument| argument.items().is_some()))
    {
        errors.push(
            detached,
            "a stream ends when nobody is there to send or to take it, so that a method with one cannot be `detached`: spawn a task in the handler",
        );
    }

    let wire_name = WireName {
        text: options.name.as_ref().map_or_else(|| signature.ident.unraw().to_string(), |name| name.value()),
        said: options.name,
    };
    let variant = options.variant.or_else(|| names::variant(&signature.ident));
    if variant.is_none() {
        errors.push(
            &signature.ident,
            "no variant of the request enum can be named after this method: write `#[rpc(variant = \"…\")]`",
        );
    }
    Some(Method {
        id: names::wire_id(&format!("{service}.{}", wire_name.text)),
        ident: signature.ident.clone(),
        wire_name,
        variant: variant?,
        index,
        docs: docs(&function.attrs),
        cfgs: only(&function.attrs, &["cfg"]),
        carried: only(&function.attrs, &["doc", "deprecated", "allow"]),
        generics: signature.generics.clone(),
        receiver: receiver?,
        arguments,
        form,
        written,
        output: types::output(&output, krate),
        stream,
        timeout: options.timeout,
        idempotent: options.idempotent,
        detached: options.detached.is_some(),
        blocking: options.blocking.is_some(),
        spawn: options.spawn.is_some(),
    })
}

fn arguments(signature: &Signature, krate: &Path, errors: &mut Errors) -> Vec<Argument> {
    let mut arguments = Vec::new();
    for input in &signature.inputs {
        let typed = match input {
            FnArg::Typed(typed) => typed,
            FnArg::Receiver(receiver) => {
                check::argument_attributes(&receiver.attrs, true, errors);
                continue;
            }
        };
        let options = ArgumentOptions::read(&typed.attrs, errors);
        check::argument_attributes(&typed.attrs, false, errors);
        let stream = streams::of(&typed.ty);
        let items = stream.and_then(|stream| streams::items(stream, errors));
        if stream.is_none() {
            check::argument_type(&typed.ty, errors);
        }
        let Pat::Ident(pattern) = &*typed.pat else {
            errors
                .push(&typed.pat, "an argument needs a name, since that is what travels: a pattern has none");
            continue;
        };
        if pattern.by_ref.is_some() || pattern.subpat.is_some() {
            errors
                .push(&typed.pat, "an argument needs a name, since that is what travels: a pattern has none");
            continue;
        }
        let argument = Argument {
            kind: items.map_or_else(
                || types::argument_kind(&typed.ty),
                |items| ArgumentKind::Stream(types::output(&items, krate)),
            ),
            ident: pattern.ident.clone(),
            ty: (*typed.ty).clone(),
            wire_name: WireName {
                text: options
                    .name
                    .as_ref()
                    .map_or_else(|| pattern.ident.unraw().to_string(), |name| name.value()),
                said: options.name,
            },
            aliases: options.aliases,
            default: options.default,
        };
        check::argument_options(&argument, &typed.attrs, errors);
        arguments.push(argument);
    }
    check::arguments_together(&arguments, errors);
    arguments
}

/// The form of a method and what it comes to.
fn output(signature: &Signature, errors: &mut Errors) -> (Form, Type) {
    let written = match &signature.output {
        ReturnType::Default => parse_quote!(()),
        ReturnType::Type(_, ty) => (**ty).clone(),
    };
    let opaque = match types::peel(&written) {
        Type::ImplTrait(opaque) if !streams::is_stream(opaque) => opaque,
        _ => {
            let form = if signature.asyncness.is_some() { Form::Async } else { Form::Plain };
            return (form, written);
        }
    };
    if signature.asyncness.is_some() {
        check::opaque_result(opaque, errors);
        return (Form::Async, parse_quote!(()));
    }
    match check::future_output(opaque, errors) {
        Some(output) => (Form::Future, output),
        None => (Form::Future, parse_quote!(())),
    }
}

/// Takes off what rustc does not know.
fn strip_options(function: &mut TraitItemFn) {
    let is_option = |attribute: &Attribute| attribute.path().is_ident("rpc");
    function.attrs.retain(|attribute| !is_option(attribute));
    for input in &mut function.sig.inputs {
        match input {
            FnArg::Typed(typed) => typed.attrs.retain(|attribute| !is_option(attribute)),
            FnArg::Receiver(receiver) => receiver.attrs.retain(|attribute| !is_option(attribute)),
        }
    }
}

/// The attributes with one of these names.
fn only(attributes: &[Attribute], names: &[&str]) -> Vec<Attribute> {
    let wanted = |attribute: &&Attribute| names.iter().any(|name| attribute.path().is_ident(name));
    attributes.iter().filter(wanted).cloned().collect()
}

/// The documentation as text. Parts that are made by another macro are not known yet and left out.
pub(crate) fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) => Some(line.value()),
            _ => None,
        },
        _ => None,
    });
    let lines: Vec<String> = lines.map(|line| line.strip_prefix(' ').unwrap_or(&line).to_owned()).collect();
    lines.join("\n").trim().to_owned()
}

/// The tokens of an item that is no trait, for a message.
pub(crate) fn head(item: &syn::Item) -> TokenStream {
    let after_attributes =
        |tokens: TokenStream| tokens.into_iter().skip_while(|token| token.to_string() == "#");
    after_attributes(item.to_token_stream()).take(1).collect()
}
