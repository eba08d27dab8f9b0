//! One connection, and a peer made by hand that says what a test wants.

use std::collections::VecDeque;
use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use super::service::{CHAT, ECHO, FEED, OTHER, TAKE, router};
use crate::clock;
use crate::codec::Codec;
use crate::proto::{Connection, Form, OutgoingCall, ServedCall, Side, StartError};
use crate::server::Reply;
use crate::stream::Batch;
use crate::wire::{Bind, Call, CloseCode, Decoder, Event, Frame, Hello, Item, MethodRef, ReplyStatus};
use crate::{Limits, MethodDescriptor};

pub(super) struct Lone {
    pub(super) proto: Connection,
    pub(super) now: Instant,
    decoder: Decoder,
    theirs: Decoder,
    /// The last Ping.
    asked: [u8; 8],
}

impl Lone {
    /// A server whose client has said nothing yet.
    pub(super) fn silent(side: Side, limits: Limits) -> Self {
        let now = Instant::now();
        let decoder = Decoder::new(limits.max_frame);
        let proto = Connection::new(now, side, Codec::Postcard, Arc::new(limits), router());
        Self { proto, now, decoder, theirs: Decoder::new(1 << 20), asked: [0; 8] }
    }

    /// A server that has shaken hands with a client of the default limits.
    pub(super) fn server(limits: Limits) -> Self {
        let mut lone = Self::silent(Side::Server, limits);
        lone.greet(&hello());
        lone
    }

    /// A client that has shaken hands with a server that said `hello`.
    pub(super) fn client(limits: Limits, hello: &Hello) -> Self {
        let mut lone = Self::silent(Side::Client, limits);
        lone.greet(hello);
        lone
    }

    pub(super) fn greet(&mut self, hello: &Hello) {
        let mut bytes = Vec::new();
        hello.encode(&mut bytes);
        self.hear_bytes(&bytes);
        self.said();
    }

    /// Binds `echo` as 0 and `other` as 1.
    pub(super) fn bound(mut self) -> Self {
        self.hear(&Frame::Bind(bind(0, &[&ECHO, &OTHER])));
        self.said();
        self
    }

    /// A server that knows streams, of a client that does; `echo`, `feed`, `take` and `chat` are 0 to 3.
    pub(super) fn streams(limits: Limits) -> Self {
        let mut lone = Self::silent(Side::Server, limits);
        lone.greet(&streaming());
        lone.hear(&Frame::Bind(bind(0, &[&ECHO, &FEED, &TAKE, &CHAT])));
        lone.said();
        lone
    }

    pub(super) fn hear(&mut self, frame: &Frame<'_>) {
        let mut bytes = Vec::new();
        frame.encode(&mut bytes);
        self.hear_bytes(&bytes);
    }

    pub(super) fn hear_bytes(&mut self, bytes: &[u8]) {
        self.proto.handle_bytes(self.now, &mut self.decoder, bytes);
    }

    /// Starts the handler of the only call that waits.
    pub(super) fn serve(&mut self) -> ServedCall {
        let mut starts = VecDeque::new();
        self.proto.take_starts(self.now, 1, &mut starts);
        starts.pop_front().expect("a call waits").call
    }

    /// Starts all handlers that may be; their places.
    pub(super) fn starts(&mut self) -> Vec<u32> {
        let mut starts = VecDeque::new();
        self.proto.take_starts(self.now, usize::MAX, &mut starts);
        starts.iter().map(|start| start.call.place).collect()
    }

    pub(super) fn finish(&mut self, place: u32, length: usize) {
        self.proto.finish(
            place,
            Reply { status: ReplyStatus::Value, metadata: Vec::new(), body: vec![7; length], block: None },
        );
    }

    pub(super) fn start(
        &mut self,
        method: &'static MethodDescriptor,
        length: usize,
        timeout: Option<Duration>,
    ) -> Result<u32, StartError> {
        let deadline = timeout.map(|timeout| self.now + timeout);
        let mut body = vec![5; length];
        let mut call = OutgoingCall {
            method,
            form: Form::of(Codec::Postcard),
            deadline,
            timeout: deadline.map(|deadline| clock::millis_left(self.now, deadline)),
            metadata: &[],
            body: &mut body,
            block: None,
        };
        self.proto.start_call(self.now, &mut call, Waker::noop())
    }

    /// The next bytes that would be written, at most so many, written.
    pub(super) fn write(&mut self, most: usize) -> Vec<u8> {
        let bytes = self.proto.poll_ready(self.now);
        let bytes = bytes[..bytes.len().min(most)].to_vec();
        self.proto.handle_written(self.now, bytes.len());
        bytes
    }

    /// What is said in `bytes`: frames in short, without their data. The peer answers the Pings behind chunks.
    pub(super) fn understand(&mut self, mut bytes: &[u8]) -> Vec<String> {
        let (mut frames, mut behind_chunk, mut read) = (Vec::new(), false, None);
        while let Some(event) = self.theirs.next(&mut bytes).unwrap() {
            let Event::Frame(frame) = event else { continue };
            match frame {
                Frame::Ping(token) if behind_chunk => read = Some(token),
                Frame::Ping(token) => {
                    self.asked = token;
                    frames.push("Ping".to_owned());
                }
                Frame::CallItems { stream, items } => {
                    frames.extend(
                        items.iter().map(|item| format!("Item {} {stream} {}", items.place(), item.len())),
                    );
                }
                Frame::ReplyItems(items) => {
                    frames.extend(items.iter().map(|item| format!("Item {} {}", items.place(), item.len())));
                }
                _ => frames.push(short(&frame)),
            }
            behind_chunk = is_part(&frame);
        }
        if let Some(token) = read {
            self.hear(&Frame::Pong(token));
        }
        frames
    }

