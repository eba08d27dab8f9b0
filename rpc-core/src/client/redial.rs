use std::sync::Arc;

use super::callers::tell;
use super::connector::{Connector, Watch};
use super::{failure, timers};
use crate::RpcError;
use crate::poll::unless;

/// The task that dials until there is a connection, or nobody who waits for one.
pub(super) struct Redial {
    connector: Arc<Connector>,
    ended: bool,
}

impl Redial {
    pub(super) fn new(connector: Arc<Connector>) -> Self {
        Self { connector, ended: false }
    }

    pub(super) async fn run(mut self) {
        let news = match timers::check() {
            Err(error) => Some(Err(error)),
            Ok(()) => unless(self.dial(), self.watch()).await.unwrap_or_else(|| Some(Err(failure::closed()))),
        };
        self.ended = true;
        if let Some(news) = news {
            tell(self.connector.ended(), &news);
        }
    }

    /// What the callers are to be told; `None` if there are none.
    async fn dial(&self) -> Option<Result<(), RpcError>> {
        loop {
            let pause = self.connector.pause();
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
            if self.connector.ends() {
                return None;
            }
            let dialled = self.connector.dial().await;
            match self.connector.dialled(dialled) {
                // What it said is kept; the next attempt follows.
                Err(error) if failure::may_pass(&error) => {}
                news => return Some(news),
            }
        }
    }

    /// Tells callers that their deadlines have passed, up to the end of the client.
    async fn watch(&self) {
        while let Watch::Until(next) = self.connector.watch() {
            let changed = self.connector.changed.notified();
            match next {
                Some(next) => {
                    let _either = tokio::time::timeout_at(next.into(), changed).await;
                }
                None => changed.await,
            }
        }
    }
}

/// The runtime is gone, and with it all that was under way.
impl Drop for Redial {
    fn drop(&mut self) {
        if !self.ended {
            tell(self.connector.ended(), &Err(failure::runtime_gone()));
        }
    }
}
