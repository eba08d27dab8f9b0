//! What is written: results to stdout, and how far a long stream is to a terminal.

use std::io::{ErrorKind, IsTerminal, Write};
use std::str::EscapeDebug;
use std::time::{Duration, Instant};

use super::failure::Failure;

/// How often a terminal is told.
const INTERVAL: Duration = Duration::from_secs(1);

/// Writes a line to stdout.
pub(super) fn line(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    let written = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
    written.map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::Closed,
        _ => Failure::Usage(format!("stdout cannot be written: {error}")),
    })
}

/// Writes JSON to stdout. What a terminal would take for a command is escaped, which means the same.
pub(super) fn json(text: &str) -> Result<(), Failure> {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_command(c) {
            // JSON has no such characters but in texts, and all of them have four digits at most.
            safe += &format!("\\u{:04x}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    line(&safe)
}

/// Text that a peer chose, without what a terminal would take for a command.
pub(super) fn harmless(text: &str) -> String {
    text.chars().map(|c| if is_command(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// A name that a peer chose, on one line.
pub(super) fn name(text: &str) -> EscapeDebug<'_> {
    text.escape_debug()
}

/// Control characters, and those that turn text around.
fn is_command(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Tells a terminal how many items there were, where the items themselves go elsewhere.
pub(super) struct Progress {
    items: u64,
    told: Option<Instant>,
    shown: bool,
}

impl Progress {
    pub(super) fn new() -> Self {
        let watched = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        Self { items: 0, told: watched.then(Instant::now), shown: false }
    }

    pub(super) fn item(&mut self) {
        self.items = self.items.saturating_add(1);
        if let Some(told) = &mut self.told
            && told.elapsed() >= INTERVAL
        {
            *told = Instant::now();
            self.shown = true;
            eprint!("\r{} items", self.items);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            eprintln!("\r{} items", self.items);
        }
    }
}
