//! Clients that lie about the fingerprints of what they call.

use farcall::Limits;
use rpc_core::codec::CodecLimits;
use rpc_core::schema::Signature;
use rpc_core::wire::{Bind, Call, CloseCode, Frame, Hello, MethodRef, ReplyStatus};

use super::kit::{
    Peer, Random, Said, ZooClient, call, hello, hello_bytes, id, in_time, limits, serve, serve_with,
    service_id,
};

fn bind(base: u32, methods: &[&str], print: u64) -> Bind {
    let methods: Vec<_> = methods.iter().map(|name| id(name)).collect();
    let signatures = vec![print; methods.len()];
    Bind { service: service_id(), codec: 1, base, methods, fingerprint: 7, signatures, compared: false }
}

fn add_at(index: u32) -> Frame<'static> {
    Frame::Call(Call { method: MethodRef::Index(index), ..call(index, "add", &[2, 2]) })
}

async fn differs(peer: &mut Peer) -> (u32, Vec<u32>, Vec<Vec<u8>>) {
    match peer.said().await {
        Said::Differs { base, differing, signatures } => (base, differing, signatures),
        other => panic!("{other:?}"),
    }
}

fn name_of(signature: &[u8]) -> String {
    Signature::from_bytes(signature, &CodecLimits::default()).unwrap().method
}

#[tokio::test]
async fn a_wrong_fingerprint_refuses_the_calls_of_that_method_alone() {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let mut peer = Peer::greeted(&endpoint).await;
    in_time(async {
        let healthy = ZooClient::connect(&endpoint).await.unwrap();
        let wrong = Bind { signatures: vec![1, 0], ..bind(0, &["add", "name"], 1) };
        peer.frame(Frame::Bind(wrong)).await;
        let (_, differing, signatures) = differs(&mut peer).await;
        assert_eq!(differing, [0]);
        assert_eq!(name_of(&signatures[0]), "Zoo.add");
        peer.frame(add_at(0)).await;
        assert_eq!(peer.refusal(0).await.0, 4);
        let name = MethodRef::Index(1);
        peer.frame(Frame::Call(Call { method: name, ..call(1, "name", &[]) })).await;
        assert_eq!(peer.reply(1).await, (ReplyStatus::Value, b"\x03zoo".to_vec()));
        assert_eq!(healthy.add(20, 22).await, Ok(42));
    })
    .await;
}

#[tokio::test]
async fn that_signatures_were_compared_does_not_help_a_positional_codec() {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let mut peer = Peer::greeted(&endpoint).await;
    in_time(async {
        peer.frame(Frame::Bind(Bind { compared: true, ..bind(0, &["add"], 1) })).await;
        assert_eq!(differs(&mut peer).await.1, [0]);
        peer.frame(add_at(0)).await;
        assert_eq!(peer.refusal(0).await.0, 4);
        // By name it is served, and what cannot be read is told.
        peer.frame(Frame::Bind(Bind { compared: true, codec: 3, ..bind(1, &["add"], 1) })).await;
        assert_eq!(peer.said().await, Said::Bound { base: 1, status: 0, missing: vec![] });
        let named =
            |body: &'static [u8]| Frame::Call(Call { method: MethodRef::Index(1), ..call(1, "add", body) });
        peer.frame(named(b"\xa2\x61a\x02\x61b\x05")).await;
        assert_eq!(peer.reply(1).await, (ReplyStatus::Value, vec![7]));
        for body in [&b"\xa1\x61a\x02"[..], b"\xa2\x61a\x02\x61b\x61x", &[0xff; 30], &[4, 4], &[]] {
            peer.frame(named(body)).await;
            let (reason, text) = peer.refusal(1).await;
            assert_eq!(reason, 9, "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_signature_is_given_once_however_often_it_is_asked_for() {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let mut peer = Peer::greeted(&endpoint).await;
    let most = u32::try_from(limits().max_methods).unwrap();
    in_time(async {
        for base in 0..most {
            peer.frame(Frame::Bind(bind(base, &["tree"], u64::MAX - u64::from(base)))).await;
            let (of, differing, signatures) = differs(&mut peer).await;
            assert_eq!((of, differing), (base, vec![0]));
            assert_eq!(signatures[0].is_empty(), base > 0);
        }
        peer.frame(Frame::Bind(bind(most, &["tree"], 1))).await;
        assert_eq!(CloseCode::from_number(peer.close().await.0), CloseCode::Bind);
    })
    .await;
}

#[tokio::test]
async fn one_method_many_times_in_one_bind() {
    let limits = Limits { max_methods: 2_000, ..limits() };
    let (_server, endpoint, _) = serve_with("tcp://127.0.0.1:0", limits).await;
    let mut peer = Peer::greeted(&endpoint).await;
    in_time(async {
        peer.frame(Frame::Bind(bind(0, &["tree"; 800], 1))).await;
        let (_, differing, signatures) = differs(&mut peer).await;
        assert_eq!(differing.len(), 800);
        assert_eq!(signatures.iter().filter(|signature| !signature.is_empty()).count(), 1);
        peer.settle().await;
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_no_longer_than_the_frames_that_the_client_reads() {
    let limits = Limits { max_methods: 4_000, max_frame: 64 << 10, ..limits() };
    let (_server, endpoint, _) = serve_with("tcp://127.0.0.1:0", limits).await;
    let mut peer = Peer::silent(&endpoint).await;
    peer.send(&hello_bytes(&Hello { max_frame: 16_384, ..hello() })).await;
    in_time(async {
        peer.hello().await;
        // So many that there is no room left for a signature.
        peer.frame(Frame::Bind(bind(0, &["tree"; 3_000], 1))).await;
        let (_, differing, signatures) = differs(&mut peer).await;
        let length = differing.len() * 3 + signatures.iter().map(Vec::len).sum::<usize>();
        assert_eq!(differing.len(), 3_000);
        assert!(length < 16_384, "{length} bytes");
        peer.settle().await;
    })
    .await;
}

#[tokio::test]
async fn fingerprints_that_are_not_there() {
    let mut whole = Vec::new();
    Frame::Bind(bind(0, &["add", "name", "tree"], u64::MAX)).encode(&mut whole);
    for less in [1, 8, 9, 24] {
        let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
        let mut peer = Peer::greeted(&endpoint).await;
        let mut cut = whole[..whole.len() - less].to_vec();
        cut[0] -= u8::try_from(less).unwrap();
        peer.send(&cut).await;
        let (code, text) = in_time(peer.close()).await;
        assert_eq!(CloseCode::from_number(code), CloseCode::Malformed, "{text}");
        assert!(text.contains("a Bind frame ends in the middle of a field"), "{text}");
    }
}

#[tokio::test]
async fn random_binds() {
    let mut random = Random::new();
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    in_time(async {
        let healthy = ZooClient::connect(&endpoint).await.unwrap();
        for _ in 0..200 {
            let mut peer = Peer::greeted(&endpoint).await;
            let mut bytes = Vec::new();
            Frame::Bind(bind(0, &["add", "tree"], 3)).encode(&mut bytes);
            for _ in 0..=random.below(3) {
                let at = 2 + random.below(bytes.len() - 2);
                bytes[at] = random.bytes(1)[0];
            }
            peer.send(&bytes).await;
            peer.shut().await;
            peer.gone().await;
        }
        assert_eq!(healthy.add(20, 22).await, Ok(42));
    })
    .await;
}
