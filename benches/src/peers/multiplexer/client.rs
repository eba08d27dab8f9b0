use std::io::{self, IoSlice};
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

use bytes::{Buf, Bytes, BytesMut};
use slab::Slab;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::Notify;
use tokio::task::{AbortHandle, yield_now};

use super::frame::{Body, Frame, make_room};
use super::outgoing::Outgoing;
use crate::peers::Client;

/// How often the flusher lets others run, for as long as they have more to send.
const TURNS: usize = 4;

#[derive(Clone)]
pub struct MultiplexerClient(Arc<Handle>);

/// Ends the connection with the last client.
struct Handle {
    connection: Arc<Connection>,
    tasks: [AbortHandle; 2],
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

struct Connection {
    stream: OwnedWriteHalf,
    state: Mutex<State>,
    flush: Notify,
}

#[derive(Default)]
struct State {
    /// By the ids of their calls.
    waiters: Slab<Waiter>,
    unsent: Outgoing,
    /// The flusher is awake, and will see what is unsent.
    flushing: bool,
}

enum Waiter {
    Waiting(Waker),
    Answered(Body),
    /// Keeps the id until the reply has come.
    Gone,
}

impl MultiplexerClient {
    pub(super) fn new(stream: TcpStream) -> Self {
        let (reader, writer) = stream.into_split();
        let connection = Connection { stream: writer, state: Mutex::default(), flush: Notify::new() };
        let connection = Arc::new(connection);
        let tasks = [
            tokio::spawn(Arc::clone(&connection).flush()).abort_handle(),
            tokio::spawn(Arc::clone(&connection).read(reader)).abort_handle(),
        ];
        Self(Arc::new(Handle { connection, tasks }))
    }

    fn call(&self, body: Body) -> Call<'_> {
        Call { connection: &self.0.connection, progress: Progress::Unsent(body) }
    }
}

impl Client for MultiplexerClient {
    type Payload = Bytes;
    type Reply = Bytes;

    async fn add(&self, a: i64, b: i64) -> i64 {
        match self.call(Body::Add(a, b)).await {
            Body::Sum(sum) => sum,
            _ => panic!("the reply is no sum"),
        }
    }

    async fn echo(&self, payload: &Bytes) -> Bytes {
        match self.call(Body::Payload(payload.clone())).await {
            Body::Payload(payload) => payload,
            _ => panic!("the reply is no payload"),
        }
    }
}

struct Call<'a> {
    connection: &'a Connection,
    progress: Progress,
}

enum Progress {
    Unsent(Body),
    Sent { id: usize },
    Over,
}

impl Future for Call<'_> {
    type Output = Body;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Body> {
        match mem::replace(&mut self.progress, Progress::Over) {
            Progress::Unsent(body) => {
                let id = self.connection.send(body, context.waker().clone());
                self.progress = Progress::Sent { id };
                Poll::Pending
            }
            Progress::Sent { id } => {
                let reply = self.connection.reply(id, context.waker());
                if reply.is_pending() {
                    self.progress = Progress::Sent { id };
                }
                reply
            }
            Progress::Over => panic!("polled after its end"),
        }
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        if let Progress::Sent { id } = self.progress {
            let mut state = self.connection.state();
            match state.waiters[id] {
                Waiter::Answered(_) => drop(state.waiters.remove(id)),
                _ => state.waiters[id] = Waiter::Gone,
            }
        }
    }
}

impl Connection {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic in the lock")
    }

    fn send(&self, body: Body, waker: Waker) -> usize {
        let mut state = self.state();
        let id = state.waiters.insert(Waiter::Waiting(waker));
        state.unsent.push(Frame { id: id as u64, body });
        if state.flushing {
            return id;
        }
        // Nobody to share a write with.
        if state.waiters.len() == 1 {
            // What is wrong with the stream, the flusher will meet as well.
            _ = self.try_write(&mut state.unsent);
        }
        if state.unsent.has_remaining() {
            state.flushing = true;
            drop(state);
            self.flush.notify_one();
        }
        id
    }

    fn reply(&self, id: usize, waker: &Waker) -> Poll<Body> {
        let mut state = self.state();
        if let Waiter::Waiting(known) = &mut state.waiters[id] {
            known.clone_from(waker);
            return Poll::Pending;
        }
        match state.waiters.remove(id) {
            Waiter::Answered(body) => Poll::Ready(body),
            _ => unreachable!("it is there, and waits no more"),
        }
    }

    async fn flush(self: Arc<Self>) {
        let mut sending = Outgoing::default();
        loop {
            self.flush.notified().await;
            while self.take(&mut sending).await {
                self.write(&mut sending).await.expect("a write");
            }
        }
    }

    /// What is unsent, when it has stopped growing.
    async fn take(&self, sending: &mut Outgoing) -> bool {
        let mut seen = self.state().unsent.remaining();
        for _ in 0..TURNS {
            yield_now().await;
            let length = self.state().unsent.remaining();
            if mem::replace(&mut seen, length) == length {
                break;
            }
        }
        let mut state = self.state();
        mem::swap(&mut state.unsent, sending);
        state.flushing = sending.has_remaining();
        state.flushing
    }

    async fn write(&self, sending: &mut Outgoing) -> io::Result<()> {
        while sending.has_remaining() {
            self.stream.writable().await?;
            match self.try_write(sending) {
                Err(error) if error.kind() != io::ErrorKind::WouldBlock => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    fn try_write(&self, sending: &mut Outgoing) -> io::Result<()> {
        let mut slices = [IoSlice::new(&[]); 64];
        let filled = sending.chunks_vectored(&mut slices);
        let written = self.stream.try_write_vectored(&slices[..filled])?;
        sending.advance(written);
        Ok(())
    }

    /// The replies of one read are handed out under one lock, and their callers woken after it.
    async fn read(self: Arc<Self>, mut stream: OwnedReadHalf) {
        let (mut read, mut wakers) = (BytesMut::new(), Vec::new());
        loop {
            make_room(&mut read);
            if stream.read_buf(&mut read).await.expect("a read") == 0 {
                return;
            }
            let mut state = self.state();
            while let Some(Frame { id, body }) = Frame::decode(&mut read) {
                let id = id as usize;
                match mem::replace(&mut state.waiters[id], Waiter::Answered(body)) {
                    Waiter::Waiting(waker) => wakers.push(waker),
                    _ => drop(state.waiters.remove(id)),
                }
            }
            drop(state);
            wakers.drain(..).for_each(Waker::wake);
        }
    }
}
