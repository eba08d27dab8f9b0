#[allow(dead_code)]
/// Does sums.
pub trait CalculatorService: ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync {
    /// Adds two numbers.
    fn add(
        &self,
        a: i64,
        b: i64,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = Result<i64, CalcError>,
    > + ::farcall::__private::core::marker::Send;
    /// Divides `a` by `b`.
    fn divide(
        &self,
        a: i64,
        b: i64,
    ) -> impl Future<Output = Result<i64, CalcError>> + Send;
    fn ping(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = farcall::Result<()>,
    > + ::farcall::__private::core::marker::Send;
}
/// A call of a method of [`CalculatorService`] as a value: what interceptors, logs and recordings see.
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
#[non_exhaustive]
pub enum CalculatorServiceRequest<'a> {
    /// The arguments of `add`.
    Add {
        /// The argument `a`.
        a: i64,
        /// The argument `b`.
        b: i64,
    },
    /// The arguments of `divide`.
    Divide {
        /// The argument `a`.
        a: i64,
        /// The argument `b`.
        b: i64,
    },
    /// The arguments of `ping`.
    Ping {},
    #[doc(hidden)]
    __Lifetime(::farcall::__private::Never<'a>),
}
/// A client of the service [`CalculatorService`]: a handle on an endpoint, or on an object in this process.
///
/// Cheap to clone. A call begins when its future is first polled; dropping the future cancels it.
///
/// `CalculatorServiceClient` implements `CalculatorService` if every error of its methods implements `From<farcall::RpcError>`.
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
#[derive(
    ::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug
)]
pub struct CalculatorServiceClient {
    channel: ::farcall::__private::Channel,
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl CalculatorServiceClient {
    /// Adds two numbers.
    pub fn add(
        &self,
        a: i64,
        b: i64,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            i64,
            ::farcall::__private::CallError<CalcError>,
        >,
    > + ::farcall::__private::core::marker::Send + use<> {
        ::farcall::__private::call_result::<
            _,
            i64,
            CalcError,
            _,
            _,
        >(
            ::farcall::__private::core::clone::Clone::clone(&self.channel),
            CalculatorServiceRequest::Add {
                a,
                b,
            },
            ::farcall::__private::payload!(i64),
            ::farcall::__private::payload!(error CalcError),
        )
    }
    /// Divides `a` by `b`.
    pub fn divide(
        &self,
        a: i64,
        b: i64,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            i64,
            ::farcall::__private::CallError<CalcError>,
        >,
    > + ::farcall::__private::core::marker::Send + use<> {
        ::farcall::__private::call_result::<
            _,
            i64,
            CalcError,
            _,
            _,
        >(
            ::farcall::__private::core::clone::Clone::clone(&self.channel),
            CalculatorServiceRequest::Divide {
                a,
                b,
            },
            ::farcall::__private::payload!(i64),
            ::farcall::__private::payload!(error CalcError),
        )
    }
    pub fn ping(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            (),
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<> {
        ::farcall::__private::call_rpc::<
            _,
            (),
            _,
        >(
            ::farcall::__private::core::clone::Clone::clone(&self.channel),
            CalculatorServiceRequest::Ping {},
            ::farcall::__private::payload!(()),
        )
    }
    /// Connects to `endpoints` and shakes hands, so that a wrong address is an error at once.
    pub fn connect<
        E: ::farcall::__private::IntoEndpoints + ::farcall::__private::core::marker::Send,
    >(
        endpoints: E,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            Self,
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<E> {
        <Self as ::farcall::__private::Client>::connect(endpoints)
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
    pub fn local<S: CalculatorService + 'static>(service: S) -> Self {
        <Self as ::farcall::__private::Client>::from_service(
            CalculatorServiceServer::new(service),
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
/// Serves an object as the service [`CalculatorService`].
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
pub struct CalculatorServiceServer<S> {
    service: ::farcall::__private::Arc<S>,
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl<S: CalculatorService + 'static> CalculatorServiceServer<S> {
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
impl<S> ::farcall::__private::core::clone::Clone for CalculatorServiceServer<S> {
    fn clone(&self) -> Self {
        Self {
            service: ::farcall::__private::core::clone::Clone::clone(&self.service),
        }
    }
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl<S> ::farcall::__private::core::fmt::Debug for CalculatorServiceServer<S> {
    fn fmt(
        &self,
        f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
    ) -> ::farcall::__private::core::fmt::Result {
        ::farcall::__private::core::fmt::Formatter::write_str(
            f,
            "CalculatorServiceServer",
        )
    }
}
::farcall::__private::if_blocking! {
    #[doc =
    " A client of the service [`CalculatorService`] for code that is not async: a call parks the calling thread."]
    #[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
    #[derive(::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug)] pub struct CalculatorServiceBlockingClient {
    client : CalculatorServiceClient, } #[allow(dead_code, deprecated, private_bounds,
    private_interfaces, unreachable_pub)] impl CalculatorServiceBlockingClient { #[doc =
    " Adds two numbers."] pub fn add < > (& self, a : i64, b : i64) ->
    ::farcall::__private::core::result::Result < i64, ::farcall::__private::CallError <
    CalcError >> { ::farcall::__private::block_on(CalculatorServiceClient::add(& self
    .client, a, b)) } #[doc = " Divides `a` by `b`."] pub fn divide < > (& self, a : i64,
    b : i64) -> ::farcall::__private::core::result::Result < i64,
    ::farcall::__private::CallError < CalcError >> {
    ::farcall::__private::block_on(CalculatorServiceClient::divide(& self.client, a, b))
    } pub fn ping < > (& self,) -> ::farcall::__private::core::result::Result < (),
    ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(CalculatorServiceClient::ping(& self.client,)) } #[doc
    =
    r" Connects to `endpoints` and shakes hands, so that a wrong address is an error at once."]
    pub fn connect < E : ::farcall::__private::IntoEndpoints +
    ::farcall::__private::core::marker::Send > (endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(<
    CalculatorServiceClient as ::farcall::__private::Client > ::connect(endpoints)), |
    client | Self { client }) } #[doc = r" A client that connects at its first call."]
    pub fn connect_lazy < E : ::farcall::__private::IntoEndpoints > (endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< CalculatorServiceClient as
    ::farcall::__private::Client > ::connect_lazy(endpoints), | client | Self { client })
    } ::farcall::__private::if_config! { #[doc =
    r" The client called `name` in `config`, which connects at its first call."] pub fn
    from_config(config : & ::farcall::__private::Config, name : &
    ::farcall::__private::core::primitive::str) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< CalculatorServiceClient as
    ::farcall::__private::Client > ::from_config(config, name), | client | Self { client
    }) } } #[doc =
    r" A client of an object in this process: everything but the connection."] pub fn
    local < S : CalculatorService + 'static > (service : S) -> Self { Self { client :
    CalculatorServiceClient::local(service) } } #[doc =
    r" A copy whose calls have another timeout."] #[must_use] pub fn with_timeout < D :
    ::farcall::__private::core::convert::Into < ::farcall::__private::Timeout >> (& self,
    timeout : D) -> Self { Self { client : < CalculatorServiceClient as
    ::farcall::__private::Client > ::with_timeout(& self.client, timeout) } } #[doc =
    r" A copy whose calls carry one more piece of metadata."] #[must_use] pub fn
    with_metadata < V : ::farcall::__private::core::convert::Into <
    ::farcall::__private::MetadataValue >> (& self, key : &
    ::farcall::__private::core::primitive::str, value : V,) -> Self { Self { client : <
    CalculatorServiceClient as ::farcall::__private::Client > ::with_metadata(& self
    .client, key, value) } } #[doc = r" A copy whose calls are made with `options`."]
    #[must_use] pub fn with(& self, options : ::farcall::__private::CallOptions) -> Self
    { Self { client : < CalculatorServiceClient as ::farcall::__private::Client >
    ::with(& self.client, options) } } #[doc =
    r" Ends the connection of this client and of all its copies."] pub fn close(& self) {
    ::farcall::__private::block_on(< CalculatorServiceClient as
    ::farcall::__private::Client > ::close(& self.client)) } }
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
const _: () = {
    static __METHOD_0: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("CalculatorService", 0xf4d0a41fa2a3162c),
            ("add", 0xa981559149baeed5),
            "Adds two numbers.",
        )
        .with_variant("Add", 0)
        .with_arguments(
            &["a", "b"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("a"),
                ::farcall::__private::ArgumentDescriptor::new("b"),
            ],
        );
    static __METHOD_1: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("CalculatorService", 0xf4d0a41fa2a3162c),
            ("divide", 0x171ed2e483540f53),
            "Divides `a` by `b`.",
        )
        .with_variant("Divide", 1)
        .with_arguments(
            &["a", "b"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("a"),
                ::farcall::__private::ArgumentDescriptor::new("b"),
            ],
        );
    static __METHOD_2: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("CalculatorService", 0xf4d0a41fa2a3162c),
            ("ping", 0x9220275d95ae067e),
            "",
        )
        .with_variant("Ping", 2);
    static __SERVICE: ::farcall::__private::ServiceDescriptor = ::farcall::__private::ServiceDescriptor::new(
        "CalculatorService",
        0xf4d0a41fa2a3162c,
        "Does sums.",
        &[&__METHOD_0, &__METHOD_1, &__METHOD_2],
    );
    const __VARIANTS: &[&::farcall::__private::core::primitive::str] = &[
        "Add",
        "Divide",
        "Ping",
    ];
    impl<'a> ::farcall::__private::Request for CalculatorServiceRequest<'a> {
        fn method(&self) -> &'static ::farcall::__private::MethodDescriptor {
            match self {
                Self::Add { .. } => &__METHOD_0,
                Self::Divide { .. } => &__METHOD_1,
                Self::Ping { .. } => &__METHOD_2,
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
                Self::Add { a: argument0, b: argument1 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_0,
                        name,
                        serializer,
                        (
                            ::farcall::__private::Field::new(
                                argument0,
                                ::farcall::__private::payload!(i64),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    argument1,
                                    ::farcall::__private::payload!(i64),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::Divide { a: argument0, b: argument1 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_1,
                        name,
                        serializer,
                        (
                            ::farcall::__private::Field::new(
                                argument0,
                                ::farcall::__private::payload!(i64),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    argument1,
                                    ::farcall::__private::payload!(i64),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::Ping {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_2,
                        name,
                        serializer,
                        (),
                    )
                }
                Self::__Lifetime(never) => ::farcall::__private::Never::reach(never),
            }
        }
    }
    impl<'a> ::farcall::__private::DecodeRequest<'a> for CalculatorServiceRequest<'a> {
        fn deserialize_arguments<
            __Deserializer: ::farcall::__private::serde::Deserializer<'a>,
        >(
            method: ::farcall::__private::core::primitive::u64,
            body: &'a ::farcall::__private::Bytes,
            deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            match method {
                0xa981559149baeed5 => {
                    let (argument0, (argument1, ())) = ::farcall::__private::decode_arguments(
                        &__METHOD_0,
                        body,
                        deserializer,
                        (
                            ::farcall::__private::Slot::<
                                i64,
                                _,
                            >::required(::farcall::__private::payload!(i64)),
                            (
                                ::farcall::__private::Slot::<
                                    i64,
                                    _,
                                >::required(::farcall::__private::payload!(i64)),
                                (),
                            ),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Add {
                        a: argument0,
                        b: argument1,
                    })
                }
                0x171ed2e483540f53 => {
                    let (argument0, (argument1, ())) = ::farcall::__private::decode_arguments(
                        &__METHOD_1,
                        body,
                        deserializer,
                        (
                            ::farcall::__private::Slot::<
                                i64,
                                _,
                            >::required(::farcall::__private::payload!(i64)),
                            (
                                ::farcall::__private::Slot::<
                                    i64,
                                    _,
                                >::required(::farcall::__private::payload!(i64)),
                                (),
                            ),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Divide {
                        a: argument0,
                        b: argument1,
                    })
                }
                0x9220275d95ae067e => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_2,
                        body,
                        deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Ping {})
                }
                _ => {
                    ::farcall::__private::core::result::Result::Err(
                        ::farcall::__private::unknown_method(&__SERVICE, method),
                    )
                }
            }
        }
    }
    impl ::farcall::__private::serde::Serialize for CalculatorServiceRequest<'_> {
        fn serialize<__Serializer: ::farcall::__private::serde::Serializer>(
            &self,
            serializer: __Serializer,
        ) -> ::farcall::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            ::farcall::__private::serialize_request(
                self,
                "CalculatorServiceRequest",
                serializer,
            )
        }
    }
    impl<'a> ::farcall::__private::serde::Deserialize<'a>
    for CalculatorServiceRequest<'a> {
        fn deserialize<__Deserializer: ::farcall::__private::serde::Deserializer<'a>>(
            deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            ::farcall::__private::deserialize_request(
                &__SERVICE,
                "CalculatorServiceRequest",
                __VARIANTS,
                deserializer,
            )
        }
    }
    impl ::farcall::__private::core::fmt::Debug for CalculatorServiceRequest<'_> {
        fn fmt(
            &self,
            f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
        ) -> ::farcall::__private::core::fmt::Result {
            ::farcall::__private::debug_request(self, f)
        }
    }
    impl ::farcall::__private::Client for CalculatorServiceClient {
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
    impl CalculatorService for CalculatorServiceClient
    where
        for<'farcall> CalcError: ::farcall::__private::FromRpcError,
    {
        async fn add(&self, argument0: i64, argument1: i64) -> Result<i64, CalcError> {
            ::farcall::__private::flatten_call_error(
                Self::add(self, argument0, argument1).await,
            )
        }
        async fn divide(
            &self,
            argument0: i64,
            argument1: i64,
        ) -> Result<i64, CalcError> {
            ::farcall::__private::flatten_call_error(
                Self::divide(self, argument0, argument1).await,
            )
        }
        async fn ping(&self) -> farcall::Result<()> {
            Self::ping(self).await
        }
    }
    impl<__Handler: CalculatorService + 'static> ::farcall::__private::Service
    for CalculatorServiceServer<__Handler> {
        fn descriptor(&self) -> &'static ::farcall::__private::ServiceDescriptor {
            &__SERVICE
        }
        fn dispatch(
            &self,
            incoming: ::farcall::__private::Incoming,
        ) -> ::farcall::__private::HandlerFuture {
            let service = ::farcall::__private::core::clone::Clone::clone(&self.service);
            match ::farcall::__private::Incoming::method(&incoming).id {
                0xa981559149baeed5 => {
                    ::farcall::__private::Incoming::run(
                        incoming,
                        move |incoming| async move {
                            let (argument0, argument1) = match ::farcall::__private::Incoming::decode::<
                                CalculatorServiceRequest<'_>,
                            >(&incoming) {
                                ::farcall::__private::core::result::Result::Ok(
                                    CalculatorServiceRequest::Add { a: argument0, b: argument1 },
                                ) => (argument0, argument1),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(reply) => {
                                    return reply;
                                }
                            };
                            let value = <__Handler as CalculatorService>::add(
                                    &*service,
                                    argument0,
                                    argument1,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_result(
                                &incoming,
                                ::farcall::__private::payload!(i64),
                                ::farcall::__private::payload!(error CalcError),
                                ::farcall::__private::into_result(value),
                            )
                        },
                    )
                }
                0x171ed2e483540f53 => {
                    ::farcall::__private::Incoming::run(
                        incoming,
                        move |incoming| async move {
                            let (argument0, argument1) = match ::farcall::__private::Incoming::decode::<
                                CalculatorServiceRequest<'_>,
                            >(&incoming) {
                                ::farcall::__private::core::result::Result::Ok(
                                    CalculatorServiceRequest::Divide {
                                        a: argument0,
                                        b: argument1,
                                    },
                                ) => (argument0, argument1),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(reply) => {
                                    return reply;
                                }
                            };
                            let value = <__Handler as CalculatorService>::divide(
                                    &*service,
                                    argument0,
                                    argument1,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_result(
                                &incoming,
                                ::farcall::__private::payload!(i64),
                                ::farcall::__private::payload!(error CalcError),
                                ::farcall::__private::into_result(value),
                            )
                        },
                    )
                }
                0x9220275d95ae067e => {
                    ::farcall::__private::Incoming::run(
                        incoming,
                        move |incoming| async move {
                            let () = match ::farcall::__private::Incoming::decode::<
                                CalculatorServiceRequest<'_>,
                            >(&incoming) {
                                ::farcall::__private::core::result::Result::Ok(
                                    CalculatorServiceRequest::Ping {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(reply) => {
                                    return reply;
                                }
                            };
                            let value = <__Handler as CalculatorService>::ping(&*service)
                                .await;
                            ::farcall::__private::Incoming::reply_rpc(
                                &incoming,
                                ::farcall::__private::payload!(()),
                                ::farcall::__private::into_result(value),
                            )
                        },
                    )
                }
                _ => ::farcall::__private::Incoming::unknown_method(incoming),
            }
        }
    }
};
