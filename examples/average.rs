//! A stream as an argument: borrowed data, an upload that breaks off, and an answer that comes before its end.
//!
//!     cargo run --example average

use std::pin::pin;

use farcall::rpc_service;
use futures::{Stream, StreamExt, stream};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize, thiserror::Error)]
enum AverageError {
    #[error("there are no numbers")]
    Nothing,
    #[error("the sensor failed after {0} numbers")]
    Sensor(u64),
}

#[rpc_service]
trait AverageService {
    /// The mean of all numbers.
    async fn average(&self, numbers: impl Stream<Item = f64> + Send) -> Result<f64, AverageError>;
    /// The mean of what a sensor gives, which may fail on the way.
    async fn measured(
        &self,
        numbers: impl Stream<Item = Result<f64, AverageError>> + Send,
    ) -> Result<f64, AverageError>;
    /// The first number above `limit`, for which nobody needs to see the rest.
    async fn first_above(&self, limit: f64, numbers: impl Stream<Item = f64> + Send) -> Option<f64>;
}

struct Averages;

impl AverageService for Averages {
    async fn average(&self, numbers: impl Stream<Item = f64> + Send) -> Result<f64, AverageError> {
        self.measured(numbers.map(Ok)).await
    }

    async fn measured(
        &self,
        numbers: impl Stream<Item = Result<f64, AverageError>> + Send,
    ) -> Result<f64, AverageError> {
        let mut numbers = pin!(numbers);
        let (mut sum, mut count) = (0.0, 0.0);
        while let Some(number) = numbers.next().await {
            sum += number?;
            count += 1.0;
        }
        if count == 0.0 { Err(AverageError::Nothing) } else { Ok(sum / count) }
    }

    async fn first_above(&self, limit: f64, numbers: impl Stream<Item = f64> + Send) -> Option<f64> {
        pin!(numbers.filter(|number| std::future::ready(*number > limit))).next().await
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = farcall::serve("tcp://127.0.0.1:0", AverageServiceServer::new(Averages)).await?;
    let client = AverageServiceClient::connect(server.endpoints()).await?;

    // The future of the call reads the stream, so that it may borrow what belongs to the caller.
    let numbers = vec![1.5, 2.0, 4.0, 8.5];
    let mean = client.average(stream::iter(numbers.iter().copied())).await?;
    println!("the mean of {numbers:?} is {mean}");

    // A million numbers are never in memory at once, at neither end.
    let mean = client.average(stream::iter(1..=1_000_000).map(f64::from)).await?;
    println!("the mean of a million numbers is {mean}");
    if let Err(error) = client.average(stream::empty()).await {
        println!("of none: {error}");
    }

    // An error ends the stream, and the server gets it as it is.
    let numbers = stream::iter([Ok(20.5), Ok(21.0), Err(AverageError::Sensor(2))]);
    if let Err(error) = client.measured(numbers).await {
        println!("of a sensor: {error}");
    }

    // The stream has no end, and needs none.
    let found = client.first_above(999.0, stream::iter(1..).map(f64::from)).await?;
    println!("the first number above 999 is {found:?}");
    Ok(())
}
