//! Calls from a program without `async`: each one parks the thread until the answer is there.
//!
//!     cargo run --example blocking --features blocking

#[path = "shared/calculator.rs"]
mod calculator;

use std::time::Duration;

use calculator::{Calculator, CalculatorServiceBlockingClient, CalculatorServiceServer};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The server is async; here it has a runtime of its own, elsewhere it is another program.
    let runtime = tokio::runtime::Runtime::new()?;
    let server =
        runtime.block_on(farcall::serve("tcp://127.0.0.1:0", CalculatorServiceServer::new(Calculator)))?;

    let calc = CalculatorServiceBlockingClient::connect(server.endpoints())?;
    println!("add(10, 5) = {}", calc.add(10, 5)?);

    let quick = calc.with_timeout(Duration::from_secs(1));
    let threads = [1, 2, 3].map(|n| {
        let quick = quick.clone();
        std::thread::spawn(move || quick.multiply(n, n))
    });
    for thread in threads {
        match thread.join() {
            Ok(square) => println!("a square: {}", square?),
            Err(_) => println!("a thread panicked"),
        }
    }
    Ok(())
}
