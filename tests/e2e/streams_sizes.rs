//! Many items, small ones and large ones, and items that cannot travel.

use bytes::Bytes;
use farcall::{Code, Executed, Limits};
use futures::{StreamExt, stream};

use crate::support::{FlowPair, Fragile, Net, drain, flows, over, whole};

flows! {
    many_small_items_come_down;
    many_small_items_go_up;
    items_of_no_bytes;
    items_of_every_size;
    an_item_that_cannot_be_encoded_ends_its_stream;
    an_item_that_cannot_be_encoded_ends_its_upload;
    an_item_that_cannot_be_decoded_ends_its_stream;
    an_item_that_cannot_be_decoded_ends_its_upload;
}

over! {{
    items_of_max_message_pass_and_longer_ones_end_their_stream;
    items_of_max_message_pass_and_longer_ones_end_their_upload;
}}

fn many(flow: &FlowPair) -> u64 {
    if flow.is_slow() { 10_000 } else { 1_000_000 }
}

async fn many_small_items_come_down(flow: FlowPair) {
    let mut numbers = flow.client.numbers(many(&flow));
    let mut expected = 0;
    while let Some(number) = numbers.next().await {
        assert_eq!(number, Ok(expected));
        expected += 1;
    }
    assert_eq!(expected, many(&flow));
    flow.is_sound().await;
}

async fn many_small_items_go_up(flow: FlowPair) {
    let count = many(&flow);
    assert_eq!(flow.client.sum(stream::iter(0..count)).await.unwrap(), (0..count).sum::<u64>());
    flow.is_sound().await;
    assert_eq!(flow.mill.gauge.ends(), [count]);
}

async fn items_of_no_bytes(flow: FlowPair) {
    let count = many(&flow) / 10;
    assert_eq!(whole(flow.client.nothings(count)).await.len() as u64, count);
    assert_eq!(flow.client.count(stream::iter(0..count).map(|_| ())).await.unwrap(), count);
    flow.is_sound().await;
}

async fn items_of_every_size(flow: FlowPair) {
    let mut lengths = vec![0, 1, 4_095, 4_096, 0, 16_383, 16_384, 20_000, 1];
    if !flow.is_slow() {
        lengths.extend([65_535, 65_536, 65_537, 0, 300 << 10, 1, 300 << 10, (4 << 20) - 4]);
    }
    let blocks = whole(flow.client.blocks(&lengths)).await;
    assert!(blocks.iter().all(|block| block.iter().all(|byte| *byte == 7)));
    assert_eq!(Vec::from_iter(blocks.iter().map(|block| block.len() as u32)), lengths);
    let expected: Vec<_> = lengths.iter().map(|length| u64::from(*length)).collect();
    assert_eq!(flow.client.lengths(stream::iter(blocks)).await.unwrap(), expected);
    let texts: Vec<_> = lengths.iter().map(|length| "ß".repeat(*length as usize / 2)).collect();
    assert!(whole(flow.client.echo(stream::iter(texts.clone()))).await == texts);
    flow.is_sound().await;
}

async fn an_item_that_cannot_be_encoded_ends_its_stream(flow: FlowPair) {
    let (items, error) = drain(flow.client.fragile(vec![1, 2, Fragile::UNWRITABLE, 3])).await;
    assert_eq!(items, [Fragile(1), Fragile(2)]);
    let error = error.unwrap();
    assert_eq!(error.executed(), Executed::Yes, "{error}");
    assert!(error.message().contains("Flow.fragile"), "{error}");
    flow.is_sound().await;
    assert_eq!(flow.mill.gauge.given(), 3);
}

async fn an_item_that_cannot_be_encoded_ends_its_upload(flow: FlowPair) {
    let items = [1, 2, Fragile::UNWRITABLE, 3].map(Fragile);
    let error = flow.client.check(stream::iter(items)).await.unwrap_err();
    assert!(error.message().contains("Flow.check"), "{error}");
    assert!(error.message().contains("brings bad luck"), "{error}");
    flow.is_sound().await;
    assert_eq!(flow.mill.gauge.ends(), Vec::<u64>::new(), "no false end");
    if error.executed() == Executed::No {
        assert_eq!(flow.mill.gauge.begun(), 0, "{error}");
    }
}

async fn an_item_that_cannot_be_decoded_ends_its_stream(flow: FlowPair) {
    let (items, error) = drain(flow.client.fragile(vec![1, 2, Fragile::UNREADABLE, 3])).await;
    assert_eq!(items, [Fragile(1), Fragile(2)]);
    let error = error.unwrap();
    assert_eq!((error.code(), error.executed()), (Code::DataLoss, Executed::Yes), "{error}");
    assert!(error.message().contains("Flow.fragile"), "{error}");
    flow.is_sound().await;
}

async fn an_item_that_cannot_be_decoded_ends_its_upload(flow: FlowPair) {
    let items = [1, 2, Fragile::UNREADABLE, 3].map(Fragile);
    let error = flow.client.check(stream::iter(items)).await.unwrap_err();
    assert_eq!(error.code(), Code::InvalidArgument, "{error}");
    assert_ne!(error.executed(), Executed::No, "{error}");
    assert!(error.message().contains("Flow.check"), "{error}");
    flow.is_sound().await;
    assert_eq!(flow.mill.gauge.ends(), Vec::<u64>::new(), "no false end");
}

/// The longest message, and blocks that fill it: their length takes three bytes.
fn tight(net: &Net) -> (Limits, u32) {
    let longest = if net.is_slow() { 20_000 } else { 100_000 };
    (Limits { max_message: longest as usize, ..net.limits() }, longest - 3)
}

async fn items_of_max_message_pass_and_longer_ones_end_their_stream(net: Net) {
    let (tight, most) = tight(&net);
    // Who receives decides, and who sends sees to it.
    let flow = FlowPair::with(&net, net.limits(), tight).await;
    assert_eq!(whole(flow.client.blocks(&[most, 1, most])).await.len(), 3);
    let (items, error) = drain(flow.client.blocks(&[1, most, most + 1, 1])).await;
    assert_eq!(items.len(), 2);
    let error = error.unwrap();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::Yes), "{error}");
    assert!(error.message().contains("max_message"), "{error}");
    flow.is_sound().await;
}

async fn items_of_max_message_pass_and_longer_ones_end_their_upload(net: Net) {
    let (tight, most) = tight(&net);
    let flow = FlowPair::with(&net, tight, net.limits()).await;
    let block = |length: u32| Bytes::from(vec![7; length as usize]);
    let passes = flow.client.lengths(stream::iter([most, 1, most].map(block))).await;
    assert_eq!(passes.unwrap(), [most.into(), 1, most.into()]);
    let error = flow.client.lengths(stream::iter([1, most, most + 1, 1].map(block))).await.unwrap_err();
    assert_eq!(error.code(), Code::ResourceExhausted, "{error}");
    assert!(error.message().contains("max_message"), "{error}");
    flow.is_sound().await;
    assert_eq!(flow.mill.gauge.ends(), [3], "no false end");
}
