//! What a connection costs: heap, counted byte by byte. Everything runs in this process, but the side that is not
//! measured allocates nothing while it is counted: blocking sockets, buffers on the stack, frames made beforehand.
//!
//! `cargo test --test memory -- --nocapture` prints the figures.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use farcall::{Limits, RunningServer, Server, Transport, TransportRegistry, rpc_service};
use peak_alloc::PeakAlloc;
use rpc_core::wire::{Bind, Call, Chunk, Frame, Hello, MethodRef};
use tokio::io::AsyncWriteExt;
use tokio::runtime::Runtime;

#[path = "memory/streams.rs"]
mod streams;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

#[rpc_service]
trait Echo {
    async fn add(&self, a: i64, b: i64) -> i64;
    async fn echo(&self, data: Vec<u8>) -> Vec<u8>;
    async fn fill(&self, count: u32) -> Vec<u8>;
}

struct Plain;

impl Echo for Plain {
    async fn add(&self, a: i64, b: i64) -> i64 {
        a.wrapping_add(b)
    }
    async fn echo(&self, data: Vec<u8>) -> Vec<u8> {
        data
    }
    async fn fill(&self, count: u32) -> Vec<u8> {
        vec![7; count as usize]
    }
}

/// The heap is one: one measurement at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many connections are measured: 1,000, or what the limit of open files allows for both ends.
fn connections() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files")?.split_whitespace().next()?.parse().ok());
    files.map_or(200, |files: usize| (files.saturating_sub(100) / 2).min(1_000))
}

/// Live heap, when it has not changed for a while.
fn settled() -> usize {
    let begun = Instant::now();
    let mut last = (HEAP.current_usage(), Instant::now());
    while last.1.elapsed() < Duration::from_millis(100) && begun.elapsed() < Duration::from_secs(30) {
        thread::sleep(Duration::from_millis(5));
        let now = HEAP.current_usage();
        if now != last.0 {
            last = (now, Instant::now());
        }
    }
    last.0
}

/// Bytes of heap that each connection holds, when `open` has been done for all of them.
fn per_connection<T>(mut open: impl FnMut() -> T) -> usize {
    // Lent buffers, tables and queues grow to what they are with any number of connections.
    let warm: Vec<T> = (0..100).map(|_| open()).collect();
    drop(warm);
    let count = connections();
    let mut held = Vec::with_capacity(count);
    let before = settled();
    held.extend(std::iter::repeat_with(&mut open).take(count));
    let after = settled();
    drop(held);
    after.saturating_sub(before).div_ceil(count)
}

