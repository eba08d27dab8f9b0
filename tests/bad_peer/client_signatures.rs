//! Servers that say that a signature differs, and give one that is none.

use farcall::{Client, Code, Executed, Fault, Limits, RpcError};
use rpc_core::codec::{Codec, CodecLimits};
use rpc_core::schema::{Argument, Field, Number, Outcome, Shape, Signature, TypeRef, Types};
use rpc_core::wire::{Bound, CloseCode, Frame, Reply, ReplyStatus};

use super::kit::{Liar, Peer, Random, Said, ZooClient, in_time, limits};

fn bound(base: u32) -> Bound {
    Bound { base, status: 0, missing: vec![], differing: vec![], signatures: vec![] }
}

fn differs(signature: &[u8]) -> impl Fn(u32) -> Bound + use<> {
    let signature = signature.to_vec();
    move |base| Bound { differing: vec![0], signatures: vec![signature.clone()], ..bound(base) }
}

async fn reply(peer: &mut Peer, place: u32, status: ReplyStatus, body: &[u8]) {
    peer.frame(Frame::Reply(Reply { place, status, metadata: &[], total: None, body })).await;
}

/// Answers the first Bind with the lie, refuses the calls on its index, and is honest from then on: calls of other
/// methods are of `name`, or again of `add`. The code of the Close, if the client sends one.
async fn lie(peer: &mut Peer, answer: &dyn Fn(u32) -> Bound) -> (u64, String) {
    let mut refuses = answer(0) != bound(0);
    loop {
        match peer.said().await {
            Said::Bind { base: 0 } => peer.frame(Frame::Bound(answer(0))).await,
            Said::Bind { base } => {
                refuses = false;
                peer.frame(Frame::Bound(bound(base))).await;
            }
            Said::Call { place, .. } if refuses => reply(peer, place, ReplyStatus::Refused, &[4]).await,
            // In postcard, and in the compact codec.
            Said::Call { place, body, .. } if body.is_empty() => {
                reply(peer, place, ReplyStatus::Value, &[3, b'z', b'o', b'o']).await;
            }
            Said::Call { place, .. } => reply(peer, place, ReplyStatus::Value, &[3]).await,
            Said::Close { code, text } => return (code, text),
            Said::End => return (u64::MAX, String::new()),
            _ => {}
        }
    }
}

fn wide() -> Limits {
    Limits { max_frame: 1 << 20, max_outbound: 1 << 20, ..limits() }
}

/// What a call of `add` ends with. Other calls go on over the same connection.
async fn told(answer: impl Fn(u32) -> Bound) -> Result<i64, RpcError> {
    let mut liar = Liar::new("tcp://127.0.0.1:0").await;
    let client = liar.client(wide());
    in_time(async {
        let served = async {
            let mut peer = liar.greet().await;
            let close = lie(&mut peer, &answer).await;
            panic!("the client closed: {close:?}");
        };
        let calls = async {
            let result = client.add(1, 2).await;
            assert_eq!(client.name().await.as_deref(), Ok("zoo"));
            // What was found stays, and asks no more of the server.
            assert_eq!(client.add(1, 2).await, result);
            result
        };
        tokio::select! {
            result = calls => result,
            () = served => unreachable!(),
        }
    })
    .await
}

/// The call fails for a reason that is given in these words; short, and harmless where it is shown.
async fn unreadable(signature: &[u8], words: &str) {
    let error = told(differs(signature)).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unimplemented, Executed::No), "{error}");
    assert_eq!(error.fault(), Fault::Peer, "{error}");
    let expected = format!("the peer's types of `Zoo.add` differ, and cannot be read: {words}");
    assert!(error.message().starts_with(&expected), "{}", error.message());
    short_and_harmless(&error);
}

fn short_and_harmless(error: &RpcError) {
    assert!(error.message().len() < 1_024, "{}", error.message());
    assert!(!error.message().contains(char::is_control), "{:?}", error.message());
}

/// The bytes of a signature, whether it holds together or not.
fn bytes(signature: &Signature) -> Vec<u8> {
    let limits = CodecLimits { max_size: 1 << 20, max_depth: 32, max_expansion: 1 << 16 };
    let mut bytes = vec![1];
    Codec::Postcard.encode_as("a signature", signature, &limits, &mut bytes).unwrap();
    bytes
}

fn of(shapes: impl IntoIterator<Item = Shape>) -> Signature {
    let mut types = Types::default();
    shapes.into_iter().for_each(|shape| {
        types.add(shape);
    });
    Signature::new("Zoo.add", types, Outcome::Value(TypeRef::new(0)))
}

fn ours() -> Signature {
    let methods = <ZooClient as Client>::descriptor().methods;
    methods.iter().find(|method| method.name == "add").unwrap().signature().unwrap().clone()
}

fn newtype(inner: u32) -> Shape {
    Shape::Newtype { name: "N".to_owned(), inner: TypeRef::new(inner) }
}

