//! Servers that take a call of a stream, and lie.

use farcall::{CallError, Code, Executed};
use futures::StreamExt;
use rpc_core::wire::{Chunk, CloseCode, EndStatus, Frame, Reply, ReplyStatus};

use super::kit::lies::{
    PART, client_of, closed_with, end, failed, got, item, lied_to, next_call, numbers, opened, part, reply,
};
use super::kit::{BrookClient, Liar, Said, WrongNumber, in_time, narrow, streaming_hello};

#[tokio::test]
async fn the_truth() {
    let ((items, end_), close) = numbers(|place| {
        vec![opened(place), item(place, &[1]), item(place, &[2]), end(place, EndStatus::Clean, &[])]
    })
    .await;
    assert_eq!((items, end_, close), (vec![1, 2], Ok(()), None));
}

#[tokio::test]
async fn items_and_ends_before_the_opening() {
    closed_with(CloseCode::Stream, numbers(|place| vec![item(place, &[1])]).await);
    closed_with(CloseCode::Stream, numbers(|place| vec![part(place, PART)]).await);
    closed_with(CloseCode::Stream, numbers(|place| vec![end(place, EndStatus::Clean, &[])]).await);
}

#[tokio::test]
async fn a_second_opening_or_answer() {
    for second in [ReplyStatus::Opened, ReplyStatus::Value, ReplyStatus::Failed, ReplyStatus::Refused] {
        let (got, close) = numbers(|place| vec![opened(place), reply(place, second, &[0])]).await;
        assert!(got.1.is_err(), "{second:?}: no clean end was sent");
        assert!(matches!(close, Some((10 | 14, _))), "{second:?}: {close:?}");
    }
    // An opening has no body, whole or in chunks.
    let (got, _) = numbers(|place| vec![reply(place, ReplyStatus::Opened, &[1])]).await;
    assert!(got.1.is_err());
    let begun =
        |place| Reply { place, status: ReplyStatus::Opened, metadata: &[], total: Some(10_000), body: &[] };
    let chunk = |place| Frame::ReplyChunk(Chunk { place, data: PART });
    let (got, _) = numbers(|place| vec![Frame::Reply(begun(place)), chunk(place)]).await;
    assert!(got.1.is_err());
}

#[tokio::test]
async fn frames_behind_the_end() {
    for more in [
        |place| end(place, EndStatus::Clean, &[]),
        |place| item(place, &[1]),
        |place| Frame::ReplyReset { place, code: 1 },
    ] {
        let ((items, end_), close) = numbers(|place| {
            vec![opened(place), item(place, &[1]), end(place, EndStatus::Clean, &[]), more(place)]
        })
        .await;
        // The caller may be told before the client sees the rest.
        assert_eq!((items, end_), (vec![1], Ok(())));
        assert!(matches!(close, None | Some((10 | 14, _))), "{close:?}");
    }
}

#[tokio::test]
async fn stream_frames_for_places_without_a_call() {
    for wrong in [1, 63, 1_000_000, u32::MAX >> 1] {
        for frame in [item(wrong, &[1]), end(wrong, EndStatus::Clean, &[]), part(wrong, PART)] {
            let (got, close) = numbers(|place| vec![opened(place), frame.clone()]).await;
            assert!(got.1.is_err());
            assert!(matches!(close, Some((10 | 14, _))), "{close:?}");
        }
    }
}

#[tokio::test]
async fn a_stream_in_answer_to_a_unary_call() {
    let add = |frames: fn(u32) -> Vec<Frame<'static>>| {
        lied_to(async |client: BrookClient| (vec![()], client.add(1, 2).await.map(drop)), frames)
    };
    failed(add(|place| vec![opened(place)]).await, Code::DataLoss);
    for frames in [(|place| vec![item(place, &[1])]) as fn(u32) -> Vec<Frame<'static>>, |place| {
        vec![end(place, EndStatus::Clean, &[])]
    }] {
        closed_with(CloseCode::Stream, add(frames).await);
    }
}

