//! A stream of results: as fast as its consumer, and gone when the consumer is.
//!
//!     cargo run --example primes

use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use farcall::{CallError, rpc_service};
use futures::{Stream, StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

#[rpc_service]
trait PrimeService {
    /// The primes from `from` on. There is always another one.
    fn primes(&self, from: u64) -> impl Stream<Item = u64> + Send;
    /// The primes from `from` up to `to`. The call may fail before there is a stream.
    async fn between(&self, from: u64, to: u64) -> Result<impl Stream<Item = u64> + Send, RangeError>;
}

#[derive(Debug, Serialize, Deserialize, thiserror::Error)]
#[error("nothing is between {from} and {to}")]
struct RangeError {
    from: u64,
    to: u64,
}

#[derive(Default)]
struct Primes {
    found: AtomicU64,
    stopped: Notify,
}

impl PrimeService for Primes {
    fn primes(&self, from: u64) -> impl Stream<Item = u64> + Send {
        let search = Search(self);
        stream::iter(from..).filter(|number| ready(is_prime(*number))).inspect(move |_| {
            search.0.found.fetch_add(1, Ordering::Relaxed);
        })
    }

    async fn between(&self, from: u64, to: u64) -> Result<impl Stream<Item = u64> + Send, RangeError> {
        if from > to {
            return Err(RangeError { from, to });
        }
        Ok(stream::iter(from..=to).filter(|number| ready(is_prime(*number))))
    }
}

/// Lives as long as the stream that it belongs to.
struct Search<'p>(&'p Primes);

impl Drop for Search<'_> {
    fn drop(&mut self) {
        self.0.stopped.notify_one();
    }
}

fn is_prime(number: u64) -> bool {
    number >= 2
        && (2..).take_while(|factor| factor * factor <= number).all(|factor| !number.is_multiple_of(factor))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let service = Arc::new(Primes::default());
    let server = farcall::serve("tcp://127.0.0.1:0", PrimeServiceServer::from_arc(service.clone())).await?;
    let client = PrimeServiceClient::connect(server.endpoints()).await?;

    // A result stream is a stream like any other. Dropping it, as `take` does here, ends it at the server.
    let first: Vec<u64> = client.primes(2).take(10).try_collect().await?;
    println!("the first ten primes are {first:?}");
    service.stopped.notified().await;
    println!("the server has stopped looking for more");

    // A consumer that takes nothing stops its producer, which is only a window ahead (`Limits::max_stream_items`).
    let before = service.found.load(Ordering::Relaxed);
    let mut primes = client.primes(2);
    let one = primes.next().await.transpose()?;
    let ahead = settled(&service.found).await - before;
    println!("one prime taken: {one:?}; the server found fewer than 20000: {}", ahead < 20_000);

    // It goes on where it was when items are taken again.
    let last = primes.skip(9_998).next().await.transpose()?;
    println!("the ten thousandth prime is {last:?}");

    // Opened, or refused with the service's own error.
    let between: Vec<u64> = client.between(100, 120).await?.try_collect().await?;
    println!("between 100 and 120 there are {between:?}");
    if let Err(CallError::App(error)) = client.between(120, 100).await {
        println!("from 120 to 100: {error}");
    }
    Ok(())
}

/// The number, once it grows no more.
async fn settled(number: &AtomicU64) -> u64 {
    loop {
        let before = number.load(Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(100)).await;
        if number.load(Ordering::Relaxed) == before {
            return before;
        }
    }
}
