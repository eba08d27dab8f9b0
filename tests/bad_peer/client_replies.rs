//! Servers that say hello, take a call, and lie.

use farcall::{CallError, Code, Executed, RpcError};
use rpc_core::wire::{
    Bound, Call, Chunk, Close, CloseCode, End, EndStatus, Frame, Item, MethodRef, Reply, ReplyStatus,
};

use super::kit::{Liar, Peer, Random, Said, WrongNumber, ZooClient, in_time, limits};

/// Reads to the next call, and answers what comes before it as a server does.
async fn next_call(peer: &mut Peer) -> u32 {
    loop {
        match peer.said().await {
            Said::Call { place, .. } => return place,
            Said::Bind { base } => {
                peer.frame(Frame::Bound(Bound {
                    base,
                    status: 0,
                    missing: vec![],
                    differing: vec![],
                    signatures: vec![],
                }))
                .await;
            }
            Said::Chunk { .. } | Said::Cancel { .. } => {}
            other => panic!("{other:?}"),
        }
    }
}

fn reply(place: u32, status: ReplyStatus, body: &[u8]) -> Frame<'_> {
    Frame::Reply(Reply { place, status, metadata: &[], total: None, body })
}

fn begun(place: u32, total: u64, body: &[u8]) -> Frame<'_> {
    Frame::Reply(Reply { place, status: ReplyStatus::Value, metadata: &[], total: Some(total), body })
}

fn chunk(place: u32, data: &[u8]) -> Frame<'_> {
    Frame::ReplyChunk(Chunk { place, data })
}

/// A server, a client, and one connection between them.
struct Scene {
    liar: Liar,
    client: ZooClient,
}

impl Scene {
    async fn new() -> Self {
        let liar = Liar::new("tcp://127.0.0.1:0").await;
        let client = liar.client(limits());
        Self { liar, client }
    }

    /// What `add` ends with when its answer is made of `frames`, and with what the client closes, if it does.
    async fn add(
        frames: impl Fn(u32) -> Vec<Frame<'static>>,
    ) -> (Result<i64, RpcError>, Option<(u64, String)>) {
        let mut scene = Self::new().await;
        let client = scene.client.clone();
        in_time(async {
            let served = async {
                let mut peer = scene.liar.greet().await;
                let place = next_call(&mut peer).await;
                peer.frames(&frames(place)).await;
                peer
            };
            let (result, mut peer) = tokio::join!(client.add(1, 2), served);
            let again = client.add(20, 22);
            // The next call goes through, over this connection or another.
            let on_this = async {
                loop {
                    match peer.said().await {
                        Said::Call { place, .. } => peer.frame(reply(place, ReplyStatus::Value, &[84])).await,
                        Said::Close { code, text } => return (code, text),
                        Said::End => return (u64::MAX, String::new()),
                        _ => {}
                    }
                }
            };
            let on_another = async {
                let mut peer = scene.liar.greet().await;
                loop {
                    let place = next_call(&mut peer).await;
                    peer.frame(reply(place, ReplyStatus::Value, &[84])).await;
                }
            };
            let mut close = None;
            let both = async {
                let another = std::pin::pin!(on_another);
                let this = std::pin::pin!(on_this);
                match futures::future::select(this, another).await {
                    futures::future::Either::Left((said, another)) => {
                        close = Some(said);
                        another.await
                    }
                    futures::future::Either::Right((never, _)) => never,
                }
            };
            tokio::select! {
                again = again => assert_eq!(again, Ok(42)),
                () = both => {}
            }
            (result, close)
        })
        .await
    }
}

/// The call failed with `DataLoss`, after it had run; nothing else did.
fn data_loss((result, close): (Result<i64, RpcError>, Option<(u64, String)>)) -> RpcError {
    let error = result.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DataLoss, Executed::Yes), "{error}");
    assert!(error.message().contains("Zoo.add"), "{error}");
    assert_eq!(close, None, "one bad answer is no reason to close");
    error
}

/// The client closed with `code`, and the call ended as one of which nothing is known.
fn closed_with(code: CloseCode, (result, close): (Result<i64, RpcError>, Option<(u64, String)>)) {
    let error = result.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
    let (number, text) = close.expect("the client closes the connection");
    assert_eq!(CloseCode::from_number(number), code, "{text}");
}

