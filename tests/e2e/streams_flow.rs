//! Back-pressure: who does not read holds back who writes, and nobody else.

use std::sync::atomic::Ordering;

use farcall::{Code, Limits};
use futures::{StreamExt, stream};
use tokio::task::{JoinSet, yield_now};

use crate::support::{FlowPair, Hand, Net, asked, flows, over, whole};

flows! {
    a_consumer_that_stops_holds_back_the_handler;
    a_consumer_that_stops_costs_no_more_for_large_items;
    a_handler_that_does_not_read_holds_back_the_caller;
    an_unpolled_result_stream_pauses_the_upload;
    a_slow_consumer_gets_everything_in_order;
    a_slow_handler_gets_everything_in_order;
    a_stalled_argument_stream_does_not_hold_back_the_other;
    ready_streams_leave_turns_to_others;
}

over! {[mem tcp unix] {
    five_hundred_stalled_streams_and_a_live_one;
    five_hundred_stalled_uploads_and_a_live_one;
    above_max_buffered_bytes_one_stream_ends;
    wide_windows_are_used;
}}

/// What a side may send ahead of its peer's application.
const WINDOW: u64 = 16_384;

/// What a stream may be asked for beyond what was taken: the window, since it is not polled for more than may be sent.
const AHEAD: u64 = WINDOW;

/// Other calls get through meanwhile, and `count` has come to rest.
async fn rests(flow: &FlowPair, count: impl Fn() -> u64) -> u64 {
    let calls = if flow.is_slow() { 100 } else { 1_000 };
    for number in 0..calls {
        assert_eq!(flow.client.add(number, 1).await.unwrap(), number + 1);
    }
    let before = count();
    for number in 0..50 {
        assert_eq!(flow.client.add(number, 1).await.unwrap(), number + 1);
    }
    assert_eq!(count(), before, "it goes on");
    before
}

async fn a_consumer_that_stops_holds_back_the_handler(flow: FlowPair) {
    let mut endless = flow.client.endless();
    let mut expected = 0;
    for stop in [1, 200, 2_500] {
        let stop = if flow.is_slow() { stop / 2 + 1 } else { stop };
        while expected < stop {
            assert_eq!(endless.next().await, Some(Ok(expected)));
            expected += 1;
        }
        let given = rests(&flow, || flow.mill.gauge.given()).await;
        assert!(given <= stop + AHEAD, "{given} were given when {stop} were taken");
    }
    drop(endless);
    flow.is_sound().await;
}

async fn a_consumer_that_stops_costs_no_more_for_large_items(flow: FlowPair) {
    let length = if flow.is_slow() { 5_000 } else { 30_000 };
    let count = if flow.is_slow() { 40 } else { 200 };
    let mut blocks = flow.client.blocks(&vec![length; count]);
    assert!(blocks.next().await.unwrap().is_ok());
    let given = rests(&flow, || flow.mill.gauge.given()).await;
    // The window of 64 KiB, one that goes beyond, and as much again that waits to be sent.
    let most = 1 + 3 * ((64 << 10) / u64::from(length) + 2);
    assert!(given <= most, "{given} were given");
    assert_eq!(whole(blocks).await.len(), count - 1);
    flow.is_sound().await;
}

async fn a_handler_that_does_not_read_holds_back_the_caller(flow: FlowPair) {
    let total = if flow.is_slow() { 5_000 } else { 50_000 };
    let (items, count) = asked(stream::iter(0..total));
    let call = tokio::spawn(flow.client.late_sum(items));
    flow.mill.gauge.until_begun(1).await;
    let given = rests(&flow, || count.load(Ordering::SeqCst)).await;
    assert!(given <= AHEAD, "{given} were asked for");
    assert_eq!(flow.mill.gauge.taken(), 0);
    flow.mill.gauge.open();
    assert_eq!(call.await.unwrap().unwrap(), (0..total).sum::<u64>());
    flow.is_sound().await;
}

