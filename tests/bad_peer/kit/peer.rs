use std::collections::VecDeque;

use farcall::{Endpoint, Link, LinkReader, LinkWriter, Transport, TransportRegistry};
use rpc_core::wire::{
    Bound, Close, Credit, Decoder, End, EndStatus, Event, Frame, Hello, Item, Items, ReplyStatus,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{hello, hello_bytes};

/// One end of a connection, in the hands of a test: nothing is sent or checked by itself, nor answered but a Ping that
/// stands behind a part of something.
pub(crate) struct Peer {
    reader: LinkReader,
    writer: LinkWriter,
    decoder: Decoder,
    input: Vec<u8>,
    /// The last frame was a part.
    behind_part: bool,
    /// Of a frame with several items.
    items: VecDeque<Said>,
}

/// What the other side said.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said {
    Hello(Hello),
    Call {
        place: u32,
        body: Vec<u8>,
        total: Option<u64>,
    },
    Chunk {
        place: u32,
        data: Vec<u8>,
    },
    Cancel {
        place: u32,
    },
    Bind {
        base: u32,
    },
    Reply {
        place: u32,
        status: ReplyStatus,
        body: Vec<u8>,
        total: Option<u64>,
    },
    Reset {
        place: u32,
    },
    Bound {
        base: u32,
        status: u8,
        missing: Vec<u32>,
    },
    /// A Bound that says that signatures differ.
    Differs {
        base: u32,
        differing: Vec<u32>,
        signatures: Vec<Vec<u8>>,
    },
    /// Of an argument stream, or of the result stream.
    Item {
        place: u32,
        stream: Option<u32>,
        more: bool,
        data: Vec<u8>,
    },
    Ended {
        place: u32,
        stream: Option<u32>,
        status: EndStatus,
        body: Vec<u8>,
    },
    Credit {
        place: u32,
        stream: Option<u32>,
        items: u64,
        bytes: u64,
    },
    Ping,
    Pong([u8; 8]),
    Drain,
    Close {
        code: u64,
        text: String,
    },
    /// Nothing more comes, or the connection is broken.
    End,
}

impl Said {
    fn item(stream: Option<u32>, item: Item<'_>) -> Self {
        Self::Item { place: item.place, stream, more: item.more, data: item.data.to_vec() }
    }

    fn items(stream: Option<u32>, items: &Items<'_>) -> impl Iterator<Item = Self> {
        let place = items.place();
        items.iter().map(move |data| Self::Item { place, stream, more: false, data: data.to_vec() })
    }

    fn ended(stream: Option<u32>, end: End<'_>) -> Self {
        Self::Ended { place: end.place, stream, status: end.status, body: end.body.to_vec() }
    }

    fn credit(stream: Option<u32>, credit: Credit) -> Self {
        Self::Credit { place: credit.place, stream, items: credit.items, bytes: credit.bytes }
    }
}

impl Peer {
    pub(crate) fn new(link: Link) -> Self {
        let Link { reader, writer, .. } = link;
        Self {
            reader,
            writer,
            decoder: Decoder::new(1 << 20),
            input: Vec::new(),
            behind_part: false,
            items: VecDeque::new(),
        }
    }

    /// A connection on which nothing was said yet.
    pub(crate) async fn silent(endpoint: &Endpoint) -> Self {
        super::panics_of_ours_abort();
        Self::new(TransportRegistry::global().connect(endpoint).await.unwrap())
    }

    /// A connection on which both sides have said hello.
    pub(crate) async fn greeted(endpoint: &Endpoint) -> Self {
        let mut peer = Self::silent(endpoint).await;
        peer.send(&hello_bytes(&hello())).await;
        peer.hello().await;
        peer
    }

    /// A connection on which all methods of the zoo are bound.
    pub(crate) async fn bound(endpoint: &Endpoint) -> Self {
        let mut peer = Self::greeted(endpoint).await;
        peer.send(&super::zoo::zoo_bind()).await;
        assert_eq!(peer.said().await, Said::Bound { base: 0, status: 0, missing: vec![] });
        peer
    }

