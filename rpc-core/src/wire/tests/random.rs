//! Random hellos and frames, from a seed that every test prints.

use crate::wire::{
    Bind, Bound, Call, Chunk, Close, Credit, End, EndStatus, Frame, Hello, Item, Items, MAX_INDEX, MethodRef,
    Reply, ReplyStatus,
};

/// SplitMix64: good enough here, fast in a debug build, and every seed gives the same numbers for ever.
pub(super) struct Random(u64);

impl Random {
    /// From `FARCALL_TEST_SEED`, or fresh. Prints the seed, which the test harness shows when the test fails.
    pub(super) fn from_env() -> Self {
        let seed = from_env("FARCALL_TEST_SEED").unwrap_or_else(|| {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
            now.as_nanos() as u64
        });
        eprintln!("FARCALL_TEST_SEED={seed}");
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `end`, which is above 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub(super) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// Every length in bits is equally likely, so that small numbers and edges are frequent.
    pub(super) fn number(&mut self, max: u64) -> u64 {
        let bits = self.below(65) as u32;
        let value = self.next().checked_shr(bits).unwrap_or(0);
        value.min(max)
    }

    fn index(&mut self) -> u32 {
        self.number(MAX_INDEX.into()) as u32
    }

    fn list<T>(&mut self, max: usize, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.below(max + 1);
        (0..count).map(|_| one(self)).collect()
    }
}

/// The number in an environment variable.
pub(super) fn from_env(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is `{text}`, but has to be a number")))
}

pub(super) fn hello(random: &mut Random) -> Hello {
    let version_min = random.number(9);
    Hello {
        version_min,
        version_max: version_min + random.number(1 << 40),
        features: random.next(),
        max_frame: 16_384 + random.number(1 << 40),
        max_message: 1_024 + random.number(1 << 40),
        max_calls: 64 + random.number(1 << 40),
        max_call_bytes: 1_048_576 + random.number(1 << 40),
        max_assembling: 1 + random.number(1 << 40),
        codecs: random.list(4, |random| random.next() as u8),
        services: random.list(3, Random::next),
    }
}

/// Any frame, with bodies and metadata out of `pool`.
pub(super) fn frame<'a>(random: &mut Random, pool: &'a [u8]) -> Frame<'a> {
    let place = random.index();
    match random.below(21) {
        0 => Frame::Call(call(random, pool)),
        1 => Frame::CallChunk(Chunk { place, data: part(random, pool) }),
        2 => Frame::Cancel { place },
        3 => Frame::Bind(bind(random)),
        4 => Frame::CallItem { stream: random.index(), item: item(random, pool) },
        5 => Frame::CallEnd { stream: random.index(), end: end(random, pool) },
        6 => Frame::CallCredit(credit(random)),
        7 => Frame::Reply(reply(random, pool)),
        8 => Frame::ReplyChunk(Chunk { place, data: part(random, pool) }),
        9 => Frame::ReplyReset { place, code: random.next() as u8 },
        10 => {
            let differing = random.list(3, Random::index);
            let signatures = differing.iter().map(|_| part(random, pool).to_vec()).collect();
            let status = random.next() as u8;
            Frame::Bound(Bound {
                base: place,
                status,
                missing: random.list(3, Random::index),
                differing,
                signatures,
            })
        }
        11 => Frame::ReplyItem(item(random, pool)),
        12 => Frame::ReplyEnd(end(random, pool)),
        13 => Frame::ReplyCredit { stream: random.index(), credit: credit(random) },
        14 => Frame::Ping(random.next().to_le_bytes()),
        15 => Frame::Pong(random.next().to_le_bytes()),
        16 => Frame::Drain { step: 1 + random.below(2) as u8, last: random.number(u64::MAX) },
        17 => {
            let text = ["", "bad", "é und ü"][random.below(3)];
            Frame::Close(Close { code: random.number(u64::MAX), text })
        }
        18 => Frame::CallItems { stream: random.index(), items: items(random) },
        19 => Frame::ReplyItems(items(random)),
        _ => Frame::Optional { kind: 0x80 | random.next() as u8 },
    }
}

fn call<'a>(random: &mut Random, pool: &'a [u8]) -> Call<'a> {
    let body = part(random, pool);
    Call {
        place: random.index(),
        method: if random.one_in(4) {
            MethodRef::Id(random.next())
        } else {
            MethodRef::Index(random.index())
        },
        detached: random.one_in(4),
        timeout: random.one_in(2).then(|| random.number(u64::MAX)),
        metadata: if random.one_in(4) { part(random, pool) } else { &[] },
        total: total(random, body),
        body,
    }
}

fn reply<'a>(random: &mut Random, pool: &'a [u8]) -> Reply<'a> {
    use ReplyStatus::{AppError, Failed, Opened, Refused, Value};
    let body = part(random, pool);
    Reply {
        place: random.index(),
        status: [Value, AppError, Failed, Refused, Opened][random.below(5)],
        metadata: if random.one_in(4) { part(random, pool) } else { &[] },
        total: total(random, body),
        body,
    }
}

fn total(random: &mut Random, body: &[u8]) -> Option<u64> {
    random.one_in(4).then(|| body.len() as u64 + 1 + random.number(1 << 40))
}

fn bind(random: &mut Random) -> Bind {
    let methods = random.list(4, Random::next);
    let signed = random.one_in(2);
    Bind {
        service: random.next(),
        codec: random.next() as u8,
        base: random.index(),
        fingerprint: if random.one_in(2) { random.next() } else { 0 },
        signatures: methods.iter().filter(|_| signed).map(|_| random.next()).collect(),
        compared: random.one_in(3),
        methods,
    }
}

fn item<'a>(random: &mut Random, pool: &'a [u8]) -> Item<'a> {
    Item { place: random.index(), more: random.one_in(2), data: part(random, pool) }
}

fn items(random: &mut Random) -> Items<'static> {
    static LONG: [u8; 202] = {
        let mut long = [9; 202];
        (long[0], long[1]) = (0xc8, 1);
        long
    };
    let all: [&[u8]; 5] = [&[0], &[1, 42], &[0, 0, 2, 1, 2], &[3, 1, 2, 3, 0, 1, 7], &LONG];
    Items::new(random.index(), all[random.below(5)]).unwrap()
}

fn end<'a>(random: &mut Random, pool: &'a [u8]) -> End<'a> {
    use EndStatus::{AppError, Clean, Dropped, Failed};
    let status = [Clean, AppError, Failed, Dropped][random.below(4)];
    End { place: random.index(), status, body: part(random, pool) }
}

fn credit(random: &mut Random) -> Credit {
    Credit { place: random.index(), items: random.number(1 << 62), bytes: random.number(1 << 62) }
}

/// Some of the pool: mostly little, now and then all.
fn part<'a>(random: &mut Random, pool: &'a [u8]) -> &'a [u8] {
    let length = if random.one_in(256) { pool.len() } else { random.below(pool.len().min(40) + 1) };
    &pool[..length]
}
