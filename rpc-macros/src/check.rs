//! The rules of a service's trait. Each mistake is reported on its own token; where rustc says it better, nothing is.

use std::collections::HashMap;

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{
    Attribute, FnArg, GenericArgument, GenericParam, ItemTrait, Meta, PathArguments, PathSegment, Receiver,
    ReceiverKind, Safety, Signature, TraitItemFn, Type, TypeImplTrait, TypeParamBound,
};

use crate::data::{self, Place};
use crate::model::{Argument, DefaultValue, Method, WireName};
use crate::names::HIDDEN_VARIANT;
use crate::report::Errors;
use crate::{streams, types};

/// What stands before the methods.
pub(crate) fn trait_head(item: &ItemTrait, errors: &mut Errors) {
    if let Some(unsafety) = &item.unsafety {
        errors
            .push(unsafety, "a service's trait cannot be unsafe: a remote caller cannot uphold its contract");
    }
    if let Some(auto) = &item.modifiers.auto_token {
        errors.push(auto, "a service's trait cannot be an auto trait");
    }
    for parameter in &item.generics.params {
        errors.push(
            parameter,
            "a service's trait has no parameters: its clients and servers know one set of types",
        );
    }
    if let Some(clause) = &item.generics.where_clause {
        errors.push(clause, "a service's trait has no `where` clause: write supertraits after the colon");
    }
    cfg_attr(&item.attrs, errors);
}

/// What stands before the arguments of a method.
pub(crate) fn method_head(function: &TraitItemFn, errors: &mut Errors) {
    let signature = &function.sig;
    if let Some(constness) = &signature.constness {
        errors
            .push(constness, "a method of a service cannot be `const`: a call happens when the program runs");
    }
    if let Safety::Unsafe(unsafety) = &signature.safety {
        errors.push(
            unsafety,
            "a method of a service cannot be unsafe: a remote caller cannot uphold its contract",
        );
    }
    if let Some(abi) = &signature.abi {
        errors.push(abi, "a method of a service has Rust's own ABI");
    }
    if let Some(variadic) = &signature.variadic {
        errors.push(variadic, "a method of a service has a fixed number of arguments");
    }
    for parameter in &signature.generics.params {
        match parameter {
            GenericParam::Lifetime(_) => {}
            GenericParam::Type(_) | GenericParam::Const(_) => errors.push(
                parameter,
                "a method of a service has no type or const parameters: what travels has one type per argument",
            ),
        }
    }
    if let Some(clause) = &signature.generics.where_clause {
        let bounded = self_types(|find| find.visit_where_clause(clause));
        for span in bounded {
            errors.push_at(
                span,
                "every method can be called on every object of a service: leave the bound on `Self` out, or take the method out of the trait",
            );
        }
    }
    cfg_attr(&function.attrs, errors);
}

/// The `&self` of a method.
pub(crate) fn receiver<'s>(signature: &'s Signature, errors: &mut Errors) -> Option<&'s Receiver> {
    const SHARED: &str = "a service is shared by all calls: take `&self`";
    let Some(FnArg::Receiver(receiver)) = signature.inputs.first() else {
        errors.push(&signature.ident, "a method of a service takes `&self`");
        return None;
    };
    match &receiver.kind {
        ReceiverKind::Reference(_, _, None) => return Some(receiver),
        ReceiverKind::Reference(_, _, Some(mutability)) => errors.push(
            mutability,
            "a service is shared by all calls: take `&self`, and keep what changes behind a lock or in an atomic",
        ),
        ReceiverKind::Typed(_, ty) => errors.push(ty, SHARED),
        _ => errors.push(receiver.self_token, SHARED),
    }
    None
}

/// Attributes of an argument or of `self`.
pub(crate) fn argument_attributes(attributes: &[Attribute], is_self: bool, errors: &mut Errors) {
    for attribute in attributes {
        let path = attribute.path();
        if path.is_ident("cfg") || path.is_ident("cfg_attr") {
            errors.push(
                attribute,
                "`#[cfg]` on an argument would give one method two forms on the wire: put it on the whole method",
            );
        } else if is_self && path.is_ident("rpc") {
            errors.push(attribute, "`&self` does not travel and has no options");
        }
    }
}