async fn an_unpolled_result_stream_pauses_the_upload(flow: FlowPair) {
    let (texts, count) = asked(stream::iter(0..).map(|number| format!("{number}")));
    let mut back = flow.client.echo(texts);
    for expected in 0..10 {
        assert_eq!(back.next().await, Some(Ok(format!("{expected}"))));
    }
    let before = count.load(Ordering::SeqCst);
    let after = rests(&flow, || count.load(Ordering::SeqCst)).await;
    assert_eq!(before, after, "only who polls the result moves the upload");
    assert!(after <= 10 + 2 * AHEAD, "{after} were asked for");
    // It goes on where it was.
    for expected in 10..3_000 {
        assert_eq!(back.next().await, Some(Ok(format!("{expected}"))));
    }
    drop(back);
    flow.is_sound().await;
}

async fn a_slow_consumer_gets_everything_in_order(flow: FlowPair) {
    let count = if flow.is_slow() { 3_000 } else { 20_000 };
    let mut numbers = flow.client.numbers(count);
    let mut expected = 0;
    while let Some(number) = numbers.next().await {
        assert_eq!(number, Ok(expected));
        expected += 1;
        if expected % 7 == 0 {
            flow.client.add(1, 2).await.unwrap();
        }
        yield_now().await;
    }
    assert_eq!(expected, count);
    flow.is_sound().await;
}

async fn a_slow_handler_gets_everything_in_order(flow: FlowPair) {
    let count = if flow.is_slow() { 3_000 } else { 20_000 };
    let mut back = flow.client.echo(stream::iter(0..count).map(|number| number.to_string()));
    for expected in 0..count {
        assert_eq!(back.next().await, Some(Ok(expected.to_string())));
        yield_now().await;
    }
    assert_eq!(back.next().await, None);
    flow.is_sound().await;
}

async fn a_stalled_argument_stream_does_not_hold_back_the_other(flow: FlowPair) {
    // `pairs` zips, so it takes of both alike; the first is far ahead, the second slow.
    let count = if flow.is_slow() { 1_000 } else { 5_000 };
    let (numbers, ahead) = asked(stream::iter(0..));
    let texts = crate::support::hesitant(count).map(|number| number.to_string());
    let pairs = flow.client.pairs(1, numbers, " ", texts, vec![]).await.unwrap();
    assert!(pairs.iter().zip(0..).all(|(pair, number)| *pair == format!("{number} {number}0")));
    assert_eq!(pairs.len() as u64, count);
    let ahead = ahead.load(Ordering::SeqCst);
    assert!(ahead <= count + AHEAD + 1, "{ahead} were asked for");
    flow.is_sound().await;
}

/// Streams that are always ready, at both ends: nobody else may starve.
async fn ready_streams_leave_turns_to_others(flow: FlowPair) {
    let mut tasks = JoinSet::new();
    for _ in 0..4 {
        let (up, down) = (flow.client.clone(), flow.client.clone());
        tasks.spawn(async move { drop(up.sum(stream::iter(0..)).await) });
        tasks.spawn(async move { down.endless().for_each(|_| std::future::ready(())).await });
    }
    flow.mill.gauge.until_begun(8).await;
    for number in 0..if flow.is_slow() { 2 } else { 20 } {
        assert_eq!(flow.client.add(number, 1).await.unwrap(), number + 1);
    }
    tasks.shutdown().await;
    flow.is_sound().await;
}

/// Of hundreds of streams, lest a test takes millions of items.
const FEW_AHEAD: u64 = 1_024;

fn few_ahead(net: &Net) -> Limits {
    Limits { max_stream_items: FEW_AHEAD as usize, ..net.limits() }
}

