//! The trait itself.
//!
//! It has no `#[diagnostic::on_unimplemented]`: under `#![no_implicit_prelude]` that path does not resolve. When the
//! client is the trait is said by the client's docs, and by farcall's `FromRpcError` where an error is in the way.

use proc_macro2::TokenStream;
use syn::parse_quote;

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
    // Where only the client is used, nothing of the trait is.
    code! {
        #[allow(dead_code)]
        #item
    }
}
