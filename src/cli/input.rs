//! The argument streams of a call: lines of JSON on stdin.

use std::io::BufRead;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rpc_core::generated::Stream;
use tokio::sync::{mpsc, oneshot};

use super::arguments::{Wanted, is_no_json};
use super::failure::Failure;
use super::value::Data;

/// Items of each stream that are read ahead.
const AHEAD: usize = 64;

/// The items of one argument stream.
pub(super) struct Items(mpsc::Receiver<Data>);

/// A line that is none, if there is one.
pub(super) type Mistake = oneshot::Receiver<Failure>;

/// Begins to read stdin, on a thread of its own: reading cannot be cancelled, and nobody waits for this one. Gives the
/// streams in the order of the method.
pub(super) fn read(wanted: Arc<Wanted>) -> (Vec<Items>, Mistake) {
    let (senders, streams) =
        wanted.streams().iter().map(|_| mpsc::channel(AHEAD)).unzip::<_, _, Vec<_>, Vec<_>>();
    let (failed, mistake) = oneshot::channel();
    std::thread::spawn(move || {
        if let Err(failure) = lines(&wanted, &senders) {
            // Nobody is there to be told if the call is over.
            let _ = failed.send(failure);
            // Without senders the streams would end, and the server would take what came before for all.
            std::mem::forget(senders);
        }
    });
    (streams.into_iter().map(Items).collect(), mistake)
}

/// A line whose stream has no room waits, and with it all lines behind: nothing else keeps the order in which they were
/// written, or bounds what is held.
fn lines(wanted: &Wanted, streams: &[mpsc::Sender<Data>]) -> Result<(), Failure> {
    for (number, line) in (1_u64..).zip(std::io::stdin().lock().lines()) {
        let line = line.map_err(|error| Failure::Usage(format!("line {number} of stdin: {error}")))?;
        if line.trim().is_empty() {
            continue;
        }
        let item = wanted.item(&line);
        let (stream, item) = item.map_err(|error| Failure::Usage(wrong_line(number, &error)))?;
        let taken = streams.get(stream).is_some_and(|stream| stream.blocking_send(item).is_ok());
        if !taken {
            break;
        }
    }
    Ok(())
}

/// To the parser, each line is the first.
fn wrong_line(number: u64, error: &serde_json::Error) -> String {
    let mut why = error.to_string();
    if let Some(message) = why.strip_suffix(&format!(" at line 1 column {}", error.column())) {
        why = format!("{message} at column {}", error.column());
    }
    let no_json = if is_no_json(error) { " is no JSON" } else { "" };
    format!("line {number} of stdin{no_json}: {why}")
}

impl Stream for Items {
    type Item = Data;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Data>> {
        self.0.poll_recv(cx)
    }
}
