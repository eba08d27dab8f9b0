#[allow(dead_code)]
pub(crate) trait Options: ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync {
    fn fetch(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = u8,
    > + ::farcall::__private::core::marker::Send;
    fn work(&self) -> Vec<u8>;
    fn crunch(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = (),
    > + ::farcall::__private::core::marker::Send;
    #[cfg(feature = "extra")]
    #[deprecated]
    fn extra(
        &self,
        a: u8,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = io::Result<u8>,
    > + ::farcall::__private::core::marker::Send;
}
/// A call of a method of [`Options`] as a value: what interceptors, logs and recordings see.
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
#[non_exhaustive]
pub(crate) enum OptionsRequest<'call> {
    /// The arguments of `fetch`.
    Fetch {},
    /// The arguments of `work`.
    Work {},
    /// The arguments of `crunch`.
    Crunch {},
    #[cfg(feature = "extra")]
    /// The arguments of `extra`.
    Extra {
        /// The argument `a`.
        a: u8,
    },
    #[doc(hidden)]
    __Lifetime(::farcall::__private::Never<'call>),
}
/// A client of the service [`Options`]: a handle on an endpoint, or on an object in this process.
///
/// Cheap to clone. A call begins when its future is first polled; dropping the future cancels it.
///
/// `OptionsClient` does not implement `Options`, since its method `fetch` returns no `Result`, which could hold a failed call.
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
pub(crate) struct OptionsClient {
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
impl OptionsClient {
    pub(crate) fn fetch(
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
            OptionsRequest::Fetch {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(u8),
        )
    }
    pub(crate) fn work(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            Vec<u8>,
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<> {
        ::farcall::__private::call_value::<
            _,
            Vec<u8>,
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            OptionsRequest::Work {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(Vec < u8 >),
        )
    }
    pub(crate) fn crunch(
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
            OptionsRequest::Crunch {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(()),
        )
    }
    #[cfg(feature = "extra")]
    #[deprecated]
    pub(crate) fn extra(
        &self,
        a: u8,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            <io::Result<u8> as ::farcall::__private::ProjectResult>::Ok,
            ::farcall::__private::CallError<
                <io::Result<u8> as ::farcall::__private::ProjectResult>::Err,
            >,
        >,
    > + ::farcall::__private::core::marker::Send + use<> {
        ::farcall::__private::call_result::<
            _,
            <io::Result<u8> as ::farcall::__private::ProjectResult>::Ok,
            <io::Result<u8> as ::farcall::__private::ProjectResult>::Err,
            _,
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            OptionsRequest::Extra { a },
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(
                < io::Result < u8 > as ::farcall::__private::ProjectResult > ::Ok
            ),
            ::farcall::__private::payload!(
                error < io::Result < u8 > as ::farcall::__private::ProjectResult > ::Err
            ),
        )
    }
    /// Makes a client with limits, a timeout, interceptors or transports of its own.
    pub(crate) fn builder<E: ::farcall::__private::IntoEndpoints>(
        __endpoints: E,
    ) -> ::farcall::__private::ClientBuilder<Self> {
        <Self as ::farcall::__private::Client>::builder(__endpoints)
    }
    /// Connects to the endpoints and shakes hands, so that a wrong address is an error at once.
    pub(crate) fn connect<
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
    pub(crate) fn connect_lazy<E: ::farcall::__private::IntoEndpoints>(
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
        pub (crate) fn from_config(__config : & ::farcall::__private::Config, __name : &
        ::farcall::__private::core::primitive::str) ->
        ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError
        > { < Self as ::farcall::__private::Client > ::from_config(__config, __name) }
    }
    /// A client of an object in this process: everything but the connection.
    pub(crate) fn local<S: Options + 'static>(__service: S) -> Self {
        <Self as ::farcall::__private::Client>::from_service(
            OptionsServer::new(__service),
        )
    }
    /// A copy whose calls have another timeout.
    #[must_use]
    pub(crate) fn with_timeout<
        D: ::farcall::__private::core::convert::Into<::farcall::__private::Timeout>,
    >(&self, __timeout: D) -> Self {
        <Self as ::farcall::__private::Client>::with_timeout(self, __timeout)
    }
    /// A copy whose calls carry one more piece of metadata.
    #[must_use]
    pub(crate) fn with_metadata<
        V: ::farcall::__private::core::convert::Into<::farcall::__private::MetadataValue>,
    >(&self, __key: &::farcall::__private::core::primitive::str, __value: V) -> Self {
        <Self as ::farcall::__private::Client>::with_metadata(self, __key, __value)
    }
    /// A copy whose calls are part of serving that one.
    #[must_use]
    pub(crate) fn with_parent(&self, __parent: &::farcall::__private::Context) -> Self {
        <Self as ::farcall::__private::Client>::with_parent(self, __parent)
    }
    /// A copy whose calls put there what comes beside their answers.
    #[must_use]
    pub(crate) fn with_reply_metadata(
        &self,
        __place: &::farcall::__private::ReplyMetadata,
    ) -> Self {
        <Self as ::farcall::__private::Client>::with_reply_metadata(self, __place)
    }
    /// A copy whose calls go through this as well.
    #[must_use]
    pub(crate) fn with_interceptor<I: ::farcall::__private::Interceptor>(
        &self,
        __interceptor: I,
    ) -> Self {
        <Self as ::farcall::__private::Client>::with_interceptor(self, __interceptor)
    }
    /// A copy whose calls are made with these options alone: a timeout or metadata of this one is gone.
    #[must_use]
    pub(crate) fn with(&self, __options: ::farcall::__private::CallOptions) -> Self {
        <Self as ::farcall::__private::Client>::with(self, __options)
    }
    /// Compares all methods with what the server has.
    pub(crate) fn compatibility(
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
    pub(crate) fn supports<'__client>(
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
    pub(crate) fn close(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = (),
    > + ::farcall::__private::core::marker::Send + use<'_> {
        <Self as ::farcall::__private::Client>::close(self)
    }
}
/// Serves an object as the service [`Options`].
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
pub(crate) struct OptionsServer<S> {
    service: ::farcall::__private::Arc<S>,
    hook: ::farcall::__private::core::option::Option<
        ::farcall::__private::Arc<
            dyn ::farcall::__private::core::ops::Fn(
                &OptionsRequest<'_>,
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
impl<S: Options + 'static> OptionsServer<S> {
    /// Serves an object.
    pub(crate) fn new(__service: S) -> Self {
        Self::from_arc(::farcall::__private::Arc::new(__service))
    }
    /// Serves an object that others hold as well.
    pub(crate) fn from_arc(__service: ::farcall::__private::Arc<S>) -> Self {
        Self {
            service: __service,
            hook: ::farcall::__private::core::option::Option::None,
        }
    }
    /// Has every call looked at by `hook` before it reaches the object; a call that it refuses fails with its
    /// error. Takes the place of one that was there.
    #[must_use]
    pub(crate) fn with_hook(
        self,
        __hook: impl ::farcall::__private::core::ops::Fn(
            &OptionsRequest<'_>,
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
impl<S> ::farcall::__private::core::clone::Clone for OptionsServer<S> {
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
impl<S> ::farcall::__private::core::fmt::Debug for OptionsServer<S> {
    fn fmt(
        &self,
        __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
    ) -> ::farcall::__private::core::fmt::Result {
        ::farcall::__private::core::fmt::Formatter::write_str(__f, "OptionsServer")
    }
}
::farcall::__private::if_blocking! {
    #[doc =
    " A client of the service [`Options`] for code that is not async: a call parks the calling thread."]
    #[doc = ""] #[doc =
    " `connect`, `connect_lazy` and `local` make one; for all that a builder can do, `OptionsClient::builder(…).build()` makes a [`OptionsClient`], from which this can be made (`From`)."]
    #[allow(dead_code, deprecated, impl_trait_redundant_captures, private_bounds,
    private_interfaces, unreachable_pub)]
    #[derive(::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug)] pub (crate) struct OptionsBlockingClient {
    client : OptionsClient, } #[allow(dead_code, deprecated,
    impl_trait_redundant_captures, private_bounds, private_interfaces, unreachable_pub)]
    impl OptionsBlockingClient { pub (crate) fn fetch(& self,) ->
    ::farcall::__private::core::result::Result < u8, ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(OptionsClient::fetch(& self.client,)) } pub (crate) fn
    work(& self,) -> ::farcall::__private::core::result::Result < Vec < u8 >,
    ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(OptionsClient::work(& self.client,)) } pub (crate) fn
    crunch(& self,) -> ::farcall::__private::core::result::Result < (),
    ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(OptionsClient::crunch(& self.client,)) } #[cfg(feature
    = "extra")] #[deprecated] pub (crate) fn extra(& self, a : u8) ->
    ::farcall::__private::core::result::Result < < io::Result < u8 > as
    ::farcall::__private::ProjectResult > ::Ok, ::farcall::__private::CallError < <
    io::Result < u8 > as ::farcall::__private::ProjectResult > ::Err > > {
    ::farcall::__private::block_on(OptionsClient::extra(& self.client, a)) } #[doc =
    r" Connects to the endpoints and shakes hands, so that a wrong address is an error at once."]
    pub (crate) fn connect < E : ::farcall::__private::IntoEndpoints +
    ::farcall::__private::core::marker::Send > (__endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(<
    OptionsClient as ::farcall::__private::Client > ::connect(__endpoints)), | __client |
    Self { client : __client }) } #[doc = r" A client that connects at its first call."]
    pub (crate) fn connect_lazy < E : ::farcall::__private::IntoEndpoints > (__endpoints
    : E) -> ::farcall::__private::core::result::Result < Self,
    ::farcall::__private::RpcError > { ::farcall::__private::core::result::Result::map(<
    OptionsClient as ::farcall::__private::Client > ::connect_lazy(__endpoints), |
    __client | Self { client : __client }) } ::farcall::__private::if_config! { #[doc =
    r" The client of this name in the configuration, which connects at its first call."]
    pub (crate) fn from_config(__config : & ::farcall::__private::Config, __name : &
    ::farcall::__private::core::primitive::str) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< OptionsClient as
    ::farcall::__private::Client > ::from_config(__config, __name), | __client | Self {
    client : __client }) } } #[doc =
    r" A client of an object in this process: everything but the connection."] pub
    (crate) fn local < S : Options + 'static > (__service : S) -> Self { Self { client :
    OptionsClient::local(__service) } } #[doc =
    r" A copy whose calls have another timeout."] #[must_use] pub (crate) fn with_timeout
    < D : ::farcall::__private::core::convert::Into < ::farcall::__private::Timeout >> (&
    self, __timeout : D) -> Self { Self { client : < OptionsClient as
    ::farcall::__private::Client > ::with_timeout(& self.client, __timeout) } } #[doc =
    r" A copy whose calls carry one more piece of metadata."] #[must_use] pub (crate) fn
    with_metadata < V : ::farcall::__private::core::convert::Into <
    ::farcall::__private::MetadataValue >> (& self, __key : &
    ::farcall::__private::core::primitive::str, __value : V,) -> Self { Self { client : <
    OptionsClient as ::farcall::__private::Client > ::with_metadata(& self.client, __key,
    __value) } } #[doc = r" A copy whose calls are part of serving that one."]
    #[must_use] pub (crate) fn with_parent(& self, __parent : &
    ::farcall::__private::Context) -> Self { Self { client : < OptionsClient as
    ::farcall::__private::Client > ::with_parent(& self.client, __parent) } } #[doc =
    r" A copy whose calls put there what comes beside their answers."] #[must_use] pub
    (crate) fn with_reply_metadata(& self, __place : &
    ::farcall::__private::ReplyMetadata) -> Self { Self { client : < OptionsClient as
    ::farcall::__private::Client > ::with_reply_metadata(& self.client, __place) } }
    #[doc = r" A copy whose calls go through this as well."] #[must_use] pub (crate) fn
    with_interceptor < I : ::farcall::__private::Interceptor > (& self, __interceptor :
    I) -> Self { Self { client : < OptionsClient as ::farcall::__private::Client >
    ::with_interceptor(& self.client, __interceptor) } } #[doc =
    r" A copy whose calls are made with these options alone: a timeout or metadata of this one is gone."]
    #[must_use] pub (crate) fn with(& self, __options :
    ::farcall::__private::CallOptions) -> Self { Self { client : < OptionsClient as
    ::farcall::__private::Client > ::with(& self.client, __options) } } #[doc =
    r" Ends the connection of this client and of all its copies."] pub (crate) fn close(&
    self) { ::farcall::__private::block_on(< OptionsClient as
    ::farcall::__private::Client > ::close(& self.client)) } } #[doc =
    r" For all that the builder can do."] impl ::farcall::__private::core::convert::From
    < OptionsClient > for OptionsBlockingClient { fn from(__client : OptionsClient) ->
    Self { Self { client : __client } } }
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
                __describer, u8, ::farcall::__private::payload!(u8)
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
    });
    static __METHOD_0: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("shop.Options", 0x03bdccc326fdfd85),
            ("get", 0xacf2b35283391203),
            "",
        )
        .with_variant("Fetch", 0)
        .with_schema(&__SCHEMA_0)
        .with_timeout(::farcall::__private::core::time::Duration::new(1, 500000000))
        .with_idempotent();
    static __SCHEMA_1: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, Vec < u8 >, ::farcall::__private::payload!(Vec < u8 >)
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
    });
    static __METHOD_1: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("shop.Options", 0x03bdccc326fdfd85),
            ("work", 0xf8363aad3f5abacc),
            "",
        )
        .with_variant("Work", 1)
        .with_schema(&__SCHEMA_1)
        .with_blocking();
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
            ("shop.Options", 0x03bdccc326fdfd85),
            ("crunch", 0xbe7d7fe5554ecec4),
            "",
        )
        .with_variant("Crunch", 2)
        .with_schema(&__SCHEMA_2)
        .with_detached()
        .with_spawn();
    #[cfg(feature = "extra")]
    static __SCHEMA_3: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, u8, ::farcall::__private::payload!(u8)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, < io::Result < u8 > as ::farcall::__private::ProjectResult >
                ::Ok, ::farcall::__private::payload!(< io::Result < u8 > as
                ::farcall::__private::ProjectResult > ::Ok)
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, < io::Result < u8 > as ::farcall::__private::ProjectResult >
                ::Err, ::farcall::__private::payload!(error < io::Result < u8 > as
                ::farcall::__private::ProjectResult > ::Err)
            );
            ::farcall::__private::Describer::error(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), < io::Result < u8
            > as ::farcall::__private::ProjectResult > ::Ok, < io::Result < u8 > as
            ::farcall::__private::ProjectResult > ::Err
        );
    });
    #[cfg(feature = "extra")]
    static __METHOD_3: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("shop.Options", 0x03bdccc326fdfd85),
            ("extra", 0x89ad64ba5646929d),
            "",
        )
        .with_variant("Extra", 3)
        .with_schema(&__SCHEMA_3)
        .with_arguments(&["a"], &[::farcall::__private::ArgumentDescriptor::new("a")]);
    static __SERVICE: ::farcall::__private::ServiceDescriptor = ::farcall::__private::ServiceDescriptor::new(
        "shop.Options",
        0x03bdccc326fdfd85,
        "",
        &[&__METHOD_0, &__METHOD_1, &__METHOD_2, #[cfg(feature = "extra")] &__METHOD_3],
    );
    const __VARIANTS: &[&::farcall::__private::core::primitive::str] = &[
        "Fetch",
        "Work",
        "Crunch",
        #[cfg(feature = "extra")]
        "Extra",
    ];
    impl<'call> ::farcall::__private::Request for OptionsRequest<'call> {
        fn method(&self) -> &'static ::farcall::__private::MethodDescriptor {
            match self {
                Self::Fetch { .. } => &__METHOD_0,
                Self::Work { .. } => &__METHOD_1,
                Self::Crunch { .. } => &__METHOD_2,
                #[cfg(feature = "extra")]
                Self::Extra { .. } => &__METHOD_3,
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
                Self::Fetch {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_0,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::Work {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_1,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::Crunch {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_2,
                        __name,
                        __serializer,
                        (),
                    )
                }
                #[cfg(feature = "extra")]
                Self::Extra { a: __argument0 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_3,
                        __name,
                        __serializer,
                        (
                            ::farcall::__private::Field::new(
                                __argument0,
                                ::farcall::__private::payload!(u8),
                            ),
                            (),
                        ),
                    )
                }
                Self::__Lifetime(__never) => ::farcall::__private::Never::reach(__never),
            }
        }
    }
    impl<'call> ::farcall::__private::DecodeRequest<'call> for OptionsRequest<'call> {
        fn deserialize_arguments<
            __Deserializer: ::farcall::__private::serde::Deserializer<'call>,
        >(
            __method: ::farcall::__private::core::primitive::u64,
            __body: &'call ::farcall::__private::Bytes,
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            match __method {
                0xacf2b35283391203 => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_0,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Fetch {})
                }
                0xf8363aad3f5abacc => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_1,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Work {})
                }
                0xbe7d7fe5554ecec4 => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_2,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Crunch {})
                }
                #[cfg(feature = "extra")]
                0x89ad64ba5646929d => {
                    let (__argument0, ()) = ::farcall::__private::decode_arguments(
                        &__METHOD_3,
                        __body,
                        __deserializer,
                        (
                            ::farcall::__private::Slot::<
                                u8,
                                _,
                            >::required(::farcall::__private::payload!(u8)),
                            (),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Extra {
                        a: __argument0,
                    })
                }
                _ => {
                    ::farcall::__private::core::result::Result::Err(
                        ::farcall::__private::unknown_method(&__SERVICE, __method),
                    )
                }
            }
        }
    }
    impl ::farcall::__private::serde::Serialize for OptionsRequest<'_> {
        fn serialize<__Serializer: ::farcall::__private::serde::Serializer>(
            &self,
            __serializer: __Serializer,
        ) -> ::farcall::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            ::farcall::__private::serialize_request(self, "OptionsRequest", __serializer)
        }
    }
    impl<'call> ::farcall::__private::serde::Deserialize<'call>
    for OptionsRequest<'call> {
        fn deserialize<__Deserializer: ::farcall::__private::serde::Deserializer<'call>>(
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            ::farcall::__private::deserialize_request(
                &__SERVICE,
                "OptionsRequest",
                __VARIANTS,
                __deserializer,
            )
        }
    }
    impl ::farcall::__private::core::fmt::Debug for OptionsRequest<'_> {
        fn fmt(
            &self,
            __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
        ) -> ::farcall::__private::core::fmt::Result {
            ::farcall::__private::debug_request(self, __f)
        }
    }
    impl ::farcall::__private::Client for OptionsClient {
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
                    &OptionsRequest<'_>,
                    &::farcall::__private::Context,
                ) -> ::farcall::__private::core::result::Result<
                        (),
                        ::farcall::__private::RpcError,
                    > + ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync,
            >,
        >,
    ) -> ::farcall::__private::core::result::Result<
        OptionsRequest<'call>,
        ::farcall::__private::Reply,
    > {
        let __request = ::farcall::__private::Incoming::decode::<
            OptionsRequest<'call>,
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
    impl<__Handler: Options + 'static> ::farcall::__private::Service
    for OptionsServer<__Handler> {
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
                0xacf2b35283391203 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    OptionsRequest::Fetch {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Options>::fetch(&*__service)
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &__incoming,
                                ::farcall::__private::payload!(u8),
                                __value,
                            )
                        },
                    )
                }
                0xf8363aad3f5abacc => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    OptionsRequest::Work {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Options>::work(&*__service);
                            ::farcall::__private::Incoming::reply_value(
                                &__incoming,
                                ::farcall::__private::payload!(Vec < u8 >),
                                __value,
                            )
                        },
                    )
                }
                0xbe7d7fe5554ecec4 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    OptionsRequest::Crunch {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Options>::crunch(&*__service)
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &__incoming,
                                ::farcall::__private::payload!(()),
                                __value,
                            )
                        },
                    )
                }
                #[cfg(feature = "extra")]
                0x89ad64ba5646929d => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0,) = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    OptionsRequest::Extra { a: __argument0 },
                                ) => (__argument0,),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Options>::extra(
                                    &*__service,
                                    __argument0,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_result(
                                &__incoming,
                                ::farcall::__private::payload!(
                                    < io::Result < u8 > as ::farcall::__private::ProjectResult >
                                    ::Ok
                                ),
                                ::farcall::__private::payload!(
                                    error < io::Result < u8 > as
                                    ::farcall::__private::ProjectResult > ::Err
                                ),
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
