//! Dropping calls with streams, at every point.

use std::time::Duration;

use farcall::Limits;
use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt, stream};
use tokio::task::yield_now;

use crate::support::{FlowClient, FlowPair, Hand, Net, Random, drain, flows, hesitant, over};

flows! {
    a_result_stream_may_be_dropped_at_every_await_point;
    an_opening_may_be_dropped_at_every_await_point;
    an_upload_may_be_dropped_at_every_await_point;
    streams_both_ways_may_be_dropped_at_every_await_point;
    large_items_may_be_dropped_at_every_await_point;
}

over! {[mem tcp unix] {
    random_drops_leave_nothing_behind;
}}

/// Polls `call` n times and drops it, for every n; afterwards nothing is left of it.
async fn at_every_await_point(flow: &FlowPair, call: impl Fn(FlowClient) -> BoxFuture<'static, ()>) {
    let step = if flow.is_slow() { 7 } else { 1 };
    for times in (0..).step_by(step) {
        let ended = Hand::new(call(flow.client.clone())).poll_times(times).await;
        flow.is_sound().await;
        if ended.is_some() {
            println!("{times} polls");
            return;
        }
        assert!(times < 3_000, "it should have ended by now");
    }
}

async fn a_result_stream_may_be_dropped_at_every_await_point(flow: FlowPair) {
    at_every_await_point(&flow, |client| {
        async move { assert_eq!(drain(client.hesitant(100)).await.0.len(), 100) }.boxed()
    })
    .await;
}

async fn an_opening_may_be_dropped_at_every_await_point(flow: FlowPair) {
    at_every_await_point(&flow, |client| {
        async move {
            let opened = client.open("numbers", 200).await.unwrap();
            yield_now().await;
            assert_eq!(drain(opened).await.0.len(), 200);
        }
        .boxed()
    })
    .await;
}

async fn an_upload_may_be_dropped_at_every_await_point(flow: FlowPair) {
    at_every_await_point(&flow, |client| {
        async move { assert_eq!(client.sum(hesitant(50)).await.unwrap(), 1_225) }.boxed()
    })
    .await;
    // Ends were seen by those handlers alone to which they were sent.
    assert!(flow.mill.gauge.ends().iter().all(|count| *count == 50), "{:?}", flow.mill.gauge.ends());
}

async fn streams_both_ways_may_be_dropped_at_every_await_point(flow: FlowPair) {
    at_every_await_point(&flow, |client| {
        async move {
            let texts = hesitant(50).map(|number| number.to_string());
            assert_eq!(drain(client.echo(texts.boxed())).await.0.len(), 50);
        }
        .boxed()
    })
    .await;
    assert!(flow.mill.gauge.ends().iter().all(|count| *count == 50), "{:?}", flow.mill.gauge.ends());
}

async fn large_items_may_be_dropped_at_every_await_point(flow: FlowPair) {
    let length = if flow.is_slow() { 20_000 } else { 200_000 };
    at_every_await_point(&flow, |client| {
        async move {
            let blocks = drain(client.blocks(&[length, 1, length, length])).await.0;
            assert_eq!(blocks.len(), 4);
            let lengths = client.lengths(stream::iter(blocks)).await.unwrap();
            assert_eq!(lengths, [length, 1, length, length].map(u64::from));
        }
        .boxed()
    })
    .await;
}

fn any(client: FlowClient, random: &mut Random) -> BoxFuture<'static, ()> {
    let count = random.below(3_000);
    match random.below(12) {
        0 | 1 => async move { drop(drain(client.hesitant(count)).await) }.boxed(),
        2 => async move { drop(drain(client.endless()).await) }.boxed(),
        3 => async move { drop(client.sum(hesitant(count)).await) }.boxed(),
        4 => async move { drop(client.sum(stream::repeat(1)).await) }.boxed(),
        5 => async move { drop(client.late_sum(stream::iter(0..count)).await) }.boxed(),
        6 => {
            let texts = hesitant(count).map(|number| number.to_string()).boxed();
            async move { drop(drain(client.echo(texts)).await) }.boxed()
        }
        7 => async move { drop(drain(client.breaks(count)).await) }.boxed(),
        8 => async move { drop(drain(client.panics(count % 50)).await) }.boxed(),
        9 => async move { drop(drain(client.blocks(&[100_000, 7, 100_000])).await) }.boxed(),
        10 => async move { drop(client.open("numbers", count).await) }.boxed(),
        _ => async move { drop(client.first(count / 2, hesitant(count)).await) }.boxed(),
    }
}

async fn random_drops_leave_nothing_behind(net: Net) {
    std::panic::set_hook(Box::new({
        let usual = std::panic::take_hook();
        move |info| {
            if !info.payload_as_str().is_some_and(|text| text.contains("the secret of the handler")) {
                usual(info);
            }
        }
    }));
    // Few places, so that callers wait for one another.
    let limits = Limits { max_calls: Limits::FLOOR_CALLS, ..Limits::default() };
    let flow = FlowPair::with(&net, limits, Limits::default()).await;
    let mut random = Random::new();
    let mut calls: Vec<Hand<_>> = Vec::new();
    for _ in 0..3_000 {
        let hurried = flow.client.with_timeout(Duration::from_micros(random.below(5_000)));
        let client = if random.below(6) == 0 { hurried } else { flow.client.clone() };
        let mut call = Hand::new(any(client, &mut random));
        if call.poll().is_pending() {
            calls.push(call);
        }
        for _ in 0..random.below(8) {
            if !calls.is_empty() {
                let at = random.below(calls.len() as u64) as usize;
                if calls[at].poll().is_ready() {
                    drop(calls.swap_remove(at));
                }
            }
            if random.below(3) == 0 {
                yield_now().await;
            }
        }
        while calls.len() > random.below(90) as usize {
            let at = random.below(calls.len() as u64) as usize;
            drop(calls.swap_remove(at));
        }
    }
    drop(calls);
    flow.is_sound().await;
    // Every place is usable again.
    let mut all: Vec<_> = (0..Limits::FLOOR_CALLS).map(|_| flow.client.gated()).collect();
    for gated in &mut all {
        assert_eq!(gated.next().await, Some(Ok(1)));
    }
    flow.mill.gauge.open();
    for gated in &mut all {
        assert_eq!((gated.next().await, gated.next().await), (Some(Ok(2)), None));
    }
    flow.is_sound().await;
}
