//! The blocking client. Whether it is there depends on a feature of farcall's, which only farcall can see.

use proc_macro2::TokenStream;

use super::client::{parameters, parameters_borrow, result};
use super::forward;
use super::parts::{lifetime, lints};
use crate::model::{Method, Service};

pub(super) fn expand(service: &Service) -> TokenStream {
    let p = &service.private;
    let (cfgs, vis, name, client) =
        (&service.cfgs, &service.item.vis, &service.names.blocking, &service.names.client);
    let docs = format!(
        " A client of the service [`{}`] for code that is not async: a call parks the calling thread.",
        service.item.ident
    );
    let methods = service.methods.iter().map(|method| expand_method(service, method));
    let forwarders = forward::blocking(service);
    let lints = lints(service);
    code! {
        #p::if_blocking! {
            #(#cfgs)*
            #[doc = #docs]
            #lints
            #[derive(#p::core::clone::Clone, #p::core::fmt::Debug)]
            #vis struct #name {
                client: #client,
            }

            #(#cfgs)*
            #lints
            impl #name {
                #(#methods)*
                #forwarders
            }
        }
    }
}

fn expand_method(service: &Service, method: &Method) -> TokenStream {
    let p = &service.private;
    let (cfgs, carried, vis, name) = (&method.cfgs, &method.carried, &service.item.vis, &method.ident);
    let client = &service.names.client;
    let lifetime = lifetime();
    let lent = parameters_borrow(method).then_some(&lifetime);
    let parameters = parameters(method);
    let arguments = method.fields().map(|argument| &argument.ident);
    let result = result(service, method);
    code! {
        #(#cfgs)*
        #(#carried)*
        #vis fn #name<#lent>(&self, #(#parameters),*) -> #result {
            #p::block_on(#client::#name(&self.client, #(#arguments),*))
        }
    }
}
