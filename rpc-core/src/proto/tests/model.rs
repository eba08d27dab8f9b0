//! Every order, up to a depth, of what can happen around one place.

use std::time::Duration;

use super::pair::Pair;
use super::service::{DETACHED, ECHO, tight};
use crate::Limits;
use crate::proto::Closed;
use crate::wire::CloseCode;

const DEPTH: usize = 4;
/// The caller's patience; time passes in steps that are longer.
const TIMEOUT: Duration = Duration::from_millis(10);
/// About one chunk: a long body takes several moves.
const MOVE: usize = 17_000;
const LONG: usize = 40_000;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Event {
    Call,
    LongCall,
    DetachedCall,
    Cancel,
    Poll,
    /// Bytes from the caller to the callee.
    There,
    /// Bytes from the callee to the caller.
    Back,
    Start,
    Finish,
    FinishLong,
    /// Time passes, and only that side looks at the clock.
    CallerTime,
    CalleeTime,
    Drain,
    CallerCloses,
    CalleeCloses,
    Cut,
}

const EVENTS: [Event; 16] = [
    Event::Call,
    Event::LongCall,
    Event::DetachedCall,
    Event::Cancel,
    Event::Poll,
    Event::There,
    Event::Back,
    Event::Start,
    Event::Finish,
    Event::FinishLong,
    Event::CallerTime,
    Event::CalleeTime,
    Event::Drain,
    Event::CallerCloses,
    Event::CalleeCloses,
    Event::Cut,
];

/// One run: what is chosen at each turn, and out of how many.
struct Run {
    choices: Vec<(usize, usize)>,
    calls: usize,
    drained: bool,
    over: bool,
}

#[test]
fn every_order_of_events_around_one_place_is_sound() {
    let depth = std::env::var("FARCALL_PROTO_DEPTH").map_or(DEPTH, |depth| depth.parse().unwrap());
    for first in [Event::Call, Event::LongCall, Event::DetachedCall] {
        let mut run = Run { choices: Vec::new(), calls: 0, drained: false, over: false };
        let mut runs = 0_u64;
        loop {
            run = execute(run.choices, first, depth);
            runs += 1;
            let Some(last) = run.choices.iter().rposition(|(chosen, of)| chosen + 1 < *of) else { break };
            run.choices.truncate(last + 1);
            run.choices[last].0 += 1;
        }
        assert!(runs > 1_000, "only {runs} orders begin with {first:?}");
        println!("{runs} orders begin with {first:?}");
    }
}

fn execute(choices: Vec<(usize, usize)>, first: Event, depth: usize) -> Run {
    let mut run = Run { choices, calls: 0, drained: false, over: false };
    let limits = || Limits { max_assembling: 1, ..tight() };
    let mut pair = Pair::greeted(limits(), limits());
    let mut done = vec![first];
    run.apply(&mut pair, first);
    for turn in 0..depth {
        let enabled: Vec<_> = EVENTS.into_iter().filter(|event| run.enabled(&pair, *event)).collect();
        if enabled.is_empty() {
            break;
        }
        if turn == run.choices.len() {
            run.choices.push((0, enabled.len()));
        }
        let event = enabled[run.choices[turn].0];
        done.push(event);
        let told = Told(&done);
        run.apply(&mut pair, event);
        pair.check();
        std::mem::forget(told);
    }
    let told = Told(&done);
    pair.settle();
    pair.check_rest();
    std::mem::forget(told);
    run
}

/// Says which order failed.
struct Told<'a>(&'a [Event]);

impl Drop for Told<'_> {
    fn drop(&mut self) {
        eprintln!("the order is {:?}", self.0);
    }
}

impl Run {
    /// What can happen and makes a difference.
    fn enabled(&self, pair: &Pair, event: Event) -> bool {
        let [caller, callee] = &pair.sides;
        match event {
            Event::Call | Event::LongCall => self.calls < 2 && caller.proto.accepts_calls(),
            Event::DetachedCall => false,
            Event::Cancel | Event::Poll => !caller.callers.is_empty(),
            Event::There => !caller.proto.nothing_to_send() || !pair.pipes[0].is_empty(),
            Event::Back => !callee.proto.nothing_to_send() || !pair.pipes[1].is_empty(),
            Event::Start => callee.proto.has_waiting(),
            Event::Finish | Event::FinishLong => !callee.handlers.is_empty(),
            Event::CallerTime => caller.proto.calls_in_flight() > 0,
            Event::CalleeTime => callee.proto.calls_served() > 0,
            Event::Drain => !self.drained && !self.over,
            Event::CallerCloses | Event::CalleeCloses | Event::Cut => !self.over,
        }
    }

    fn apply(&mut self, pair: &mut Pair, event: Event) {
        let now = pair.now;
        match event {
            Event::Call | Event::LongCall | Event::DetachedCall => {
                self.calls += 1;
                let (method, length) = match event {
                    Event::Call => (&ECHO, 20),
                    Event::LongCall => (&ECHO, LONG),
                    _ => (&DETACHED, 20),
                };
                pair.start(0, method, length, Some(TIMEOUT)).unwrap();
            }
            Event::Cancel => {
                let id = *pair.sides[0].callers.keys().next().unwrap();
                pair.sides[0].cancel(id);
            }
            Event::Poll => pair.sides[0].poll_all(),
            Event::There => {
                pair.write(0, MOVE);
                pair.read(1, MOVE);
            }
            Event::Back => {
                pair.write(1, MOVE);
                pair.read(0, MOVE);
            }
            Event::Start => pair.sides[1].serve(now, usize::MAX),
            Event::Finish | Event::FinishLong => {
                let place = *pair.sides[1].handlers.keys().next().unwrap();
                pair.sides[1].finish(place, if event == Event::Finish { 20 } else { LONG });
            }
            Event::CallerTime | Event::CalleeTime => {
                pair.now += TIMEOUT + Duration::from_millis(1);
                pair.sides[usize::from(event == Event::CalleeTime)].tick(pair.now);
            }
            Event::Drain => {
                self.drained = true;
                pair.sides[1].proto.drain();
            }
            Event::CallerCloses | Event::CalleeCloses => {
                self.over = true;
                let side = usize::from(event == Event::CalleeCloses);
                pair.sides[side].proto.close(Closed::new(CloseCode::Done, ""));
            }
            Event::Cut => {
                self.over = true;
                pair.cut();
            }
        }
    }
}
