//! What every client has from farcall's `Client`, as its own methods, so that the trait need not be in scope. A
//! method of the service that has the same name takes its place.

use proc_macro2::TokenStream;
use quote::format_ident;

use crate::model::Service;

/// The forwarders of the client.
pub(super) fn client(service: &Service) -> TokenStream {
    let p = &service.private;
    let (vis, server, trait_, handler) =
        (&service.item.vis, &service.names.server, &service.item.ident, &service.names.handler);
    let result = code!(#p::core::result::Result<Self, #p::RpcError>);
    let future = code!(#p::core::future::Future);
    let send = code!(#p::core::marker::Send);
    let into = code!(#p::core::convert::Into);
    let client = code!(<Self as #p::Client>);
    let all = [
        (
            "connect",
            code! {
                /// Connects to `endpoints` and shakes hands, so that a wrong address is an error at once.
                #vis fn connect<E: #p::IntoEndpoints + #send>(
                    endpoints: E,
                ) -> impl #future<Output = #result> + #send + use<E> {
                    #client::connect(endpoints)
                }
            },
        ),
        (
            "connect_lazy",
            code! {
                /// A client that connects at its first call.
                #vis fn connect_lazy<E: #p::IntoEndpoints>(endpoints: E) -> #result {
                    #client::connect_lazy(endpoints)
                }
            },
        ),
        (
            "from_config",
            code! {
                #p::if_config! {
                    /// The client called `name` in `config`, which connects at its first call.
                    #vis fn from_config(config: &#p::Config, name: &#p::core::primitive::str) -> #result {
                        #client::from_config(config, name)
                    }
                }
            },
        ),
        (
            "local",
            code! {
                /// A client of an object in this process: everything but the connection.
                #vis fn local<#handler: #trait_ + 'static>(service: #handler) -> Self {
                    #client::from_service(#server::new(service))
                }
            },
        ),
        (
            "with_timeout",
            code! {
                /// A copy whose calls have another timeout.
                #[must_use]
                #vis fn with_timeout<D: #into<#p::Timeout>>(&self, timeout: D) -> Self {
                    #client::with_timeout(self, timeout)
                }
            },
        ),
        (
            "with_metadata",
            code! {
                /// A copy whose calls carry one more piece of metadata.
                #[must_use]
                #vis fn with_metadata<V: #into<#p::MetadataValue>>(
                    &self,
                    key: &#p::core::primitive::str,
                    value: V,
                ) -> Self {
                    #client::with_metadata(self, key, value)
                }
            },
        ),
        (
            "with",
            code! {
                /// A copy whose calls are made with `options`.
                #[must_use]
                #vis fn with(&self, options: #p::CallOptions) -> Self {
                    #client::with(self, options)
                }
            },
        ),
        (
            "close",
            code! {
                /// Ends the connection of this client and of all its copies.
                #vis fn close(&self) -> impl #future<Output = ()> + #send + use<'_> {
                    #client::close(self)
                }
            },
        ),
    ];
    unless_taken(service, all)
}

/// The forwarders of the blocking client, which holds the other one as `client`.
pub(super) fn blocking(service: &Service) -> TokenStream {
    let p = &service.private;
    let (vis, client, trait_, handler) =
        (&service.item.vis, &service.names.client, &service.item.ident, &service.names.handler);
    let result = code!(#p::core::result::Result<Self, #p::RpcError>);
    let into = code!(#p::core::convert::Into);
    let same = code!(<#client as #p::Client>);
    let map = code!(#p::core::result::Result::map);
    let wrap = code!(|client| Self { client });
    let all = [
        (
            "connect",
            code! {
                /// Connects to `endpoints` and shakes hands, so that a wrong address is an error at once.
                #vis fn connect<E: #p::IntoEndpoints + #p::core::marker::Send>(endpoints: E) -> #result {
                    #map(#p::block_on(#same::connect(endpoints)), #wrap)
                }
            },
        ),
        (
            "connect_lazy",
            code! {
                /// A client that connects at its first call.
                #vis fn connect_lazy<E: #p::IntoEndpoints>(endpoints: E) -> #result {
                    #map(#same::connect_lazy(endpoints), #wrap)
                }
            },
        ),
        (
            "from_config",
            code! {
                #p::if_config! {
                    /// The client called `name` in `config`, which connects at its first call.
                    #vis fn from_config(config: &#p::Config, name: &#p::core::primitive::str) -> #result {
                        #map(#same::from_config(config, name), #wrap)
                    }
                }
            },
        ),
        (
            "local",
            code! {
                /// A client of an object in this process: everything but the connection.
                #vis fn local<#handler: #trait_ + 'static>(service: #handler) -> Self {
                    Self { client: #client::local(service) }
                }
            },
        ),
        (
            "with_timeout",
            code! {
                /// A copy whose calls have another timeout.
                #[must_use]
                #vis fn with_timeout<D: #into<#p::Timeout>>(&self, timeout: D) -> Self {
                    Self { client: #same::with_timeout(&self.client, timeout) }
                }
            },
        ),
        (
            "with_metadata",
            code! {
                /// A copy whose calls carry one more piece of metadata.
                #[must_use]
                #vis fn with_metadata<V: #into<#p::MetadataValue>>(
                    &self,
                    key: &#p::core::primitive::str,
                    value: V,
                ) -> Self {
                    Self { client: #same::with_metadata(&self.client, key, value) }
                }
            },
        ),
        (
            "with",
            code! {
                /// A copy whose calls are made with `options`.
                #[must_use]
                #vis fn with(&self, options: #p::CallOptions) -> Self {
                    Self { client: #same::with(&self.client, options) }
                }
            },
        ),
        (
            "close",
            code! {
                /// Ends the connection of this client and of all its copies.
                #vis fn close(&self) {
                    #p::block_on(#same::close(&self.client))
                }
            },
        ),
    ];
    unless_taken(service, all)
}

fn unless_taken<const N: usize>(service: &Service, all: [(&str, TokenStream); N]) -> TokenStream {
    let free = |name: &str| {
        let name = format_ident!("{name}");
        service.methods.iter().all(|method| method.ident != name)
    };
    all.into_iter().filter(|(name, _)| free(name)).map(|(_, tokens)| tokens).collect()
}
