use std::task::Waker;

use super::counting;

use crate::Limits;
use crate::proto::{ArgumentEvent, ResultEvent, SendRoom};
use crate::stream::{Batch, Credit, PipeSource, pipe};
use crate::wire::EndStatus;

fn items(count: usize, length: usize) -> Batch {
    Batch::of(std::iter::repeat_n(vec![7; length], count))
}

fn next(source: &PipeSource, consumed: Credit) -> Option<ArgumentEvent> {
    source.poll_argument(Waker::noop(), consumed)
}

fn next_items(source: &PipeSource) -> (usize, usize) {
    match next(source, Credit::default()) {
        Some(ArgumentEvent::Items(items)) => items.count(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_more_items_are_on_their_way_than_the_window_has() {
    let window = Limits::default().max_stream_items;
    let (sink, source) = pipe();
    let mut sent = items(window + 10, 1);
    sink.send(&mut sent);
    assert_eq!(sent.len(), 10, "the rest stays");
    let (waker, woken) = counting();
    assert_eq!(sink.poll_room(&waker), SendRoom::Wait);
    assert_eq!(next_items(&source), (window, window));
    assert_eq!(woken(), 0, "what has come was not taken");
    assert!(next(&source, Credit { items: 4, bytes: 4 }).is_none());
    assert_eq!(woken(), 1);
    assert!(matches!(sink.poll_room(&waker), SendRoom::Ready(_)));
    sink.send(&mut sent);
    assert_eq!((sent.len(), next_items(&source)), (6, (4, 4)));
}

#[test]
fn one_item_may_go_above_the_window_in_bytes() {
    let window = Limits::default().max_stream_bytes;
    let (sink, source) = pipe();
    let mut large = items(3, window - 1);
    sink.send(&mut large);
    assert_eq!(large.len(), 1, "one byte was left, and so another item began");
    assert_eq!(next_items(&source), (2, 2 * (window - 1)));
    assert_eq!(sink.poll_room(Waker::noop()), SendRoom::Wait);
    assert!(next(&source, Credit { items: 1, bytes: window as u64 - 1 }).is_none());
    assert!(matches!(sink.poll_room(Waker::noop()), SendRoom::Ready(_)));
}

#[test]
fn the_end_comes_behind_the_items_and_stays() {
    let (sink, source) = pipe();
    let (waker, woken) = counting();
    assert!(source.poll_argument(&waker, Credit::default()).is_none());
    sink.send(&mut items(2, 3));
    assert_eq!(woken(), 1);
    sink.end(EndStatus::AppError, &[5]);
    drop(sink);
    assert_eq!(next_items(&source), (2, 6));
    for _ in 0..2 {
        let Some(ArgumentEvent::End { status, body }) = next(&source, Credit::default()) else { panic!() };
        assert_eq!((status, &body[..]), (EndStatus::AppError, &[5][..]));
    }
}

#[test]
fn a_sink_that_is_dropped_too_early_is_no_clean_end() {
    let (sink, source) = pipe();
    let (waker, woken) = counting();
    assert!(source.poll_argument(&waker, Credit::default()).is_none());
    drop(sink);
    assert_eq!(woken(), 1);
    let end = next(&source, Credit::default());
    assert!(matches!(end, Some(ArgumentEvent::End { status: EndStatus::Dropped, .. })), "{end:?}");
}

#[test]
fn nobody_sends_to_a_source_that_is_gone() {
    let (sink, source) = pipe();
    let mut all = items(Limits::default().max_stream_items, 1);
    sink.send(&mut all);
    let (waker, woken) = counting();
    assert_eq!(sink.poll_room(&waker), SendRoom::Wait);
    drop(source);
    assert_eq!((woken(), sink.poll_room(&waker)), (1, SendRoom::Over));
}

#[test]
fn a_result_is_opened_before_its_items() {
    let (sink, source) = pipe();
    let (waker, woken) = counting();
    let next = || source.poll_result(&waker, Credit::default());
    assert!(next().is_none());
    sink.open(None);
    sink.send(&mut items(1, 1));
    assert_eq!(woken(), 1, "who was woken has to come again first");
    assert!(matches!(next(), Some(ResultEvent::Opened(None))));
    assert!(matches!(next(), Some(ResultEvent::Items(items)) if items.count() == (1, 1)));
    assert!(next().is_none());
}
