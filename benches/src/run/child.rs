use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{self, Command, Stdio};
use std::thread;

use super::Threads;
use super::measure::on_runtime;
use crate::peers::Peer;

/// This program once more, as the server of a peer.
pub(super) struct Child {
    pub(super) address: String,
    process: process::Child,
}

impl Child {
    pub(super) fn start(peer: &str, threads: Threads) -> Self {
        let program = env::current_exe().expect("this program");
        let mut process = Command::new(program)
            .args(["--serve", peer, "--threads", threads.name()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let mut address = String::new();
        let output = process.stdout.take().expect("a pipe");
        BufReader::new(output).read_line(&mut address).expect("the address of the server");
        Self { address: address.trim_end().to_owned(), process }
    }

    pub(super) fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // Its end closes what is still open, which is nobody's error any more.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// What the other process does: prints the address and serves. It ends with the process that started it, however that
/// ends.
pub fn serve_until_stdin_ends<P: Peer>(threads: Threads) {
    thread::spawn(|| {
        _ = io::stdin().read_to_end(&mut Vec::new());
        process::exit(0);
    });
    on_runtime::<P, _>(threads, async {
        let (address, _server) = P::serve().await;
        println!("{address}");
        io::stdout().flush().expect("somebody who reads");
        std::future::pending::<()>().await;
    });
}