#[tokio::test]
async fn a_value_in_answer_to_a_call_of_a_stream() {
    failed(numbers(|place| vec![reply(place, ReplyStatus::Value, &[1])]).await, Code::DataLoss);
    failed(numbers(|place| vec![reply(place, ReplyStatus::AppError, &[0])]).await, Code::DataLoss);
    failed(numbers(|place| vec![reply(place, ReplyStatus::Failed, &[99])]).await, Code::DataLoss);
    failed(numbers(|place| vec![Frame::ReplyReset { place, code: 2 }]).await, Code::DataLoss);
}

#[tokio::test]
async fn items_above_the_credit() {
    // They come all at once, so that none of them is taken before the last.
    let answer = numbers(|place| {
        let mut frames = vec![opened(place)];
        frames.extend((0..200).map(|_| item(place, &[1])));
        frames
    });
    let answer = answer.await;
    assert!(answer.0.0.len() < 200, "{}", answer.0.0.len());
    closed_with(CloseCode::Stream, answer);
}

#[tokio::test]
async fn an_item_that_cannot_be_decoded() {
    for bad in [&[][..], &[0xff; 11], &[0x80, 0x00], &[1, 2]] {
        let answer = numbers(|place| {
            vec![opened(place), item(place, &[1]), item(place, bad.to_vec().leak()), item(place, &[2])]
        });
        assert_eq!(failed(answer.await, Code::DataLoss), [1]);
    }
}

#[tokio::test]
async fn an_error_that_cannot_be_decoded() {
    for (status, body) in [
        (EndStatus::AppError, &[0][..]),
        (EndStatus::Failed, &[]),
        (EndStatus::Failed, &[0xff; 40]),
        (EndStatus::Failed, &[5, 2, 200, 1]),
        (EndStatus::Dropped, &[]),
    ] {
        let answer = numbers(|place| vec![opened(place), item(place, &[1]), end(place, status, body)]);
        assert_eq!(failed(answer.await, Code::DataLoss), [1], "{status:?}");
    }
    // An error type that there is, and no error of that type.
    for body in [&[][..], &[7], &[0, 0]] {
        let checked = async |client: BrookClient| {
            let mut checked = client.checked(5);
            match checked.next().await {
                Some(Err(CallError::Rpc(error))) => (vec![()], Err(error)),
                other => panic!("{other:?}"),
            }
        };
        let answer = lied_to(checked, |place| {
            vec![opened(place), end(place, EndStatus::AppError, body.to_vec().leak())]
        });
        failed(answer.await, Code::DataLoss);
    }
    let checked = async |client: BrookClient| client.checked(5).next().await;
    let (error, close) =
        lied_to(checked, |place| vec![opened(place), end(place, EndStatus::AppError, &[0])]).await;
    assert_eq!((error, close), (Some(Err(CallError::App(WrongNumber::Negative))), None));
}

#[tokio::test]
async fn an_error_of_the_servers() {
    let body = &[5, 2, 2, b'n', b'o', 0];
    let ((items, end_), close) =
        numbers(|place| vec![opened(place), item(place, &[1]), end(place, EndStatus::Failed, body)]).await;
    let error = end_.unwrap_err();
    assert_eq!((items, error.code(), error.message(), close), (vec![1], Code::NotFound, "no", None));
}

#[tokio::test]
async fn a_stream_that_is_broken_off() {
    for code in [0, 1, 2, 99] {
        let answer =
            numbers(|place| vec![opened(place), item(place, &[1]), Frame::ReplyReset { place, code }]);
        let (got, close) = answer.await;
        assert_eq!(got.0, [1]);
        let error = got.1.expect_err("no clean end was sent");
        assert_ne!(error.executed(), Executed::No, "{error}");
        assert_eq!(close, None);
    }
    // In the middle of an item.
    let answer =
        numbers(|place| vec![opened(place), part(place, PART), Frame::ReplyReset { place, code: 1 }]);
    assert!(answer.await.0.1.is_err());
    let answer = numbers(|place| vec![opened(place), part(place, PART), end(place, EndStatus::Clean, &[])]);
    closed_with(CloseCode::Stream, answer.await);
}

