//! Random schedules of two sides that keep to the rules: nothing is lost, nothing happens twice, nobody waits for ever.

use std::time::Duration;

use super::pair::Pair;
use super::service::{CHAT, DETACHED, ECHO, FEED, MISSING, OTHER, Rng, STRANGE, TAKE, tight};
use crate::Limits;
use crate::proto::{Closed, StartError};
use crate::wire::{CloseCode, EndStatus};

const SCHEDULES: u64 = 1_200;
const STEPS: usize = 250;
/// Replays one schedule.
const SEED: &str = "FARCALL_PROTO_SEED";

#[test]
fn every_schedule_ends_every_call_once_and_truly() {
    if let Ok(seed) = std::env::var(SEED) {
        return run(seed.parse().unwrap());
    }
    let base = std::env::var("FARCALL_PROTO_BASE").map_or(0, |base| base.parse().unwrap());
    let count = std::env::var("FARCALL_PROTO_SCHEDULES").map_or(SCHEDULES, |count| count.parse().unwrap());
    for seed in base..base + count {
        let failed = std::panic::catch_unwind(|| run(seed)).is_err();
        assert!(!failed, "schedule {seed} failed: replay it with {SEED}={seed}");
    }
}

fn run(seed: u64) {
    let mut rng = Rng::new(seed);
    let mut pair = Pair::new(limits(&mut rng), limits(&mut rng));
    let rough = rng.one_in(3);
    for _ in 0..STEPS {
        step(&mut pair, &mut rng, rough);
        pair.check();
    }
    pair.settle();
    pair.check_rest();
}

fn limits(rng: &mut Rng) -> Limits {
    Limits {
        max_frame: Limits::FLOOR_FRAME + rng.below(3) * 10_000,
        max_message: [1 << 10, 40_000, 300_000][rng.below(3)],
        max_stream_items: Limits::FLOOR_STREAM_ITEMS + rng.below(2) * 30,
        max_stream_bytes: Limits::FLOOR_STREAM_BYTES + rng.below(2) * 30_000,
        max_buffered_bytes: [320 << 10, 64 << 20][rng.below(2)],
        max_calls: Limits::FLOOR_CALLS + rng.below(2) * 20,
        max_assembling: 1 + rng.below(3),
        max_outbound: [64 << 10, 256 << 10][rng.below(2)],
        ..tight()
    }
}

fn step(pair: &mut Pair, rng: &mut Rng, rough: bool) {
    let side = rng.below(2);
    let now = pair.now;
    match rng.below(150) {
        100..125 => call_step(pair, rng, side),
        125.. => handler_step(pair, rng, side),
        0..22 => start(pair, rng, side),
        22..30 => {
            if let Some(id) = rng.pick(pair.sides[side].callers.keys().copied()) {
                pair.sides[side].cancel(id);
            }
        }
        30..38 => {
            if let Some(id) = rng.pick(pair.sides[side].callers.keys().copied()) {
                pair.sides[side].poll(id);
            }
        }
        38..55 => drop(pair.write(side, amount(rng))),
        55..72 => drop(pair.read(side, amount(rng))),
        72..80 => pair.sides[side].serve(now, rng.below(20)),
        80..94 => {
            if let Some(place) = rng.pick(pair.sides[side].handlers.keys().copied()) {
                let length = length(rng);
                pair.sides[side].finish(place, length);
            }
        }
        94..98 => pair.pass(Duration::from_micros(rng.next() % 30_000)),
        98 => pair.exchange(),
        _ if rough => match rng.below(40) {
            0 => pair.sides[side].proto.drain(),
            1 => pair.sides[side].proto.close(Closed::new(CloseCode::Done, "enough")),
            2 => pair.cut(),
            3 => pair.pass(Duration::from_secs(rng.next() % 40)),
            _ => {}
        },
        _ => {}
    }
}

/// Something happens in a stream of a call that `side` makes.
fn call_step(pair: &mut Pair, rng: &mut Rng, side: usize) {
    let side = &mut pair.sides[side];
    let streaming = side.callers.iter().filter(|(_, caller)| caller.has_streams());
    let streaming: Vec<_> = streaming.map(|(id, _)| *id).collect();
    let Some(id) = rng.pick(streaming.into_iter()) else { return };
    let stream = rng.below(2) as u32;
    match rng.below(10) {
        0..5 => {
            for _ in 0..burst(rng) {
                side.put(id, stream, item(rng));
            }
        }
        5 => side.end_stream(id, stream, ENDS[rng.below(ENDS.len())]),
        6..8 => side.take(id, rng.below(80)),
        _ => side.poll(id),
    }
}

/// Something happens in a stream of a call that `side` serves.
fn handler_step(pair: &mut Pair, rng: &mut Rng, side: usize) {
    let side = &mut pair.sides[side];
    let streaming = side.handlers.iter().filter(|(_, handler)| handler.has_streams());
    let streaming: Vec<_> = streaming.map(|(place, _)| *place).collect();
    let Some(place) = rng.pick(streaming.into_iter()) else { return };
    let stream = rng.below(2) as u32;
    match rng.below(20) {
        0..5 => side.open(place, &[]),
        5..12 => {
            for _ in 0..burst(rng) {
                side.handler_put(place, item(rng));
            }
        }
        12 if rng.one_in(4) => side.drop_argument(place, stream),
        12..15 => side.handler_take(place, stream, rng.below(80)),
        _ => side.poll_handler(place),
    }
}

const ENDS: [EndStatus; 5] =
    [EndStatus::Clean, EndStatus::Clean, EndStatus::AppError, EndStatus::Failed, EndStatus::Dropped];

/// So many items at once.
fn burst(rng: &mut Rng) -> usize {
    if rng.one_in(6) { rng.below(90) } else { 1 }
}

fn item(rng: &mut Rng) -> usize {
    match rng.below(24) {
        0 => 16_330 + rng.below(100),
        1 => rng.below(100_000),
        2..6 => rng.below(1_000),
        _ => rng.below(20),
    }
}

fn start(pair: &mut Pair, rng: &mut Rng, side: usize) {
    let method = match rng.below(20) {
        0 => &MISSING,
        1 => &STRANGE,
        2..5 => &DETACHED,
        5..7 => &OTHER,
        7..9 => &FEED,
        9..11 => &TAKE,
        11..14 => &CHAT,
        _ => &ECHO,
    };
    let count = if rng.one_in(10) { rng.below(80) } else { 1 };
    for _ in 0..count {
        let timeout = match rng.below(4) {
            0 => Some(Duration::from_millis(rng.next() % 60)),
            1 => Some(Duration::from_secs(10)),
            2 => Some(Duration::from_millis(u64::MAX)).filter(|_| rng.one_in(1 << 30)),
            _ => None,
        };
        match pair.start(side, method, length(rng), timeout) {
            Ok(_) | Err(StartError::TooLong { .. } | StartError::Refused(_)) => {}
            Err(
                StartError::Full | StartError::Closed | StartError::TooManyMethods | StartError::Undescribed,
            ) => return,
        }
    }
}

fn length(rng: &mut Rng) -> usize {
    match rng.below(20) {
        0 => 16_000 + rng.below(1_000),
        1 => rng.below(300_000),
        2 => 36_000 + rng.below(1_000),
        _ => 8 + rng.below(60),
    }
}

fn amount(rng: &mut Rng) -> usize {
    match rng.below(6) {
        0 => 1,
        1 => rng.below(40),
        2 => rng.below(5_000),
        _ => 1 << 20,
    }
}
