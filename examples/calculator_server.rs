//! The calculator as a program of its own; its configuration file says where it listens.
//!
//!     cargo run --example calculator_server -- --config examples/calculator.toml
//!
//! Ctrl-C or SIGTERM stops it without failing a call. To watch that, let calls take their time with `--pause 5000`.

#[path = "shared/calculator.rs"]
mod calculator;
#[path = "shared/series.rs"]
mod series;
#[path = "shared/signals.rs"]
mod signals;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use calculator::{Calculator, CalculatorError, CalculatorService, CalculatorServiceServer};
use farcall::{Config, Server};
use lexopt::ValueExt;
use series::{Series, SeriesServiceServer};
use signals::Signals;

const USAGE: &str = "usage: calculator_server [--config FILE] [--pause MILLISECONDS]";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("calculator_server: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(Arguments { path, pause }) = arguments()? else {
        println!("{USAGE}");
        return Ok(());
    };
    let config = Config::load(path)?;
    // Before anybody knows of the server: from here on a signal is a request.
    let mut signals = Signals::new()?;
    let service = CalculatorServiceServer::new(Unhurried { pause });
    let server = Server::from_config(&config)?
        .service(service)
        .service(SeriesServiceServer::new(Series))
        .start()
        .await?;
    for endpoint in server.endpoints() {
        println!("listening on {endpoint}");
    }

    let signal = signals.next().await;
    let grace = config.server.grace;
    println!("{signal}: stopping; calls in flight may take {grace:?}, or until the next signal");
    tokio::select! {
        () = server.shutdown(grace) => println!("stopped"),
        signal = signals.next() => println!("{signal}: stopped at once"),
    }
    Ok(())
}

/// A calculator that takes its time.
struct Unhurried {
    pause: Duration,
}

impl Unhurried {
    async fn work(&self, operation: &str, a: i64, b: i64) {
        if !self.pause.is_zero() {
            println!("working on {operation}({a}, {b})");
            tokio::time::sleep(self.pause).await;
        }
    }
}

impl CalculatorService for Unhurried {
    async fn add(&self, a: i64, b: i64) -> Result<i64, CalculatorError> {
        self.work("add", a, b).await;
        Calculator.add(a, b).await
    }

    async fn subtract(&self, a: i64, b: i64) -> Result<i64, CalculatorError> {
        self.work("subtract", a, b).await;
        Calculator.subtract(a, b).await
    }

    async fn multiply(&self, a: i64, b: i64) -> Result<i64, CalculatorError> {
        self.work("multiply", a, b).await;
        Calculator.multiply(a, b).await
    }

    async fn divide(&self, a: i64, b: i64) -> Result<i64, CalculatorError> {
        self.work("divide", a, b).await;
        Calculator.divide(a, b).await
    }
}

struct Arguments {
    path: PathBuf,
    pause: Duration,
}

/// What the command line says, or nothing if only help was asked for.
fn arguments() -> Result<Option<Arguments>, Box<dyn std::error::Error>> {
    let mut path = "examples/calculator.toml".into();
    let mut pause = Duration::ZERO;
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("config") => path = parser.value()?.into(),
            lexopt::Arg::Long("pause") => pause = Duration::from_millis(parser.value()?.parse()?),
            lexopt::Arg::Short('h') | lexopt::Arg::Long("help") => return Ok(None),
            other => return Err(format!("{}; {USAGE}", other.unexpected()).into()),
        }
    }
    Ok(Some(Arguments { path, pause }))
}