    /// As far as the other side takes it: it may have closed in the middle.
    pub(crate) async fn send(&mut self, bytes: &[u8]) {
        let _taken = self.writer.write_all(bytes).await;
        let _flushed = self.writer.flush().await;
    }

    pub(crate) async fn frame(&mut self, frame: Frame<'_>) {
        self.frames(&[frame]).await;
    }

    pub(crate) async fn frames(&mut self, frames: &[Frame<'_>]) {
        let mut bytes = Vec::new();
        frames.iter().for_each(|frame| frame.encode(&mut bytes));
        self.send(&bytes).await;
    }

    /// Says that nothing more comes.
    pub(crate) async fn shut(&mut self) {
        let _gone = self.writer.shutdown().await;
    }

    pub(crate) async fn hello(&mut self) -> Hello {
        match self.said().await {
            Said::Hello(hello) => hello,
            other => panic!("{other:?} in place of a hello"),
        }
    }

    /// The next thing that the other side says.
    pub(crate) async fn said(&mut self) -> Said {
        loop {
            if let Some(item) = self.items.pop_front() {
                return item;
            }
            let Self { decoder, input, reader, behind_part, items: several, .. } = self;
            let mut rest = input.as_slice();
            let event = decoder.next(&mut rest).expect("the other side keeps to the wire");
            // Who sends parts holds more of them back until these are known to be read.
            let asked = match &event {
                Some(Event::Frame(Frame::Ping(token))) if *behind_part => Some(*token),
                _ => None,
            };
            *behind_part = event.as_ref().map_or(*behind_part, is_part);
            match &event {
                Some(Event::Frame(Frame::CallItems { stream, items })) => {
                    several.extend(Said::items(Some(*stream), items));
                }
                Some(Event::Frame(Frame::ReplyItems(items))) => several.extend(Said::items(None, items)),
                _ => {}
            }
            let said = event.filter(|_| asked.is_none() && several.is_empty()).and_then(said);
            let taken = input.len() - rest.len();
            input.drain(..taken);
            if let Some(token) = asked {
                self.frame(Frame::Pong(token)).await;
                continue;
            }
            if let Some(said) = said {
                return said;
            }
            if input.is_empty() && taken == 0 {
                input.reserve(16 << 10);
                if reader.read_buf(input).await.unwrap_or(0) == 0 {
                    return Said::End;
                }
            }
        }
    }

    /// The answer to the call on `place`, whole; what else comes is skipped.
    pub(crate) async fn reply(&mut self, place: u32) -> (ReplyStatus, Vec<u8>) {
        loop {
            match self.said().await {
                Said::Reply { place: of, status, mut body, total } if of == place => {
                    let total = total.map_or(body.len(), |total| usize::try_from(total).unwrap());
                    while body.len() < total {
                        match self.said().await {
                            Said::Chunk { place: of, data } if of == place => body.extend(data),
                            Said::Close { code, text } => panic!("closed with {code}: {text}"),
                            Said::End => panic!("closed"),
                            _ => {}
                        }
                    }
                    return (status, body);
                }
                Said::Close { code, text } => panic!("closed with {code}: {text}"),
                Said::End => panic!("closed"),
                _ => {}
            }
        }
    }

    /// How the call on `place` ended whose result is a stream; credit and items before that are skipped.
    pub(crate) async fn ended(&mut self, place: u32) -> (EndStatus, Vec<u8>) {
        loop {
            match self.said().await {
                Said::Ended { place: of, stream: None, status, body } if of == place => {
                    return (status, body);
                }
                Said::Close { code, text } => panic!("closed with {code}: {text}"),
                Said::End => panic!("closed"),
                _ => {}
            }
        }
    }

    /// The reason with which the call on `place` was refused.
    pub(crate) async fn refusal(&mut self, place: u32) -> (u8, String) {
        let (status, body) = self.reply(place).await;
        assert_eq!(status, ReplyStatus::Refused, "{body:?}");
        let (reason, text) = body.split_first().unwrap();
        (*reason, String::from_utf8(text.to_vec()).unwrap())
    }

    /// With which code and text the connection is closed; what comes before is skipped.
    pub(crate) async fn close(&mut self) -> (u64, String) {
        loop {
            match self.said().await {
                Said::Close { code, text } => {
                    assert!(text.len() <= Close::MAX_TEXT);
                    assert_eq!(self.said().await, Said::End, "something behind the Close");
                    return (code, text);
                }
                Said::End => panic!("the connection ended without a Close"),
                _ => {}
            }
        }
    }

    /// Waits for the end of the connection, whatever comes before.
    pub(crate) async fn gone(&mut self) {
        let mut part = vec![0; 16 << 10];
        while self.reader.read(&mut part).await.is_ok_and(|count| count > 0) {}
    }

    /// All bytes to the end of the connection.
    pub(crate) async fn rest(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let _end = self.reader.read_to_end(&mut bytes).await;
        bytes
    }

    /// Waits until all that was sent has been dealt with.
    pub(crate) async fn settle(&mut self) {
        self.frame(Frame::Ping(*b"settled?")).await;
        loop {
            match self.said().await {
                Said::Pong(token) if &token == b"settled?" => return,
                Said::Close { code, text } => panic!("closed with {code}: {text}"),
                Said::End => panic!("closed"),
                _ => {}
            }
        }
    }
}

fn is_part(event: &Event<'_>) -> bool {
    let Event::Frame(frame) = event else { return false };
    matches!(frame, Frame::CallChunk(_) | Frame::ReplyChunk(_) | Frame::CallItem { .. } | Frame::ReplyItem(_))
}

fn said(event: Event<'_>) -> Option<Said> {
    Some(match event {
        Event::Magic => return None,
        Event::Stranger(first) => panic!("the other side does not speak farcall: {first:?}"),
        Event::Hello(hello) => Said::Hello(hello),
        Event::Frame(frame) => match frame {
            Frame::Call(call) => {
                Said::Call { place: call.place, body: call.body.to_vec(), total: call.total }
            }
            Frame::CallChunk(chunk) | Frame::ReplyChunk(chunk) => {
                Said::Chunk { place: chunk.place, data: chunk.data.to_vec() }
            }
            Frame::Cancel { place } => Said::Cancel { place },
            Frame::Bind(bind) => Said::Bind { base: bind.base },
            Frame::Reply(reply) => {
                let body = reply.body.to_vec();
                Said::Reply { place: reply.place, status: reply.status, body, total: reply.total }
            }
            Frame::ReplyReset { place, .. } => Said::Reset { place },
            Frame::Bound(bound) if !bound.differing.is_empty() => {
                let Bound { base, differing, signatures, .. } = bound;
                Said::Differs { base, differing, signatures }
            }
            Frame::Bound(bound) => {
                Said::Bound { base: bound.base, status: bound.status, missing: bound.missing }
            }
            Frame::CallItem { stream, item } => Said::item(Some(stream), item),
            Frame::ReplyItem(item) => Said::item(None, item),
            Frame::CallEnd { stream, end } => Said::ended(Some(stream), end),
            Frame::ReplyEnd(end) => Said::ended(None, end),
            Frame::CallCredit(credit) => Said::credit(None, credit),
            Frame::ReplyCredit { stream, credit } => Said::credit(Some(stream), credit),
            Frame::Ping(_) => Said::Ping,
            Frame::Pong(token) => Said::Pong(token),
            Frame::Drain { .. } => Said::Drain,
            Frame::Close(close) => Said::Close { code: close.code, text: close.text.to_owned() },
            other => panic!("the other side sent a frame of the kind {:#x}", other.kind()),
        },
    })
}
