//! Every order, up to a depth, of what can happen to one call with streams both ways, from several states of it.

use std::time::Duration;

use super::pair::Pair;
use super::service::{CHAT, tight};
use crate::Limits;
use crate::proto::Closed;
use crate::wire::{CloseCode, EndStatus};

const DEPTH: usize = 3;
/// The caller's patience; time passes in steps that are longer.
const TIMEOUT: Duration = Duration::from_millis(10);
/// About one part: a long body or item takes several moves.
const MOVE: usize = 17_000;
const LONG: usize = 40_000;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Event {
    Call,
    LongCall,
    Cancel,
    /// The caller looks, and takes what has come.
    Take,
    Put,
    PutLong,
    /// The caller ends its stream, with or without an error, or drops it.
    End,
    EndError,
    EndDropped,
    /// Bytes from the caller to the callee.
    There,
    /// Bytes from the callee to the caller.
    Back,
    Start,
    Open,
    /// The handler looks, and takes what has come.
    HandlerTakes,
    HandlerPuts,
    HandlerPutsLong,
    HandlerDrops,
    /// The handler ends, or is gone.
    Finish,
    CallerTime,
    CalleeTime,
    Drain,
    CallerCloses,
    CalleeCloses,
    Cut,
}

const EVENTS: [Event; 24] = [
    Event::Call,
    Event::LongCall,
    Event::Cancel,
    Event::Take,
    Event::Put,
    Event::PutLong,
    Event::End,
    Event::EndError,
    Event::EndDropped,
    Event::There,
    Event::Back,
    Event::Start,
    Event::Open,
    Event::HandlerTakes,
    Event::HandlerPuts,
    Event::HandlerPutsLong,
    Event::HandlerDrops,
    Event::Finish,
    Event::CallerTime,
    Event::CalleeTime,
    Event::Drain,
    Event::CallerCloses,
    Event::CalleeCloses,
    Event::Cut,
];

/// What every order begins with.
const BEGINNINGS: [&[Event]; 8] = [
    &[Event::Call],
    &[Event::LongCall, Event::Put, Event::There],
    &[Event::Call, Event::There, Event::Start, Event::Put],
    &[Event::Call, Event::There, Event::Start, Event::Open, Event::Back],
    // Items of which a part is here and a part is there.
    &[Event::Call, Event::There, Event::Start, Event::Open, Event::Back, Event::PutLong, Event::There],
    &[Event::Call, Event::There, Event::Start, Event::Open, Event::HandlerPutsLong, Event::Back],
    // A whole item before one.
    &[
        Event::Call,
        Event::There,
        Event::Start,
        Event::Open,
        Event::HandlerPuts,
        Event::HandlerPutsLong,
        Event::Back,
    ],
    // An end behind one.
    &[
        Event::Call,
        Event::There,
        Event::Start,
        Event::Open,
        Event::HandlerPutsLong,
        Event::Back,
        Event::Finish,
    ],
];

/// One run: what is chosen at each turn, and out of how many.
struct Run {
    choices: Vec<(usize, usize)>,
    calls: usize,
    drained: bool,
    over: bool,
}

#[test]
fn every_order_of_events_around_one_stream_is_sound() {
    let depth = std::env::var("FARCALL_PROTO_DEPTH").map_or(DEPTH, |depth| depth.parse().unwrap());
    for beginning in BEGINNINGS {
        let mut run = Run { choices: Vec::new(), calls: 0, drained: false, over: false };
        let mut runs = 0_u64;
        loop {
            run = execute(run.choices, beginning, depth);
            runs += 1;
            let Some(last) = run.choices.iter().rposition(|(chosen, of)| chosen + 1 < *of) else { break };
            run.choices.truncate(last + 1);
            run.choices[last].0 += 1;
        }
        assert!(runs > 300, "only {runs} orders begin with {beginning:?}");
        println!("{runs} orders begin with {beginning:?}");
    }
}