#[tokio::test]
async fn an_item_longer_than_max_message() {
    let answer = numbers(|place| {
        let mut frames = vec![opened(place), item(place, &[1])];
        frames.extend((0..=narrow().max_message / PART.len()).map(|_| part(place, PART)));
        // The server takes the Cancel, and ends the call.
        frames.push(Frame::ReplyReset { place, code: 1 });
        frames
    });
    let (got, close) = answer.await;
    let error = got.1.unwrap_err();
    assert!(matches!(error.code(), Code::DataLoss | Code::ResourceExhausted), "{error}");
    assert!(error.message().contains("max_message"), "{error}");
    assert_eq!((got.0, close), (vec![1], None));
}

#[tokio::test]
async fn too_small_a_part() {
    for small in [0, 1, 4_095] {
        let (got, close) = numbers(|place| vec![opened(place), part(place, &PART[..small])]).await;
        assert_eq!(got.1.unwrap_err().executed(), Executed::Maybe);
        assert!(matches!(close, Some((7 | 14, _))), "{close:?}");
    }
}

#[tokio::test]
async fn too_many_incomplete_items() {
    let mut liar = Liar::new("tcp://127.0.0.1:0").await;
    let client = client_of(&liar, narrow());
    let served = async {
        let mut peer = liar.greet_as(&streaming_hello()).await;
        for _ in 0..=narrow().max_assembling {
            let place = next_call(&mut peer).await;
            peer.frames(&[opened(place), part(place, PART)]).await;
        }
        peer.close().await
    };
    let calls = futures::future::join_all((0..=4).map(|_| got(client.blocks(1, 100_000))));
    let (results, (code, text)) = in_time(async { tokio::join!(calls, served) }).await;
    assert_eq!(CloseCode::from_number(code), CloseCode::Assembling, "{text}");
    for (_, end) in results {
        assert_eq!(end.unwrap_err().executed(), Executed::Maybe);
    }
}

#[tokio::test]
async fn the_connection_ends_without_an_end() {
    let mut liar = Liar::new("tcp://127.0.0.1:0").await;
    let client = client_of(&liar, narrow());
    let served = async {
        let mut peer = liar.greet_as(&streaming_hello()).await;
        let place = next_call(&mut peer).await;
        peer.frames(&[opened(place), item(place, &[1])]).await;
        // In the middle of a frame.
        peer.send(&[5, 0x15]).await;
        drop((peer, liar));
    };
    let ((items, end), ()) = in_time(async { tokio::join!(got(client.numbers(9)), served) }).await;
    assert_eq!(items, [1]);
    let error = end.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_item_that_stands_still() {
    let mut liar = Liar::new("mem://").await;
    let client = client_of(&liar, narrow());
    let served = async {
        let mut peer = liar.greet_as(&streaming_hello()).await;
        let place = next_call(&mut peer).await;
        peer.frames(&[opened(place), part(place, PART)]).await;
        loop {
            match peer.said().await {
                Said::Ping => peer.frame(Frame::Pong([0; 8])).await,
                Said::Close { code, text } => return (code, text),
                Said::End => panic!("closed"),
                _ => {}
            }
        }
    };
    let day = std::time::Duration::from_secs(24 * 3_600);
    let both = async { tokio::join!(got(client.numbers(9)), served) };
    let ((_, end), (code, text)) = tokio::time::timeout(day, both).await.expect("this hangs");
    assert_eq!(end.unwrap_err().executed(), Executed::Maybe);
    assert_eq!(code, 12, "{text}");
    assert!(text.contains("frame_timeout"), "{text}");
}
