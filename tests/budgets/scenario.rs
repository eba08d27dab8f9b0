use std::fmt;
use std::future::poll_fn;
use std::str::FromStr;
use std::task::Poll;

use farcall::{Client, rpc_service};
use tokio::task::JoinSet;

#[rpc_service]
pub(crate) trait Adding {
    async fn add(&self, a: i64, b: i64) -> i64;
    /// Waits once.
    async fn add_later(&self, a: i64, b: i64) -> i64;
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
    async fn finish(&self) {
        self.finished.notify_one();
    }
}

/// What is called, by how many callers on one connection, and on which runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scenario {
    waits: bool,
    alone: bool,
    two_workers: bool,
}

impl Scenario {
    pub(crate) fn all() -> [Self; 4] {
        [(false, true), (false, false), (true, true), (true, false)].map(|(waits, alone)| Self {
            waits,
            alone,
            two_workers: false,
        })
    }

    /// What is different where tasks move between threads.
    pub(crate) fn on_two_workers() -> [Self; 2] {
        [false, true].map(|waits| Self { waits, alone: false, two_workers: true })
    }

    pub(crate) fn has_two_workers(self) -> bool {
        self.two_workers
    }

    /// Makes that many calls, each caller one after the other.
    pub(crate) async fn call(self, client: &AddingClient, calls: u32) {
        let callers = if self.alone { 1 } else { CALLERS };
        let mut at_work = JoinSet::new();
        for _ in 0..callers {
            let client = AddingClient::from_channel(client.channel().clone());
            at_work.spawn(async move {
                for _ in 0..calls / callers {
                    let sum =
                        if self.waits { client.add_later(10, 5).await } else { client.add(10, 5).await };
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
        let handler = if self.waits { "waits" } else { "ready" };
        let callers = if self.alone { "alone" } else { "64-in-flight" };
        let runtime = if self.two_workers { ".two-workers" } else { "" };
        write!(f, "{handler}.{callers}{runtime}")
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
