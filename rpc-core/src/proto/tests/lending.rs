//! What is written while others queue more.

use bytes::Bytes;

use super::service::Rng;
use crate::proto::long_body::{Direction, LongBody};
use crate::proto::send_queue::{FILL, Filling, Lent, SendQueue};
use crate::wire::{self, Frame};

/// Takes bytes off the front of what is lent, and ends the loan.
fn write(send: &mut SendQueue, lent: Lent, count: usize, written: &mut Vec<u8>) {
    written.extend_from_slice(&lent.bytes()[..count]);
    send.take_back_lent(lent, count);
}

fn queue(send: &mut SendQueue, frame: &Frame<'_>, all: &mut Vec<u8>) {
    frame.encode(send.buffer());
    frame.encode(all);
}

/// Queues a frame of which the body may be long enough to be written from where it lies.
fn queue_large(send: &mut SendQueue, length: usize, all: &mut Vec<u8>) {
    let data = vec![9; length];
    let head = |out: &mut Vec<u8>| wire::encode_chunk_head(wire::ChunkOf::Call, 3, length, out);
    head(send.buffer());
    send.append(data.clone().into());
    head(all);
    all.extend(data);
}

#[test]
fn frames_leave_in_the_order_in_which_they_were_queued() {
    for seed in 0..200 {
        let mut rng = Rng::new(seed);
        let (mut send, mut all, mut written) = (SendQueue::new(), Vec::new(), Vec::new());
        let mut out: Option<Lent> = None;
        for step in 0..400_u32 {
            match rng.below(5) {
                4 => queue_large(&mut send, 8_000 + rng.below(400), &mut all),
                0 | 1 => queue(&mut send, &Frame::Cancel { place: step * 7_919 % 70_000 }, &mut all),
                2 => match out.take() {
                    None => out = send.lend(),
                    Some(lent) => {
                        let count = rng.below(lent.bytes().len() + 1);
                        write(&mut send, lent, count, &mut written);
                    }
                },
                _ if out.is_none() => {
                    let count = rng.below(send.ready().len() + 1);
                    written.extend_from_slice(&send.ready()[..count]);
                    send.advance(count);
                }
                _ => assert!(send.lend().is_none(), "seed {seed}: lent twice"),
            }
            assert_eq!(send.pending() + written.len(), all.len(), "seed {seed}, step {step}");
            assert_eq!(send.end(), all.len() as u64, "seed {seed}, step {step}");
        }
        if let Some(lent) = out {
            let count = lent.bytes().len();
            write(&mut send, lent, count, &mut written);
        }
        written.extend_from_slice(&send.ready());
        assert_eq!(written, all, "seed {seed}");
    }
}

#[test]
fn what_is_being_written_when_calls_are_dropped_stays() {
    let (mut send, mut all, mut written) = (SendQueue::new(), Vec::new(), Vec::new());
    queue(&mut send, &Frame::Cancel { place: 1 }, &mut all);
    queue(&mut send, &Frame::Cancel { place: 2 }, &mut all);
    let lent = send.lend().unwrap();
    Frame::Cancel { place: 3 }.encode(send.buffer());
    queue(&mut send, &Frame::Ping([7; 8]), &mut all);
    let begun = send.drop_calls();
    assert_eq!(begun, lent.bytes().len() as u64, "both frames may arrive");
    // The link took the first and a part of the second.
    write(&mut send, lent, 4, &mut written);
    written.extend_from_slice(&send.ready());
    assert_eq!(written, all, "the third went, and what no caller queues stays");
}

/// Whatever the link has taken: of frames that have begun nothing is lost, of others those of callees are left.
#[test]
fn calls_are_dropped_as_whole_frames_wherever_their_bodies_lie() {
    for seed in 0..400 {
        let mut rng = Rng::new(seed);
        let (mut send, mut frames) = (SendQueue::new(), Vec::new());
        for _ in 0..12 {
            let mut bytes = Vec::new();
            let stays = match rng.below(4) {
                0 => {
                    queue(&mut send, &Frame::Cancel { place: 300 }, &mut bytes);
                    false
                }
                1 => {
                    queue(&mut send, &Frame::Ping([7; 8]), &mut bytes);
                    true
                }
                2 => {
                    queue_large(&mut send, 8_000 + rng.below(400), &mut bytes);
                    false
                }
                _ => {
                    let data = vec![8; 9_000];
                    wire::encode_chunk_head(wire::ChunkOf::Reply, 4, data.len(), send.buffer());
                    wire::encode_chunk_head(wire::ChunkOf::Reply, 4, data.len(), &mut bytes);
                    send.append(data.clone().into());
                    bytes.extend(data);
                    true
                }
            };
            frames.push((stays, bytes));
        }
        let count = rng.below(send.pending() + 1);
        let mut written = Vec::new();
        if rng.below(2) == 0 {
            let lent = send.lend().unwrap();
            write(&mut send, lent, count, &mut written);
        } else {
            written.extend_from_slice(&send.ready()[..count]);
            send.advance(count);
        }
        let mut expected = Vec::new();
        let mut begun = 0;
        for (stays, bytes) in frames {
            let has_begun = begun < count;
            begun += bytes.len();
            if has_begun || stays {
                expected.extend(bytes);
            }
        }
        send.drop_calls();
        written.extend_from_slice(&send.ready());
        assert_eq!(written, expected, "seed {seed}");
        send.advance(usize::MAX);
        assert_eq!(send.heap(), 0);
    }
}

#[test]
fn what_is_being_written_when_all_is_dropped_is_not_written_again() {
    let mut send = SendQueue::new();
    Frame::Cancel { place: 1 }.encode(send.buffer());
    let lent = send.lend().unwrap();
    let length = lent.bytes().len() as u64;
    assert_eq!(send.drop_all(), length, "it may arrive");
    send.take_back_lent(lent, 0);
    assert!(send.is_empty() && send.ready().is_empty() && send.heap() == 0);
}

#[test]
fn a_long_body_goes_on_behind_what_is_being_written() {
    let mut send = SendQueue::new();
    send.push_large(LongBody::new(Direction::Call, 0, vec![3, 0x03, 0x81], Bytes::from(vec![1])));
    Frame::Cancel { place: 5 }.encode(send.buffer());
    let lent = send.lend().unwrap();
    let mut done = Vec::new();
    let to = Filling { max_frame: 16 << 10, max_active: 1, most: FILL };
    send.fill(std::time::Instant::now(), to, &mut done);
    assert_eq!(done.len(), 2, "begun, and whole");
    let mut written = Vec::new();
    write(&mut send, lent, 1, &mut written);
    written.extend_from_slice(&send.ready());
    let mut all = Vec::new();
    Frame::Cancel { place: 5 }.encode(&mut all);
    all.extend([3, 0x03, 0x81, 1]);
    assert_eq!(written, all);
}
