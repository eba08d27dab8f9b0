//! The calculator as a program of its own; its configuration file says where it listens.
//!
//!     cargo run --example calculator_server -- --config examples/calculator.toml

#[path = "shared/calculator.rs"]
mod calculator;

use std::process::ExitCode;

use calculator::{Calculator, CalculatorServiceServer};
use farcall::{Config, Server};

const USAGE: &str = "usage: calculator_server [--config FILE]";

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
    let Some(path) = arguments()? else {
        println!("{USAGE}");
        return Ok(());
    };
    let config = Config::load(path)?;
    let server =
        Server::from_config(&config)?.service(CalculatorServiceServer::new(Calculator)).start().await?;
    for endpoint in server.endpoints() {
        println!("listening on {endpoint}");
    }

    tokio::signal::ctrl_c().await?;
    println!("stopping");
    server.shutdown(config.server.grace).await;
    Ok(())
}

/// The path of the configuration, or nothing if only help was asked for.
fn arguments() -> Result<Option<std::path::PathBuf>, lexopt::Error> {
    let mut path = "examples/calculator.toml".into();
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("config") => path = parser.value()?.into(),
            lexopt::Arg::Short('h') | lexopt::Arg::Long("help") => return Ok(None),
            other => return Err(format!("{}; {USAGE}", other.unexpected()).into()),
        }
    }
    Ok(Some(path))
}