    /// Answers the last Ping that stood behind no chunk.
    pub(super) fn pong(&mut self) {
        self.hear(&Frame::Pong(self.asked));
    }

    /// Says so many bytes, whatever is in them.
    pub(super) fn say(&mut self, most: usize) {
        let bytes = self.write(most);
        self.understand(&bytes);
    }

    /// All that is said now.
    pub(super) fn said(&mut self) -> Vec<String> {
        let mut frames = Vec::new();
        loop {
            let bytes = self.write(usize::MAX);
            if bytes.is_empty() {
                return frames;
            }
            frames.extend(self.understand(&bytes));
        }
    }

    pub(super) fn pass(&mut self, time: Duration) {
        self.now += time;
        if self.proto.poll_timeout().is_some_and(|at| at <= self.now) {
            self.proto.handle_timeout(self.now);
        }
    }

    pub(super) fn closed(&self) -> Option<CloseCode> {
        self.proto.closed().map(|closed| closed.code)
    }
}

fn short(frame: &Frame<'_>) -> String {
    match frame {
        Frame::Call(call) => match call.total {
            Some(total) => format!("Call {} of {total}", call.place),
            None => format!("Call {} with {}", call.place, call.body.len()),
        },
        Frame::Reply(reply) => match (reply.total, reply.status) {
            (Some(total), _) => format!("Reply {} of {total}", reply.place),
            (None, ReplyStatus::Refused) => format!("Refused {} for {}", reply.place, reply.body[0]),
            (None, status) => format!("{status:?} {} with {}", reply.place, reply.body.len()),
        },
        Frame::CallChunk(chunk) => format!("CallChunk {}", chunk.place),
        Frame::ReplyChunk(chunk) => format!("ReplyChunk {}", chunk.place),
        Frame::Cancel { place } => format!("Cancel {place}"),
        Frame::ReplyReset { place, .. } => format!("Reset {place}"),
        Frame::Bind(bind) => format!("Bind {}", bind.base),
        Frame::Bound(bound) => format!("Bound {} {} {:?}", bound.base, bound.status, bound.missing),
        Frame::Close(close) => format!("Close {}", close.code),
        Frame::Pong(_) => "Pong".to_owned(),
        Frame::Drain { step: 2, last } => format!("Drain 2 {last}"),
        Frame::Drain { step, .. } => format!("Drain {step}"),
        Frame::CallItem { stream, item } => format!("Item {} {stream} {}", item.place, part(item)),
        Frame::ReplyItem(item) => format!("Item {} {}", item.place, part(item)),
        Frame::CallEnd { stream, end } => format!("End {} {stream} {:?}", end.place, end.status),
        Frame::ReplyEnd(end) => format!("End {} {:?}", end.place, end.status),
        Frame::CallCredit(credit) => format!("Credit {} {}/{}", credit.place, credit.items, credit.bytes),
        Frame::ReplyCredit { stream, credit } => {
            format!("Credit {} {stream} {}/{}", credit.place, credit.items, credit.bytes)
        }
        other => format!("{other:?}"),
    }
}

/// Whether the frame is a part of something that goes out in chunks.
fn is_part(frame: &Frame<'_>) -> bool {
    matches!(frame, Frame::CallChunk(_) | Frame::ReplyChunk(_) | Frame::CallItem { .. } | Frame::ReplyItem(_))
}

fn part(item: &Item<'_>) -> String {
    format!("{}{}", item.data.len(), if item.more { "+" } else { "" })
}

/// As [`hello`], and it knows streams.
pub(super) fn streaming() -> Hello {
    Hello { features: Hello::STREAMS, ..hello() }
}

/// Items of these lengths.
pub(super) fn items(lengths: &[usize]) -> Batch {
    Batch::of(lengths.iter().map(|length| vec![6; *length]))
}

/// The hello of a peer with generous limits.
pub(super) fn hello() -> Hello {
    let limits = Limits::default();
    Hello {
        version_min: 1,
        version_max: 1,
        features: 0,
        max_frame: limits.max_frame as u64,
        max_message: limits.max_message as u64,
        max_calls: limits.max_calls as u64,
        max_call_bytes: limits.max_call_bytes as u64,
        max_assembling: limits.max_assembling as u64,
        codecs: vec![1],
        services: Vec::new(),
    }
}

pub(super) fn bind(base: u32, methods: &[&'static MethodDescriptor]) -> Bind {
    Bind {
        service: methods.first().map_or(ECHO.service_id, |method| method.service_id),
        codec: 1,
        base,
        methods: methods.iter().map(|method| method.id).collect(),
        fingerprint: 0,
        signatures: Vec::new(),
        compared: false,
    }
}

/// A call of `echo`.
pub(super) fn call(place: u32, body: &[u8]) -> Call<'_> {
    Call {
        place,
        method: MethodRef::Index(0),
        detached: false,
        timeout: None,
        metadata: &[],
        total: None,
        body,
    }
}

/// The first frame of a call of `echo` with a body of `total` bytes.
pub(super) fn long_call(place: u32, total: u64) -> Frame<'static> {
    Frame::Call(Call { total: Some(total), ..call(place, &[]) })
}
