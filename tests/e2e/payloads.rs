//! Blocks of every size, and what is too large.

use bytes::Bytes;
use farcall::{Code, Executed, Fault, Limits};

use crate::support::{Net, over};

over! {{
    blocks_of_every_size_go_both_ways;
}}

over! {[mem tcp unix abstract_unix] {
    arguments_above_our_max_message_are_refused_at_home;
    arguments_above_the_servers_max_message_are_refused_at_home;
    an_answer_above_the_servers_max_message_is_told;
    an_answer_above_our_max_message_is_told;
    raised_limits_let_64_mib_pass;
}}

async fn blocks_of_every_size_go_both_ways(net: Net) {
    let pair = net.pair().await;
    // Beside round sizes those where a message becomes one in chunks, and where the last chunk is short.
    let sizes: &[usize] = match net.is_slow() {
        true => &[0, 1, 1 << 10, 20_000],
        false => &[0, 1, 1 << 10, 65_480, 65_535, 65_536, 65_537, 100 << 10, (39 << 20) / 10],
    };
    for &size in sizes {
        let block: Vec<u8> = (0..size).map(|n| (n % 251) as u8).collect();
        assert!(pair.client.slice(&block).await.unwrap() == block, "{size}");
        assert!(pair.client.owned(block.clone()).await.unwrap() == block, "{size}");
        assert!(pair.client.shared(Bytes::from(block.clone())).await.unwrap() == block, "{size}");
        assert_eq!(pair.client.note("", &block).await.unwrap(), size as u64);
        assert!(pair.client.make(size as u64).await.unwrap() == vec![7; size], "{size}");
    }
}

fn small() -> Limits {
    Limits { max_message: 100 << 10, ..Limits::default() }
}

async fn arguments_above_our_max_message_are_refused_at_home(net: Net) {
    let pair = net.pair().await;
    let error = pair.client.slice(&vec![0; 5 << 20]).await.unwrap_err();
    assert_eq!(
        (error.code(), error.executed(), error.fault()),
        (Code::ResourceExhausted, Executed::No, Fault::Caller)
    );
    for word in ["Work.slice", "4194304", "max_message"] {
        assert!(error.message().contains(word), "{error}");
    }
    assert_eq!(pair.client.add(1, 2).await.unwrap(), 3);
}

async fn arguments_above_the_servers_max_message_are_refused_at_home(net: Net) {
    let pair = net.pair_with(small(), Limits::default()).await;
    let error = pair.client.note("big", &vec![0; 200 << 10]).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::No));
    for word in ["Work.note", "204", "102400", "max_message"] {
        assert!(error.message().contains(word), "{error}");
    }
    assert_eq!(pair.worker.desk.notes(), []);
    assert_eq!(pair.client.add(1, 2).await.unwrap(), 3);
}

async fn an_answer_above_the_servers_max_message_is_told(net: Net) {
    let pair = net.pair_with(small(), Limits::default()).await;
    let error = pair.client.make(200 << 10).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::Yes), "{error}");
    for word in ["Work.make", "102400", "max_message"] {
        assert!(error.message().contains(word), "{error}");
    }
    assert_eq!(pair.client.add(1, 2).await.unwrap(), 3);
}

async fn an_answer_above_our_max_message_is_told(net: Net) {
    let pair = net.pair_with(Limits::default(), small()).await;
    let error = pair.client.make(200 << 10).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::Yes), "{error}");
    for word in ["2048", "102400", "max_message"] {
        assert!(error.message().contains(word), "{error}");
    }
    assert_eq!(pair.client.add(1, 2).await.unwrap(), 3);
}

async fn raised_limits_let_64_mib_pass(net: Net) {
    let high = Limits {
        max_message: 65 << 20,
        max_call_bytes: 65 << 20,
        max_reply_bytes: 65 << 20,
        ..Limits::default()
    };
    let pair = net.pair_with(high.clone(), high).await;
    let block = vec![3; 64 << 20];
    assert_eq!(pair.client.note("large", &block).await.unwrap(), 64 << 20);
    assert!(pair.client.owned(block.clone()).await.unwrap() == block);
}
