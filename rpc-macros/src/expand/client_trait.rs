//! The traits that the client implements: farcall's `Client`, and the service's own where errors allow it.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident};
use syn::{ReceiverKind, Type, TypeParamBound};

use super::client::sides;
use super::parts::local;
use crate::model::{Form, Method, OutputKind, Service};

pub(super) fn expand(service: &Service) -> TokenStream {
    let p = &service.private;
    let name = &service.names.client;
    let own = obstacle(service).is_none().then(|| own_trait(service));
    code! {
        impl #p::Client for #name {
            fn from_channel(__channel: #p::Channel) -> Self {
                Self { channel: __channel }
            }

            fn channel(&self) -> &#p::Channel {
                &self.channel
            }

            fn descriptor() -> &'static #p::ServiceDescriptor {
                &__SERVICE
            }
        }

        #own
    }
}

/// Whether the client is the trait, as a sentence without its full stop.
pub(super) fn rule(service: &Service) -> String {
    let (client, trait_) = (&service.names.client, &service.item.ident);
    match obstacle(service) {
        Some(obstacle) => format!("`{client}` does not implement `{trait_}`, since {obstacle}"),
        None => {
            let supertraits = if service.item.supertraits.is_empty() {
                String::new()
            } else {
                format!(", and `{client}` every supertrait of `{trait_}`")
            };
            format!(
                "`{client}` implements `{trait_}` if every error of its methods implements `From<farcall::RpcError>`{supertraits}"
            )
        }
    }
}

/// What in the tokens keeps the client from being the trait.
fn obstacle(service: &Service) -> Option<String> {
    if !service.complete {
        return Some("the trait has mistakes".to_owned());
    }
    service.methods.iter().find_map(|method| {
        let name = &method.ident;
        match (method.form, &method.output.kind) {
            _ if method.streams_at_once() => None,
            (Form::Plain, _) => Some(format!("its method `{name}` is not async")),
            (_, OutputKind::Value) => {
                Some(format!("its method `{name}` returns no `Result`, which could hold a failed call"))
            }
            _ => None,
        }
        .or_else(|| stream_obstacle(method))
    })
}

fn stream_obstacle(method: &Method) -> Option<String> {
    let (name, stream) = (&method.ident, method.stream.as_ref()?);
    if matches!(stream.items.kind, OutputKind::Value) {
        Some(format!(
            "the items that its method `{name}` streams are no `Result`s, which could hold a failed call"
        ))
    } else if stream.sync {
        Some(format!("the stream that its method `{name}` returns is `Sync`"))
    } else if stream.bounded && method.takes_streams() {
        // That of the client holds those which it sends, whose lifetime the trait does not say.
        Some(format!("its method `{name}` takes streams and returns one with a lifetime of its own"))
    } else {
        None
    }
}

fn own_trait(service: &Service) -> TokenStream {
    let (trait_, name) = (&service.item.ident, &service.names.client);
    let bounds = error_bounds(service).into_iter().chain(supertrait_bounds(service));
    let methods = service.methods.iter().map(|method| expand_method(service, method));
    let aliases = error_aliases(service);
    code! {
        #(#aliases)*
        impl #trait_ for #name
        where
            #(#bounds,)*
        {
            #(#methods)*
        }
    }
}

/// An error of a method, and by what name it goes where there may be a `#[cfg]`.
struct MethodError<'m> {
    method: &'m Method,
    err: Type,
    alias: Ident,
}

fn errors(service: &Service) -> impl Iterator<Item = MethodError<'_>> {
    service.methods.iter().flat_map(move |method| {
        let items = method.stream.as_ref().map(|stream| &stream.items);
        let named = [("__Error", Some(&method.output)), ("__ItemError", items)];
        named.into_iter().filter_map(move |(name, output)| {
            let err = sides(service, output?).1?;
            Some(MethodError { method, err, alias: format_ident!("{name}{}", method.index) })
        })
    })
}

