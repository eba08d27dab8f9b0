//! Streams as the caller has them, one rule each.

use std::task::Waker;
use std::time::Duration;

use super::lone::{Lone, hello, items, streaming};
use super::service::{CHAT, ECHO, FEED, TAKE, tight};
use crate::proto::{Ending, ResultEvent, SendRoom, StartError};
use crate::stream::Credit;
use crate::wire::{self, CloseCode, End, EndStatus, Frame, Hello, Item, RefusalReason, Reply, ReplyStatus};
use crate::{Code, Limits, MethodDescriptor};

pub(super) fn opened(place: u32) -> Frame<'static> {
    answer(place, ReplyStatus::Opened, &[])
}

fn answer(place: u32, status: ReplyStatus, body: &[u8]) -> Frame<'_> {
    Frame::Reply(Reply { place, status, metadata: &[], total: None, body })
}

pub(super) fn item(place: u32, data: &[u8]) -> Frame<'_> {
    Frame::ReplyItem(Item { place, more: false, data })
}

pub(super) fn part(place: u32, data: &[u8]) -> Frame<'_> {
    Frame::ReplyItem(Item { place, more: true, data })
}

pub(super) fn end(place: u32, status: EndStatus, body: &[u8]) -> Frame<'_> {
    Frame::ReplyEnd(End { place, status, body })
}

fn credit(place: u32, stream: u32, items: u64, bytes: u64) -> Frame<'static> {
    Frame::ReplyCredit { stream, credit: wire::Credit { place, items, bytes } }
}

impl Lone {
    /// A client that has made one call of `method`.
    fn caller(method: &'static MethodDescriptor) -> Self {
        let mut lone = Self::client(tight(), &streaming());
        assert_eq!(lone.start(method, 1, None), Ok(0));
        lone.said();
        lone
    }

    fn result(&mut self, consumed: Credit) -> Option<ResultEvent> {
        self.proto.poll_result(0, Waker::noop(), &mut None, consumed)
    }

    /// The lengths of the items that have come.
    fn result_items(&mut self) -> Vec<usize> {
        match self.result(Credit::default()) {
            Some(ResultEvent::Items(mut items)) => {
                std::iter::from_fn(|| items.pop()).map(|item| item.len()).collect()
            }
            other => panic!("{other:?} instead of items"),
        }
    }

    fn ended(&mut self) -> Ending {
        match self.result(Credit::default()) {
            Some(ResultEvent::Ended(ending)) => ending,
            other => panic!("{other:?} instead of the end"),
        }
    }

    fn upload_room(&mut self, stream: u32) -> SendRoom {
        self.proto.poll_argument_room(0, stream, Waker::noop(), &mut None)
    }

    fn is_opened(&mut self) -> bool {
        matches!(self.result(Credit::default()), Some(ResultEvent::Opened(None)))
    }
}

#[test]
fn a_result_stream_is_told_item_by_item_and_its_end_last() {
    let mut lone = Lone::caller(&FEED);
    assert!(lone.result(Credit::default()).is_none());
    lone.hear(&opened(0));
    lone.hear(&item(0, b"abc"));
    lone.hear(&item(0, b""));
    lone.hear(&end(0, EndStatus::Clean, b""));
    assert_eq!(lone.proto.calls_in_flight(), 0, "the place is free, whoever looks");
    assert!(lone.is_opened());
    assert_eq!(lone.result_items(), [3, 0]);
    assert!(matches!(lone.ended(), Ending::StreamEnded { status: EndStatus::Clean, .. }));
    assert!(lone.said().is_empty());
    lone.proto.check_idle();
}

#[test]
fn a_stream_may_end_with_an_error_or_never_begin() {
    let mut lone = Lone::caller(&FEED);
    lone.hear(&opened(0));
    lone.hear(&end(0, EndStatus::AppError, b"why"));
    assert!(lone.is_opened());
    match lone.ended() {
        Ending::StreamEnded { status: EndStatus::AppError, body, .. } => assert_eq!(&body[..], b"why"),
        other => panic!("{other:?}"),
    }
    let mut lone = Lone::caller(&FEED);
    lone.hear(&answer(0, ReplyStatus::AppError, b"why"));
    assert!(matches!(lone.ended(), Ending::Replied { status: ReplyStatus::AppError, .. }));
    let mut lone = Lone::caller(&FEED);
    lone.hear(&opened(0));
    lone.hear(&Frame::ReplyReset { place: 0, code: 1 });
    assert!(lone.is_opened());
    assert!(matches!(lone.ended(), Ending::Broken(_)));
}

