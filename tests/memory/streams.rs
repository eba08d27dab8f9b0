//! What streams cost: nothing that grows with their length, and little when nobody reads.
//!
//! `FARCALL_STREAM_ITEMS=10000000` sets how long the long ones are.

use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use farcall::{Limits, RunningServer, Server, Transport, TransportRegistry, rpc_service};
use futures::{Stream, StreamExt, stream};
use rpc_core::wire::{Bind, Call, Credit, Decoder, End, EndStatus, Event, Frame, Item, MethodRef, Reply};
use tokio::io::AsyncWriteExt;
use tokio::sync::watch;

use super::{
    HEAP, PING, alone, frames, greet, hello_with, per_connection, ping_pong, runtime, settled, some,
};

#[rpc_service]
trait Flood {
    async fn add(&self, a: u64, b: u64) -> u64;
    fn numbers(&self, count: u64) -> impl Stream<Item = u64> + Send;
    fn blocks(&self, length: u32) -> impl Stream<Item = Vec<u8>> + Send;
    /// A block, when the gate is open.
    fn late_block(&self, length: u32) -> impl Stream<Item = Vec<u8>> + Send;
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64;
    /// Takes nothing, and never ends by itself.
    async fn hold(&self, blocks: impl Stream<Item = Vec<u8>> + Send);
}

#[derive(Default)]
struct Gates {
    open: watch::Sender<bool>,
    waiting: AtomicUsize,
}

impl Flood for Gates {
    async fn add(&self, a: u64, b: u64) -> u64 {
        a.wrapping_add(b)
    }
    fn numbers(&self, count: u64) -> impl Stream<Item = u64> + Send {
        stream::iter(0..count)
    }
    fn blocks(&self, length: u32) -> impl Stream<Item = Vec<u8>> + Send {
        stream::repeat_with(move || vec![7; length as usize])
    }
    fn late_block(&self, length: u32) -> impl Stream<Item = Vec<u8>> + Send {
        stream::once(async move {
            self.waiting.fetch_add(1, Ordering::SeqCst);
            self.open.subscribe().wait_for(|open| *open).await.unwrap();
            vec![7; length as usize]
        })
    }
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64 {
        numbers.fold(0, async |sum: u64, number| sum.wrapping_add(number)).await
    }
    async fn hold(&self, blocks: impl Stream<Item = Vec<u8>> + Send) {
        let _untouched = std::pin::pin!(blocks);
        std::future::pending().await
    }
}

fn long() -> u64 {
    std::env::var("FARCALL_STREAM_ITEMS").ok().and_then(|text| text.parse().ok()).unwrap_or(300_000)
}

/// Bytes of heap at most, beside what was there before, while `work` is done.
async fn peak(work: impl Future<Output = ()>) -> usize {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    work.await;
    HEAP.peak_usage().saturating_sub(before)
}

async fn pair(endpoint: &str) -> (FloodClient, RunningServer) {
    let server = farcall::serve(endpoint, FloodServer::new(Gates::default())).await.unwrap();
    (FloodClient::connect(server.endpoints()).await.unwrap(), server)
}

async fn down(client: &FloodClient, count: u64) {
    let mut numbers = client.numbers(count);
    let mut expected = 0;
    while let Some(number) = numbers.next().await {
        assert_eq!(number, Ok(expected));
        expected += 1;
    }
    assert_eq!(expected, count);
}

async fn up(client: &FloodClient, count: u64) {
    assert_eq!(client.sum(stream::iter(0..count)).await, Ok((0..count).sum()));
}

#[test]
fn a_long_stream_costs_no_more_than_a_short_one() {
    let _alone = alone();
    runtime().block_on(async {
        for endpoint in ["mem://", "tcp://127.0.0.1:0"] {
            let (client, _server) = pair(endpoint).await;
            down(&client, 20_000).await;
            up(&client, 20_000).await;
            let begun = Instant::now();
            let received = peak(down(&client, long())).await;
            let time = begun.elapsed();
            let begun = Instant::now();
            let sent = peak(up(&client, long())).await;
            println!(
                "{endpoint}: {} numbers down: {} KiB at most, {time:?}; up: {} KiB, {:?}; both ends together",
                long(),
                received >> 10,
                sent >> 10,
                begun.elapsed()
            );
            assert!(received <= 1 << 20, "{received} bytes for a stream that comes");
            assert!(sent <= 1 << 20, "{sent} bytes for a stream that goes");
        }
    });
}