/// `for<'x>` keeps rustc from checking the bound before somebody relies on it.
fn error_bounds(service: &Service) -> Vec<TokenStream> {
    let p = &service.private;
    let mut bounds = BTreeMap::new();
    for MethodError { method, err, alias } in errors(service) {
        let err = if method.cfgs.is_empty() { err.to_token_stream() } else { alias.to_token_stream() };
        bounds.insert(err.to_string(), code!(for<'farcall> #err: #p::FromRpcError));
    }
    bounds.into_values().collect()
}

/// Bounds cannot have a `#[cfg]`: the error of a method that has one goes by another name, behind which stands one
/// that fulfils the bound when the method is removed.
fn error_aliases(service: &Service) -> impl Iterator<Item = TokenStream> {
    let p = &service.private;
    errors(service).filter(|error| !error.method.cfgs.is_empty()).map(
        move |MethodError { method, err, alias }| {
            let cfgs = &method.cfgs;
            let conditions: Vec<_> =
                cfgs.iter().filter_map(|cfg| cfg.parse_args::<TokenStream>().ok()).collect();
            let all = match conditions.as_slice() {
                [only] => only.clone(),
                all => code!(all(#(#all),*)),
            };
            code! {
                #(#cfgs)*
                type #alias = #err;
                #[cfg(not(#all))]
                type #alias = #p::RpcError;
            }
        },
    )
}

fn supertrait_bounds(service: &Service) -> impl Iterator<Item = TokenStream> {
    let name = &service.names.client;
    service.item.supertraits.iter().filter_map(move |bound| match bound {
        TypeParamBound::Trait(bound) if bound.maybe.is_none() => {
            let open = bound.lifetimes.is_none().then(|| code!(for<'farcall>));
            Some(code!(#open #name: #bound))
        }
        _ => None,
    })
}

fn expand_method(service: &Service, method: &Method) -> TokenStream {
    let p = &service.private;
    let (cfgs, name, output) = (&method.cfgs, &method.ident, &method.written);
    let own = match &method.receiver.kind {
        ReceiverKind::Reference(_, lifetime, _) => lifetime.as_ref(),
        _ => None,
    };
    let (generics, clause) = (&method.generics, &method.generics.where_clause);
    let names: Vec<_> = (0..method.arguments.len()).map(|number| local("argument", number)).collect();
    let parameters = method.arguments.iter().zip(&names).map(|(argument, name)| {
        let ty = &argument.ty;
        code!(#name: #ty)
    });
    let values =
        method.arguments.iter().zip(&names).filter(|(argument, _)| argument.travels()).map(|(_, name)| name);
    let context =
        method.arguments.iter().zip(&names).find(|(argument, _)| !argument.travels()).map(|(_, name)| name);
    let client = match context {
        Some(context) => code! {
            &<Self as #p::Client>::from_channel(#p::Channel::with_parent(&self.channel, #context))
        },
        None => code!(self),
    };
    let call = code!(Self::#name(#client, #(#values),*));
    let asyncness = (!method.streams_at_once()).then(|| code!(async));
    let body = body(service, method, &call);
    code! {
        #(#cfgs)*
        #asyncness fn #name #generics(&#own self, #(#parameters),*) -> #output #clause {
            #body
        }
    }
}

/// What the method of the trait gives, from a call of the client's.
fn body(service: &Service, method: &Method, call: &TokenStream) -> TokenStream {
    let p = &service.private;
    let opened = || match method.output.kind {
        OutputKind::Rpc { .. } | OutputKind::Value => code!(#call.await),
        OutputKind::Result { .. } | OutputKind::Alias => code!(#p::flatten_call_error(#call.await)),
    };
    let Some(stream) = &method.stream else {
        return opened();
    };
    let flatten = match stream.items.kind {
        OutputKind::Rpc { .. } | OutputKind::Value => None,
        OutputKind::Result { .. } | OutputKind::Alias => Some(code!(#p::flatten_stream)),
    };
    if method.streams_at_once() {
        let stream = flatten.map_or_else(|| call.clone(), |flatten| code!(#flatten(#call)));
        return if method.takes_streams() {
            code!(#p::forward(move |__forward| async move { #p::Forward::items(__forward, #stream).await }))
        } else {
            stream
        };
    }
    let opened = opened();
    let opened = flatten
        .map_or_else(|| opened.clone(), |flatten| code!(#p::core::result::Result::map(#opened, #flatten)));
    if method.takes_streams() {
        code!(#p::forward_opened(move |__forward| async move { #p::Forward::opened(__forward, #opened).await }).await)
    } else {
        opened
    }
}
