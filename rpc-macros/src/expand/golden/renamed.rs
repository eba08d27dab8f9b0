#[allow(dead_code)]
pub trait Renamed: crate::rpc::__private::core::marker::Send + crate::rpc::__private::core::marker::Sync {
    fn add(
        &self,
        a: Option<&[u8]>,
        b: i64,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = rpc::Result<i64>,
    > + crate::rpc::__private::core::marker::Send;
    fn failing(
        &self,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = Result<i64, rpc::RpcError>,
    > + crate::rpc::__private::core::marker::Send;
    fn own_error(
        &self,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = Result<i64, crate::RpcError>,
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
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
#[non_exhaustive]
pub enum RenamedRequest<'call> {
    /// The arguments of `add`.
    Add {
        /// The argument `a`.
        a: crate::rpc::__private::core::option::Option<
            crate::rpc::__private::Arg<'call, [u8]>,
        >,
        /// The argument `b`.
        b: i64,
    },
    /// The arguments of `failing`.
    Failing {},
    /// The arguments of `own_error`.
    OwnError {},
    /// The arguments of `other`.
    Other {
        /// The argument `text`.
        text: crate::rpc::__private::Arg<'call, str>,
        /// The argument `cow`.
        cow: crate::rpc::__private::Arg<'call, str>,
    },
    #[doc(hidden)]
    __Lifetime(crate::rpc::__private::Never<'call>),
}
/// A client of the service [`Renamed`]: a handle on an endpoint, or on an object in this process.
///
/// Cheap to clone. A call begins when its future is first polled; dropping the future cancels it.
///
/// `RenamedClient` implements `Renamed` if every error of its methods implements `From<farcall::RpcError>`.
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
#[derive(
    crate::rpc::__private::core::clone::Clone,
    crate::rpc::__private::core::fmt::Debug
)]
pub struct RenamedClient {
    channel: crate::rpc::__private::Channel,
}
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
impl RenamedClient {
    pub fn add<'call>(
        &self,
        a: Option<&'call [u8]>,
        b: i64,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = crate::rpc::__private::core::result::Result<
            i64,
            crate::rpc::__private::RpcError,
        >,
    > + crate::rpc::__private::core::marker::Send + use<'call> {
        crate::rpc::__private::call_value::<
            _,
            i64,
            _,
        >(
            crate::rpc::__private::Channel::share(&self.channel),
            RenamedRequest::Add {
                a: crate::rpc::__private::core::option::Option::map(
                    a,
                    crate::rpc::__private::Arg::borrowed,
                ),
                b,
            },
            crate::rpc::__private::Uploads::none(),
            crate::rpc::__private::payload!(i64),
        )
    }
    pub fn failing(
        &self,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = crate::rpc::__private::core::result::Result<
            i64,
            crate::rpc::__private::RpcError,
        >,
    > + crate::rpc::__private::core::marker::Send + use<> {
        crate::rpc::__private::call_value::<
            _,
            i64,
            _,
        >(
            crate::rpc::__private::Channel::share(&self.channel),
            RenamedRequest::Failing {},
            crate::rpc::__private::Uploads::none(),
            crate::rpc::__private::payload!(i64),
        )
    }
    pub fn own_error(
        &self,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = crate::rpc::__private::core::result::Result<
            i64,
            crate::rpc::__private::CallError<crate::RpcError>,
        >,
    > + crate::rpc::__private::core::marker::Send + use<> {
        crate::rpc::__private::call_result::<
            _,
            i64,
            crate::RpcError,
            _,
            _,
        >(
            crate::rpc::__private::Channel::share(&self.channel),
            RenamedRequest::OwnError {},
            crate::rpc::__private::Uploads::none(),
            crate::rpc::__private::payload!(i64),
            crate::rpc::__private::payload!(error crate ::RpcError),
        )
    }
    pub fn other<'call>(
        &self,
        text: &'call str,
        cow: Cow<'call, str>,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = crate::rpc::__private::core::result::Result<
            i64,
            crate::rpc::__private::CallError<String>,
        >,
    > + crate::rpc::__private::core::marker::Send + use<'call> {
        crate::rpc::__private::call_result::<
            _,
            i64,
            String,
            _,
            _,
        >(
            crate::rpc::__private::Channel::share(&self.channel),
            RenamedRequest::Other {
                text: crate::rpc::__private::Arg::borrowed(text),
                cow: crate::rpc::__private::Arg::from_cow(cow),
            },
            crate::rpc::__private::Uploads::none(),
            crate::rpc::__private::payload!(i64),
            crate::rpc::__private::payload!(error String),
        )
    }
    /// Makes a client with limits, a timeout, interceptors or transports of its own.
    pub fn builder<E: crate::rpc::__private::IntoEndpoints>(
        __endpoints: E,
    ) -> crate::rpc::__private::ClientBuilder<Self> {
        <Self as crate::rpc::__private::Client>::builder(__endpoints)
    }
    /// Connects to the endpoints and shakes hands, so that a wrong address is an error at once.
    pub fn connect<
        E: crate::rpc::__private::IntoEndpoints
            + crate::rpc::__private::core::marker::Send,
    >(
        __endpoints: E,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = crate::rpc::__private::core::result::Result<
            Self,
            crate::rpc::__private::RpcError,
        >,
    > + crate::rpc::__private::core::marker::Send + use<E> {
        <Self as crate::rpc::__private::Client>::connect(__endpoints)
    }
    /// A client that connects at its first call.
    pub fn connect_lazy<E: crate::rpc::__private::IntoEndpoints>(
        __endpoints: E,
    ) -> crate::rpc::__private::core::result::Result<
        Self,
        crate::rpc::__private::RpcError,
    > {
        <Self as crate::rpc::__private::Client>::connect_lazy(__endpoints)
    }
    crate::rpc::__private::if_config! {
        #[doc =
        r" The client of this name in the configuration, which connects at its first call."]
        pub fn from_config(__config : & crate ::rpc::__private::Config, __name : & crate
        ::rpc::__private::core::primitive::str) -> crate
        ::rpc::__private::core::result::Result < Self, crate ::rpc::__private::RpcError >
        { < Self as crate ::rpc::__private::Client > ::from_config(__config, __name) }
    }
    /// A client of an object in this process: everything but the connection.
    pub fn local<S: Renamed + 'static>(__service: S) -> Self {
        <Self as crate::rpc::__private::Client>::from_service(
            RenamedServer::new(__service),
        )
    }
    /// A copy whose calls have another timeout.
    #[must_use]
    pub fn with_timeout<
        D: crate::rpc::__private::core::convert::Into<crate::rpc::__private::Timeout>,
    >(&self, __timeout: D) -> Self {
        <Self as crate::rpc::__private::Client>::with_timeout(self, __timeout)
    }
    /// A copy whose calls carry one more piece of metadata.
    #[must_use]
    pub fn with_metadata<
        V: crate::rpc::__private::core::convert::Into<
                crate::rpc::__private::MetadataValue,
            >,
    >(&self, __key: &crate::rpc::__private::core::primitive::str, __value: V) -> Self {
        <Self as crate::rpc::__private::Client>::with_metadata(self, __key, __value)
    }
    /// A copy whose calls are part of serving that one.
    #[must_use]
    pub fn with_parent(&self, __parent: &crate::rpc::__private::Context) -> Self {
        <Self as crate::rpc::__private::Client>::with_parent(self, __parent)
    }
    /// A copy whose calls put there what comes beside their answers.
    #[must_use]
    pub fn with_reply_metadata(
        &self,
        __place: &crate::rpc::__private::ReplyMetadata,
    ) -> Self {
        <Self as crate::rpc::__private::Client>::with_reply_metadata(self, __place)
    }
    /// A copy whose calls go through this as well.
    #[must_use]
    pub fn with_interceptor<I: crate::rpc::__private::Interceptor>(
        &self,
        __interceptor: I,
    ) -> Self {
        <Self as crate::rpc::__private::Client>::with_interceptor(self, __interceptor)
    }
    /// A copy whose calls are made with these options alone: a timeout or metadata of this one is gone.
    #[must_use]
    pub fn with(&self, __options: crate::rpc::__private::CallOptions) -> Self {
        <Self as crate::rpc::__private::Client>::with(self, __options)
    }
    /// Compares all methods with what the server has.
    pub fn compatibility(
        &self,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = crate::rpc::__private::core::result::Result<
            crate::rpc::__private::CompatibilityReport,
            crate::rpc::__private::RpcError,
        >,
    > + crate::rpc::__private::core::marker::Send + use<'_> {
        <Self as crate::rpc::__private::Client>::compatibility(self)
    }
    /// Whether the server has the method with this name on the wire, and takes what this program sends.
    pub fn supports<'__client>(
        &'__client self,
        __method: &'__client crate::rpc::__private::core::primitive::str,
    ) -> impl crate::rpc::__private::core::future::Future<
        Output = crate::rpc::__private::core::result::Result<
            crate::rpc::__private::core::primitive::bool,
            crate::rpc::__private::RpcError,
        >,
    > + crate::rpc::__private::core::marker::Send + use<'__client> {
        <Self as crate::rpc::__private::Client>::supports(self, __method)
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
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
pub struct RenamedServer<S> {
    service: crate::rpc::__private::Arc<S>,
    hook: crate::rpc::__private::core::option::Option<
        crate::rpc::__private::Arc<
            dyn crate::rpc::__private::core::ops::Fn(
                &RenamedRequest<'_>,
                &crate::rpc::__private::Context,
            ) -> crate::rpc::__private::core::result::Result<
                    (),
                    crate::rpc::__private::RpcError,
                > + crate::rpc::__private::core::marker::Send + crate::rpc::__private::core::marker::Sync,
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
impl<S: Renamed + 'static> RenamedServer<S> {
    /// Serves an object.
    pub fn new(__service: S) -> Self {
        Self::from_arc(crate::rpc::__private::Arc::new(__service))
    }
    /// Serves an object that others hold as well.
    pub fn from_arc(__service: crate::rpc::__private::Arc<S>) -> Self {
        Self {
            service: __service,
            hook: crate::rpc::__private::core::option::Option::None,
        }
    }
    /// Has every call looked at by `hook` before it reaches the object; a call that it refuses fails with its
    /// error. Takes the place of one that was there.
    #[must_use]
    pub fn with_hook(
        self,
        __hook: impl crate::rpc::__private::core::ops::Fn(
            &RenamedRequest<'_>,
            &crate::rpc::__private::Context,
        ) -> crate::rpc::__private::core::result::Result<
                (),
                crate::rpc::__private::RpcError,
            > + crate::rpc::__private::core::marker::Send + crate::rpc::__private::core::marker::Sync + 'static,
    ) -> Self {
        Self {
            service: self.service,
            hook: crate::rpc::__private::core::option::Option::Some(
                crate::rpc::__private::Arc::new(__hook),
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
impl<S> crate::rpc::__private::core::clone::Clone for RenamedServer<S> {
    fn clone(&self) -> Self {
        Self {
            service: crate::rpc::__private::core::clone::Clone::clone(&self.service),
            hook: crate::rpc::__private::core::clone::Clone::clone(&self.hook),
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
impl<S> crate::rpc::__private::core::fmt::Debug for RenamedServer<S> {
    fn fmt(
        &self,
        __f: &mut crate::rpc::__private::core::fmt::Formatter<'_>,
    ) -> crate::rpc::__private::core::fmt::Result {
        crate::rpc::__private::core::fmt::Formatter::write_str(__f, "RenamedServer")
    }
}
crate::rpc::__private::if_blocking! {
    #[doc =
    " A client of the service [`Renamed`] for code that is not async: a call parks the calling thread."]
    #[doc = ""] #[doc =
    " `connect`, `connect_lazy` and `local` make one; for all that a builder can do, `RenamedClient::builder(…).build()` makes a [`RenamedClient`], from which this can be made (`From`)."]
    #[allow(dead_code, deprecated, impl_trait_redundant_captures, private_bounds,
    private_interfaces, unreachable_pub)] #[derive(crate
    ::rpc::__private::core::clone::Clone, crate ::rpc::__private::core::fmt::Debug)] pub
    struct RenamedBlockingClient { client : RenamedClient, } #[allow(dead_code,
    deprecated, impl_trait_redundant_captures, private_bounds, private_interfaces,
    unreachable_pub)] impl RenamedBlockingClient { pub fn add < 'call, > (& self, a :
    Option < & 'call[u8] >, b : i64) -> crate ::rpc::__private::core::result::Result <
    i64, crate ::rpc::__private::RpcError > { crate
    ::rpc::__private::block_on(RenamedClient::add(& self.client, a, b)) } pub fn
    failing(& self,) -> crate ::rpc::__private::core::result::Result < i64, crate
    ::rpc::__private::RpcError > { crate
    ::rpc::__private::block_on(RenamedClient::failing(& self.client,)) } pub fn
    own_error(& self,) -> crate ::rpc::__private::core::result::Result < i64, crate
    ::rpc::__private::CallError < crate ::RpcError > > { crate
    ::rpc::__private::block_on(RenamedClient::own_error(& self.client,)) } pub fn other <
    'call, > (& self, text : & 'call str, cow : Cow < 'call, str >) -> crate
    ::rpc::__private::core::result::Result < i64, crate ::rpc::__private::CallError <
    String > > { crate ::rpc::__private::block_on(RenamedClient::other(& self.client,
    text, cow)) } #[doc =
    r" Connects to the endpoints and shakes hands, so that a wrong address is an error at once."]
    pub fn connect < E : crate ::rpc::__private::IntoEndpoints + crate
    ::rpc::__private::core::marker::Send > (__endpoints : E) -> crate
    ::rpc::__private::core::result::Result < Self, crate ::rpc::__private::RpcError > {
    crate ::rpc::__private::core::result::Result::map(crate ::rpc::__private::block_on(<
    RenamedClient as crate ::rpc::__private::Client > ::connect(__endpoints)), | __client
    | Self { client : __client }) } #[doc =
    r" A client that connects at its first call."] pub fn connect_lazy < E : crate
    ::rpc::__private::IntoEndpoints > (__endpoints : E) -> crate
    ::rpc::__private::core::result::Result < Self, crate ::rpc::__private::RpcError > {
    crate ::rpc::__private::core::result::Result::map(< RenamedClient as crate
    ::rpc::__private::Client > ::connect_lazy(__endpoints), | __client | Self { client :
    __client }) } crate ::rpc::__private::if_config! { #[doc =
    r" The client of this name in the configuration, which connects at its first call."]
    pub fn from_config(__config : & crate ::rpc::__private::Config, __name : & crate
    ::rpc::__private::core::primitive::str) -> crate
    ::rpc::__private::core::result::Result < Self, crate ::rpc::__private::RpcError > {
    crate ::rpc::__private::core::result::Result::map(< RenamedClient as crate
    ::rpc::__private::Client > ::from_config(__config, __name), | __client | Self {
    client : __client }) } } #[doc =
    r" A client of an object in this process: everything but the connection."] pub fn
    local < S : Renamed + 'static > (__service : S) -> Self { Self { client :
    RenamedClient::local(__service) } } #[doc =
    r" A copy whose calls have another timeout."] #[must_use] pub fn with_timeout < D :
    crate ::rpc::__private::core::convert::Into < crate ::rpc::__private::Timeout >> (&
    self, __timeout : D) -> Self { Self { client : < RenamedClient as crate
    ::rpc::__private::Client > ::with_timeout(& self.client, __timeout) } } #[doc =
    r" A copy whose calls carry one more piece of metadata."] #[must_use] pub fn
    with_metadata < V : crate ::rpc::__private::core::convert::Into < crate
    ::rpc::__private::MetadataValue >> (& self, __key : & crate
    ::rpc::__private::core::primitive::str, __value : V,) -> Self { Self { client : <
    RenamedClient as crate ::rpc::__private::Client > ::with_metadata(& self.client,
    __key, __value) } } #[doc = r" A copy whose calls are part of serving that one."]
    #[must_use] pub fn with_parent(& self, __parent : & crate ::rpc::__private::Context)
    -> Self { Self { client : < RenamedClient as crate ::rpc::__private::Client >
    ::with_parent(& self.client, __parent) } } #[doc =
    r" A copy whose calls put there what comes beside their answers."] #[must_use] pub fn
    with_reply_metadata(& self, __place : & crate ::rpc::__private::ReplyMetadata) ->
    Self { Self { client : < RenamedClient as crate ::rpc::__private::Client >
    ::with_reply_metadata(& self.client, __place) } } #[doc =
    r" A copy whose calls go through this as well."] #[must_use] pub fn with_interceptor
    < I : crate ::rpc::__private::Interceptor > (& self, __interceptor : I) -> Self {
    Self { client : < RenamedClient as crate ::rpc::__private::Client >
    ::with_interceptor(& self.client, __interceptor) } } #[doc =
    r" A copy whose calls are made with these options alone: a timeout or metadata of this one is gone."]
    #[must_use] pub fn with(& self, __options : crate ::rpc::__private::CallOptions) ->
    Self { Self { client : < RenamedClient as crate ::rpc::__private::Client > ::with(&
    self.client, __options) } } #[doc =
    r" Ends the connection of this client and of all its copies."] pub fn close(& self) {
    crate ::rpc::__private::block_on(< RenamedClient as crate ::rpc::__private::Client >
    ::close(& self.client)) } } #[doc = r" For all that the builder can do."] impl crate
    ::rpc::__private::core::convert::From < RenamedClient > for RenamedBlockingClient {
    fn from(__client : RenamedClient) -> Self { Self { client : __client } } }
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
    static __SCHEMA_0: crate::rpc::__private::MethodSchema = crate::rpc::__private::MethodSchema::new(|
        __describer: &mut crate::rpc::__private::Describer|
    {
        {
            let __type = crate::rpc::__private::describe!(
                __describer, crate ::rpc::__private::core::option::Option < crate
                ::rpc::__private::Arg < 'static, [u8] > >, crate
                ::rpc::__private::payload!(crate ::rpc::__private::core::option::Option <
                crate ::rpc::__private::Arg < 'static, [u8] > >)
            );
            crate::rpc::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = crate::rpc::__private::describe!(
                __describer, i64, crate ::rpc::__private::payload!(i64)
            );
            crate::rpc::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = crate::rpc::__private::describe!(
                __describer, i64, crate ::rpc::__private::payload!(i64)
            );
            crate::rpc::__private::Describer::value(__describer, __type);
        }
    });
    static __METHOD_0: crate::rpc::__private::MethodDescriptor = crate::rpc::__private::MethodDescriptor::new(
            ("Renamed", 0xa0327e0c415aa4d5),
            ("add", 0x32d384f9e1f6d5b8),
            "",
        )
        .with_variant("Add", 0)
        .with_schema(&__SCHEMA_0)
        .with_arguments(
            &["a", "b"],
            &[
                crate::rpc::__private::ArgumentDescriptor::new("a"),
                crate::rpc::__private::ArgumentDescriptor::new("b").with_default(),
            ],
        );
    static __SCHEMA_1: crate::rpc::__private::MethodSchema = crate::rpc::__private::MethodSchema::new(|
        __describer: &mut crate::rpc::__private::Describer|
    {
        {
            let __type = crate::rpc::__private::describe!(
                __describer, i64, crate ::rpc::__private::payload!(i64)
            );
            crate::rpc::__private::Describer::value(__describer, __type);
        }
    });
    static __METHOD_1: crate::rpc::__private::MethodDescriptor = crate::rpc::__private::MethodDescriptor::new(
            ("Renamed", 0xa0327e0c415aa4d5),
            ("failing", 0x2ed034c2c81f4bf7),
            "",
        )
        .with_variant("Failing", 1)
        .with_schema(&__SCHEMA_1);
    static __SCHEMA_2: crate::rpc::__private::MethodSchema = crate::rpc::__private::MethodSchema::new(|
        __describer: &mut crate::rpc::__private::Describer|
    {
        {
            let __type = crate::rpc::__private::describe!(
                __describer, i64, crate ::rpc::__private::payload!(i64)
            );
            crate::rpc::__private::Describer::value(__describer, __type);
        }
        {
            let __type = crate::rpc::__private::describe!(
                __describer, crate ::RpcError, crate ::rpc::__private::payload!(error
                crate ::RpcError)
            );
            crate::rpc::__private::Describer::error(__describer, __type);
        }
        crate::rpc::__private::note!(
            crate ::rpc::__private::Describer::descriptions(__describer), crate
            ::RpcError
        );
    });
    static __METHOD_2: crate::rpc::__private::MethodDescriptor = crate::rpc::__private::MethodDescriptor::new(
            ("Renamed", 0xa0327e0c415aa4d5),
            ("own_error", 0x29d651462212134a),
            "",
        )
        .with_variant("OwnError", 2)
        .with_schema(&__SCHEMA_2);
    static __SCHEMA_3: crate::rpc::__private::MethodSchema = crate::rpc::__private::MethodSchema::new(|
        __describer: &mut crate::rpc::__private::Describer|
    {
        {
            let __type = crate::rpc::__private::describe!(
                __describer, crate ::rpc::__private::Arg < 'static, str >, crate
                ::rpc::__private::payload!(crate ::rpc::__private::Arg < 'static, str >)
            );
            crate::rpc::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = crate::rpc::__private::describe!(
                __describer, crate ::rpc::__private::Arg < 'static, str >, crate
                ::rpc::__private::payload!(crate ::rpc::__private::Arg < 'static, str >)
            );
            crate::rpc::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = crate::rpc::__private::describe!(
                __describer, i64, crate ::rpc::__private::payload!(i64)
            );
            crate::rpc::__private::Describer::value(__describer, __type);
        }
        {
            let __type = crate::rpc::__private::describe!(
                __describer, String, crate ::rpc::__private::payload!(error String)
            );
            crate::rpc::__private::Describer::error(__describer, __type);
        }
    });
    static __METHOD_3: crate::rpc::__private::MethodDescriptor = crate::rpc::__private::MethodDescriptor::new(
            ("Renamed", 0xa0327e0c415aa4d5),
            ("other", 0xaa6baffa1dbcbae1),
            "",
        )
        .with_variant("Other", 3)
        .with_schema(&__SCHEMA_3)
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
        &[&__METHOD_0, &__METHOD_1, &__METHOD_2, &__METHOD_3],
    );
    const __VARIANTS: &[&crate::rpc::__private::core::primitive::str] = &[
        "Add",
        "Failing",
        "OwnError",
        "Other",
    ];
    impl<'call> crate::rpc::__private::Request for RenamedRequest<'call> {
        fn method(&self) -> &'static crate::rpc::__private::MethodDescriptor {
            match self {
                Self::Add { .. } => &__METHOD_0,
                Self::Failing { .. } => &__METHOD_1,
                Self::OwnError { .. } => &__METHOD_2,
                Self::Other { .. } => &__METHOD_3,
                Self::__Lifetime(__never) => crate::rpc::__private::Never::reach(__never),
            }
        }
        fn serialize_fields<__Serializer: crate::rpc::__private::serde::Serializer>(
            &self,
            __name: &'static crate::rpc::__private::core::primitive::str,
            __serializer: __Serializer,
        ) -> crate::rpc::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            match self {
                Self::Add { a: __argument0, b: __argument1 } => {
                    crate::rpc::__private::encode_arguments(
                        &__METHOD_0,
                        __name,
                        __serializer,
                        (
                            crate::rpc::__private::Field::new(
                                __argument0,
                                crate::rpc::__private::payload!(
                                    crate ::rpc::__private::core::option::Option < crate
                                    ::rpc::__private::Arg < 'call, [u8] > >
                                ),
                            ),
                            (
                                crate::rpc::__private::Field::new(
                                    __argument1,
                                    crate::rpc::__private::payload!(i64),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::Failing {} => {
                    crate::rpc::__private::encode_arguments(
                        &__METHOD_1,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::OwnError {} => {
                    crate::rpc::__private::encode_arguments(
                        &__METHOD_2,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::Other { text: __argument0, cow: __argument1 } => {
                    crate::rpc::__private::encode_arguments(
                        &__METHOD_3,
                        __name,
                        __serializer,
                        (
                            crate::rpc::__private::Field::new(
                                __argument0,
                                crate::rpc::__private::payload!(
                                    crate ::rpc::__private::Arg < 'call, str >
                                ),
                            ),
                            (
                                crate::rpc::__private::Field::new(
                                    __argument1,
                                    crate::rpc::__private::payload!(
                                        crate ::rpc::__private::Arg < 'call, str >
                                    ),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::__Lifetime(__never) => crate::rpc::__private::Never::reach(__never),
            }
        }
    }
    impl<'call> crate::rpc::__private::DecodeRequest<'call> for RenamedRequest<'call> {
        fn deserialize_arguments<
            __Deserializer: crate::rpc::__private::serde::Deserializer<'call>,
        >(
            __method: crate::rpc::__private::core::primitive::u64,
            __body: &'call crate::rpc::__private::Bytes,
            __deserializer: __Deserializer,
        ) -> crate::rpc::__private::core::result::Result<Self, __Deserializer::Error> {
            match __method {
                0x32d384f9e1f6d5b8 => {
                    let (__argument0, (__argument1, ())) = crate::rpc::__private::decode_arguments(
                        &__METHOD_0,
                        __body,
                        __deserializer,
                        (
                            crate::rpc::__private::Slot::<
                                crate::rpc::__private::core::option::Option<
                                    crate::rpc::__private::Arg<'call, [u8]>,
                                >,
                                _,
                            >::required(
                                crate::rpc::__private::payload!(
                                    crate ::rpc::__private::core::option::Option < crate
                                    ::rpc::__private::Arg < 'call, [u8] > >
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
                        a: __argument0,
                        b: __argument1,
                    })
                }
                0x2ed034c2c81f4bf7 => {
                    let () = crate::rpc::__private::decode_arguments(
                        &__METHOD_1,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    crate::rpc::__private::core::result::Result::Ok(Self::Failing {})
                }
                0x29d651462212134a => {
                    let () = crate::rpc::__private::decode_arguments(
                        &__METHOD_2,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    crate::rpc::__private::core::result::Result::Ok(Self::OwnError {})
                }
                0xaa6baffa1dbcbae1 => {
                    let (__argument0, (__argument1, ())) = crate::rpc::__private::decode_arguments(
                        &__METHOD_3,
                        __body,
                        __deserializer,
                        (
                            crate::rpc::__private::Slot::<
                                crate::rpc::__private::Arg<'call, str>,
                                _,
                            >::required(
                                crate::rpc::__private::payload!(
                                    crate ::rpc::__private::Arg < 'call, str >
                                ),
                            ),
                            (
                                crate::rpc::__private::Slot::<
                                    crate::rpc::__private::Arg<'call, str>,
                                    _,
                                >::required(
                                    crate::rpc::__private::payload!(
                                        crate ::rpc::__private::Arg < 'call, str >
                                    ),
                                ),
                                (),
                            ),
                        ),
                    )?;
                    crate::rpc::__private::core::result::Result::Ok(Self::Other {
                        text: __argument0,
                        cow: __argument1,
                    })
                }
                _ => {
                    crate::rpc::__private::core::result::Result::Err(
                        crate::rpc::__private::unknown_method(&__SERVICE, __method),
                    )
                }
            }
        }
    }
    impl crate::rpc::__private::serde::Serialize for RenamedRequest<'_> {
        fn serialize<__Serializer: crate::rpc::__private::serde::Serializer>(
            &self,
            __serializer: __Serializer,
        ) -> crate::rpc::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            crate::rpc::__private::serialize_request(
                self,
                "RenamedRequest",
                __serializer,
            )
        }
    }
    impl<'call> crate::rpc::__private::serde::Deserialize<'call>
    for RenamedRequest<'call> {
        fn deserialize<
            __Deserializer: crate::rpc::__private::serde::Deserializer<'call>,
        >(
            __deserializer: __Deserializer,
        ) -> crate::rpc::__private::core::result::Result<Self, __Deserializer::Error> {
            crate::rpc::__private::deserialize_request(
                &__SERVICE,
                "RenamedRequest",
                __VARIANTS,
                __deserializer,
            )
        }
    }
    impl crate::rpc::__private::core::fmt::Debug for RenamedRequest<'_> {
        fn fmt(
            &self,
            __f: &mut crate::rpc::__private::core::fmt::Formatter<'_>,
        ) -> crate::rpc::__private::core::fmt::Result {
            crate::rpc::__private::debug_request(self, __f)
        }
    }
    impl crate::rpc::__private::Client for RenamedClient {
        fn from_channel(__channel: crate::rpc::__private::Channel) -> Self {
            Self { channel: __channel }
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
        for<'farcall> crate::RpcError: crate::rpc::__private::FromRpcError,
    {
        async fn add(
            &self,
            __argument0: Option<&[u8]>,
            __argument1: i64,
        ) -> rpc::Result<i64> {
            Self::add(self, __argument0, __argument1).await
        }
        async fn failing(&self) -> Result<i64, rpc::RpcError> {
            Self::failing(self).await
        }
        async fn own_error(&self) -> Result<i64, crate::RpcError> {
            crate::rpc::__private::flatten_call_error(Self::own_error(self).await)
        }
        async fn other(
            &self,
            __argument0: &str,
            __argument1: Cow<'_, str>,
        ) -> Result<i64, String> {
            crate::rpc::__private::flatten_call_error(
                Self::other(self, __argument0, __argument1).await,
            )
        }
    }
    fn __admit<'call>(
        __incoming: &'call crate::rpc::__private::Incoming,
        __hook: &crate::rpc::__private::core::option::Option<
            crate::rpc::__private::Arc<
                dyn crate::rpc::__private::core::ops::Fn(
                    &RenamedRequest<'_>,
                    &crate::rpc::__private::Context,
                ) -> crate::rpc::__private::core::result::Result<
                        (),
                        crate::rpc::__private::RpcError,
                    > + crate::rpc::__private::core::marker::Send + crate::rpc::__private::core::marker::Sync,
            >,
        >,
    ) -> crate::rpc::__private::core::result::Result<
        RenamedRequest<'call>,
        crate::rpc::__private::Reply,
    > {
        let __request = crate::rpc::__private::Incoming::decode::<
            RenamedRequest<'call>,
        >(__incoming)?;
        if let crate::rpc::__private::core::option::Option::Some(__hook) = __hook {
            let __result = (**__hook)(
                &__request,
                crate::rpc::__private::Incoming::context(__incoming),
            );
            crate::rpc::__private::Incoming::hooked(__incoming, __result)?;
        }
        crate::rpc::__private::core::result::Result::Ok(__request)
    }
    impl<__Handler: Renamed + 'static> crate::rpc::__private::Service
    for RenamedServer<__Handler> {
        fn descriptor(&self) -> &'static crate::rpc::__private::ServiceDescriptor {
            &__SERVICE
        }
        fn dispatch(
            &self,
            __incoming: crate::rpc::__private::Incoming,
        ) -> crate::rpc::__private::HandlerFuture {
            let __service = crate::rpc::__private::core::clone::Clone::clone(
                &self.service,
            );
            let __hook = crate::rpc::__private::core::clone::Clone::clone(&self.hook);
            match crate::rpc::__private::Incoming::method(&__incoming).id {
                0x32d384f9e1f6d5b8 => {
                    crate::rpc::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0, __argument1) = match __admit(
                                &__incoming,
                                &__hook,
                            ) {
                                crate::rpc::__private::core::result::Result::Ok(
                                    RenamedRequest::Add { a: __argument0, b: __argument1 },
                                ) => (__argument0, __argument1),
                                crate::rpc::__private::core::result::Result::Ok(_) => {
                                    return crate::rpc::__private::Incoming::mismatch(
                                        &__incoming,
                                    );
                                }
                                crate::rpc::__private::core::result::Result::Err(
                                    __reply,
                                ) => return __reply,
                            };
                            let __value = <__Handler as Renamed>::add(
                                    &*__service,
                                    crate::rpc::__private::core::option::Option::as_deref(
                                        &__argument0,
                                    ),
                                    __argument1,
                                )
                                .await;
                            crate::rpc::__private::Incoming::reply_rpc(
                                &__incoming,
                                crate::rpc::__private::payload!(i64),
                                crate::rpc::__private::into_result(__value),
                            )
                        },
                    )
                }
                0x2ed034c2c81f4bf7 => {
                    crate::rpc::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                crate::rpc::__private::core::result::Result::Ok(
                                    RenamedRequest::Failing {},
                                ) => {}
                                crate::rpc::__private::core::result::Result::Ok(_) => {
                                    return crate::rpc::__private::Incoming::mismatch(
                                        &__incoming,
                                    );
                                }
                                crate::rpc::__private::core::result::Result::Err(
                                    __reply,
                                ) => return __reply,
                            };
                            let __value = <__Handler as Renamed>::failing(&*__service)
                                .await;
                            crate::rpc::__private::Incoming::reply_rpc(
                                &__incoming,
                                crate::rpc::__private::payload!(i64),
                                crate::rpc::__private::into_result(__value),
                            )
                        },
                    )
                }
                0x29d651462212134a => {
                    crate::rpc::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                crate::rpc::__private::core::result::Result::Ok(
                                    RenamedRequest::OwnError {},
                                ) => {}
                                crate::rpc::__private::core::result::Result::Ok(_) => {
                                    return crate::rpc::__private::Incoming::mismatch(
                                        &__incoming,
                                    );
                                }
                                crate::rpc::__private::core::result::Result::Err(
                                    __reply,
                                ) => return __reply,
                            };
                            let __value = <__Handler as Renamed>::own_error(&*__service)
                                .await;
                            crate::rpc::__private::Incoming::reply_result(
                                &__incoming,
                                crate::rpc::__private::payload!(i64),
                                crate::rpc::__private::payload!(error crate ::RpcError),
                                crate::rpc::__private::into_result(__value),
                            )
                        },
                    )
                }
                0xaa6baffa1dbcbae1 => {
                    crate::rpc::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0, __argument1) = match __admit(
                                &__incoming,
                                &__hook,
                            ) {
                                crate::rpc::__private::core::result::Result::Ok(
                                    RenamedRequest::Other {
                                        text: __argument0,
                                        cow: __argument1,
                                    },
                                ) => (__argument0, __argument1),
                                crate::rpc::__private::core::result::Result::Ok(_) => {
                                    return crate::rpc::__private::Incoming::mismatch(
                                        &__incoming,
                                    );
                                }
                                crate::rpc::__private::core::result::Result::Err(
                                    __reply,
                                ) => return __reply,
                            };
                            let __value = <__Handler as Renamed>::other(
                                    &*__service,
                                    &*__argument0,
                                    crate::rpc::__private::Arg::into_cow(__argument1),
                                )
                                .await;
                            crate::rpc::__private::Incoming::reply_result(
                                &__incoming,
                                crate::rpc::__private::payload!(i64),
                                crate::rpc::__private::payload!(error String),
                                crate::rpc::__private::into_result(__value),
                            )
                        },
                    )
                }
                _ => crate::rpc::__private::Incoming::unknown_method(__incoming),
            }
        }
    }
};