#[test]
fn a_stream_that_nobody_reads_costs_its_window() {
    let _alone = alone();
    runtime().block_on(async {
        let (client, _server) = pair("tcp://127.0.0.1:0").await;
        down(&client, 20_000).await;
        up(&client, 20_000).await;
        let window = Limits::default().max_stream_bytes;
        let calls = async || {
            for number in 0..1_000 {
                assert_eq!(client.add(number, 1).await, Ok(number + 1));
            }
        };
        for length in [0, 1_000, 60_000] {
            let mut stalled = client.blocks(length);
            let cost = peak(async {
                assert!(stalled.next().await.unwrap().is_ok());
                calls().await;
            });
            let cost = cost.await;
            println!("a stream of {length} bytes each that nobody reads: {} KiB at most", cost >> 10);
            // One window at the receiver, as much on its way and as much being made; 1,024 empty items cost, too.
            assert!(cost <= 4 * window + 4 * length as usize, "{cost} bytes");
            drop(stalled);
            let items = stream::repeat_with(move || vec![7; length as usize]);
            let upload = tokio::spawn(client.hold(items));
            let cost = peak(calls()).await;
            println!("an upload of {length} bytes each that nobody reads: {} KiB at most", cost >> 10);
            assert!(cost <= 4 * window + 4 * length as usize, "{cost} bytes");
            upload.abort();
        }
    });
}

fn index(method: &str) -> MethodRef {
    let descriptor = <FloodClient as farcall::Client>::descriptor();
    let position = descriptor.methods.iter().position(|of| of.name == method).unwrap();
    MethodRef::Index(u32::try_from(position).unwrap())
}

fn greeting() -> Vec<u8> {
    let descriptor = <FloodClient as farcall::Client>::descriptor();
    let methods = descriptor.methods.iter().map(|method| method.id).collect();
    let bind = Bind {
        service: descriptor.id,
        codec: 1,
        base: 0,
        methods,
        fingerprint: 0,
        signatures: Vec::new(),
        compared: false,
    };
    let mut greeting = hello_with(1);
    Frame::Bind(bind).encode(&mut greeting);
    greeting
}

fn call<'a>(place: u32, method: &str, body: &'a [u8]) -> Frame<'a> {
    let method = index(method);
    Frame::Call(Call { place, method, detached: false, timeout: None, metadata: &[], total: None, body })
}

fn item(place: u32, more: bool, data: &[u8]) -> Frame<'_> {
    Frame::CallItem { stream: 0, item: Item { place, more, data } }
}

/// What a peer can make the server hold that sends `bytes` and never reads.
async fn unread(bytes: &[u8]) -> usize {
    let limits = Limits { max_outbound: 256 << 10, ..Limits::default() };
    let builder =
        Server::builder().service(FloodServer::new(Gates::default())).listen("mem://").limits(limits);
    let server = builder.start().await.unwrap();
    let mut link = TransportRegistry::global().connect(&server.endpoints()[0]).await.unwrap();
    link.writer.write_all(&greeting()).await.unwrap();
    // The server before this one may still be at its end.
    tokio::task::block_in_place(settled);
    peak(async {
        let sent = tokio::time::timeout(Duration::from_secs(30), link.writer.write_all(bytes)).await;
        let _closed_or_not = sent.expect("the server reads, or closes");
        // Nothing is heard of the server but that its heap changes no more.
        tokio::task::block_in_place(settled);
    })
    .await
}

#[test]
fn a_peer_that_opens_streams_and_never_reads_makes_the_server_hold_little() {
    let _alone = alone();
    let endless = |method: &'static str, body: &'static [u8]| {
        let mut all = Vec::new();
        for place in 0..1_024 {
            all.push(call(place, method, body));
            all.push(Frame::CallCredit(Credit { place, items: 1 << 61, bytes: 1 << 61 }));
        }
        frames(&all)
    };
    let uploads = |data: &'static [u8], more: bool, each: usize| {
        let mut all = Vec::new();
        for place in 0..1_024 {
            all.push(call(place, "hold", &[]));
            all.extend((0..each).map(|_| item(place, more, data)));
        }
        frames(&all)
    };
    let credit = Frame::CallCredit(Credit { place: 0, items: 1, bytes: 1 });
    let mut credits = vec![call(0, "blocks", &[0])];
    credits.extend(vec![credit; 100_000]);
    // A handler and its task cost about three KiB, and 1,024 of them are allowed.
    let attacks = [
        ("streams without end", endless("numbers", &[0xff, 0xff, 0xff, 0xff, 0x0f]), 6 << 20),
        ("streams of empty items", endless("blocks", &[0]), 6 << 20),
        ("streams of items of 1 MiB", endless("blocks", &[0x80, 0x80, 0x40]), 16 << 20),
        ("uploads of 64 items of one byte", uploads(&[0], false, 64), 12 << 20),
        ("uploads of 64 items of no bytes", uploads(&[], false, 64), 12 << 20),
        ("uploads of an item that is never whole", uploads(&[0; 8_192], true, 8), 8 << 20),
        ("credit", frames(&credits), 3 << 20),
    ];
    runtime().block_on(async {
        for (what, bytes, most) in attacks {
            let peak = unread(&bytes).await;
            println!("server, {what} without reading: {} KiB of heap at most", peak >> 10);
            assert!(peak <= most, "{what}: {peak} bytes");
        }
    });
}

