//! What a change is, and how one cell of the table is found.

use std::fmt::{Debug, Display};

use farcall::RunningServer;
use futures::future::BoxFuture;
use futures::{Stream, StreamExt};

/// A service in two versions.
pub(super) struct Change {
    pub(super) title: &'static str,
    pub(super) old: Version,
    pub(super) new: Version,
}

/// One of them: how it is served, and what a call of its client gives.
pub(super) struct Version {
    pub(super) serve: fn() -> BoxFuture<'static, RunningServer>,
    pub(super) call: fn(String) -> BoxFuture<'static, String>,
}

/// What a cell of the table says.
pub(super) fn outcome<T: Debug + PartialEq, E: Display>(result: Result<T, E>, expected: T) -> String {
    match result {
        Ok(value) if value == expected => "works".to_owned(),
        Ok(value) => format!("gives {value:?}"),
        Err(error) => error.to_string(),
    }
}

/// All items of a stream, or the error that it ends with.
pub(super) async fn all<T, E>(stream: impl Stream<Item = Result<T, E>>) -> Result<Vec<T>, E> {
    let mut stream = std::pin::pin!(stream);
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        items.push(item?);
    }
    Ok(items)
}

/// Changes of a service: for each its title, and the old and the new version with their types, trait, object, and what a
/// call of the version's own client gives from a server that understands it.
macro_rules! changes {
    ($( $title:literal as $name:ident { old $old:tt new $new:tt } )*) => {
        $(
            mod $name {
                pub(super) mod old { crate::versions::harness::version! $old }
                pub(super) mod new { crate::versions::harness::version! $new }
            }
        )*

        pub(super) fn all() -> Vec<crate::versions::harness::Change> {
            vec![$(crate::versions::harness::Change {
                title: $title,
                old: $name::old::version(),
                new: $name::new::version(),
            }),*]
        }
    };
}

/// One version of a service.
macro_rules! version {
    (
        $(types { $($types:tt)* })?
        trait { $($methods:tt)* }
        object { $($body:tt)* }
        call($shop:ident) { $call:expr => $expected:expr }
    ) => {
        #[allow(unused_imports, reason = "not every version needs all")]
        use farcall::{CallError, CallResultExt, RpcError, rpc_service};
        #[allow(unused_imports, reason = "not every version needs all")]
        use futures::{Stream, StreamExt, stream};
        #[allow(unused_imports, reason = "not every version needs all")]
        use serde::{Deserialize, Serialize};

        #[allow(unused_imports, reason = "not every version needs all")]
        use crate::versions::harness::{all, outcome};

        $($($types)*)?

        #[rpc_service(name = "Shop")]
        #[allow(dead_code, reason = "some methods are there for their signature")]
        pub(crate) trait Shop {
            $($methods)*
        }

        struct Object;

        impl Shop for Object {
            $($body)*
        }

        pub(crate) fn version() -> crate::versions::harness::Version {
            crate::versions::harness::Version {
                serve: || Box::pin(async { farcall::serve("mem://", ShopServer::new(Object)).await.unwrap() }),
                call: |url| {
                    Box::pin(async move {
                        let $shop = match ShopClient::connect(url.as_str()).await {
                            Ok(client) => client,
                            Err(error) => return error.to_string(),
                        };
                        let first = outcome($call, $expected);
                        // It may have been sent before the server had said what it has; this one is not.
                        let second = outcome($call, $expected);
                        assert_eq!(first, second, "the outcome depends on when a call is made");
                        first
                    })
                },
            }
        }
    };
}

pub(super) use {changes, version};
