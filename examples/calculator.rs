//! A service and its client in one program, first over TCP, then over memory.
//!
//!     cargo run --example calculator

#[path = "shared/calculator.rs"]
mod calculator;

use calculator::{Calculator, CalculatorServiceClient, CalculatorServiceServer};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Port 0 and a `mem` endpoint without a name: whatever is free. The server knows which one it got.
    for url in ["tcp://127.0.0.1:0", "mem://"] {
        let server = farcall::serve(url, CalculatorServiceServer::new(Calculator)).await?;
        let endpoint = &server.endpoints()[0];
        println!("calculator at {endpoint}");

        let calc = CalculatorServiceClient::connect(endpoint).await?;
        println!("  add(10, 5) = {}", calc.add(10, 5).await?);
        println!("  subtract(10, 5) = {}", calc.subtract(10, 5).await?);
        println!("  multiply(10, 5) = {}", calc.multiply(10, 5).await?);
        println!("  divide(10, 5) = {}", calc.divide(10, 5).await?);
        match calc.divide(10, 0).await {
            Ok(value) => println!("  divide(10, 0) = {value}"),
            Err(error) => println!("  divide(10, 0) failed: {error}"),
        }
    }
    Ok(())
}
