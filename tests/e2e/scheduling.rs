//! Where handlers run.

use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use farcall::{Client, rpc_service};

use crate::support::{Hand, Net, over, within};

over! {{
    spawned_methods_have_a_task_of_their_own;
    a_blocking_handler_holds_nobody_up;
    a_blocking_handler_runs_to_its_end_although_its_caller_has_gone;
}}

#[rpc_service]
trait Places {
    #[rpc(spawn)]
    async fn spawned(&self) -> bool;
    #[rpc(blocking)]
    fn blocks(&self) -> u8;
    async fn quick(&self) -> u8;
}

struct Here {
    release: Mutex<mpsc::Receiver<u8>>,
    entered: tokio::sync::watch::Sender<usize>,
    left: tokio::sync::watch::Sender<usize>,
}

impl Places for Here {
    async fn spawned(&self) -> bool {
        tokio::task::try_id().is_some()
    }
    fn blocks(&self) -> u8 {
        self.entered.send_modify(|entered| *entered += 1);
        let number = self.release.lock().unwrap().recv_timeout(Duration::from_secs(30)).unwrap();
        self.left.send_modify(|left| *left += 1);
        number
    }
    async fn quick(&self) -> u8 {
        7
    }
}

async fn start(net: &Net) -> (farcall::RunningServer, PlacesClient, Arc<Here>, mpsc::Sender<u8>) {
    let (release, released) = mpsc::channel();
    let here = Arc::new(Here {
        release: Mutex::new(released),
        entered: tokio::sync::watch::Sender::new(0),
        left: tokio::sync::watch::Sender::new(0),
    });
    let server = net.serve(PlacesServer::from_arc(Arc::clone(&here))).await;
    let client = PlacesClient::from_channel(net.client(server.endpoints()).connect().await.unwrap());
    (server, client, here, release)
}

async fn spawned_methods_have_a_task_of_their_own(net: Net) {
    let (_server, client, ..) = start(&net).await;
    assert!(client.spawned().await.unwrap());
}

async fn a_blocking_handler_holds_nobody_up(net: Net) {
    let (_server, client, here, release) = start(&net).await;
    // More than the runtime has threads.
    let mut blocked: Vec<_> = (0..8).map(|_| Hand::new(client.blocks())).collect();
    for call in &mut blocked {
        assert!(call.poll().is_pending());
    }
    here.entered.subscribe().wait_for(|entered| *entered == 8).await.unwrap();
    for _ in 0..100 {
        assert_eq!(client.quick().await.unwrap(), 7);
    }
    for number in 0..8 {
        release.send(number).unwrap();
    }
    let mut numbers = Vec::new();
    for call in &mut blocked {
        numbers.push(call.poll_times(usize::MAX).await.unwrap().unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6, 7]);
}

async fn a_blocking_handler_runs_to_its_end_although_its_caller_has_gone(net: Net) {
    let (_server, client, here, release) = start(&net).await;
    let mut call = Hand::new(client.blocks());
    assert!(call.poll().is_pending());
    here.entered.subscribe().wait_for(|entered| *entered == 1).await.unwrap();
    drop(call);
    assert_eq!(within(client.quick()).await.unwrap(), 7);
    release.send(1).unwrap();
    here.left.subscribe().wait_for(|left| *left == 1).await.unwrap();
    assert_eq!(client.quick().await.unwrap(), 7);
}
