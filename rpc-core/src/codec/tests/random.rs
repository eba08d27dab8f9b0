//! Random bytes.

use std::hash::{BuildHasher, RandomState};

/// SplitMix64.
pub(super) struct Random(u64);

impl Random {
    /// With a new seed, which a failing test shows.
    pub(super) fn new() -> Self {
        let seed = RandomState::new().hash_one(());
        println!("seed {seed:#x}");
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// Mostly small bytes: they are lengths, tags and variants that lead further into a type.
    pub(super) fn body(&mut self) -> Vec<u8> {
        let length = self.below(80);
        let largest = [2, 4, 16, 256][self.below(4)];
        (0..length).map(|_| self.below(largest) as u8).collect()
    }

    pub(super) fn change(&mut self, body: &mut Vec<u8>) {
        for _ in 0..=self.below(3) {
            let at = self.below(body.len() + 1);
            match self.below(4) {
                0 => body.insert(at, self.next() as u8),
                1 if at < body.len() => drop(body.remove(at)),
                2 => body.truncate(at),
                _ if at < body.len() => body[at] ^= 1 << self.below(8),
                _ => {}
            }
        }
    }
}
