//! Streams of the blocking client: iterators both ways.

use std::time::Duration;

use farcall::{CallError, Code, Executed};
use tokio::runtime::Builder;

use crate::support::{FlowBlockingClient, FlowError, FlowServer, Mill, within_blocking};

#[test]
fn iterators_from_a_plain_thread() {
    within_blocking(|| {
        for listen in ["mem://", "tcp://127.0.0.1:0"] {
            let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            let server = runtime.block_on(farcall::serve(listen, FlowServer::new(Mill::default()))).unwrap();
            every_shape(&FlowBlockingClient::connect(server.endpoints()).unwrap());
        }
    });
}

#[test]
fn iterators_of_a_local_one() {
    within_blocking(|| every_shape(&FlowBlockingClient::local(Mill::default())));
}

fn every_shape(client: &FlowBlockingClient) {
    let numbers: Result<Vec<_>, _> = client.numbers(2_000).collect();
    assert_eq!(numbers.unwrap(), Vec::from_iter(0..2_000));
    let mut breaks = client.breaks(2);
    assert_eq!((breaks.next(), breaks.next()), (Some(Ok(0)), Some(Ok(1))));
    assert_eq!(breaks.next(), Some(Err(CallError::App(FlowError::Broken(2)))));
    assert_eq!(breaks.next(), None);
    assert_eq!(client.open("numbers", 3).unwrap().map(Result::unwrap).sum::<u64>(), 3);
    let refused = client.open("letters", 3).err();
    assert_eq!(refused, Some(CallError::App(FlowError::Unknown("letters".to_owned()))));
    // Only as much as is wanted.
    assert_eq!(client.endless().take(5).map(Result::unwrap).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    let block = [1, 2, 3];
    assert_eq!(client.sum(block.iter().copied()).unwrap(), 6);
    assert_eq!(client.sum(0..2_000).unwrap(), 1_999_000);
    assert_eq!(client.first(2, 0..).unwrap(), [0, 1]);
    let texts = ["a", "b"].map(str::to_owned);
    let pairs = client.pairs(1, 5..7, " ", texts.clone(), vec![]).unwrap();
    assert_eq!(pairs, ["5 a0", "6 b0"]);
    let echo: Result<Vec<_>, _> = client.echo(texts.clone()).collect();
    assert_eq!(echo.unwrap(), texts);
    let total = client.total([Ok(1), Err(FlowError::Broken(1))]);
    assert_eq!(total.unwrap_err(), CallError::App(FlowError::Broken(1)));
    let error = client.with_timeout(Duration::from_millis(20)).late_sum(0..).unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe), "{error}");
    assert_eq!(client.add(1, 2).unwrap(), 3);
}
