//! A calculator and its client in one program, over TCP. The program beside it does the same on farcall.

use std::error::Error;

use futures::StreamExt;
use serde::{Deserialize, Serialize};
use tarpc::serde_transport::tcp;
use tarpc::server::{BaseChannel, Channel};
use tarpc::tokio_serde::formats::Bincode;
use tarpc::{client, context};

#[derive(Debug, Serialize, Deserialize)]
pub struct DivisionByZero;

#[tarpc::service]
pub trait CalculatorService {
    async fn add(a: i64, b: i64) -> i64;
    async fn subtract(a: i64, b: i64) -> i64;
    async fn multiply(a: i64, b: i64) -> i64;
    async fn divide(a: i64, b: i64) -> Result<i64, DivisionByZero>;
}

#[derive(Clone)]
struct Calculator;

impl CalculatorService for Calculator {
    async fn add(self, _: context::Context, a: i64, b: i64) -> i64 {
        a.wrapping_add(b)
    }

    async fn subtract(self, _: context::Context, a: i64, b: i64) -> i64 {
        a.wrapping_sub(b)
    }

    async fn multiply(self, _: context::Context, a: i64, b: i64) -> i64 {
        a.wrapping_mul(b)
    }

    async fn divide(self, _: context::Context, a: i64, b: i64) -> Result<i64, DivisionByZero> {
        if b == 0 { Err(DivisionByZero) } else { Ok(a.wrapping_div(b)) }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut connections = tcp::listen("127.0.0.1:0", Bincode::default).await?;
    let address = connections.local_addr();
    tokio::spawn(async move {
        while let Some(Ok(connection)) = connections.next().await {
            let calls = BaseChannel::with_defaults(connection).execute(Calculator.serve());
            tokio::spawn(calls.for_each(|call| async {
                tokio::spawn(call);
            }));
        }
    });

    let connection = tcp::connect(address, Bincode::default).await?;
    let calc = CalculatorServiceClient::new(client::Config::default(), connection).spawn();
    println!("10 + 5 = {}", calc.add(context::current(), 10, 5).await?);
    println!("10 - 5 = {}", calc.subtract(context::current(), 10, 5).await?);
    println!("10 * 5 = {}", calc.multiply(context::current(), 10, 5).await?);
    println!("10 / 5 = {:?}", calc.divide(context::current(), 10, 5).await);
    Ok(())
}
