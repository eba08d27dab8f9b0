#[allow(dead_code)]
trait Arguments: ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync {
    fn borrowed<'x>(
        &self,
        text: &'x str,
        bytes: &[u8],
        one: &Point,
        many: &[Point],
    ) -> impl ::farcall::__private::core::future::Future<
        Output = (),
    > + ::farcall::__private::core::marker::Send;
    fn optional(
        &self,
        text: Option<&str>,
        many: Option<&[Point]>,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = (),
    > + ::farcall::__private::core::marker::Send;
    fn copied_on_write(
        &self,
        text: Cow<'_, str>,
        owned: Cow<'static, str>,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = (),
    > + ::farcall::__private::core::marker::Send;
    fn copied_without_lifetime(
        &self,
        text: Cow<str>,
        many: Vec<std::borrow::Cow<[u8]>>,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = (),
    > + ::farcall::__private::core::marker::Send;
    fn lent_by_the_codec(
        &self,
        view: View<'_>,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = (),
    > + ::farcall::__private::core::marker::Send;
    fn with_context(
        &self,
        first: u8,
        context: &Context,
        second: u8,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = (),
    > + ::farcall::__private::core::marker::Send;
    fn options(
        &self,
        r#type: u8,
        count: u32,
        text: &str,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = (),
    > + ::farcall::__private::core::marker::Send;
}
/// A call of a method of [`Arguments`] as a value: what interceptors, logs and recordings see.
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
#[non_exhaustive]
enum ArgumentsRequest<'call> {
    /// The arguments of `borrowed`.
    Borrowed {
        /// The argument `text`.
        text: ::farcall::__private::Arg<'call, str>,
        /// The argument `bytes`.
        bytes: ::farcall::__private::Arg<'call, [u8]>,
        /// The argument `one`.
        one: ::farcall::__private::Arg<'call, Point>,
        /// The argument `many`.
        many: ::farcall::__private::Arg<'call, [Point]>,
    },
    /// The arguments of `optional`.
    Optional {
        /// The argument `text`.
        text: ::farcall::__private::core::option::Option<
            ::farcall::__private::Arg<'call, str>,
        >,
        /// The argument `many`.
        many: ::farcall::__private::core::option::Option<
            ::farcall::__private::Arg<'call, [Point]>,
        >,
    },
    /// The arguments of `copied_on_write`.
    CopiedOnWrite {
        /// The argument `text`.
        text: ::farcall::__private::Arg<'call, str>,
        /// The argument `owned`.
        owned: Cow<'static, str>,
    },
    /// The arguments of `copied_without_lifetime`.
    CopiedWithoutLifetime {
        /// The argument `text`.
        text: ::farcall::__private::Arg<'call, str>,
        /// The argument `many`.
        many: Vec<std::borrow::Cow<'call, [u8]>>,
    },
    /// The arguments of `lent_by_the_codec`.
    LentByTheCodec {
        /// The argument `view`.
        view: View<'call>,
    },
    /// The arguments of `with_context`.
    WithContext {
        /// The argument `first`.
        first: u8,
        /// The argument `second`.
        second: u8,
    },
    /// The arguments of `options`.
    Options {
        /// The argument `r#type`.
        r#type: u8,
        /// The argument `count`.
        count: u32,
        /// The argument `text`.
        text: ::farcall::__private::Arg<'call, str>,
    },
    #[doc(hidden)]
    __Lifetime(::farcall::__private::Never<'call>),
}
/// A client of the service [`Arguments`]: a handle on an endpoint, or on an object in this process.
///
/// Cheap to clone. A call begins when its future is first polled; dropping the future cancels it.
///
/// `ArgumentsClient` does not implement `Arguments`, since its method `borrowed` returns no `Result`, which could hold a failed call.
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
struct ArgumentsClient {
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
impl ArgumentsClient {
    fn borrowed<'call>(
        &self,
        text: &'call str,
        bytes: &'call [u8],
        one: &'call Point,
        many: &'call [Point],
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            (),
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'call> {
        ::farcall::__private::call_value::<
            _,
            (),
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            ArgumentsRequest::Borrowed {
                text: ::farcall::__private::Arg::borrowed(text),
                bytes: ::farcall::__private::Arg::borrowed(bytes),
                one: ::farcall::__private::Arg::borrowed(one),
                many: ::farcall::__private::Arg::borrowed(many),
            },
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(()),
        )
    }
    fn optional<'call>(
        &self,
        text: Option<&'call str>,
        many: Option<&'call [Point]>,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            (),
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'call> {
        ::farcall::__private::call_value::<
            _,
            (),
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            ArgumentsRequest::Optional {
                text: ::farcall::__private::core::option::Option::map(
                    text,
                    ::farcall::__private::Arg::borrowed,
                ),
                many: ::farcall::__private::core::option::Option::map(
                    many,
                    ::farcall::__private::Arg::borrowed,
                ),
            },
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(()),
        )
    }
    fn copied_on_write<'call>(
        &self,
        text: Cow<'call, str>,
        owned: Cow<'static, str>,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            (),
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'call> {
        ::farcall::__private::call_value::<
            _,
            (),
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            ArgumentsRequest::CopiedOnWrite {
                text: ::farcall::__private::Arg::from_cow(text),
                owned,
            },
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(()),
        )
    }
    fn copied_without_lifetime<'call>(
        &self,
        text: Cow<'call, str>,
        many: Vec<std::borrow::Cow<'call, [u8]>>,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            (),
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'call> {
        ::farcall::__private::call_value::<
            _,
            (),
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            ArgumentsRequest::CopiedWithoutLifetime {
                text: ::farcall::__private::Arg::from_cow(text),
                many,
            },
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(()),
        )
    }
    fn lent_by_the_codec<'call>(
        &self,
        view: View<'call>,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            (),
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'call> {
        ::farcall::__private::call_value::<
            _,
            (),
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            ArgumentsRequest::LentByTheCodec {
                view,
            },
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(()),
        )
    }
    fn with_context(
        &self,
        first: u8,
        second: u8,
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
            ArgumentsRequest::WithContext {
                first,
                second,
            },
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(()),
        )
    }
    fn options<'call>(
        &self,
        r#type: u8,
        count: u32,
        text: &'call str,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            (),
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'call> {
        ::farcall::__private::call_value::<
            _,
            (),
            _,
        >(
            ::farcall::__private::Channel::share(&self.channel),
            ArgumentsRequest::Options {
                r#type,
                count,
                text: ::farcall::__private::Arg::borrowed(text),
            },
            ::farcall::__private::Uploads::none(),
            ::farcall::__private::payload!(()),
        )
    }
    /// Makes a client with limits, a timeout, interceptors or transports of its own.
    fn builder<E: ::farcall::__private::IntoEndpoints>(
        __endpoints: E,
    ) -> ::farcall::__private::ClientBuilder<Self> {
        <Self as ::farcall::__private::Client>::builder(__endpoints)
    }
    /// Connects to the endpoints and shakes hands, so that a wrong address is an error at once.
    fn connect<
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
    fn connect_lazy<E: ::farcall::__private::IntoEndpoints>(
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
        fn from_config(__config : & ::farcall::__private::Config, __name : &
        ::farcall::__private::core::primitive::str) ->
        ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError
        > { < Self as ::farcall::__private::Client > ::from_config(__config, __name) }
    }
    /// A client of an object in this process: everything but the connection.
    fn local<S: Arguments + 'static>(__service: S) -> Self {
        <Self as ::farcall::__private::Client>::from_service(
            ArgumentsServer::new(__service),
        )
    }
    /// A copy whose calls have another timeout.
    #[must_use]
    fn with_timeout<
        D: ::farcall::__private::core::convert::Into<::farcall::__private::Timeout>,
    >(&self, __timeout: D) -> Self {
        <Self as ::farcall::__private::Client>::with_timeout(self, __timeout)
    }
    /// A copy whose calls carry one more piece of metadata.
    #[must_use]
    fn with_metadata<
        V: ::farcall::__private::core::convert::Into<::farcall::__private::MetadataValue>,
    >(&self, __key: &::farcall::__private::core::primitive::str, __value: V) -> Self {
        <Self as ::farcall::__private::Client>::with_metadata(self, __key, __value)
    }
    /// A copy whose calls are part of serving that one.
    #[must_use]
    fn with_parent(&self, __parent: &::farcall::__private::Context) -> Self {
        <Self as ::farcall::__private::Client>::with_parent(self, __parent)
    }
    /// A copy whose calls put there what comes beside their answers.
    #[must_use]
    fn with_reply_metadata(
        &self,
        __place: &::farcall::__private::ReplyMetadata,
    ) -> Self {
        <Self as ::farcall::__private::Client>::with_reply_metadata(self, __place)
    }
    /// A copy whose calls go through this as well.
    #[must_use]
    fn with_interceptor<I: ::farcall::__private::Interceptor>(
        &self,
        __interceptor: I,
    ) -> Self {
        <Self as ::farcall::__private::Client>::with_interceptor(self, __interceptor)
    }
    /// A copy whose calls are made with these options alone: a timeout or metadata of this one is gone.
    #[must_use]
    fn with(&self, __options: ::farcall::__private::CallOptions) -> Self {
        <Self as ::farcall::__private::Client>::with(self, __options)
    }
    /// Compares all methods with what the server has.
    fn compatibility(
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
    fn supports<'__client>(
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
    fn close(
        &self,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = (),
    > + ::farcall::__private::core::marker::Send + use<'_> {
        <Self as ::farcall::__private::Client>::close(self)
    }
}
/// Serves an object as the service [`Arguments`].
#[allow(
    dead_code,
    deprecated,
    impl_trait_redundant_captures,
    private_bounds,
    private_interfaces,
    unreachable_pub
)]
struct ArgumentsServer<S> {
    service: ::farcall::__private::Arc<S>,
    hook: ::farcall::__private::core::option::Option<
        ::farcall::__private::Arc<
            dyn ::farcall::__private::core::ops::Fn(
                &ArgumentsRequest<'_>,
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
impl<S: Arguments + 'static> ArgumentsServer<S> {
    /// Serves an object.
    fn new(__service: S) -> Self {
        Self::from_arc(::farcall::__private::Arc::new(__service))
    }
    /// Serves an object that others hold as well.
    fn from_arc(__service: ::farcall::__private::Arc<S>) -> Self {
        Self {
            service: __service,
            hook: ::farcall::__private::core::option::Option::None,
        }
    }
    /// Has every call looked at by `hook` before it reaches the object; a call that it refuses fails with its
    /// error. Takes the place of one that was there.
    #[must_use]
    fn with_hook(
        self,
        __hook: impl ::farcall::__private::core::ops::Fn(
            &ArgumentsRequest<'_>,
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
impl<S> ::farcall::__private::core::clone::Clone for ArgumentsServer<S> {
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
impl<S> ::farcall::__private::core::fmt::Debug for ArgumentsServer<S> {
    fn fmt(
        &self,
        __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
    ) -> ::farcall::__private::core::fmt::Result {
        ::farcall::__private::core::fmt::Formatter::write_str(__f, "ArgumentsServer")
    }
}
::farcall::__private::if_blocking! {
    #[doc =
    " A client of the service [`Arguments`] for code that is not async: a call parks the calling thread."]
    #[doc = ""] #[doc =
    " `connect`, `connect_lazy` and `local` make one; for all that a builder can do, `ArgumentsClient::builder(…).build()` makes a [`ArgumentsClient`], from which this can be made (`From`)."]
    #[allow(dead_code, deprecated, impl_trait_redundant_captures, private_bounds,
    private_interfaces, unreachable_pub)]
    #[derive(::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug)] struct ArgumentsBlockingClient { client :
    ArgumentsClient, } #[allow(dead_code, deprecated, impl_trait_redundant_captures,
    private_bounds, private_interfaces, unreachable_pub)] impl ArgumentsBlockingClient {
    fn borrowed < 'call, > (& self, text : & 'call str, bytes : & 'call[u8], one : &
    'call Point, many : & 'call[Point]) -> ::farcall::__private::core::result::Result <
    (), ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(ArgumentsClient::borrowed(& self.client, text, bytes,
    one, many)) } fn optional < 'call, > (& self, text : Option < & 'call str >, many :
    Option < & 'call[Point] >) -> ::farcall::__private::core::result::Result < (),
    ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(ArgumentsClient::optional(& self.client, text, many))
    } fn copied_on_write < 'call, > (& self, text : Cow < 'call, str >, owned : Cow <
    'static, str >) -> ::farcall::__private::core::result::Result < (),
    ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(ArgumentsClient::copied_on_write(& self.client, text,
    owned)) } fn copied_without_lifetime < 'call, > (& self, text : Cow < 'call, str >,
    many : Vec < std::borrow::Cow < 'call, [u8] > >) ->
    ::farcall::__private::core::result::Result < (), ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(ArgumentsClient::copied_without_lifetime(& self
    .client, text, many)) } fn lent_by_the_codec < 'call, > (& self, view : View < 'call
    >) -> ::farcall::__private::core::result::Result < (), ::farcall::__private::RpcError
    > { ::farcall::__private::block_on(ArgumentsClient::lent_by_the_codec(& self.client,
    view)) } fn with_context(& self, first : u8, second : u8) ->
    ::farcall::__private::core::result::Result < (), ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(ArgumentsClient::with_context(& self.client, first,
    second)) } fn options < 'call, > (& self, r#type : u8, count : u32, text : & 'call
    str) -> ::farcall::__private::core::result::Result < (),
    ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(ArgumentsClient::options(& self.client, r#type, count,
    text)) } #[doc =
    r" Connects to the endpoints and shakes hands, so that a wrong address is an error at once."]
    fn connect < E : ::farcall::__private::IntoEndpoints +
    ::farcall::__private::core::marker::Send > (__endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(<
    ArgumentsClient as ::farcall::__private::Client > ::connect(__endpoints)), | __client
    | Self { client : __client }) } #[doc =
    r" A client that connects at its first call."] fn connect_lazy < E :
    ::farcall::__private::IntoEndpoints > (__endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< ArgumentsClient as
    ::farcall::__private::Client > ::connect_lazy(__endpoints), | __client | Self {
    client : __client }) } ::farcall::__private::if_config! { #[doc =
    r" The client of this name in the configuration, which connects at its first call."]
    fn from_config(__config : & ::farcall::__private::Config, __name : &
    ::farcall::__private::core::primitive::str) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< ArgumentsClient as
    ::farcall::__private::Client > ::from_config(__config, __name), | __client | Self {
    client : __client }) } } #[doc =
    r" A client of an object in this process: everything but the connection."] fn local <
    S : Arguments + 'static > (__service : S) -> Self { Self { client :
    ArgumentsClient::local(__service) } } #[doc =
    r" A copy whose calls have another timeout."] #[must_use] fn with_timeout < D :
    ::farcall::__private::core::convert::Into < ::farcall::__private::Timeout >> (& self,
    __timeout : D) -> Self { Self { client : < ArgumentsClient as
    ::farcall::__private::Client > ::with_timeout(& self.client, __timeout) } } #[doc =
    r" A copy whose calls carry one more piece of metadata."] #[must_use] fn
    with_metadata < V : ::farcall::__private::core::convert::Into <
    ::farcall::__private::MetadataValue >> (& self, __key : &
    ::farcall::__private::core::primitive::str, __value : V,) -> Self { Self { client : <
    ArgumentsClient as ::farcall::__private::Client > ::with_metadata(& self.client,
    __key, __value) } } #[doc = r" A copy whose calls are part of serving that one."]
    #[must_use] fn with_parent(& self, __parent : & ::farcall::__private::Context) ->
    Self { Self { client : < ArgumentsClient as ::farcall::__private::Client >
    ::with_parent(& self.client, __parent) } } #[doc =
    r" A copy whose calls put there what comes beside their answers."] #[must_use] fn
    with_reply_metadata(& self, __place : & ::farcall::__private::ReplyMetadata) -> Self
    { Self { client : < ArgumentsClient as ::farcall::__private::Client >
    ::with_reply_metadata(& self.client, __place) } } #[doc =
    r" A copy whose calls go through this as well."] #[must_use] fn with_interceptor < I
    : ::farcall::__private::Interceptor > (& self, __interceptor : I) -> Self { Self {
    client : < ArgumentsClient as ::farcall::__private::Client > ::with_interceptor(&
    self.client, __interceptor) } } #[doc =
    r" A copy whose calls are made with these options alone: a timeout or metadata of this one is gone."]
    #[must_use] fn with(& self, __options : ::farcall::__private::CallOptions) -> Self {
    Self { client : < ArgumentsClient as ::farcall::__private::Client > ::with(& self
    .client, __options) } } #[doc =
    r" Ends the connection of this client and of all its copies."] fn close(& self) {
    ::farcall::__private::block_on(< ArgumentsClient as ::farcall::__private::Client >
    ::close(& self.client)) } } #[doc = r" For all that the builder can do."] impl
    ::farcall::__private::core::convert::From < ArgumentsClient > for
    ArgumentsBlockingClient { fn from(__client : ArgumentsClient) -> Self { Self { client
    : __client } } }
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
                __describer, ::farcall::__private::Arg < 'static, [u8] >,
                ::farcall::__private::payload!(::farcall::__private::Arg < 'static, [u8]
                >)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::Arg < 'static, Point >,
                ::farcall::__private::payload!(::farcall::__private::Arg < 'static, Point
                >)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::Arg < 'static, [Point] >,
                ::farcall::__private::payload!(::farcall::__private::Arg < 'static,
                [Point] >)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, (), ::farcall::__private::payload!(())
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), & 'static Point,
            & 'static [Point]
        );
    });
    static __METHOD_0: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Arguments", 0xe92beff077f6acff),
            ("borrowed", 0x2cfa68c575bfe1ff),
            "",
        )
        .with_variant("Borrowed", 0)
        .with_schema(&__SCHEMA_0)
        .with_arguments(
            &["text", "bytes", "one", "many"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("text"),
                ::farcall::__private::ArgumentDescriptor::new("bytes"),
                ::farcall::__private::ArgumentDescriptor::new("one"),
                ::farcall::__private::ArgumentDescriptor::new("many"),
            ],
        );
    static __SCHEMA_1: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::core::option::Option <
                ::farcall::__private::Arg < 'static, str > >,
                ::farcall::__private::payload!(::farcall::__private::core::option::Option
                < ::farcall::__private::Arg < 'static, str > >)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, ::farcall::__private::core::option::Option <
                ::farcall::__private::Arg < 'static, [Point] > >,
                ::farcall::__private::payload!(::farcall::__private::core::option::Option
                < ::farcall::__private::Arg < 'static, [Point] > >)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, (), ::farcall::__private::payload!(())
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), Option < &
            'static [Point] >
        );
    });
    static __METHOD_1: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Arguments", 0xe92beff077f6acff),
            ("optional", 0x0d42fde5a4a365d3),
            "",
        )
        .with_variant("Optional", 1)
        .with_schema(&__SCHEMA_1)
        .with_arguments(
            &["text", "many"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("text"),
                ::farcall::__private::ArgumentDescriptor::new("many"),
            ],
        );
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
                __describer, Cow < 'static, str >, ::farcall::__private::payload!(Cow <
                'static, str >)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, (), ::farcall::__private::payload!(())
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
    });
    static __METHOD_2: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Arguments", 0xe92beff077f6acff),
            ("copied_on_write", 0x7e5fa2d697445049),
            "",
        )
        .with_variant("CopiedOnWrite", 2)
        .with_schema(&__SCHEMA_2)
        .with_arguments(
            &["text", "owned"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("text"),
                ::farcall::__private::ArgumentDescriptor::new("owned"),
            ],
        );
    static __SCHEMA_3: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
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
                __describer, Vec < std::borrow::Cow < 'static, [u8] > >,
                ::farcall::__private::payload!(Vec < std::borrow::Cow < 'static, [u8] >
                >)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, (), ::farcall::__private::payload!(())
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
    });
    static __METHOD_3: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Arguments", 0xe92beff077f6acff),
            ("copied_without_lifetime", 0xa0552eaffc12186e),
            "",
        )
        .with_variant("CopiedWithoutLifetime", 3)
        .with_schema(&__SCHEMA_3)
        .with_arguments(
            &["text", "many"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("text"),
                ::farcall::__private::ArgumentDescriptor::new("many"),
            ],
        );
    static __SCHEMA_4: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
        __describer: &mut ::farcall::__private::Describer|
    {
        {
            let __type = ::farcall::__private::describe!(
                __describer, View < 'static >, ::farcall::__private::payload!(View <
                'static >)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, (), ::farcall::__private::payload!(())
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
        ::farcall::__private::note!(
            ::farcall::__private::Describer::descriptions(__describer), View < 'static >
        );
    });
    static __METHOD_4: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Arguments", 0xe92beff077f6acff),
            ("lent_by_the_codec", 0x7cfd7029cfa4925f),
            "",
        )
        .with_variant("LentByTheCodec", 4)
        .with_schema(&__SCHEMA_4)
        .with_arguments(
            &["view"],
            &[::farcall::__private::ArgumentDescriptor::new("view")],
        );
    static __SCHEMA_5: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
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
                __describer, u8, ::farcall::__private::payload!(u8)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
        {
            let __type = ::farcall::__private::describe!(
                __describer, (), ::farcall::__private::payload!(())
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
    });
    static __METHOD_5: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Arguments", 0xe92beff077f6acff),
            ("with_context", 0xcd5f3f5ff93c1bdf),
            "",
        )
        .with_variant("WithContext", 5)
        .with_schema(&__SCHEMA_5)
        .with_arguments(
            &["first", "second"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("first"),
                ::farcall::__private::ArgumentDescriptor::new("second"),
            ],
        );
    static __SCHEMA_6: ::farcall::__private::MethodSchema = ::farcall::__private::MethodSchema::new(|
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
                __describer, u32, ::farcall::__private::payload!(u32)
            );
            ::farcall::__private::Describer::argument(__describer, __type);
        }
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
                __describer, (), ::farcall::__private::payload!(())
            );
            ::farcall::__private::Describer::value(__describer, __type);
        }
    });
    static __METHOD_6: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Arguments", 0xe92beff077f6acff),
            ("options", 0xca2a067d4a879c77),
            "",
        )
        .with_variant("Options", 6)
        .with_schema(&__SCHEMA_6)
        .with_arguments(
            &["type", "count", "text"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("type")
                    .with_aliases(&["kind", "sort"]),
                ::farcall::__private::ArgumentDescriptor::new("count").with_default(),
                ::farcall::__private::ArgumentDescriptor::new("text").with_default(),
            ],
        );
    static __SERVICE: ::farcall::__private::ServiceDescriptor = ::farcall::__private::ServiceDescriptor::new(
        "Arguments",
        0xe92beff077f6acff,
        "",
        &[
            &__METHOD_0,
            &__METHOD_1,
            &__METHOD_2,
            &__METHOD_3,
            &__METHOD_4,
            &__METHOD_5,
            &__METHOD_6,
        ],
    );
    const __VARIANTS: &[&::farcall::__private::core::primitive::str] = &[
        "Borrowed",
        "Optional",
        "CopiedOnWrite",
        "CopiedWithoutLifetime",
        "LentByTheCodec",
        "WithContext",
        "Options",
    ];
    impl<'call> ::farcall::__private::Request for ArgumentsRequest<'call> {
        fn method(&self) -> &'static ::farcall::__private::MethodDescriptor {
            match self {
                Self::Borrowed { .. } => &__METHOD_0,
                Self::Optional { .. } => &__METHOD_1,
                Self::CopiedOnWrite { .. } => &__METHOD_2,
                Self::CopiedWithoutLifetime { .. } => &__METHOD_3,
                Self::LentByTheCodec { .. } => &__METHOD_4,
                Self::WithContext { .. } => &__METHOD_5,
                Self::Options { .. } => &__METHOD_6,
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
                Self::Borrowed {
                    text: __argument0,
                    bytes: __argument1,
                    one: __argument2,
                    many: __argument3,
                } => {
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
                            (
                                ::farcall::__private::Field::new(
                                    __argument1,
                                    ::farcall::__private::payload!(
                                        ::farcall::__private::Arg < 'call, [u8] >
                                    ),
                                ),
                                (
                                    ::farcall::__private::Field::new(
                                        __argument2,
                                        ::farcall::__private::payload!(
                                            ::farcall::__private::Arg < 'call, Point >
                                        ),
                                    ),
                                    (
                                        ::farcall::__private::Field::new(
                                            __argument3,
                                            ::farcall::__private::payload!(
                                                ::farcall::__private::Arg < 'call, [Point] >
                                            ),
                                        ),
                                        (),
                                    ),
                                ),
                            ),
                        ),
                    )
                }
                Self::Optional { text: __argument0, many: __argument1 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_1,
                        __name,
                        __serializer,
                        (
                            ::farcall::__private::Field::new(
                                __argument0,
                                ::farcall::__private::payload!(
                                    ::farcall::__private::core::option::Option <
                                    ::farcall::__private::Arg < 'call, str > >
                                ),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    __argument1,
                                    ::farcall::__private::payload!(
                                        ::farcall::__private::core::option::Option <
                                        ::farcall::__private::Arg < 'call, [Point] > >
                                    ),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::CopiedOnWrite { text: __argument0, owned: __argument1 } => {
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
                            (
                                ::farcall::__private::Field::new(
                                    __argument1,
                                    ::farcall::__private::payload!(Cow < 'static, str >),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::CopiedWithoutLifetime { text: __argument0, many: __argument1 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_3,
                        __name,
                        __serializer,
                        (
                            ::farcall::__private::Field::new(
                                __argument0,
                                ::farcall::__private::payload!(
                                    ::farcall::__private::Arg < 'call, str >
                                ),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    __argument1,
                                    ::farcall::__private::payload!(
                                        Vec < std::borrow::Cow < 'call, [u8] > >
                                    ),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::LentByTheCodec { view: __argument0 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_4,
                        __name,
                        __serializer,
                        (
                            ::farcall::__private::Field::new(
                                __argument0,
                                ::farcall::__private::payload!(View < 'call >),
                            ),
                            (),
                        ),
                    )
                }
                Self::WithContext { first: __argument0, second: __argument1 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_5,
                        __name,
                        __serializer,
                        (
                            ::farcall::__private::Field::new(
                                __argument0,
                                ::farcall::__private::payload!(u8),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    __argument1,
                                    ::farcall::__private::payload!(u8),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::Options {
                    r#type: __argument0,
                    count: __argument1,
                    text: __argument2,
                } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_6,
                        __name,
                        __serializer,
                        (
                            ::farcall::__private::Field::new(
                                __argument0,
                                ::farcall::__private::payload!(u8),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    __argument1,
                                    ::farcall::__private::payload!(u32),
                                ),
                                (
                                    ::farcall::__private::Field::new(
                                        __argument2,
                                        ::farcall::__private::payload!(
                                            ::farcall::__private::Arg < 'call, str >
                                        ),
                                    ),
                                    (),
                                ),
                            ),
                        ),
                    )
                }
                Self::__Lifetime(__never) => ::farcall::__private::Never::reach(__never),
            }
        }
    }
    impl<'call> ::farcall::__private::DecodeRequest<'call> for ArgumentsRequest<'call> {
        fn deserialize_arguments<
            __Deserializer: ::farcall::__private::serde::Deserializer<'call>,
        >(
            __method: ::farcall::__private::core::primitive::u64,
            __body: &'call ::farcall::__private::Bytes,
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            match __method {
                0x2cfa68c575bfe1ff => {
                    let (__argument0, (__argument1, (__argument2, (__argument3, ())))) = ::farcall::__private::decode_arguments(
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
                            (
                                ::farcall::__private::Slot::<
                                    ::farcall::__private::Arg<'call, [u8]>,
                                    _,
                                >::required(
                                    ::farcall::__private::payload!(
                                        ::farcall::__private::Arg < 'call, [u8] >
                                    ),
                                ),
                                (
                                    ::farcall::__private::Slot::<
                                        ::farcall::__private::Arg<'call, Point>,
                                        _,
                                    >::required(
                                        ::farcall::__private::payload!(
                                            ::farcall::__private::Arg < 'call, Point >
                                        ),
                                    ),
                                    (
                                        ::farcall::__private::Slot::<
                                            ::farcall::__private::Arg<'call, [Point]>,
                                            _,
                                        >::required(
                                            ::farcall::__private::payload!(
                                                ::farcall::__private::Arg < 'call, [Point] >
                                            ),
                                        ),
                                        (),
                                    ),
                                ),
                            ),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Borrowed {
                        text: __argument0,
                        bytes: __argument1,
                        one: __argument2,
                        many: __argument3,
                    })
                }
                0x0d42fde5a4a365d3 => {
                    let (__argument0, (__argument1, ())) = ::farcall::__private::decode_arguments(
                        &__METHOD_1,
                        __body,
                        __deserializer,
                        (
                            ::farcall::__private::Slot::<
                                ::farcall::__private::core::option::Option<
                                    ::farcall::__private::Arg<'call, str>,
                                >,
                                _,
                            >::required(
                                ::farcall::__private::payload!(
                                    ::farcall::__private::core::option::Option <
                                    ::farcall::__private::Arg < 'call, str > >
                                ),
                            ),
                            (
                                ::farcall::__private::Slot::<
                                    ::farcall::__private::core::option::Option<
                                        ::farcall::__private::Arg<'call, [Point]>,
                                    >,
                                    _,
                                >::required(
                                    ::farcall::__private::payload!(
                                        ::farcall::__private::core::option::Option <
                                        ::farcall::__private::Arg < 'call, [Point] > >
                                    ),
                                ),
                                (),
                            ),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Optional {
                        text: __argument0,
                        many: __argument1,
                    })
                }
                0x7e5fa2d697445049 => {
                    let (__argument0, (__argument1, ())) = ::farcall::__private::decode_arguments(
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
                            (
                                ::farcall::__private::Slot::<
                                    Cow<'static, str>,
                                    _,
                                >::required(
                                    ::farcall::__private::payload!(Cow < 'static, str >),
                                ),
                                (),
                            ),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::CopiedOnWrite {
                        text: __argument0,
                        owned: __argument1,
                    })
                }
                0xa0552eaffc12186e => {
                    let (__argument0, (__argument1, ())) = ::farcall::__private::decode_arguments(
                        &__METHOD_3,
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
                            (
                                ::farcall::__private::Slot::<
                                    Vec<std::borrow::Cow<'call, [u8]>>,
                                    _,
                                >::required(
                                    ::farcall::__private::payload!(
                                        Vec < std::borrow::Cow < 'call, [u8] > >
                                    ),
                                ),
                                (),
                            ),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::CopiedWithoutLifetime {
                        text: __argument0,
                        many: __argument1,
                    })
                }
                0x7cfd7029cfa4925f => {
                    let (__argument0, ()) = ::farcall::__private::decode_arguments(
                        &__METHOD_4,
                        __body,
                        __deserializer,
                        (
                            ::farcall::__private::Slot::<
                                View<'call>,
                                _,
                            >::required(::farcall::__private::payload!(View < 'call >)),
                            (),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::LentByTheCodec {
                        view: __argument0,
                    })
                }
                0xcd5f3f5ff93c1bdf => {
                    let (__argument0, (__argument1, ())) = ::farcall::__private::decode_arguments(
                        &__METHOD_5,
                        __body,
                        __deserializer,
                        (
                            ::farcall::__private::Slot::<
                                u8,
                                _,
                            >::required(::farcall::__private::payload!(u8)),
                            (
                                ::farcall::__private::Slot::<
                                    u8,
                                    _,
                                >::required(::farcall::__private::payload!(u8)),
                                (),
                            ),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::WithContext {
                        first: __argument0,
                        second: __argument1,
                    })
                }
                0xca2a067d4a879c77 => {
                    let (__argument0, (__argument1, (__argument2, ()))) = ::farcall::__private::decode_arguments(
                        &__METHOD_6,
                        __body,
                        __deserializer,
                        (
                            ::farcall::__private::Slot::<
                                u8,
                                _,
                            >::required(::farcall::__private::payload!(u8)),
                            (
                                ::farcall::__private::Slot::<
                                    u32,
                                    _,
                                >::or(
                                    ::farcall::__private::payload!(u32),
                                    <u32 as ::farcall::__private::core::default::Default>::default,
                                ),
                                (
                                    ::farcall::__private::Slot::<
                                        ::farcall::__private::Arg<'call, str>,
                                        _,
                                    >::or(
                                        ::farcall::__private::payload!(
                                            ::farcall::__private::Arg < 'call, str >
                                        ),
                                        || ::farcall::__private::Arg::owned(fallback()),
                                    ),
                                    (),
                                ),
                            ),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Options {
                        r#type: __argument0,
                        count: __argument1,
                        text: __argument2,
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
    impl ::farcall::__private::serde::Serialize for ArgumentsRequest<'_> {
        fn serialize<__Serializer: ::farcall::__private::serde::Serializer>(
            &self,
            __serializer: __Serializer,
        ) -> ::farcall::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            ::farcall::__private::serialize_request(
                self,
                "ArgumentsRequest",
                __serializer,
            )
        }
    }
    impl<'call> ::farcall::__private::serde::Deserialize<'call>
    for ArgumentsRequest<'call> {
        fn deserialize<__Deserializer: ::farcall::__private::serde::Deserializer<'call>>(
            __deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            ::farcall::__private::deserialize_request(
                &__SERVICE,
                "ArgumentsRequest",
                __VARIANTS,
                __deserializer,
            )
        }
    }
    impl ::farcall::__private::core::fmt::Debug for ArgumentsRequest<'_> {
        fn fmt(
            &self,
            __f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
        ) -> ::farcall::__private::core::fmt::Result {
            ::farcall::__private::debug_request(self, __f)
        }
    }
    impl ::farcall::__private::Client for ArgumentsClient {
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
                    &ArgumentsRequest<'_>,
                    &::farcall::__private::Context,
                ) -> ::farcall::__private::core::result::Result<
                        (),
                        ::farcall::__private::RpcError,
                    > + ::farcall::__private::core::marker::Send + ::farcall::__private::core::marker::Sync,
            >,
        >,
    ) -> ::farcall::__private::core::result::Result<
        ArgumentsRequest<'call>,
        ::farcall::__private::Reply,
    > {
        let __request = ::farcall::__private::Incoming::decode::<
            ArgumentsRequest<'call>,
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
    impl<__Handler: Arguments + 'static> ::farcall::__private::Service
    for ArgumentsServer<__Handler> {
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
                0x2cfa68c575bfe1ff => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0, __argument1, __argument2, __argument3) = match __admit(
                                &__incoming,
                                &__hook,
                            ) {
                                ::farcall::__private::core::result::Result::Ok(
                                    ArgumentsRequest::Borrowed {
                                        text: __argument0,
                                        bytes: __argument1,
                                        one: __argument2,
                                        many: __argument3,
                                    },
                                ) => (__argument0, __argument1, __argument2, __argument3),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Arguments>::borrowed(
                                    &*__service,
                                    &*__argument0,
                                    &*__argument1,
                                    &*__argument2,
                                    &*__argument3,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &__incoming,
                                ::farcall::__private::payload!(()),
                                __value,
                            )
                        },
                    )
                }
                0x0d42fde5a4a365d3 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0, __argument1) = match __admit(
                                &__incoming,
                                &__hook,
                            ) {
                                ::farcall::__private::core::result::Result::Ok(
                                    ArgumentsRequest::Optional {
                                        text: __argument0,
                                        many: __argument1,
                                    },
                                ) => (__argument0, __argument1),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Arguments>::optional(
                                    &*__service,
                                    ::farcall::__private::core::option::Option::as_deref(
                                        &__argument0,
                                    ),
                                    ::farcall::__private::core::option::Option::as_deref(
                                        &__argument1,
                                    ),
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &__incoming,
                                ::farcall::__private::payload!(()),
                                __value,
                            )
                        },
                    )
                }
                0x7e5fa2d697445049 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0, __argument1) = match __admit(
                                &__incoming,
                                &__hook,
                            ) {
                                ::farcall::__private::core::result::Result::Ok(
                                    ArgumentsRequest::CopiedOnWrite {
                                        text: __argument0,
                                        owned: __argument1,
                                    },
                                ) => (__argument0, __argument1),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Arguments>::copied_on_write(
                                    &*__service,
                                    ::farcall::__private::Arg::into_cow(__argument0),
                                    __argument1,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &__incoming,
                                ::farcall::__private::payload!(()),
                                __value,
                            )
                        },
                    )
                }
                0xa0552eaffc12186e => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0, __argument1) = match __admit(
                                &__incoming,
                                &__hook,
                            ) {
                                ::farcall::__private::core::result::Result::Ok(
                                    ArgumentsRequest::CopiedWithoutLifetime {
                                        text: __argument0,
                                        many: __argument1,
                                    },
                                ) => (__argument0, __argument1),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Arguments>::copied_without_lifetime(
                                    &*__service,
                                    ::farcall::__private::Arg::into_cow(__argument0),
                                    __argument1,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &__incoming,
                                ::farcall::__private::payload!(()),
                                __value,
                            )
                        },
                    )
                }
                0x7cfd7029cfa4925f => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0,) = match __admit(&__incoming, &__hook) {
                                ::farcall::__private::core::result::Result::Ok(
                                    ArgumentsRequest::LentByTheCodec { view: __argument0 },
                                ) => (__argument0,),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Arguments>::lent_by_the_codec(
                                    &*__service,
                                    __argument0,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &__incoming,
                                ::farcall::__private::payload!(()),
                                __value,
                            )
                        },
                    )
                }
                0xcd5f3f5ff93c1bdf => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0, __argument1) = match __admit(
                                &__incoming,
                                &__hook,
                            ) {
                                ::farcall::__private::core::result::Result::Ok(
                                    ArgumentsRequest::WithContext {
                                        first: __argument0,
                                        second: __argument1,
                                    },
                                ) => (__argument0, __argument1),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Arguments>::with_context(
                                    &*__service,
                                    __argument0,
                                    ::farcall::__private::Incoming::context(&__incoming),
                                    __argument1,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &__incoming,
                                ::farcall::__private::payload!(()),
                                __value,
                            )
                        },
                    )
                }
                0xca2a067d4a879c77 => {
                    ::farcall::__private::Incoming::run(
                        __incoming,
                        move |__incoming| async move {
                            let (__argument0, __argument1, __argument2) = match __admit(
                                &__incoming,
                                &__hook,
                            ) {
                                ::farcall::__private::core::result::Result::Ok(
                                    ArgumentsRequest::Options {
                                        r#type: __argument0,
                                        count: __argument1,
                                        text: __argument2,
                                    },
                                ) => (__argument0, __argument1, __argument2),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&__incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(__reply) => {
                                    return __reply;
                                }
                            };
                            let __value = <__Handler as Arguments>::options(
                                    &*__service,
                                    __argument0,
                                    __argument1,
                                    &*__argument2,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &__incoming,
                                ::farcall::__private::payload!(()),
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
