use std::time::Duration;

use super::{farcall_add, raw_echo};
use crate::spread::Spread;

const ROUNDS: usize = 7;
const SLICE: Duration = Duration::from_millis(400);

/// Measures and prints.
pub async fn report() {
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
    for (name, rates, ratios) in rows {
        let (rate, ratio) = (Spread::of(rates), Spread::of(ratios));
        println!(
            "{name:<32} {:>12.0} {:>8.2}   ({:.2} to {:.2})",
            rate.median, ratio.median, ratio.least, ratio.most
        );
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
