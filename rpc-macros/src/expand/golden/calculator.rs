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
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
#[non_exhaustive]
pub enum CalculatorServiceRequest<'call> {
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
    __Lifetime(::farcall::__private::Never<'call>),
}
/// A client of the service [`CalculatorService`]: a handle on an endpoint, or on an object in this process.
///
/// Cheap to clone. A call begins when its future is first polled; dropping the future cancels it.
///
/// `CalculatorServiceClient` implements `CalculatorService` if every error of its methods implements `From<farcall::RpcError>`.
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
#[derive(
    ::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug
)]
pub struct CalculatorServiceClient {
    channel: ::farcall::__private::Channel,
}
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
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
            ::farcall::__private::Channel::share(&self.channel),
            CalculatorServiceRequest::Add {
                a,
                b,
            },
            ::farcall::__private::Uploads::none(),
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
            ::farcall::__private::Channel::share(&self.channel),
            CalculatorServiceRequest::Divide {
                a,
                b,
            },
            ::farcall::__private::Uploads::none(),
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
        ::farcall::__private::call_value::<
            _,
            (),
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            CalculatorServiceRequest::Ping {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(()),
        )
    }
    /// Makes a client with limits, a timeout, interceptors or transports of its own.
    pub fn builder<E: ::farcall::__private::IntoEndpoints>(
        __endpoints: E,
    ) -> ::farcall::__private::ClientBuilder<Self> {
        <Self as ::farcall::__private::Client>::builder(__endpoints)
    }
    /// Connects to the endpoints and shakes hands, so that a wrong address is an error at once.
    pub fn connect<
        E: ::farcall::__private::IntoEndpoints + ::farcall::__private::core::marker::Send,
    >(
        __endpoints: E,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            Self,
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<E> {
        <Self as ::farcall::__private::Client>::connect(__endpoints)
    }
    /// A client that connects at its first call.
    pub fn connect_lazy<E: ::farcall::__private::IntoEndpoints>(
        __endpoints: E,
    ) -> ::farcall::__private::core::result::Result<
        Self,
        ::farcall::__private::RpcError,
    > {
        <Self as ::farcall::__private::Client>::connect_lazy(__endpoints)
    }
    ::farcall::__private::if_config! {
        #[doc =
        r" The client of this name in the configuration, which connects at its first call."]
        pub fn from_config(__config : & ::farcall::__private::Config, __name : &
        ::farcall::__private::core::primitive::str) ->
        ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError
        > { < Self as ::farcall::__private::Client > ::from_config(__config, __name) }
    }
    /// A client of an object in this process: everything but the connection.
    pub fn local<S: CalculatorService + 'static>(__service: S) -> Self {
        <Self as ::farcall::__private::Client>::from_service(
            CalculatorServiceServer::new(__service),
        )
    }
    /// A copy whose calls have another timeout.
    #[must_use]
    pub fn with_timeout<
        D: ::farcall::__private::core::convert::Into<::farcall::__private::Timeout>,
    >(&self, __timeout: D) -> Self {
        <Self as ::farcall::__private::Client>::with_timeout(self, __timeout)
    }
    /// A copy whose calls carry one more piece of metadata.
    #[must_use]
    pub fn with_metadata<
        V: ::farcall::__private::core::convert::Into<::farcall::__private::MetadataValue>,
    >(&self, __key: &::farcall::__private::core::primitive::str, __value: V) -> Self {
        <Self as ::farcall::__private::Client>::with_metadata(self, __key, __value)
    }
    /// A copy whose calls are part of serving that one.
    #[must_use]
    pub fn with_parent(&self, __parent: &::farcall::__private::Context) -> Self {
        <Self as ::farcall::__private::Client>::with_parent(self, __parent)
    }
    /// A copy whose calls put there what comes beside their answers.
    #[must_use]
    pub fn with_reply_metadata(
        &self,
        __place: &::farcall::__private::ReplyMetadata,
    ) -> Self {
        <Self as ::farcall::__private::Client>::with_reply_metadata(self, __place)
    }
    /// A copy whose calls go through this as well.
    #[must_use]
    pub fn with_interceptor<I: ::farcall::__private::Interceptor>(
        &self,
        __interceptor: I,
    ) -> Self {
        <Self as ::farcall::__private::Client>::with_interceptor(self, __interceptor)
    }
    /// A copy whose calls are made with these options alone: a timeout or metadata of this one is gone.
    #[must_use]
    pub fn with(&self, __options: ::farcall::__private::CallOptions) -> Self {
        <Self as ::farcall::__private::Client>::with(self, __options)
    }
    /// Compares all methods with what the server has.
    pub fn compatibility(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            ::farcall::__private::CompatibilityReport,
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'_> {
        <Self as ::farcall::__private::Client>::compatibility(self)
    }
    /// Whether the server has the method with this name on the wire, and takes what this program sends.
    pub fn supports<'__client>(
        &'__client self,
        __method: &'__client ::farcall::__private::core::primitive::str,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            ::farcall::__private::core::primitive::bool,
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'__client> {
        <Self as ::farcall::__private::Client>::supports(self, __method)
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
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
pub struct CalculatorServiceServer<S> {
    service: ::farcall::__private::Arc<S>,
    hook: ::farcall::__private::core::option::Option<
        ::farcall::__private::Arc<
            dyn ::farcall::__private::core::ops::Fn(
                &CalculatorServiceRequest<'_>,
                &::farcall::__private::Context,
            ) -> ::farcall::__private::core::result::Result<
                    (),
                    ::farcall::__private::RpcError,
                > + ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync,
        >,
    >,
}
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
impl<S: CalculatorService + 'static> CalculatorServiceServer<S> {
    /// Serves an object.
    pub fn new(__service: S) -> Self {
        Self::from_arc(::farcall::__private::Arc::new(__service))
    }
    /// Serves an object that others hold as well.
    pub fn from_arc(__service: ::farcall::__private::Arc<S>) -> Self {
        Self {
            service: __service,
            hook: ::farcall::__private::core::option::Option::None,
        }
    }
    /// Has every call looked at by `hook` before it reaches the object; a call that it refuses fails with its
    /// error. Takes the place of one that was there.
    #[must_use]
    pub fn with_hook(
        self,
        __hook: impl ::farcall::__private::core::ops::Fn(
            &CalculatorServiceRequest<'_>,
            &::farcall::__private::Context,
        ) -> ::farcall::__private::core::result::Result<
                (),
                ::farcall::__private::RpcError,
            > + ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync + 'static,
    ) -> Self {
        Self {
            service: self.service,
            hook: ::farcall::__private::core::option::Option::Some(
                ::farcall::__private::Arc::new(__hook),
            ),
        }
    }
}
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
impl<S> ::farcall::__private::core::clone::Clone for CalculatorServiceServer<S> {
    fn clone(&self) -> Self {
        Self {
            service: ::farcall::__private::core::clone::Clone::clone(&self.service),
            hook: ::farcall::__private::core::clone::Clone::clone(&self.hook),
        }
    }
}
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
impl<S> ::farcall::__private::core::fmt::Debug for CalculatorServiceServer<S> {
    fn fmt(
        &self,
        __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
    ) -> ::farcall::__private::core::fmt::Result {
        ::farcall::__private::core::fmt::Formatter::write_str(
            __f,
            "CalculatorServiceServer",
        )
    }
}
::farcall::__private::if_blocking! {
    #[doc =
    " A client of the service [`CalculatorService`] for code that is not async: a call parks the calling thread."]
    #[doc = ""] #[doc =
    " `connect`, `connect_lazy` and `local` make one; for all that a builder can do, `CalculatorServiceClient::builder(…).build()` makes a [`CalculatorServiceClient`], from which this can be made (`From`)."]
    #[allow(dead_code, deprecated, impl_trait_redundant_captures, private_bounds,
    private_interfaces, unreachable_pub)]
    #[derive(::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug)] pub struct CalculatorServiceBlockingClient {
    client : CalculatorServiceClient, } #[allow(dead_code, deprecated,
    impl_trait_redundant_captures, private_bounds, private_interfaces, unreachable_pub)]
    impl CalculatorServiceBlockingClient { #[doc = " Adds two numbers."] pub fn add(&
    self, a : i64, b : i64) -> ::farcall::__private::core::result::Result < i64,
    ::farcall::__private::CallError < CalcError > > {
    ::farcall::__private::block_on(CalculatorServiceClient::add(& self.client, a, b)) }
    #[doc = " Divides `a` by `b`."] pub fn divide(& self, a : i64, b : i64) ->
    ::farcall::__private::core::result::Result < i64, ::farcall::__private::CallError <
    CalcError > > { ::farcall::__private::block_on(CalculatorServiceClient::divide(& self
    .client, a, b)) } pub fn ping(& self,) -> ::farcall::__private::core::result::Result
    < (), ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(CalculatorServiceClient::ping(& self.client,)) } #[doc
    =
    r" Connects to the endpoints and shakes hands, so that a wrong address is an error at once."]
    pub fn connect < E : ::farcall::__private::IntoEndpoints +
    ::farcall::__private::core::marker::Send > (__endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(<
    CalculatorServiceClient as ::farcall::__private::Client > ::connect(__endpoints)), |
    __client | Self { client : __client }) } #[doc =
    r" A client that connects at its first call."] pub fn connect_lazy < E :
    ::farcall::__private::IntoEndpoints > (__endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< CalculatorServiceClient as
    ::farcall::__private::Client > ::connect_lazy(__endpoints), | __client | Self {
    client : __client }) } ::farcall::__private::if_config! { #[doc =
    r" The client of this name in the configuration, which connects at its first call."]
    pub fn from_config(__config : & ::farcall::__private::Config, __name : &
    ::farcall::__private::core::primitive::str) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< CalculatorServiceClient as
    ::farcall::__private::Client > ::from_config(__config, __name), | __client | Self {
    client : __client }) } } #[doc =
    r" A client of an object in this process: everything but the connection."] pub fn
    local < S : CalculatorService + 'static > (__service : S) -> Self { Self { client :
    CalculatorServiceClient::local(__service) } } #[doc =
    r" A copy whose calls have another timeout."] #[must_use] pub fn with_timeout < D :
    ::farcall::__private::core::convert::Into < ::farcall::__private::Timeout >> (& self,
    __timeout : D) -> Self { Self { client : < CalculatorServiceClient as
    ::farcall::__private::Client > ::with_timeout(& self.client, __timeout) } } #[doc =
    r" A copy whose calls carry one more piece of metadata."] #[must_use] pub fn
    with_metadata < V : ::farcall::__private::core::convert::Into <
    ::farcall::__private::MetadataValue >> (& self, __key : &
    ::farcall::__private::core::primitive::str, __value : V,) -> Self { Self { client : <
    CalculatorServiceClient as ::farcall::__private::Client > ::with_metadata(& self
    .client, __key, __value) } } #[doc =
    r" A copy whose calls are part of serving that one."] #[must_use] pub fn
    with_parent(& self, __parent : & ::farcall::__private::Context) -> Self { Self {
    client : < CalculatorServiceClient as ::farcall::__private::Client > ::with_parent(&
    self.client, __parent) } } #[doc =
    r" A copy whose calls put there what comes beside their answers."] #[must_use] pub fn
    with_reply_metadata(& self, __place : & ::farcall::__private::ReplyMetadata) -> Self
    { Self { client : < CalculatorServiceClient as ::farcall::__private::Client >
    ::with_reply_metadata(& self.client, __place) } } #[doc =
    r" A copy whose calls go through this as well."] #[must_use] pub fn with_interceptor
    < I : ::farcall::__private::Interceptor > (& self, __interceptor : I) -> Self { Self
    { client : < CalculatorServiceClient as ::farcall::__private::Client >
    ::with_interceptor(& self.client, __interceptor) } } #[doc =
    r" A copy whose calls are made with these options alone: a timeout or metadata of this one is gone."]
    #[must_use] pub fn with(& self, __options : ::farcall::__private::CallOptions) ->
    Self { Self { client : < CalculatorServiceClient as ::farcall::__private::Client >
    ::with(& self.client, __options) } } #[doc =
    r" Ends the connection of this client and of all its copies."] pub fn close(& self) {
    ::farcall::__private::block_on(< CalculatorServiceClient as
    ::farcall::__private::Client > ::close(& self.client)) } } #[doc =
    r" For all that the builder can do."] impl ::farcall::__private::core::convert::From
    < CalculatorServiceClient > for CalculatorServiceBlockingClient { fn from(__client :
    CalculatorServiceClient) -> Self { Self { client : __client } } }
}
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
const _: () = {
    static __SCHEMA_0: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, i64, ::farcall::__private::payload!(i64)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, i64, ::farcall::__private::payload!(i64)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, i64, ::farcall::__private::payload!(i64)
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, CalcError, ::farcall::__private::payload!(error CalcError)
            );
            ::farcall::__private::Describer::error(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), CalcError
        );
    });
    static __METHOD_0: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("CalculatorService", 0xf4d0a41fa2a3162c),
            ("add", 0xa981559149baeed5),
            "Adds two numbers.",
        )
        .with_variant("Add", 0)
        .with_schema(&__SCHEMA_0)
        .with_arguments(
            &["a", "b"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("a"),
                ::farcall::__private::ArgumentDescriptor::new("b"),
            ],
        );
    static __SCHEMA_1: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, i64, ::farcall::__private::payload!(i64)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, i64, ::farcall::__private::payload!(i64)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, i64, ::farcall::__private::payload!(i64)
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, CalcError, ::farcall::__private::payload!(error CalcError)
            );
            ::farcall::__private::Describer::error(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), CalcError
        );
    });
    static __METHOD_1: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("CalculatorService", 0xf4d0a41fa2a3162c),
            ("divide", 0x171ed2e483540f53),
            "Divides `a` by `b`.",
        )
        .with_variant("Divide", 1)
        .with_schema(&__SCHEMA_1)
        .with_arguments(
            &["a", "b"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("a"),
                ::farcall::__private::ArgumentDescriptor::new("b"),
            ],
        );
    static __SCHEMA_2: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, (), ::farcall::__private::payload!(())
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
    });
    static __METHOD_2: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("CalculatorService", 0xf4d0a41fa2a3162c),
            ("ping", 0x9220275d95ae067e),
            "",
        )
        .with_variant("Ping", 2)
        .with_schema(&__SCHEMA_2);
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
    impl<'call> ::farcall::__private::Request for CalculatorServiceRequest<'call> {
        fn method(&self) -> &'static ::farcall::__private::MethodDescriptor {
            match self {
                Self::Add { .. } => &__METHOD_0,
                Self::Divide { .. } => &__METHOD_1,
                Self::Ping { .. } => &__METHOD_2,
                Self::__Lifetime(__never) => ::farcall::__private::Never::reach(__never),
            }
        }
        fn serialize_fields<__Serializer: ::farcall::__private::serde::Serializer>(
            &self,
            __name: &'static ::farcall::__private::core::primitive::str,
            __serializer: __Serializer,
        ) -> ::farcall::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            match self {
                Self::Add { a: __argument0, b: __argument1 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_0,
                        __name,
                        __serializer,
                        (
                            ::farcall::__private::Field::new(
                                __argument0,
                                ::farcall::__private::payload!(i64),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    __argument1,
                                    ::farcall::__private::payload!(i64),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::Divide { a: __argument0, b: __argument1 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_1,
                        __name,
                        __serializer,
                        (
                            ::farcall::__private::Field::new(
                                __argument0,
                                ::farcall::__private::payload!(i64),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    __argument1,
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
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::__Lifetime(__never) => ::farcall::__private::Never::reach(__never),
            }
        }
    }
    impl<'call> ::farcall::__private::DecodeRequest<'call>
    for CalculatorServiceRequest<'call> {
        fn deserialize_arguments<
            __Deserializer: ::farcall::__private::serde::Deserializer<'call>,
        >(
            __method: ::farcall::__private::core::primitive::u64,
            __body: &'call ::farcall::__private::Bytes,
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            match __method {
                0xa981559149baeed5 => {
                    let (__argument0, (__argument1, ())) = ::farcall::__private::decode_arguments(
                        &__METHOD_0,
                        __body,
                        __deserializer,
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
                        a: __argument0,
                        b: __argument1,
                    })
                }
                0x171ed2e483540f53 => {
                    let (__argument0, (__argument1, ())) = ::farcall::__private::decode_arguments(
                        &__METHOD_1,
                        __body,
                        __deserializer,
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
                        a: __argument0,
                        b: __argument1,
                    })
                }
                0x9220275d95ae067e => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_2,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Ping {})
                }
                _ => {
                    ::farcall::__private::core::result::Result::Err(
                        ::farcall::__private::unknown_method(&__SERVICE, __method),
                    )
                }
            }
        }
    }
    impl ::farcall::__private::serde::Serialize for CalculatorServiceRequest<'_> {
        fn serialize<__Serializer: ::farcall::__private::serde::Serializer>(
            &self,
            __serializer: __Serializer,
        ) -> ::farcall::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            ::farcall::__private::serialize_request(
                self,
                "CalculatorServiceRequest",
                __serializer,
            )
        }
    }
    impl<'call> ::farcall::__private::serde::Deserialize<'call>
    for CalculatorServiceRequest<'call> {
        fn deserialize<__Deserializer: ::farcall::__private::serde::Deserializer<'call>>(
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            ::farcall::__private::deserialize_request(
                &__SERVICE,
                "CalculatorServiceRequest",
                __VARIANTS,
                __deserializer,
            )
        }
    }
    impl ::farcall::__private::core::fmt::Debug for CalculatorServiceRequest<'_> {
        fn fmt(
            &self,
            __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
        ) -> ::farcall::__private::core::fmt::Result {
            ::farcall::__private::debug_request(self, __f)
        }
    }
    impl ::farcall::__private::Client for CalculatorServiceClient {
        fn from_channel(__channel: ::farcall::__private::Channel) -> Self {
            Self { channel: __channel }
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
        async fn add(
            &self,
            __argument0: i64,
            __argument1: i64,
        ) -> Result<i64, CalcError> {
            ::farcall::__private::flatten_call_error(
                Self::add(self, __argument0, __argument1).await,
            )
        }
        async fn divide(
            &self,
            __argument0: i64,
            __argument1: i64,
        ) -> Result<i64, CalcError> {
            ::farcall::__private::flatten_call_error(
                Self::divide(self, __argument0, __argument1).await,
            )
        }
        async fn ping(&self) -> farcall::Result<()> {
            Self::ping(self).await
        }
    }
    fn __admit<'call>(
        __incoming: &'call ::farcall::__private::Incoming,
        __hook: &::farcall::__private::core::option::Option<
            ::farcall::__private::Arc<
                dyn ::farcall::__private::core::ops::Fn(
                    &CalculatorServiceRequest<'_>,
                    &::farcall::__private::Context,
                ) -> ::farcall::__private::core::result::Result<
                        (),
                        ::farcall::__private::RpcError,
                    > + ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync,
            >,
        >,
    ) -> ::farcall::__private::core::result::Result<
        CalculatorServiceRequest<'call>,
        ::farcall::__private::Reply,
    > {
        let __request = ::farcall::__private::Incoming::decode::<
            CalculatorServiceRequest<'call>,
        >(__incoming)?;
        if let ::farcall::__private::core::option::Option::Some(__hook) = __hook {
            let __result = (**__hook)(
                &__request,
                ::farcall::__private::Incoming::context(__incoming),
            );
            ::farcall::__private::Incoming::hooked(__incoming, __result)?;
        }
        ::farcall::__private::core::result::Result::Ok(__request)
    }
    impl<__Handler: CalculatorService + 'static> ::farcall::__private::Service
    for CalculatorServiceServer<__Handler> {
        fn descriptor(&self) -> &'static ::farcall::__private::ServiceDescriptor {
            &__SERVICE
        }
        fn dispatch(
            &self,
            __incoming: ::farcall::__private::Incoming,
        ) -> ::farcall::__private::HandlerFuture {
            let __service = ::farcall::__private::core::clone::Clone::clone(
                &self.service,
            );
            let __hook = ::farcall::__private::core::clone::Clone::clone(&self.hook);
            match ::farcall::__private::Incoming::method(&__incoming).id {
                0xa981559149baeed5 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0, __argument1) = match __admit(
                                &__incoming,
                                &__hook,
                            ) {
                                ::farcall::__private::core::result::Result::Ok(
                                    CalculatorServiceRequest::Add {
                                        a: __argument0,
                                        b: __argument1,
                                    },
                                ) => (__argument0, __argument1),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as CalculatorService>::add(
                                    &*__service,
                                    __argument0,
                                    __argument1,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_result(
                                &__incoming,
                                ::farcall::__private::payload!(i64),
                                ::farcall::__private::payload!(error CalcError),
                                ::farcall::__private::into_result(__value),
                            )
                        },
                    )
                }
                0x171ed2e483540f53 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0, __argument1) = match __admit(
                                &__incoming,
                                &__hook,
                            ) {
                                ::farcall::__private::core::result::Result::Ok(
                                    CalculatorServiceRequest::Divide {
                                        a: __argument0,
                                        b: __argument1,
                                    },
                                ) => (__argument0, __argument1),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as CalculatorService>::divide(
                                    &*__service,
                                    __argument0,
                                    __argument1,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_result(
                                &__incoming,
                                ::farcall::__private::payload!(i64),
                                ::farcall::__private::payload!(error CalcError),
                                ::farcall::__private::into_result(__value),
                            )
                        },
                    )
                }
                0x9220275d95ae067e => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    CalculatorServiceRequest::Ping {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as CalculatorService>::ping(
                                    &*__service,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_rpc(
                                &__incoming,
                                ::farcall::__private::payload!(()),
                                ::farcall::__private::into_result(__value),
                            )
                        },
                    )
                }
                _ => ::farcall::__private::Incoming::unknown_method(__incoming),
            }
        }
    }
};