async fn five_hundred_stalled_streams_and_a_live_one(net: Net) {
    let flow = FlowPair::with(&net, few_ahead(&net), few_ahead(&net)).await;
    let mut stalled = Vec::new();
    for _ in 0..500 {
        let mut endless = flow.client.endless();
        assert_eq!(endless.next().await, Some(Ok(0)));
        stalled.push(endless);
    }
    let given = rests(&flow, || flow.mill.gauge.given()).await;
    assert!(given <= 500 * (1 + FEW_AHEAD), "{given} were given");
    assert_eq!(whole(flow.client.numbers(20_000)).await, Vec::from_iter(0..20_000));
    assert_eq!(flow.client.sum(stream::iter(0..20_000)).await.unwrap(), 199_990_000);
    for endless in &mut stalled {
        assert_eq!(endless.next().await, Some(Ok(1)));
    }
    drop(stalled);
    flow.is_sound().await;
}

async fn five_hundred_stalled_uploads_and_a_live_one(net: Net) {
    let flow = FlowPair::with(&net, few_ahead(&net), few_ahead(&net)).await;
    let mut calls = JoinSet::new();
    let mut counts = Vec::new();
    for _ in 0..500 {
        let (items, count) = asked(stream::iter(0..2_000));
        calls.spawn(flow.client.late_sum(items));
        counts.push(count);
    }
    flow.mill.gauge.until_begun(500).await;
    let all = || counts.iter().map(|count| count.load(Ordering::SeqCst)).sum::<u64>();
    let given = rests(&flow, all).await;
    assert!(given <= 500 * FEW_AHEAD, "{given} were asked for");
    assert_eq!(whole(flow.client.numbers(20_000)).await, Vec::from_iter(0..20_000));
    assert_eq!(flow.client.sum(stream::iter(0..20_000)).await.unwrap(), 199_990_000);
    flow.mill.gauge.open();
    for sum in calls.join_all().await {
        assert_eq!(sum.unwrap(), 1_999_000);
    }
    flow.is_sound().await;
}

async fn above_max_buffered_bytes_one_stream_ends(net: Net) {
    let few = Limits { max_message: 64 << 10, max_buffered_bytes: 256 << 10, ..Limits::default() };
    let flow = FlowPair::with(&net, Limits::default(), few).await;
    let lengths = vec![20_000; 100];
    let (mut stalled, mut errors) = (Vec::new(), Vec::new());
    for _ in 0..20 {
        let mut blocks = flow.client.blocks(&lengths);
        match blocks.next().await.unwrap() {
            Ok(_) => stalled.push(blocks),
            Err(error) => errors.push(error),
        }
    }
    flow.client.add(1, 2).await.unwrap();
    // Twenty windows are more than there is room for: some end, and say why; the others are whole.
    for blocks in stalled {
        match crate::support::drain(blocks).await {
            (blocks, None) => assert_eq!(blocks.len(), 99),
            (_, Some(error)) => errors.push(error),
        }
    }
    let ended = errors.len();
    for error in errors {
        assert_eq!(error.code(), Code::ResourceExhausted, "{error}");
        assert!(error.message().contains("max_buffered_bytes"), "{error}");
    }
    assert!((1..20).contains(&ended), "{ended} ended");
    flow.is_sound().await;
}

async fn wide_windows_are_used(net: Net) {
    let wide = Limits { max_stream_items: 16_384, max_stream_bytes: 1 << 20, ..Limits::default() };
    let flow = FlowPair::with(&net, wide.clone(), wide).await;
    let mut endless = flow.client.endless();
    assert_eq!(endless.next().await, Some(Ok(0)));
    // Nobody takes them, and still they come.
    flow.mill.gauge.until_given(16_384).await;
    let given = rests(&flow, || flow.mill.gauge.given()).await;
    assert!(given <= 3 * 16_384, "{given} were given");
    drop(endless);
    let mut call = Hand::new(flow.client.late_sum(stream::iter(0..100_000)));
    assert!(call.poll().is_pending());
    flow.mill.gauge.until_begun(1).await;
    flow.mill.gauge.open();
    assert_eq!(call.poll_when_woken().await.unwrap(), 4_999_950_000);
    flow.is_sound().await;
}
