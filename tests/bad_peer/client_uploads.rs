//! Servers that are sent a stream, or lie about what they can do with one.

use farcall::{Code, Executed};
use futures::{StreamExt, stream};
use rpc_core::wire::{CloseCode, EndStatus, Frame, Hello, Reply, ReplyStatus};

use super::kit::lies::{
    Got, client_of, closed_with, credit, end, got, item, lied_to, next_call, numbers, reply,
};
use super::kit::{BrookClient, Liar, hello, in_time, narrow};

async fn sum(frames: impl Fn(u32) -> Vec<Frame<'static>>) -> (Got<u64>, Option<(u64, String)>) {
    let endless = async |client: BrookClient| match client.sum(stream::repeat(1)).await {
        Ok(sum) => (vec![sum], Ok(())),
        Err(error) => (vec![], Err(error)),
    };
    lied_to(endless, frames).await
}

#[tokio::test]
async fn an_answer_ends_the_upload() {
    let ((sums, end), close) = sum(|place| vec![reply(place, ReplyStatus::Value, &[7])]).await;
    assert_eq!((sums, end, close), (vec![7], Ok(()), None));
}

#[tokio::test]
async fn credit_of_more_than_2_to_the_62() {
    let most = 1 << 62;
    // Some of the first may have been used when the second comes.
    closed_with(
        CloseCode::Stream,
        sum(|place| vec![credit(place, 0, most, 0), credit(place, 0, most, 0)]).await,
    );
    closed_with(
        CloseCode::Stream,
        sum(|place| vec![credit(place, 0, 0, most), credit(place, 0, 0, most)]).await,
    );
    closed_with(CloseCode::Malformed, sum(|place| vec![credit(place, 0, most + 1, 0)]).await);
}

#[tokio::test]
async fn credit_for_streams_that_there_are_not() {
    for stream in [1, 7, u32::MAX >> 1] {
        let flood = |place| {
            let mut frames = vec![credit(place, stream, 5, 5); 100];
            frames.push(reply(place, ReplyStatus::Value, &[7]));
            frames
        };
        let (got, close) = sum(flood).await;
        match close {
            None => assert_eq!(got, (vec![7], Ok(()))),
            Some((code, text)) => assert!(matches!(code, 10 | 14), "{code}: {text}"),
        }
    }
    // Who ended the call knows that there is nothing more to give.
    let late = |place| vec![reply(place, ReplyStatus::Value, &[7]), credit(place, 0, 5, 5)];
    let (got, close) = sum(late).await;
    assert_eq!(got, (vec![7], Ok(())));
    assert!(matches!(close, None | Some((10 | 14, _))), "{close:?}");
}

#[tokio::test]
async fn a_server_without_streams() {
    let mut liar = Liar::new("tcp://127.0.0.1:0").await;
    let client = client_of(&liar, narrow());
    let served = async {
        let mut peer = liar.greet_as(&Hello { features: 0, ..hello() }).await;
        // The only call that comes is the one without streams.
        let place = next_call(&mut peer).await;
        peer.frame(reply(place, ReplyStatus::Value, &[84])).await;
        peer
    };
    let calls = async {
        let mut asked = 0;
        let items = stream::repeat(1).inspect(|_| asked += 1);
        let errors = [
            got(client.numbers(1)).await.1.unwrap_err(),
            client.never().await.err().and_then(|error| error.rpc().cloned()).unwrap(),
            client.sum(items).await.unwrap_err(),
        ];
        for error in errors {
            assert_eq!((error.code(), error.executed()), (Code::Unimplemented, Executed::No), "{error}");
        }
        assert_eq!(client.add(20, 22).await, Ok(42));
        assert_eq!(asked, 0);
    };
    in_time(async { tokio::join!(calls, served) }).await;
}

#[tokio::test]
async fn metadata_above_the_limit_with_an_answer() {
    let mut metadata = vec![1, 1, b'k', 0, 0xac, 0x46];
    metadata.resize(6 + 9_004, b'v');
    let metadata: &[u8] = metadata.leak();
    for bad in [metadata, &[9], &[1, 1, b'K', 0, 0]] {
        let with = move |place, status, body: &'static [u8]| {
            Frame::Reply(Reply { place, status, metadata: bad, total: None, body })
        };
        let (got, close) = numbers(|place| {
            vec![with(place, ReplyStatus::Opened, &[]), item(place, &[1]), end(place, EndStatus::Clean, &[])]
        })
        .await;
        // Told by the call or by the connection, if at all: it is never taken.
        assert!(got.1.is_err() || got.0 == [1], "{got:?}");
        assert!(matches!(close, None | Some((4, _))), "{close:?}");
        let (sums, _) = sum(|place| vec![with(place, ReplyStatus::Value, &[7])]).await;
        assert!(sums.1.is_err() || sums.0 == [7]);
    }
}
