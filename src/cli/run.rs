use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use super::call::call;
use super::failure::Failure;
use super::options::{Command, Options};
use super::{output, print};

/// Does what the command line of this process says.
pub fn main() -> ExitCode {
    let options = Options::parse();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("farcall: no runtime can be started: {error}");
            return ExitCode::from(7);
        }
    };
    match runtime.block_on(run(options.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if failure.is_told() {
                eprintln!("farcall: {}", output::harmless(&failure.to_string()));
            }
            failure.exit_code()
        }
    }
}

async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Ls { server, json } => print::list(&server, json).await,
        Command::Describe { server, name, json } => print::describe(&server, name.as_deref(), json).await,
        Command::Call(options) => call(&options).await,
        Command::Completion { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Options::command(), "farcall", &mut script);
            output::line(String::from_utf8_lossy(&script).trim_end())
        }
    }
}
