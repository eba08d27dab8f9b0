//! The client: a stub whose methods are lazy futures.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Type, parse_quote};

use super::parts::{lifetime, lints, place, private_at};
use super::request_serde::{error_payload, payload};
use super::{client_trait, forward};
use crate::model::{Argument, ArgumentKind, Method, Output, OutputKind, Service};
use crate::types;

pub(super) fn expand(service: &Service) -> TokenStream {
    let p = &service.private;
    let (cfgs, vis, name) = (&service.cfgs, &service.item.vis, &service.names.client);
    let docs = docs(service);
    let methods = service.methods.iter().map(|method| expand_method(service, method));
    let forwarders = forward::client(service);
    let lints = lints(service);
    code! {
        #(#cfgs)*
        #(#[doc = #docs])*
        #lints
        #[derive(#p::core::clone::Clone, #p::core::fmt::Debug)]
        #vis struct #name {
            channel: #p::Channel,
        }

        #(#cfgs)*
        #lints
        impl #name {
            #(#methods)*
            #forwarders
        }
    }
}

fn docs(service: &Service) -> [String; 5] {
    let trait_ = &service.item.ident;
    [
        format!(
            " A client of the service [`{trait_}`]: a handle on an endpoint, or on an object in this process."
        ),
        String::new(),
        " Cheap to clone. A call begins when its future is first polled; dropping the future cancels it."
            .to_owned(),
        String::new(),
        format!(" {}.", client_trait::rule(service)),
    ]
}

fn expand_method(service: &Service, method: &Method) -> TokenStream {
    let p = &service.private;
    let (cfgs, carried, vis) = (&method.cfgs, &method.carried, &service.item.vis);
    let (name, request, variant) = (&method.ident, &service.names.request, &method.variant);
    let lifetime = lifetime();
    let lent = parameters_borrow(method).then_some(&lifetime);
    let parameters = parameters(method);
    let values = method.fields().map(|argument| {
        let name = &argument.ident;
        match into_field(service, argument) {
            Some(value) => code!(#name: #value),
            None => code!(#name),
        }
    });
    let result = result(service, method);
    let call = call(service, method);
    let payloads = payloads(service, method);
    let channel = code!(#p::core::clone::Clone::clone(&self.channel));
    let request = code!(#request::#variant { #(#values),* });
    let span = blamed(service, method);
    let p = private_at(service, span);
    let future = quote_spanned! {span=>
        impl #p::core::future::Future<Output = #result> + #p::core::marker::Send + use<#lent>
    };
    let call = quote_spanned!(span=> { #call(#channel, #request, #(#payloads),*) });
    code! {
        #(#cfgs)*
        #(#carried)*
        #vis fn #name<#lent>(&self, #(#parameters),*) -> #future #call
    }
}

/// What a call of the method gives.
pub(super) fn result(service: &Service, method: &Method) -> TokenStream {
    let p = &service.private;
    let (ok, err) = sides(service, &method.output);
    match err {
        None => code!(#p::core::result::Result<#ok, #p::RpcError>),
        Some(err) => code!(#p::core::result::Result<#ok, #p::CallError<#err>>),
    }
}

/// The types of a result that are encoded: the value's, and that of the application's error if there is one.
pub(super) fn sides(service: &Service, output: &Output) -> (Type, Option<Type>) {
    match &output.kind {
        OutputKind::Value => (output.whole.clone(), None),
        OutputKind::Rpc { ok } => ((**ok).clone(), None),
        OutputKind::Result { ok, err } => ((**ok).clone(), Some((**err).clone())),
        OutputKind::Alias => {
            let whole = &output.whole;
            let span = place(whole);
            let p = private_at(service, span);
            let project = quote_spanned!(span=> <#whole as #p::ProjectResult>);
            (parse_quote!(#project::Ok), Some(parse_quote!(#project::Err)))
        }
    }
}

/// How the sides of a result cross.
pub(super) fn payloads(service: &Service, method: &Method) -> Vec<TokenStream> {
    let (ok, err) = sides(service, &method.output);
    let ok = payload(service, &ok, place(&ok));
    std::iter::once(ok).chain(err.map(|err| error_payload(service, &err))).collect()
}

/// Where rustc reports what it finds wrong with a result: at the error if there is one, which is what is forgotten.
fn blamed(service: &Service, method: &Method) -> Span {
    match sides(service, &method.output) {
        (_, Some(err)) if matches!(method.output.kind, OutputKind::Result { .. }) => place(&err),
        _ => place(&method.output.whole),
    }
}

fn call(service: &Service, method: &Method) -> TokenStream {
    let span = blamed(service, method);
    let p = private_at(service, span);
    let (ok, err) = sides(service, &method.output);
    match (&method.output.kind, err) {
        (OutputKind::Rpc { .. }, _) => quote_spanned!(span=> #p::call_rpc::<_, #ok, _>),
        (_, Some(err)) => quote_spanned!(span=> #p::call_result::<_, #ok, #err, _, _>),
        (_, None) => quote_spanned!(span=> #p::call_value::<_, #ok, _>),
    }
}

/// The parameters of a client's method, those that travel, all with one lifetime.
pub(super) fn parameters(method: &Method) -> impl Iterator<Item = TokenStream> {
    method.fields().map(|argument| {
        let (name, ty) = (&argument.ident, types::with_lifetime(&argument.ty, &lifetime()));
        code!(#name: #ty)
    })
}

/// Whether a parameter of a client's method borrows.
pub(super) fn parameters_borrow(method: &Method) -> bool {
    method.fields().any(|argument| !types::borrows(&argument.ty).is_empty())
}

/// What the request holds of a parameter, if that is not the parameter itself.
fn into_field(service: &Service, argument: &Argument) -> Option<TokenStream> {
    let span = place(&argument.ty);
    let p = private_at(service, span);
    let name = &argument.ident;
    match argument.kind {
        ArgumentKind::Context | ArgumentKind::Owned => None,
        ArgumentKind::Borrowed(_) => Some(quote_spanned!(span=> #p::Arg::borrowed(#name))),
        ArgumentKind::OptionBorrowed(_) => {
            Some(quote_spanned!(span=> #p::core::option::Option::map(#name, #p::Arg::borrowed)))
        }
        ArgumentKind::Cow(_) => Some(quote_spanned!(span=> #p::Arg::from_cow(#name))),
    }
}
