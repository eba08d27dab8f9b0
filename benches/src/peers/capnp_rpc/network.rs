use capnp_rpc::rpc_twoparty_capnp::Side;
use capnp_rpc::twoparty::VatNetwork;
use futures::AsyncRead;
use futures::io::{BufReader, BufWriter};
use tokio::net::TcpStream;
use tokio_util::compat::{TokioAsyncReadCompatExt, TokioAsyncWriteCompatExt};

/// One end of a connection, buffered as in the examples of capnp-rpc.
pub(super) fn network(stream: TcpStream, side: Side) -> Box<VatNetwork<BufReader<impl AsyncRead>>> {
    stream.set_nodelay(true).expect("an option");
    let (reader, writer) = stream.into_split();
    let (reader, writer) = (BufReader::new(reader.compat()), BufWriter::new(writer.compat_write()));
    Box::new(VatNetwork::new(reader, writer, side, Default::default()))
}