#[test]
fn a_thousand_streams_that_send_at_once_wait_for_one_another() {
    let _alone = alone();
    runtime().block_on(async {
        let gates = Arc::new(Gates::default());
        let builder = Server::builder().service(FloodServer::from_arc(Arc::clone(&gates))).listen("mem://");
        let server = builder.start().await.unwrap();
        let mut link = TransportRegistry::global().connect(&server.endpoints()[0]).await.unwrap();
        let mut bytes = greeting();
        // One block of 256 KiB each.
        let calls: Vec<_> = (0..1_000).map(|place| call(place, "late_block", &[0x80, 0x80, 0x10])).collect();
        bytes.extend(frames(&calls));
        // Nothing is read beyond the openings.
        link.writer.write_all(&bytes).await.unwrap();
        while gates.waiting.load(Ordering::SeqCst) < 1_000 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let peak = peak(async {
            gates.open.send_replace(true);
            tokio::task::block_in_place(settled);
        })
        .await;
        println!("server, 1,000 streams with an item of 256 KiB at once: {} KiB at most", peak >> 10);
        assert!(peak <= 24 << 20, "{peak} bytes");
    });
}

#[test]
fn what_is_not_taken_is_bounded_by_max_buffered_bytes() {
    let _alone = alone();
    let limits = Limits { max_message: 64 << 10, max_buffered_bytes: 1 << 20, ..Limits::default() };
    runtime().block_on(async {
        let builder =
            Server::builder().service(FloodServer::new(Gates::default())).listen("mem://").limits(limits);
        let server = builder.start().await.unwrap();
        let client = FloodClient::connect(server.endpoints()).await.unwrap();
        client.add(1, 2).await.unwrap();
        let cost = peak(async {
            let mut uploads = tokio::task::JoinSet::new();
            for _ in 0..200 {
                uploads.spawn(client.hold(stream::repeat_with(|| vec![7; 10_000]).take(6)));
            }
            // 12 MB are sent; most calls end for it.
            let mut ended = 0;
            while ended < 150 {
                let error = uploads.join_next().await.unwrap().unwrap().unwrap_err();
                assert_eq!(error.code(), farcall::Code::ResourceExhausted, "{error}");
                ended += 1;
            }
            assert_eq!(client.add(20, 22).await, Ok(42));
        })
        .await;
        println!("200 uploads of 60 KB each, of which 1 MiB may wait: {} KiB at most", cost >> 10);
        assert!(cost <= 16 << 20, "{cost} bytes");
    });
}

/// Reads to the end of the result stream on place 0 and the answer on place 1. What it allocates is gone then.
fn until_both_have_ended(socket: &mut TcpStream) {
    let mut decoder = Decoder::new(1 << 20);
    // That of the server has been read.
    let (mut input, mut part, mut left) = (hello_with(0), [0; 4_096], 2);
    while left > 0 {
        let count = some(socket, &mut part);
        input.extend_from_slice(&part[..count]);
        let mut rest = input.as_slice();
        while let Some(event) = decoder.next(&mut rest).unwrap() {
            left -= usize::from(matches!(event, Event::Frame(Frame::ReplyEnd(_))));
            left -= usize::from(matches!(event, Event::Frame(Frame::Reply(Reply { place: 1, .. }))));
        }
        let taken = input.len() - rest.len();
        input.drain(..taken);
    }
}

#[test]
fn an_idle_connection_holds_4_kib_at_most_after_streams() {
    let _alone = alone();
    let runtime = runtime();
    let builder = Server::builder().service(FloodServer::new(Gates::default())).listen("tcp://127.0.0.1:0");
    let server = runtime.block_on(builder.start()).unwrap();
    let address = server.endpoints().first().unwrap().address().parse().unwrap();
    let mut session = vec![call(0, "numbers", &[50]), call(1, "sum", &[])];
    session.extend((0..50).map(|_| item(1, false, &[7])));
    session.push(Frame::CallEnd { stream: 0, end: End { place: 1, status: EndStatus::Clean, body: &[] } });
    let (greeting, session, ping) = (greeting(), frames(&session), frames(&[PING]));
    let each = per_connection(|| {
        let mut socket = greet(address, &greeting);
        socket.write_all(&session).unwrap();
        until_both_have_ended(&mut socket);
        ping_pong(&mut socket, &ping);
        socket
    });
    println!("server, idle after streams: {each} bytes of heap per connection");
    assert!(each <= 4 << 10, "{each} bytes per connection");
    drop((server, runtime));
}
