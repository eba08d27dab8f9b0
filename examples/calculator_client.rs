//! One call of a calculator that runs elsewhere; the configuration file says where.
//!
//!     cargo run --example calculator_client -- --config examples/calculator.toml add 10 5

#[path = "shared/calculator.rs"]
mod calculator;

use std::path::PathBuf;
use std::process::ExitCode;

use calculator::CalculatorServiceClient;
use farcall::Config;
use lexopt::ValueExt;

const USAGE: &str = "usage: calculator_client [--config FILE] add|subtract|multiply|divide NUMBER NUMBER";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("calculator_client: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(Arguments { path, operation, a, b }) = arguments()? else {
        println!("{USAGE}");
        return Ok(());
    };
    let config = Config::load(path)?;
    // No network yet: the first call connects.
    let calc = CalculatorServiceClient::from_config(&config, "calculator")?;
    let result = match operation.as_str() {
        "add" => calc.add(a, b).await?,
        "subtract" => calc.subtract(a, b).await?,
        "multiply" => calc.multiply(a, b).await?,
        "divide" => calc.divide(a, b).await?,
        other => return Err(format!("there is no operation `{other}`; {USAGE}").into()),
    };
    println!("{operation}({a}, {b}) = {result}");
    Ok(())
}

struct Arguments {
    path: PathBuf,
    operation: String,
    a: i64,
    b: i64,
}

/// What the command line says, or nothing if only help was asked for.
fn arguments() -> Result<Option<Arguments>, Box<dyn std::error::Error>> {
    let mut path = "examples/calculator.toml".into();
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("config") => path = parser.value()?.into(),
            lexopt::Arg::Short('h') | lexopt::Arg::Long("help") => return Ok(None),
            lexopt::Arg::Value(operation) => {
                // What follows is taken as it stands: `-5` is a number and not an option.
                let numbers =
                    parser.raw_args()?.map(|number| number.parse()).collect::<Result<Vec<i64>, _>>()?;
                let [a, b] = numbers[..] else {
                    return Err(format!("an operation takes two numbers; {USAGE}").into());
                };
                return Ok(Some(Arguments { path, operation: operation.string()?, a, b }));
            }
            other => return Err(format!("{}; {USAGE}", other.unexpected()).into()),
        }
    }
    Err(format!("no operation given; {USAGE}").into())
}