#[tokio::test]
async fn answers_that_cannot_be_decoded() {
    for body in [&[][..], &[0xff; 11], &[2, 2], &[0x80, 0x00]] {
        let error =
            data_loss(Scene::add(|place| vec![reply(place, ReplyStatus::Value, body.to_vec().leak())]).await);
        assert!(error.message().contains("cannot be decoded"), "{error}");
    }
    for body in [&[][..], &[99], &[5, 2, 200, 1], &[0xff; 64]] {
        data_loss(Scene::add(|place| vec![reply(place, ReplyStatus::Failed, body.to_vec().leak())]).await);
    }
}

#[tokio::test]
async fn a_status_that_the_method_does_not_have() {
    data_loss(Scene::add(|place| vec![reply(place, ReplyStatus::AppError, &[0])]).await);
}

#[tokio::test]
async fn an_application_error_that_cannot_be_decoded() {
    for body in [&[][..], &[7], &[0, 0]] {
        let mut scene = Scene::new().await;
        let served = async {
            let mut peer = scene.liar.greet().await;
            let place = next_call(&mut peer).await;
            peer.frame(reply(place, ReplyStatus::AppError, body)).await;
            let place = next_call(&mut peer).await;
            peer.frame(reply(place, ReplyStatus::AppError, &[0])).await;
            peer
        };
        let calls = async {
            match scene.client.check(1).await {
                Err(CallError::Rpc(error)) => {
                    assert_eq!((error.code(), error.executed()), (Code::DataLoss, Executed::Yes), "{error}");
                }
                other => panic!("{other:?}"),
            }
            assert_eq!(scene.client.check(-1).await, Err(CallError::App(WrongNumber::Negative)));
        };
        in_time(async { tokio::join!(calls, served) }).await;
    }
}

#[tokio::test]
async fn an_answer_that_is_broken_off() {
    data_loss(Scene::add(|place| vec![Frame::ReplyReset { place, code: 2 }]).await);
    data_loss(
        Scene::add(|place| vec![begun(place, 10_000, &[1]), Frame::ReplyReset { place, code: 1 }]).await,
    );
    data_loss(
        Scene::add(|place| vec![begun(place, 10_000, &[1]), Frame::ReplyReset { place, code: 99 }]).await,
    );
}

#[tokio::test]
async fn an_answer_longer_than_max_message_costs_nothing_but_its_call() {
    let answered = Scene::add(|place| {
        let part = chunk(place, &[0; 5_000]);
        vec![begun(place, 1 << 50, &[1]), part.clone(), part, Frame::ReplyReset { place, code: 1 }]
    });
    let error = data_loss(answered.await);
    assert!(error.message().contains("max_message"), "{error}");
    // And one that is sent to its end.
    data_loss(
        Scene::add(|place| {
            let mut frames = vec![begun(place, 300_000, &[])];
            frames.extend((0..30).map(|_| chunk(place, &[0; 10_000])));
            frames
        })
        .await,
    );
}

#[tokio::test]
async fn answers_for_places_without_a_call() {
    for wrong in [1, 63, 1_000_000, u32::MAX >> 1] {
        closed_with(
            CloseCode::UnknownReply,
            Scene::add(|_| vec![reply(wrong, ReplyStatus::Value, &[6])]).await,
        );
        closed_with(
            CloseCode::UnknownReply,
            Scene::add(|_| vec![Frame::ReplyReset { place: wrong, code: 1 }]).await,
        );
        let (result, close) = Scene::add(|_| vec![chunk(wrong, &[0; 5_000])]).await;
        assert_eq!(result.unwrap_err().executed(), Executed::Maybe);
        assert!(matches!(close, Some((7 | 10, _))), "{close:?}");
    }
}

#[tokio::test]
async fn a_second_answer() {
    let (result, close) = Scene::add(|place| {
        vec![reply(place, ReplyStatus::Value, &[6]), reply(place, ReplyStatus::Value, &[8])]
    })
    .await;
    assert_eq!(result, Ok(3));
    assert!(matches!(close, None | Some((10, _))), "{close:?}");
    closed_with(
        CloseCode::UnknownReply,
        Scene::add(|place| vec![begun(place, 10_000, &[]), reply(place, ReplyStatus::Value, &[8])]).await,
    );
}

#[tokio::test]
async fn chunks_against_the_rules() {
    closed_with(CloseCode::Chunk, Scene::add(|place| vec![chunk(place, &[0; 5_000])]).await);
    closed_with(
        CloseCode::Chunk,
        Scene::add(|place| vec![begun(place, 9_000, &[]), chunk(place, &[0; 100])]).await,
    );
    closed_with(
        CloseCode::Chunk,
        Scene::add(|place| vec![begun(place, 9_000, &[]), chunk(place, &[])]).await,
    );
    closed_with(
        CloseCode::Chunk,
        Scene::add(|place| vec![begun(place, 9_000, &[]), chunk(place, &[0; 9_001])]).await,
    );
    let (result, close) = Scene::add(|place| vec![begun(place, 300_000, &[]), chunk(place, &[0; 10])]).await;
    assert_eq!(result.unwrap_err().code(), Code::DataLoss, "too long in any case");
    assert!(matches!(close, None | Some((7, _))), "{close:?}");
}

