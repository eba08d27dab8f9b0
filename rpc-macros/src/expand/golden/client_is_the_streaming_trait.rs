#[allow(dead_code)]
pub trait Feed: ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync {
    fn feed(&self) -> impl Stream<Item = Result<Tick, FeedError>> + Send;
    fn raw(&self) -> impl Stream<Item = Result<Tick, RpcError>> + Send;
    fn open(
        &self,
        name: &str,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = Result<impl Stream<Item = Result<Tick, FeedError>> + Send, FeedError>,
    > + ::farcall::__private::core::marker::Send;
    fn average(
        &self,
        numbers: impl Stream<Item = f64> + Send,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = Result<f64, FeedError>,
    > + ::farcall::__private::core::marker::Send;
    fn chat(
        &self,
        context: &Context,
        lines: impl Stream<Item = String> + ::farcall::__private::core::marker::Send,
    ) -> impl Stream<Item = Result<String, FeedError>> + Send;
    #[cfg(feature = "rooms")]
    fn join(
        &self,
        lines: impl Stream<Item = String> + ::farcall::__private::core::marker::Send,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = farcall::Result<impl Stream<Item = Result<String, RoomError>> + Send>,
    > + ::farcall::__private::core::marker::Send;
}
/// A call of a method of [`Feed`] as a value: what interceptors, logs and recordings see.
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
#[non_exhaustive]
pub enum FeedRequest<'call> {
    /// The arguments of `feed`.
    Feed {},
    /// The arguments of `raw`.
    Raw {},
    /// The arguments of `open`.
    Open {
        /// The argument `name`.
        name: ::farcall::__private::Arg<'call, str>,
    },
    /// The arguments of `average`.
    Average {},
    /// The arguments of `chat`.
    Chat {},
    #[cfg(feature = "rooms")]
    /// The arguments of `join`.
    Join {},
    #[doc(hidden)]
    __Lifetime(::farcall::__private::Never<'call>),
}
/// A client of the service [`Feed`]: a handle on an endpoint, or on an object in this process.
///
/// Cheap to clone. A call begins when its future is first polled; dropping the future cancels it.
///
/// `FeedClient` implements `Feed` if every error of its methods implements `From<farcall::RpcError>`.
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
pub struct FeedClient {
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
impl FeedClient {
    pub fn feed(
        &self,
    ) -> ::farcall::__private::ReplyStream<
        'static,
        Tick,
        ::farcall::__private::CallError<FeedError>,
    > {
        ::farcall::__private::stream(
            ::farcall::__private::Channel::share(&self.channel),
            FeedRequest::Feed {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::items_result::<
                Tick,
                FeedError,
                _,
                _,
            >(
                ::farcall::__private::payload!(Tick),
                ::farcall::__private::payload!(error FeedError),
            ),
        )
    }
    pub fn raw(
        &self,
    ) -> ::farcall::__private::ReplyStream<
        'static,
        Tick,
        ::farcall::__private::RpcError,
    > {
        ::farcall::__private::stream(
            ::farcall::__private::Channel::share(&self.channel),
            FeedRequest::Raw {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::items_rpc::<
                Tick,
                _,
            >(::farcall::__private::payload!(Tick)),
        )
    }
    pub fn open<'call>(
        &self,
        name: &'call str,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            ::farcall::__private::ReplyStream<
                'static,
                Tick,
                ::farcall::__private::CallError<FeedError>,
            >,
            ::farcall::__private::CallError<FeedError>,
        >,
    > + ::farcall::__private::core::marker::Send + use<'call> {
        ::farcall::__private::open_result::<
            _,
            FeedError,
            _,
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            FeedRequest::Open {
                name: ::farcall::__private::Arg::borrowed(name),
            },
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(error FeedError),
            ::farcall::__private::items_result::<
                Tick,
                FeedError,
                _,
                _,
            >(
                ::farcall::__private::payload!(Tick),
                ::farcall::__private::payload!(error FeedError),
            ),
        )
    }
    pub fn average<
        'call,
        __Stream0: ::farcall::__private::Stream<Item = f64>
            + ::farcall::__private::core::marker::Send + 'call,
    >(
        &self,
        numbers: __Stream0,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            f64,
            ::farcall::__private::CallError<FeedError>,
        >,
    > + ::farcall::__private::core::marker::Send + use<'call, __Stream0> {
        ::farcall::__private::call_result::<
            _,
            f64,
            FeedError,
            _,
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            FeedRequest::Average {},
            ::farcall::__private::Uploads::new([
                ::farcall::__private::upload(
                    numbers,
                    ::farcall::__private::items_value::<
                        f64,
                        _,
                    >(::farcall::__private::payload!(f64)),
                ),
            ]),
            ::farcall::__private::payload!(f64),
            ::farcall::__private::payload!(error FeedError),
        )
    }
    pub fn chat<
        'streams,
        __Stream0: ::farcall::__private::Stream<Item = String>
            + ::farcall::__private::core::marker::Send + 'streams,
    >(
        &self,
        lines: __Stream0,
    ) -> ::farcall::__private::ReplyStream<
        'streams,
        String,
        ::farcall::__private::CallError<FeedError>,
    > {
        ::farcall::__private::stream(
            ::farcall::__private::Channel::share(&self.channel),
            FeedRequest::Chat {},
            ::farcall::__private::Uploads::new([
                ::farcall::__private::upload(
                    lines,
                    ::farcall::__private::items_value::<
                        String,
                        _,
                    >(::farcall::__private::payload!(String)),
                ),
            ]),
            ::farcall::__private::items_result::<
                String,
                FeedError,
                _,
                _,
            >(
                ::farcall::__private::payload!(String),
                ::farcall::__private::payload!(error FeedError),
            ),
        )
    }
    #[cfg(feature = "rooms")]
    pub fn join<
        'streams,
        __Stream0: ::farcall::__private::Stream<Item = String>
            + ::farcall::__private::core::marker::Send + 'streams,
    >(
        &self,
        lines: __Stream0,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            ::farcall::__private::ReplyStream<
                'streams,
                String,
                ::farcall::__private::CallError<RoomError>,
            >,
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'streams, __Stream0> {
        ::farcall::__private::open_value(
            ::farcall::__private::Channel::share(&self.channel),
            FeedRequest::Join {},
            ::farcall::__private::Uploads::new([
                ::farcall::__private::upload(
                    lines,
                    ::farcall::__private::items_value::<
                        String,
                        _,
                    >(::farcall::__private::payload!(String)),
                ),
            ]),
            ::farcall::__private::items_result::<
                String,
                RoomError,
                _,
                _,
            >(
                ::farcall::__private::payload!(String),
                ::farcall::__private::payload!(error RoomError),
            ),
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
    pub fn local<S: Feed + 'static>(__service: S) -> Self {
        <Self as ::farcall::__private::Client>::from_service(FeedServer::new(__service))
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
/// Serves an object as the service [`Feed`].
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
pub struct FeedServer<S> {
    service: ::farcall::__private::Arc<S>,
    hook: ::farcall::__private::core::option::Option<
        ::farcall::__private::Arc<
            dyn ::farcall::__private::core::ops::Fn(
                &FeedRequest<'_>,
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
impl<S: Feed + 'static> FeedServer<S> {
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
            &FeedRequest<'_>,
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
impl<S> ::farcall::__private::core::clone::Clone for FeedServer<S> {
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
impl<S> ::farcall::__private::core::fmt::Debug for FeedServer<S> {
    fn fmt(
        &self,
        __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
    ) -> ::farcall::__private::core::fmt::Result {
        ::farcall::__private::core::fmt::Formatter::write_str(__f, "FeedServer")
    }
}
::farcall::__private::if_blocking! {
    #[doc =
    " A client of the service [`Feed`] for code that is not async: a call parks the calling thread."]
    #[doc = ""] #[doc =
    " `connect`, `connect_lazy` and `local` make one; for all that a builder can do, `FeedClient::builder(…).build()` makes a [`FeedClient`], from which this can be made (`From`)."]
    #[allow(dead_code, deprecated, impl_trait_redundant_captures, private_bounds,
    private_interfaces, unreachable_pub)]
    #[derive(::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug)] pub struct FeedBlockingClient { client :
    FeedClient, } #[allow(dead_code, deprecated, impl_trait_redundant_captures,
    private_bounds, private_interfaces, unreachable_pub)] impl FeedBlockingClient { pub
    fn feed(& self,) -> ::farcall::__private::BlockingStream < 'static, Tick,
    ::farcall::__private::CallError < FeedError > > {
    ::farcall::__private::BlockingStream::new(FeedClient::feed(& self.client,)) } pub fn
    raw(& self,) -> ::farcall::__private::BlockingStream < 'static, Tick,
    ::farcall::__private::RpcError > {
    ::farcall::__private::BlockingStream::new(FeedClient::raw(& self.client,)) } pub fn
    open < 'call, > (& self, name : & 'call str) ->
    ::farcall::__private::core::result::Result < ::farcall::__private::BlockingStream <
    'static, Tick, ::farcall::__private::CallError < FeedError > >,
    ::farcall::__private::CallError < FeedError > > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(FeedClient::open(&
    self.client, name)), ::farcall::__private::BlockingStream::new) } pub fn average <
    'call, __Stream0 : ::farcall::__private::core::iter::IntoIterator < Item = f64,
    IntoIter : ::farcall::__private::core::marker::Send + 'call > + 'call > (& self,
    numbers : __Stream0) -> ::farcall::__private::core::result::Result < f64,
    ::farcall::__private::CallError < FeedError > > {
    ::farcall::__private::block_on(FeedClient::average(& self.client,
    ::farcall::__private::iter_stream(numbers))) } pub fn chat < 'streams, __Stream0 :
    ::farcall::__private::core::iter::IntoIterator < Item = String, IntoIter :
    ::farcall::__private::core::marker::Send + 'streams > + 'streams > (& self, lines :
    __Stream0) -> ::farcall::__private::BlockingStream < 'streams, String,
    ::farcall::__private::CallError < FeedError > > {
    ::farcall::__private::BlockingStream::new(FeedClient::chat(& self.client,
    ::farcall::__private::iter_stream(lines))) } #[cfg(feature = "rooms")] pub fn join <
    'streams, __Stream0 : ::farcall::__private::core::iter::IntoIterator < Item = String,
    IntoIter : ::farcall::__private::core::marker::Send + 'streams > + 'streams > (&
    self, lines : __Stream0) -> ::farcall::__private::core::result::Result <
    ::farcall::__private::BlockingStream < 'streams, String,
    ::farcall::__private::CallError < RoomError > >, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(FeedClient::join(&
    self.client, ::farcall::__private::iter_stream(lines))),
    ::farcall::__private::BlockingStream::new) } #[doc =
    r" Connects to the endpoints and shakes hands, so that a wrong address is an error at once."]
    pub fn connect < E : ::farcall::__private::IntoEndpoints +
    ::farcall::__private::core::marker::Send > (__endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(<
    FeedClient as ::farcall::__private::Client > ::connect(__endpoints)), | __client |
    Self { client : __client }) } #[doc = r" A client that connects at its first call."]
    pub fn connect_lazy < E : ::farcall::__private::IntoEndpoints > (__endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< FeedClient as
    ::farcall::__private::Client > ::connect_lazy(__endpoints), | __client | Self {
    client : __client }) } ::farcall::__private::if_config! { #[doc =
    r" The client of this name in the configuration, which connects at its first call."]
    pub fn from_config(__config : & ::farcall::__private::Config, __name : &
    ::farcall::__private::core::primitive::str) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< FeedClient as
    ::farcall::__private::Client > ::from_config(__config, __name), | __client | Self {
    client : __client }) } } #[doc =
    r" A client of an object in this process: everything but the connection."] pub fn
    local < S : Feed + 'static > (__service : S) -> Self { Self { client :
    FeedClient::local(__service) } } #[doc =
    r" A copy whose calls have another timeout."] #[must_use] pub fn with_timeout < D :
    ::farcall::__private::core::convert::Into < ::farcall::__private::Timeout >> (& self,
    __timeout : D) -> Self { Self { client : < FeedClient as ::farcall::__private::Client
    > ::with_timeout(& self.client, __timeout) } } #[doc =
    r" A copy whose calls carry one more piece of metadata."] #[must_use] pub fn
    with_metadata < V : ::farcall::__private::core::convert::Into <
    ::farcall::__private::MetadataValue >> (& self, __key : &
    ::farcall::__private::core::primitive::str, __value : V,) -> Self { Self { client : <
    FeedClient as ::farcall::__private::Client > ::with_metadata(& self.client, __key,
    __value) } } #[doc = r" A copy whose calls are part of serving that one."]
    #[must_use] pub fn with_parent(& self, __parent : & ::farcall::__private::Context) ->
    Self { Self { client : < FeedClient as ::farcall::__private::Client > ::with_parent(&
    self.client, __parent) } } #[doc =
    r" A copy whose calls put there what comes beside their answers."] #[must_use] pub fn
    with_reply_metadata(& self, __place : & ::farcall::__private::ReplyMetadata) -> Self
    { Self { client : < FeedClient as ::farcall::__private::Client >
    ::with_reply_metadata(& self.client, __place) } } #[doc =
    r" A copy whose calls go through this as well."] #[must_use] pub fn with_interceptor
    < I : ::farcall::__private::Interceptor > (& self, __interceptor : I) -> Self { Self
    { client : < FeedClient as ::farcall::__private::Client > ::with_interceptor(& self
    .client, __interceptor) } } #[doc =
    r" A copy whose calls are made with these options alone: a timeout or metadata of this one is gone."]
    #[must_use] pub fn with(& self, __options : ::farcall::__private::CallOptions) ->
    Self { Self { client : < FeedClient as ::farcall::__private::Client > ::with(& self
    .client, __options) } } #[doc =
    r" Ends the connection of this client and of all its copies."] pub fn close(& self) {
    ::farcall::__private::block_on(< FeedClient as ::farcall::__private::Client >
    ::close(& self.client)) } } #[doc = r" For all that the builder can do."] impl
    ::farcall::__private::core::convert::From < FeedClient > for FeedBlockingClient { fn
    from(__client : FeedClient) -> Self { Self { client : __client } } }
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
                __describer, ::farcall::__private::items_result:: < Tick, FeedError, _, _
                > (::farcall::__private::payload!(Tick),
                ::farcall::__private::payload!(error FeedError))
            );
            ::farcall::__private::Describer::result_stream(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), Tick, FeedError
        );
    });
    static __METHOD_0: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Feed", 0x3a8fe3852a245245),
            ("feed", 0xf3749e19539eb831),
            "",
        )
        .with_variant("Feed", 0)
        .with_schema(&__SCHEMA_0)
        .with_streams(::farcall::__private::MethodKind::ServerStreaming, &[]);
    static __SCHEMA_1: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_rpc:: < Tick, _ >
                (::farcall::__private::payload!(Tick))
            );
            ::farcall::__private::Describer::result_stream(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), Tick
        );
    });
    static __METHOD_1: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Feed", 0x3a8fe3852a245245),
            ("raw", 0xc79244ebaa785e0d),
            "",
        )
        .with_variant("Raw", 1)
        .with_schema(&__SCHEMA_1)
        .with_streams(::farcall::__private::MethodKind::ServerStreaming, &[]);
    static __SCHEMA_2: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
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
                __describer, ::farcall::__private::items_result:: < Tick, FeedError, _, _
                > (::farcall::__private::payload!(Tick),
                ::farcall::__private::payload!(error FeedError))
            );
            ::farcall::__private::Describer::result_stream(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, FeedError, ::farcall::__private::payload!(error FeedError)
            );
            ::farcall::__private::Describer::error(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), Tick, FeedError,
            FeedError
        );
    });
    static __METHOD_2: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Feed", 0x3a8fe3852a245245),
            ("open", 0x1d716b54b24f415d),
            "",
        )
        .with_variant("Open", 2)
        .with_schema(&__SCHEMA_2)
        .with_arguments(
            &["name"],
            &[::farcall::__private::ArgumentDescriptor::new("name")],
        )
        .with_streams(::farcall::__private::MethodKind::ServerStreaming, &[]);
    static __SCHEMA_3: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_value:: < f64, _ >
                (::farcall::__private::payload!(f64))
            );
            ::farcall::__private::Describer::argument_stream(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, f64, ::farcall::__private::payload!(f64)
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, FeedError, ::farcall::__private::payload!(error FeedError)
            );
            ::farcall::__private::Describer::error(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), FeedError
        );
    });
    static __METHOD_3: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Feed", 0x3a8fe3852a245245),
            ("average", 0xcd3325725293991c),
            "",
        )
        .with_variant("Average", 3)
        .with_schema(&__SCHEMA_3)
        .with_streams(::farcall::__private::MethodKind::ClientStreaming, &["numbers"]);
    static __SCHEMA_4: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_value:: < String, _ >
                (::farcall::__private::payload!(String))
            );
            ::farcall::__private::Describer::argument_stream(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_result:: < String, FeedError, _,
                _ > (::farcall::__private::payload!(String),
                ::farcall::__private::payload!(error FeedError))
            );
            ::farcall::__private::Describer::result_stream(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), FeedError
        );
    });
    static __METHOD_4: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Feed", 0x3a8fe3852a245245),
            ("chat", 0x426a00efe2dcffaf),
            "",
        )
        .with_variant("Chat", 4)
        .with_schema(&__SCHEMA_4)
        .with_streams(::farcall::__private::MethodKind::Bidirectional, &["lines"]);
    #[cfg(feature = "rooms")]
    static __SCHEMA_5: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_value:: < String, _ >
                (::farcall::__private::payload!(String))
            );
            ::farcall::__private::Describer::argument_stream(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_result:: < String, RoomError, _,
                _ > (::farcall::__private::payload!(String),
                ::farcall::__private::payload!(error RoomError))
            );
            ::farcall::__private::Describer::result_stream(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), RoomError
        );
    });
    #[cfg(feature = "rooms")]
    static __METHOD_5: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Feed", 0x3a8fe3852a245245),
            ("join", 0x39802e3c3ea30775),
            "",
        )
        .with_variant("Join", 5)
        .with_schema(&__SCHEMA_5)
        .with_streams(::farcall::__private::MethodKind::Bidirectional, &["lines"]);
    static __SERVICE: ::farcall::__private::ServiceDescriptor = ::farcall::__private::ServiceDescriptor::new(
        "Feed",
        0x3a8fe3852a245245,
        "",
        &[
            &__METHOD_0,
            &__METHOD_1,
            &__METHOD_2,
            &__METHOD_3,
            &__METHOD_4,
            #[cfg(feature = "rooms")]
            &__METHOD_5,
        ],
    );
    const __VARIANTS: &[&::farcall::__private::core::primitive::str] = &[
        "Feed",
        "Raw",
        "Open",
        "Average",
        "Chat",
        #[cfg(feature = "rooms")]
        "Join",
    ];
    impl<'call> ::farcall::__private::Request for FeedRequest<'call> {
        fn method(&self) -> &'static ::farcall::__private::MethodDescriptor {
            match self {
                Self::Feed { .. } => &__METHOD_0,
                Self::Raw { .. } => &__METHOD_1,
                Self::Open { .. } => &__METHOD_2,
                Self::Average { .. } => &__METHOD_3,
                Self::Chat { .. } => &__METHOD_4,
                #[cfg(feature = "rooms")]
                Self::Join { .. } => &__METHOD_5,
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
                Self::Feed {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_0,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::Raw {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_1,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::Open { name: __argument0 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_2,
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
                Self::Average {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_3,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::Chat {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_4,
                        __name,
                        __serializer,
                        (),
                    )
                }
                #[cfg(feature = "rooms")]
                Self::Join {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_5,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::__Lifetime(__never) => ::farcall::__private::Never::reach(__never),
            }
        }
    }
    impl<'call> ::farcall::__private::DecodeRequest<'call> for FeedRequest<'call> {
        fn deserialize_arguments<
            __Deserializer: ::farcall::__private::serde::Deserializer<'call>,
        >(
            __method: ::farcall::__private::core::primitive::u64,
            __body: &'call ::farcall::__private::Bytes,
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            match __method {
                0xf3749e19539eb831 => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_0,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Feed {})
                }
                0xc79244ebaa785e0d => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_1,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Raw {})
                }
                0x1d716b54b24f415d => {
                    let (__argument0, ()) = ::farcall::__private::decode_arguments(
                        &__METHOD_2,
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
                    ::farcall::__private::core::result::Result::Ok(Self::Open {
                        name: __argument0,
                    })
                }
                0xcd3325725293991c => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_3,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Average {})
                }
                0x426a00efe2dcffaf => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_4,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Chat {})
                }
                #[cfg(feature = "rooms")]
                0x39802e3c3ea30775 => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_5,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Join {})
                }
                _ => {
                    ::farcall::__private::core::result::Result::Err(
                        ::farcall::__private::unknown_method(&__SERVICE, __method),
                    )
                }
            }
        }
    }
    impl ::farcall::__private::serde::Serialize for FeedRequest<'_> {
        fn serialize<__Serializer: ::farcall::__private::serde::Serializer>(
            &self,
            __serializer: __Serializer,
        ) -> ::farcall::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            ::farcall::__private::serialize_request(self, "FeedRequest", __serializer)
        }
    }
    impl<'call> ::farcall::__private::serde::Deserialize<'call> for FeedRequest<'call> {
        fn deserialize<__Deserializer: ::farcall::__private::serde::Deserializer<'call>>(
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            ::farcall::__private::deserialize_request(
                &__SERVICE,
                "FeedRequest",
                __VARIANTS,
                __deserializer,
            )
        }
    }
    impl ::farcall::__private::core::fmt::Debug for FeedRequest<'_> {
        fn fmt(
            &self,
            __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
        ) -> ::farcall::__private::core::fmt::Result {
            ::farcall::__private::debug_request(self, __f)
        }
    }
    impl ::farcall::__private::Client for FeedClient {
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
    #[cfg(feature = "rooms")]
    type __ItemError5 = RoomError;
    #[cfg(not(feature = "rooms"))]
    type __ItemError5 = ::farcall::__private::RpcError;
    impl Feed for FeedClient
    where
        for<'farcall> FeedError: ::farcall::__private::FromRpcError,
        for<'farcall> __ItemError5: ::farcall::__private::FromRpcError,
    {
        fn feed(&self) -> impl Stream<Item = Result<Tick, FeedError>> + Send {
            ::farcall::__private::flatten_stream(Self::feed(self))
        }
        fn raw(&self) -> impl Stream<Item = Result<Tick, RpcError>> + Send {
            Self::raw(self)
        }
        async fn open(
            &self,
            __argument0: &str,
        ) -> Result<impl Stream<Item = Result<Tick, FeedError>> + Send, FeedError> {
            ::farcall::__private::core::result::Result::map(
                ::farcall::__private::flatten_call_error(
                    Self::open(self, __argument0).await,
                ),
                ::farcall::__private::flatten_stream,
            )
        }
        async fn average(
            &self,
            __argument0: impl Stream<Item = f64> + Send,
        ) -> Result<f64, FeedError> {
            ::farcall::__private::flatten_call_error(
                Self::average(self, __argument0).await,
            )
        }
        fn chat(
            &self,
            __argument0: &Context,
            __argument1: impl Stream<
                Item = String,
            > + ::farcall::__private::core::marker::Send,
        ) -> impl Stream<Item = Result<String, FeedError>> + Send {
            ::farcall::__private::forward(move |__forward| async move {
                ::farcall::__private::Forward::items(
                        __forward,
                        ::farcall::__private::flatten_stream(
                            Self::chat(
                                &<Self as ::farcall::__private::Client>::from_channel(
                                    ::farcall::__private::Channel::with_parent(
                                        &self.channel,
                                        __argument0,
                                    ),
                                ),
                                __argument1,
                            ),
                        ),
                    )
                    .await
            })
        }
        #[cfg(feature = "rooms")]
        async fn join(
            &self,
            __argument0: impl Stream<
                Item = String,
            > + ::farcall::__private::core::marker::Send,
        ) -> farcall::Result<impl Stream<Item = Result<String, RoomError>> + Send> {
            ::farcall::__private::forward_opened(move |__forward| async move {
                    ::farcall::__private::Forward::opened(
                            __forward,
                            ::farcall::__private::core::result::Result::map(
                                Self::join(self, __argument0).await,
                                ::farcall::__private::flatten_stream,
                            ),
                        )
                        .await
                })
                .await
        }
    }
    fn __admit<'call>(
        __incoming: &'call ::farcall::__private::Incoming,
        __hook: &::farcall::__private::core::option::Option<
            ::farcall::__private::Arc<
                dyn ::farcall::__private::core::ops::Fn(
                    &FeedRequest<'_>,
                    &::farcall::__private::Context,
                ) -> ::farcall::__private::core::result::Result<
                        (),
                        ::farcall::__private::RpcError,
                    > + ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync,
            >,
        >,
    ) -> ::farcall::__private::core::result::Result<
        FeedRequest<'call>,
        ::farcall::__private::Reply,
    > {
        let __request = ::farcall::__private::Incoming::decode::<
            FeedRequest<'call>,
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
    impl<__Handler: Feed + 'static> ::farcall::__private::Service
    for FeedServer<__Handler> {
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
                0xf3749e19539eb831 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    FeedRequest::Feed {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Feed>::feed(&*__service);
                            ::farcall::__private::Incoming::reply_stream(
                                    &__incoming,
                                    ::farcall::__private::items_result::<
                                        Tick,
                                        FeedError,
                                        _,
                                        _,
                                    >(
                                        ::farcall::__private::payload!(Tick),
                                        ::farcall::__private::payload!(error FeedError),
                                    ),
                                    __value,
                                )
                                .await
                        },
                    )
                }
                0xc79244ebaa785e0d => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    FeedRequest::Raw {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Feed>::raw(&*__service);
                            ::farcall::__private::Incoming::reply_stream(
                                    &__incoming,
                                    ::farcall::__private::items_rpc::<
                                        Tick,
                                        _,
                                    >(::farcall::__private::payload!(Tick)),
                                    __value,
                                )
                                .await
                        },
                    )
                }
                0x1d716b54b24f415d => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0,) = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    FeedRequest::Open { name: __argument0 },
                                ) => (__argument0,),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Feed>::open(
                                    &*__service,
                                    &*__argument0,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_stream_result(
                                    &__incoming,
                                    ::farcall::__private::payload!(error FeedError),
                                    ::farcall::__private::items_result::<
                                        Tick,
                                        FeedError,
                                        _,
                                        _,
                                    >(
                                        ::farcall::__private::payload!(Tick),
                                        ::farcall::__private::payload!(error FeedError),
                                    ),
                                    ::farcall::__private::into_result(__value),
                                )
                                .await
                        },
                    )
                }
                0xcd3325725293991c => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    FeedRequest::Average {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Feed>::average(
                                    &*__service,
                                    ::farcall::__private::Incoming::argument_stream(
                                        &__incoming,
                                        0u32,
                                        ::farcall::__private::items_value::<
                                            f64,
                                            _,
                                        >(::farcall::__private::payload!(f64)),
                                    ),
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_result(
                                &__incoming,
                                ::farcall::__private::payload!(f64),
                                ::farcall::__private::payload!(error FeedError),
                                ::farcall::__private::into_result(__value),
                            )
                        },
                    )
                }
                0x426a00efe2dcffaf => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    FeedRequest::Chat {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Feed>::chat(
                                &*__service,
                                ::farcall::__private::Incoming::context(&__incoming),
                                ::farcall::__private::Incoming::argument_stream(
                                    &__incoming,
                                    0u32,
                                    ::farcall::__private::items_value::<
                                        String,
                                        _,
                                    >(::farcall::__private::payload!(String)),
                                ),
                            );
                            ::farcall::__private::Incoming::reply_stream(
                                    &__incoming,
                                    ::farcall::__private::items_result::<
                                        String,
                                        FeedError,
                                        _,
                                        _,
                                    >(
                                        ::farcall::__private::payload!(String),
                                        ::farcall::__private::payload!(error FeedError),
                                    ),
                                    __value,
                                )
                                .await
                        },
                    )
                }
                #[cfg(feature = "rooms")]
                0x39802e3c3ea30775 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    FeedRequest::Join {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Feed>::join(
                                    &*__service,
                                    ::farcall::__private::Incoming::argument_stream(
                                        &__incoming,
                                        0u32,
                                        ::farcall::__private::items_value::<
                                            String,
                                            _,
                                        >(::farcall::__private::payload!(String)),
                                    ),
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_stream_rpc(
                                    &__incoming,
                                    ::farcall::__private::items_result::<
                                        String,
                                        RoomError,
                                        _,
                                        _,
                                    >(
                                        ::farcall::__private::payload!(String),
                                        ::farcall::__private::payload!(error RoomError),
                                    ),
                                    ::farcall::__private::into_result(__value),
                                )
                                .await
                        },
                    )
                }
                _ => ::farcall::__private::Incoming::unknown_method(__incoming),
            }
        }
    }
};
