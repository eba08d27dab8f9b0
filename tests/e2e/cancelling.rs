//! Dropping the future of a call.

use std::time::Duration;

use farcall::Limits;
use tokio::task::{JoinSet, yield_now};

use crate::support::{Hand, Net, Random, over};

over! {{
    dropping_a_call_drops_its_handler;
    dropping_calls_frees_their_places;
    dropping_a_waiting_call_frees_its_place_in_the_queue;
    a_call_may_be_dropped_at_every_await_point;
    a_large_call_may_be_dropped_at_every_await_point;
    a_call_that_was_never_polled_does_nothing;
}}

over! {[mem tcp unix] {
    ten_thousand_random_drops_leave_nothing_behind;
}}

async fn dropping_a_call_drops_its_handler(net: Net) {
    let pair = net.pair().await;
    let desk = &pair.worker.desk;
    let mut one = Hand::new(pair.client.stay());
    let mut other = Hand::new(pair.client.stay());
    assert!(one.poll().is_pending() && other.poll().is_pending());
    desk.running(2).await;
    drop(one);
    desk.running(1).await;
    drop(other);
    desk.running(0).await;
    assert_eq!(pair.client.add(1, 2).await.unwrap(), 3);
}

fn narrow() -> Limits {
    Limits { max_calls: 64, ..Limits::default() }
}

async fn dropping_calls_frees_their_places(net: Net) {
    let pair = net.pair_with(narrow(), Limits::default()).await;
    for round in 1..=3 {
        let mut calls = JoinSet::new();
        for _ in 0..64 {
            calls.spawn(pair.client.stay());
        }
        pair.worker.desk.until_started(64 * round).await;
        // No place is free: the answer shows that one became so.
        let mut next = Hand::new(pair.client.add(1, 2));
        assert!(next.poll().is_pending());
        calls.shutdown().await;
        assert_eq!(next.poll_times(usize::MAX).await.unwrap().unwrap(), 3);
        pair.worker.desk.running(0).await;
    }
}

async fn dropping_a_waiting_call_frees_its_place_in_the_queue(net: Net) {
    let clients = Limits { max_calls: 64, max_waiting_calls: 1, ..Limits::default() };
    let pair = net.pair_with(Limits::default(), clients).await;
    let mut running: Vec<_> = (0..64).map(|_| Hand::new(pair.client.stay())).collect();
    for call in &mut running {
        assert!(call.poll().is_pending());
    }
    pair.worker.desk.until_started(64).await;
    for _ in 0..3 {
        let mut waiting = Hand::new(pair.client.stay());
        assert!(waiting.poll().is_pending());
    }
    let mut last = Hand::new(pair.client.add(1, 2));
    assert!(last.poll().is_pending());
    running.truncate(63);
    assert_eq!(last.poll_times(usize::MAX).await.unwrap().unwrap(), 3);
    assert_eq!(pair.worker.desk.started(), 64);
}

async fn a_call_may_be_dropped_at_every_await_point(net: Net) {
    let pair = net.pair().await;
    let lazy = |first: bool| {
        let channel = net.client(pair.server.endpoints()).build().unwrap();
        let client = <crate::support::WorkClient as farcall::Client>::from_channel(channel);
        if first { client } else { pair.client.clone() }
    };
    // Both on a client that is connected, and on one that has yet to be.
    for connects in [false, true] {
        for times in 0.. {
            let client = lazy(connects);
            let ended = Hand::new(client.once(times, 3)).poll_times(times as usize).await;
            assert_eq!(client.add(1, 2).await.unwrap(), 3);
            if let Some(id) = ended {
                assert_eq!(id.unwrap(), times);
                break;
            }
            assert!(times < 100, "it should have ended by now");
        }
    }
}

async fn a_large_call_may_be_dropped_at_every_await_point(net: Net) {
    let pair = net.pair().await;
    let block = vec![1; if net.is_slow() { 20_000 } else { 1 << 20 }];
    for times in 0.. {
        let ended = Hand::new(pair.client.slice(&block)).poll_times(times).await;
        // Wherever it was broken off, the next one arrives whole.
        assert_eq!(pair.client.add(1, 2).await.unwrap(), 3);
        assert_eq!(pair.client.note("", &block).await.unwrap(), block.len() as u64);
        if ended.is_some() {
            break;
        }
        assert!(times < 100, "it should have ended by now");
    }
}

async fn a_call_that_was_never_polled_does_nothing(net: Net) {
    let pair = net.pair().await;
    drop(pair.client.once(1, 0));
    pair.client.once(2, 0).await.unwrap();
    assert_eq!(pair.worker.desk.executions(1), 0);
}

fn poll_or_remove<F: Future>(calls: &mut Vec<Hand<F>>, at: usize) {
    if calls.get_mut(at).is_some_and(|call| call.poll().is_ready()) {
        drop(calls.swap_remove(at));
    }
}

async fn ten_thousand_random_drops_leave_nothing_behind(net: Net) {
    // Few places, so that there is always a queue; callers wait for one another all the time.
    let limits = Limits { max_calls: 64, ..Limits::default() };
    let pair = net.pair_with(limits, Limits::default()).await;
    let desk = &pair.worker.desk;
    let mut random = Random::new();
    let block = vec![1; 100 << 10];
    let mut calls = Vec::new();
    for number in 0..10_000_u64 {
        let client = &pair.client;
        let hurried = client.with_timeout(Duration::from_micros(random.below(2_000)));
        let client = if random.below(8) == 0 { &hurried } else { client };
        let call: Hand<futures::future::BoxFuture<'_, bool>> = Hand::new(match random.below(16) {
            0..=7 => Box::pin({
                let call = client.stay();
                async { call.await.is_ok() }
            }),
            8..=12 => Box::pin({
                let call = client.once(number, 2);
                async { call.await.is_ok() }
            }),
            13 => Box::pin({
                let call = client.panics(1);
                async { call.await.is_ok() }
            }),
            14 => Box::pin({
                let call = client.make(100 << 10);
                async { call.await.is_ok() }
            }),
            _ => Box::pin({
                let call = client.slice(&block);
                async { call.await.is_ok() }
            }),
        });
        calls.push(call);
        let last = calls.len().saturating_sub(1);
        poll_or_remove(&mut calls, last);
        if random.below(4) == 0 {
            yield_now().await;
        }
        if random.below(16) == 0 {
            let at = random.below(100) as usize;
            poll_or_remove(&mut calls, at);
        }
        while calls.len() > random.below(100) as usize {
            let at = random.below(calls.len() as u64) as usize;
            drop(calls.swap_remove(at));
        }
    }
    drop(calls);
    // Those that were dropped on their way to the server do not come after this one.
    pair.client.add(1, 2).await.unwrap();
    desk.running(0).await;
    // Every place is usable again.
    desk.open();
    let all = (0..64).map(|id| pair.client.hold(id));
    for (id, held) in (0..).zip(futures::future::join_all(all).await) {
        assert_eq!(held.unwrap(), id);
    }
}
