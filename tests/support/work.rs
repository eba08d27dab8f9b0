use std::collections::HashMap;
use std::future::pending;
use std::sync::Mutex;

use bytes::Bytes;
use farcall::{Code, Context, MetadataValue, RpcError, rpc_service};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio::task::yield_now;

#[derive(Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub(crate) enum WorkError {
    #[error("division by zero")]
    DivideByZero,
}

/// What a handler saw of its context.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) peer: String,
    pub(crate) has_deadline: bool,
    pub(crate) text: Option<String>,
    pub(crate) binary: Option<Vec<u8>>,
    pub(crate) entries: usize,
}

#[rpc_service]
pub(crate) trait Work {
    async fn add(&self, a: i64, b: i64) -> i64;
    async fn divide(&self, a: i64, b: i64) -> Result<i64, WorkError>;
    async fn find(&self, key: &str) -> Result<String, RpcError>;
    fn plain(&self, number: u32) -> u32;
    async fn nothing(&self);
    async fn text(&self, text: &str) -> String;
    async fn texts(&self, texts: &[String]) -> Vec<String>;
    async fn slice(&self, block: &[u8]) -> Vec<u8>;
    async fn owned(&self, block: Vec<u8>) -> Vec<u8>;
    async fn shared(&self, block: Bytes) -> Bytes;
    /// A block of that length.
    async fn make(&self, length: u64) -> Bytes;
    /// Notes `name` and how many bytes came with it.
    async fn note(&self, name: &str, block: &[u8]) -> u64;
    /// Counts its executions by id.
    async fn once(&self, id: u64, turns: u32) -> u64;
    /// Waits until the gate is open.
    async fn hold(&self, id: u64) -> u64;
    /// Waits for ever.
    async fn stay(&self);
    #[rpc(timeout = "30ms")]
    async fn hurried(&self);
    async fn panics(&self, turns: u32) -> u32;
    async fn seen(&self, context: &Context) -> Seen;
    /// Milliseconds left, if there is a deadline.
    async fn remaining(&self) -> Option<u64>;
}

/// What a test knows of the handlers at work, and how it lets them go on.
pub(crate) struct Desk {
    /// Handlers that wait.
    running: watch::Sender<usize>,
    /// Handlers that ever waited.
    started: watch::Sender<usize>,
    gate: watch::Sender<bool>,
    notes: Mutex<Vec<(String, usize)>>,
    executions: Mutex<HashMap<u64, u32>>,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            running: watch::Sender::new(0),
            started: watch::Sender::new(0),
            gate: watch::Sender::new(false),
            notes: Mutex::default(),
            executions: Mutex::default(),
        }
    }
}

impl Desk {
    /// Waits until so many handlers are at work.
    pub(crate) async fn running(&self, count: usize) {
        self.running.subscribe().wait_for(|running| *running == count).await.unwrap();
    }

    pub(crate) fn running_now(&self) -> usize {
        *self.running.borrow()
    }

    /// Handlers that ever waited.
    pub(crate) fn started(&self) -> usize {
        *self.started.borrow()
    }

    /// Waits until so many handlers have begun to wait.
    pub(crate) async fn until_started(&self, count: usize) {
        self.started.subscribe().wait_for(|started| *started >= count).await.unwrap();
    }

    /// Lets `hold` return, now and later.
    pub(crate) fn open(&self) {
        self.gate.send_replace(true);
    }

    pub(crate) fn notes(&self) -> Vec<(String, usize)> {
        self.notes.lock().unwrap().clone()
    }

    /// How often the call with this id was executed.
    pub(crate) fn executions(&self, id: u64) -> u32 {
        self.executions.lock().unwrap().get(&id).copied().unwrap_or(0)
    }

    pub(crate) fn begin(&self) -> AtWork<'_> {
        self.started.send_modify(|started| *started += 1);
        self.running.send_modify(|running| *running += 1);
        AtWork(self)
    }
}

/// Fires when its handler ends or is dropped.
pub(crate) struct AtWork<'d>(&'d Desk);

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        self.0.running.send_modify(|running| *running -= 1);
    }
}

#[derive(Default)]
pub(crate) struct Worker {
    pub(crate) desk: Desk,
}

impl Work for Worker {
    async fn add(&self, a: i64, b: i64) -> i64 {
        a + b
    }
    async fn divide(&self, a: i64, b: i64) -> Result<i64, WorkError> {
        a.checked_div(b).ok_or(WorkError::DivideByZero)
    }
    async fn find(&self, key: &str) -> Result<String, RpcError> {
        match key {
            "" => {
                Err(RpcError::new(Code::InvalidArgument, "the key is empty").with_detail("key", vec![1, 2]))
            }
            "endless" => Err(RpcError::new(Code::Aborted, "long ".repeat(1 << 20))),
            key => Ok(format!("found {key}")),
        }
    }
    fn plain(&self, number: u32) -> u32 {
        number + 1
    }
    async fn nothing(&self) {}
    async fn text(&self, text: &str) -> String {
        text.to_owned()
    }
    async fn texts(&self, texts: &[String]) -> Vec<String> {
        texts.iter().rev().cloned().collect()
    }
    async fn slice(&self, block: &[u8]) -> Vec<u8> {
        block.to_vec()
    }
    async fn owned(&self, block: Vec<u8>) -> Vec<u8> {
        block
    }
    async fn shared(&self, block: Bytes) -> Bytes {
        block
    }
    async fn make(&self, length: u64) -> Bytes {
        Bytes::from(vec![7; usize::try_from(length).unwrap()])
    }
    async fn note(&self, name: &str, block: &[u8]) -> u64 {
        self.desk.notes.lock().unwrap().push((name.to_owned(), block.len()));
        block.len() as u64
    }
    async fn once(&self, id: u64, turns: u32) -> u64 {
        *self.desk.executions.lock().unwrap().entry(id).or_default() += 1;
        for _ in 0..turns {
            yield_now().await;
        }
        id
    }
    async fn hold(&self, id: u64) -> u64 {
        let _at_work = self.desk.begin();
        self.desk.gate.subscribe().wait_for(|open| *open).await.unwrap();
        id
    }
    async fn stay(&self) {
        let _at_work = self.desk.begin();
        pending().await
    }
    async fn hurried(&self) {
        self.stay().await;
    }
    async fn panics(&self, turns: u32) -> u32 {
        for _ in 0..turns {
            yield_now().await;
        }
        panic!("the secret of the handler")
    }
    async fn seen(&self, context: &Context) -> Seen {
        let metadata = context.metadata();
        Seen {
            method: context.method().map_or_else(String::new, ToString::to_string),
            peer: context.peer_address().unwrap_or_default().to_owned(),
            has_deadline: context.deadline().is_some(),
            text: metadata.text("text").map(str::to_owned),
            binary: match metadata.get("binary") {
                Some(MetadataValue::Binary(bytes)) => Some(bytes.to_vec()),
                _ => None,
            },
            entries: metadata.iter().count(),
        }
    }
    async fn remaining(&self) -> Option<u64> {
        let remaining = Context::current().remaining()?;
        Some(u64::try_from(remaining.as_millis()).unwrap())
    }
}