#[tokio::test]
async fn bytes_that_are_no_signature() {
    unreadable(&[9, 9, 9], "the signature is in form 9, and this side reads form 1").await;
    for rest in [&[][..], &[0xff; 64], &[7, b'Z'], &[0x80, 0]] {
        unreadable(&[&[1], rest].concat(), "the signature cannot be read: ").await;
    }
    let whole = bytes(&ours());
    for end in 1..whole.len() {
        unreadable(&whole[..end], "the signature cannot be read: ").await;
    }
    unreadable(&[&whole[..], &[0]].concat(), "the signature cannot be read: ").await;
}

#[tokio::test]
async fn random_signatures() {
    let mut random = Random::new();
    let whole = bytes(&ours());
    for _ in 0..200 {
        let mut changed = whole.clone();
        for _ in 0..=random.below(4) {
            let at = random.below(changed.len());
            changed[at] = random.bytes(1)[0];
        }
        // What is still a signature may be compatible.
        if let Err(error) = told(differs(&changed)).await {
            assert_eq!((error.code(), error.executed()), (Code::Unimplemented, Executed::No), "{error}");
            short_and_harmless(&error);
        }
    }
}

#[tokio::test]
async fn lengths_that_are_not_there() {
    // 2^32 types, arguments, streams; and a name of that length.
    let many = [0x80, 0x80, 0x80, 0x80, 0x10];
    let name = [&[7][..], b"Zoo.add"].concat();
    for start in [
        [&[1][..], &name, &[0, 0, 0, 0, 0], &many].concat(),
        [&[1][..], &name, &many].concat(),
        [&[1][..], &name, &[0], &many].concat(),
        [&[1][..], &many].concat(),
    ] {
        for behind in [0, 16, 8_000] {
            unreadable(&[&start[..], &vec![0; behind]].concat(), "the signature cannot be read: ").await;
        }
    }
}

#[tokio::test]
async fn types_without_an_end() {
    unreadable(
        &bytes(&of([newtype(0)])),
        "the signature of `Zoo.add` has a type, the newtype N, that contains",
    )
    .await;
    let ring = (0..10_000).map(|number| newtype((number + 1) % 10_000));
    unreadable(&bytes(&of(ring)), "the signature of `Zoo.add` has a type, the newtype N, that contains")
        .await;
    let pair = Shape::Tuple(vec![TypeRef::new(0), TypeRef::new(0)]);
    unreadable(&bytes(&of([pair])), "the signature of `Zoo.add` has a type, ").await;
    // An option of itself has a value, and so is a type. What it may hold is a number, as far as anybody can see.
    for shapes in [vec![Shape::Option(TypeRef::new(0))], vec![newtype(1), Shape::Option(TypeRef::new(0))]] {
        assert_eq!(told(differs(&bytes(&of(shapes)))).await, Ok(3));
    }
}

#[tokio::test]
async fn types_that_nest_deep() {
    let nested = |count: u32, last: Shape, around: fn(TypeRef) -> Shape| {
        let levels = (1..=count).map(move |next| around(TypeRef::new(next)));
        bytes(&of(levels.chain([last])))
    };
    let option = |inner| Shape::Option(inner);
    let number = Shape::Number(Number::I64);
    // As much as a frame of the largest size holds.
    unreadable(&nested(100_000, number.clone(), option), "the signature has ").await;
    unreadable(
        &nested(20_000, number.clone(), option),
        "the signature of `Zoo.add` has 20001 types, but may have 16384 at most",
    )
    .await;
    let deep = nested(16_000, number.clone(), |inner| newtype(inner.index()));
    unreadable(&deep, "the signature of `Zoo.add` has a type, the newtype N, of which every value is nested")
        .await;
    // Options have short values, so these are types. One may hold a number, and the other holds none.
    assert_eq!(told(differs(&nested(16_000, number, option))).await, Ok(3));
    let error = told(differs(&nested(16_000, Shape::Text, option))).await.unwrap_err();
    assert!(error.message().starts_with("`Zoo.add` cannot be called: "), "{error}");
    short_and_harmless(&error);
}

#[tokio::test]
async fn names_that_are_long() {
    let named = |length: usize| bytes(&of([Shape::UnitStruct { name: "\u{1b}".repeat(length) }]));
    unreadable(
        &named(1_025),
        "the signature of `Zoo.add` has a name of 1025 bytes that begins with `\\u{1b}",
    )
    .await;
    unreadable(&named(1_000_000), "the signature has 1000019 bytes, but may have 262144 at most").await;
    // Longer than any frame: nothing of it is read.
    let mut liar = Liar::new("tcp://127.0.0.1:0").await;
    let client = liar.client(wide());
    let answer = differs(&vec![b'x'; 4 << 20]);
    in_time(async {
        let served = async {
            let mut peer = liar.greet().await;
            let (code, text) = lie(&mut peer, &answer).await;
            assert_eq!(CloseCode::from_number(code), CloseCode::FrameTooLong, "{text}");
            // The next connection serves.
            let mut peer = liar.greet().await;
            lie(&mut peer, &bound).await
        };
        let calls = async {
            let error = client.add(1, 2).await.unwrap_err();
            assert_eq!(error.code(), Code::Unavailable, "{error}");
            assert_eq!(client.name().await.as_deref(), Ok("zoo"));
        };
        tokio::select! {
            () = calls => {}
            close = served => panic!("{close:?}"),
        }
    })
    .await;
}

