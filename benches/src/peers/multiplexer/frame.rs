use bytes::{Buf, BufMut, Bytes, BytesMut};

/// The length of all that follows it, the id of the call, the tag of the body, the body.
pub(super) struct Frame {
    pub(super) id: u64,
    pub(super) body: Body,
}

pub(super) enum Body {
    Add(i64, i64),
    Sum(i64),
    Payload(Bytes),
}

/// Room for what a read may bring.
const READ: usize = 256 << 10;
/// Payloads that are not worth copying.
pub(super) const LONG: usize = 4 << 10;

const LENGTH: usize = 4;
const ADD: u8 = 0;
const SUM: u8 = 1;
const PAYLOAD: u8 = 2;

impl Frame {
    /// A long payload is left out.
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        let mut head = |tag, body: usize| {
            out.put_u32((8 + 1 + body) as u32);
            out.put_u64(self.id);
            out.put_u8(tag);
        };
        match &self.body {
            Body::Add(a, b) => {
                head(ADD, 16);
                out.put_i64(*a);
                out.put_i64(*b);
            }
            Body::Sum(sum) => {
                head(SUM, 8);
                out.put_i64(*sum);
            }
            Body::Payload(payload) => {
                head(PAYLOAD, payload.len());
                if payload.len() < LONG {
                    out.put_slice(payload);
                }
            }
        }
    }

    /// The first of what was read, if all of it is there. A long payload is a slice of that, and no copy.
    pub(super) fn decode(read: &mut BytesMut) -> Option<Self> {
        let length = u32::from_be_bytes(*read.first_chunk::<LENGTH>()?) as usize;
        if read.len() < LENGTH + length {
            return None;
        }
        read.advance(LENGTH);
        let id = read.get_u64();
        let body = match read.get_u8() {
            ADD => Body::Add(read.get_i64(), read.get_i64()),
            SUM => Body::Sum(read.get_i64()),
            PAYLOAD => Body::Payload(payload(read, length - 9)),
            other => panic!("no body has the tag {other}"),
        };
        Some(Self { id, body })
    }
}

/// For the next read. The rest of a long frame gets what it needs and no more, as it would have to move for that.
pub(super) fn make_room(read: &mut BytesMut) {
    let whole =
        read.first_chunk::<LENGTH>().map_or(0, |length| LENGTH + u32::from_be_bytes(*length) as usize);
    let missing = whole - read.len().min(whole);
    if missing == 0 || read.capacity() - read.len() < missing {
        read.reserve(missing.max(READ));
    }
}

fn payload(read: &mut BytesMut, length: usize) -> Bytes {
    if length >= LONG {
        return read.split_to(length).freeze();
    }
    let payload = Bytes::copy_from_slice(&read[..length]);
    read.advance(length);
    payload
}
