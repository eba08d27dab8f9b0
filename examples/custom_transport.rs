//! A transport of one's own: `masked://…` is `mem://…` with every bit of every byte turned over.
//!
//!     cargo run --example custom_transport

#[path = "shared/calculator.rs"]
mod calculator;

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use calculator::{Calculator, CalculatorServiceClient, CalculatorServiceServer};
use farcall::transport::MemTransport;
use farcall::{Endpoint, Link, Listener, Transport, TransportRegistry};
use futures::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Connects and listens where `mem` would, and puts a [`Mask`] on both halves of each connection.
struct Masked;

impl Transport for Masked {
    // A name that cannot be right is told when a client is made or a file is read, not at the first call.
    fn check_connect(&self, endpoint: &Endpoint) -> io::Result<()> {
        MemTransport.check_connect(&inner(endpoint))
    }

    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        Box::pin(async move { Ok(masked(MemTransport.connect(&inner(endpoint)).await?)) })
    }

    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        Box::pin(async move {
            let listener = MemTransport.listen(&inner(endpoint)).await?;
            Ok(Box::new(MaskedListener(listener)) as Box<dyn Listener>)
        })
    }
}

struct MaskedListener(Box<dyn Listener>);

impl Listener for MaskedListener {
    fn accept(&mut self) -> BoxFuture<'_, io::Result<Link>> {
        Box::pin(async move { Ok(masked(self.0.accept().await?)) })
    }

    fn endpoint(&self) -> Endpoint {
        Endpoint::new("masked", self.0.endpoint().address())
    }
}

fn inner(endpoint: &Endpoint) -> Endpoint {
    Endpoint::new("mem", endpoint.address())
}

fn masked(link: Link) -> Link {
    // Who the peer is, is known as before.
    Link { reader: Box::new(Mask(link.reader)), writer: Box::new(Mask(link.writer)), ..link }
}

/// Turns over what passes through a reader or a writer.
struct Mask<T>(T);

impl<T: AsyncRead + Unpin> AsyncRead for Mask<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.0).poll_read(cx, buf))?;
        buf.filled_mut().iter_mut().skip(before).for_each(|byte| *byte = !*byte);
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Mask<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let turned = bytes.iter().map(|byte| !byte).collect::<Vec<_>>();
        Pin::new(&mut self.0).poll_write(cx, &turned)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // From here on every `connect`, `serve` and configuration file of this process knows the scheme.
    TransportRegistry::global().register("masked", Arc::new(Masked))?;

    let server = farcall::serve("masked://calc", CalculatorServiceServer::new(Calculator)).await?;
    let calc = CalculatorServiceClient::connect("masked://calc").await?;
    println!("add(10, 5) = {} over {}", calc.add(10, 5).await?, server.endpoints()[0]);
    Ok(())
}
