//! The blocking client. Whether it is there depends on a feature of farcall's, which only farcall can see.

use proc_macro2::TokenStream;

use super::client::result;
use super::forward;
use super::parts::lints;
use super::streams::Declared;
use crate::model::{Method, Service};

pub(super) fn expand(service: &Service) -> TokenStream {
    let p = &service.private;
    let (cfgs, vis, name, client) =
        (&service.cfgs, &service.item.vis, &service.names.blocking, &service.names.client);
    let docs = docs(service);
    let methods = service.methods.iter().map(|method| expand_method(service, method));
    let forwarders = forward::blocking(service);
    let lints = lints(service);
    code! {
        #p::if_blocking! {
            #(#cfgs)*
            #(#[doc = #docs])*
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

            #(#cfgs)*
            /// For all that the builder can do.
            impl #p::core::convert::From<#client> for #name {
                fn from(__client: #client) -> Self {
                    Self { client: __client }
                }
            }
        }
    }
}

fn docs(service: &Service) -> [String; 3] {
    let (trait_, client) = (&service.item.ident, &service.names.client);
    [
        format!(
            " A client of the service [`{trait_}`] for code that is not async: a call parks the calling thread."
        ),
        String::new(),
        format!(
            " `connect`, `connect_lazy` and `local` make one; for all that a builder can do, `{client}::builder(…).build()` makes a [`{client}`], from which this can be made (`From`)."
        ),
    ]
}

fn expand_method(service: &Service, method: &Method) -> TokenStream {
    let p = &service.private;
    let (cfgs, carried, vis, name) = (&method.cfgs, &method.carried, &service.item.vis, &method.ident);
    let client = &service.names.client;
    let declared = Declared::of(method);
    let parameters = declared.parameters(method);
    let generics = declared.generics(method, |items, lifetime| {
        let item = &items.whole;
        code! {
            #p::core::iter::IntoIterator<Item = #item, IntoIter: #p::core::marker::Send + #lifetime> + #lifetime
        }
    });
    let arguments = method.parameters().map(|argument| {
        let name = &argument.ident;
        if argument.items().is_some() { code!(#p::iter_stream(#name)) } else { code!(#name) }
    });
    let call = code!(#client::#name(&self.client, #(#arguments),*));
    let call = match &method.stream {
        None => code!(#p::block_on(#call)),
        Some(_) if method.streams_at_once() => code!(#p::BlockingStream::new(#call)),
        Some(_) => code!(#p::core::result::Result::map(#p::block_on(#call), #p::BlockingStream::new)),
    };
    let result = result(service, method, &code!(#p::BlockingStream));
    code! {
        #(#cfgs)*
        #(#carried)*
        #vis fn #name #generics(&self, #(#parameters),*) -> #result {
            #call
        }
    }
}
