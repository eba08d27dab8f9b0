//! Every shape of call with streams, on every transport and without one.

use farcall::{CallError, Code, Executed, RpcError};
use futures::{StreamExt, stream};

use crate::support::{FlowError, FlowPair, drain, flows, whole};

flows! {
    a_stream_of_values;
    a_stream_of_results;
    a_stream_of_results_with_an_error_that_the_handler_picks;
    a_stream_that_is_opened;
    a_stream_that_is_refused;
    a_stream_of_results_in_a_result;
    a_stream_that_is_opened_without_a_result;
    an_argument_stream_of_values;
    an_argument_stream_of_results;
    two_argument_streams_among_other_arguments;
    argument_streams_may_borrow;
    an_answer_before_the_argument_stream_has_ended;
    streams_both_ways;
    streams_of_results_both_ways;
    streams_both_ways_that_are_opened;
    empty_streams;
    many_streams_at_once;
}

async fn a_stream_of_values(flow: FlowPair) {
    let mut numbers = flow.client.numbers(3);
    let first: Option<Result<u64, RpcError>> = numbers.next().await;
    assert_eq!(first, Some(Ok(0)));
    assert_eq!(whole(numbers).await, [1, 2]);
    assert_eq!(whole(flow.client.numbers(1_000)).await, Vec::from_iter(0..1_000));
    assert_eq!(whole(flow.client.hesitant(200)).await, Vec::from_iter(0..200));
    flow.is_sound().await;
}

async fn a_stream_of_results(flow: FlowPair) {
    for good in [0, 1, 7, 200] {
        let (items, error): (_, Option<CallError<FlowError>>) = drain(flow.client.breaks(good)).await;
        assert_eq!(items, Vec::from_iter(0..good));
        assert_eq!(error, Some(CallError::App(FlowError::Broken(good))));
    }
    flow.is_sound().await;
    // What would have followed the error was not asked for.
    assert_eq!(flow.mill.gauge.given(), 1 + 2 + 8 + 201);
}

async fn a_stream_of_results_with_an_error_that_the_handler_picks(flow: FlowPair) {
    let (items, error) = drain(flow.client.fails(3)).await;
    assert_eq!(items, [0, 1, 2]);
    let error: RpcError = error.unwrap();
    assert_eq!((error.code(), error.executed()), (Code::Aborted, Executed::Yes), "{error}");
    assert_eq!(error.message(), "enough of it");
    assert_eq!((&*error.details()[0].kind, &*error.details()[0].value), ("good", &[1, 2][..]));
    flow.is_sound().await;
    assert_eq!(flow.mill.gauge.given(), 4);
}

async fn a_stream_that_is_opened(flow: FlowPair) {
    let name = String::from("numbers");
    let numbers = flow.client.open(&name, 5).await.unwrap();
    // The borrow was that of the opening alone.
    drop(name);
    assert_eq!(whole(numbers).await, [0, 1, 2, 3, 4]);
    flow.is_sound().await;
}

async fn a_stream_that_is_refused(flow: FlowPair) {
    let refused = flow.client.open("letters", 5).await.err();
    assert_eq!(refused, Some(CallError::App(FlowError::Unknown("letters".to_owned()))));
    let refused: RpcError = flow.client.open_results(0).await.err().unwrap();
    assert_eq!((refused.code(), refused.message()), (Code::NotFound, "nothing good in it"));
    assert_eq!(refused.executed(), Executed::Yes);
    flow.is_sound().await;
}

async fn a_stream_of_results_in_a_result(flow: FlowPair) {
    let (items, error) = drain(flow.client.open_results(2).await.unwrap()).await;
    assert_eq!((items, error), (vec![0, 1], Some(CallError::App(FlowError::Broken(2)))));
    flow.is_sound().await;
}

async fn a_stream_that_is_opened_without_a_result(flow: FlowPair) {
    let opened: Result<_, RpcError> = flow.client.open_plainly(3).await;
    assert_eq!(whole(opened.unwrap()).await, [0, 1, 2]);
    flow.is_sound().await;
}

async fn an_argument_stream_of_values(flow: FlowPair) {
    let sum: Result<u64, RpcError> = flow.client.sum(stream::iter(0..1_000)).await;
    assert_eq!(sum.unwrap(), 499_500);
    assert_eq!(flow.client.sum(crate::support::hesitant(200)).await.unwrap(), 19_900);
    flow.is_sound().await;
    assert_eq!(flow.mill.gauge.ends(), [1_000, 200]);
}

async fn an_argument_stream_of_results(flow: FlowPair) {
    let good = stream::iter([Ok(1), Ok(2)]);
    assert_eq!(flow.client.total(good).await.unwrap(), 3);
    let bad = stream::iter([Ok(1), Err(FlowError::Broken(1)), Ok(5)]);
    assert_eq!(flow.client.total(bad).await.unwrap_err(), CallError::App(FlowError::Broken(1)));
    let bad = stream::iter([Ok(1), Err(RpcError::new(Code::DataLoss, "half of it is gone"))]);
    let error: RpcError = flow.client.total_rpc(bad).await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Code::DataLoss, "half of it is gone"));
    flow.is_sound().await;
    // Their handlers saw errors, and no end behind them.
    assert_eq!(flow.mill.gauge.ends(), [2]);
}

