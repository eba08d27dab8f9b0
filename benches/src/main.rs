//! A first measure: `add(i64, i64)` over loopback TCP beside a bare echo loop, in one process, interleaved.
//!
//! `cargo run --release --manifest-path benches/Cargo.toml` prints calls per second (medians of the rounds) and the
//! ratio to the bare loop of the same round, which is what to read: the times of a shared machine are noise.

mod farcall_add;
mod raw_echo;

use std::time::Duration;

const ROUNDS: usize = 7;
const SLICE: Duration = Duration::from_millis(400);

#[tokio::main(worker_threads = 2)]
async fn main() {
    // On a worker: the thread of `main` is not one, and every wake-up of it would cross threads.
    tokio::spawn(measure()).await.expect("a report");
}

async fn measure() {
    let calc = farcall_add::start().await;
    let mut echo = raw_echo::start().await;
    let mut rows: Vec<(String, Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..ROUNDS {
        let raw = echo.rate(SLICE).await;
        record(&mut rows, "bare echo loop, one at a time", raw, raw);
        for in_flight in [1, 64, 1_024] {
            let rate = farcall_add::rate(&calc, in_flight, SLICE).await;
            record(&mut rows, &format!("farcall, {in_flight} in flight"), rate, raw);
        }
    }
    println!("{:<32} {:>12} {:>8}", "", "calls/s", "ratio");
    for (name, mut rates, mut ratios) in rows {
        println!("{name:<32} {:>12.0} {:>8.2}", median(&mut rates), median(&mut ratios));
    }
}

fn record(rows: &mut Vec<(String, Vec<f64>, Vec<f64>)>, name: &str, rate: f64, raw: f64) {
    match rows.iter_mut().find(|row| row.0 == name) {
        Some(row) => {
            row.1.push(rate);
            row.2.push(rate / raw);
        }
        None => rows.push((name.to_owned(), vec![rate], vec![rate / raw])),
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
