use std::fs;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::{Bench, Figure, Metric};
use crate::peers::{Client, Peer};

/// Before the first reading: what a server sets up once is no connection's.
const WARM_UP: usize = 20;
const FILES_FOR_OTHER_THINGS: usize = 100;
const STEADY: Duration = Duration::from_millis(100);
const PATIENCE: Duration = Duration::from_secs(2);

/// The growth of the server's resident memory per connection. Each has made one call.
pub(super) async fn run<P: Peer>(bench: Bench) -> Vec<Figure> {
    let server = bench.server.expect("a server with a process of its own");
    let open = async || {
        let client = P::connect(bench.address.clone()).await;
        assert_eq!(client.add(20, 22).await, 42, "the first sum");
        client
    };
    let mut clients = Vec::new();
    for _ in 0..WARM_UP {
        clients.push(open().await);
    }
    let before = settled(server).await;
    let connections = bench.slice.connections.min(open_files().saturating_sub(FILES_FOR_OTHER_THINGS)).max(1);
    for _ in 0..connections {
        clients.push(open().await);
    }
    let grown = settled(server).await - before;
    vec![Figure { metric: Metric::Memory, value: grown / connections as f64 }]
}

/// Resident memory in KiB, when it has not changed for a while.
async fn settled(process: u32) -> f64 {
    let begun = Instant::now();
    let mut last = (resident(process), Instant::now());
    while last.1.elapsed() < STEADY && begun.elapsed() < PATIENCE {
        sleep(STEADY / 10).await;
        let now = resident(process);
        if now != last.0 {
            last = (now, Instant::now());
        }
    }
    last.0
}

fn resident(process: u32) -> f64 {
    number(&format!("/proc/{process}/status"), "VmRSS:").expect("the server's resident memory")
}

fn open_files() -> usize {
    number("/proc/self/limits", "Max open files").map_or(1_024, |files| files as usize)
}

/// The number behind a name in one of Linux' tables.
fn number(file: &str, name: &str) -> Option<f64> {
    let table = fs::read_to_string(file).ok()?;
    table.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse().ok())
}
