#![allow(clippy::unwrap_used)]

use super::*;

const MAX: usize = 10;

fn room(calls: usize) -> Room {
    Room { calls, bytes: 1_000 }
}

fn join(waiting: &mut Waiting, turn: Option<u64>, length: usize) -> u64 {
    waiting.join(turn, (Waker::noop(), None, length), MAX, &mut None).unwrap()
}

fn call_up(waiting: &mut Waiting, now: Instant, room: Room) -> usize {
    let mut wakers = Vec::new();
    waiting.call_up(now, room, &mut wakers);
    wakers.len()
}

#[test]
fn a_newcomer_does_not_take_the_room_for_which_another_was_woken() {
    let (mut waiting, now) = (Waiting::default(), Instant::now());
    let (first, second) = (join(&mut waiting, None, 1), join(&mut waiting, None, 1));
    assert!(!waiting.admits(None, 1, room(5)), "others wait");
    assert_eq!(call_up(&mut waiting, now, room(1)), 1);
    assert_eq!(call_up(&mut waiting, now, room(1)), 0, "one place, one caller");
    assert!(waiting.admits(Some(first), 1, room(1)));
    assert!(!waiting.admits(Some(second), 1, room(1)));
    waiting.leave(second);
    assert!(!waiting.admits(None, 1, room(1)), "the place is kept");
    assert!(waiting.admits(None, 1, room(2)), "there is another");
    waiting.leave(first);
    assert!(waiting.admits(None, 1, room(1)));
}

#[test]
fn who_is_woken_and_does_not_come_keeps_nobody_out_for_long() {
    let (mut waiting, now) = (Waiting::default(), Instant::now());
    let (first, second) = (join(&mut waiting, None, 1), join(&mut waiting, None, 1));
    assert_eq!(call_up(&mut waiting, now, room(1)), 1);
    let lapse = waiting.next_timeout().unwrap();
    waiting.handle_timeout(lapse, &mut Vec::new());
    assert_eq!(call_up(&mut waiting, lapse, room(1)), 1, "the next one's turn");
    assert!(waiting.admits(Some(second), 1, room(1)));
    assert!(!waiting.admits(Some(first), 1, room(1)), "it comes late");
    join(&mut waiting, Some(first), 1);
    waiting.leave(second);
    join(&mut waiting, None, 1);
    assert_eq!(call_up(&mut waiting, lapse, room(1)), 1);
    assert!(waiting.admits(Some(first), 1, room(1)), "but keeps its turn");
}

#[test]
fn small_bodies_do_not_overtake_a_large_one() {
    let (mut waiting, now) = (Waiting::default(), Instant::now());
    let large = join(&mut waiting, None, 900);
    let small = join(&mut waiting, None, 1);
    let little = Room { calls: 5, bytes: 100 };
    assert_eq!(call_up(&mut waiting, now, little), 0, "not woken for nothing");
    assert!(!waiting.admits(Some(small), 1, little));
    assert!(!waiting.admits(None, 1, little));
    assert_eq!(call_up(&mut waiting, now, room(5)), 2);
    assert!(waiting.admits(Some(large), 900, room(5)));
    assert!(!waiting.admits(None, 100, room(5)), "its bytes are kept");
}

#[test]
fn the_queue_is_bounded_and_wakes_those_whose_time_is_over() {
    let (mut waiting, now) = (Waiting::default(), Instant::now());
    for after in 0..MAX as u64 {
        let deadline = now + Duration::from_secs(after);
        waiting.join(None, (Waker::noop(), Some(deadline), 1), MAX, &mut None).unwrap();
    }
    assert_eq!(waiting.join(None, (Waker::noop(), None, 1), MAX, &mut None), None);
    let mut wakers = Vec::new();
    waiting.handle_timeout(now + Duration::from_secs(3), &mut wakers);
    assert_eq!(wakers.len(), 4);
    assert_eq!(waiting.next_timeout(), Some(now + Duration::from_secs(4)));
    waiting.dismiss(&mut wakers);
    assert_eq!((wakers.len(), waiting.is_empty()), (MAX, true));
}
