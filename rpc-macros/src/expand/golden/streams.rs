#[allow(dead_code)]
pub trait Streams: ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync {
    fn values(
        &self,
        from: u64,
    ) -> impl Stream<Item = u64> + ::farcall::__private::core::marker::Send;
    fn results(
        &self,
        name: &str,
        context: &Context,
    ) -> impl futures::Stream<Item = Result<Tick, FeedError>> + Send + Unpin;
    fn rpc(&self) -> impl Stream<Item = farcall::Result<Vec<u8>>> + Send + 'static;
    fn opened(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = impl Stream<Item = Result<u64, RpcError>> + Send,
    > + ::farcall::__private::core::marker::Send;
    fn open(
        &self,
        name: &str,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = Result<impl Stream<Item = u64> + Send, OpenError>,
    > + ::farcall::__private::core::marker::Send;
    fn open_alias(
        &self,
    ) -> impl Future<
        Output = io::Result<impl Stream<Item = io::Result<u64>> + Send>,
    > + ::farcall::__private::core::marker::Send;
    fn open_at_once(&self) -> farcall::Result<impl Stream<Item = u64> + Send>;
    fn average(
        &self,
        numbers: impl Stream<Item = f64> + Send,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = f64,
    > + ::farcall::__private::core::marker::Send;
    fn sum(
        &self,
        name: &str,
        a: impl Stream<Item = u64> + ::farcall::__private::core::marker::Send,
        b: impl Stream<Item = Result<u64, RpcError>> + Send + 'static,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = farcall::Result<u64>,
    > + ::farcall::__private::core::marker::Send;
    fn chat(
        &self,
        context: &Context,
        lines: impl Stream<Item = Result<String, OpenError>> + Send,
    ) -> impl Stream<Item = String> + Send;
    fn join(
        &self,
        room: &str,
        lines: impl Stream<Item = String> + Send,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = Result<impl Stream<Item = String> + Send, OpenError>,
    > + ::farcall::__private::core::marker::Send {
        async move {
            #[allow(
                clippy::redundant_locals,
                reason = "an `async fn` holds every argument until its end"
            )]
            let room = room;
            #[allow(
                clippy::redundant_locals,
                reason = "an `async fn` holds every argument until its end"
            )]
            let lines = lines;
            if let ::farcall::__private::core::option::Option::Some(__result) = ::farcall::__private::core::option::Option::None::<
                OpenError,
            > {
                return ::farcall::__private::core::result::Result::Err(__result);
            }
            {
                let room = self.find(room).await?;
                Ok(room.join(lines))
            }
        }
    }
}
/// A call of a method of [`Streams`] as a value: what interceptors, logs and recordings see.
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
#[non_exhaustive]
pub enum StreamsRequest<'call> {
    /// The arguments of `values`.
    Values {
        /// The argument `from`.
        from: u64,
    },
    /// The arguments of `results`.
    Results {
        /// The argument `name`.
        name: ::farcall::__private::Arg<'call, str>,
    },
    /// The arguments of `rpc`.
    Rpc {},
    /// The arguments of `opened`.
    Opened {},
    /// The arguments of `open`.
    Open {
        /// The argument `name`.
        name: ::farcall::__private::Arg<'call, str>,
    },
    /// The arguments of `open_alias`.
    OpenAlias {},
    /// The arguments of `open_at_once`.
    OpenAtOnce {},
    /// The arguments of `average`.
    Average {},
    /// The arguments of `sum`.
    Sum {
        /// The argument `name`.
        name: ::farcall::__private::Arg<'call, str>,
    },
    /// The arguments of `chat`.
    Chat {},
    /// The arguments of `join`.
    Join {
        /// The argument `room`.
        room: ::farcall::__private::Arg<'call, str>,
    },
    #[doc(hidden)]
    __Lifetime(::farcall::__private::Never<'call>),
}
/// A client of the service [`Streams`]: a handle on an endpoint, or on an object in this process.
///
/// Cheap to clone. A call begins when its future is first polled; dropping the future cancels it.
///
/// `StreamsClient` does not implement `Streams`, since the items that its method `values` streams are no `Result`s, which could hold a failed call.
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
pub struct StreamsClient {
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
impl StreamsClient {
    pub fn values(
        &self,
        from: u64,
    ) -> ::farcall::__private::ReplyStream<
        'static,
        u64,
        ::farcall::__private::RpcError,
    > {
        ::farcall::__private::stream(
            ::farcall::__private::Channel::share(&self.channel),
            StreamsRequest::Values { from },
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::items_value::<
                u64,
                _,
            >(::farcall::__private::payload!(u64)),
        )
    }
    pub fn results<'call>(
        &self,
        name: &'call str,
    ) -> ::farcall::__private::ReplyStream<
        'static,
        Tick,
        ::farcall::__private::CallError<FeedError>,
    > {
        ::farcall::__private::stream(
            ::farcall::__private::Channel::share(&self.channel),
            StreamsRequest::Results {
                name: ::farcall::__private::Arg::borrowed(name),
            },
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
    pub fn rpc(
        &self,
    ) -> ::farcall::__private::ReplyStream<
        'static,
        Vec<u8>,
        ::farcall::__private::RpcError,
    > {
        ::farcall::__private::stream(
            ::farcall::__private::Channel::share(&self.channel),
            StreamsRequest::Rpc {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::items_rpc::<
                Vec<u8>,
                _,
            >(::farcall::__private::payload!(Vec < u8 >)),
        )
    }
    pub fn opened(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            ::farcall::__private::ReplyStream<
                'static,
                u64,
                ::farcall::__private::RpcError,
            >,
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<> {
        ::farcall::__private::open_value(
            ::farcall::__private::Channel::share(&self.channel),
            StreamsRequest::Opened {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::items_rpc::<
                u64,
                _,
            >(::farcall::__private::payload!(u64)),
        )
    }
    pub fn open<'call>(
        &self,
        name: &'call str,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            ::farcall::__private::ReplyStream<
                'static,
                u64,
                ::farcall::__private::RpcError,
            >,
            ::farcall::__private::CallError<OpenError>,
        >,
    > + ::farcall::__private::core::marker::Send + use<'call> {
        ::farcall::__private::open_result::<
            _,
            OpenError,
            _,
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            StreamsRequest::Open {
                name: ::farcall::__private::Arg::borrowed(name),
            },
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(error OpenError),
            ::farcall::__private::items_value::<
                u64,
                _,
            >(::farcall::__private::payload!(u64)),
        )
    }
    pub fn open_alias(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            ::farcall::__private::ReplyStream<
                'static,
                <io::Result<u64> as ::farcall::__private::ProjectResult>::Ok,
                ::farcall::__private::CallError<
                    <io::Result<u64> as ::farcall::__private::ProjectResult>::Err,
                >,
            >,
            ::farcall::__private::CallError<
                <io::Result<()> as ::farcall::__private::ProjectResult>::Err,
            >,
        >,
    > + ::farcall::__private::core::marker::Send + use<> {
        ::farcall::__private::open_result::<
            _,
            <io::Result<()> as ::farcall::__private::ProjectResult>::Err,
            _,
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            StreamsRequest::OpenAlias {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(
                error < io::Result < () > as ::farcall::__private::ProjectResult > ::Err
            ),
            ::farcall::__private::items_result::<
                <io::Result<u64> as ::farcall::__private::ProjectResult>::Ok,
                <io::Result<u64> as ::farcall::__private::ProjectResult>::Err,
                _,
                _,
            >(
                ::farcall::__private::payload!(
                    < io::Result < u64 > as ::farcall::__private::ProjectResult > ::Ok
                ),
                ::farcall::__private::payload!(
                    error < io::Result < u64 > as ::farcall::__private::ProjectResult >
                    ::Err
                ),
            ),
        )
    }
    pub fn open_at_once(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            ::farcall::__private::ReplyStream<
                'static,
                u64,
                ::farcall::__private::RpcError,
            >,
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<> {
        ::farcall::__private::open_value(
            ::farcall::__private::Channel::share(&self.channel),
            StreamsRequest::OpenAtOnce {},
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::items_value::<
                u64,
                _,
            >(::farcall::__private::payload!(u64)),
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
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'call, __Stream0> {
        ::farcall::__private::call_value::<
            _,
            f64,
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            StreamsRequest::Average {},
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
        )
    }
    pub fn sum<
        'call,
        __Stream0: ::farcall::__private::Stream<Item = u64>
            + ::farcall::__private::core::marker::Send + 'call,
        __Stream1: ::farcall::__private::Stream<Item = Result<u64, RpcError>>
            + ::farcall::__private::core::marker::Send + 'call,
    >(
        &self,
        name: &'call str,
        a: __Stream0,
        b: __Stream1,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            u64,
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'call, __Stream0, __Stream1> {
        ::farcall::__private::call_value::<
            _,
            u64,
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            StreamsRequest::Sum {
                name: ::farcall::__private::Arg::borrowed(name),
            },
            ::farcall::__private::Uploads::new([
                ::farcall::__private::upload(
                    a,
                    ::farcall::__private::items_value::<
                        u64,
                        _,
                    >(::farcall::__private::payload!(u64)),
                ),
                ::farcall::__private::upload(
                    b,
                    ::farcall::__private::items_rpc::<
                        u64,
                        _,
                    >(::farcall::__private::payload!(u64)),
                ),
            ]),
            ::farcall::__private::payload!(u64),
        )
    }
    pub fn chat<
        'streams,
        __Stream0: ::farcall::__private::Stream<Item = Result<String, OpenError>>
            + ::farcall::__private::core::marker::Send + 'streams,
    >(
        &self,
        lines: __Stream0,
    ) -> ::farcall::__private::ReplyStream<
        'streams,
        String,
        ::farcall::__private::RpcError,
    > {
        ::farcall::__private::stream(
            ::farcall::__private::Channel::share(&self.channel),
            StreamsRequest::Chat {},
            ::farcall::__private::Uploads::new([
                ::farcall::__private::upload(
                    lines,
                    ::farcall::__private::items_result::<
                        String,
                        OpenError,
                        _,
                        _,
                    >(
                        ::farcall::__private::payload!(String),
                        ::farcall::__private::payload!(error OpenError),
                    ),
                ),
            ]),
            ::farcall::__private::items_value::<
                String,
                _,
            >(::farcall::__private::payload!(String)),
        )
    }
    pub fn join<
        'call,
        'streams,
        __Stream0: ::farcall::__private::Stream<Item = String>
            + ::farcall::__private::core::marker::Send + 'streams,
    >(
        &self,
        room: &'call str,
        lines: __Stream0,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            ::farcall::__private::ReplyStream<
                'streams,
                String,
                ::farcall::__private::RpcError,
            >,
            ::farcall::__private::CallError<OpenError>,
        >,
    > + ::farcall::__private::core::marker::Send + use<'call, 'streams, __Stream0> {
        ::farcall::__private::open_result::<
            _,
            OpenError,
            _,
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            StreamsRequest::Join {
                room: ::farcall::__private::Arg::borrowed(room),
            },
            ::farcall::__private::Uploads::new([
                ::farcall::__private::upload(
                    lines,
                    ::farcall::__private::items_value::<
                        String,
                        _,
                    >(::farcall::__private::payload!(String)),
                ),
            ]),
            ::farcall::__private::payload!(error OpenError),
            ::farcall::__private::items_value::<
                String,
                _,
            >(::farcall::__private::payload!(String)),
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
    pub fn local<S: Streams + 'static>(__service: S) -> Self {
        <Self as ::farcall::__private::Client>::from_service(
            StreamsServer::new(__service),
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
/// Serves an object as the service [`Streams`].
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
pub struct StreamsServer<S> {
    service: ::farcall::__private::Arc<S>,
    hook: ::farcall::__private::core::option::Option<
        ::farcall::__private::Arc<
            dyn ::farcall::__private::core::ops::Fn(
                &StreamsRequest<'_>,
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
impl<S: Streams + 'static> StreamsServer<S> {
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
            &StreamsRequest<'_>,
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
impl<S> ::farcall::__private::core::clone::Clone for StreamsServer<S> {
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
impl<S> ::farcall::__private::core::fmt::Debug for StreamsServer<S> {
    fn fmt(
        &self,
        __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
    ) -> ::farcall::__private::core::fmt::Result {
        ::farcall::__private::core::fmt::Formatter::write_str(__f, "StreamsServer")
    }
}
::farcall::__private::if_blocking! {
    #[doc =
    " A client of the service [`Streams`] for code that is not async: a call parks the calling thread."]
    #[doc = ""] #[doc =
    " `connect`, `connect_lazy` and `local` make one; for all that a builder can do, `StreamsClient::builder(…).build()` makes a [`StreamsClient`], from which this can be made (`From`)."]
    #[allow(dead_code, deprecated, impl_trait_redundant_captures, private_bounds,
    private_interfaces, unreachable_pub)]
    #[derive(::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug)] pub struct StreamsBlockingClient { client :
    StreamsClient, } #[allow(dead_code, deprecated, impl_trait_redundant_captures,
    private_bounds, private_interfaces, unreachable_pub)] impl StreamsBlockingClient {
    pub fn values(& self, from : u64) -> ::farcall::__private::BlockingStream < 'static,
    u64, ::farcall::__private::RpcError > {
    ::farcall::__private::BlockingStream::new(StreamsClient::values(& self.client, from))
    } pub fn results < 'call, > (& self, name : & 'call str) ->
    ::farcall::__private::BlockingStream < 'static, Tick, ::farcall::__private::CallError
    < FeedError > > { ::farcall::__private::BlockingStream::new(StreamsClient::results(&
    self.client, name)) } pub fn rpc(& self,) -> ::farcall::__private::BlockingStream <
    'static, Vec < u8 >, ::farcall::__private::RpcError > {
    ::farcall::__private::BlockingStream::new(StreamsClient::rpc(& self.client,)) } pub
    fn opened(& self,) -> ::farcall::__private::core::result::Result <
    ::farcall::__private::BlockingStream < 'static, u64, ::farcall::__private::RpcError
    >, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(StreamsClient::opened(&
    self.client,)), ::farcall::__private::BlockingStream::new) } pub fn open < 'call, >
    (& self, name : & 'call str) -> ::farcall::__private::core::result::Result <
    ::farcall::__private::BlockingStream < 'static, u64, ::farcall::__private::RpcError
    >, ::farcall::__private::CallError < OpenError > > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(StreamsClient::open(&
    self.client, name)), ::farcall::__private::BlockingStream::new) } pub fn open_alias(&
    self,) -> ::farcall::__private::core::result::Result <
    ::farcall::__private::BlockingStream < 'static, < io::Result < u64 > as
    ::farcall::__private::ProjectResult > ::Ok, ::farcall::__private::CallError < <
    io::Result < u64 > as ::farcall::__private::ProjectResult > ::Err > >,
    ::farcall::__private::CallError < < io::Result < () > as
    ::farcall::__private::ProjectResult > ::Err > > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(StreamsClient::open_alias(&
    self.client,)), ::farcall::__private::BlockingStream::new) } pub fn open_at_once(&
    self,) -> ::farcall::__private::core::result::Result <
    ::farcall::__private::BlockingStream < 'static, u64, ::farcall::__private::RpcError
    >, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(StreamsClient::open_at_once(&
    self.client,)), ::farcall::__private::BlockingStream::new) } pub fn average < 'call,
    __Stream0 : ::farcall::__private::core::iter::IntoIterator < Item = f64, IntoIter :
    ::farcall::__private::core::marker::Send + 'call > + 'call > (& self, numbers :
    __Stream0) -> ::farcall::__private::core::result::Result < f64,
    ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(StreamsClient::average(& self.client,
    ::farcall::__private::iter_stream(numbers))) } pub fn sum < 'call, __Stream0 :
    ::farcall::__private::core::iter::IntoIterator < Item = u64, IntoIter :
    ::farcall::__private::core::marker::Send + 'call > + 'call, __Stream1 :
    ::farcall::__private::core::iter::IntoIterator < Item = Result < u64, RpcError >,
    IntoIter : ::farcall::__private::core::marker::Send + 'call > + 'call > (& self, name
    : & 'call str, a : __Stream0, b : __Stream1) ->
    ::farcall::__private::core::result::Result < u64, ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(StreamsClient::sum(& self.client, name,
    ::farcall::__private::iter_stream(a), ::farcall::__private::iter_stream(b))) } pub fn
    chat < 'streams, __Stream0 : ::farcall::__private::core::iter::IntoIterator < Item =
    Result < String, OpenError >, IntoIter : ::farcall::__private::core::marker::Send +
    'streams > + 'streams > (& self, lines : __Stream0) ->
    ::farcall::__private::BlockingStream < 'streams, String,
    ::farcall::__private::RpcError > {
    ::farcall::__private::BlockingStream::new(StreamsClient::chat(& self.client,
    ::farcall::__private::iter_stream(lines))) } pub fn join < 'call, 'streams, __Stream0
    : ::farcall::__private::core::iter::IntoIterator < Item = String, IntoIter :
    ::farcall::__private::core::marker::Send + 'streams > + 'streams > (& self, room : &
    'call str, lines : __Stream0) -> ::farcall::__private::core::result::Result <
    ::farcall::__private::BlockingStream < 'streams, String,
    ::farcall::__private::RpcError >, ::farcall::__private::CallError < OpenError > > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(StreamsClient::join(&
    self.client, room, ::farcall::__private::iter_stream(lines))),
    ::farcall::__private::BlockingStream::new) } #[doc =
    r" Connects to the endpoints and shakes hands, so that a wrong address is an error at once."]
    pub fn connect < E : ::farcall::__private::IntoEndpoints +
    ::farcall::__private::core::marker::Send > (__endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(<
    StreamsClient as ::farcall::__private::Client > ::connect(__endpoints)), | __client |
    Self { client : __client }) } #[doc = r" A client that connects at its first call."]
    pub fn connect_lazy < E : ::farcall::__private::IntoEndpoints > (__endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< StreamsClient as
    ::farcall::__private::Client > ::connect_lazy(__endpoints), | __client | Self {
    client : __client }) } ::farcall::__private::if_config! { #[doc =
    r" The client of this name in the configuration, which connects at its first call."]
    pub fn from_config(__config : & ::farcall::__private::Config, __name : &
    ::farcall::__private::core::primitive::str) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< StreamsClient as
    ::farcall::__private::Client > ::from_config(__config, __name), | __client | Self {
    client : __client }) } } #[doc =
    r" A client of an object in this process: everything but the connection."] pub fn
    local < S : Streams + 'static > (__service : S) -> Self { Self { client :
    StreamsClient::local(__service) } } #[doc =
    r" A copy whose calls have another timeout."] #[must_use] pub fn with_timeout < D :
    ::farcall::__private::core::convert::Into < ::farcall::__private::Timeout >> (& self,
    __timeout : D) -> Self { Self { client : < StreamsClient as
    ::farcall::__private::Client > ::with_timeout(& self.client, __timeout) } } #[doc =
    r" A copy whose calls carry one more piece of metadata."] #[must_use] pub fn
    with_metadata < V : ::farcall::__private::core::convert::Into <
    ::farcall::__private::MetadataValue >> (& self, __key : &
    ::farcall::__private::core::primitive::str, __value : V,) -> Self { Self { client : <
    StreamsClient as ::farcall::__private::Client > ::with_metadata(& self.client, __key,
    __value) } } #[doc = r" A copy whose calls are part of serving that one."]
    #[must_use] pub fn with_parent(& self, __parent : & ::farcall::__private::Context) ->
    Self { Self { client : < StreamsClient as ::farcall::__private::Client >
    ::with_parent(& self.client, __parent) } } #[doc =
    r" A copy whose calls put there what comes beside their answers."] #[must_use] pub fn
    with_reply_metadata(& self, __place : & ::farcall::__private::ReplyMetadata) -> Self
    { Self { client : < StreamsClient as ::farcall::__private::Client >
    ::with_reply_metadata(& self.client, __place) } } #[doc =
    r" A copy whose calls go through this as well."] #[must_use] pub fn with_interceptor
    < I : ::farcall::__private::Interceptor > (& self, __interceptor : I) -> Self { Self
    { client : < StreamsClient as ::farcall::__private::Client > ::with_interceptor(&
    self.client, __interceptor) } } #[doc =
    r" A copy whose calls are made with these options alone: a timeout or metadata of this one is gone."]
    #[must_use] pub fn with(& self, __options : ::farcall::__private::CallOptions) ->
    Self { Self { client : < StreamsClient as ::farcall::__private::Client > ::with(&
    self.client, __options) } } #[doc =
    r" Ends the connection of this client and of all its copies."] pub fn close(& self) {
    ::farcall::__private::block_on(< StreamsClient as ::farcall::__private::Client >
    ::close(& self.client)) } } #[doc = r" For all that the builder can do."] impl
    ::farcall::__private::core::convert::From < StreamsClient > for StreamsBlockingClient
    { fn from(__client : StreamsClient) -> Self { Self { client : __client } } }
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
                __describer, u64, ::farcall::__private::payload!(u64)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_value:: < u64, _ >
                (::farcall::__private::payload!(u64))
            );
            ::farcall::__private::Describer::result_stream(__describer, __type);
        }
    });
    static __METHOD_0: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Streams", 0xa412f34efd88e962),
            ("values", 0x059add2f0b92302a),
            "",
        )
        .with_variant("Values", 0)
        .with_schema(&__SCHEMA_0)
        .with_arguments(
            &["from"],
            &[::farcall::__private::ArgumentDescriptor::new("from")],
        )
        .with_streams(::farcall::__private::MethodKind::ServerStreaming, &[]);
    static __SCHEMA_1: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
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
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), Tick, FeedError
        );
    });
    static __METHOD_1: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Streams", 0xa412f34efd88e962),
            ("results", 0xf5e7104eb2cf112a),
            "",
        )
        .with_variant("Results", 1)
        .with_schema(&__SCHEMA_1)
        .with_arguments(
            &["name"],
            &[::farcall::__private::ArgumentDescriptor::new("name")],
        )
        .with_streams(::farcall::__private::MethodKind::ServerStreaming, &[]);
    static __SCHEMA_2: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_rpc:: < Vec < u8 >, _ >
                (::farcall::__private::payload!(Vec < u8 >))
            );
            ::farcall::__private::Describer::result_stream(__describer, __type);
        }
    });
    static __METHOD_2: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Streams", 0xa412f34efd88e962),
            ("rpc", 0x64ebad06f076110f),
            "",
        )
        .with_variant("Rpc", 2)
        .with_schema(&__SCHEMA_2)
        .with_streams(::farcall::__private::MethodKind::ServerStreaming, &[]);
    static __SCHEMA_3: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_rpc:: < u64, _ >
                (::farcall::__private::payload!(u64))
            );
            ::farcall::__private::Describer::result_stream(__describer, __type);
        }
    });
    static __METHOD_3: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Streams", 0xa412f34efd88e962),
            ("opened", 0x7439477e8df64295),
            "",
        )
        .with_variant("Opened", 3)
        .with_schema(&__SCHEMA_3)
        .with_streams(::farcall::__private::MethodKind::ServerStreaming, &[]);
    static __SCHEMA_4: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
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
                __describer, ::farcall::__private::items_value:: < u64, _ >
                (::farcall::__private::payload!(u64))
            );
            ::farcall::__private::Describer::result_stream(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, OpenError, ::farcall::__private::payload!(error OpenError)
            );
            ::farcall::__private::Describer::error(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), OpenError
        );
    });
    static __METHOD_4: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Streams", 0xa412f34efd88e962),
            ("open", 0xa9bd0f6bd41555a4),
            "",
        )
        .with_variant("Open", 4)
        .with_schema(&__SCHEMA_4)
        .with_arguments(
            &["name"],
            &[::farcall::__private::ArgumentDescriptor::new("name")],
        )
        .with_streams(::farcall::__private::MethodKind::ServerStreaming, &[]);
    static __SCHEMA_5: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_result:: < < io::Result < u64 >
                as ::farcall::__private::ProjectResult > ::Ok, < io::Result < u64 > as
                ::farcall::__private::ProjectResult > ::Err, _, _ >
                (::farcall::__private::payload!(< io::Result < u64 > as
                ::farcall::__private::ProjectResult > ::Ok),
                ::farcall::__private::payload!(error < io::Result < u64 > as
                ::farcall::__private::ProjectResult > ::Err))
            );
            ::farcall::__private::Describer::result_stream(__describer, __type);
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
            ::farcall::__private::Describer::descriptions(__describer), < io::Result <
            u64 > as ::farcall::__private::ProjectResult > ::Ok, < io::Result < u64 > as
            ::farcall::__private::ProjectResult > ::Err, < io::Result < () > as
            ::farcall::__private::ProjectResult > ::Err
        );
    });
    static __METHOD_5: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Streams", 0xa412f34efd88e962),
            ("open_alias", 0xca636ef424088ec3),
            "",
        )
        .with_variant("OpenAlias", 5)
        .with_schema(&__SCHEMA_5)
        .with_streams(::farcall::__private::MethodKind::ServerStreaming, &[]);
    static __SCHEMA_6: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_value:: < u64, _ >
                (::farcall::__private::payload!(u64))
            );
            ::farcall::__private::Describer::result_stream(__describer, __type);
        }
    });
    static __METHOD_6: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Streams", 0xa412f34efd88e962),
            ("open_at_once", 0x11f3a666f14bbc40),
            "",
        )
        .with_variant("OpenAtOnce", 6)
        .with_schema(&__SCHEMA_6)
        .with_streams(::farcall::__private::MethodKind::ServerStreaming, &[]);
    static __SCHEMA_7: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
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
    });
    static __METHOD_7: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Streams", 0xa412f34efd88e962),
            ("average", 0x9b9179a7209157f3),
            "",
        )
        .with_variant("Average", 7)
        .with_schema(&__SCHEMA_7)
        .with_streams(::farcall::__private::MethodKind::ClientStreaming, &["numbers"])
        .with_timeout(::farcall::__private::core::time::Duration::new(3600, 0))
        .with_blocking();
    static __SCHEMA_8: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
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
                __describer, ::farcall::__private::items_value:: < u64, _ >
                (::farcall::__private::payload!(u64))
            );
            ::farcall::__private::Describer::argument_stream(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_rpc:: < u64, _ >
                (::farcall::__private::payload!(u64))
            );
            ::farcall::__private::Describer::argument_stream(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, u64, ::farcall::__private::payload!(u64)
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
    });
    static __METHOD_8: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Streams", 0xa412f34efd88e962),
            ("sum", 0x6c3db806f43a1b97),
            "",
        )
        .with_variant("Sum", 8)
        .with_schema(&__SCHEMA_8)
        .with_arguments(
            &["name"],
            &[::farcall::__private::ArgumentDescriptor::new("name")],
        )
        .with_streams(::farcall::__private::MethodKind::ClientStreaming, &["left", "b"]);
    static __SCHEMA_9: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_result:: < String, OpenError, _,
                _ > (::farcall::__private::payload!(String),
                ::farcall::__private::payload!(error OpenError))
            );
            ::farcall::__private::Describer::argument_stream(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_value:: < String, _ >
                (::farcall::__private::payload!(String))
            );
            ::farcall::__private::Describer::result_stream(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), OpenError
        );
    });
    static __METHOD_9: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Streams", 0xa412f34efd88e962),
            ("chat", 0x4d8c194d6438e642),
            "",
        )
        .with_variant("Chat", 9)
        .with_schema(&__SCHEMA_9)
        .with_streams(::farcall::__private::MethodKind::Bidirectional, &["lines"]);
    static __SCHEMA_10: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
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
                __describer, ::farcall::__private::items_value:: < String, _ >
                (::farcall::__private::payload!(String))
            );
            ::farcall::__private::Describer::argument_stream(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::items_value:: < String, _ >
                (::farcall::__private::payload!(String))
            );
            ::farcall::__private::Describer::result_stream(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, OpenError, ::farcall::__private::payload!(error OpenError)
            );
            ::farcall::__private::Describer::error(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), OpenError
        );
    });
    static __METHOD_10: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Streams", 0xa412f34efd88e962),
            ("join", 0x68c29488bb440e04),
            "",
        )
        .with_variant("Join", 10)
        .with_schema(&__SCHEMA_10)
        .with_arguments(
            &["room"],
            &[::farcall::__private::ArgumentDescriptor::new("room")],
        )
        .with_streams(::farcall::__private::MethodKind::Bidirectional, &["lines"]);
    static __SERVICE: ::farcall::__private::ServiceDescriptor = ::farcall::__private::ServiceDescriptor::new(
        "Streams",
        0xa412f34efd88e962,
        "",
        &[
            &__METHOD_0,
            &__METHOD_1,
            &__METHOD_2,
            &__METHOD_3,
            &__METHOD_4,
            &__METHOD_5,
            &__METHOD_6,
            &__METHOD_7,
            &__METHOD_8,
            &__METHOD_9,
            &__METHOD_10,
        ],
    );
    const __VARIANTS: &[&::farcall::__private::core::primitive::str] = &[
        "Values",
        "Results",
        "Rpc",
        "Opened",
        "Open",
        "OpenAlias",
        "OpenAtOnce",
        "Average",
        "Sum",
        "Chat",
        "Join",
    ];
    impl<'call> ::farcall::__private::Request for StreamsRequest<'call> {
        fn method(&self) -> &'static ::farcall::__private::MethodDescriptor {
            match self {
                Self::Values { .. } => &__METHOD_0,
                Self::Results { .. } => &__METHOD_1,
                Self::Rpc { .. } => &__METHOD_2,
                Self::Opened { .. } => &__METHOD_3,
                Self::Open { .. } => &__METHOD_4,
                Self::OpenAlias { .. } => &__METHOD_5,
                Self::OpenAtOnce { .. } => &__METHOD_6,
                Self::Average { .. } => &__METHOD_7,
                Self::Sum { .. } => &__METHOD_8,
                Self::Chat { .. } => &__METHOD_9,
                Self::Join { .. } => &__METHOD_10,
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
                Self::Values { from: __argument0 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_0,
                        __name,
                        __serializer,
                        (
                            ::farcall::__private::Field::new(
                                __argument0,
                                ::farcall::__private::payload!(u64),
                            ),
                            (),
                        ),
                    )
                }
                Self::Results { name: __argument0 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_1,
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
                Self::Rpc {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_2,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::Opened {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_3,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::Open { name: __argument0 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_4,
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
                Self::OpenAlias {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_5,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::OpenAtOnce {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_6,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::Average {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_7,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::Sum { name: __argument0 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_8,
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
                Self::Chat {} => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_9,
                        __name,
                        __serializer,
                        (),
                    )
                }
                Self::Join { room: __argument0 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_10,
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
                Self::__Lifetime(__never) => ::farcall::__private::Never::reach(__never),
            }
        }
    }
    impl<'call> ::farcall::__private::DecodeRequest<'call> for StreamsRequest<'call> {
        fn deserialize_arguments<
            __Deserializer: ::farcall::__private::serde::Deserializer<'call>,
        >(
            __method: ::farcall::__private::core::primitive::u64,
            __body: &'call ::farcall::__private::Bytes,
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            match __method {
                0x059add2f0b92302a => {
                    let (__argument0, ()) = ::farcall::__private::decode_arguments(
                        &__METHOD_0,
                        __body,
                        __deserializer,
                        (
                            ::farcall::__private::Slot::<
                                u64,
                                _,
                            >::required(::farcall::__private::payload!(u64)),
                            (),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Values {
                        from: __argument0,
                    })
                }
                0xf5e7104eb2cf112a => {
                    let (__argument0, ()) = ::farcall::__private::decode_arguments(
                        &__METHOD_1,
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
                    ::farcall::__private::core::result::Result::Ok(Self::Results {
                        name: __argument0,
                    })
                }
                0x64ebad06f076110f => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_2,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Rpc {})
                }
                0x7439477e8df64295 => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_3,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Opened {})
                }
                0xa9bd0f6bd41555a4 => {
                    let (__argument0, ()) = ::farcall::__private::decode_arguments(
                        &__METHOD_4,
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
                0xca636ef424088ec3 => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_5,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::OpenAlias {})
                }
                0x11f3a666f14bbc40 => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_6,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::OpenAtOnce {})
                }
                0x9b9179a7209157f3 => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_7,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Average {})
                }
                0x6c3db806f43a1b97 => {
                    let (__argument0, ()) = ::farcall::__private::decode_arguments(
                        &__METHOD_8,
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
                    ::farcall::__private::core::result::Result::Ok(Self::Sum {
                        name: __argument0,
                    })
                }
                0x4d8c194d6438e642 => {
                    let () = ::farcall::__private::decode_arguments(
                        &__METHOD_9,
                        __body,
                        __deserializer,
                        (),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Chat {})
                }
                0x68c29488bb440e04 => {
                    let (__argument0, ()) = ::farcall::__private::decode_arguments(
                        &__METHOD_10,
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
                    ::farcall::__private::core::result::Result::Ok(Self::Join {
                        room: __argument0,
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
    impl ::farcall::__private::serde::Serialize for StreamsRequest<'_> {
        fn serialize<__Serializer: ::farcall::__private::serde::Serializer>(
            &self,
            __serializer: __Serializer,
        ) -> ::farcall::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            ::farcall::__private::serialize_request(self, "StreamsRequest", __serializer)
        }
    }
    impl<'call> ::farcall::__private::serde::Deserialize<'call>
    for StreamsRequest<'call> {
        fn deserialize<__Deserializer: ::farcall::__private::serde::Deserializer<'call>>(
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            ::farcall::__private::deserialize_request(
                &__SERVICE,
                "StreamsRequest",
                __VARIANTS,
                __deserializer,
            )
        }
    }
    impl ::farcall::__private::core::fmt::Debug for StreamsRequest<'_> {
        fn fmt(
            &self,
            __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
        ) -> ::farcall::__private::core::fmt::Result {
            ::farcall::__private::debug_request(self, __f)
        }
    }
    impl ::farcall::__private::Client for StreamsClient {
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
                    &StreamsRequest<'_>,
                    &::farcall::__private::Context,
                ) -> ::farcall::__private::core::result::Result<
                        (),
                        ::farcall::__private::RpcError,
                    > + ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync,
            >,
        >,
    ) -> ::farcall::__private::core::result::Result<
        StreamsRequest<'call>,
        ::farcall::__private::Reply,
    > {
        let __request = ::farcall::__private::Incoming::decode::<
            StreamsRequest<'call>,
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
    impl<__Handler: Streams + 'static> ::farcall::__private::Service
    for StreamsServer<__Handler> {
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
                0x059add2f0b92302a => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0,) = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StreamsRequest::Values { from: __argument0 },
                                ) => (__argument0,),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Streams>::values(
                                &*__service,
                                __argument0,
                            );
                            ::farcall::__private::Incoming::reply_stream(
                                    &__incoming,
                                    ::farcall::__private::items_value::<
                                        u64,
                                        _,
                                    >(::farcall::__private::payload!(u64)),
                                    __value,
                                )
                                .await
                        },
                    )
                }
                0xf5e7104eb2cf112a => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0,) = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StreamsRequest::Results { name: __argument0 },
                                ) => (__argument0,),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Streams>::results(
                                &*__service,
                                &*__argument0,
                                ::farcall::__private::Incoming::context(&__incoming),
                            );
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
                0x64ebad06f076110f => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StreamsRequest::Rpc {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Streams>::rpc(&*__service);
                            ::farcall::__private::Incoming::reply_stream(
                                    &__incoming,
                                    ::farcall::__private::items_rpc::<
                                        Vec<u8>,
                                        _,
                                    >(::farcall::__private::payload!(Vec < u8 >)),
                                    __value,
                                )
                                .await
                        },
                    )
                }
                0x7439477e8df64295 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StreamsRequest::Opened {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Streams>::opened(&*__service)
                                .await;
                            ::farcall::__private::Incoming::reply_stream(
                                    &__incoming,
                                    ::farcall::__private::items_rpc::<
                                        u64,
                                        _,
                                    >(::farcall::__private::payload!(u64)),
                                    __value,
                                )
                                .await
                        },
                    )
                }
                0xa9bd0f6bd41555a4 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0,) = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StreamsRequest::Open { name: __argument0 },
                                ) => (__argument0,),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Streams>::open(
                                    &*__service,
                                    &*__argument0,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_stream_result(
                                    &__incoming,
                                    ::farcall::__private::payload!(error OpenError),
                                    ::farcall::__private::items_value::<
                                        u64,
                                        _,
                                    >(::farcall::__private::payload!(u64)),
                                    ::farcall::__private::into_result(__value),
                                )
                                .await
                        },
                    )
                }
                0xca636ef424088ec3 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StreamsRequest::OpenAlias {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Streams>::open_alias(&*__service)
                                .await;
                            ::farcall::__private::Incoming::reply_stream_result(
                                    &__incoming,
                                    ::farcall::__private::payload!(
                                        error < io::Result < () > as
                                        ::farcall::__private::ProjectResult > ::Err
                                    ),
                                    ::farcall::__private::items_result::<
                                        <io::Result<
                                            u64,
                                        > as ::farcall::__private::ProjectResult>::Ok,
                                        <io::Result<
                                            u64,
                                        > as ::farcall::__private::ProjectResult>::Err,
                                        _,
                                        _,
                                    >(
                                        ::farcall::__private::payload!(
                                            < io::Result < u64 > as ::farcall::__private::ProjectResult
                                            > ::Ok
                                        ),
                                        ::farcall::__private::payload!(
                                            error < io::Result < u64 > as
                                            ::farcall::__private::ProjectResult > ::Err
                                        ),
                                    ),
                                    ::farcall::__private::into_result(__value),
                                )
                                .await
                        },
                    )
                }
                0x11f3a666f14bbc40 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StreamsRequest::OpenAtOnce {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Streams>::open_at_once(
                                &*__service,
                            );
                            ::farcall::__private::Incoming::reply_stream_rpc(
                                    &__incoming,
                                    ::farcall::__private::items_value::<
                                        u64,
                                        _,
                                    >(::farcall::__private::payload!(u64)),
                                    ::farcall::__private::into_result(__value),
                                )
                                .await
                        },
                    )
                }
                0x9b9179a7209157f3 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StreamsRequest::Average {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Streams>::average(
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
                            ::farcall::__private::Incoming::reply_value(
                                &__incoming,
                                ::farcall::__private::payload!(f64),
                                __value,
                            )
                        },
                    )
                }
                0x6c3db806f43a1b97 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0,) = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StreamsRequest::Sum { name: __argument0 },
                                ) => (__argument0,),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Streams>::sum(
                                    &*__service,
                                    &*__argument0,
                                    ::farcall::__private::Incoming::argument_stream(
                                        &__incoming,
                                        0u32,
                                        ::farcall::__private::items_value::<
                                            u64,
                                            _,
                                        >(::farcall::__private::payload!(u64)),
                                    ),
                                    ::farcall::__private::Incoming::argument_stream(
                                        &__incoming,
                                        1u32,
                                        ::farcall::__private::items_rpc::<
                                            u64,
                                            _,
                                        >(::farcall::__private::payload!(u64)),
                                    ),
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_rpc(
                                &__incoming,
                                ::farcall::__private::payload!(u64),
                                ::farcall::__private::into_result(__value),
                            )
                        },
                    )
                }
                0x4d8c194d6438e642 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let () = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StreamsRequest::Chat {},
                                ) => {}
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Streams>::chat(
                                &*__service,
                                ::farcall::__private::Incoming::context(&__incoming),
                                ::farcall::__private::Incoming::argument_stream(
                                    &__incoming,
                                    0u32,
                                    ::farcall::__private::items_result::<
                                        String,
                                        OpenError,
                                        _,
                                        _,
                                    >(
                                        ::farcall::__private::payload!(String),
                                        ::farcall::__private::payload!(error OpenError),
                                    ),
                                ),
                            );
                            ::farcall::__private::Incoming::reply_stream(
                                    &__incoming,
                                    ::farcall::__private::items_value::<
                                        String,
                                        _,
                                    >(::farcall::__private::payload!(String)),
                                    __value,
                                )
                                .await
                        },
                    )
                }
                0x68c29488bb440e04 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0,) = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    StreamsRequest::Join { room: __argument0 },
                                ) => (__argument0,),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Streams>::join(
                                    &*__service,
                                    &*__argument0,
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
                            ::farcall::__private::Incoming::reply_stream_result(
                                    &__incoming,
                                    ::farcall::__private::payload!(error OpenError),
                                    ::farcall::__private::items_value::<
                                        String,
                                        _,
                                    >(::farcall::__private::payload!(String)),
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
