#[allow(dead_code)]
pub trait Defaults: fmt::Debug + Limited + ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync {
    fn twice(
        &self,
        text: String,
        count: u32,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = Result<String, Failure>,
    > + ::farcall::__private::core::marker::Send {
        async move {
            #[allow(
                clippy::redundant_locals,
                reason = "an `async fn` holds every argument until its end"
            )]
            let mut text = text;
            #[allow(
                clippy::redundant_locals,
                reason = "an `async fn` holds every argument until its end"
            )]
            let count = count;
            if let ::farcall::__private::core::option::Option::Some(result) = ::farcall::__private::core::option::Option::None::<
                Result<String, Failure>,
            > {
                return result;
            }
            {
                if count == 0 {
                    return Err(Failure::Nothing);
                }
                text.push_str(&text.clone());
                Ok(text)
            }
        }
    }
    fn connect(&self) -> u8 {
        1
    }
}
/// A call of a method of [`Defaults`] as a value: what interceptors, logs and recordings see.
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
#[non_exhaustive]
pub enum DefaultsRequest<'a> {
    /// The arguments of `twice`.
    Twice {
        /// The argument `text`.
        text: String,
        /// The argument `count`.
        count: u32,
    },
    /// The arguments of `connect`.
    Connect {},
    #[doc(hidden)]
    __Lifetime(::farcall::__private::Never<'a>),
}
/// A client of the service [`Defaults`]: a handle on an endpoint, or on an object in this process.
///
/// Cheap to clone. A call begins when its future is first polled; dropping the future cancels it.
///
/// `DefaultsClient` does not implement `Defaults`, since its method `connect` is not async.
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
#[derive(
    ::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug
)]
pub struct DefaultsClient {
    channel: ::farcall::__private::Channel,
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl DefaultsClient {
    pub fn twice(
        &self,
        text: String,
        count: u32,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            String,
            ::farcall::__private::CallError<Failure>,
        >,
    > + ::farcall::__private::core::marker::Send + use<> {
        ::farcall::__private::call_result::<
            _,
            String,
            Failure,
            _,
            _,
        >(
            ::farcall::__private::core::clone::Clone::clone(&self.channel),
            DefaultsRequest::Twice {
                text,
                count,
            },
            ::farcall::__private::payload!(String),
            ::farcall::__private::payload!(error Failure),
        )
    }
    pub fn connect(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            u8,
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<> {
        ::farcall::__private::call_value::<
            _,
            u8,
            _,
        >(
            ::farcall::__private::core::clone::Clone::clone(&self.channel),
            DefaultsRequest::Connect {},
            ::farcall::__private::payload!(u8),
        )
    }
    /// A client that connects at its first call.
    pub fn connect_lazy<E: ::farcall::__private::IntoEndpoints>(
        endpoints: E,
    ) -> ::farcall::__private::core::result::Result<
        Self,
        ::farcall::__private::RpcError,
    > {
        <Self as ::farcall::__private::Client>::connect_lazy(endpoints)
    }
    ::farcall::__private::if_config! {
        #[doc =
        r" The client called `name` in `config`, which connects at its first call."] pub
        fn from_config(config : & ::farcall::__private::Config, name : &
        ::farcall::__private::core::primitive::str) ->
        ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError
        > { < Self as ::farcall::__private::Client > ::from_config(config, name) }
    }
    /// A client of an object in this process: everything but the connection.
    pub fn local<S: Defaults + 'static>(service: S) -> Self {
        <Self as ::farcall::__private::Client>::from_service(
            DefaultsServer::new(service),
        )
    }
    /// A copy whose calls have another timeout.
    #[must_use]
    pub fn with_timeout<
        D: ::farcall::__private::core::convert::Into<::farcall::__private::Timeout>,
    >(&self, timeout: D) -> Self {
        <Self as ::farcall::__private::Client>::with_timeout(self, timeout)
    }
    /// A copy whose calls carry one more piece of metadata.
    #[must_use]
    pub fn with_metadata<
        V: ::farcall::__private::core::convert::Into<::farcall::__private::MetadataValue>,
    >(&self, key: &::farcall::__private::core::primitive::str, value: V) -> Self {
        <Self as ::farcall::__private::Client>::with_metadata(self, key, value)
    }
    /// A copy whose calls are made with `options`.
    #[must_use]
    pub fn with(&self, options: ::farcall::__private::CallOptions) -> Self {
        <Self as ::farcall::__private::Client>::with(self, options)
    }
    /// Ends the connection of this client and of all its copies.
    pub fn close(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = (),
    > + ::farcall::__private::core::marker::Send + use<'_> {
        <Self as ::farcall::__private::Client>::close(self)
    }
}
/// Serves an object as the service [`Defaults`].
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
pub struct DefaultsServer<S> {
    service: ::farcall::__private::Arc<S>,
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl<S: Defaults + 'static> DefaultsServer<S> {
    /// Serves `service`.
    pub fn new(service: S) -> Self {
        Self {
            service: ::farcall::__private::Arc::new(service),
        }
    }
    /// Serves an object that others hold as well.
    pub fn from_arc(service: ::farcall::__private::Arc<S>) -> Self {
        Self { service }
    }
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl<S> ::farcall::__private::core::clone::Clone for DefaultsServer<S> {
    fn clone(&self) -> Self {
        Self {
            service: ::farcall::__private::core::clone::Clone::clone(&self.service),
        }
    }
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl<S> ::farcall::__private::core::fmt::Debug for DefaultsServer<S> {
    fn fmt(
        &self,
        f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
    ) -> ::farcall::__private::core::fmt::Result {
        ::farcall::__private::core::fmt::Formatter::write_str(f, "DefaultsServer")
    }
}
::farcall::__private::if_blocking! {
    #[doc =
    " A client of the service [`Defaults`] for code that is not async: a call parks the calling thread."]
    #[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
    #[derive(::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug)] pub struct DefaultsBlockingClient { client :
    DefaultsClient, } #[allow(dead_code, deprecated, private_bounds, private_interfaces,
    unreachable_pub)] impl DefaultsBlockingClient { pub fn twice < > (& self, text :
    String, count : u32) -> ::farcall::__private::core::result::Result < String,
    ::farcall::__private::CallError < Failure >> {
    ::farcall::__private::block_on(DefaultsClient::twice(& self.client, text, count)) }
    pub fn connect < > (& self,) -> ::farcall::__private::core::result::Result < u8,
    ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(DefaultsClient::connect(& self.client,)) } #[doc =
    r" A client that connects at its first call."] pub fn connect_lazy < E :
    ::farcall::__private::IntoEndpoints > (endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< DefaultsClient as
    ::farcall::__private::Client > ::connect_lazy(endpoints), | client | Self { client })
    } ::farcall::__private::if_config! { #[doc =
    r" The client called `name` in `config`, which connects at its first call."] pub fn
    from_config(config : & ::farcall::__private::Config, name : &
    ::farcall::__private::core::primitive::str) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< DefaultsClient as
    ::farcall::__private::Client > ::from_config(config, name), | client | Self { client
    }) } } #[doc =
    r" A client of an object in this process: everything but the connection."] pub fn
    local < S : Defaults + 'static > (service : S) -> Self { Self { client :
    DefaultsClient::local(service) } } #[doc =
    r" A copy whose calls have another timeout."] #[must_use] pub fn with_timeout < D :
    ::farcall::__private::core::convert::Into < ::farcall::__private::Timeout >> (& self,
    timeout : D) -> Self { Self { client : < DefaultsClient as
    ::farcall::__private::Client > ::with_timeout(& self.client, timeout) } } #[doc =
    r" A copy whose calls carry one more piece of metadata."] #[must_use] pub fn
    with_metadata < V : ::farcall::__private::core::convert::Into <
    ::farcall::__private::MetadataValue >> (& self, key : &
    ::farcall::__private::core::primitive::str, value : V,) -> Self { Self { client : <
    DefaultsClient as ::farcall::__private::Client > ::with_metadata(& self.client, key,
    value) } } #[doc = r" A copy whose calls are made with `options`."] #[must_use] pub
    fn with(& self, options : ::farcall::__private::CallOptions) -> Self { Self { client
    : < DefaultsClient as ::farcall::__private::Client > ::with(& self.client, options) }
    } #[doc = r" Ends the connection of this client and of all its copies."] pub fn
    close(& self) { ::farcall::__private::block_on(< DefaultsClient as
    ::farcall::__private::Client > ::close(& self.client)) } }
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
const _: () = {
    static __METHOD_0: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Defaults", 0x48022f6d5501d677),
            ("twice", 0xf28f84632d37a1c5),
            "",
        )
        .with_variant("Twice", 0)
        .with_arguments(
            &["text", "count"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("text"),
                ::farcall::__private::ArgumentDescriptor::new("count"),
            ],
        );
    static __METHOD_1: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Defaults", 0x48022f6d5501d677),
            ("connect", 0xbae755cd42badc6f),
            "",
        )
        .with_variant("Connect", 1);
    static __SERVICE: ::farcall::__private::ServiceDescriptor = ::farcall::__private::ServiceDescriptor::new(
        "Defaults",
        0x48022f6d5501d677,
        "",
        &[&__METHOD_0, &__METHOD_1],
    );
    const __VARIANTS: &[&::farcall::__private::core::primitive::str] = &[
        "Twice",
        "Connect",
    ];
    impl<'a> ::farcall::__private::Request for DefaultsRequest<'a> {
        fn method(&self) -> &'static ::farcall::__private::MethodDescriptor {
            match self {
                Self::Twice { .. } => &__METHOD_0,
                Self::Connect { .. } => &__METHOD_1,
                Self::__Lifetime(never) => ::farcall::__private::Never::reach(never),
            }
        }
        fn serialize_fields<__Serializer: ::farcall::__private::serde::Serializer>(
            &self,
            name: &'static ::farcall::__private::core::primitive::str,
            serializer: __Serializer,
        ) -> ::farcall::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            match self {
                Self::Twice { text: argument0, count: argument1 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_0,
                        name,
                        serializer,
                        (
                            ::farcall::__private::Field::new(
                                argument0,
                                ::farcall::__private::payload!(String),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    argument1,
                                    ::farcall::__private::payload!(u32),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::Connect {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_1,
                        name,
                        serializer,
                        (),
                    )
                }
                Self::__Lifetime(never) => ::farcall::__private::Never::reach(never),
            }
        }
    }
    impl<'a> ::farcall::__private::DecodeRequest<'a> for DefaultsRequest<'a> {
        fn deserialize_arguments<
            __Deserializer: ::farcall::__private::serde::Deserializer<'a>,
        >(
            method: ::farcall::__private::core::primitive::u64,
            body: &'a ::farcall::__private::Bytes,
            deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            match method {
                0xf28f84632d37a1c5 => {
                    let (argument0, (argument1, ())) = ::farcall::__private::decode_arguments(
                        &__METHOD_0,
                        body,
                        deserializer,
                        (
                            ::farcall::__private::Slot::<
                                String,
                                _,
                            >::required(::farcall::__private::payload!(String)),
                            (
                                ::farcall::__private::Slot::<
                                    u32,
                                    _,
                                >::required(::farcall::__private::payload!(u32)),
                                (),
                            ),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Twice {
                        text: argument0,
                        count: argument1,
                    })
                }
                0xbae755cd42badc6f => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_1,
                        body,
                        deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Connect {})
                }
                _ => {
                    ::farcall::__private::core::result::Result::Err(
                        ::farcall::__private::unknown_method(&__SERVICE, method),
                    )
                }
            }
        }
    }
    impl ::farcall::__private::serde::Serialize for DefaultsRequest<'_> {
        fn serialize<__Serializer: ::farcall::__private::serde::Serializer>(
            &self,
            serializer: __Serializer,
        ) -> ::farcall::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            ::farcall::__private::serialize_request(self, "DefaultsRequest", serializer)
        }
    }
    impl<'a> ::farcall::__private::serde::Deserialize<'a> for DefaultsRequest<'a> {
        fn deserialize<__Deserializer: ::farcall::__private::serde::Deserializer<'a>>(
            deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            ::farcall::__private::deserialize_request(
                &__SERVICE,
                "DefaultsRequest",
                __VARIANTS,
                deserializer,
            )
        }
    }
    impl ::farcall::__private::core::fmt::Debug for DefaultsRequest<'_> {
        fn fmt(
            &self,
            f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
        ) -> ::farcall::__private::core::fmt::Result {
            ::farcall::__private::debug_request(self, f)
        }
    }
    impl ::farcall::__private::Client for DefaultsClient {
        fn from_channel(channel: ::farcall::__private::Channel) -> Self {
            Self { channel }
        }
        fn channel(&self) -> &::farcall::__private::Channel {
            &self.channel
        }
        fn descriptor() -> &'static ::farcall::__private::ServiceDescriptor {
            &__SERVICE
        }
    }
    impl<__Handler: Defaults + 'static> ::farcall::__private::Service
    for DefaultsServer<__Handler> {
        fn descriptor(&self) -> &'static ::farcall::__private::ServiceDescriptor {
            &__SERVICE
        }
        fn dispatch(
            &self,
            incoming: ::farcall::__private::Incoming,
        ) -> ::farcall::__private::HandlerFuture {
            let service = ::farcall::__private::core::clone::Clone::clone(&self.service);
            match ::farcall::__private::Incoming::method(&incoming).id {
                0xf28f84632d37a1c5 => {
                    ::farcall::__private::Incoming::run(
                        incoming,
                        move |incoming| async move {
                            let (argument0, argument1) = match ::farcall::__private::Incoming::decode::<
                                DefaultsRequest<'_>,
                            >(&incoming) {
                                ::farcall::__private::core::result::Result::Ok(
                                    DefaultsRequest::Twice { text: argument0, count: argument1 },
                                ) => (argument0, argument1),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(reply) => {
                                    return reply;
                                }
                            };
                            let value = <__Handler as Defaults>::twice(
                                    &*service,
                                    argument0,
                                    argument1,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_result(
                                &incoming,
                                ::farcall::__private::payload!(String),
                                ::farcall::__private::payload!(error Failure),
                                ::farcall::__private::into_result(value),
                            )
                        },
                    )
                }
                0xbae755cd42badc6f => {
                    ::farcall::__private::Incoming::run(
                        incoming,
                        move |incoming| async move {
                            let () = match ::farcall::__private::Incoming::decode::<
                                DefaultsRequest<'_>,
                            >(&incoming) {
                                ::farcall::__private::core::result::Result::Ok(
                                    DefaultsRequest::Connect {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(reply) => {
                                    return reply;
                                }
                            };
                            let value = <__Handler as Defaults>::connect(&*service);
                            ::farcall::__private::Incoming::reply_value(
                                &incoming,
                                ::farcall::__private::payload!(u8),
                                value,
                            )
                        },
                    )
                }
                _ => ::farcall::__private::Incoming::unknown_method(incoming),
            }
        }
    }
};
