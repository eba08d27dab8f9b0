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
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
#[non_exhaustive]
enum ArgumentsRequest<'a> {
    /// The arguments of `borrowed`.
    Borrowed {
        /// The argument `text`.
        text: ::farcall::__private::Arg<'a, str>,
        /// The argument `bytes`.
        bytes: ::farcall::__private::Arg<'a, [u8]>,
        /// The argument `one`.
        one: ::farcall::__private::Arg<'a, Point>,
        /// The argument `many`.
        many: ::farcall::__private::Arg<'a, [Point]>,
    },
    /// The arguments of `optional`.
    Optional {
        /// The argument `text`.
        text: ::farcall::__private::core::option::Option<
            ::farcall::__private::Arg<'a, str>,
        >,
        /// The argument `many`.
        many: ::farcall::__private::core::option::Option<
            ::farcall::__private::Arg<'a, [Point]>,
        >,
    },
    /// The arguments of `copied_on_write`.
    CopiedOnWrite {
        /// The argument `text`.
        text: ::farcall::__private::Arg<'a, str>,
        /// The argument `owned`.
        owned: Cow<'static, str>,
    },
    /// The arguments of `lent_by_the_codec`.
    LentByTheCodec {
        /// The argument `view`.
        view: View<'a>,
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
        text: ::farcall::__private::Arg<'a, str>,
    },
    #[doc(hidden)]
    __Lifetime(::farcall::__private::Never<'a>),
}
/// A client of the service [`Arguments`]: a handle on an endpoint, or on an object in this process.
///
/// Cheap to clone. A call begins when its future is first polled; dropping the future cancels it.
///
/// `ArgumentsClient` does not implement `Arguments`, since its method `borrowed` returns no `Result`, which could hold a failed call.
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
#[derive(
    ::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug
)]
struct ArgumentsClient {
    channel: ::farcall::__private::Channel,
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl ArgumentsClient {
    fn borrowed<'a>(
        &self,
        text: &'a str,
        bytes: &'a [u8],
        one: &'a Point,
        many: &'a [Point],
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            (),
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'a> {
        ::farcall::__private::call_value::<
            _,
            (),
            _,
        >(
            ::farcall::__private::core::clone::Clone::clone(&self.channel),
            ArgumentsRequest::Borrowed {
                text: ::farcall::__private::Arg::borrowed(text),
                bytes: ::farcall::__private::Arg::borrowed(bytes),
                one: ::farcall::__private::Arg::borrowed(one),
                many: ::farcall::__private::Arg::borrowed(many),
            },
            ::farcall::__private::payload!(()),
        )
    }
    fn optional<'a>(
        &self,
        text: Option<&'a str>,
        many: Option<&'a [Point]>,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            (),
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'a> {
        ::farcall::__private::call_value::<
            _,
            (),
            _,
        >(
            ::farcall::__private::core::clone::Clone::clone(&self.channel),
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
            ::farcall::__private::payload!(()),
        )
    }
    fn copied_on_write<'a>(
        &self,
        text: Cow<'a, str>,
        owned: Cow<'static, str>,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            (),
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'a> {
        ::farcall::__private::call_value::<
            _,
            (),
            _,
        >(
            ::farcall::__private::core::clone::Clone::clone(&self.channel),
            ArgumentsRequest::CopiedOnWrite {
                text: ::farcall::__private::Arg::from_cow(text),
                owned,
            },
            ::farcall::__private::payload!(()),
        )
    }
    fn lent_by_the_codec<'a>(
        &self,
        view: View<'a>,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            (),
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'a> {
        ::farcall::__private::call_value::<
            _,
            (),
            _,
        >(
            ::farcall::__private::core::clone::Clone::clone(&self.channel),
            ArgumentsRequest::LentByTheCodec {
                view,
            },
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
            ::farcall::__private::core::clone::Clone::clone(&self.channel),
            ArgumentsRequest::WithContext {
                first,
                second,
            },
            ::farcall::__private::payload!(()),
        )
    }
    fn options<'a>(
        &self,
        r#type: u8,
        count: u32,
        text: &'a str,
    ) -> impl ::farcall::__private::core::future::Future<
        Output = ::farcall::__private::core::result::Result<
            (),
            ::farcall::__private::RpcError,
        >,
    > + ::farcall::__private::core::marker::Send + use<'a> {
        ::farcall::__private::call_value::<
            _,
            (),
            _,
        >(
            ::farcall::__private::core::clone::Clone::clone(&self.channel),
            ArgumentsRequest::Options {
                r#type,
                count,
                text: ::farcall::__private::Arg::borrowed(text),
            },
            ::farcall::__private::payload!(()),
        )
    }
    /// Connects to `endpoints` and shakes hands, so that a wrong address is an error at once.
    fn connect<
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
    fn connect_lazy<E: ::farcall::__private::IntoEndpoints>(
        endpoints: E,
    ) -> ::farcall::__private::core::result::Result<
        Self,
        ::farcall::__private::RpcError,
    > {
        <Self as ::farcall::__private::Client>::connect_lazy(endpoints)
    }
    ::farcall::__private::if_config! {
        #[doc =
        r" The client called `name` in `config`, which connects at its first call."] fn
        from_config(config : & ::farcall::__private::Config, name : &
        ::farcall::__private::core::primitive::str) ->
        ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError
        > { < Self as ::farcall::__private::Client > ::from_config(config, name) }
    }
    /// A client of an object in this process: everything but the connection.
    fn local<S: Arguments + 'static>(service: S) -> Self {
        <Self as ::farcall::__private::Client>::from_service(
            ArgumentsServer::new(service),
        )
    }
    /// A copy whose calls have another timeout.
    #[must_use]
    fn with_timeout<
        D: ::farcall::__private::core::convert::Into<::farcall::__private::Timeout>,
    >(&self, timeout: D) -> Self {
        <Self as ::farcall::__private::Client>::with_timeout(self, timeout)
    }
    /// A copy whose calls carry one more piece of metadata.
    #[must_use]
    fn with_metadata<
        V: ::farcall::__private::core::convert::Into<::farcall::__private::MetadataValue>,
    >(&self, key: &::farcall::__private::core::primitive::str, value: V) -> Self {
        <Self as ::farcall::__private::Client>::with_metadata(self, key, value)
    }
    /// A copy whose calls are made with `options`.
    #[must_use]
    fn with(&self, options: ::farcall::__private::CallOptions) -> Self {
        <Self as ::farcall::__private::Client>::with(self, options)
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
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
struct ArgumentsServer<S> {
    service: ::farcall::__private::Arc<S>,
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl<S: Arguments + 'static> ArgumentsServer<S> {
    /// Serves `service`.
    fn new(service: S) -> Self {
        Self {
            service: ::farcall::__private::Arc::new(service),
        }
    }
    /// Serves an object that others hold as well.
    fn from_arc(service: ::farcall::__private::Arc<S>) -> Self {
        Self { service }
    }
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl<S> ::farcall::__private::core::clone::Clone for ArgumentsServer<S> {
    fn clone(&self) -> Self {
        Self {
            service: ::farcall::__private::core::clone::Clone::clone(&self.service),
        }
    }
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
impl<S> ::farcall::__private::core::fmt::Debug for ArgumentsServer<S> {
    fn fmt(
        &self,
        f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
    ) -> ::farcall::__private::core::fmt::Result {
        ::farcall::__private::core::fmt::Formatter::write_str(f, "ArgumentsServer")
    }
}
::farcall::__private::if_blocking! {
    #[doc =
    " A client of the service [`Arguments`] for code that is not async: a call parks the calling thread."]
    #[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
    #[derive(::farcall::__private::core::clone::Clone,
    ::farcall::__private::core::fmt::Debug)] struct ArgumentsBlockingClient { client :
    ArgumentsClient, } #[allow(dead_code, deprecated, private_bounds, private_interfaces,
    unreachable_pub)] impl ArgumentsBlockingClient { fn borrowed < 'a > (& self, text : &
    'a str, bytes : & 'a[u8], one : & 'a Point, many : & 'a[Point]) ->
    ::farcall::__private::core::result::Result < (), ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(ArgumentsClient::borrowed(& self.client, text, bytes,
    one, many)) } fn optional < 'a > (& self, text : Option < & 'a str >, many : Option <
    & 'a[Point] >) -> ::farcall::__private::core::result::Result < (),
    ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(ArgumentsClient::optional(& self.client, text, many))
    } fn copied_on_write < 'a > (& self, text : Cow < 'a, str >, owned : Cow < 'static,
    str >) -> ::farcall::__private::core::result::Result < (),
    ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(ArgumentsClient::copied_on_write(& self.client, text,
    owned)) } fn lent_by_the_codec < 'a > (& self, view : View < 'a >) ->
    ::farcall::__private::core::result::Result < (), ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(ArgumentsClient::lent_by_the_codec(& self.client,
    view)) } fn with_context < > (& self, first : u8, second : u8) ->
    ::farcall::__private::core::result::Result < (), ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(ArgumentsClient::with_context(& self.client, first,
    second)) } fn options < 'a > (& self, r#type : u8, count : u32, text : & 'a str) ->
    ::farcall::__private::core::result::Result < (), ::farcall::__private::RpcError > {
    ::farcall::__private::block_on(ArgumentsClient::options(& self.client, r#type, count,
    text)) } #[doc =
    r" Connects to `endpoints` and shakes hands, so that a wrong address is an error at once."]
    fn connect < E : ::farcall::__private::IntoEndpoints +
    ::farcall::__private::core::marker::Send > (endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(::farcall::__private::block_on(<
    ArgumentsClient as ::farcall::__private::Client > ::connect(endpoints)), | client |
    Self { client }) } #[doc = r" A client that connects at its first call."] fn
    connect_lazy < E : ::farcall::__private::IntoEndpoints > (endpoints : E) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< ArgumentsClient as
    ::farcall::__private::Client > ::connect_lazy(endpoints), | client | Self { client })
    } ::farcall::__private::if_config! { #[doc =
    r" The client called `name` in `config`, which connects at its first call."] fn
    from_config(config : & ::farcall::__private::Config, name : &
    ::farcall::__private::core::primitive::str) ->
    ::farcall::__private::core::result::Result < Self, ::farcall::__private::RpcError > {
    ::farcall::__private::core::result::Result::map(< ArgumentsClient as
    ::farcall::__private::Client > ::from_config(config, name), | client | Self { client
    }) } } #[doc =
    r" A client of an object in this process: everything but the connection."] fn local <
    S : Arguments + 'static > (service : S) -> Self { Self { client :
    ArgumentsClient::local(service) } } #[doc =
    r" A copy whose calls have another timeout."] #[must_use] fn with_timeout < D :
    ::farcall::__private::core::convert::Into < ::farcall::__private::Timeout >> (& self,
    timeout : D) -> Self { Self { client : < ArgumentsClient as
    ::farcall::__private::Client > ::with_timeout(& self.client, timeout) } } #[doc =
    r" A copy whose calls carry one more piece of metadata."] #[must_use] fn
    with_metadata < V : ::farcall::__private::core::convert::Into <
    ::farcall::__private::MetadataValue >> (& self, key : &
    ::farcall::__private::core::primitive::str, value : V,) -> Self { Self { client : <
    ArgumentsClient as ::farcall::__private::Client > ::with_metadata(& self.client, key,
    value) } } #[doc = r" A copy whose calls are made with `options`."] #[must_use] fn
    with(& self, options : ::farcall::__private::CallOptions) -> Self { Self { client : <
    ArgumentsClient as ::farcall::__private::Client > ::with(& self.client, options) } }
    #[doc = r" Ends the connection of this client and of all its copies."] fn close(&
    self) { ::farcall::__private::block_on(< ArgumentsClient as
    ::farcall::__private::Client > ::close(& self.client)) } }
}
#[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
const _: () = {
    static __METHOD_0: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Arguments", 0xe92beff077f6acff),
            ("borrowed", 0x2cfa68c575bfe1ff),
            "",
        )
        .with_variant("Borrowed", 0)
        .with_arguments(
            &["text", "bytes", "one", "many"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("text"),
                ::farcall::__private::ArgumentDescriptor::new("bytes"),
                ::farcall::__private::ArgumentDescriptor::new("one"),
                ::farcall::__private::ArgumentDescriptor::new("many"),
            ],
        );
    static __METHOD_1: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Arguments", 0xe92beff077f6acff),
            ("optional", 0x0d42fde5a4a365d3),
            "",
        )
        .with_variant("Optional", 1)
        .with_arguments(
            &["text", "many"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("text"),
                ::farcall::__private::ArgumentDescriptor::new("many"),
            ],
        );
    static __METHOD_2: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Arguments", 0xe92beff077f6acff),
            ("copied_on_write", 0x7e5fa2d697445049),
            "",
        )
        .with_variant("CopiedOnWrite", 2)
        .with_arguments(
            &["text", "owned"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("text"),
                ::farcall::__private::ArgumentDescriptor::new("owned"),
            ],
        );
    static __METHOD_3: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Arguments", 0xe92beff077f6acff),
            ("lent_by_the_codec", 0x7cfd7029cfa4925f),
            "",
        )
        .with_variant("LentByTheCodec", 3)
        .with_arguments(
            &["view"],
            &[::farcall::__private::ArgumentDescriptor::new("view")],
        );
    static __METHOD_4: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Arguments", 0xe92beff077f6acff),
            ("with_context", 0xcd5f3f5ff93c1bdf),
            "",
        )
        .with_variant("WithContext", 4)
        .with_arguments(
            &["first", "second"],
            &[
                ::farcall::__private::ArgumentDescriptor::new("first"),
                ::farcall::__private::ArgumentDescriptor::new("second"),
            ],
        );
    static __METHOD_5: ::farcall::__private::MethodDescriptor = ::farcall::__private::MethodDescriptor::new(
            ("Arguments", 0xe92beff077f6acff),
            ("options", 0xca2a067d4a879c77),
            "",
        )
        .with_variant("Options", 5)
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
        &[&__METHOD_0, &__METHOD_1, &__METHOD_2, &__METHOD_3, &__METHOD_4, &__METHOD_5],
    );
    const __VARIANTS: &[&::farcall::__private::core::primitive::str] = &[
        "Borrowed",
        "Optional",
        "CopiedOnWrite",
        "LentByTheCodec",
        "WithContext",
        "Options",
    ];
    impl<'a> ::farcall::__private::Request for ArgumentsRequest<'a> {
        fn method(&self) -> &'static ::farcall::__private::MethodDescriptor {
            match self {
                Self::Borrowed { .. } => &__METHOD_0,
                Self::Optional { .. } => &__METHOD_1,
                Self::CopiedOnWrite { .. } => &__METHOD_2,
                Self::LentByTheCodec { .. } => &__METHOD_3,
                Self::WithContext { .. } => &__METHOD_4,
                Self::Options { .. } => &__METHOD_5,
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
                Self::Borrowed {
                    text: argument0,
                    bytes: argument1,
                    one: argument2,
                    many: argument3,
                } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_0,
                        name,
                        serializer,
                        (
                            ::farcall::__private::Field::new(
                                argument0,
                                ::farcall::__private::payload!(
                                    ::farcall::__private::Arg < 'a, str >
                                ),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    argument1,
                                    ::farcall::__private::payload!(
                                        ::farcall::__private::Arg < 'a, [u8] >
                                    ),
                                ),
                                (
                                    ::farcall::__private::Field::new(
                                        argument2,
                                        ::farcall::__private::payload!(
                                            ::farcall::__private::Arg < 'a, Point >
                                        ),
                                    ),
                                    (
                                        ::farcall::__private::Field::new(
                                            argument3,
                                            ::farcall::__private::payload!(
                                                ::farcall::__private::Arg < 'a, [Point] >
                                            ),
                                        ),
                                        (),
                                    ),
                                ),
                            ),
                        ),
                    )
                }
                Self::Optional { text: argument0, many: argument1 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_1,
                        name,
                        serializer,
                        (
                            ::farcall::__private::Field::new(
                                argument0,
                                ::farcall::__private::payload!(
                                    ::farcall::__private::core::option::Option <
                                    ::farcall::__private::Arg < 'a, str > >
                                ),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    argument1,
                                    ::farcall::__private::payload!(
                                        ::farcall::__private::core::option::Option <
                                        ::farcall::__private::Arg < 'a, [Point] > >
                                    ),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::CopiedOnWrite { text: argument0, owned: argument1 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_2,
                        name,
                        serializer,
                        (
                            ::farcall::__private::Field::new(
                                argument0,
                                ::farcall::__private::payload!(
                                    ::farcall::__private::Arg < 'a, str >
                                ),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    argument1,
                                    ::farcall::__private::payload!(Cow < 'static, str >),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::LentByTheCodec { view: argument0 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_3,
                        name,
                        serializer,
                        (
                            ::farcall::__private::Field::new(
                                argument0,
                                ::farcall::__private::payload!(View < 'a >),
                            ),
                            (),
                        ),
                    )
                }
                Self::WithContext { first: argument0, second: argument1 } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_4,
                        name,
                        serializer,
                        (
                            ::farcall::__private::Field::new(
                                argument0,
                                ::farcall::__private::payload!(u8),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    argument1,
                                    ::farcall::__private::payload!(u8),
                                ),
                                (),
                            ),
                        ),
                    )
                }
                Self::Options {
                    r#type: argument0,
                    count: argument1,
                    text: argument2,
                } => {
                    ::farcall::__private::encode_arguments(
                        &__METHOD_5,
                        name,
                        serializer,
                        (
                            ::farcall::__private::Field::new(
                                argument0,
                                ::farcall::__private::payload!(u8),
                            ),
                            (
                                ::farcall::__private::Field::new(
                                    argument1,
                                    ::farcall::__private::payload!(u32),
                                ),
                                (
                                    ::farcall::__private::Field::new(
                                        argument2,
                                        ::farcall::__private::payload!(
                                            ::farcall::__private::Arg < 'a, str >
                                        ),
                                    ),
                                    (),
                                ),
                            ),
                        ),
                    )
                }
                Self::__Lifetime(never) => ::farcall::__private::Never::reach(never),
            }
        }
    }
    impl<'a> ::farcall::__private::DecodeRequest<'a> for ArgumentsRequest<'a> {
        fn deserialize_arguments<
            __Deserializer: ::farcall::__private::serde::Deserializer<'a>,
        >(
            method: ::farcall::__private::core::primitive::u64,
            body: &'a ::farcall::__private::Bytes,
            deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            match method {
                0x2cfa68c575bfe1ff => {
                    let (argument0, (argument1, (argument2, (argument3, ())))) = ::farcall::__private::decode_arguments(
                        &__METHOD_0,
                        body,
                        deserializer,
                        (
                            ::farcall::__private::Slot::<
                                ::farcall::__private::Arg<'a, str>,
                                _,
                            >::required(
                                ::farcall::__private::payload!(
                                    ::farcall::__private::Arg < 'a, str >
                                ),
                            ),
                            (
                                ::farcall::__private::Slot::<
                                    ::farcall::__private::Arg<'a, [u8]>,
                                    _,
                                >::required(
                                    ::farcall::__private::payload!(
                                        ::farcall::__private::Arg < 'a, [u8] >
                                    ),
                                ),
                                (
                                    ::farcall::__private::Slot::<
                                        ::farcall::__private::Arg<'a, Point>,
                                        _,
                                    >::required(
                                        ::farcall::__private::payload!(
                                            ::farcall::__private::Arg < 'a, Point >
                                        ),
                                    ),
                                    (
                                        ::farcall::__private::Slot::<
                                            ::farcall::__private::Arg<'a, [Point]>,
                                            _,
                                        >::required(
                                            ::farcall::__private::payload!(
                                                ::farcall::__private::Arg < 'a, [Point] >
                                            ),
                                        ),
                                        (),
                                    ),
                                ),
                            ),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Borrowed {
                        text: argument0,
                        bytes: argument1,
                        one: argument2,
                        many: argument3,
                    })
                }
                0x0d42fde5a4a365d3 => {
                    let (argument0, (argument1, ())) = ::farcall::__private::decode_arguments(
                        &__METHOD_1,
                        body,
                        deserializer,
                        (
                            ::farcall::__private::Slot::<
                                ::farcall::__private::core::option::Option<
                                    ::farcall::__private::Arg<'a, str>,
                                >,
                                _,
                            >::required(
                                ::farcall::__private::payload!(
                                    ::farcall::__private::core::option::Option <
                                    ::farcall::__private::Arg < 'a, str > >
                                ),
                            ),
                            (
                                ::farcall::__private::Slot::<
                                    ::farcall::__private::core::option::Option<
                                        ::farcall::__private::Arg<'a, [Point]>,
                                    >,
                                    _,
                                >::required(
                                    ::farcall::__private::payload!(
                                        ::farcall::__private::core::option::Option <
                                        ::farcall::__private::Arg < 'a, [Point] > >
                                    ),
                                ),
                                (),
                            ),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Optional {
                        text: argument0,
                        many: argument1,
                    })
                }
                0x7e5fa2d697445049 => {
                    let (argument0, (argument1, ())) = ::farcall::__private::decode_arguments(
                        &__METHOD_2,
                        body,
                        deserializer,
                        (
                            ::farcall::__private::Slot::<
                                ::farcall::__private::Arg<'a, str>,
                                _,
                            >::required(
                                ::farcall::__private::payload!(
                                    ::farcall::__private::Arg < 'a, str >
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
                        text: argument0,
                        owned: argument1,
                    })
                }
                0x7cfd7029cfa4925f => {
                    let (argument0, ()) = ::farcall::__private::decode_arguments(
                        &__METHOD_3,
                        body,
                        deserializer,
                        (
                            ::farcall::__private::Slot::<
                                View<'a>,
                                _,
                            >::required(::farcall::__private::payload!(View < 'a >)),
                            (),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::LentByTheCodec {
                        view: argument0,
                    })
                }
                0xcd5f3f5ff93c1bdf => {
                    let (argument0, (argument1, ())) = ::farcall::__private::decode_arguments(
                        &__METHOD_4,
                        body,
                        deserializer,
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
                        first: argument0,
                        second: argument1,
                    })
                }
                0xca2a067d4a879c77 => {
                    let (argument0, (argument1, (argument2, ()))) = ::farcall::__private::decode_arguments(
                        &__METHOD_5,
                        body,
                        deserializer,
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
                                        ::farcall::__private::Arg<'a, str>,
                                        _,
                                    >::or(
                                        ::farcall::__private::payload!(
                                            ::farcall::__private::Arg < 'a, str >
                                        ),
                                        || ::farcall::__private::Arg::owned(fallback()),
                                    ),
                                    (),
                                ),
                            ),
                        ),
                    )?;
                    ::farcall::__private::core::result::Result::Ok(Self::Options {
                        r#type: argument0,
                        count: argument1,
                        text: argument2,
                    })
                }
                _ => {
                    ::farcall::__private::core::result::Result::Err(
                        ::farcall::__private::unknown_method(&__SERVICE, method),
                    )
                }
            }
        }
    }
    impl ::farcall::__private::serde::Serialize for ArgumentsRequest<'_> {
        fn serialize<__Serializer: ::farcall::__private::serde::Serializer>(
            &self,
            serializer: __Serializer,
        ) -> ::farcall::__private::core::result::Result<
            __Serializer::Ok,
            __Serializer::Error,
        > {
            ::farcall::__private::serialize_request(self, "ArgumentsRequest", serializer)
        }
    }
    impl<'a> ::farcall::__private::serde::Deserialize<'a> for ArgumentsRequest<'a> {
        fn deserialize<__Deserializer: ::farcall::__private::serde::Deserializer<'a>>(
            deserializer: __Deserializer,
        ) -> ::farcall::__private::core::result::Result<Self, __Deserializer::Error> {
            ::farcall::__private::deserialize_request(
                &__SERVICE,
                "ArgumentsRequest",
                __VARIANTS,
                deserializer,
            )
        }
    }
    impl ::farcall::__private::core::fmt::Debug for ArgumentsRequest<'_> {
        fn fmt(
            &self,
            f: &mut ::farcall::__private::core::fmt::Formatter<'_>,
        ) -> ::farcall::__private::core::fmt::Result {
            ::farcall::__private::debug_request(self, f)
        }
    }
    impl ::farcall::__private::Client for ArgumentsClient {
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
    impl<__Handler: Arguments + 'static> ::farcall::__private::Service
    for ArgumentsServer<__Handler> {
        fn descriptor(&self) -> &'static ::farcall::__private::ServiceDescriptor {
            &__SERVICE
        }
        fn dispatch(
            &self,
            incoming: ::farcall::__private::Incoming,
        ) -> ::farcall::__private::HandlerFuture {
            let service = ::farcall::__private::core::clone::Clone::clone(&self.service);
            match ::farcall::__private::Incoming::method(&incoming).id {
                0x2cfa68c575bfe1ff => {
                    ::farcall::__private::Incoming::run(
                        incoming,
                        move |incoming| async move {
                            let (argument0, argument1, argument2, argument3) = match ::farcall::__private::Incoming::decode::<
                                ArgumentsRequest<'_>,
                            >(&incoming) {
                                ::farcall::__private::core::result::Result::Ok(
                                    ArgumentsRequest::Borrowed {
                                        text: argument0,
                                        bytes: argument1,
                                        one: argument2,
                                        many: argument3,
                                    },
                                ) => (argument0, argument1, argument2, argument3),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(reply) => {
                                    return reply;
                                }
                            };
                            let value = <__Handler as Arguments>::borrowed(
                                    &*service,
                                    &*argument0,
                                    &*argument1,
                                    &*argument2,
                                    &*argument3,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &incoming,
                                ::farcall::__private::payload!(()),
                                value,
                            )
                        },
                    )
                }
                0x0d42fde5a4a365d3 => {
                    ::farcall::__private::Incoming::run(
                        incoming,
                        move |incoming| async move {
                            let (argument0, argument1) = match ::farcall::__private::Incoming::decode::<
                                ArgumentsRequest<'_>,
                            >(&incoming) {
                                ::farcall::__private::core::result::Result::Ok(
                                    ArgumentsRequest::Optional {
                                        text: argument0,
                                        many: argument1,
                                    },
                                ) => (argument0, argument1),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(reply) => {
                                    return reply;
                                }
                            };
                            let value = <__Handler as Arguments>::optional(
                                    &*service,
                                    ::farcall::__private::core::option::Option::as_deref(
                                        &argument0,
                                    ),
                                    ::farcall::__private::core::option::Option::as_deref(
                                        &argument1,
                                    ),
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &incoming,
                                ::farcall::__private::payload!(()),
                                value,
                            )
                        },
                    )
                }
                0x7e5fa2d697445049 => {
                    ::farcall::__private::Incoming::run(
                        incoming,
                        move |incoming| async move {
                            let (argument0, argument1) = match ::farcall::__private::Incoming::decode::<
                                ArgumentsRequest<'_>,
                            >(&incoming) {
                                ::farcall::__private::core::result::Result::Ok(
                                    ArgumentsRequest::CopiedOnWrite {
                                        text: argument0,
                                        owned: argument1,
                                    },
                                ) => (argument0, argument1),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(reply) => {
                                    return reply;
                                }
                            };
                            let value = <__Handler as Arguments>::copied_on_write(
                                    &*service,
                                    ::farcall::__private::Arg::into_cow(argument0),
                                    argument1,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &incoming,
                                ::farcall::__private::payload!(()),
                                value,
                            )
                        },
                    )
                }
                0x7cfd7029cfa4925f => {
                    ::farcall::__private::Incoming::run(
                        incoming,
                        move |incoming| async move {
                            let (argument0,) = match ::farcall::__private::Incoming::decode::<
                                ArgumentsRequest<'_>,
                            >(&incoming) {
                                ::farcall::__private::core::result::Result::Ok(
                                    ArgumentsRequest::LentByTheCodec { view: argument0 },
                                ) => (argument0,),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(reply) => {
                                    return reply;
                                }
                            };
                            let value = <__Handler as Arguments>::lent_by_the_codec(
                                    &*service,
                                    argument0,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &incoming,
                                ::farcall::__private::payload!(()),
                                value,
                            )
                        },
                    )
                }
                0xcd5f3f5ff93c1bdf => {
                    ::farcall::__private::Incoming::run(
                        incoming,
                        move |incoming| async move {
                            let (argument0, argument1) = match ::farcall::__private::Incoming::decode::<
                                ArgumentsRequest<'_>,
                            >(&incoming) {
                                ::farcall::__private::core::result::Result::Ok(
                                    ArgumentsRequest::WithContext {
                                        first: argument0,
                                        second: argument1,
                                    },
                                ) => (argument0, argument1),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(reply) => {
                                    return reply;
                                }
                            };
                            let value = <__Handler as Arguments>::with_context(
                                    &*service,
                                    argument0,
                                    ::farcall::__private::Incoming::context(&incoming),
                                    argument1,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &incoming,
                                ::farcall::__private::payload!(()),
                                value,
                            )
                        },
                    )
                }
                0xca2a067d4a879c77 => {
                    ::farcall::__private::Incoming::run(
                        incoming,
                        move |incoming| async move {
                            let (argument0, argument1, argument2) = match ::farcall::__private::Incoming::decode::<
                                ArgumentsRequest<'_>,
                            >(&incoming) {
                                ::farcall::__private::core::result::Result::Ok(
                                    ArgumentsRequest::Options {
                                        r#type: argument0,
                                        count: argument1,
                                        text: argument2,
                                    },
                                ) => (argument0, argument1, argument2),
                                ::farcall::__private::core::result::Result::Ok(_) => {
                                    return ::farcall::__private::Incoming::mismatch(&incoming);
                                }
                                ::farcall::__private::core::result::Result::Err(reply) => {
                                    return reply;
                                }
                            };
                            let value = <__Handler as Arguments>::options(
                                    &*service,
                                    argument0,
                                    argument1,
                                    &*argument2,
                                )
                                .await;
                            ::farcall::__private::Incoming::reply_value(
                                &incoming,
                                ::farcall::__private::payload!(()),
                                value,
                            )
                        },
                    )
                }
                _ => ::farcall::__private::Incoming::unknown_method(incoming),
            }
        }
    }
};