#[test]
fn credit_goes_out_with_the_call_and_by_halves() {
    let limits = Limits { max_stream_items: 200, max_stream_bytes: 100_000, ..tight() };
    let mut lone = Lone::client(limits, &streaming());
    lone.start(&FEED, 1, None).unwrap();
    assert_eq!(lone.said(), ["Bind 0", "Call 0 with 1", "Credit 0 136/34464"]);
    lone.hear(&opened(0));
    for _ in 0..150 {
        lone.hear(&item(0, b"ab"));
    }
    assert!(lone.is_opened());
    assert_eq!(lone.result_items().len(), 150);
    assert_eq!(lone.proto.buffered(), 300 + 150, "handed over, and not taken");
    assert!(lone.result(Credit { items: 99, bytes: 198 }).is_none());
    assert!(lone.said().is_empty());
    assert!(lone.result(Credit { items: 1, bytes: 2 }).is_none());
    assert_eq!(lone.said(), ["Credit 0 100/200"]);
    for _ in 0..150 {
        lone.hear(&item(0, b"ab"));
    }
    assert_eq!(lone.closed(), None);
    lone.hear(&item(0, b"ab"));
    assert_eq!(lone.closed(), Some(CloseCode::Stream));
}

#[test]
fn a_call_in_chunks_gives_credit_and_items_behind_its_last() {
    let limits = Limits { max_stream_items: 200, ..tight() };
    let mut lone = Lone::client(limits, &streaming());
    lone.start(&CHAT, 40_000, None).unwrap();
    assert_eq!(lone.upload_room(0), SendRoom::Wait, "nothing goes before the body");
    let mut some = items(&[1]);
    lone.proto.send_argument(0, 0, &mut some);
    assert_eq!(some.len(), 1);
    lone.proto.end_argument(0, 1, EndStatus::AppError, b"why");
    let said = lone.said();
    let chunk = said.iter().rposition(|frame| frame == "CallChunk 0").unwrap();
    assert_eq!(said[chunk + 1..], ["Credit 0 136/0", "End 0 1 AppError"]);
    assert!(matches!((lone.upload_room(0), lone.upload_room(1)), (SendRoom::Ready(_), SendRoom::Over)));
    lone.proto.send_argument(0, 0, &mut some);
    assert_eq!(lone.said(), ["Item 0 0 1"]);
}

#[test]
fn argument_streams_have_credit_of_their_own() {
    let mut lone = Lone::caller(&CHAT);
    let mut some = items(&[1; 70]);
    lone.proto.send_argument(0, 0, &mut some);
    assert_eq!((some.len(), lone.upload_room(0)), (6, SendRoom::Wait));
    assert!(matches!(lone.upload_room(1), SendRoom::Ready(_)));
    lone.hear(&credit(0, 1, 10, 10));
    assert_eq!(lone.upload_room(0), SendRoom::Wait);
    lone.hear(&credit(0, 0, 10, 0));
    assert!(matches!(lone.upload_room(0), SendRoom::Ready(_)));
    lone.hear(&credit(0, 7, 10, 10));
    assert_eq!(lone.closed(), None, "credit for nothing is nothing");
    assert_eq!(lone.upload_room(7), SendRoom::Over);
}

#[test]
fn an_end_waits_for_the_item_before_it_and_is_the_last_word() {
    let mut lone = Lone::caller(&TAKE);
    lone.proto.send_argument(0, 0, &mut items(&[40_000]));
    lone.proto.end_argument(0, 0, EndStatus::Clean, b"no body");
    lone.proto.end_argument(0, 0, EndStatus::Failed, b"again");
    let mut more = items(&[1]);
    lone.proto.send_argument(0, 0, &mut more);
    assert_eq!((more.len(), lone.upload_room(0)), (1, SendRoom::Over));
    assert_eq!(lone.said(), ["Item 0 0 16372+", "Item 0 0 16372+", "Item 0 0 7256", "End 0 0 Clean"]);
}

