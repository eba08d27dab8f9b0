use super::generated::volo_gen::bench::BenchClient;
use super::{client, server};
use crate::peers::{Ability, Peer};

const PACKAGE: Option<&str> = Some("volo-thrift");
const LACKS: &[(Ability, &str)] = &[(Ability::Streams, "Thrift has none")];

/// Many calls in flight on a connection, which volo-thrift does not recommend but has.
pub struct VoloThrift;

impl Peer for VoloThrift {
    const NAME: &'static str = "volo-thrift";
    const PACKAGE: Option<&'static str> = PACKAGE;
    const SETUP: &'static str =
        "TCP, TTHeader and framed binary Thrift, payloads as Bytes; one multiplexed connection";
    const LACKS: &'static [(Ability, &'static str)] = LACKS;

    type Client = BenchClient;
    type Server = ();

    async fn serve() -> (String, ()) {
        (server::serve(true).await, ())
    }

    async fn connect(address: String) -> BenchClient {
        client::connect(address, true).await
    }
}

/// A connection per call in flight, kept for the next one.
pub struct VoloThriftPooled;

impl Peer for VoloThriftPooled {
    const NAME: &'static str = "volo-thrift-pooled";
    const PACKAGE: Option<&'static str> = PACKAGE;
    const SETUP: &'static str = "as volo-thrift, but a pooled connection for each call in flight";
    const LACKS: &'static [(Ability, &'static str)] = LACKS;

    type Client = BenchClient;
    type Server = ();

    async fn serve() -> (String, ()) {
        (server::serve(false).await, ())
    }

    async fn connect(address: String) -> BenchClient {
        client::connect(address, false).await
    }
}
