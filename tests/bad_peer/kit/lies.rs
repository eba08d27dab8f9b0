use farcall::{Client, ClientBuilder, Code, Executed, Limits, RpcError, Timeout, TransportRegistry};
use futures::StreamExt;
use rpc_core::wire::{Bound, CloseCode, Credit, End, EndStatus, Frame, Item, Reply, ReplyStatus};

use super::{BrookClient, Liar, Peer, Said, in_time, narrow, streaming_hello};

/// A part of an item that is long enough.
pub(crate) const PART: &[u8] = &[0; 8_192];

/// Reads to the next call, and answers what comes before it as a server does.
pub(crate) async fn next_call(peer: &mut Peer) -> u32 {
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
            Said::Close { code, text } => panic!("closed with {code}: {text}"),
            Said::End => panic!("closed"),
            _ => {}
        }
    }
}

pub(crate) fn reply(place: u32, status: ReplyStatus, body: &[u8]) -> Frame<'_> {
    Frame::Reply(Reply { place, status, metadata: &[], total: None, body })
}

pub(crate) fn opened(place: u32) -> Frame<'static> {
    reply(place, ReplyStatus::Opened, &[])
}

pub(crate) fn item(place: u32, data: &[u8]) -> Frame<'_> {
    Frame::ReplyItem(Item { place, more: false, data })
}

pub(crate) fn part(place: u32, data: &[u8]) -> Frame<'_> {
    Frame::ReplyItem(Item { place, more: true, data })
}

pub(crate) fn end(place: u32, status: EndStatus, body: &[u8]) -> Frame<'_> {
    Frame::ReplyEnd(End { place, status, body })
}

pub(crate) fn credit(place: u32, stream: u32, items: u64, bytes: u64) -> Frame<'static> {
    Frame::ReplyCredit { stream, credit: Credit { place, items, bytes } }
}

pub(crate) fn client_of(liar: &Liar, limits: Limits) -> BrookClient {
    let builder = ClientBuilder::new(vec![liar.endpoint.clone()], TransportRegistry::global());
    BrookClient::from_channel(builder.limits(limits).timeout(Timeout::Never).build().unwrap())
}

/// What a caller got before the end, and the end: `Ok` for a clean one.
pub(crate) type Got<T> = (Vec<T>, Result<(), RpcError>);

pub(crate) async fn got<T>(mut items: impl futures::Stream<Item = Result<T, RpcError>> + Unpin) -> Got<T> {
    let mut good = Vec::new();
    let end = loop {
        match items.next().await {
            Some(Ok(item)) => good.push(item),
            Some(Err(error)) => break Err(error),
            None => break Ok(()),
        }
    };
    assert!(items.next().await.is_none());
    (good, end)
}

/// What the call of the client ends with when its answer is made of `frames`, and with what the client closes the
/// connection, if it does. Another call goes through afterwards, over this connection or the next.
pub(crate) async fn lied_to<T>(
    call: impl AsyncFnOnce(BrookClient) -> T,
    frames: impl Fn(u32) -> Vec<Frame<'static>>,
) -> (T, Option<(u64, String)>) {
    let mut liar = Liar::new("tcp://127.0.0.1:0").await;
    let client = client_of(&liar, narrow());
    in_time(async {
        let served = async {
            let mut peer = liar.greet_as(&streaming_hello()).await;
            let place = next_call(&mut peer).await;
            peer.frames(&frames(place)).await;
            peer
        };
        let (result, mut peer) = tokio::join!(call(client.clone()), served);
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
            let mut peer = liar.greet_as(&streaming_hello()).await;
            loop {
                let place = next_call(&mut peer).await;
                peer.frame(reply(place, ReplyStatus::Value, &[84])).await;
            }
        };
        let mut close = None;
        let both = async {
            let (this, another) = (std::pin::pin!(on_this), std::pin::pin!(on_another));
            match futures::future::select(this, another).await {
                futures::future::Either::Left((said, another)) => {
                    close = Some(said);
                    another.await
                }
                futures::future::Either::Right((never, _)) => never,
            }
        };
        tokio::select! {
            again = client.add(20, 22) => assert_eq!(again, Ok(42)),
            () = both => {}
        }
        (result, close)
    })
    .await
}

/// The same with a call of `numbers`.
pub(crate) async fn numbers(
    frames: impl Fn(u32) -> Vec<Frame<'static>>,
) -> (Got<u64>, Option<(u64, String)>) {
    lied_to(async |client| got(client.numbers(1_000)).await, frames).await
}

/// The call failed with `code`, and the connection goes on.
pub(crate) fn failed<T>((got, close): (Got<T>, Option<(u64, String)>), code: Code) -> Vec<T> {
    let (items, end) = got;
    let error = end.expect_err("no clean end was sent");
    assert_eq!(error.code(), code, "{error}");
    assert_ne!(error.executed(), Executed::No, "{error}");
    assert!(error.message().contains("Brook."), "{error}");
    assert_eq!(close, None, "no reason to close");
    items
}

/// The client closed with `code`, and the call ended as one of which nothing more is known.
pub(crate) fn closed_with<T>(code: CloseCode, (got, close): (Got<T>, Option<(u64, String)>)) {
    let error = got.1.expect_err("no clean end was sent");
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
    let (number, text) = close.expect("the client closes the connection");
    assert_eq!(CloseCode::from_number(number), code, "{text}");
}
