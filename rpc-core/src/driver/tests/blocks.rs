//! Blocks whose destructors use the connection that carried them: none is dropped under its lock.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak, mpsc};
use std::task::{self, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncWrite, AsyncWriteExt};

use crate::codec::Codec;
use crate::driver::{CallStart, Connection};
use crate::proto::{Form, OutgoingCall, Side};
use crate::wire::{CloseCode, Hello};
use crate::{Limits, Link, MethodDescriptor};

static SEND: MethodDescriptor = MethodDescriptor::new(("Sends", 1), ("send", 2), "");

const BLOCKS: usize = 4;
const LENGTH: usize = 300_000;

type Hook = Arc<Mutex<Option<Box<dyn FnOnce() + Send>>>>;

/// Takes so many bytes, and no more. The hook runs while others are being written.
struct Stuck {
    takes: usize,
    hook: Hook,
}

impl AsyncWrite for Stuck {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut task::Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let count = self.takes.min(bytes.len());
        self.takes -= count;
        if count > 0 {
            return Poll::Ready(Ok(count));
        }
        if let Some(hook) = self.hook.lock().unwrap().take() {
            hook();
        }
        Poll::Pending
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut task::Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut task::Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// A block that makes a call when it is dropped, and drops that.
struct Caller {
    bytes: Vec<u8>,
    connection: Weak<Connection>,
    dropped: Arc<AtomicUsize>,
}

impl AsRef<[u8]> for Caller {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Caller {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.upgrade()
            && let Some(call) = start(&connection, None)
        {
            connection.cancel_call(call);
        }
        self.dropped.fetch_add(1, Ordering::Relaxed);
    }
}

fn start(connection: &Connection, block: Option<Bytes>) -> Option<u32> {
    let mut call = OutgoingCall {
        method: &SEND,
        form: Form::of(Codec::Postcard),
        deadline: None,
        timeout: None,
        metadata: &[],
        body: &mut vec![1, 2, 3],
        block,
    };
    match connection.start_call(crate::clock::now(), &mut call, None, Waker::noop()) {
        CallStart::Begun(call) => Some(call),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug)]
enum Event {
    CancelWaiting,
    CancelBegun,
    CancelAll,
    CancelWhileWritten,
    Close,
    CloseWhileWritten,
    Drain,
    PeerGone,
    TaskDropped,
}

const EVENTS: [Event; 9] = [
    Event::CancelWaiting,
    Event::CancelBegun,
    Event::CancelAll,
    Event::CancelWhileWritten,
    Event::Close,
    Event::CloseWhileWritten,
    Event::Drain,
    Event::PeerGone,
    Event::TaskDropped,
];

async fn session(event: Event, length: usize, takes: usize) {
    let (mut peer, near) = tokio::io::duplex(64 << 10);
    let (reader, _unused) = tokio::io::split(near);
    let hook = Hook::default();
    let link = Link::new(reader, Stuck { takes, hook: Arc::clone(&hook) }, "test");
    let limits = Arc::new(Limits { max_outbound: 1 << 20, ..Limits::default() });
    let (connection, task) = Connection::new(link, (Side::Client, Codec::Postcard), limits, Arc::default());
    let task = tokio::spawn(task);
    let mut hello = Vec::new();
    Hello {
        version_min: 1,
        version_max: 1,
        features: 0,
        max_frame: 16_384,
        max_message: 1 << 20,
        max_calls: 64,
        max_call_bytes: 4 << 20,
        max_assembling: 2,
        codecs: vec![1],
        services: vec![1],
    }
    .encode(&mut hello);
    peer.write_all(&hello).await.unwrap();
    connection.established().await.unwrap();

    let dropped = Arc::new(AtomicUsize::new(0));
    let calls: Vec<u32> = (0..BLOCKS)
        .map(|_| {
            let (connection, dropped) = (Arc::downgrade(&connection), Arc::clone(&dropped));
            Bytes::from_owner(Caller { bytes: vec![7; length], connection, dropped })
        })
        .map(|block| start(&connection, Some(block)).unwrap())
        .collect();
    let (first, last) = (calls[0], calls[BLOCKS - 1]);
    let held = connection.clone();
    let in_hook: Box<dyn FnOnce() + Send> = match event {
        Event::CancelWhileWritten => Box::new(move || calls.iter().for_each(|call| held.cancel_call(*call))),
        Event::CloseWhileWritten => Box::new(move || held.close(CloseCode::Done, "")),
        Event::CancelAll => Box::new({
            calls.iter().for_each(|call| held.cancel_call(*call));
            drop(held);
            || ()
        }),
        _ => Box::new({
            drop(held);
            || ()
        }),
    };
    *hook.lock().unwrap() = Some(in_hook);
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    match event {
        Event::CancelWaiting => connection.cancel_call(last),
        Event::CancelBegun => connection.cancel_call(first),
        Event::Close => connection.close(CloseCode::Done, ""),
        Event::Drain => {
            let mut drain = Vec::new();
            crate::wire::Frame::Drain { step: 1, last: 0 }.encode(&mut drain);
            peer.write_all(&drain).await.unwrap();
        }
        Event::PeerGone => drop(peer),
        Event::TaskDropped => task.abort(),
        Event::CancelAll | Event::CancelWhileWritten | Event::CloseWhileWritten => {}
    }
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    connection.close(CloseCode::Done, "");
    task.abort();
    let _ended = task.await;
    drop((hook.lock().unwrap().take(), connection));
    assert_eq!(dropped.load(Ordering::Relaxed), BLOCKS, "{event:?}, {length} bytes, {takes} taken");
}

/// One that takes the lock again would wait for itself.
#[test]
fn a_block_may_use_its_connection_when_it_is_dropped() {
    for event in EVENTS {
        for length in [9_000, 15_000, LENGTH] {
            for takes in [0, 200, 12_000, 90_000, 5_000_000] {
                let (done, ended) = mpsc::channel();
                std::thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                    runtime.block_on(session(event, length, takes));
                    let _told = done.send(());
                });
                let ended = ended.recv_timeout(Duration::from_secs(20));
                assert!(
                    ended.is_ok(),
                    "{event:?}, {length} bytes, {takes} taken: it waits for itself, or failed"
                );
            }
        }
    }
}