/// The type of an argument.
pub(crate) fn argument_type(ty: &Type, errors: &mut Errors) {
    no_self_type(ty, errors);
    data::check(ty, Place::Argument, errors);
    borrow(ty, errors);
}

/// `&T`, and what is lent in an `Option`.
fn borrow(ty: &Type, errors: &mut Errors) {
    match types::peel(ty) {
        Type::Reference(reference) => {
            // What is behind one that leads to a stream is said of the stream.
            if let Some(mutability) = &reference.mutability
                && streams::of(&reference.elem).is_none()
            {
                errors.push(
                    mutability,
                    "an argument is sent as a copy, so that nothing can be written through `&mut`: take the value and return the new one",
                );
            }
            if let Some(lifetime) = reference.lifetime.as_ref().filter(|lifetime| lifetime.ident == "static")
            {
                errors.push(lifetime, "an argument is lent for the length of a call, not for `'static`");
            }
            let system = |last: &&PathSegment| last.ident == "CStr" || last.ident == "OsStr";
            if let Some(last) = types::last_segment(&reference.elem).filter(system) {
                errors.push(
                    last,
                    format_args!(
                        "`{}` is text in the form of one system, which the other end may not have: take `&str` or `&[u8]`",
                        last.ident
                    ),
                );
            }
        }
        Type::Path(path) => {
            let last = path.path.segments.last().filter(|last| last.ident == "Option");
            if let Some(PathArguments::AngleBracketed(angle)) = last.map(|last| &last.arguments) {
                for argument in &angle.args {
                    if let GenericArgument::Type(inner) = argument
                        && matches!(types::peel(inner), Type::Reference(_))
                    {
                        borrow(inner, errors);
                    }
                }
            }
        }
        _ => {}
    }
}

/// Options of an argument, beside those of its type.
pub(crate) fn argument_options(argument: &Argument, attributes: &[Attribute], errors: &mut Errors) {
    if !argument.travels()
        && let Some(option) = attributes.iter().find(|attribute| attribute.path().is_ident("rpc"))
    {
        errors.push(option, "the `&Context` does not travel and has no options");
    }
    if argument.items().is_some() {
        const ALWAYS: &str =
            "a stream is always there, if only without items: it has no default and no aliases";
        if let Some(default) = &argument.default {
            match default {
                DefaultValue::Trait(word) => errors.push(word, ALWAYS),
                DefaultValue::Function(path) => errors.push(path, ALWAYS),
            }
        }
        for alias in &argument.aliases {
            errors.push(alias, ALWAYS);
        }
    }
}

/// Rules that join the arguments of one method.
pub(crate) fn arguments_together(arguments: &[Argument], errors: &mut Errors) {
    for second in arguments.iter().filter(|argument| !argument.travels()).skip(1) {
        errors.push(&second.ty, "a call has one context: take one `&Context`");
    }
    let mut taken = HashMap::new();
    for argument in arguments.iter().filter(|argument| argument.travels()) {
        let own = (argument.wire_name.text.clone(), span_of(&argument.wire_name, &argument.ident));
        let aliases = argument.aliases.iter().map(|alias| (alias.value(), alias.span()));
        for (name, span) in std::iter::once(own).chain(aliases) {
            if let Some(first) = taken.insert(name.clone(), &argument.ident) {
                errors
                    .push_at(span, format_args!("`{name}` already names the argument `{first}` on the wire"));
            }
        }
    }
}

/// What a method comes to.
pub(crate) fn output(ty: &Type, errors: &mut Errors) {
    no_self_type(ty, errors);
    data::check(ty, Place::Result, errors);
    for span in types::borrows(ty) {
        errors.push_at(span, "a result belongs to the caller and cannot borrow: return an owned type");
    }
}

/// A method that returns `impl Trait` and no future.
pub(crate) fn opaque_result(opaque: &TypeImplTrait, errors: &mut Errors) {
    errors.push(opaque, Place::Result.opaque());
}

