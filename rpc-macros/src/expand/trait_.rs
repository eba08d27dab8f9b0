//! The trait itself.

use proc_macro2::TokenStream;
use syn::{ItemTrait, parse_quote};

use super::client_trait;
use crate::model::Service;

pub(super) fn expand(service: &Service) -> TokenStream {
    let p = &service.private;
    let mut item = service.item.clone();
    item.colon_token.get_or_insert_default();
    item.supertraits.push(parse_quote!(#p::core::marker::Send));
    item.supertraits.push(parse_quote!(#p::core::marker::Sync));
    if !service.complete {
        item.attrs.push(parse_quote!(#[allow(async_fn_in_trait)]));
    }
    let unimplemented = unimplemented(service, &item);
    code! {
        #unimplemented
        #item
    }
}

/// Says when the client is the trait to whom expected it to be.
fn unimplemented(service: &Service, item: &ItemTrait) -> Option<TokenStream> {
    let own = item.attrs.iter().any(|attribute| {
        attribute.path().segments.last().is_some_and(|last| last.ident == "on_unimplemented")
    });
    if own {
        return None;
    }
    let name = item.ident.to_string();
    let message = format!("`{{Self}}` does not implement the service `{name}`");
    let note = client_trait::rule(service);
    Some(code!(#[diagnostic::on_unimplemented(message = #message, note = #note)]))
}
