#[allow(dead_code)]
pub trait Store: Send + for<'a> Visits<
        'a,
    > + ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync {
    fn get<'k>(
        &self,
        key: &'k str,
        context: &Context,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = Result<String, StoreError>,
    > + ::farcall::__private::core::marker::Send;
    fn touch(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = io::Result<()>,
    > + ::farcall::__private::core::marker::Send;
    #[cfg(unix)]
    fn sync(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = Result<(), SyncError>,
    > + ::farcall::__private::core::marker::Send;
}
/// A call of a method of [`Store`] as a value: what interceptors, logs and recordings see.
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
#[non_exhaustive]
pub enum StoreRequest<'call> {
    /// The arguments of `get`.
    Get {
        /// The argument `key`.
        key: ::farcall::__private::Arg<'call, str>,
    },
    /// The arguments of `touch`.
    Touch {},
    #[cfg(unix)]
    /// The arguments of `sync`.
    Sync {},
    #[doc(hidden)]
    __Lifetime(::farcall::__private::Never<'call>),
}
/// A client of the service [`Store`]: a handle on an endpoint, or on an object in this process.
///
/// Cheap to clone. A call begins when its future is first polled; dropping the future cancels it.
///
/// `StoreClient` implements `Store` if every error of its methods implements `From<farcall::RpcError>`, and `StoreClient` every supertrait of `Store`.
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
pub struct StoreClient {
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
impl StoreClient {
    pub fn get<'call>(
        &self,
        key: &'call str,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            String,
            ::farcall::__private::CallError<StoreError>,
        >,
    > + ::farcall::__private::core::marker::Send + use<'call> {
        ::farcall::__private::call_result::<
            _,
            String,
            StoreError,
            _,
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            StoreRequest::Get {
                key: ::farcall::__private::Arg::borrowed(key),
            },
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(String),
            ::farcall::__private::payload!(error StoreError),
        )
    }
    pub fn touch(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            <io::Result<()> as ::farcall::__private::ProjectResult>::Ok,
            ::farcall::__private::CallError<
                <io::Result<()> as ::farcall::__private::ProjectResult>::Err,
            >,
        >,
    > + ::farcall::__private::core::marker::Send + use<> {
        ::farcall::__private::call_result::<
            _,
            <io::Result<()> as ::farcall::__private::ProjectResult>::Ok,
            <io::Result<()> as ::farcall::__private::ProjectResult>::Err,
            _,
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            StoreRequest::Touch {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(
                < io::Result < () > as ::farcall::__private::ProjectResult > ::Ok
            ),
            ::farcall::__private::payload!(
                error < io::Result < () > as ::farcall::__private::ProjectResult > ::Err
            ),
        )
    }
    #[cfg(unix)]
    pub fn sync(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            (),
            ::farcall::__private::CallError<SyncError>,
        >,
    > + ::farcall::__private::core::marker::Send + use<> {
        ::farcall::__private::call_result::<
            _,
            (),
            SyncError,
            _,
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            StoreRequest::Sync {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(()),
            ::farcall::__private::payload!(error SyncError),
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
    pub fn local<S: Store + 'static>(__service: S) -> Self {
        <Self as ::farcall::__private::Client>::from_service(StoreServer::new(__service))
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
/// Serves an object as the service [`Store`].
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
pub struct StoreServer<S> {
    service: ::farcall::__private::Arc<S>,
    hook: ::farcall::__private::core::option::Option<
        ::farcall::__private::Arc<
            dyn ::farcall::__private::core::ops::Fn(
                &StoreRequest<'_>,
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
impl<S: Store + 'static> StoreServer<S> {
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
            &StoreRequest<'_>,
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
impl<S> ::farcall::__private::core::clone::Clone for StoreServer<S> {
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
impl<S> ::farcall::__private::core::fmt::Debug for StoreServer<S> {
    fn fmt(
        &self,
        __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
    ) -> ::farcall::__private::core::fmt::Result {
        ::farcall::__private::core::fmt::Formatter::write_str(__f, "StoreServer")
    }
}
::farcall::__private::if_blocking! {
    #[doc =
    " A client of the service [`Store`] for code that is not async: a call parks the calling thread."]
    #[doc = ""] #[doc =
    " `connect`, `connect_lazy` and `local` make one; for all that a builder can do, `StoreClient::builder(…).build()` makes a [`StoreClient`], from which this can be made (`From`)."]
    #[allow(dead_code, deprecated, impl_trait_redundant_captures, private_bounds,
    private_interfaces, unreachable_pub)]
    #[derive(::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug)] pub struct StoreBlockingClient { client :
    StoreClient, } #[allow(dead_code, deprecated, impl_trait_redundant_captures,
    private_bounds, private_interfaces, unreachable_pub)] impl StoreBlockingClient { pub
    fn get < 'call, > (& self, key : & 'call str) ->
    ::farcall::__private::core::result::Result < String, ::farcall::__private::CallError
    < StoreError > > { ::farcall::__private::block_on(StoreClient::get(& self.client,
    key)) } pub fn touch(& self,) -> ::farcall::__private::core::result::Result < <
    io::Result < () > as ::farcall::__private::ProjectResult > ::Ok,
    ::farcall::__private::CallError < < io::Result < () > as
    ::farcall::__private::ProjectResult > ::Err > > {
    ::farcall::__private::block_on(StoreClient::touch(& self.client,)) } #[cfg(unix)] pub
    fn sync(& self,) -> ::farcall::__private::core::result::Result < (),
    ::farcall::__private::CallError < SyncError > > {
    ::farcall::__private::block_on(StoreClient::sync(& self.client,)) } #[doc =
    r" Connects to the endpoints and shakes hands, so that a wrong address is an error at once."]
    pub fn connect < E : ::farcall::__private::IntoEndpoints +
    ::farcall::__private::core::marker::Send > (__endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(<
    StoreClient as ::farcall::__private::Client > ::connect(__endpoints)), | __client |
    Self { client : __client }) } #[doc = r" A client that connects at its first call."]
    pub fn connect_lazy < E : ::farcall::__private::IntoEndpoints > (__endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< StoreClient as
    ::farcall::__private::Client > ::connect_lazy(__endpoints), | __client | Self {
    client : __client }) } ::farcall::__private::if_config! { #[doc =
    r" The client of this name in the configuration, which connects at its first call."]
    pub fn from_config(__config : & ::farcall::__private::Config, __name : &
    ::farcall::__private::core::primitive::str) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< StoreClient as
    ::farcall::__private::Client > ::from_config(__config, __name), | __client | Self {
    client : __client }) } } #[doc =
    r" A client of an object in this process: everything but the connection."] pub fn
    local < S : Store + 'static > (__service : S) -> Self { Self { client :
    StoreClient::local(__service) } } #[doc =
    r" A copy whose calls have another timeout."] #[must_use] pub fn with_timeout < D :
    ::farcall::__private::core::convert::Into < ::farcall::__private::Timeout >> (& self,
    __timeout : D) -> Self { Self { client : < StoreClient as
    ::farcall::__private::Client > ::with_timeout(& self.client, __timeout) } } #[doc =
    r" A copy whose calls carry one more piece of metadata."] #[must_use] pub fn
    with_metadata < V : ::farcall::__private::core::convert::Into <
    ::farcall::__private::MetadataValue >> (& self, __key : &
    ::farcall::__private::core::primitive::str, __value : V,) -> Self { Self { client : <
    StoreClient as ::farcall::__private::Client > ::with_metadata(& self.client, __key,
    __value) } } #[doc = r" A copy whose calls are part of serving that one."]
    #[must_use] pub fn with_parent(& self, __parent : & ::farcall::__private::Context) ->
    Self { Self { client : < StoreClient as ::farcall::__private::Client >
    ::with_parent(& self.client, __parent) } } #[doc =
    r" A copy whose calls put there what comes beside their answers."] #[must_use] pub fn
    with_reply_metadata(& self, __place : & ::farcall::__private::ReplyMetadata) -> Self
    { Self { client : < StoreClient as ::farcall::__private::Client >
    ::with_reply_metadata(& self.client, __place) } } #[doc =
    r" A copy whose calls go through this as well."] #[must_use] pub fn with_interceptor
    < I : ::farcall::__private::Interceptor > (& self, __interceptor : I) -> Self { Self
    { client : < StoreClient as ::farcall::__private::Client > ::with_interceptor(& self
    .client, __interceptor) } } #[doc =
    r" A copy whose calls are made with these options alone: a timeout or metadata of this one is gone."]
    #[must_use] pub fn with(& self, __options : ::farcall::__private::CallOptions) ->
    Self { Self { client : < StoreClient as ::farcall::__private::Client > ::with(& self
    .client, __options) } } #[doc =
    r" Ends the connection of this client and of all its copies."] pub fn close(& self) {
    ::farcall::__private::block_on(< StoreClient as ::farcall::__private::Client >
    ::close(& self.client)) } } #[doc = r" For all that the builder can do."] impl
    ::farcall::__private::core::convert::From < StoreClient > for StoreBlockingClient {
    fn from(__client : StoreClient) -> Self { Self { client : __client } } }
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
                __describer, ::farcall::__private::Arg < 'static, str >,
                ::farcall::__private::payload!(::farcall::__private::Arg < 'static, str
                >)
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
                __describer, StoreError, ::farcall::__private::payload!(error StoreError)
            );
            ::farcall::__private::Describer::error(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), StoreError
        );
    });
    static __METHOD_0: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Store", 0x04ae3c13e8c60fee),
            ("get", 0xdc5ad183936cb6fc),
            "",
        )
        .with_variant("Get", 0)
        .with_schema(&__SCHEMA_0)
        .with_arguments(
            &["key"],
            &[::farcall::__private::ArgumentDescriptor::new("key")],
        );
    static __SCHEMA_1: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, < io::Result < () > as ::farcall::__private::ProjectResult >
                ::Ok, ::farcall::__private::payload!(< io::Result < () > as
                ::farcall::__private::ProjectResult > ::Ok)
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, < io::Result < () > as ::farcall::__private::ProjectResult >
                ::Err, ::farcall::__private::payload!(error < io::Result < () > as
                ::farcall::__private::ProjectResult > ::Err)
            );
            ::farcall::__private::Describer::error(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), < io::Result < ()
            > as ::farcall::__private::ProjectResult > ::Ok, < io::Result < () > as
            ::farcall::__private::ProjectResult > ::Err
        );
    });
    static __METHOD_1: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Store", 0x04ae3c13e8c60fee),
            ("touch", 0x5bdec0aee3973cc7),
            "",
        )
        .with_variant("Touch", 1)
        .with_schema(&__SCHEMA_1);
    #[cfg(unix)]
    static __SCHEMA_2: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, (), ::farcall::__private::payload!(())
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, SyncError, ::farcall::__private::payload!(error SyncError)
            );
            ::farcall::__private::Describer::error(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), SyncError
        );
    });
    #[cfg(unix)]
    static __METHOD_2: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Store", 0x04ae3c13e8c60fee),
            ("sync", 0xed04cdf9010d67fb),
            "",
        )
        .with_variant("Sync", 2)
        .with_schema(&__SCHEMA_2);
    static __SERVICE: ::farcall::__private::ServiceDescriptor = ::farcall::__private::ServiceDescriptor::new(
        "Store",
        0x04ae3c13e8c60fee,
        "",
        &[&__METHOD_0, &__METHOD_1, #[cfg(unix)] &__METHOD_2],
    );
    const __VARIANTS: &[&::farcall::__private::core::primitive::str] = &[
        "Get",
        "Touch",
        #[cfg(unix)]
        "Sync",
    ];
    impl<'call> ::farcall::__private::Request for StoreRequest<'call> {
        fn method(&self) -> &'static ::farcall::__private::MethodDescriptor {
            match self {
                Self::Get { .. } => &__METHOD_0,
                Self::Touch { .. } => &__METHOD_1,
                #[cfg(unix)]
                Self::Sync { .. } => &__METHOD_2,
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
                Self::Get { key: __argument0 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_0,
                        __name,
                        __serializer,
                        (
                            ::farcall::__private::Field::new(
                                __argument0,
                                ::farcall::__private::payload!(
                                    ::farcall::__private::Arg < 'call, str >
                                ),
                            ),
                            (),
                        ),
                    )
                }
                Self::Touch {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_1,
                        __name,
                        __serializer,
                        (),
                    )
                }
                #[cfg(unix)]
                Self::Sync {} => {
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
    impl<'call> ::farcall::__private::DecodeRequest<'call> for StoreRequest<'call> {
        fn deserialize_arguments<
            __Deserializer: ::farcall::__private::serde::Deserializer<'call>,
        >(
            __method: ::farcall::__private::core::primitive::u64,
            __body: &'call ::farcall::__private::Bytes,
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            match __method {
                0xdc5ad183936cb6fc => {
                    let (__argument0, ()) = ::farcall::__private::decode_arguments(
                        &__METHOD_0,
                        __body,
                        __deserializer,
                        (
                            ::farcall::__private::Slot::<
                                ::farcall::__private::Arg<'call, str>,
                                _,
                            >::required(
                                ::farcall::__private::payload!(
                                    ::farcall::__private::Arg < 'call, str >
                                ),
                            ),
                            (),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Get {
                        key: __argument0,
                    })
                }
                0x5bdec0aee3973cc7 => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_1,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Touch {})
                }
                #[cfg(unix)]
                0xed04cdf9010d67fb => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_2,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Sync {})
                }
                _ => {
                    ::farcall::__private::core::result::Result::Err(
                        ::farcall::__private::unknown_method(&__SERVICE, __method),
                    )
                }
            }
        }
    }
    impl ::farcall::__private::serde::Serialize for StoreRequest<'_> {
        fn serialize<__Serializer: ::farcall::__private::serde::Serializer>(
            &self,
            __serializer: __Serializer,
        ) -> ::farcall::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            ::farcall::__private::serialize_request(self, "StoreRequest", __serializer)
        }
    }
    impl<'call> ::farcall::__private::serde::Deserialize<'call> for StoreRequest<'call> {
        fn deserialize<__Deserializer: ::farcall::__private::serde::Deserializer<'call>>(
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            ::farcall::__private::deserialize_request(
                &__SERVICE,
                "StoreRequest",
                __VARIANTS,
                __deserializer,
            )
        }
    }
    impl ::farcall::__private::core::fmt::Debug for StoreRequest<'_> {
        fn fmt(
            &self,
            __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
        ) -> ::farcall::__private::core::fmt::Result {
            ::farcall::__private::debug_request(self, __f)
        }
    }
    impl ::farcall::__private::Client for StoreClient {
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
    #[cfg(unix)]
    type __Error2 = SyncError;
    #[cfg(not(unix))]
    type __Error2 = ::farcall::__private::RpcError;
    impl Store for StoreClient
    where
        for<'farcall> <io::Result<
            (),
        > as ::farcall::__private::ProjectResult>::Err: ::farcall::__private::FromRpcError,
        for<'farcall> StoreError: ::farcall::__private::FromRpcError,
        for<'farcall> __Error2: ::farcall::__private::FromRpcError,
        for<'farcall> StoreClient: Send,
        StoreClient: for<'a> Visits<'a>,
    {
        async fn get<'k>(
            &self,
            __argument0: &'k str,
            __argument1: &Context,
        ) -> Result<String, StoreError> {
            ::farcall::__private::flatten_call_error(
                Self::get(
                        &<Self as ::farcall::__private::Client>::from_channel(
                            ::farcall::__private::Channel::with_parent(
                                &self.channel,
                                __argument1,
                            ),
                        ),
                        __argument0,
                    )
                    .await,
            )
        }
        async fn touch(&self) -> io::Result<()> {
            ::farcall::__private::flatten_call_error(Self::touch(self).await)
        }
        #[cfg(unix)]
        async fn sync(&self) -> Result<(), SyncError> {
            ::farcall::__private::flatten_call_error(Self::sync(self).await)
        }
    }
    fn __admit<'call>(
        __incoming: &'call ::farcall::__private::Incoming,
        __hook: &::farcall::__private::core::option::Option<
            ::farcall::__private::Arc<
                dyn ::farcall::__private::core::ops::Fn(
                    &StoreRequest<'_>,
                    &::farcall::__private::Context,
                ) -> ::farcall::__private::core::result::Result<
                        (),
                        ::farcall::__private::RpcError,
                    > + ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync,
            >,
        >,
    ) -> ::farcall::__private::core::result::Result<
        StoreRequest<'call>,
        ::farcall::__private::Reply,
    > {
        let __request = ::farcall::__private::Incoming::decode::<
            StoreRequest<'call>,
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
    impl<__Handler: Store + 'static> ::farcall::__private::Service
    for StoreServer<__Handler> {
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
                0xdc5ad183936cb6fc => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0,) = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StoreRequest::Get { key: __argument0 },
                                ) => (__argument0,),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Store>::get(
                                    &*__service,
                                    &*__argument0,
                                    ::farcall::__private::Incoming::context(&__incoming),
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_result(
                                &__incoming,
                                ::farcall::__private::payload!(String),
                                ::farcall::__private::payload!(error StoreError),
                                ::farcall::__private::into_result(__value),
                            )
                        },
                    )
                }
                0x5bdec0aee3973cc7 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StoreRequest::Touch {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Store>::touch(&*__service).await;
                            ::farcall::__private::Incoming::reply_result(
                                &__incoming,
                                ::farcall::__private::payload!(
                                    < io::Result < () > as ::farcall::__private::ProjectResult >
                                    ::Ok
                                ),
                                ::farcall::__private::payload!(
                                    error < io::Result < () > as
                                    ::farcall::__private::ProjectResult > ::Err
                                ),
                                ::farcall::__private::into_result(__value),
                            )
                        },
                    )
                }
                #[cfg(unix)]
                0xed04cdf9010d67fb => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StoreRequest::Sync {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Store>::sync(&*__service).await;
                            ::farcall::__private::Incoming::reply_result(
                                &__incoming,
                                ::farcall::__private::payload!(()),
                                ::farcall::__private::payload!(error SyncError),
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
