//! The argument stream of a call: lines of JSON on stdin.

use std::io::BufRead;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rpc_core::generated::Stream;
use tokio::sync::{mpsc, oneshot};

use super::arguments::Wanted;
use super::failure::Failure;
use super::value::Data;

/// Lines that are read ahead.
const AHEAD: usize = 64;

/// The items on stdin.
pub(super) struct Items(mpsc::Receiver<Data>);

/// A line that is none, if there is one.
pub(super) type Mistake = oneshot::Receiver<Failure>;

/// Begins to read stdin, on a thread of its own: reading cannot be cancelled, and nobody waits for this one.
pub(super) fn read(wanted: Arc<Wanted>) -> (Items, Mistake) {
    let (items, receiver) = mpsc::channel(AHEAD);
    let (failed, mistake) = oneshot::channel();
    std::thread::spawn(move || {
        if let Err(failure) = lines(&wanted, &items) {
            // Nobody is there to be told if the call is over.
            let _ = failed.send(failure);
            // Without a sender the items would end, and the server would take what came before for all.
            std::mem::forget(items);
        }
    });
    (Items(receiver), mistake)
}

fn lines(wanted: &Wanted, items: &mpsc::Sender<Data>) -> Result<(), Failure> {
    for (number, line) in (1_u64..).zip(std::io::stdin().lock().lines()) {
        let line = line.map_err(|error| Failure::Usage(format!("line {number} of stdin: {error}")))?;
        if line.trim().is_empty() {
            continue;
        }
        let item = wanted.item(&line);
        let item = item.map_err(|error| Failure::Usage(format!("line {number} of stdin: {error}")))?;
        if items.blocking_send(item).is_err() {
            break;
        }
    }
    Ok(())
}

impl Stream for Items {
    type Item = Data;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Data>> {
        self.0.poll_recv(cx)
    }
}