fn execute(choices: Vec<(usize, usize)>, beginning: &[Event], depth: usize) -> Run {
    let mut run = Run { choices, calls: 0, drained: false, over: false };
    let limits = || Limits { max_assembling: 1, ..tight() };
    let mut pair = Pair::greeted(limits(), limits());
    let mut done = Vec::new();
    for event in beginning {
        done.push(*event);
        let told = Told(&done);
        run.apply(&mut pair, *event);
        std::mem::forget(told);
    }
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
        let upload = caller.callers.values().next().map(|caller| &caller.uploads[0]);
        let handler = callee.handlers.values().next();
        match event {
            Event::Call | Event::LongCall => self.calls < 2 && caller.proto.accepts_calls(),
            Event::Cancel | Event::Take => !caller.callers.is_empty(),
            Event::Put | Event::PutLong | Event::End | Event::EndError | Event::EndDropped => {
                upload.is_some_and(|upload| upload.is_open())
            }
            Event::There => !caller.proto.nothing_to_send() || !pair.pipes[0].is_empty(),
            Event::Back => !callee.proto.nothing_to_send() || !pair.pipes[1].is_empty(),
            Event::Start => callee.proto.has_waiting(),
            Event::Open => handler.is_some_and(|handler| !handler.opened),
            Event::HandlerPuts | Event::HandlerPutsLong => handler.is_some_and(|handler| handler.opened),
            Event::HandlerTakes | Event::Finish => handler.is_some(),
            Event::HandlerDrops => handler.is_some_and(|handler| handler.wants_arguments()),
            Event::CallerTime => caller.proto.calls_in_flight() > 0,
            Event::CalleeTime => callee.proto.calls_served() > 0,
            Event::Drain => !self.drained && !self.over,
            Event::CallerCloses | Event::CalleeCloses | Event::Cut => !self.over,
        }
    }

    fn apply(&mut self, pair: &mut Pair, event: Event) {
        let now = pair.now;
        let id = pair.sides[0].callers.keys().next().copied();
        let place = pair.sides[1].handlers.keys().next().copied();
        match event {
            Event::Call | Event::LongCall => {
                self.calls += 1;
                let length = if event == Event::Call { 20 } else { LONG };
                pair.start(0, &CHAT, length, Some(TIMEOUT)).unwrap();
            }
            Event::Cancel => pair.sides[0].cancel(id.unwrap()),
            Event::Take => {
                pair.sides[0].take(id.unwrap(), usize::MAX);
                pair.sides[0].poll(id.unwrap());
            }
            Event::Put => pair.sides[0].put(id.unwrap(), 0, 20),
            Event::PutLong => pair.sides[0].put(id.unwrap(), 0, LONG),
            Event::End => pair.sides[0].end_stream(id.unwrap(), 0, EndStatus::Clean),
            Event::EndError => pair.sides[0].end_stream(id.unwrap(), 0, EndStatus::AppError),
            Event::EndDropped => pair.sides[0].end_stream(id.unwrap(), 0, EndStatus::Dropped),
            Event::There => {
                pair.write(0, MOVE);
                pair.read(1, MOVE);
            }
            Event::Back => {
                pair.write(1, MOVE);
                pair.read(0, MOVE);
            }
            Event::Start => pair.sides[1].serve(now, usize::MAX),
            Event::Open => pair.sides[1].open(place.unwrap(), &[]),
            Event::HandlerTakes => {
                pair.sides[1].handler_take(place.unwrap(), 0, usize::MAX);
                pair.sides[1].poll_handler(place.unwrap());
            }
            Event::HandlerPuts => pair.sides[1].handler_put(place.unwrap(), 20),
            Event::HandlerPutsLong => pair.sides[1].handler_put(place.unwrap(), LONG),
            Event::HandlerDrops => pair.sides[1].drop_argument(place.unwrap(), 0),
            Event::Finish => pair.sides[1].finish(place.unwrap(), 20),
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
