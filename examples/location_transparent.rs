//! The client *is* the trait: one function, used on an object of this process and on a service behind a socket.
//!
//!     cargo run --example location_transparent

#[path = "shared/calculator.rs"]
mod calculator;

use calculator::{
    Calculator, CalculatorError, CalculatorService, CalculatorServiceClient, CalculatorServiceServer,
};

/// Knows nothing of networks.
async fn mean(calculator: &impl CalculatorService, a: i64, b: i64) -> Result<i64, CalculatorError> {
    let sum = calculator.add(a, b).await?;
    calculator.divide(sum, 2).await
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("local object:  mean(4, 6) = {}", mean(&Calculator, 4, 6).await?);

    let server = farcall::serve("tcp://127.0.0.1:0", CalculatorServiceServer::new(Calculator)).await?;
    let remote = CalculatorServiceClient::connect(server.endpoints()).await?;
    println!("remote client: mean(4, 6) = {}", mean(&remote, 4, 6).await?);

    // Where one type is needed for both, a client can also stand on an object of this process.
    let clients = [CalculatorServiceClient::local(Calculator), remote];
    for client in &clients {
        println!("either:        add(4, 6) = {}", client.add(4, 6).await?);
    }
    Ok(())
}