#[tokio::test]
async fn names_that_a_terminal_would_obey() {
    let evil = "\u{1b}[2J\r\nname\u{202e}\u{9b}";
    let mut asked = ours();
    asked.arguments.push(Argument::new(evil, asked.arguments[0].shape));
    let mut fields = ours();
    let unit = fields.types.add(Shape::UnitStruct { name: evil.to_owned() });
    let field = Field::new(evil, unit);
    let of_fields = fields.types.add(Shape::Struct { name: evil.to_owned(), fields: vec![field] });
    fields.outcome = Outcome::Value(of_fields);
    for signature in [asked, fields] {
        let error = told(differs(&bytes(&signature))).await.unwrap_err();
        assert!(error.message().starts_with("`Zoo.add` cannot be called: "), "{error}");
        assert!(error.message().contains("\\u{1b}[2J\\r\\nname\\u{202e}\\u{9b}"), "{error}");
        short_and_harmless(&error);
    }
    let mut of_another = ours();
    of_another.method = evil.to_owned();
    unreadable(&bytes(&of_another), "it is that of another method").await;
}

#[tokio::test]
async fn references_to_no_type() {
    for which in [1, 2, u32::MAX] {
        let mut signature = ours();
        let count = u32::try_from(signature.types.len()).unwrap();
        signature.outcome = Outcome::Value(TypeRef::new(count.saturating_add(which)));
        unreadable(&bytes(&signature), "the signature of `Zoo.add` refers to type ").await;
        let mut signature = ours();
        signature.types.add(Shape::List(TypeRef::new(count.saturating_add(which))));
        unreadable(&bytes(&signature), "the signature of `Zoo.add` refers to type ").await;
    }
}

#[tokio::test]
async fn the_signature_of_another_method() {
    let methods = <ZooClient as Client>::descriptor().methods;
    for method in methods.iter().filter(|method| method.name != "add") {
        unreadable(&bytes(method.signature().unwrap()), "it is that of another method").await;
    }
}

#[tokio::test]
async fn a_signature_that_does_not_differ() {
    // The call goes on by name, whatever the server thinks that it has.
    assert_eq!(told(differs(&bytes(&ours()))).await, Ok(3));
    assert_eq!(told(differs(&[])).await, Ok(3));
}

#[tokio::test]
async fn a_server_that_is_never_content() {
    let mut liar = Liar::new("tcp://127.0.0.1:0").await;
    let client = liar.client(wide());
    let signature = bytes(&ours());
    in_time(async {
        let served = async {
            let mut peer = liar.greet().await;
            loop {
                match peer.said().await {
                    Said::Bind { base } => {
                        assert!(base < 2, "it is bound again and again");
                        peer.frame(Frame::Bound(differs(&signature)(base))).await;
                    }
                    Said::Call { place, .. } => reply(&mut peer, place, ReplyStatus::Refused, &[4]).await,
                    Said::Close { .. } | Said::End => panic!("the client closed"),
                    _ => {}
                }
            }
        };
        let calls = async {
            for _ in 0..3 {
                let error = client.add(1, 2).await.unwrap_err();
                assert_eq!((error.code(), error.executed()), (Code::Unimplemented, Executed::No), "{error}");
                assert_eq!(error.fault(), Fault::Peer, "{error}");
                assert!(error.message().contains("does not take them by name either"), "{error}");
            }
        };
        tokio::select! {
            () = calls => {}
            () = served => {}
        }
    })
    .await;
}

#[tokio::test]
async fn positions_that_were_not_bound() {
    let signature = bytes(&ours());
    let several = |positions: &[u32]| {
        let signatures = positions.iter().map(|_| signature.clone()).collect();
        Bound { differing: positions.to_vec(), signatures, ..bound(0) }
    };
    let missing = |positions: &[u32]| Bound { missing: positions.to_vec(), ..bound(0) };
    for answer in [
        several(&[1]),
        several(&[0, 1]),
        several(&[0, 0]),
        several(&[u32::MAX >> 1]),
        several(&(0..200).collect::<Vec<_>>()),
        missing(&[1]),
        missing(&[0, 0]),
    ] {
        let mut liar = Liar::new("tcp://127.0.0.1:0").await;
        let client = liar.client(wide());
        in_time(async {
            let served = async {
                let mut peer = liar.greet().await;
                let (code, text) = lie(&mut peer, &|_| answer.clone()).await;
                assert_eq!(CloseCode::from_number(code), CloseCode::Bind, "{text}");
                assert!(text.contains("positions that its Bind does not have"), "{text}");
                let mut peer = liar.greet().await;
                lie(&mut peer, &bound).await
            };
            let calls = async {
                let error = client.add(1, 2).await.unwrap_err();
                assert_eq!(error.code(), Code::Unavailable, "{error}");
                assert_eq!(client.name().await.as_deref(), Ok("zoo"));
            };
            tokio::select! {
                () = calls => {}
                close = served => panic!("{close:?}"),
            }
        })
        .await;
    }
}
