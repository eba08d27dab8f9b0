//! Many calls at once.

use std::sync::Arc;
use std::time::Duration;

use farcall::{Code, Executed, Limits};
use futures::future::join_all;
use tokio::task::JoinSet;

use crate::support::{Hand, Net, Random, Valve, over};

over! {{
    small_calls_do_not_wait_for_large_ones;
    more_callers_than_may_wait_are_refused;
    a_woken_caller_that_gives_up_passes_its_turn_on;
}}

over! {[mem tcp unix abstract_unix] {
    two_thousand_callers_share_the_places;
    many_tasks_with_calls_of_all_sizes;
}}

async fn two_thousand_callers_share_the_places(net: Net) {
    let pair = net.pair().await;
    let desk = &pair.worker.desk;
    let mut calls = JoinSet::new();
    for id in 0..2_000 {
        calls.spawn(pair.client.hold(id));
    }
    desk.running(1_024).await;
    assert_eq!(desk.started(), 1_024);
    desk.open();
    let mut ids: Vec<u64> = calls.join_all().await.into_iter().map(Result::unwrap).collect();
    ids.sort_unstable();
    assert!(ids.into_iter().eq(0..2_000));
    desk.running(0).await;
}

fn narrow() -> Limits {
    Limits { max_calls: 64, max_waiting_calls: 8, ..Limits::default() }
}

async fn more_callers_than_may_wait_are_refused(net: Net) {
    let pair = net.pair_with(Limits::default(), narrow()).await;
    let desk = &pair.worker.desk;
    let mut calls: Vec<_> = (0..72).map(|id| Hand::new(pair.client.hold(id))).collect();
    for call in &mut calls {
        assert!(call.poll().is_pending());
    }
    let error = pair.client.hold(72).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::No));
    for word in ["Work.hold", "8 callers", "max_waiting_calls"] {
        assert!(error.message().contains(word), "{error}");
    }
    desk.until_started(64).await;
    desk.open();
    let ids = join_all(calls.iter_mut().map(|call| call.poll_times(usize::MAX))).await;
    assert!(ids.into_iter().map(|id| id.unwrap().unwrap()).eq(0..72));
}

/// The wake-up of a free place must not be lost with a caller whose deadline has passed meanwhile.
async fn a_woken_caller_that_gives_up_passes_its_turn_on(net: Net) {
    let pair = net.pair_with(Limits::default(), narrow()).await;
    let desk = &pair.worker.desk;
    let mut running: Vec<_> = (0..64).map(|id| Hand::new(pair.client.hold(id))).collect();
    for call in &mut running {
        assert!(call.poll().is_pending());
    }
    desk.until_started(64).await;
    let time = Duration::from_millis(200);
    let deadline = tokio::time::Instant::now() + time;
    let hurried = pair.client.with_timeout(time);
    let mut hurried: Vec<_> = (0..4).map(|id| Hand::new(hurried.hold(100 + id))).collect();
    let mut patient: Vec<_> = (0..4).map(|id| Hand::new(pair.client.hold(200 + id))).collect();
    for call in hurried.iter_mut().chain(&mut patient) {
        assert!(call.poll().is_pending());
    }
    // Four places for the four in front, who look at them when it is too late.
    running.truncate(60);
    tokio::time::sleep_until(deadline).await;
    for call in &mut hurried {
        let error = call.poll_times(usize::MAX).await.unwrap().unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::No), "{error}");
    }
    // The others are still at work: these are the places of the four.
    let mut calls = JoinSet::new();
    for mut call in patient {
        calls.spawn(async move { call.poll_when_woken().await.unwrap() });
    }
    desk.until_started(68).await;
    desk.open();
    let mut ids = calls.join_all().await;
    ids.sort_unstable();
    assert_eq!(ids, [200, 201, 202, 203]);
}

async fn small_calls_do_not_wait_for_large_ones(net: Net) {
    let valve = Valve::new(net.transport());
    let net = net.over(Arc::new(valve.clone()));
    let pair = net.pair().await;
    pair.client.note("first", &[]).await.unwrap();
    // More than goes into the buffer at once, which is 96 KiB and a frame.
    let (count, size) = if net.is_slow() { (1, 150_000) } else { (4, 3_900 << 10) };
    let block = vec![1; size];
    valve.shut();
    let mut large: Vec<_> = (0..count).map(|_| Hand::new(pair.client.note("large", &block))).collect();
    for call in &mut large {
        assert!(call.poll().is_pending());
    }
    let mut small = Hand::new(pair.client.note("small", &[]));
    assert!(small.poll().is_pending());
    valve.open();
    small.poll_times(usize::MAX).await.unwrap().unwrap();
    for call in &mut large {
        assert_eq!(call.poll_times(usize::MAX).await.unwrap().unwrap(), size as u64);
    }
    // The last in the queue needed not even one of the others to be through.
    let notes: Vec<_> = pair.worker.desk.notes().into_iter().map(|(name, _)| name).collect();
    assert_eq!(notes[..2], ["first", "small"], "{notes:?}");
    assert_eq!(notes[2..], vec!["large"; count]);
}

async fn many_tasks_with_calls_of_all_sizes(net: Net) {
    let pair = net.pair().await;
    let mut random = Random::new();
    let mut tasks = JoinSet::new();
    for _ in 0..32 {
        let mut random = Random::from_seed(random.next());
        let client = pair.client.clone();
        tasks.spawn(async move {
            for _ in 0..40 {
                // Small ones often, large ones rarely.
                let bound = 1 << random.below(19);
                let size = random.below(bound) as usize;
                let byte = random.below(256) as u8;
                let back = client.slice(&vec![byte; size]).await.unwrap();
                assert!(back == vec![byte; size], "{size} times {byte}");
            }
        });
    }
    tasks.join_all().await;
}
