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
            if let ::farcall::__private::core::option::Option::Some(__result) = ::farcall::__private::core::option::Option::None::<
                Result<String, Failure>,
            > {
                return __result;
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
    fn one(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = u8,
    > + ::farcall::__private::core::marker::Send {
        async move {
            if let ::farcall::__private::core::option::Option::Some(__result) = ::farcall::__private::core::option::Option::None::<
                u8,
            > {
                return __result;
            }
            1
        }
    }
    fn connect(&self) -> u8 {
        1
    }
}
/// A call of a method of [`Defaults`] as a value: what interceptors, logs and recordings see.
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
#[non_exhaustive]
pub enum DefaultsRequest<'call> {
    /// The arguments of `twice`.
    Twice {
        /// The argument `text`.
        text: String,
        /// The argument `count`.
        count: u32,
    },
    /// The arguments of `one`.
    One {},
    /// The arguments of `connect`.
    Connect {},
    #[doc(hidden)]
    __Lifetime(::farcall::__private::Never<'call>),
}
/// A client of the service [`Defaults`]: a handle on an endpoint, or on an object in this process.
///
/// Cheap to clone. A call begins when its future is first polled; dropping the future cancels it.
///
/// `DefaultsClient` does not implement `Defaults`, since its method `one` returns no `Result`, which could hold a failed call.
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
pub struct DefaultsClient {
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
            ::farcall::__private::Channel::share(&self.channel),
            DefaultsRequest::Twice {
                text,
                count,
            },
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(String),
            ::farcall::__private::payload!(error Failure),
        )
    }
    pub fn one(
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
            ::farcall::__private::Channel::share(&self.channel),
            DefaultsRequest::One {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(u8),
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
            ::farcall::__private::Channel::share(&self.channel),
            DefaultsRequest::Connect {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(u8),
        )
    }
    /// Makes a client with limits, a timeout, interceptors or transports of its own.
    pub fn builder<E: ::farcall::__private::IntoEndpoints>(
        __endpoints: E,
    ) -> ::farcall::__private::ClientBuilder<Self> {
        <Self as ::farcall::__private::Client>::builder(__endpoints)
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
    pub fn local<S: Defaults + 'static>(__service: S) -> Self {
        <Self as ::farcall::__private::Client>::from_service(
            DefaultsServer::new(__service),
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
/// Serves an object as the service [`Defaults`].
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
pub struct DefaultsServer<S> {
    service: ::farcall::__private::Arc<S>,
    hook: ::farcall::__private::core::option::Option<
        ::farcall::__private::Arc<
            dyn ::farcall::__private::core::ops::Fn(
                &DefaultsRequest<'_>,
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
impl<S: Defaults + 'static> DefaultsServer<S> {
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
            &DefaultsRequest<'_>,
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
impl<S> ::farcall::__private::core::clone::Clone for DefaultsServer<S> {
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
impl<S> ::farcall::__private::core::fmt::Debug for DefaultsServer<S> {
    fn fmt(
        &self,
        __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
    ) -> ::farcall::__private::core::fmt::Result {
        ::farcall::__private::core::fmt::Formatter::write_str(__f, "DefaultsServer")
    }
}
::farcall::__private::if_blocking! {
    #[doc =
    " A client of the service [`Defaults`] for code that is not async: a call parks the calling thread."]
    #[doc = ""] #[doc =
    " `connect`, `connect_lazy` and `local` make one; for all that a builder can do, `DefaultsClient::builder(…).build()` makes a [`DefaultsClient`], from which this can be made (`From`)."]
    #[allow(dead_code, deprecated, impl_trait_redundant_captures, private_bounds,
    private_interfaces, unreachable_pub)]
    #[derive(::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug)] pub struct DefaultsBlockingClient { client :
    DefaultsClient, } #[allow(dead_code, deprecated, impl_trait_redundant_captures,
    private_bounds, private_interfaces, unreachable_pub)] impl DefaultsBlockingClient {
    pub fn twice(& self, text : String, count : u32) ->
    ::farcall::__private::core::result::Result < String, ::farcall::__private::CallError
    < Failure > > { ::farcall::__private::block_on(DefaultsClient::twice(& self.client,
    text, count)) } pub fn one(& self,) -> ::farcall::__private::core::result::Result <
    u8, ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(DefaultsClient::one(& self.client,)) } pub fn
    connect(& self,) -> ::farcall::__private::core::result::Result < u8,
    ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(DefaultsClient::connect(& self.client,)) } #[doc =
    r" A client that connects at its first call."] pub fn connect_lazy < E :
    ::farcall::__private::IntoEndpoints > (__endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< DefaultsClient as
    ::farcall::__private::Client > ::connect_lazy(__endpoints), | __client | Self {
    client : __client }) } ::farcall::__private::if_config! { #[doc =
    r" The client of this name in the configuration, which connects at its first call."]
    pub fn from_config(__config : & ::farcall::__private::Config, __name : &
    ::farcall::__private::core::primitive::str) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< DefaultsClient as
    ::farcall::__private::Client > ::from_config(__config, __name), | __client | Self {
    client : __client }) } } #[doc =
    r" A client of an object in this process: everything but the connection."] pub fn
    local < S : Defaults + 'static > (__service : S) -> Self { Self { client :
    DefaultsClient::local(__service) } } #[doc =
    r" A copy whose calls have another timeout."] #[must_use] pub fn with_timeout < D :
    ::farcall::__private::core::convert::Into < ::farcall::__private::Timeout >> (& self,
    __timeout : D) -> Self { Self { client : < DefaultsClient as
    ::farcall::__private::Client > ::with_timeout(& self.client, __timeout) } } #[doc =
    r" A copy whose calls carry one more piece of metadata."] #[must_use] pub fn
    with_metadata < V : ::farcall::__private::core::convert::Into <
    ::farcall::__private::MetadataValue >> (& self, __key : &
    ::farcall::__private::core::primitive::str, __value : V,) -> Self { Self { client : <
    DefaultsClient as ::farcall::__private::Client > ::with_metadata(& self.client,
    __key, __value) } } #[doc = r" A copy whose calls are part of serving that one."]
    #[must_use] pub fn with_parent(& self, __parent : & ::farcall::__private::Context) ->
    Self { Self { client : < DefaultsClient as ::farcall::__private::Client >
    ::with_parent(& self.client, __parent) } } #[doc =
    r" A copy whose calls put there what comes beside their answers."] #[must_use] pub fn
    with_reply_metadata(& self, __place : & ::farcall::__private::ReplyMetadata) -> Self
    { Self { client : < DefaultsClient as ::farcall::__private::Client >
    ::with_reply_metadata(& self.client, __place) } } #[doc =
    r" A copy whose calls go through this as well."] #[must_use] pub fn with_interceptor
    < I : ::farcall::__private::Interceptor > (& self, __interceptor : I) -> Self { Self
    { client : < DefaultsClient as ::farcall::__private::Client > ::with_interceptor(&
    self.client, __interceptor) } } #[doc =
    r" A copy whose calls are made with these options alone: a timeout or metadata of this one is gone."]
    #[must_use] pub fn with(& self, __options : ::farcall::__private::CallOptions) ->
    Self { Self { client : < DefaultsClient as ::farcall::__private::Client > ::with(&
    self.client, __options) } } #[doc =
    r" Ends the connection of this client and of all its copies."] pub fn close(& self) {
    ::farcall::__private::block_on(< DefaultsClient as ::farcall::__private::Client >
    ::close(& self.client)) } } #[doc = r" For all that the builder can do."] impl
    ::farcall::__private::core::convert::From < DefaultsClient > for
    DefaultsBlockingClient { fn from(__client : DefaultsClient) -> Self { Self { client :
    __client } } }
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
                __describer, String, ::farcall::__private::payload!(String)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, u32, ::farcall::__private::payload!(u32)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, String, ::farcall::__private::payload!(String)
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, Failure, ::farcall::__private::payload!(error Failure)
            );
            ::farcall::__private::Describer::error(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), Failure
        );
    });
    static __METHOD_0: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Defaults", 0x48022f6d5501d677),
            ("twice", 0xf28f84632d37a1c5),
            "",
        )
        .with_variant("Twice", 0)
        .with_schema(&__SCHEMA_0)
        .with_arguments(
            &["text", "count"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("text"),
                ::farcall::__private::ArgumentDescriptor::new("count"),
            ],
        );
    static __SCHEMA_1: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, u8, ::farcall::__private::payload!(u8)
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
    });
    static __METHOD_1: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Defaults", 0x48022f6d5501d677),
            ("one", 0x4716818640c7ed29),
            "",
        )
        .with_variant("One", 1)
        .with_schema(&__SCHEMA_1);
    static __SCHEMA_2: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, u8, ::farcall::__private::payload!(u8)
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
    });
    static __METHOD_2: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Defaults", 0x48022f6d5501d677),
            ("connect", 0xbae755cd42badc6f),
            "",
        )
        .with_variant("Connect", 2)
        .with_schema(&__SCHEMA_2);
    static __SERVICE: ::farcall::__private::ServiceDescriptor = ::farcall::__private::ServiceDescriptor::new(
        "Defaults",
        0x48022f6d5501d677,
        "",
        &[&__METHOD_0, &__METHOD_1, &__METHOD_2],
    );
    const __VARIANTS: &[&::farcall::__private::core::primitive::str] = &[
        "Twice",
        "One",
        "Connect",
    ];
    impl<'call> ::farcall::__private::Request for DefaultsRequest<'call> {
        fn method(&self) -> &'static ::farcall::__private::MethodDescriptor {
            match self {
                Self::Twice { .. } => &__METHOD_0,
                Self::One { .. } => &__METHOD_1,
                Self::Connect { .. } => &__METHOD_2,
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
                Self::Twice { text: __argument0, count: __argument1 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_0,
                        __name,
                        __serializer,
                        (
                            ::farcall::__private::Field::new(
                                __argument0,
                                ::farcall::__private::payload!(String),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    __argument1,
                                    ::farcall::__private::payload!(u32),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::One {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_1,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::Connect {} => {
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
    impl<'call> ::farcall::__private::DecodeRequest<'call> for DefaultsRequest<'call> {
        fn deserialize_arguments<
            __Deserializer: ::farcall::__private::serde::Deserializer<'call>,
        >(
            __method: ::farcall::__private::core::primitive::u64,
            __body: &'call ::farcall::__private::Bytes,
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            match __method {
                0xf28f84632d37a1c5 => {
                    let (__argument0, (__argument1, ())) = ::farcall::__private::decode_arguments(
                        &__METHOD_0,
                        __body,
                        __deserializer,
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
                        text: __argument0,
                        count: __argument1,
                    })
                }
                0x4716818640c7ed29 => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_1,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::One {})
                }
                0xbae755cd42badc6f => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_2,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Connect {})
                }
                _ => {
                    ::farcall::__private::core::result::Result::Err(
                        ::farcall::__private::unknown_method(&__SERVICE, __method),
                    )
                }
            }
        }
    }
    impl ::farcall::__private::serde::Serialize for DefaultsRequest<'_> {
        fn serialize<__Serializer: ::farcall::__private::serde::Serializer>(
            &self,
            __serializer: __Serializer,
        ) -> ::farcall::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            ::farcall::__private::serialize_request(
                self,
                "DefaultsRequest",
                __serializer,
            )
        }
    }
    impl<'call> ::farcall::__private::serde::Deserialize<'call>
    for DefaultsRequest<'call> {
        fn deserialize<__Deserializer: ::farcall::__private::serde::Deserializer<'call>>(
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            ::farcall::__private::deserialize_request(
                &__SERVICE,
                "DefaultsRequest",
                __VARIANTS,
                __deserializer,
            )
        }
    }
    impl ::farcall::__private::core::fmt::Debug for DefaultsRequest<'_> {
        fn fmt(
            &self,
            __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
        ) -> ::farcall::__private::core::fmt::Result {
            ::farcall::__private::debug_request(self, __f)
        }
    }
    impl ::farcall::__private::Client for DefaultsClient {
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
    fn __admit<'call>(
        __incoming: &'call ::farcall::__private::Incoming,
        __hook: &::farcall::__private::core::option::Option<
            ::farcall::__private::Arc<
                dyn ::farcall::__private::core::ops::Fn(
                    &DefaultsRequest<'_>,
                    &::farcall::__private::Context,
                ) -> ::farcall::__private::core::result::Result<
                        (),
                        ::farcall::__private::RpcError,
                    > + ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync,
            >,
        >,
    ) -> ::farcall::__private::core::result::Result<
        DefaultsRequest<'call>,
        ::farcall::__private::Reply,
    > {
        let __request = ::farcall::__private::Incoming::decode::<
            DefaultsRequest<'call>,
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
    impl<__Handler: Defaults + 'static> ::farcall::__private::Service
    for DefaultsServer<__Handler> {
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
                0xf28f84632d37a1c5 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0, __argument1) = match __admit(
                                &__incoming,
                                &__hook,
                            ) {
                                ::farcall::__private::core::result::Result::Ok(
                                    DefaultsRequest::Twice {
                                        text: __argument0,
                                        count: __argument1,
                                    },
                                ) => (__argument0, __argument1),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Defaults>::twice(
                                    &*__service,
                                    __argument0,
                                    __argument1,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_result(
                                &__incoming,
                                ::farcall::__private::payload!(String),
                                ::farcall::__private::payload!(error Failure),
                                ::farcall::__private::into_result(__value),
                            )
                        },
                    )
                }
                0x4716818640c7ed29 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    DefaultsRequest::One {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Defaults>::one(&*__service)
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &__incoming,
                                ::farcall::__private::payload!(u8),
                                __value,
                            )
                        },
                    )
                }
                0xbae755cd42badc6f => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    DefaultsRequest::Connect {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Defaults>::connect(&*__service);
                            ::farcall::__private::Incoming::reply_value(
                                &__incoming,
                                ::farcall::__private::payload!(u8),
                                __value,
                            )
                        },
                    )
                }
                _ => ::farcall::__private::Incoming::unknown_method(__incoming),
            }
        }
    }
};
