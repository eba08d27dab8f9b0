//! Every shape of method, and borrowed arguments.

use farcall::{CallError, CallResultExt, Code, Executed, RpcError};

use crate::support::{Net, WorkError, over};

over! {{
    values;
    results;
    errors_that_the_handler_picks;
    an_error_too_long_for_the_wire_keeps_its_code;
    borrowed_text;
    borrowed_values;
}}

async fn values(net: Net) {
    let pair = net.pair().await;
    let sum: Result<i64, RpcError> = pair.client.add(-7, i64::MAX).await;
    assert_eq!(sum.unwrap(), i64::MAX - 7);
    assert_eq!(pair.client.plain(41).await.unwrap(), 42);
    let unit: Result<(), RpcError> = pair.client.nothing().await;
    unit.unwrap();
}

async fn results(net: Net) {
    let pair = net.pair().await;
    let good: Result<i64, CallError<WorkError>> = pair.client.divide(7, 2).await;
    assert_eq!(good.unwrap(), 3);
    assert_eq!(pair.client.divide(7, 0).await.unwrap_err(), CallError::App(WorkError::DivideByZero));
    assert_eq!(pair.client.divide(7, 0).await.split().unwrap().unwrap_err(), WorkError::DivideByZero);
}

async fn errors_that_the_handler_picks(net: Net) {
    let pair = net.pair().await;
    assert_eq!(pair.client.find("it").await.unwrap(), "found it");
    let error: RpcError = pair.client.find("").await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::InvalidArgument, Executed::Yes));
    assert_eq!(error.message(), "the key is empty");
    assert_eq!(error.details().len(), 1);
    assert_eq!((&*error.details()[0].kind, &*error.details()[0].value), ("key", &[1, 2][..]));
}

async fn an_error_too_long_for_the_wire_keeps_its_code(net: Net) {
    let pair = net.pair().await;
    let error = pair.client.find("endless").await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Aborted, Executed::Yes), "{error}");
    assert_eq!(pair.client.add(1, 2).await.unwrap(), 3);
}

async fn borrowed_text(net: Net) {
    let pair = net.pair().await;
    let mut texts = vec![String::new(), "plain".to_owned(), "größer 🦀 \0\n\\\"".to_owned()];
    // In chunks, and each character is cut by some chunk's border.
    texts.push("🦀ß".repeat(if net.is_slow() { 4_000 } else { 600_000 }));
    for text in &texts {
        assert!(pair.client.text(text).await.unwrap() == *text, "{} bytes", text.len());
    }
    // The borrow is as short as the call.
    let answer = {
        let short = String::from("short");
        pair.client.text(&short).await.unwrap()
    };
    assert_eq!(answer, "short");
}

async fn borrowed_values(net: Net) {
    let pair = net.pair().await;
    let texts: Vec<String> = ["", "ä", "b"].map(str::to_owned).into();
    let back = pair.client.texts(&texts).await.unwrap();
    assert_eq!(back, ["b", "ä", ""]);
    assert_eq!(pair.client.texts(&[]).await.unwrap(), Vec::<String>::new());
    let many: Vec<String> =
        (0..if net.is_slow() { 1_000 } else { 100_000 }).map(|n| format!("text {n}")).collect();
    let mut back = pair.client.texts(&many).await.unwrap();
    back.reverse();
    assert!(back == many);
}
