use std::collections::VecDeque;
use std::io::IoSlice;
use std::mem;

use bytes::{Buf, Bytes};

use super::frame::{Body, Frame, LONG};

/// Frames to be written, in order: short ones share a buffer, and a long payload is written from where it is.
#[derive(Default)]
pub(super) struct Outgoing {
    before: VecDeque<Bytes>,
    last: Vec<u8>,
    /// Of `last`.
    written: usize,
}

impl Outgoing {
    pub(super) fn push(&mut self, frame: Frame) {
        frame.encode(&mut self.last);
        if let Body::Payload(payload) = frame.body
            && payload.len() >= LONG
        {
            let mut head = Bytes::from(mem::take(&mut self.last));
            head.advance(mem::take(&mut self.written));
            self.before.extend([head, payload]);
        }
    }
}

impl Buf for Outgoing {
    fn remaining(&self) -> usize {
        self.before.iter().map(Bytes::len).sum::<usize>() + self.last.len() - self.written
    }

    fn chunk(&self) -> &[u8] {
        self.before.front().map_or(&self.last[self.written..], |part| part)
    }

    fn chunks_vectored<'a>(&'a self, slices: &mut [IoSlice<'a>]) -> usize {
        let parts = self.before.iter().map(|part| &part[..]).chain([&self.last[self.written..]]);
        let filled = slices.iter_mut().zip(parts).map(|(slice, part)| *slice = IoSlice::new(part));
        filled.count()
    }

    fn advance(&mut self, mut count: usize) {
        while let Some(part) = self.before.front_mut() {
            if part.len() > count {
                part.advance(count);
                return;
            }
            count -= part.len();
            self.before.pop_front();
        }
        self.written += count;
        if self.written == self.last.len() {
            self.last.clear();
            self.written = 0;
        }
    }
}
