use std::iter;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::task::{JoinHandle, spawn_local};
use tokio::time::sleep;

use super::Slice;
use crate::peers::Peer;

/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_millis(1);

/// What callers and the one who measures them share.
#[derive(Default)]
pub(super) struct Tally {
    /// Only its caller writes it. With a cache line of its own, as the next one's would otherwise slow this one down.
    calls: Vec<OwnLine>,
    over: AtomicBool,
}

#[derive(Default)]
#[repr(align(128))]
struct OwnLine(AtomicU64);

/// A caller's own place in the [`Tally`].
pub(super) struct Counter {
    tally: Arc<Tally>,
    caller: usize,
}

impl Counter {
    pub(super) fn caller(&self) -> usize {
        self.caller
    }

    pub(super) fn is_over(&self) -> bool {
        self.tally.over.load(Ordering::Relaxed)
    }

    pub(super) fn add_one(&self) {
        let OwnLine(calls) = &self.tally.calls[self.caller];
        calls.store(calls.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
    }
}

/// Calls per second of callers in tasks of their own. `caller` makes the future of one, which calls until its counter
/// says that it is over. Slow calls get the time for one of each caller. Both ends of that time are ends of calls, as
/// the replies to slow ones come in groups.
pub(super) async fn rate<P, F>(slice: Slice, callers: usize, mut caller: impl FnMut(Counter) -> F) -> f64
where
    P: Peer,
    F: Future<Output = ()> + Send + 'static,
{
    let calls = iter::repeat_with(OwnLine::default).take(callers).collect();
    let tally = Arc::new(Tally { calls, over: AtomicBool::new(false) });
    let tasks: Vec<_> = (0..callers)
        .map(|number| spawn::<P, _>(caller(Counter { tally: Arc::clone(&tally), caller: number })))
        .collect();
    let calls = || tally.calls.iter().map(|OwnLine(calls)| calls.load(Ordering::Relaxed)).sum::<u64>();
    let reach = async |least| {
        while calls() < least {
            sleep(PAUSE).await;
        }
        (Instant::now(), calls())
    };
    sleep(slice.warm_up).await;
    let (start, before) = reach(calls() + 1).await;
    sleep(slice.measured).await;
    let (end, after) = reach((calls() + 1).max(before + callers as u64)).await;
    tally.over.store(true, Ordering::Relaxed);
    for task in tasks {
        if let Err(error) = task.await {
            resume_unwind(error.into_panic());
        }
    }
    (after - before) as f64 / (end - start).as_secs_f64()
}

fn spawn<P: Peer, F: Future<Output = ()> + Send + 'static>(caller: F) -> JoinHandle<()> {
    if P::ONE_THREAD { spawn_local(caller) } else { tokio::spawn(caller) }
}
