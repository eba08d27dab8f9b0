//! The whole expansion.

use proc_macro2::TokenStream;

use super::parts::lints;
use super::{blocking, client, client_trait, descriptor, fallback, request, request_serde, server, trait_};
use crate::model::Service;
use crate::read;
use crate::report::Errors;

/// What `#[rpc_service(arguments)] item` becomes: the trait in any case, all that is sound, and all mistakes.
pub(crate) fn rpc_service(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let tokens = with_errors(arguments, item, &mut errors);
    let errors = errors.into_compile_errors();
    code!(#tokens #errors)
}

/// The same with the mistakes aside.
pub(super) fn with_errors(arguments: TokenStream, item: TokenStream, errors: &mut Errors) -> TokenStream {
    match syn::parse2::<syn::Item>(item.clone()) {
        Ok(syn::Item::Trait(parsed)) => {
            let (emitted, service) = read::service(arguments, parsed, errors);
            match service {
                Some(service) => all(&service),
                None => fallback::only_trait(&emitted),
            }
        }
        Ok(other) => {
            errors.push(read::head(&other), "`#[rpc_service]` belongs on a trait");
            item
        }
        Err(error) => {
            errors.add(error);
            item
        }
    }
}

fn all(service: &Service) -> TokenStream {
    let trait_ = trait_::expand(service);
    let request = request::expand(service);
    let request_serde = request_serde::expand(service);
    let client = client::expand(service);
    let server = server::expand(service);
    let blocking = blocking::expand(service);
    let cfgs = &service.cfgs;
    let lints = lints(service);
    let client_trait = client_trait::expand(service);
    let dispatcher = server::dispatcher(service);
    let descriptor = descriptor::expand(service);
    code! {
        #trait_
        #request
        #client
        #server
        #blocking
        #(#cfgs)*
        #lints
        const _: () = {
            #descriptor
            #request_serde
            #client_trait
            #dispatcher
        };
    }
}
