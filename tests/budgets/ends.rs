//! The two ends, each in a process of its own.

use std::env;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use farcall::{Client, Server};

use crate::HEAP;
use crate::scenario::{Adder, AddingClient, AddingServer, Scenario};
use crate::shop::ShopClient;

/// What this process is to be: `server SCENARIO`, or `client SCENARIO ENDPOINT CALLS`; or `probe` the types of a service,
/// or be `idle` beside that.
pub(crate) const ROLE: &str = "FARCALL_BUDGETS_END";

/// What a server prints before its endpoint.
pub(crate) const LISTENING: &str = "listening on ";

/// What either prints at its end, before the count.
pub(crate) const ALLOCATIONS: &str = "allocations: ";

pub(crate) fn run() {
    // Without it, somebody runs all tests that are ignored.
    let Ok(role) = env::var(ROLE) else { return };
    match role.split(' ').collect::<Vec<_>>()[..] {
        ["server", scenario] => run_as(scenario.parse().unwrap(), serve()),
        ["client", scenario, endpoint, calls] => {
            let scenario = scenario.parse().unwrap();
            run_as(scenario, call(endpoint.to_owned(), scenario, calls.parse().unwrap()));
        }
        ["probe"] => {
            assert!(ShopClient::descriptor().methods.iter().all(|method| method.signature().is_some()))
        }
        ["idle"] => assert_eq!(ShopClient::descriptor().methods.len(), 50),
        _ => panic!("there is no end `{role}`"),
    }
    let stats = HEAP.stats();
    println!("\n{ALLOCATIONS}{}", stats.allocations + stats.reallocations);
}

async fn serve() {
    let adder = Arc::new(Adder::default());
    let service = AddingServer::from_arc(Arc::clone(&adder));
    let server = Server::builder().service(service).listen("tcp://127.0.0.1:0").start().await.unwrap();
    // The first line is the test harness's.
    println!("\n{LISTENING}{}", server.endpoints()[0]);
    adder.finished().await;
    server.shutdown(TOO_LONG).await;
}

async fn call(endpoint: String, scenario: Scenario, calls: u32) {
    let client = AddingClient::connect(endpoint).await.unwrap();
    scenario.call(&client, calls).await;
    client.finish().await.unwrap();
}

/// Not for ever, whatever becomes of the other process.
fn run_as(scenario: Scenario, end: impl Future<Output = ()> + Send + 'static) {
    let mut runtime = if scenario.has_two_workers() {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        runtime.worker_threads(2);
        runtime
    } else {
        tokio::runtime::Builder::new_current_thread()
    };
    let runtime = runtime.enable_all().build().unwrap();
    let end = runtime.spawn(end);
    let ended = runtime.block_on(async { tokio::time::timeout(TOO_LONG, end).await });
    ended.expect("this takes too long").unwrap();
}

const TOO_LONG: Duration = Duration::from_secs(300);