#[tokio::test]
async fn frames_that_a_client_has_no_use_for() {
    closed_with(CloseCode::Malformed, Scene::add(|_| vec![Frame::Optional { kind: 0x30 }]).await);
    let item = Item { place: 0, more: false, data: &[1] };
    closed_with(CloseCode::Feature, Scene::add(|_| vec![Frame::ReplyItem(item)]).await);
    let end = End { place: 0, status: EndStatus::Clean, body: &[] };
    closed_with(CloseCode::Feature, Scene::add(|_| vec![Frame::ReplyEnd(end)]).await);
    let call = Call {
        place: 0,
        method: MethodRef::Index(0),
        detached: false,
        timeout: None,
        metadata: &[],
        total: None,
        body: &[],
    };
    closed_with(CloseCode::Bind, Scene::add(|_| vec![Frame::Call(call)]).await);
    let bound = Bound { base: 77, status: 0, missing: vec![], differing: vec![], signatures: vec![] };
    closed_with(CloseCode::Bind, Scene::add(|_| vec![Frame::Bound(bound.clone())]).await);
    // A client serves nothing, and says so.
    let by_id = Call { method: MethodRef::Id(1), ..call };
    let (result, _) =
        Scene::add(|place| vec![Frame::Call(by_id), reply(place, ReplyStatus::Value, &[6])]).await;
    assert_eq!(result, Ok(3));
    let harmless = |place| {
        vec![
            Frame::Ping([1; 8]),
            Frame::Pong([1; 8]),
            Frame::Cancel { place: 5 },
            Frame::Optional { kind: 0x80 },
            reply(place, ReplyStatus::Value, &[6]),
        ]
    };
    assert_eq!(Scene::add(harmless).await, (Ok(3), None));
}

/// A peer that says of every form that its types differ, and never which it has.
#[tokio::test]
async fn a_signature_that_always_differs_is_one_error() {
    let mut scene = Scene::new().await;
    let client = scene.client.clone();
    in_time(async {
        let liar = async {
            let mut peer = scene.liar.greet().await;
            loop {
                let place = next_call(&mut peer).await;
                peer.frame(reply(place, ReplyStatus::Refused, &[4])).await;
            }
        };
        let calls = async {
            for _ in 0..3 {
                let error = client.add(1, 2).await.unwrap_err();
                assert_eq!((error.code(), error.executed()), (Code::Unimplemented, Executed::No), "{error}");
                assert!(error.message().contains("does not take them by name either"), "{error}");
            }
        };
        tokio::select! {
            () = calls => {}
            () = liar => {}
        }
    })
    .await;
}

#[tokio::test]
async fn refusals_of_every_reason() {
    for (reason, code) in [
        (1, Code::Unimplemented),
        (2, Code::Unimplemented),
        (3, Code::Unimplemented),
        (6, Code::ResourceExhausted),
        (7, Code::DeadlineExceeded),
        (8, Code::ResourceExhausted),
        (9, Code::InvalidArgument),
        (10, Code::Cancelled),
        (0, Code::Unavailable),
        (11, Code::Unavailable),
        (255, Code::Unavailable),
    ] {
        let hostile = b" no\x1b[31m\x07\r\n\0\xff thanks";
        let body: &[u8] = [&[reason][..], hostile].concat().leak();
        let (result, close) = Scene::add(|place| vec![reply(place, ReplyStatus::Refused, body)]).await;
        let error = result.unwrap_err();
        assert_eq!((error.code(), error.executed()), (code, Executed::No), "{reason}: {error}");
        assert!(!error.message().contains(char::is_control), "{:?}", error.message());
        assert_eq!(close, None);
    }
    let (result, _) = Scene::add(|place| vec![reply(place, ReplyStatus::Refused, &[])]).await;
    assert_eq!(result.unwrap_err().executed(), Executed::No);
    let long: &[u8] = [&[9][..], &[b'x'; 60_000]].concat().leak();
    let total = long.len() as u64;
    let in_chunks = |place| {
        let head = Reply {
            place,
            status: ReplyStatus::Refused,
            metadata: &[],
            total: Some(total),
            body: &long[..1],
        };
        vec![
            Frame::Reply(head),
            chunk(place, &long[1..10_001]),
            chunk(place, &long[10_001..20_001]),
            chunk(place, &long[20_001..30_001]),
            chunk(place, &long[30_001..40_001]),
            chunk(place, &long[40_001..50_001]),
            chunk(place, &long[50_001..]),
        ]
    };
    let (result, _) = Scene::add(in_chunks).await;
    let error = result.unwrap_err();
    assert!(error.message().len() < 4_096, "{} bytes of message", error.message().len());
}