#[test]
fn errors_of_streams_fit_in_a_frame() {
    let mut lone = Lone::client(tight(), &Hello { max_frame: 16_384, ..streaming() });
    lone.start(&TAKE, 1, None).unwrap();
    lone.said();
    lone.proto.end_argument(0, 0, EndStatus::AppError, &[1; 20_000]);
    assert_eq!(lone.said(), ["End 0 0 Failed"], "an error that says that there was one");
    // One that fits and is large takes its turn.
    lone.start(&TAKE, 1, None).unwrap();
    while lone.proto.queued() < 70_000 {
        lone.start(&ECHO, 8_000, None).unwrap();
    }
    lone.proto.end_argument(1, 0, EndStatus::AppError, &[1; 12_000]);
    assert_eq!(lone.said().last().unwrap(), "End 1 0 AppError");
}

#[test]
fn an_answer_ends_the_argument_streams() {
    let mut lone = Lone::caller(&TAKE);
    lone.proto.send_argument(0, 0, &mut items(&[200_000]));
    lone.say(1_000);
    lone.hear(&answer(0, ReplyStatus::Value, b"sum"));
    assert_eq!(lone.upload_room(0), SendRoom::Over);
    assert!(lone.proto.queued() < 100_000, "the item is not sent to its end");
    lone.proto.end_argument(0, 0, EndStatus::Clean, b"");
    let said = lone.said();
    assert!(said.iter().all(|frame| frame.ends_with('+')), "{said:?}");
    assert!(matches!(lone.ended(), Ending::Replied { status: ReplyStatus::Value, .. }));
    lone.proto.check_idle();
}

#[test]
fn a_caller_that_goes_cancels_and_sends_nothing_more() {
    for opened_first in [false, true] {
        let mut lone = Lone::caller(&CHAT);
        if opened_first {
            lone.hear(&opened(0));
            lone.hear(&part(0, &[1; 10_000]));
        }
        lone.proto.send_argument(0, 1, &mut items(&[200_000]));
        lone.say(1_000);
        lone.proto.cancel_call(0);
        let mut some = items(&[1]);
        lone.proto.send_argument(0, 0, &mut some);
        lone.proto.end_argument(0, 0, EndStatus::Clean, b"");
        assert_eq!(lone.said().last().unwrap(), "Cancel 0");
        assert_eq!((lone.proto.calls_in_flight(), lone.proto.buffered()), (1, 0));
        // What is on the way is counted and thrown away.
        if opened_first {
            lone.hear(&item(0, &[1; 10_000]));
            lone.hear(&item(0, &[1; 10_000]));
            assert_eq!(lone.proto.buffered(), 0);
            lone.hear(&end(0, EndStatus::Clean, b""));
        } else {
            lone.hear(&opened(0));
            lone.hear(&Frame::ReplyReset { place: 0, code: 1 });
        }
        assert_eq!((lone.proto.calls_in_flight(), lone.closed()), (0, None));
        assert!(lone.said().is_empty());
        lone.proto.check_idle();
    }
}

#[test]
fn a_stream_with_argument_streams_is_never_detached() {
    static LASTING: MethodDescriptor = MethodDescriptor::new(("Echo", 1), ("lasting", 2), "")
        .with_detached()
        .with_streams(CHAT.kind, &["a"]);
    let mut lone = Lone::caller(&LASTING);
    lone.proto.cancel_call(0);
    assert_eq!(lone.said(), ["Cancel 0"]);
}

#[test]
fn the_deadline_of_an_opened_stream_ends_it_behind_what_has_come() {
    let mut lone = Lone::client(tight(), &streaming());
    lone.start(&FEED, 1, Some(Duration::from_secs(1))).unwrap();
    lone.said();
    lone.hear(&opened(0));
    lone.hear(&item(0, b"abc"));
    lone.hear(&part(0, &[1; 5_000]));
    lone.pass(Duration::from_secs(1));
    assert!(lone.is_opened());
    assert_eq!(lone.result_items(), [3], "without the part of the next");
    lone.hear(&item(0, b"rest of one"));
    lone.hear(&item(0, b"late"));
    assert!(matches!(lone.ended(), Ending::Expired { sent: true }));
    assert_eq!(lone.said(), ["Cancel 0"]);
    lone.hear(&end(0, EndStatus::Failed, b""));
    lone.proto.check_idle();
}

