//! Result streams as the callee has them, one rule each.

use std::task::Waker;
use std::time::Duration;

use bytes::Bytes;

use super::lone::{Lone, call, hello, items, streaming};
use super::service::tight;
use crate::codec::Codec;
use crate::proto::{ArgumentEvent, SendRoom, ServedCall};
use crate::server::{ERROR_LIMITS, Reply};
use crate::stream::Credit;
use crate::wire::{self, Call, Decoder, End, EndStatus, Event, Frame, Hello, Item, MethodRef, ReplyStatus};
use crate::{Code, Executed, Limits, RpcError};

pub(super) const FEED: u32 = 1;
pub(super) const TAKE: u32 = 2;
pub(super) const CHAT: u32 = 3;

/// A call of a method with streams.
pub(super) fn stream_call(place: u32, method: u32) -> Frame<'static> {
    Frame::Call(Call { method: MethodRef::Index(method), ..call(place, b"x") })
}

pub(super) fn item(place: u32, stream: u32, data: &[u8]) -> Frame<'_> {
    Frame::CallItem { stream, item: Item { place, more: false, data } }
}

pub(super) fn part(place: u32, stream: u32, data: &[u8]) -> Frame<'_> {
    Frame::CallItem { stream, item: Item { place, more: true, data } }
}

pub(super) fn end(place: u32, stream: u32, status: EndStatus) -> Frame<'static> {
    let body = if status == EndStatus::Clean { &[][..] } else { &[7] };
    Frame::CallEnd { stream, end: End { place, status, body } }
}

pub(super) fn credit(place: u32, items: u64, bytes: u64) -> Frame<'static> {
    Frame::CallCredit(wire::Credit { place, items, bytes })
}

impl Lone {
    /// A call of `method` on place 0, at work.
    pub(super) fn at_work(method: u32) -> (Self, ServedCall) {
        let mut lone = Self::streams(tight());
        lone.hear(&stream_call(0, method));
        let call = lone.serve();
        lone.said();
        (lone, call)
    }

    pub(super) fn room(&mut self, call: ServedCall) -> SendRoom {
        self.proto.poll_result_room(call, Waker::noop(), &mut None)
    }

    /// What has come of argument stream 0.
    pub(super) fn argument(&mut self, call: ServedCall, consumed: Credit) -> Option<ArgumentEvent> {
        self.proto.poll_argument(call, 0, Waker::noop(), &mut None, consumed)
    }

    /// The lengths of the items of argument stream 0 that have come.
    pub(super) fn argument_items(&mut self, call: ServedCall) -> Vec<usize> {
        match self.argument(call, Credit::default()) {
            Some(ArgumentEvent::Items(mut items)) => {
                std::iter::from_fn(|| items.pop()).map(|item| item.len()).collect()
            }
            other => panic!("{other:?} instead of items"),
        }
    }

    /// The error in the answer that is said now, as a Reply or as the end of a stream.
    pub(super) fn said_error(&mut self) -> RpcError {
        let mut bytes = Vec::new();
        hello().encode(&mut bytes);
        loop {
            let more = self.write(usize::MAX);
            if more.is_empty() {
                break;
            }
            bytes.extend(more);
        }
        let (mut decoder, mut input, mut error) = (Decoder::new(1 << 20), &bytes[..], None);
        while let Some(event) = decoder.next(&mut input).unwrap() {
            let body = match event {
                Event::Frame(Frame::Reply(reply)) if reply.status == ReplyStatus::Failed => reply.body,
                Event::Frame(Frame::ReplyEnd(end)) if end.status == EndStatus::Failed => end.body,
                _ => continue,
            };
            error = Some(Codec::Postcard.decode(&Bytes::copy_from_slice(body), &ERROR_LIMITS).unwrap());
        }
        error.expect("an error was said")
    }
}

pub(super) fn value(body: &[u8]) -> Reply {
    Reply { status: ReplyStatus::Value, metadata: Vec::new(), body: body.to_vec(), block: None }
}

#[test]
fn a_result_stream_is_opened_fed_and_ended() {
    let (mut lone, call) = Lone::at_work(FEED);
    assert_eq!(lone.room(call), SendRoom::Wait, "it is not opened");
    lone.proto.open_result(call, &[]);
    lone.proto.open_result(call, &[]);
    assert!(matches!(lone.room(call), SendRoom::Ready(_)));
    lone.proto.send_result(call, &mut items(&[1, 0, 200]));
    lone.proto.finish(0, value(b"not sent"));
    assert_eq!(lone.said(), ["Opened 0 with 0", "Item 0 1", "Item 0 0", "Item 0 200", "End 0 Clean"]);
    assert_eq!(lone.room(call), SendRoom::Over);
    assert!(lone.proto.is_quiet());
    lone.proto.check_idle();
}

