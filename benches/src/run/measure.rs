use std::panic::resume_unwind;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::LocalSet;
use tokio::time::timeout;

use super::child::Child;
use super::{Place, Processes, Threads};
use crate::peers::Peer;
use crate::scenarios::{Bench, Figure, Scenario, Slice};

/// Of any measurement. A peer that hangs ends with a panic, as one does that replies wrongly.
const PATIENCE: Duration = Duration::from_secs(60);

/// Everything is made afresh: runtimes, server, connections.
pub fn measure<P: Peer>(scenario: Scenario, place: Place, slice: Slice) -> Vec<Figure> {
    let bench = move |address, server| Bench { address, server, slice };
    match place.processes {
        Processes::Two => {
            let child = Child::start(P::NAME, place.threads);
            let bench = bench(child.address.clone(), Some(child.id()));
            on_runtime::<P, _>(place.threads, patiently::<P>(scenario, bench))
        }
        Processes::One if P::ONE_THREAD && place.threads == Threads::Multi => {
            beside_a_server::<P, _>(|address| patiently::<P>(scenario, bench(address, None)))
        }
        Processes::One => on_runtime::<P, _>(place.threads, async move {
            let (address, _server) = P::serve().await;
            patiently::<P>(scenario, bench(address, None)).await
        }),
    }
}

async fn patiently<P: Peer>(scenario: Scenario, bench: Bench) -> Vec<Figure> {
    timeout(PATIENCE, scenario.run::<P>(bench)).await.expect("an end within a minute")
}

pub fn on_runtime<P: Peer, F>(threads: Threads, work: F) -> F::Output
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    if P::ONE_THREAD {
        return LocalSet::new().block_on(&Threads::Current.runtime(), work);
    }
    // On a worker: the thread of `block_on` is not one, and every wake-up of it would cross threads.
    let output = threads.runtime().block_on(async { tokio::spawn(work).await });
    output.unwrap_or_else(|error| resume_unwind(error.into_panic()))
}

/// What two workers are for peers that cannot move between them: a thread for each end.
fn beside_a_server<P: Peer, F>(work: impl FnOnce(String) -> F) -> F::Output
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    let (ready, address) = mpsc::channel();
    let (stop, stopped) = oneshot::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(|| {
            on_runtime::<P, _>(Threads::Current, async move {
                let (address, _server) = P::serve().await;
                ready.send(address).expect("somebody to tell");
                _ = stopped.await;
            });
        });
        // Also when it panics: the scope waits for the server.
        let _stop = stop;
        on_runtime::<P, _>(Threads::Current, work(address.recv().expect("an address")))
    })
}
