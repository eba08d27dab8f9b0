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
            "builder",
            code! {
                /// Makes a client with limits, a timeout, interceptors or transports of its own.
                #vis fn builder<E: #p::IntoEndpoints>(__endpoints: E) -> #p::ClientBuilder<Self> {
                    #client::builder(__endpoints)
                }
            },
        ),
        (
            "connect",
            code! {
                /// Connects to the endpoints and shakes hands, so that a wrong address is an error at once.
                #vis fn connect<E: #p::IntoEndpoints + #send>(
                    __endpoints: E,
                ) -> impl #future<Output = #result> + #send + use<E> {
                    #client::connect(__endpoints)
                }
            },
        ),
        (
            "connect_lazy",
            code! {
                /// A client that connects at its first call.
                #vis fn connect_lazy<E: #p::IntoEndpoints>(__endpoints: E) -> #result {
                    #client::connect_lazy(__endpoints)
                }
            },
        ),
        (
            "from_config",
            code! {
                #p::if_config! {
                    /// The client of this name in the configuration, which connects at its first call.
                    #vis fn from_config(__config: &#p::Config, __name: &#p::core::primitive::str) -> #result {
                        #client::from_config(__config, __name)
                    }
                }
            },
        ),
        (
            "local",
            code! {
                /// A client of an object in this process: everything but the connection.
                #vis fn local<#handler: #trait_ + 'static>(__service: #handler) -> Self {
                    #client::from_service(#server::new(__service))
                }
            },
        ),
        (
            "with_timeout",
            code! {
                /// A copy whose calls have another timeout.
                #[must_use]
                #vis fn with_timeout<D: #into<#p::Timeout>>(&self, __timeout: D) -> Self {
                    #client::with_timeout(self, __timeout)
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
                    __key: &#p::core::primitive::str,
                    __value: V,
                ) -> Self {
                    #client::with_metadata(self, __key, __value)
                }
            },
        ),
        (
            "with_parent",
            code! {
                /// A copy whose calls are part of serving that one.
                #[must_use]
                #vis fn with_parent(&self, __parent: &#p::Context) -> Self {
                    #client::with_parent(self, __parent)
                }
            },
        ),
        (
            "with_reply_metadata",
            code! {
                /// A copy whose calls put there what comes beside their answers.
                #[must_use]
                #vis fn with_reply_metadata(&self, __place: &#p::ReplyMetadata) -> Self {
                    #client::with_reply_metadata(self, __place)
                }
            },
        ),
        (
            "with_interceptor",
            code! {
                /// A copy whose calls go through this as well.
                #[must_use]
                #vis fn with_interceptor<I: #p::Interceptor>(&self, __interceptor: I) -> Self {
                    #client::with_interceptor(self, __interceptor)
                }
            },
        ),
        (
            "with",
            code! {
                /// A copy whose calls are made with these options alone: a timeout or metadata of this one is gone.
                #[must_use]
                #vis fn with(&self, __options: #p::CallOptions) -> Self {
                    #client::with(self, __options)
                }
            },
        ),
        (
            "compatibility",
            code! {
                /// Compares all methods with what the server has.
                #vis fn compatibility(
                    &self,
                ) -> impl #future<Output = #p::core::result::Result<#p::CompatibilityReport, #p::RpcError>> + #send + use<'_> {
                    #client::compatibility(self)
                }
            },
        ),
        (
            "supports",
            code! {
                /// Whether the server has the method with this name on the wire, and takes what this program sends.
                #vis fn supports<'__client>(
                    &'__client self,
                    __method: &'__client #p::core::primitive::str,
                ) -> impl #future<Output = #p::core::result::Result<#p::core::primitive::bool, #p::RpcError>>
                    + #send
                    + use<'__client> {
                    #client::supports(self, __method)
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
    let wrap = code!(|__client| Self { client: __client });
    let all = [
        (
            "connect",
            code! {
                /// Connects to the endpoints and shakes hands, so that a wrong address is an error at once.
                #vis fn connect<E: #p::IntoEndpoints + #p::core::marker::Send>(__endpoints: E) -> #result {
                    #map(#p::block_on(#same::connect(__endpoints)), #wrap)
                }
            },
        ),
        (
            "connect_lazy",
            code! {
                /// A client that connects at its first call.
                #vis fn connect_lazy<E: #p::IntoEndpoints>(__endpoints: E) -> #result {
                    #map(#same::connect_lazy(__endpoints), #wrap)
                }
            },
        ),
        (
            "from_config",
            code! {
                #p::if_config! {
                    /// The client of this name in the configuration, which connects at its first call.
                    #vis fn from_config(__config: &#p::Config, __name: &#p::core::primitive::str) -> #result {
                        #map(#same::from_config(__config, __name), #wrap)
                    }
                }
            },
        ),
        (
            "local",
            code! {
                /// A client of an object in this process: everything but the connection.
                #vis fn local<#handler: #trait_ + 'static>(__service: #handler) -> Self {
                    Self { client: #client::local(__service) }
                }
            },
        ),
        (
            "with_timeout",
            code! {
                /// A copy whose calls have another timeout.
                #[must_use]
                #vis fn with_timeout<D: #into<#p::Timeout>>(&self, __timeout: D) -> Self {
                    Self { client: #same::with_timeout(&self.client, __timeout) }
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
                    __key: &#p::core::primitive::str,
                    __value: V,
                ) -> Self {
                    Self { client: #same::with_metadata(&self.client, __key, __value) }
                }
            },
        ),
        (
            "with_parent",
            code! {
                /// A copy whose calls are part of serving that one.
                #[must_use]
                #vis fn with_parent(&self, __parent: &#p::Context) -> Self {
                    Self { client: #same::with_parent(&self.client, __parent) }
                }
            },
        ),
        (
            "with_reply_metadata",
            code! {
                /// A copy whose calls put there what comes beside their answers.
                #[must_use]
                #vis fn with_reply_metadata(&self, __place: &#p::ReplyMetadata) -> Self {
                    Self { client: #same::with_reply_metadata(&self.client, __place) }
                }
            },
        ),
        (
            "with_interceptor",
            code! {
                /// A copy whose calls go through this as well.
                #[must_use]
                #vis fn with_interceptor<I: #p::Interceptor>(&self, __interceptor: I) -> Self {
                    Self { client: #same::with_interceptor(&self.client, __interceptor) }
                }
            },
        ),
        (
            "with",
            code! {
                /// A copy whose calls are made with these options alone: a timeout or metadata of this one is gone.
                #[must_use]
                #vis fn with(&self, __options: #p::CallOptions) -> Self {
                    Self { client: #same::with(&self.client, __options) }
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
