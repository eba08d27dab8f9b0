//! What the command line says.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::failure::EXIT_CODES;
use crate::Timeout;

/// Asks a farcall server what it serves, and calls it with values in JSON.
///
/// The server has to describe itself: `Server::builder().introspection(true)`, or `introspection = true` in the table
/// `[server]` of its configuration. Both take the feature `introspection` of farcall.
#[derive(Debug, Parser)]
#[command(name = "farcall", version, after_help = EXIT_CODES)]
pub(super) struct Options {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lists the services of a server and their methods.
    Ls {
        #[command(flatten)]
        server: ServerOptions,
        /// As JSON, with all that the server says.
        #[arg(long)]
        json: bool,
    },
    /// Shows methods, their documentation and their types.
    Describe {
        #[command(flatten)]
        server: ServerOptions,
        /// A service, or one of its methods; all services if it is not given.
        #[arg(value_name = "SERVICE[.METHOD]")]
        name: Option<String>,
        /// As JSON, with all that the server says.
        #[arg(long)]
        json: bool,
    },
    /// Calls a method.
    ///
    /// Results go to stdout as JSON, each item of a stream on a line of its own. If the method takes a stream, its items are
    /// read from stdin, one JSON value on each line; if it takes several, each line is an object with one entry, from the name
    /// of the stream to the item. Bytes are texts in base64.
    #[command(after_help = EXIT_CODES)]
    Call(CallOptions),
    /// Prints a script that completes this command line in a shell.
    Completion {
        /// For which shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Args, Debug)]
pub(super) struct CallOptions {
    #[command(flatten)]
    pub(super) server: ServerOptions,
    /// Which method.
    #[arg(value_name = "SERVICE.METHOD")]
    pub(super) method: String,
    /// The arguments: an object by name, or a list by position; `-` reads them from stdin.
    #[arg(value_name = "JSON", default_value = "{}", allow_hyphen_values = true)]
    pub(super) arguments: String,
}

#[derive(Args, Debug)]
pub(super) struct ServerOptions {
    /// Where the server is, as in `tcp://127.0.0.1:9090`; with `--config`, the name of a client in that file.
    #[arg(value_name = "URL")]
    pub(super) server: String,
    /// A configuration file, whose client URL is the name of.
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// What values are encoded in. Every server has `compact`. With `json`, values go as they are written here: only the
    /// names of arguments are checked. Default: that of the URL, else compact.
    #[arg(long)]
    pub(super) codec: Option<WireCodec>,
    /// How long a call may take: `250ms`, `2s`, `never`. Default: that of the method or the configuration, else 10 s.
    #[arg(long, value_name = "TIME", value_parser = timeout)]
    pub(super) timeout: Option<Timeout>,
    /// Metadata that goes with every call, also with those that ask for descriptions. May be given more than once.
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    pub(super) meta: Vec<(String, String)>,
}

/// The codecs that need no knowledge of types where they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum WireCodec {
    Compact,
    Json,
}

impl WireCodec {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Json => "json",
        }
    }
}

fn timeout(text: &str) -> Result<Timeout, String> {
    text.parse().map_err(|error: crate::RpcError| error.message().to_owned())
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write `key=value`")?;
    Ok((key.to_owned(), value.to_owned()))
}
