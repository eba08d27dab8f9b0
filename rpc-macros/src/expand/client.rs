//! The client: a stub whose methods are lazy futures.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Type, parse_quote};

use super::parts::{lints, place, private_at};
use super::request_serde::{error_payload, payload};
use super::streams::{Declared, call_error, items, reply_parameters, uploads};
use super::{client_trait, forward};
use crate::model::{Argument, ArgumentKind, Method, Output, OutputKind, Service};

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
    let values = method.fields().map(|argument| {
        let name = &argument.ident;
        match into_field(service, argument) {
            Some(value) => code!(#name: #value),
            None => code!(#name),
        }
    });
    let request = code!(#request::#variant { #(#values),* });
    let channel = code!(#p::Channel::share(&self.channel));
    let span = match &method.stream {
        Some(stream) if method.streams_at_once() => blamed(&stream.items),
        _ => blamed(&method.output),
    };
    let p = private_at(service, span);
    let call = call(service, method, span, &channel, &request);
    let declared = Declared::of(method);
    let (parameters, captured) = (declared.parameters(method), declared.captured());
    let generics = declared.generics(method, |items, lifetime| {
        let item = &items.whole;
        code!(#p::Stream<Item = #item> + #p::core::marker::Send + #lifetime)
    });
    let reply = code!(#p::ReplyStream);
    let result = result(service, method, &reply);
    let output = if method.streams_at_once() {
        result
    } else {
        quote_spanned! {span=>
            impl #p::core::future::Future<Output = #result> + #p::core::marker::Send + #captured
        }
    };
    let body = quote_spanned!(span=> { #call });
    code! {
        #(#cfgs)*
        #(#carried)*
        #vis fn #name #generics(&self, #(#parameters),*) -> #output #body
    }
}

/// What a call of the method gives. `reply` is the type of a stream.
pub(super) fn result(service: &Service, method: &Method, reply: &TokenStream) -> TokenStream {
    let p = &service.private;
    let (ok, err) = sides(service, &method.output);
    let ok = match &method.stream {
        None => ok.to_token_stream(),
        Some(stream) => {
            let parameters = reply_parameters(service, method, &stream.items);
            code!(#reply #parameters)
        }
    };
    if method.streams_at_once() {
        return ok;
    }
    let err = call_error(service, err.as_ref());
    code!(#p::core::result::Result<#ok, #err>)
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
pub(super) fn blamed(output: &Output) -> Span {
    match &output.kind {
        OutputKind::Result { err, .. } => place(err),
        _ => place(&output.whole),
    }
}

fn call(
    service: &Service,
    method: &Method,
    span: Span,
    channel: &TokenStream,
    request: &TokenStream,
) -> TokenStream {
    let p = private_at(service, span);
    let (ok, err) = sides(service, &method.output);
    let uploads = uploads(service, method);
    let Some(stream) = &method.stream else {
        let payloads = payloads(service, method);
        let call = match err {
            Some(err) => quote_spanned!(span=> #p::call_result::<_, #ok, #err, _, _>),
            None => quote_spanned!(span=> #p::call_value::<_, #ok, _>),
        };
        return quote_spanned!(span=> #call(#channel, #request, #uploads, #(#payloads),*));
    };
    let items = items(service, &stream.items);
    match err {
        _ if method.streams_at_once() => {
            quote_spanned!(span=> #p::stream(#channel, #request, #uploads, #items))
        }
        Some(err) => {
            let error = error_payload(service, &err);
            quote_spanned!(span=> #p::open_result::<_, #err, _, _>(#channel, #request, #uploads, #error, #items))
        }
        None => quote_spanned!(span=> #p::open_value(#channel, #request, #uploads, #items)),
    }
}

/// What the request holds of a parameter, if that is not the parameter itself.
fn into_field(service: &Service, argument: &Argument) -> Option<TokenStream> {
    let span = place(&argument.ty);
    let p = private_at(service, span);
    let name = &argument.ident;
    match argument.kind {
        ArgumentKind::Context | ArgumentKind::Owned | ArgumentKind::Stream(_) => None,
        ArgumentKind::Borrowed(_) => Some(quote_spanned!(span=> #p::Arg::borrowed(#name))),
        ArgumentKind::OptionBorrowed(_) => {
            Some(quote_spanned!(span=> #p::core::option::Option::map(#name, #p::Arg::borrowed)))
        }
        ArgumentKind::Cow(_) => Some(quote_spanned!(span=> #p::Arg::from_cow(#name))),
    }
}
