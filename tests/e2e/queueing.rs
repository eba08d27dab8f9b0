//! More callers than the server takes at once.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Mutex;
use std::sync::{Arc, atomic::AtomicU64, atomic::Ordering};
use std::task::{Context, Wake, Waker};

use farcall::Limits;
use tokio::task::JoinSet;

use crate::support::{Hand, Net, Pair, over, within};

over! {{
    callers_take_turns;
    who_is_woken_and_never_polled_keeps_nobody_out;
    a_waker_may_own_a_call;
}}

// Large bodies take too long over the others.
over! {[mem tcp unix] {
    large_bodies_take_turns_with_small_ones;
}}

fn few() -> Limits {
    Limits { max_calls: Limits::FLOOR_CALLS, max_call_bytes: 4 << 20, ..Limits::default() }
}

async fn callers_take_turns(net: Net) {
    let Pair { server: _server, client, .. } = net.pair_with(few(), few()).await;
    let rounds: u64 = if net.is_slow() { 10 } else { 100 };
    let total = Arc::new(AtomicU64::new(0));
    let mut callers = JoinSet::new();
    for caller in 0..96 {
        let (client, total) = (client.clone(), Arc::clone(&total));
        callers.spawn(async move {
            let mut answers = 0_u64;
            while total.fetch_add(1, Ordering::Relaxed) < 96 * rounds {
                client.add(caller, 1).await.unwrap();
                answers += 1;
            }
            answers
        });
    }
    let answers = callers.join_all().await;
    let least = answers.iter().min().copied().unwrap();
    assert!(least >= rounds / 10, "of {rounds} turns one caller got {least}: {answers:?}");
}

async fn large_bodies_take_turns_with_small_ones(net: Net) {
    let Pair { server: _server, client, .. } = net.pair_with(few(), few()).await;
    let (done, _) = tokio::sync::watch::channel(false);
    let mut callers = JoinSet::new();
    for _ in 0..80 {
        let (client, done) = (client.clone(), done.subscribe());
        callers.spawn(async move {
            let block = vec![1; 10_000];
            while !*done.borrow() {
                client.note("small", &block).await.unwrap();
            }
        });
    }
    let block = vec![2; 4_000_000];
    for _ in 0..3 {
        assert_eq!(client.note("large", &block).await.unwrap(), 4_000_000);
    }
    done.send_replace(true);
    callers.join_all().await;
}

async fn who_is_woken_and_never_polled_keeps_nobody_out(net: Net) {
    let Pair { server: _server, client, worker } = net.pair_with(few(), few()).await;
    let mut holding: Vec<_> = (0..64).map(|id| Hand::new(client.hold(id))).collect();
    let mut asleep: Vec<_> = (0..200).map(|_| Hand::new(client.add(1, 2))).collect();
    holding.iter_mut().for_each(|call| assert!(call.poll().is_pending()));
    asleep.iter_mut().for_each(|call| assert!(call.poll().is_pending()));
    worker.desk.open();
    for call in &mut holding {
        call.poll_times(usize::MAX).await.unwrap().unwrap();
    }
    for _ in 0..10 {
        assert_eq!(client.add(3, 4).await.unwrap(), 7);
    }
    for call in &mut asleep {
        assert_eq!(call.poll_times(usize::MAX).await.unwrap().unwrap(), 3);
    }
}

/// The waker of one task may hold the last handle on another one, and that a call on the same connection.
async fn a_waker_may_own_a_call(net: Net) {
    struct Owner(#[expect(dead_code, reason = "dropped with the waker")] Mutex<Owned>);
    type Owned = Pin<Box<dyn Future<Output = ()> + Send>>;
    impl Wake for Owner {
        fn wake(self: Arc<Self>) {}
    }
    let Pair { server: _server, client, .. } = net.pair_with(few(), few()).await;
    let owner = || {
        let client = client.clone();
        let mut owned: Owned = Box::pin(async move { client.stay().await.unwrap() });
        assert!(owned.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        Waker::from(Arc::new(Owner(Mutex::new(owned))))
    };
    {
        let mut call = pin!(client.stay());
        assert!(call.as_mut().poll(&mut Context::from_waker(&owner())).is_pending());
        assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert!(call.as_mut().poll(&mut Context::from_waker(&owner())).is_pending());
    }
    // The same while waiting for a place.
    let mut holding: Vec<_> = (0..70).map(|id| Hand::new(client.hold(id))).collect();
    holding.iter_mut().for_each(|call| assert!(call.poll().is_pending()));
    {
        let mut call = pin!(client.stay());
        assert!(call.as_mut().poll(&mut Context::from_waker(&owner())).is_pending());
        assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert!(call.as_mut().poll(&mut Context::from_waker(&owner())).is_pending());
    }
    drop(holding);
    assert_eq!(within(client.add(1, 2)).await.unwrap(), 3);
}
