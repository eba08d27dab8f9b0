//! What streams add to methods of clients and arms of dispatchers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::Lifetime;

use super::client::{blamed, sides};
use super::parts::{lifetime, place, private_at};
use super::request_serde::{error_payload, payload};
use crate::model::{Argument, Method, Output, OutputKind, Service};
use crate::types;

/// The lifetime of everything that the streams borrow which a call takes along. What it opens may live longer than
/// its arguments; everything else has one lifetime, among several of which rustc could not choose.
fn streams_lifetime(method: &Method) -> Lifetime {
    if method.stream.is_some() { Lifetime::new("'streams", Span::call_site()) } else { lifetime() }
}

/// What a method of a client declares: lifetimes, and a type for each stream that it takes.
pub(super) struct Declared {
    lifetimes: Vec<Lifetime>,
    types: Vec<Ident>,
}

impl Declared {
    pub(super) fn of(method: &Method) -> Self {
        let borrows = method.fields().any(|argument| !types::borrows(&argument.ty).is_empty());
        let streams = method.takes_streams().then(|| streams_lifetime(method));
        let own = (borrows && streams != Some(lifetime())).then(lifetime);
        let lifetimes = [own, streams].into_iter().flatten();
        let types = method.streams().enumerate().map(|(number, _)| format_ident!("__Stream{number}"));
        Self { lifetimes: lifetimes.collect(), types: types.collect() }
    }

    /// `<'call, 'streams, __Stream0: …>`, with the bound that each type gets for what its stream is of.
    pub(super) fn generics(
        &self,
        method: &Method,
        bound: impl Fn(&Output, &Lifetime) -> TokenStream,
    ) -> TokenStream {
        let (lifetimes, types) = (&self.lifetimes, &self.types);
        if lifetimes.is_empty() {
            return TokenStream::new();
        }
        let bounds = method.streams().map(|(_, items)| bound(items, &streams_lifetime(method)));
        code!(<#(#lifetimes,)* #(#types: #bounds),*>)
    }

    /// `use<'call, 'streams, __Stream0>`
    pub(super) fn captured(&self) -> TokenStream {
        let (lifetimes, types) = (&self.lifetimes, &self.types);
        code!(use<#(#lifetimes,)* #(#types),*>)
    }

    /// The parameters, in the order of the trait.
    pub(super) fn parameters(&self, method: &Method) -> Vec<TokenStream> {
        let mut streams = self.types.iter();
        let parameter = |argument: &Argument| {
            let name = &argument.ident;
            if argument.items().is_some() {
                let ty = streams.next();
                return code!(#name: #ty);
            }
            let ty = types::with_lifetime(&argument.ty, &lifetime());
            code!(#name: #ty)
        };
        method.parameters().map(parameter).collect()
    }
}

/// How the items of a stream cross.
pub(super) fn items(service: &Service, items: &Output) -> TokenStream {
    let span = blamed(items);
    let p = private_at(service, span);
    let (ok, err) = sides(service, items);
    let value = payload(service, &ok, place(&ok));
    match (&items.kind, err) {
        (OutputKind::Rpc { .. }, _) => quote_spanned!(span=> #p::items_rpc::<#ok, _>(#value)),
        (_, Some(err)) => {
            let error = error_payload(service, &err);
            quote_spanned!(span=> #p::items_result::<#ok, #err, _, _>(#value, #error))
        }
        (_, None) => quote_spanned!(span=> #p::items_value::<#ok, _>(#value)),
    }
}

/// The streams that a call takes along.
pub(super) fn uploads(service: &Service, method: &Method) -> TokenStream {
    let p = &service.private;
    if !method.takes_streams() {
        return code!(#p::Uploads::none());
    }
    let uploads = method.streams().map(|(argument, of)| {
        let (name, items) = (&argument.ident, items(service, of));
        let span = blamed(of);
        let p = private_at(service, span);
        quote_spanned!(span=> #p::upload(#name, #items))
    });
    code!(#p::Uploads::new([#(#uploads),*]))
}

/// The type parameters of the stream that a caller gets, and so those of the iterator: how long, of what, with which
/// error.
pub(super) fn reply_parameters(service: &Service, method: &Method, of: &Output) -> TokenStream {
    let lifetime = if method.takes_streams() {
        streams_lifetime(method)
    } else {
        Lifetime::new("'static", Span::call_site())
    };
    let (ok, err) = sides(service, of);
    let error = call_error(service, err.as_ref());
    code!(<#lifetime, #ok, #error>)
}

/// The error with which a call fails.
pub(super) fn call_error(service: &Service, application: Option<&syn::Type>) -> TokenStream {
    let p = &service.private;
    match application {
        None => code!(#p::RpcError),
        Some(err) => code!(#p::CallError<#err>),
    }
}
