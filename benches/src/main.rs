//! What farcall costs. Each report is one process, with both ends in it, over loopback TCP.
//!
//! `cargo run --release --manifest-path benches/Cargo.toml -- REPORT` prints one of
//!
//! * `calls`, without a name too: calls per second of `add(i64, i64)` beside a bare echo loop;
//! * `delays`: what a large argument (`upload`) and a stalled stream (`stalled`) on a connection cost the small calls
//!   on it.
//!
//! `--bin streams` is a program of its own, because it counts the heap.
//!
//! Figures are medians of rounds in which what is compared takes turns. The ratios within a round are what to read:
//! the times of a shared machine are noise.

mod calls;
mod delays;
mod latencies;
mod spread;

use std::process::ExitCode;

#[tokio::main(worker_threads = 2)]
async fn main() -> ExitCode {
    let report = std::env::args().nth(1).unwrap_or_else(|| "calls".to_owned());
    // On a worker: the thread of `main` is not one, and every wake-up of it would cross threads.
    let measured = match report.as_str() {
        "calls" => tokio::spawn(calls::report()),
        "delays" => tokio::spawn(delays::report()),
        "upload" => tokio::spawn(delays::upload::report()),
        "stalled" => tokio::spawn(delays::stalled::report()),
        other => {
            eprintln!("there is no report `{other}`: the reports are calls, delays, upload and stalled");
            return ExitCode::FAILURE;
        }
    };
    measured.await.expect("a report");
    ExitCode::SUCCESS
}
