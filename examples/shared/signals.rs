//! The signals that ask a program to stop.

#![allow(unreachable_pub, reason = "examples are programs")]

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlC, CtrlShutdown, ctrl_c, ctrl_shutdown};

/// Takes ctrl-c, and what service managers and containers send: SIGTERM, or the shutdown of Windows. From `new` on
/// none of them ends the process by itself.
#[cfg(unix)]
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

#[cfg(unix)]
impl Signals {
    pub fn new() -> std::io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Waits for the next one and gives its name.
    pub async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.interrupt.recv() => "SIGINT",
            _ = self.terminate.recv() => "SIGTERM",
        }
    }
}

#[cfg(windows)]
pub struct Signals {
    interrupt: CtrlC,
    shutdown: CtrlShutdown,
}

#[cfg(windows)]
impl Signals {
    pub fn new() -> std::io::Result<Self> {
        Ok(Self { interrupt: ctrl_c()?, shutdown: ctrl_shutdown()? })
    }

    pub async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.interrupt.recv() => "ctrl-c",
            _ = self.shutdown.recv() => "shutdown",
        }
    }
}