#[test]
fn items_that_are_sent_together_share_a_frame() {
    let (mut lone, call) = Lone::at_work(FEED);
    lone.proto.open_result(call, &[]);
    lone.said();
    lone.proto.send_result(call, &mut items(&[3; 60]));
    assert_eq!(lone.write(usize::MAX).len(), 4 + 60 * (1 + 3), "one head, and a length for each");
}

#[test]
fn a_result_stream_ends_with_the_error_of_its_handler() {
    let error = || Reply::failed(&RpcError::new(Code::NotFound, "no"));
    let app = || Reply { status: ReplyStatus::AppError, ..value(b"app") };
    let refused = || Reply::refused(wire::RefusalReason::Overloaded, "busy");
    for (reply, said) in [(error(), "End 0 Failed"), (app(), "End 0 AppError"), (refused(), "End 0 Failed")] {
        let (mut lone, call) = Lone::at_work(FEED);
        lone.proto.open_result(call, &[]);
        lone.said();
        lone.proto.finish(0, reply);
        assert_eq!(lone.said(), [said]);
        lone.proto.check_idle();
    }
}

#[test]
fn a_stream_that_cannot_be_opened_is_answered_like_any_other_call() {
    let (mut lone, _) = Lone::at_work(FEED);
    lone.proto.finish(0, Reply { status: ReplyStatus::AppError, ..value(b"app") });
    assert_eq!(lone.said(), ["AppError 0 with 3"]);
    lone.proto.check_idle();
}

#[test]
fn credit_bounds_what_is_sent_in_items_and_in_bytes() {
    let (mut lone, call) = Lone::at_work(FEED);
    lone.proto.open_result(call, &[]);
    let mut many = items(&[3; 100]);
    lone.proto.send_result(call, &mut many);
    assert_eq!(many.len(), 36, "64 items at first");
    assert_eq!(lone.room(call), SendRoom::Wait);
    lone.hear(&credit(0, 30, 0));
    lone.proto.send_result(call, &mut many);
    assert_eq!(many.len(), 6);

    let (mut lone, call) = Lone::at_work(FEED);
    lone.proto.open_result(call, &[]);
    // Any credit of bytes lets one item begin, and the next waits until the debt is paid.
    let mut large = items(&[65_535, 10_000, 1]);
    lone.proto.send_result(call, &mut large);
    lone.said();
    lone.proto.send_result(call, &mut large);
    lone.said();
    assert_eq!((large.len(), lone.room(call)), (1, SendRoom::Wait));
    lone.hear(&credit(0, 0, 9_999));
    assert_eq!(lone.room(call), SendRoom::Wait, "none is left");
    lone.hear(&credit(0, 0, 1));
    assert!(matches!(lone.room(call), SendRoom::Ready(_)));
}

#[test]
fn a_fast_stream_fills_the_buffer_once_and_no_more() {
    let (mut lone, call) = Lone::at_work(FEED);
    lone.hear(&credit(0, 1 << 20, 1 << 30));
    lone.proto.open_result(call, &[]);
    let mut many = items(&[10_000; 100]);
    lone.proto.send_result(call, &mut many);
    assert_eq!(many.len(), 93, "one goes above 64 KiB");
    assert_eq!(lone.room(call), SendRoom::Wait);
    lone.write(10_000);
    assert!(matches!(lone.room(call), SendRoom::Ready(_)));
}

#[test]
fn a_long_item_goes_out_in_parts_and_the_next_ones_wait_for_it() {
    let (mut lone, call) = Lone::at_work(FEED);
    lone.proto.open_result(call, &[]);
    let mut some = items(&[5, 60_000, 5]);
    lone.proto.send_result(call, &mut some);
    assert_eq!(some.len(), 1);
    assert_eq!(lone.room(call), SendRoom::Wait);
    let said = lone.said();
    assert_eq!(said[1..], ["Item 0 5", "Item 0 16372+", "Item 0 16372+", "Item 0 16372+", "Item 0 10884"]);
    lone.proto.send_result(call, &mut some);
    lone.proto.finish(0, value(b""));
    assert_eq!(lone.said(), ["Item 0 5", "End 0 Clean"]);
    lone.proto.check_idle();
}

