//! What is written while others queue more.

use bytes::Bytes;

use super::service::Rng;
use crate::proto::long_body::{Direction, LongBody};
use crate::proto::send_queue::{Lent, SendQueue};
use crate::wire::Frame;

/// Takes bytes off the front of what is lent, and ends the loan.
fn write(send: &mut SendQueue, lent: Lent, count: usize, written: &mut Vec<u8>) {
    written.extend_from_slice(&lent.bytes()[..count]);
    send.take_back_lent(lent, count);
}

fn queue(send: &mut SendQueue, frame: &Frame<'_>, all: &mut Vec<u8>) {
    frame.encode(send.buffer());
    frame.encode(all);
}

#[test]
fn frames_leave_in_the_order_in_which_they_were_queued() {
    for seed in 0..200 {
        let mut rng = Rng::new(seed);
        let (mut send, mut all, mut written) = (SendQueue::new(), Vec::new(), Vec::new());
        let mut out: Option<Lent> = None;
        for step in 0..400_u32 {
            match rng.below(4) {
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
        written.extend_from_slice(send.ready());
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
    written.extend_from_slice(send.ready());
    assert_eq!(written, all, "the third went, and what no caller queues stays");
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
    send.fill(std::time::Instant::now(), 16 << 10, 1, &mut done);
    assert_eq!(done.len(), 2, "begun, and whole");
    let mut written = Vec::new();
    write(&mut send, lent, 1, &mut written);
    written.extend_from_slice(send.ready());
    let mut all = Vec::new();
    Frame::Cancel { place: 5 }.encode(&mut all);
    all.extend([3, 0x03, 0x81, 1]);
    assert_eq!(written, all);
}
