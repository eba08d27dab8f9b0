//! What calls cost, beside those of other libraries and of hand-written loops. See `README.md` and `--help`.

mod delays;
mod peers;
mod report;
mod run;
mod scenarios;
mod suite;
mod versions;

use std::env;
use std::error::Error;
use std::process::ExitCode;

use lexopt::Parser;

fn main() -> ExitCode {
    let name = env::args().nth(1).filter(|name| !name.starts_with('-'));
    let outcome: Result<(), Box<dyn Error>> = match name {
        Some(name) if name == "versions" => versions::run().map_err(Into::into),
        Some(name) => delays::run(&name).map_err(Into::into),
        None => suite::run(Parser::from_env()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
