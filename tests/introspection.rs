//! A server that tells its callers what it serves.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::time::Duration;

use farcall::intercept::{Next, Request};
use farcall::introspection::IntrospectionClient;
use farcall::{Code, Executed, MethodKind, RpcError, Server, ServerBuilder, rpc_service};
use futures::TryStreamExt;

/// Counts.
#[rpc_service(name = "test.Counter")]
trait Counter {
    /// Adds.
    #[rpc(idempotent, timeout = "2s")]
    async fn add(&self, #[rpc(alias = "n")] by: u8, #[rpc(default)] twice: bool) -> Result<u64, String>;
    fn count(&self, to: u64) -> impl farcall::__private::Stream<Item = u64> + Send;
}

struct Zero;

impl Counter for Zero {
    async fn add(&self, by: u8, twice: bool) -> Result<u64, String> {
        Ok(u64::from(by) * if twice { 2 } else { 1 })
    }
    fn count(&self, to: u64) -> impl farcall::__private::Stream<Item = u64> + Send {
        futures::stream::iter(0..to)
    }
}

fn server() -> ServerBuilder {
    Server::builder().service(CounterServer::new(Zero)).listen("mem://")
}

#[tokio::test]
async fn a_server_describes_itself_if_it_is_told_to() {
    let server = server().introspection(true).start().await.unwrap();
    let client = IntrospectionClient::connect(server.endpoints()).await.unwrap();

    let all = client.server().await.unwrap();
    let names = all.services.iter().map(|service| service.name.as_str()).collect::<Vec<_>>();
    assert_eq!(names, ["farcall.Introspection", "test.Counter"]);
    assert_eq!(all.services[1].docs, "Counts.");
    assert_eq!(all.services[1].methods, ["add", "count"]);
    assert_eq!(all.limits.max_message, 4 << 20);
    assert_eq!(all.farcall, env!("CARGO_PKG_VERSION"));

    let service = client.service("test.Counter").await.unwrap();
    assert_eq!(service, all.services[1]);
    let methods: Vec<_> = client.methods("test.Counter").await.unwrap().try_collect().await.unwrap();
    assert_eq!(methods[1].kind, MethodKind::ServerStreaming);
    let add = client.method("test.Counter.add").await.unwrap();
    assert_eq!(add, methods[0]);
    assert_eq!((add.docs.as_str(), add.timeout), ("Adds.", Some(Duration::from_secs(2))));
    assert!(add.idempotent && !add.detached);
    assert_eq!(add.arguments[0].aliases, ["n"]);
    assert!(!add.arguments[0].default && add.arguments[1].default);
    let signature = add.signature.unwrap();
    assert_eq!(signature.types.words(signature.arguments[0].shape), "u8");
}

#[tokio::test]
async fn what_is_not_there_is_told_with_what_is() {
    let server = server().introspection(true).start().await.unwrap();
    let client = IntrospectionClient::connect(server.endpoints()).await.unwrap();
    let error = client.service("Counter").await.unwrap_err();
    assert_eq!(error.code(), Code::NotFound);
    assert_eq!(
        error.message(),
        "there is no service `Counter`: this server has `farcall.Introspection`, `test.Counter`"
    );
    let of_methods = client.methods("Counter").await.map(|_| ()).unwrap_err();
    assert_eq!((of_methods.code(), of_methods.message()), (error.code(), error.message()));
    let error = client.method("test.Counter.take").await.unwrap_err();
    assert_eq!(error.message(), "`test.Counter` has no method `take`: it has `add`, `count`");
    let error = client.method("add").await.unwrap_err();
    assert_eq!(
        (error.code(), error.message()),
        (Code::InvalidArgument, "`add` is no method: write `Service.method`")
    );
}

/// A struct with many fields, which a description has to name.
macro_rules! wide {
    ($name:ident: $($field:ident)*) => {
        #[derive(serde::Serialize, serde::Deserialize)]
        struct $name { $($field: Option<Vec<(u8, String)>>),* }
    };
}
wide!(Wide: the_first_of_many the_second_of_many the_third_of_many the_fourth_of_many the_fifth_of_many
    the_sixth_of_many the_seventh_of_many the_eighth_of_many the_ninth_of_many the_tenth_of_many);

/// A service whose descriptions together are longer than any one of them.
macro_rules! many {
    ($($method:ident)*) => {
        #[rpc_service(name = "test.Many")]
        trait Many { $(async fn $method(&self, wide: Wide) -> Wide;)* }
        impl Many for Zero { $(async fn $method(&self, wide: Wide) -> Wide { wide })* }
    };
}
many!(a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9);

#[tokio::test]
async fn no_service_is_too_large_to_be_described() {
    let limits = farcall::Limits { max_message: 1_024, ..farcall::Limits::default() };
    let server = Server::builder().service(ManyServer::new(Zero)).listen("mem://").limits(limits.clone());
    let server = server.introspection(true).start().await.unwrap();
    let client = IntrospectionClient::builder(server.endpoints()).limits(limits);
    let client = client.connect().await.unwrap();
    let names = client.service("test.Many").await.unwrap().methods;
    assert_eq!(names.len(), 30);
    let methods: Vec<_> = client.methods("test.Many").await.unwrap().try_collect().await.unwrap();
    assert!(methods.iter().map(|method| &method.name).eq(&names));
    let size = |method: &farcall::introspection::MethodInfo| {
        method.signature.as_ref().unwrap().to_bytes().unwrap().len()
    };
    assert!(methods.iter().map(size).sum::<usize>() > 6 * 1_024);
}

#[tokio::test]
async fn it_is_off_by_default() {
    let server = server().start().await.unwrap();
    let client = IntrospectionClient::connect(server.endpoints()).await.unwrap();
    let error = client.server().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unimplemented, Executed::No));
}

#[tokio::test]
async fn interceptors_of_the_server_guard_it() {
    let guard = |request: Request, next: Next| async move {
        match request.parts.metadata.text("token") {
            Some("secret") => next.run(request).await,
            _ => Err(RpcError::new(Code::Unauthenticated, "no token")),
        }
    };
    let server = server().introspection(true).intercept(guard).start().await.unwrap();
    let client = IntrospectionClient::connect(server.endpoints()).await.unwrap();
    assert_eq!(client.server().await.unwrap_err().code(), Code::Unauthenticated);
    assert!(client.with_metadata("token", "secret").server().await.is_ok());
}

#[cfg(feature = "config")]
#[tokio::test]
async fn the_configuration_switches_it_on() {
    let file = "[server]\nlisten = 'mem://'\nintrospection = true";
    let config = farcall::Config::from_toml_and_variables(file, "farcall.toml", [("", ""); 0]).unwrap();
    let server =
        Server::from_config(&config).unwrap().service(CounterServer::new(Zero)).start().await.unwrap();
    let client = IntrospectionClient::connect(server.endpoints()).await.unwrap();
    assert!(client.server().await.is_ok());
}
