//! What the facade promises beside the calls themselves: builders, mistakes that are told early, contexts as parents.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::time::Duration;

use farcall::{
    Code, Context, Executed, Fault, Limits, RpcError, Server, ServerBuilder, Timeout, TransportRegistry,
    rpc_service,
};
use futures::FutureExt;

#[cfg(feature = "schema")]
#[path = "facade/lockfile.rs"]
mod lockfile;

/// Says what came with the call: `tenant`, `trace` and whether there is a deadline.
#[rpc_service]
trait Echo {
    async fn metadata(&self, context: &Context) -> Result<String, RpcError>;
}

struct Here;

impl Echo for Here {
    async fn metadata(&self, context: &Context) -> Result<String, RpcError> {
        let text = |key| context.metadata().text(key).unwrap_or("-").to_owned();
        Ok(format!("{} {} {}", text("tenant"), text("trace"), context.deadline().is_some()))
    }
}

/// Asks another one.
struct Relay {
    next: EchoClient,
    /// Whether it hands its context on.
    explicit: bool,
}

impl Echo for Relay {
    async fn metadata(&self, context: &Context) -> Result<String, RpcError> {
        if self.explicit { Echo::metadata(&self.next, context).await } else { self.next.metadata().await }
    }
}

mod orders {
    #[farcall::rpc_service(name = "shop.Echo")]
    pub(crate) trait Orders {
        async fn count(&self) -> u8;
    }
}

mod stock {
    #[farcall::rpc_service(name = "shop.Echo")]
    pub(crate) trait Stock {
        async fn count(&self) -> u8;
    }
}

struct One;

impl orders::Orders for One {
    async fn count(&self) -> u8 {
        1
    }
}

impl stock::Stock for One {
    async fn count(&self) -> u8 {
        1
    }
}

fn assert_misuse(error: &RpcError, text: &str) {
    assert_eq!(error.message(), text);
    assert_eq!(
        (error.code(), error.executed(), error.fault()),
        (Code::InvalidArgument, Executed::No, Fault::Caller)
    );
}

#[tokio::test]
async fn a_context_given_on_carries_its_metadata_and_the_calls_own_wins() {
    let server = farcall::serve("mem://", EchoServer::new(Here)).await.unwrap();
    let remote = EchoClient::connect(server.endpoints()).await.unwrap();
    let parent = Context::new().with_metadata("tenant", "blue").with_metadata("trace", "7");
    for client in [remote, EchoClient::local(Here)] {
        assert_eq!(Echo::metadata(&client, &parent).await.unwrap(), "blue 7 true");
        let own = client.with_metadata("tenant", "red");
        assert_eq!(Echo::metadata(&own, &parent).await.unwrap(), "red 7 true");
        assert_eq!(own.metadata().await.unwrap(), "red - true");
    }
}

#[tokio::test]
async fn metadata_goes_on_to_a_third_party_only_when_it_is_handed_on() {
    let server = farcall::serve("mem://", EchoServer::new(Here)).await.unwrap();
    for (explicit, said) in [(true, "blue - true"), (false, "- - true")] {
        let next = EchoClient::connect(server.endpoints()).await.unwrap().with_timeout(Timeout::Never);
        let relay = EchoClient::local(Relay { next, explicit }).with_metadata("tenant", "blue");
        assert_eq!(relay.metadata().await.unwrap(), said, "the deadline is inherited either way");
    }
}

#[tokio::test]
async fn inherited_metadata_is_within_the_limit_too() {
    let client = EchoClient::local(Here);
    let parent = Context::new().with_metadata("tenant", "x".repeat(Limits::default().max_metadata));
    let error = Echo::metadata(&client, &parent).await.unwrap_err();
    assert_eq!(error.code(), Code::InvalidArgument);
    assert!(error.message().contains("max_metadata"), "{error}");
}

#[test]
fn a_handler_is_tested_with_a_context_made_by_hand() {
    let context = Context::new().with_metadata("tenant", "blue").with_timeout(Duration::from_secs(1));
    let copy = context.clone().with_metadata("trace", "7");
    assert_eq!(Here.metadata(&copy).now_or_never().unwrap().unwrap(), "blue 7 true");
    assert_eq!(context.metadata().text("trace"), None, "a copy has metadata of its own");
}