#[test]
fn a_stream_that_is_cut_is_lost_behind_what_has_come() {
    let mut lone = Lone::caller(&CHAT);
    lone.hear(&opened(0));
    lone.hear(&item(0, b"abc"));
    lone.hear(&part(0, &[1; 5_000]));
    lone.proto.handle_end(false, None);
    assert_eq!(lone.upload_room(0), SendRoom::Over);
    assert!(lone.is_opened());
    assert_eq!(lone.result_items(), [3]);
    assert!(matches!(lone.ended(), Ending::Lost { sent: true, .. }));
    lone.proto.check_idle();
}

#[test]
fn an_item_above_the_limits_of_this_side_fails_the_call() {
    for limits in
        [Limits { max_message: 10_000, ..tight() }, Limits { max_buffered_bytes: 256 << 10, ..tight() }]
    {
        let mut lone = Lone::client(limits, &streaming());
        for _ in 0..4 {
            lone.start(&FEED, 1, None).unwrap();
        }
        lone.said();
        for place in (0..4).rev() {
            lone.hear(&opened(place));
            for _ in 0..5 {
                lone.hear(&item(place, &[1; 15_000]));
            }
        }
        assert_eq!(lone.closed(), None);
        assert!(lone.is_opened());
        let ending = loop {
            match lone.result(Credit::default()) {
                Some(ResultEvent::Ended(ending)) => break ending,
                Some(_) => {}
                None => panic!("it goes on"),
            }
        };
        assert!(matches!(ending, Ending::Failed(error) if error.code() == Code::ResourceExhausted));
        assert_eq!(lone.said().last().unwrap(), "Cancel 0");
        assert_eq!(lone.proto.calls_in_flight(), 4);
    }
}

#[test]
fn an_item_above_what_the_peer_takes_fails_the_call_that_sends_it() {
    let mut lone = Lone::client(tight(), &Hello { max_message: 1_024, ..streaming() });
    lone.start(&TAKE, 1, None).unwrap();
    lone.proto.send_argument(0, 0, &mut items(&[1_024, 1_025]));
    let ending = lone.proto.poll_call(0, Waker::noop(), &mut None);
    assert!(
        matches!(ending, Some(Ending::Failed(ref error)) if error.code() == Code::ResourceExhausted),
        "{ending:?}"
    );
    assert_eq!(lone.said().last().unwrap(), "Cancel 0");
}

#[test]
fn a_stream_where_a_value_was_expected_fails_its_call_alone() {
    let mut lone = Lone::caller(&ECHO);
    lone.hear(&opened(0));
    let ending = lone.proto.poll_call(0, Waker::noop(), &mut None);
    assert!(matches!(ending, Some(Ending::Broken(_))), "{ending:?}");
    assert_eq!(lone.said(), ["Cancel 0"]);
    lone.hear(&item(0, b"x"));
    lone.hear(&end(0, EndStatus::Clean, b""));
    assert_eq!((lone.proto.calls_in_flight(), lone.closed()), (0, None));
    lone.proto.check_idle();
}

#[test]
fn an_end_that_only_a_caller_may_send_is_no_end() {
    let mut lone = Lone::caller(&FEED);
    lone.hear(&opened(0));
    lone.hear(&end(0, EndStatus::Dropped, b""));
    assert!(lone.is_opened());
    assert!(matches!(lone.ended(), Ending::Broken(_)));
}

#[test]
fn a_peer_without_streams_is_not_called_for_them() {
    let mut lone = Lone::client(tight(), &hello());
    for method in [&FEED, &TAKE, &CHAT] {
        assert_eq!(lone.start(method, 1, None), Err(StartError::Refused(RefusalReason::NoMethod)));
    }
    assert!(lone.proto.nothing_to_send(), "nor does it hear of them");
    lone.start(&ECHO, 1, None).unwrap();
}

#[test]
fn a_lost_last_call_gives_up_its_streams() {
    let mut lone = Lone::caller(&CHAT);
    lone.proto.send_argument(0, 0, &mut items(&[200_000]));
    lone.say(100);
    lone.hear(&Frame::Drain { step: 2, last: 0 });
    assert_eq!(lone.upload_room(0), SendRoom::Over);
    assert!(matches!(lone.ended(), Ending::Lost { sent: false, .. }));
    assert!(lone.said().iter().all(|frame| frame.ends_with('+')), "what was in the buffer");
    lone.hear(&answer(0, ReplyStatus::Refused, &[5]));
    lone.proto.check_idle();
}
