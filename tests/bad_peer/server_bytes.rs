//! Bytes of every kind: nothing panics, and nobody else notices.

use farcall::{Endpoint, RunningServer};
use rpc_core::wire::{Call, Chunk, Frame, MethodRef};

use super::kit::{
    Peer, Random, ZooClient, by_index, call, chunked, hello, hello_bytes, id, in_time, serve, zoo_bind,
};

/// What a well-behaved client might say, from its hello on.
fn session() -> Vec<u8> {
    let mut bytes = hello_bytes(&hello());
    bytes.extend(zoo_bind());
    let body = vec![1; 5_000];
    let metadata = [1, 1, b'k', 0, 1, b'v'];
    let long_id = Call { method: MethodRef::Id(id("add")), timeout: Some(5_000), ..call(4, "add", &[2, 4]) };
    let frames = [
        Frame::Call(call(0, "add", &[2, 4])),
        Frame::Call(Call { timeout: Some(1_500), metadata: &metadata, ..call(1, "words", &[2, 1, b'a', 0]) }),
        Frame::Call(chunked(2, "echo", 5_002, &[0x88, 0x27])),
        Frame::CallChunk(Chunk { place: 2, data: &body }),
        Frame::Call(call(3, "wait", &[])),
        Frame::Cancel { place: 3 },
        Frame::Call(long_id),
        Frame::Ping([1; 8]),
        Frame::Call(Call { method: by_index("panic"), ..call(5, "name", &[]) }),
        Frame::Pong([1; 8]),
        Frame::Drain { step: 1, last: 0 },
        Frame::Close(rpc_core::wire::Close { code: 0, text: "bye" }),
    ];
    frames.iter().for_each(|frame| frame.encode(&mut bytes));
    bytes
}

struct Attacked {
    _server: RunningServer,
    endpoint: Endpoint,
    healthy: ZooClient,
}

impl Attacked {
    async fn new(endpoint: &str) -> Self {
        let (server, endpoint) = serve(endpoint).await;
        let healthy = ZooClient::connect(&endpoint).await.unwrap();
        Self { _server: server, endpoint, healthy }
    }

    /// One connection that says `bytes` and no more.
    async fn with(&self, bytes: &[u8]) {
        let mut peer = Peer::silent(&self.endpoint).await;
        let sent = async |peer: &mut Peer| {
            peer.send(bytes).await;
            peer.shut().await;
            peer.gone().await;
        };
        in_time(sent(&mut peer)).await;
    }

    async fn others_are_unharmed(&self) {
        assert_eq!(in_time(self.healthy.add(20, 22)).await, Ok(42));
        let new = in_time(ZooClient::connect(&self.endpoint)).await.unwrap();
        assert_eq!(in_time(new.add(1, 1)).await, Ok(2));
    }
}

#[tokio::test]
async fn random_bytes() {
    let mut random = Random::new();
    for endpoint in ["mem://", "tcp://127.0.0.1:0"] {
        let attacked = Attacked::new(endpoint).await;
        for round in 0..400 {
            let count = random.below(4_000);
            let mut bytes = if round % 2 == 0 { hello_bytes(&hello()) } else { Vec::new() };
            bytes.extend(random.bytes(count));
            attacked.with(&bytes).await;
        }
        attacked.others_are_unharmed().await;
    }
}

#[tokio::test]
async fn random_frames() {
    // Lengths and kinds are right, so that every field is reached.
    let mut random = Random::new();
    let attacked = Attacked::new("mem://").await;
    let kinds = [1, 2, 3, 4, 5, 6, 7, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x20, 0x21, 0x22, 0x23, 0x80];
    for _ in 0..2_000 {
        let mut bytes = hello_bytes(&hello());
        bytes.extend(zoo_bind());
        for _ in 0..random.below(20) {
            let count = random.below(30);
            bytes.extend([u8::try_from(count + 1).unwrap(), kinds[random.below(kinds.len())]]);
            // Mostly small numbers: they name places and methods that there are.
            bytes.extend(
                random.bytes(count).iter().map(|byte| if byte & 0x60 == 0 { *byte } else { byte & 7 }),
            );
        }
        attacked.with(&bytes).await;
    }
    attacked.others_are_unharmed().await;
}

#[tokio::test]
async fn valid_sessions_with_mistakes() {
    let mut random = Random::new();
    let session = session();
    for (endpoint, rounds) in [("mem://", 2_000), ("tcp://127.0.0.1:0", 300)] {
        let attacked = Attacked::new(endpoint).await;
        for _ in 0..rounds {
            let mut bytes = session.clone();
            for _ in 0..=random.below(4) {
                // Most of it is the body of one chunk.
                let among = if random.below(4) == 0 { bytes.len() } else { 250.min(bytes.len()) };
                let at = random.below(among);
                match random.below(4) {
                    0 => bytes[at] ^= 1 << random.below(8),
                    1 => bytes[at] = random.next() as u8,
                    2 => bytes.insert(at, random.next() as u8),
                    _ => drop(bytes.remove(at)),
                }
            }
            attacked.with(&bytes).await;
        }
        attacked.others_are_unharmed().await;
    }
}

#[tokio::test]
async fn a_valid_session_that_ends_at_any_byte() {
    let session = session();
    let attacked = Attacked::new("mem://").await;
    for end in (0..400).chain((400..session.len()).step_by(97)).chain(session.len() - 100..=session.len()) {
        attacked.with(&session[..end]).await;
    }
    attacked.others_are_unharmed().await;
}