#[tokio::test]
async fn a_builder_makes_the_client_with_limits_timeout_and_transports() {
    let registry = Arc::new(TransportRegistry::default());
    let server = Server::builder()
        .service(EchoServer::new(Here))
        .listen("mem://")
        .transport(registry.clone())
        .start()
        .await
        .unwrap();
    let builder = || {
        EchoClient::builder(server.endpoints())
            .transport(registry.clone())
            .limits(Limits { max_calls: 64, ..Limits::default() })
    };
    let client: EchoClient = builder().timeout(Timeout::Never).connect().await.unwrap();
    assert_eq!(client.metadata().await.unwrap(), "- - true", "the server sets a deadline of its own");
    let client: EchoClient = builder().timeout(Duration::from_nanos(1)).build().unwrap();
    assert_eq!(client.metadata().await.unwrap_err().code(), Code::DeadlineExceeded);

    let wrong = builder().limits(Limits { max_calls: 1, ..Limits::default() }).build().unwrap_err();
    assert_misuse(&wrong, "the limit `max_calls` is 1, but has to be 64 to 65536");
    let wrong = builder().transport(Arc::new(TransportRegistry::empty())).build().unwrap_err();
    let endpoint = &server.endpoints()[0];
    assert_misuse(&wrong, &format!("unknown transport `mem` in `{endpoint}`: none is registered"));
}

/// All that this build has.
fn codecs() -> String {
    let codecs = farcall::codec::Codec::ALL.iter().map(|codec| format!("`{codec}`"));
    codecs.collect::<Vec<_>>().join(", ")
}

#[tokio::test]
async fn a_wrong_endpoint_is_told_before_the_first_call() {
    let known = TransportRegistry::global().schemes().join(", ");
    for (endpoint, text) in [
        ("quic://a:1", format!("unknown transport `quic` in `quic://a:1`: known are {known}")),
        (
            "mem://a?codec=morse",
            format!("unknown codec `morse` in `mem://a?codec=morse`: this program has {}", codecs()),
        ),
        (
            "mem://a?x=1",
            "the transport `mem` does not know the parameter `x` of `mem://a?x=1`: it knows `codec`"
                .to_owned(),
        ),
    ] {
        // The first of the list would do; the mistake in the second is told all the same.
        let list = ["mem://a", endpoint];
        assert_misuse(&EchoClient::connect_lazy(list).unwrap_err(), &text);
        assert_misuse(&EchoClient::connect(list).await.unwrap_err(), &text);
        assert_misuse(&farcall::serve(endpoint, EchoServer::new(Here)).await.err().unwrap(), &text);
    }
    let nobody = EchoClient::connect_lazy("mem://").unwrap_err();
    assert!(nobody.message().contains("names nobody to connect to"), "{nobody}");
    let none = EchoClient::connect_lazy(Vec::<String>::new()).unwrap_err();
    assert_misuse(&none, "the list of endpoints is empty: give at least one");
}

#[test]
fn connecting_outside_of_a_runtime_is_a_failed_precondition() {
    let error = EchoClient::connect("mem://nobody-is-asked").now_or_never().unwrap().unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::FailedPrecondition, Executed::No));
}

#[tokio::test]
async fn a_server_without_a_service_is_refused() {
    let error = Server::builder().listen("mem://").start().await.err().unwrap();
    assert_misuse(
        &error,
        "the server has no service: add one with `service`, as in \
         `.service(CalculatorServiceServer::new(Calculator))`",
    );
}

#[tokio::test]
async fn a_server_that_cannot_describe_itself_says_what_that_takes() {
    // A bare one cannot in any build; the facade's own cannot without the feature.
    let mut builders = vec![ServerBuilder::new(TransportRegistry::global())];
    if cfg!(not(feature = "introspection")) {
        builders.push(Server::builder());
    }
    for builder in builders {
        let builder = builder.service(EchoServer::new(Here)).listen("mem://").introspection(true);
        assert_misuse(
            &builder.start().await.err().unwrap(),
            "`introspection(true)` takes the feature `introspection` of farcall, as in \
             `farcall = { features = [\"introspection\"] }`, and a server that begins with \
             `farcall::Server::builder()`",
        );
    }
}

#[tokio::test]
async fn services_that_cannot_be_told_apart_are_refused() {
    let twice = farcall::serve("mem://", (EchoServer::new(Here), EchoServer::new(Here))).await;
    assert_misuse(&twice.err().unwrap(), "the service `Echo` was added twice: add it once");
    let same = (orders::OrdersServer::new(One), stock::StockServer::new(One));
    assert_misuse(
        &farcall::serve("mem://", same).await.err().unwrap(),
        "the services `shop.Echo` and `shop.Echo` have the same id on the wire: give one another name with \
         `#[rpc_service(name = \"…\")]`",
    );
}