async fn two_argument_streams_among_other_arguments(flow: FlowPair) {
    let texts = ["a", "größer", ""].map(str::to_owned);
    let pairs = flow.client.pairs(10, stream::iter(1..=3), "-", stream::iter(texts.clone()), vec![0; 4]);
    assert_eq!(pairs.await.unwrap(), ["10-a4", "20-größer4", "30-4"]);
    // The one that is longer is cut short.
    let pairs = flow.client.pairs(1, stream::iter(0..), "", stream::iter(texts), vec![]);
    assert_eq!(pairs.await.unwrap().len(), 3);
    flow.is_sound().await;
}

async fn argument_streams_may_borrow(flow: FlowPair) {
    let numbers = vec![1, 2, 3];
    let mut seen = 0;
    let borrowed = stream::iter(&numbers).map(|number| {
        seen += 1;
        *number
    });
    assert_eq!(flow.client.sum(borrowed).await.unwrap(), 6);
    let texts = numbers.iter().map(ToString::to_string);
    assert_eq!(whole(flow.client.echo(stream::iter(texts))).await, ["1", "2", "3"]);
    assert_eq!(seen, 3);
    flow.is_sound().await;
}

async fn an_answer_before_the_argument_stream_has_ended(flow: FlowPair) {
    assert_eq!(flow.client.first(0, stream::iter(0..)).await.unwrap(), Vec::<u64>::new());
    assert_eq!(flow.client.first(2, stream::iter(5..)).await.unwrap(), [5, 6]);
    // Nobody waits for a stream that never goes on.
    let stuck = stream::iter([1]).chain(stream::pending());
    assert_eq!(flow.client.first(1, stuck).await.unwrap(), [1]);
    assert_eq!(flow.client.first(0, stream::pending()).await.unwrap(), Vec::<u64>::new());
    flow.is_sound().await;
}

async fn streams_both_ways(flow: FlowPair) {
    let texts: Vec<_> = (0..300).map(|number| format!("text {number}")).collect();
    assert_eq!(whole(flow.client.echo(stream::iter(texts.clone()))).await, texts);
    // One after the other, each only when the one before has come back.
    let (mut send, receive) = futures::channel::mpsc::unbounded();
    let mut back = flow.client.echo(receive);
    for text in &texts[..20] {
        send.start_send(text.clone()).unwrap();
        assert_eq!(back.next().await.unwrap().as_ref(), Ok(text));
    }
    drop(send);
    assert_eq!(back.next().await, None);
    flow.is_sound().await;
    assert_eq!(flow.mill.gauge.ends(), [300, 20]);
}

async fn streams_of_results_both_ways(flow: FlowPair) {
    let items = stream::iter([Ok(1), Ok(2), Err(FlowError::Broken(2)), Ok(3)]);
    let (items, error) = drain(flow.client.echo_results(items)).await;
    assert_eq!((items, error), (vec![1, 2], Some(CallError::App(FlowError::Broken(2)))));
    flow.is_sound().await;
}

async fn streams_both_ways_that_are_opened(flow: FlowPair) {
    let texts = ["a", "b"].map(str::to_owned);
    let opened = flow.client.open_echo("> ", stream::iter(texts.clone())).await.unwrap();
    assert_eq!(whole(opened).await, ["> a", "> b"]);
    let refused = flow.client.open_echo("", stream::iter(texts)).await.err();
    assert_eq!(refused, Some(CallError::App(FlowError::Unknown(String::new()))));
    flow.is_sound().await;
}

async fn empty_streams(flow: FlowPair) {
    assert_eq!(whole(flow.client.numbers(0)).await, Vec::<u64>::new());
    assert_eq!(whole(flow.client.open("numbers", 0).await.unwrap()).await, Vec::<u64>::new());
    assert_eq!(flow.client.sum(stream::empty()).await.unwrap(), 0);
    assert_eq!(whole(flow.client.echo(stream::empty())).await, [""; 0]);
    let none = flow.client.pairs(1, stream::empty(), "", stream::empty(), vec![]).await;
    assert_eq!(none.unwrap(), [""; 0]);
    flow.is_sound().await;
}

async fn many_streams_at_once(flow: FlowPair) {
    let each: u64 = if flow.is_slow() { 20 } else { 200 };
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..60 {
        let client = flow.client.clone();
        tasks.spawn(async move {
            match number % 3 {
                0 => assert_eq!(whole(client.hesitant(each)).await, Vec::from_iter(0..each)),
                1 => assert_eq!(client.sum(stream::iter(0..each)).await.unwrap(), (0..each).sum::<u64>()),
                _ => {
                    let texts: Vec<_> = (0..each).map(|n| format!("{number} {n}")).collect();
                    assert_eq!(whole(client.echo(stream::iter(texts.clone()))).await, texts);
                }
            }
        });
    }
    tasks.join_all().await;
    flow.is_sound().await;
}
