//! A server on threads of its own, each with a part of the connections, and a service behind it that every thread calls
//! over a connection of its own.
//!
//!     cargo run --example sharded

use std::collections::BTreeMap;
use std::thread;

use farcall::{Server, rpc_service};

/// Knows the price of things.
#[rpc_service]
trait Prices {
    async fn of(&self, thing: &str) -> u64;
}

struct List;

impl Prices for List {
    async fn of(&self, thing: &str) -> u64 {
        thing.len() as u64 * 100
    }
}

/// What a receipt says, and which thread wrote it.
#[rpc_service]
trait Shop {
    async fn buy(&self, thing: &str, count: u64) -> farcall::Result<(u64, String)>;
}

struct Counter {
    prices: PricesClient,
}

impl Shop for Counter {
    async fn buy(&self, thing: &str, count: u64) -> farcall::Result<(u64, String)> {
        let price = self.prices.of(thing).await?;
        Ok((price * count, thread::current().name().unwrap_or("unnamed").to_owned()))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let list = farcall::serve("tcp://127.0.0.1:0", PricesServer::new(List)).await?;

    // `build` connects with the first call from each runtime: here that is one connection per shard.
    let prices = PricesClient::builder(list.endpoints()).connection_per_runtime().build()?;
    // Or `Shards::PerCore`, or `shards = "per-core"` in the configuration file.
    let shop = Server::builder()
        .service(ShopServer::new(Counter { prices }))
        .listen("tcp://127.0.0.1:0")
        .shards(2)
        .start()
        .await?;

    let mut threads = BTreeMap::<_, u32>::new();
    // They stay, so that those who come later go to the shard that has fewer.
    let mut customers = Vec::new();
    for customer in 1..=6 {
        let shop = ShopClient::connect(shop.endpoints()).await?;
        let (total, thread) = shop.buy("umbrella", customer).await?;
        println!("customer {customer} pays {total}");
        *threads.entry(thread).or_default() += 1;
        customers.push(shop);
    }
    println!("served by {threads:?}");
    Ok(())
}