#[tokio::test]
async fn a_close_of_every_code_and_with_a_hostile_text() {
    for code in (0..=14).chain([255, 1 << 40, u64::MAX]) {
        let close = Close { code, text: "bye\u{1b}[2J\u{7}\r\n\0 \u{9b}31m now" };
        let (result, _) = Scene::add(|_| vec![Frame::Close(close)]).await;
        let error = result.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{code}: {error}");
        assert!(!error.message().contains(char::is_control), "{:?}", error.message());
        assert!(error.message().contains("bye"), "{error}");
    }
}

#[tokio::test]
async fn drain_lets_the_call_in_flight_end_and_sends_the_next_one_elsewhere() {
    let mut scene = Scene::new().await;
    let served = async {
        let mut first = scene.liar.greet().await;
        let place = next_call(&mut first).await;
        first.frame(Frame::Drain { step: 1, last: 0 }).await;
        first.frame(reply(place, ReplyStatus::Value, &[6])).await;
        let mut second = scene.liar.greet().await;
        let place = next_call(&mut second).await;
        second.frame(reply(place, ReplyStatus::Value, &[84])).await;
        (first, second)
    };
    let calls = async {
        assert_eq!(scene.client.add(1, 2).await, Ok(3));
        assert_eq!(scene.client.add(20, 22).await, Ok(42));
    };
    let ((), (mut first, _second)) = in_time(async { tokio::join!(calls, served) }).await;
    assert_eq!(in_time(first.close()).await.0, 0);
}

#[tokio::test]
async fn a_refusal_because_of_draining_is_not_seen_by_the_caller() {
    let mut scene = Scene::new().await;
    let served = async {
        let mut first = scene.liar.greet().await;
        let place = next_call(&mut first).await;
        first.frame(reply(place, ReplyStatus::Refused, &[5])).await;
        let mut second = scene.liar.greet().await;
        let place = next_call(&mut second).await;
        second.frame(reply(place, ReplyStatus::Value, &[6])).await;
        (first, second)
    };
    let (result, (mut first, _second)) =
        in_time(async { tokio::join!(scene.client.add(1, 2), served) }).await;
    assert_eq!(result, Ok(3));
    assert_eq!(in_time(first.close()).await.0, 0);
}

#[tokio::test]
async fn too_many_answers_in_chunks() {
    let mut scene = Scene::new().await;
    let served = async {
        let mut peer = scene.liar.greet().await;
        for _ in 0..=limits().max_assembling {
            let place = next_call(&mut peer).await;
            peer.frame(begun(place, 10_000, &[])).await;
        }
        peer.close().await
    };
    let calls = futures::future::join_all((0..=4).map(|number| scene.client.add(number, 1)));
    let (results, (code, text)) = in_time(async { tokio::join!(calls, served) }).await;
    assert_eq!(CloseCode::from_number(code), CloseCode::Assembling, "{text}");
    for result in results {
        let error = result.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
    }
}

#[tokio::test]
async fn random_frames_in_answer_to_calls() {
    let mut random = Random::new();
    let kinds = [1, 2, 3, 4, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x20, 0x21, 0x22, 0x80];
    for _ in 0..300 {
        let mut liar = Liar::new("mem://").await;
        let client = liar.client(limits()).with_timeout(std::time::Duration::from_secs(5));
        let served = async {
            loop {
                let mut peer = liar.greet().await;
                next_call(&mut peer).await;
                let mut bytes = Vec::new();
                for _ in 0..random.below(8) {
                    let count = random.below(24);
                    bytes.extend([u8::try_from(count + 1).unwrap(), kinds[random.below(kinds.len())]]);
                    bytes.extend(random.bytes(count).iter().map(|byte| byte & 7));
                }
                peer.send(&bytes).await;
                peer.shut().await;
                peer.gone().await;
            }
        };
        in_time(async {
            tokio::select! {
                results = async { tokio::join!(client.add(1, 2), client.check(3), client.name()) } => {
                    // However they end: an answer to nobody's taste is an answer.
                    let _ended = results;
                }
                () = served => {}
            }
        })
        .await;
    }
}
