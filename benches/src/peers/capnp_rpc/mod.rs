//! Cap'n Proto, with both ends on one thread each. `benches/generate` makes `bench_capnp.rs` of `bench.capnp`.

#[allow(clippy::all)]
#[rustfmt::skip]
mod bench_capnp;
mod client;
mod server;

use capnp_rpc::rpc_twoparty_capnp::Side;
use capnp_rpc::twoparty::VatNetwork;
use futures::io::{BufReader, BufWriter};
use tokio::net::TcpStream;
use tokio_util::compat::{TokioAsyncReadCompatExt, TokioAsyncWriteCompatExt};

/// See [`SETUP`](super::Peer::SETUP).
pub struct CapnpRpc;

/// One end of a connection, buffered as in the examples of capnp-rpc.
fn network(stream: TcpStream, side: Side) -> Box<VatNetwork<BufReader<impl futures::AsyncRead>>> {
    stream.set_nodelay(true).expect("an option");
    let (reader, writer) = stream.into_split();
    let (reader, writer) = (BufReader::new(reader.compat()), BufWriter::new(writer.compat_write()));
    Box::new(VatNetwork::new(reader, writer, side, Default::default()))
}
