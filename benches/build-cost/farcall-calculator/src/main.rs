//! A calculator and its client in one program, over TCP. The program beside it does the same on tarpc.

use farcall::rpc_service;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub struct DivisionByZero;

#[rpc_service]
pub trait CalculatorService {
    async fn add(&self, a: i64, b: i64) -> i64;
    async fn subtract(&self, a: i64, b: i64) -> i64;
    async fn multiply(&self, a: i64, b: i64) -> i64;
    async fn divide(&self, a: i64, b: i64) -> Result<i64, DivisionByZero>;
}

struct Calculator;

impl CalculatorService for Calculator {
    async fn add(&self, a: i64, b: i64) -> i64 {
        a.wrapping_add(b)
    }

    async fn subtract(&self, a: i64, b: i64) -> i64 {
        a.wrapping_sub(b)
    }

    async fn multiply(&self, a: i64, b: i64) -> i64 {
        a.wrapping_mul(b)
    }

    async fn divide(&self, a: i64, b: i64) -> Result<i64, DivisionByZero> {
        if b == 0 { Err(DivisionByZero) } else { Ok(a.wrapping_div(b)) }
    }
}

#[tokio::main]
async fn main() -> farcall::Result<()> {
    let server = farcall::serve("tcp://127.0.0.1:0", CalculatorServiceServer::new(Calculator)).await?;

    let calc = CalculatorServiceClient::connect(server.endpoints()).await?;
    println!("10 + 5 = {}", calc.add(10, 5).await?);
    println!("10 - 5 = {}", calc.subtract(10, 5).await?);
    println!("10 * 5 = {}", calc.multiply(10, 5).await?);
    println!("10 / 5 = {:?}", calc.divide(10, 5).await);
    Ok(())
}
