#[allow(dead_code)]
pub trait Renamed: crate::rpc::__private::core::marker::Send + crate::rpc::__private::core::marker::Sync {
    fn add(
        &self,
        a: Option<&[u8]>,
        b: i64,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = rpc::Result<i64>,
    > + crate::rpc::__private::core::marker::Send;
    fn other(
        &self,
        text: &str,
        cow: Cow<'_, str>,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = Result<i64, String>,
    > + crate::rpc::__private::core::marker::Send;
}
/// A call of a method of [`Renamed`] as a value: what interceptors, logs and recordings see.
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
#[non_exhaustive]
pub enum RenamedRequest<'a> {
    /// The arguments of `add`.
    Add {
        /// The argument `a`.
        a: crate::rpc::__private::core::option::Option<
            crate::rpc::__private::Arg<'a, [u8]>,
        >,
        /// The argument `b`.
        b: i64,
    },
    /// The arguments of `other`.
    Other {
        /// The argument `text`.
        text: crate::rpc::__private::Arg<'a, str>,
        /// The argument `cow`.
        cow: crate::rpc::__private::Arg<'a, str>,
    },
    #[doc(hidden)]
    __Lifetime(crate::rpc::__private::Never<'a>),
}
/// A client of the service [`Renamed`]: a handle on an endpoint, or on an object in this process.
///
/// Cheap to clone. A call begins when its future is first polled; dropping the future cancels it.
///
/// `RenamedClient` implements `Renamed` if every error of its methods implements `From<farcall::RpcError>`.
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
#[derive(
    crate::rpc::__private::core::clone::Clone,
    crate::rpc::__private::core::fmt::Debug
)]
pub struct RenamedClient {
    channel: crate::rpc::__private::Channel,
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl RenamedClient {
    pub fn add<'a>(
        &self,
        a: Option<&'a [u8]>,
        b: i64,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = crate::rpc::__private::core::result::Result<
            i64,
            crate::rpc::__private::RpcError,
        >,
    > + crate::rpc::__private::core::marker::Send + use<'a> {
        crate::rpc::__private::call_rpc::<
            _,
            i64,
            _,
        >(
            crate::rpc::__private::core::clone::Clone::clone(&self.channel),
            RenamedRequest::Add {
                a: crate::rpc::__private::core::option::Option::map(
                    a,
                    crate::rpc::__private::Arg::borrowed,
                ),
                b,
            },
            crate::rpc::__private::payload!(i64),
        )
    }
    pub fn other<'a>(
        &self,
        text: &'a str,
        cow: Cow<'a, str>,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = crate::rpc::__private::core::result::Result<
            i64,
            crate::rpc::__private::CallError<String>,
        >,
    > + crate::rpc::__private::core::marker::Send + use<'a> {
        crate::rpc::__private::call_result::<
            _,
            i64,
            String,
            _,
            _,
        >(
            crate::rpc::__private::core::clone::Clone::clone(&self.channel),
            RenamedRequest::Other {
                text: crate::rpc::__private::Arg::borrowed(text),
                cow: crate::rpc::__private::Arg::from_cow(cow),
            },
            crate::rpc::__private::payload!(i64),
            crate::rpc::__private::payload!(error String),
        )
    }
    /// Connects to `endpoints` and shakes hands, so that a wrong address is an error at once.
    pub fn connect<
        E: crate::rpc::__private::IntoEndpoints
            + crate::rpc::__private::core::marker::Send,
    >(
        endpoints: E,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = crate::rpc::__private::core::result::Result<
            Self,
            crate::rpc::__private::RpcError,
        >,
    > + crate::rpc::__private::core::marker::Send + use<E> {
        <Self as crate::rpc::__private::Client>::connect(endpoints)
    }
    /// A client that connects at its first call.
    pub fn connect_lazy<E: crate::rpc::__private::IntoEndpoints>(
        endpoints: E,
    ) -> crate::rpc::__private::core::result::Result<
        Self,
        crate::rpc::__private::RpcError,
    > {
        <Self as crate::rpc::__private::Client>::connect_lazy(endpoints)
    }
    crate::rpc::__private::if_config! {
        #[doc =
        r" The client called `name` in `config`, which connects at its first call."] pub
        fn from_config(config : & crate ::rpc::__private::Config, name : & crate
        ::rpc::__private::core::primitive::str) -> crate
        ::rpc::__private::core::result::Result < Self, crate ::rpc::__private::RpcError >
        { < Self as crate ::rpc::__private::Client > ::from_config(config, name) }
    }
    /// A client of an object in this process: everything but the connection.
    pub fn local<S: Renamed + 'static>(service: S) -> Self {
        <Self as crate::rpc::__private::Client>::from_service(
            RenamedServer::new(service),
        )
    }
    /// A copy whose calls have another timeout.
    #[must_use]
    pub fn with_timeout<
        D: crate::rpc::__private::core::convert::Into<crate::rpc::__private::Timeout>,
    >(&self, timeout: D) -> Self {
        <Self as crate::rpc::__private::Client>::with_timeout(self, timeout)
    }
    /// A copy whose calls carry one more piece of metadata.
    #[must_use]
    pub fn with_metadata<
        V: crate::rpc::__private::core::convert::Into<
                crate::rpc::__private::MetadataValue,
            >,
    >(&self, key: &crate::rpc::__private::core::primitive::str, value: V) -> Self {
        <Self as crate::rpc::__private::Client>::with_metadata(self, key, value)
    }
    /// A copy whose calls are made with `options`.
    #[must_use]
    pub fn with(&self, options: crate::rpc::__private::CallOptions) -> Self {
        <Self as crate::rpc::__private::Client>::with(self, options)
    }
    /// Ends the connection of this client and of all its copies.
    pub fn close(
        &self,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = (),
    > + crate::rpc::__private::core::marker::Send + use<'_> {
        <Self as crate::rpc::__private::Client>::close(self)
    }
}
/// Serves an object as the service [`Renamed`].
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
pub struct RenamedServer<S> {
    service: crate::rpc::__private::Arc<S>,
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl<S: Renamed + 'static> RenamedServer<S> {
    /// Serves `service`.
    pub fn new(service: S) -> Self {
        Self {
            service: crate::rpc::__private::Arc::new(service),
        }
    }
    /// Serves an object that others hold as well.
    pub fn from_arc(service: crate::rpc::__private::Arc<S>) -> Self {
        Self { service }
    }
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl<S> crate::rpc::__private::core::clone::Clone for RenamedServer<S> {
    fn clone(&self) -> Self {
        Self {
            service: crate::rpc::__private::core::clone::Clone::clone(&self.service),
        }
    }
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl<S> crate::rpc::__private::core::fmt::Debug for RenamedServer<S> {
    fn fmt(
        &self,
        f: &mut crate::rpc::__private::core::fmt::Formatter<'_>,
    ) -> crate::rpc::__private::core::fmt::Result {
        crate::rpc::__private::core::fmt::Formatter::write_str(f, "RenamedServer")
    }
}
crate::rpc::__private::if_blocking! {
    #[doc =
    " A client of the service [`Renamed`] for code that is not async: a call parks the calling thread."]
    #[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
    #[derive(crate ::rpc::__private::core::clone::Clone, crate
    ::rpc::__private::core::fmt::Debug)] pub struct RenamedBlockingClient { client :
    RenamedClient, } #[allow(dead_code, deprecated, private_bounds, private_interfaces,
    unreachable_pub)] impl RenamedBlockingClient { pub fn add < 'a > (& self, a : Option
    < & 'a[u8] >, b : i64) -> crate ::rpc::__private::core::result::Result < i64, crate
    ::rpc::__private::RpcError > { crate ::rpc::__private::block_on(RenamedClient::add(&
    self.client, a, b)) } pub fn other < 'a > (& self, text : & 'a str, cow : Cow < 'a,
    str >) -> crate ::rpc::__private::core::result::Result < i64, crate
    ::rpc::__private::CallError < String >> { crate
    ::rpc::__private::block_on(RenamedClient::other(& self.client, text, cow)) } #[doc =
    r" Connects to `endpoints` and shakes hands, so that a wrong address is an error at once."]
    pub fn connect < E : crate ::rpc::__private::IntoEndpoints + crate
    ::rpc::__private::core::marker::Send > (endpoints : E) -> crate
    ::rpc::__private::core::result::Result < Self, crate ::rpc::__private::RpcError > {
    crate ::rpc::__private::core::result::Result::map(crate ::rpc::__private::block_on(<
    RenamedClient as crate ::rpc::__private::Client > ::connect(endpoints)), | client |
    Self { client }) } #[doc = r" A client that connects at its first call."] pub fn
    connect_lazy < E : crate ::rpc::__private::IntoEndpoints > (endpoints : E) -> crate
    ::rpc::__private::core::result::Result < Self, crate ::rpc::__private::RpcError > {
    crate ::rpc::__private::core::result::Result::map(< RenamedClient as crate
    ::rpc::__private::Client > ::connect_lazy(endpoints), | client | Self { client }) }
    crate ::rpc::__private::if_config! { #[doc =
    r" The client called `name` in `config`, which connects at its first call."] pub fn
    from_config(config : & crate ::rpc::__private::Config, name : & crate
    ::rpc::__private::core::primitive::str) -> crate
    ::rpc::__private::core::result::Result < Self, crate ::rpc::__private::RpcError > {
    crate ::rpc::__private::core::result::Result::map(< RenamedClient as crate
    ::rpc::__private::Client > ::from_config(config, name), | client | Self { client }) }
    } #[doc = r" A client of an object in this process: everything but the connection."]
    pub fn local < S : Renamed + 'static > (service : S) -> Self { Self { client :
    RenamedClient::local(service) } } #[doc =
    r" A copy whose calls have another timeout."] #[must_use] pub fn with_timeout < D :
    crate ::rpc::__private::core::convert::Into < crate ::rpc::__private::Timeout >> (&
    self, timeout : D) -> Self { Self { client : < RenamedClient as crate
    ::rpc::__private::Client > ::with_timeout(& self.client, timeout) } } #[doc =
    r" A copy whose calls carry one more piece of metadata."] #[must_use] pub fn
    with_metadata < V : crate ::rpc::__private::core::convert::Into < crate
    ::rpc::__private::MetadataValue >> (& self, key : & crate
    ::rpc::__private::core::primitive::str, value : V,) -> Self { Self { client : <
    RenamedClient as crate ::rpc::__private::Client > ::with_metadata(& self.client, key,
    value) } } #[doc = r" A copy whose calls are made with `options`."] #[must_use] pub
    fn with(& self, options : crate ::rpc::__private::CallOptions) -> Self { Self {
    client : < RenamedClient as crate ::rpc::__private::Client > ::with(& self.client,
    options) } } #[doc = r" Ends the connection of this client and of all its copies."]
    pub fn close(& self) { crate ::rpc::__private::block_on(< RenamedClient as crate
    ::rpc::__private::Client > ::close(& self.client)) } }
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
const _: () = {
    static __METHOD_0: crate::rpc::__private::MethodDescriptor = crate::rpc::__private::MethodDescriptor::new(
            ("Renamed", 0xa0327e0c415aa4d5),
            ("add", 0x32d384f9e1f6d5b8),
            "",
        )
        .with_variant("Add", 0)
        .with_arguments(
            &["a", "b"],
            &[
                crate::rpc::__private::ArgumentDescriptor::new("a"),
                crate::rpc::__private::ArgumentDescriptor::new("b").with_default(),
            ],
        );
    static __METHOD_1: crate::rpc::__private::MethodDescriptor = crate::rpc::__private::MethodDescriptor::new(
            ("Renamed", 0xa0327e0c415aa4d5),
            ("other", 0xaa6baffa1dbcbae1),
            "",
        )
        .with_variant("Other", 1)
        .with_arguments(
            &["text", "cow"],
            &[
                crate::rpc::__private::ArgumentDescriptor::new("text"),
                crate::rpc::__private::ArgumentDescriptor::new("cow"),
            ],
        );
    static __SERVICE: crate::rpc::__private::ServiceDescriptor = crate::rpc::__private::ServiceDescriptor::new(
        "Renamed",
        0xa0327e0c415aa4d5,
        "",
        &[&__METHOD_0, &__METHOD_1],
    );
    const __VARIANTS: &[&crate::rpc::__private::core::primitive::str] = &[
        "Add",
        "Other",
    ];
    impl<'a> crate::rpc::__private::Request for RenamedRequest<'a> {
        fn method(&self) -> &'static crate::rpc::__private::MethodDescriptor {
            match self {
                Self::Add { .. } => &__METHOD_0,
                Self::Other { .. } => &__METHOD_1,
                Self::__Lifetime(never) => crate::rpc::__private::Never::reach(never),
            }
        }
        fn serialize_fields<__Serializer: crate::rpc::__private::serde::Serializer>(
            &self,
            name: &'static crate::rpc::__private::core::primitive::str,
            serializer: __Serializer,
        ) -> crate::rpc::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            match self {
                Self::Add { a: argument0, b: argument1 } => {
                    crate::rpc::__private::encode_arguments(
                        &__METHOD_0,
                        name,
                        serializer,
                        (
                            crate::rpc::__private::Field::new(
                                argument0,
                                crate::rpc::__private::payload!(
                                    crate ::rpc::__private::core::option::Option < crate
                                    ::rpc::__private::Arg < 'a, [u8] > >
                                ),
                            ),
                            (
                                crate::rpc::__private::Field::new(
                                    argument1,
                                    crate::rpc::__private::payload!(i64),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::Other { text: argument0, cow: argument1 } => {
                    crate::rpc::__private::encode_arguments(
                        &__METHOD_1,
                        name,
                        serializer,
                        (
                            crate::rpc::__private::Field::new(
                                argument0,
                                crate::rpc::__private::payload!(
                                    crate ::rpc::__private::Arg < 'a, str >
                                ),
                            ),
                            (
                                crate::rpc::__private::Field::new(
                                    argument1,
                                    crate::rpc::__private::payload!(
                                        crate ::rpc::__private::Arg < 'a, str >
                                    ),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::__Lifetime(never) => crate::rpc::__private::Never::reach(never),
            }
        }
    }
    impl<'a> crate::rpc::__private::DecodeRequest<'a> for RenamedRequest<'a> {
        fn deserialize_arguments<
            __Deserializer: crate::rpc::__private::serde::Deserializer<'a>,
        >(
            method: crate::rpc::__private::core::primitive::u64,
            body: &'a crate::rpc::__private::Bytes,
            deserializer: __Deserializer,
        ) -> crate::rpc::__private::core::result::Result<Self, __Deserializer::Error> {
            match method {
                0x32d384f9e1f6d5b8 => {
                    let (argument0, (argument1, ())) = crate::rpc::__private::decode_arguments(
                        &__METHOD_0,
                        body,
                        deserializer,
                        (
                            crate::rpc::__private::Slot::<
                                crate::rpc::__private::core::option::Option<
                                    crate::rpc::__private::Arg<'a, [u8]>,
                                >,
                                _,
                            >::required(
                                crate::rpc::__private::payload!(
                                    crate ::rpc::__private::core::option::Option < crate
                                    ::rpc::__private::Arg < 'a, [u8] > >
                                ),
                            ),
                            (
                                crate::rpc::__private::Slot::<
                                    i64,
                                    _,
                                >::or(
                                    crate::rpc::__private::payload!(i64),
                                    <i64 as crate::rpc::__private::core::default::Default>::default,
                                ),
                                (),
                            ),
                        ),
                    )?;
                    crate::rpc::__private::core::result::Result::Ok(Self::Add {
                        a: argument0,
                        b: argument1,
                    })
                }
                0xaa6baffa1dbcbae1 => {
                    let (argument0, (argument1, ())) = crate::rpc::__private::decode_arguments(
                        &__METHOD_1,
                        body,
                        deserializer,
                        (
                            crate::rpc::__private::Slot::<
                                crate::rpc::__private::Arg<'a, str>,
                                _,
                            >::required(
                                crate::rpc::__private::payload!(
                                    crate ::rpc::__private::Arg < 'a, str >
                                ),
                            ),
                            (
                                crate::rpc::__private::Slot::<
                                    crate::rpc::__private::Arg<'a, str>,
                                    _,
                                >::required(
                                    crate::rpc::__private::payload!(
                                        crate ::rpc::__private::Arg < 'a, str >
                                    ),
                                ),
                                (),
                            ),
                        ),
                    )?;
                    crate::rpc::__private::core::result::Result::Ok(Self::Other {
                        text: argument0,
                        cow: argument1,
                    })
                }
                _ => {
                    crate::rpc::__private::core::result::Result::Err(
                        crate::rpc::__private::unknown_method(&__SERVICE, method),
                    )
                }
            }
        }
    }
    impl crate::rpc::__private::serde::Serialize for RenamedRequest<'_> {
        fn serialize<__Serializer: crate::rpc::__private::serde::Serializer>(
            &self,
            serializer: __Serializer,
        ) -> crate::rpc::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            crate::rpc::__private::serialize_request(self, "RenamedRequest", serializer)
        }
    }
    impl<'a> crate::rpc::__private::serde::Deserialize<'a> for RenamedRequest<'a> {
        fn deserialize<__Deserializer: crate::rpc::__private::serde::Deserializer<'a>>(
            deserializer: __Deserializer,
        ) -> crate::rpc::__private::core::result::Result<Self, __Deserializer::Error> {
            crate::rpc::__private::deserialize_request(
                &__SERVICE,
                "RenamedRequest",
                __VARIANTS,
                deserializer,
            )
        }
    }
    impl crate::rpc::__private::core::fmt::Debug for RenamedRequest<'_> {
        fn fmt(
            &self,
            f: &mut crate::rpc::__private::core::fmt::Formatter<'_>,
        ) -> crate::rpc::__private::core::fmt::Result {
            crate::rpc::__private::debug_request(self, f)
        }
    }
    impl crate::rpc::__private::Client for RenamedClient {
        fn from_channel(channel: crate::rpc::__private::Channel) -> Self {
            Self { channel }
        }
        fn channel(&self) -> &crate::rpc::__private::Channel {
            &self.channel
        }
        fn descriptor() -> &'static crate::rpc::__private::ServiceDescriptor {
            &__SERVICE
        }
    }
    impl Renamed for RenamedClient
    where
        for<'farcall> String: crate::rpc::__private::FromRpcError,
    {
        async fn add(
            &self,
            argument0: Option<&[u8]>,
            argument1: i64,
        ) -> rpc::Result<i64> {
            Self::add(self, argument0, argument1).await
        }
        async fn other(
            &self,
            argument0: &str,
            argument1: Cow<'_, str>,
        ) -> Result<i64, String> {
            crate::rpc::__private::flatten_call_error(
                Self::other(self, argument0, argument1).await,
            )
        }
    }
    impl<__Handler: Renamed + 'static> crate::rpc::__private::Service
    for RenamedServer<__Handler> {
        fn descriptor(&self) -> &'static crate::rpc::__private::ServiceDescriptor {
            &__SERVICE
        }
        fn dispatch(
            &self,
            incoming: crate::rpc::__private::Incoming,
        ) -> crate::rpc::__private::HandlerFuture {
            let service = crate::rpc::__private::core::clone::Clone::clone(
                &self.service,
            );
            match crate::rpc::__private::Incoming::method(&incoming).id {
                0x32d384f9e1f6d5b8 => {
                    crate::rpc::__private::Incoming::run(
                        incoming,
                        move |incoming| async move {
                            let (argument0, argument1) = match crate::rpc::__private::Incoming::decode::<
                                RenamedRequest<'_>,
                            >(&incoming) {
                                crate::rpc::__private::core::result::Result::Ok(
                                    RenamedRequest::Add { a: argument0, b: argument1 },
                                ) => (argument0, argument1),
                                crate::rpc::__private::core::result::Result::Ok(_) => {
                                    return crate::rpc::__private::Incoming::mismatch(&incoming);
                                }
                                crate::rpc::__private::core::result::Result::Err(reply) => {
                                    return reply;
                                }
                            };
                            let value = <__Handler as Renamed>::add(
                                    &*service,
                                    crate::rpc::__private::core::option::Option::as_deref(
                                        &argument0,
                                    ),
                                    argument1,
                                )
                                .await;
                            crate::rpc::__private::Incoming::reply_rpc(
                                &incoming,
                                crate::rpc::__private::payload!(i64),
                                crate::rpc::__private::into_result(value),
                            )
                        },
                    )
                }
                0xaa6baffa1dbcbae1 => {
                    crate::rpc::__private::Incoming::run(
                        incoming,
                        move |incoming| async move {
                            let (argument0, argument1) = match crate::rpc::__private::Incoming::decode::<
                                RenamedRequest<'_>,
                            >(&incoming) {
                                crate::rpc::__private::core::result::Result::Ok(
                                    RenamedRequest::Other { text: argument0, cow: argument1 },
                                ) => (argument0, argument1),
                                crate::rpc::__private::core::result::Result::Ok(_) => {
                                    return crate::rpc::__private::Incoming::mismatch(&incoming);
                                }
                                crate::rpc::__private::core::result::Result::Err(reply) => {
                                    return reply;
                                }
                            };
                            let value = <__Handler as Renamed>::other(
                                    &*service,
                                    &*argument0,
                                    crate::rpc::__private::Arg::into_cow(argument1),
                                )
                                .await;
                            crate::rpc::__private::Incoming::reply_result(
                                &incoming,
                                crate::rpc::__private::payload!(i64),
                                crate::rpc::__private::payload!(error String),
                                crate::rpc::__private::into_result(value),
                            )
                        },
                    )
                }
                _ => crate::rpc::__private::Incoming::unknown_method(incoming),
            }
        }
    }
};
