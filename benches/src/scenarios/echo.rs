use super::load::{self, Counter};
use super::{Bench, Figure, Metric};
use crate::peers::{Ability, Client, Peer};

const CALLERS: usize = 16;
/// Of each end of a reply, which is compared always. The rest is compared in a caller's first reply: to read every byte
/// would cost as much as the fastest peers take to carry it.
const ENDS: usize = 32;

/// Megabytes (10⁶ bytes) per second in each of the two directions.
pub(super) async fn run<P: Peer>(bench: Bench, bytes: usize) -> Vec<Figure> {
    let client = P::connect(bench.address).await;
    let alone = P::LACKS.iter().any(|(ability, _)| *ability == Ability::InFlight);
    let callers = if alone { 1 } else { CALLERS };
    let calls =
        load::rate::<P, _>(bench.slice, callers, |counter| call(client.clone(), bytes, counter)).await;
    vec![Figure { metric: Metric::Throughput, value: calls * bytes as f64 / 1e6 }]
}

async fn call<C: Client>(client: C, bytes: usize, counter: Counter) {
    // Another for each caller.
    let sent: Vec<u8> = (counter.caller() * 7..).take(bytes).map(|at| (at % 251) as u8).collect();
    let payload = C::Payload::from(sent.clone());
    assert!(client.echo(&payload).await.as_ref() == sent, "the reply differs from what was sent");
    while !counter.is_over() {
        let reply = client.echo(&payload).await;
        let reply = reply.as_ref();
        assert_eq!(reply.len(), bytes, "the length of a reply");
        assert_eq!(reply[..ENDS], sent[..ENDS], "the first bytes of a reply");
        assert_eq!(reply[bytes - ENDS..], sent[bytes - ENDS..], "the last bytes of a reply");
        counter.add_one();
    }
}
