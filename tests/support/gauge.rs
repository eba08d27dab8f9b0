use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;

use farcall::Context;
use futures::{Stream, StreamExt, stream};
use tokio::sync::watch;

/// What a test knows of the streams at work, and how it lets them go on.
pub(crate) struct Gauge {
    /// Handlers and their streams that are there.
    alive: watch::Sender<usize>,
    /// Handlers that ever began.
    begun: watch::Sender<usize>,
    /// Items that streams of handlers have given.
    given: watch::Sender<u64>,
    /// Items that handlers have taken from streams of their callers.
    taken: watch::Sender<u64>,
    gate: watch::Sender<bool>,
    /// How many items came before each end that a handler has seen.
    ends: Mutex<Vec<u64>>,
    context: watch::Sender<Option<Context>>,
}

impl Default for Gauge {
    fn default() -> Self {
        Self {
            alive: watch::Sender::new(0),
            begun: watch::Sender::new(0),
            given: watch::Sender::new(0),
            taken: watch::Sender::new(0),
            gate: watch::Sender::new(false),
            ends: Mutex::default(),
            context: watch::Sender::new(None),
        }
    }
}

impl Gauge {
    /// Waits until so many handlers or streams of handlers are there.
    pub(crate) async fn alive(&self, count: usize) {
        self.alive.subscribe().wait_for(|alive| *alive == count).await.unwrap();
    }

    pub(crate) fn begun(&self) -> usize {
        *self.begun.borrow()
    }

    /// Waits until so many handlers have begun.
    pub(crate) async fn until_begun(&self, count: usize) {
        self.begun.subscribe().wait_for(|begun| *begun >= count).await.unwrap();
    }

    pub(crate) fn given(&self) -> u64 {
        *self.given.borrow()
    }

    pub(crate) async fn until_given(&self, count: u64) {
        self.given.subscribe().wait_for(|given| *given >= count).await.unwrap();
    }

    pub(crate) fn taken(&self) -> u64 {
        *self.taken.borrow()
    }

    pub(crate) async fn until_taken(&self, count: u64) {
        self.taken.subscribe().wait_for(|taken| *taken >= count).await.unwrap();
    }

    /// Lets those go on that wait for it, now and later.
    pub(crate) fn open(&self) {
        self.gate.send_replace(true);
    }

    pub(crate) async fn opened(&self) {
        self.gate.subscribe().wait_for(|open| *open).await.unwrap();
    }

    /// How many items came before each end that a handler has seen.
    pub(crate) fn ends(&self) -> Vec<u64> {
        self.ends.lock().unwrap().clone()
    }

    /// The context of the handler that noted it last.
    pub(crate) fn context(&self) -> Option<Context> {
        self.context.borrow().clone()
    }

    pub(crate) fn note_context(&self) {
        self.context.send_replace(Some(Context::current()));
    }

    /// A handler begins.
    pub(crate) fn enter(&self) -> Inside<'_> {
        self.begun.send_modify(|begun| *begun += 1);
        self.alive.send_modify(|alive| *alive += 1);
        Inside(self)
    }

    /// A stream of a handler, which is counted as long as it lives.
    pub(crate) fn giving<S: Stream + Send>(
        &self,
        items: S,
    ) -> impl Stream<Item = S::Item> + Send + use<'_, S> {
        let inside = self.enter();
        items.inspect(move |_| {
            // All of it is moved in, not only what it refers to.
            let Inside(gauge) = &inside;
            gauge.given.send_modify(|given| *given += 1);
        })
    }

    /// What a handler sees of a stream of its caller.
    pub(crate) fn taking<S: Stream + Send>(
        &self,
        items: S,
    ) -> impl Stream<Item = S::Item> + Send + use<'_, S> {
        let count = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&count);
        let items = items.inspect(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
            self.taken.send_modify(|taken| *taken += 1);
        });
        items.chain(stream::poll_fn(move |_| {
            self.ends.lock().unwrap().push(count.load(Ordering::SeqCst));
            Poll::Ready(None)
        }))
    }
}

/// Leaves when its handler ends or is dropped.
pub(crate) struct Inside<'g>(&'g Gauge);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.alive.send_modify(|alive| *alive -= 1);
    }
}
