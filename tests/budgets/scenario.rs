use std::fmt;
use std::future::poll_fn;
use std::str::FromStr;
use std::task::Poll;

use farcall::{Client, rpc_service};
use futures::{Stream, StreamExt, stream};
use tokio::task::JoinSet;

#[rpc_service]
pub(crate) trait Adding {
    async fn add(&self, a: i64, b: i64) -> i64;
    /// Waits once.
    async fn add_later(&self, a: i64, b: i64) -> i64;
    fn numbers(&self, count: u64) -> impl Stream<Item = u64> + Send;
    /// The client has made its calls.
    async fn finish(&self);
}

/// Adds, and knows when its client is done.
#[derive(Default)]
pub(crate) struct Adder {
    finished: tokio::sync::Notify,
}

impl Adder {
    pub(crate) async fn finished(&self) {
        self.finished.notified().await;
    }
}

impl Adding for Adder {
    async fn add(&self, a: i64, b: i64) -> i64 {
        a + b
    }
    async fn add_later(&self, a: i64, b: i64) -> i64 {
        wait_once().await;
        a + b
    }
    fn numbers(&self, count: u64) -> impl Stream<Item = u64> + Send {
        // Three bytes each.
        stream::iter((0..count).map(|number| 100_000 + number % 1_000))
    }
    async fn finish(&self) {
        self.finished.notify_one();
    }
}

/// What is called, by how many callers on one connection, and on which runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scenario {
    what: What,
    alone: bool,
    two_workers: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// A handler that is ready at once.
    Ready,
    /// One that waits once.
    Waits,
    /// Items of one stream to the client, a thousand for each call.
    Stream,
}

impl Scenario {
    /// On one worker.
    pub(crate) fn all() -> Vec<Self> {
        let stream = Self { what: What::Stream, alone: true, two_workers: false };
        Self::unary().into_iter().chain([stream]).collect()
    }

    pub(crate) fn unary() -> [Self; 4] {
        use What::{Ready, Waits};
        [(Ready, true), (Ready, false), (Waits, true), (Waits, false)].map(|(what, alone)| Self {
            what,
            alone,
            two_workers: false,
        })
    }

    /// What is different where tasks move between threads.
    pub(crate) fn on_two_workers() -> [Self; 2] {
        [What::Ready, What::Waits].map(|what| Self { what, alone: false, two_workers: true })
    }

    pub(crate) fn has_two_workers(self) -> bool {
        self.two_workers
    }

    /// Makes that many calls, each caller one after the other.
    pub(crate) async fn call(self, client: &AddingClient, calls: u32) {
        if self.what == What::Stream {
            let items = u64::from(calls) * 1_000;
            let came = client.numbers(items).fold(0, async |came, item| came + u64::from(item.is_ok())).await;
            assert_eq!(came, items);
            return;
        }
        let callers = if self.alone { 1 } else { CALLERS };
        let mut at_work = JoinSet::new();
        for _ in 0..callers {
            let client = AddingClient::from_channel(client.channel().clone());
            at_work.spawn(async move {
                for _ in 0..calls / callers {
                    let sum = match self.what {
                        What::Waits => client.add_later(10, 5).await,
                        _ => client.add(10, 5).await,
                    };
                    assert_eq!(sum, Ok(15));
                }
            });
        }
        at_work.join_all().await;
    }
}

/// As in the file of budgets.
impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.what {
            What::Ready => "ready",
            What::Waits => "waits",
            What::Stream => return f.write_str("stream.1000-items"),
        };
        let callers = if self.alone { "alone" } else { "64-in-flight" };
        let runtime = if self.two_workers { ".two-workers" } else { "" };
        write!(f, "{what}.{callers}{runtime}")
    }
}

impl FromStr for Scenario {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut all = Self::all().into_iter().chain(Self::on_two_workers());
        let named = all.find(|scenario| scenario.to_string() == text);
        named.ok_or_else(|| format!("there is no scenario `{text}`"))
    }
}

/// Without tokio's `yield_now`, which looks for events in between: sometimes, so that counts vary with it.
async fn wait_once() {
    let mut waited = false;
    let wait = poll_fn(|cx| {
        if waited {
            return Poll::Ready(());
        }
        waited = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    });
    wait.await;
}

const CALLERS: u32 = 64;