/// The handler has done its part when its last item is queued; the end still comes behind it.
#[test]
fn an_end_waits_for_the_item_before_it() {
    let (mut lone, call) = Lone::at_work(FEED);
    lone.proto.open_result(call, &[]);
    lone.proto.send_result(call, &mut items(&[60_000]));
    lone.proto.finish(0, Reply { status: ReplyStatus::AppError, ..value(b"app") });
    assert_eq!(lone.proto.calls_served(), 1, "its place is taken until the end is queued");
    assert_eq!(lone.said().last().unwrap(), "End 0 AppError");
    lone.proto.check_idle();
}

#[test]
fn long_items_take_turns_as_many_as_the_peer_takes_at_once() {
    let mut lone = Lone::silent(crate::proto::Side::Server, tight());
    lone.greet(&Hello { max_assembling: 1, ..streaming() });
    lone.hear(&Frame::Bind(super::lone::bind(0, &[&super::service::FEED])));
    for place in 0..2 {
        lone.hear(&stream_call(place, 0));
        let call = lone.serve();
        lone.proto.open_result(call, &[]);
        lone.proto.send_result(call, &mut items(&[60_000]));
    }
    let said = lone.said();
    let last = said.iter().rposition(|frame| frame.starts_with("Item 0")).unwrap();
    let first = said.iter().position(|frame| frame.starts_with("Item 1")).unwrap();
    assert!(last < first, "{said:?}");
}

#[test]
fn a_cancelled_stream_is_reset_whatever_is_left_of_it() {
    // At work; with an item in parts; with its end behind that.
    for state in 0..3 {
        let (mut lone, call) = Lone::at_work(FEED);
        lone.proto.open_result(call, &[]);
        lone.said();
        if state > 0 {
            lone.proto.send_result(call, &mut items(&[200_000]));
            lone.write(1_000);
        }
        if state == 2 {
            lone.proto.finish(0, value(b""));
        }
        lone.hear(&Frame::Cancel { place: 0 });
        assert_eq!(lone.room(call), SendRoom::Over);
        if state < 2 {
            assert_eq!(lone.proto.take_cancelled(), [0]);
            lone.proto.finish_dropped(0, true);
        }
        let mut rest = Vec::new();
        loop {
            let more = lone.write(usize::MAX);
            if more.is_empty() {
                break;
            }
            rest = more;
        }
        assert!(rest.ends_with(&[3, 0x13, 0, 1]), "a ReplyReset is the last word");
        assert!(lone.proto.is_quiet());
        lone.proto.check_idle();
    }
}

#[test]
fn an_opened_stream_has_the_deadline_that_its_caller_set_and_no_other() {
    let limits = Limits { max_deadline: Duration::from_secs(1), ..tight() };
    let mut lone = Lone::streams(limits);
    let timed = Call { method: MethodRef::Index(FEED), timeout: Some(5_000), ..call(0, b"x") };
    lone.hear(&Frame::Call(timed));
    lone.hear(&stream_call(1, FEED));
    let calls = [lone.serve(), lone.serve()];
    for call in calls {
        lone.proto.open_result(call, &[]);
    }
    lone.said();
    lone.pass(Duration::from_millis(4_999));
    assert!(lone.proto.take_cancelled().is_empty());
    lone.pass(Duration::from_millis(2));
    assert_eq!(lone.proto.take_cancelled(), [0]);
    lone.proto.finish_dropped(0, true);
    let error = lone.said_error();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
    lone.pass(Duration::from_secs(100_000));
    assert!(lone.proto.take_cancelled().is_empty());
}

#[test]
fn a_handler_that_ends_when_it_was_told_to_stop_cannot_end_its_stream_cleanly() {
    let (mut lone, call) = Lone::at_work(FEED);
    lone.hear(&credit(0, 0, 1));
    let timed = Call { method: MethodRef::Index(FEED), timeout: Some(5), ..call_on(1) };
    lone.hear(&Frame::Call(timed));
    let late = lone.serve();
    lone.proto.open_result(late, &[]);
    lone.proto.open_result(call, &[]);
    lone.pass(Duration::from_millis(6));
    lone.proto.take_cancelled();
    lone.said();
    lone.proto.finish(1, value(b""));
    assert_eq!(lone.said(), ["End 1 Failed"]);
}

fn call_on(place: u32) -> Call<'static> {
    call(place, b"x")
}