/// The `T` of `impl Future<Output = T> + Send`.
pub(crate) fn future_output(opaque: &TypeImplTrait, errors: &mut Errors) -> Option<Type> {
    let mut output = None;
    let mut strangers = Vec::new();
    for bound in &opaque.bounds {
        match bound {
            TypeParamBound::Trait(bound) => match bound.path.segments.last() {
                Some(last) if last.ident == "Future" => output = future_item(&last.arguments),
                Some(last) if last.ident == "Send" => {}
                _ => strangers.push(bound.to_token_stream()),
            },
            TypeParamBound::Lifetime(lifetime) if lifetime.ident != "static" => {}
            other => strangers.push(other.to_token_stream()),
        }
    }
    if output.is_none() {
        errors.push(opaque, Place::Result.opaque());
    } else {
        for stranger in strangers {
            errors.push(stranger, "the future of a method is `impl Future<Output = T> + Send` and no more");
        }
    }
    output
}

fn future_item(arguments: &PathArguments) -> Option<Type> {
    let PathArguments::AngleBracketed(angle) = arguments else {
        return None;
    };
    angle.args.iter().find_map(|argument| match argument {
        GenericArgument::AssocType(item) if item.ident == "Output" => Some(item.ty.clone()),
        _ => None,
    })
}

/// Rules that join the methods of a trait. Gives back those that keep them.
pub(crate) fn together(methods: Vec<Method>, errors: &mut Errors) -> Vec<Method> {
    let mut names = HashMap::new();
    let mut ids = HashMap::new();
    let mut variants = HashMap::from([(HIDDEN_VARIANT.to_owned(), None)]);
    let mut sound = Vec::new();
    for method in methods {
        let before = errors.count();
        let (ident, name) = (method.ident.clone(), &method.wire_name.text);
        let span = span_of(&method.wire_name, &ident);
        // One method per platform, say: if two are left, rustc says so.
        let alternative =
            |first: &Method| first.ident == ident && !first.cfgs.is_empty() && !method.cfgs.is_empty();
        if sound.iter().any(alternative) {
        } else if let Some(first) = names.insert(name.clone(), ident.clone()) {
            errors.push_at(span, format_args!("the method `{first}` is already called `{name}` on the wire"));
        } else if let Some(first) = ids.insert(method.id, ident.clone()) {
            errors.push_at(
                span,
                format_args!("by chance this name has the same id as that of `{first}`: choose another with `#[rpc(name = \"…\")]`"),
            );
        } else if let Some(first) = variants.insert(method.variant.to_string(), Some(ident.clone())) {
            let first =
                first.map_or_else(|| "a hidden variant".to_owned(), |first| format!("the method `{first}`"));
            errors.push(
                &method.variant,
                format_args!(
                    "{first} already has the variant `{}`: write `#[rpc(variant = \"…\")]`",
                    method.variant
                ),
            );
        }
        if errors.count() == before {
            sound.push(method);
        }
    }
    sound
}

fn span_of(name: &WireName, ident: &Ident) -> Span {
    name.said.as_ref().map_or_else(|| ident.span(), |said| said.span())
}

/// What an attribute hides until later cannot be repeated where it has to be.
fn cfg_attr(attributes: &[Attribute], errors: &mut Errors) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cfg_attr")) {
        let Meta::List(list) = &attribute.meta else {
            continue;
        };
        let hidden = list.tokens.clone().into_iter().skip(1).any(|token| {
            let text = token.to_string();
            text == "cfg" || text == "rpc"
        });
        if hidden {
            errors.push(
                attribute,
                "`cfg` and `rpc` cannot stand within `cfg_attr`: write `#[cfg(…)]` or `#[rpc(…)]`",
            );
        }
    }
}

pub(crate) fn no_self_type(ty: &Type, errors: &mut Errors) {
    for span in self_types(|find| find.visit_type(ty)) {
        errors.push_at(span, "`Self` is another type at the other end: name a concrete type");
    }
}

fn self_types(visit: impl FnOnce(&mut FindSelf)) -> Vec<Span> {
    let mut find = FindSelf(Vec::new());
    visit(&mut find);
    find.0
}

/// Finds `Self`.
struct FindSelf(Vec<Span>);

impl<'ast> Visit<'ast> for FindSelf {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first().filter(|first| first.ident == "Self") {
            self.0.push(first.ident.span());
        }
        visit::visit_path(self, path);
    }
}
