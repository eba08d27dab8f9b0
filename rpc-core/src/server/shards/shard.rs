use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::sync::{oneshot, watch};

use super::local::Local;

/// A thread with a runtime of its own.
pub(super) struct Shard {
    pub(super) runtime: Handle,
    /// Connections that are there, or on their way.
    pub(super) connections: Arc<AtomicUsize>,
}

/// What a thread needs to know of its server.
#[derive(Clone)]
pub(super) struct Server {
    /// It is to end when this is true, or when there is nobody left who could say so.
    pub(super) stop: watch::Receiver<bool>,
    /// Dropped last.
    pub(super) alive: watch::Receiver<()>,
}

impl Shard {
    /// Starts the thread. Dropping the future leaves one behind that ends with its server.
    pub(super) async fn start(number: usize, server: Server) -> io::Result<Self> {
        let (ready, started) = oneshot::channel();
        thread::Builder::new().name(format!("farcall-shard{number}")).spawn(move || run(ready, server))?;
        let runtime = started.await.map_err(|_| io::Error::other("its thread ended at once"))??;
        Ok(Self { runtime, connections: Arc::default() })
    }
}

fn run(ready: oneshot::Sender<io::Result<Handle>>, server: Server) {
    let Server { mut stop, alive } = server;
    let local = Arc::new(Local::default());
    local.enter();
    let of_pool = Arc::clone(&local);
    let runtime = Builder::new_current_thread()
        .enable_all()
        .thread_name("farcall-pool")
        .on_thread_start(move || of_pool.enter())
        .build();
    match runtime {
        Ok(runtime) => {
            // Whoever asked for it may be gone, and then so is the sender of `stop`.
            let _asked = ready.send(Ok(runtime.handle().clone()));
            runtime.block_on(async {
                let _stopped = stop.wait_for(|stop| *stop).await;
                until_idle(&local).await;
            });
        }
        Err(error) => {
            let _asked = ready.send(Err(error));
        }
    }
    drop(alive);
}

/// Waits for what runs on after the server: detached handlers, those that block, what they have spawned, and the
/// connections of clients that were first called there.
async fn until_idle(local: &Local) {
    let metrics = Handle::current().metrics();
    let mut pause = FIRST_LOOK;
    let mut idle = false;
    loop {
        local.let_guests_go();
        tokio::time::sleep(pause).await;
        let was_idle = std::mem::replace(&mut idle, metrics.num_alive_tasks() == 0 && !local.is_busy());
        // A handler may be between the task that has begun it and its thread of the pool.
        if idle && was_idle {
            return;
        }
        pause = if idle { FIRST_LOOK } else { (pause * 2).min(LONGEST_LOOK) };
    }
}

/// Nothing tells a runtime's thread that the last task has ended, so it looks.
const FIRST_LOOK: Duration = Duration::from_millis(1);
const LONGEST_LOOK: Duration = Duration::from_millis(500);
