//! Handlers that panic.

use farcall::{Code, Executed, Fault, RpcError};
use tokio::task::JoinSet;

use crate::support::{Hand, Net, over};

over! {{
    a_panic_before_the_first_await_is_told_without_its_text;
    a_panic_after_an_await_is_told_without_its_text;
    other_calls_do_not_notice;
}}

over! {[mem tcp unix abstract_unix] {
    a_thousand_panics_among_good_calls;
}}

fn assert_panicked(error: &RpcError) {
    assert_eq!(
        (error.code(), error.executed(), error.fault()),
        (Code::Internal, Executed::Yes, Fault::Handler)
    );
    assert!(error.message().starts_with("the handler of `Work.panics` panicked (id "), "{error}");
    assert!(!format!("{error:?}").contains("secret"), "{error:?}");
}

async fn a_panic_before_the_first_await_is_told_without_its_text(net: Net) {
    let pair = net.pair().await;
    let one = pair.client.panics(0).await.unwrap_err();
    let other = pair.client.panics(0).await.unwrap_err();
    assert_panicked(&one);
    assert_panicked(&other);
    // By its id each is found in the log.
    assert_ne!(one.message(), other.message());
}

async fn a_panic_after_an_await_is_told_without_its_text(net: Net) {
    let pair = net.pair().await;
    assert_panicked(&pair.client.panics(1).await.unwrap_err());
    assert_panicked(&pair.client.panics(3).await.unwrap_err());
}

async fn other_calls_do_not_notice(net: Net) {
    let pair = net.pair().await;
    let mut holding = Hand::new(pair.client.hold(5));
    assert!(holding.poll().is_pending());
    pair.worker.desk.running(1).await;
    assert_panicked(&pair.client.panics(0).await.unwrap_err());
    assert_panicked(&pair.client.panics(2).await.unwrap_err());
    pair.worker.desk.open();
    assert_eq!(holding.poll_times(usize::MAX).await.unwrap().unwrap(), 5);
}

async fn a_thousand_panics_among_good_calls(net: Net) {
    std::panic::set_hook(Box::new({
        let usual = std::panic::take_hook();
        move |info| {
            // Else the output of the tests would be this one's alone.
            if !info.payload_as_str().is_some_and(|text| text.contains("the secret of the handler")) {
                usual(info);
            }
        }
    }));
    let pair = net.pair().await;
    let mut calls = JoinSet::new();
    for number in 0..1_000 {
        let bad = pair.client.panics(number % 3);
        calls.spawn(async move { assert_panicked(&bad.await.unwrap_err()) });
        let good = pair.client.add(number.into(), 1);
        calls.spawn(async move { assert_eq!(good.await.unwrap(), i64::from(number) + 1) });
    }
    calls.join_all().await;
    assert_eq!(pair.client.add(1, 2).await.unwrap(), 3);
}
