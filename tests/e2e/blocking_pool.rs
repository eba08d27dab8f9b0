//! Blocking handlers when the pool has no thread for them.

use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use farcall::rpc_service;
use tokio::sync::watch;

use crate::support::{Hand, Net, within_blocking};

#[rpc_service]
trait Pool {
    #[rpc(blocking)]
    fn blocks(&self, id: u8) -> u8;
    async fn quick(&self) -> u8;
}

struct Here {
    release: Mutex<mpsc::Receiver<()>>,
    entered: watch::Sender<Vec<u8>>,
}

impl Pool for Here {
    fn blocks(&self, id: u8) -> u8 {
        self.entered.send_modify(|entered| entered.push(id));
        self.release.lock().unwrap().recv_timeout(Duration::from_secs(30)).unwrap();
        id
    }
    async fn quick(&self) -> u8 {
        7
    }
}

/// One thread: what comes second waits for the first.
#[test]
fn a_call_that_ends_while_it_waits_for_a_thread_is_not_executed() {
    within_blocking(|| {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(1)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(cancelled_and_expired_in_the_queue());
    });
}

async fn cancelled_and_expired_in_the_queue() {
    let net = Net::mem();
    let (release, released) = mpsc::channel();
    let here = Arc::new(Here { release: Mutex::new(released), entered: watch::Sender::new(Vec::new()) });
    let server = net.serve(PoolServer::from_arc(Arc::clone(&here))).await;
    let client: PoolClient = net.connect(&server).await;
    let mut first = Hand::new(client.blocks(1));
    assert!(first.poll().is_pending());
    here.entered.subscribe().wait_for(|entered| !entered.is_empty()).await.unwrap();

    let mut cancelled = Hand::new(client.blocks(2));
    assert!(cancelled.poll().is_pending());
    // Behind it on the same connection.
    assert_eq!(client.quick().await.unwrap(), 7);
    drop(cancelled);
    let expired = client.with_timeout(Duration::from_millis(50)).blocks(3).await.unwrap_err();
    assert_eq!(expired.code(), farcall::Code::DeadlineExceeded, "{expired}");
    assert_eq!(client.quick().await.unwrap(), 7);

    let mut last = Hand::new(client.blocks(4));
    assert!(last.poll().is_pending());
    release.send(()).unwrap();
    release.send(()).unwrap();
    assert_eq!(first.poll_times(usize::MAX).await.unwrap().unwrap(), 1);
    assert_eq!(last.poll_times(usize::MAX).await.unwrap().unwrap(), 4);
    assert_eq!(*here.entered.borrow(), [1, 4]);
}