struct Served {
    address: SocketAddr,
    server: RunningServer,
    runtime: Runtime,
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn serve() -> Served {
    let runtime = runtime();
    let builder = Server::builder().service(EchoServer::new(Plain)).listen("tcp://127.0.0.1:0");
    let server = runtime.block_on(builder.limits(Limits::default()).start()).unwrap();
    let address = server.endpoints().first().unwrap().address().parse().unwrap();
    Served { address, server, runtime }
}

fn hello() -> Vec<u8> {
    hello_with(0)
}

fn hello_with(features: u64) -> Vec<u8> {
    let limits = Limits::default();
    let mut bytes = Vec::new();
    let hello = Hello {
        version_min: 1,
        version_max: 1,
        features,
        max_frame: limits.max_frame as u64,
        max_message: limits.max_message as u64,
        max_calls: limits.max_calls as u64,
        max_call_bytes: limits.max_call_bytes as u64,
        max_assembling: limits.max_assembling as u64,
        codecs: vec![1],
        services: Vec::new(),
    };
    hello.encode(&mut bytes);
    bytes
}

fn frames(frames: &[Frame<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    frames.iter().for_each(|frame| frame.encode(&mut bytes));
    bytes
}

/// Reads and drops one farcall hello.
fn skip_hello(socket: &mut TcpStream) {
    let mut head = [0; 9];
    socket.read_exact(&mut head).unwrap();
    assert!(head.starts_with(&Hello::MAGIC) && head[8] < 0x80);
    socket.read_exact(&mut [0; 128][..usize::from(head[8])]).unwrap();
}

fn greet(address: SocketAddr, hello: &[u8]) -> TcpStream {
    let mut socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    socket.write_all(hello).unwrap();
    skip_hello(&mut socket);
    socket
}

fn some(socket: &mut TcpStream, part: &mut [u8]) -> usize {
    let count = socket.read(part).unwrap();
    assert_ne!(count, 0, "the server closed the connection");
    count
}

/// Sends `bytes`, in which a [`PING`] is, and reads until its answer: what stands before it has been done then.
fn ping_pong(socket: &mut TcpStream, bytes: &[u8]) {
    socket.write_all(bytes).unwrap();
    listen(socket, |last, _| last == b"measured");
}

/// Reads until it is `enough`, which is told the last eight bytes and the number of all. The Pings behind large answers,
/// whose tokens begin with `fcal`, are answered.
fn listen(socket: &mut TcpStream, enough: impl Fn(&[u8; 8], usize) -> bool) {
    let mut part = [0; 16 << 10];
    let (mut last, mut read) = ([0_u8; 8], 0);
    while !enough(&last, read) {
        let count = some(socket, &mut part);
        for byte in &part[..count] {
            if enough(&last, read) {
                return;
            }
            last.rotate_left(1);
            last[7] = *byte;
            read += 1;
            if last.starts_with(b"fcal") {
                socket.write_all(&frames(&[Frame::Pong(last)])).unwrap();
            }
        }
    }
}

const PING: Frame<'static> = Frame::Ping(*b"measured");

#[test]
fn a_connection_that_announces_the_largest_frame_and_stops_holds_16_kib_at_most() {
    let _alone = alone();
    let Served { address, server, runtime } = serve();
    let hello = hello();
    let announced = [frames(&[PING]), vec![0x80, 0x80, 0x04]].concat();
    let begun = [frames(&[PING]), vec![0x80, 0x80, 0x04, 0x01]].concat();
    for (what, bytes) in [("only a header", announced), ("a header and a byte", begun)] {
        let each = per_connection(|| {
            let mut socket = greet(address, &hello);
            ping_pong(&mut socket, &bytes);
            socket
        });
        println!("server, {what} of a frame of 64 KiB: {each} bytes of heap per connection");
        assert!(each <= 16 << 10, "{what}: {each} bytes per connection");
    }
    drop((server, runtime));
}

#[test]
fn an_idle_connection_holds_4_kib_at_most() {
    let _alone = alone();
    let Served { address, server, runtime } = serve();
    let hello = hello();
    let ping = frames(&[PING]);
    let each = per_connection(|| {
        let mut socket = greet(address, &hello);
        ping_pong(&mut socket, &ping);
        socket
    });
    println!("server, idle after hello: {each} bytes of heap per connection");
    assert!(each <= 4 << 10, "{each} bytes per connection");
    drop((server, runtime));
}

#[test]
fn an_idle_connection_holds_4_kib_at_most_after_it_has_served() {
    let _alone = alone();
    let Served { address, server, runtime } = serve();
    let hello = hello();
    let descriptor = <EchoClient as farcall::Client>::descriptor();
    let id = |name: &str| descriptor.methods.iter().find(|method| method.name == name).unwrap().id;
    let bind = Frame::Bind(Bind {
        service: descriptor.id,
        codec: 1,
        base: 0,
        methods: vec![id("add"), id("echo")],
        fingerprint: 0,
        signatures: Vec::new(),
        compared: false,
    });
    let call = Call {
        place: 0,
        method: MethodRef::Index(0),
        detached: false,
        timeout: None,
        metadata: &[],
        total: None,
        body: &[20, 40],
    };
    let size = 1_usize << 20;
    let mut body = Vec::new();
    rpc_core::wire::varint::encode(size as u64, &mut body);
    body.resize(body.len() + size, 7);
    let mut both = frames(&[bind, Frame::Call(call)]);
    let long =
        Call { place: 1, method: MethodRef::Index(1), total: Some(body.len() as u64), body: &[], ..call };
    Frame::Call(long).encode(&mut both);
    for data in body.chunks(60_000) {
        Frame::CallChunk(Chunk { place: 1, data }).encode(&mut both);
    }
    let ping = frames(&[PING]);
    let each = per_connection(|| {
        let mut socket = greet(address, &hello);
        socket.write_all(&both).unwrap();
        listen(&mut socket, |_, read| read >= size);
        ping_pong(&mut socket, &ping);
        socket
    });
    println!("server, idle after a call and a call of 1 MiB: {each} bytes of heap per connection");
    assert!(each <= 4 << 10, "{each} bytes per connection");
    drop((server, runtime));
}

#[test]
fn what_an_idle_client_holds() {
    let _alone = alone();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint: farcall::Endpoint = format!("tcp://{}", listener.local_addr().unwrap()).parse().unwrap();
    let hello = hello();
    let runtime = runtime();
    let each = per_connection(|| {
        let client = runtime.spawn(EchoClient::connect(endpoint.clone()));
        let (mut socket, _) = listener.accept().unwrap();
        socket.write_all(&hello).unwrap();
        skip_hello(&mut socket);
        (runtime.block_on(client).unwrap().unwrap(), socket)
    });
    println!("client, idle after hello: {each} bytes of heap per connection");
    assert!(each <= 4 << 10, "{each} bytes per client");
}

/// What a peer can make the server hold that sends `frames` again and again, and never reads: bytes at most, beside
/// the 64 KiB on the way in memory. Ends when the server closes the connection or has taken everything.
fn unread(greeting: &[u8], frames: &[u8], times: usize) -> usize {
    let runtime = runtime();
    let limits = Limits { max_outbound: 256 << 10, ..Limits::default() };
    let builder = Server::builder().service(EchoServer::new(Plain)).listen("mem://").limits(limits);
    runtime.block_on(async {
        let server = builder.start().await.unwrap();
        let mut link = TransportRegistry::global().connect(&server.endpoints()[0]).await.unwrap();
        link.writer.write_all(greeting).await.unwrap();
        let before = HEAP.current_usage();
        HEAP.reset_peak_usage();
        let sent = async {
            for _ in 0..times {
                if link.writer.write_all(frames).await.is_err() {
                    return;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(30), sent).await.expect("the server reads, or closes");
        // Time to do something about the last of them.
        tokio::time::sleep(Duration::from_millis(200)).await;
        HEAP.peak_usage().saturating_sub(before)
    })
}

#[test]
fn a_peer_that_asks_and_never_reads_makes_the_server_hold_little() {
    let _alone = alone();
    let descriptor = <EchoClient as farcall::Client>::descriptor();
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
    let mut greeting = hello();
    Frame::Bind(bind.clone()).encode(&mut greeting);
    let call = Call {
        place: 0,
        method: MethodRef::Index(0),
        detached: false,
        timeout: None,
        metadata: &[],
        total: None,
        body: &[20, 40],
    };
    let places = || 0..1_024;
    let all = |call: Call<'static>| {
        frames(&places().map(|place| Frame::Call(Call { place, ..call })).collect::<Vec<_>>())
    };
    let pings = frames(&[PING; 10_000]);
    let cancels = frames(&places().map(|place| Frame::Cancel { place }).collect::<Vec<_>>());
    let attacks = [
        ("pings", pings, 100),
        ("calls", all(call), 1_000),
        (
            "calls with an answer of 1 MiB",
            all(Call { method: MethodRef::Index(2), body: &[0x80, 0x80, 0x40], ..call }),
            1,
        ),
        ("calls that have expired", all(Call { timeout: Some(0), ..call }), 1_000),
        ("calls that are too long", all(Call { total: Some(1 << 40), ..call }), 1_000),
        ("calls that cannot be decoded", all(Call { body: &[0xff], ..call }), 1_000),
        ("calls of no method", all(Call { method: MethodRef::Id(0), ..call }), 1_000),
        ("cancels", cancels, 1_000),
        (
            "binds of nothing",
            frames(&vec![Frame::Bind(Bind { base: 2, methods: Vec::new(), ..bind }); 10_000]),
            100,
        ),
    ];
    for (what, frames, times) in attacks {
        let peak = unread(&greeting, &frames, times);
        println!("server, {what} without reading: {} KiB of heap at most", peak >> 10);
        // `max_outbound` and one message, which is there twice while it is cut into chunks, and what has arrived.
        assert!(peak <= 3 << 20, "{what}: {peak} bytes");
    }
}
