//! The command line: asks a server what it serves, and calls it.

use std::process::ExitCode;

fn main() -> ExitCode {
    farcall::cli::main()
}
