/// Gives each Ping of this side a number: a Pong says which of them the peer has read, and so all before it.
#[derive(Default)]
pub(super) struct Pings {
    last: u32,
}

const TAG: [u8; 4] = *b"fcal";

impl Pings {
    /// The number of the next Ping, and its eight bytes.
    pub(super) fn next(&mut self) -> (u32, [u8; 8]) {
        self.last = self.last.wrapping_add(1);
        let mut token = [0; 8];
        let (tag, number) = token.split_at_mut(TAG.len());
        tag.copy_from_slice(&TAG);
        number.copy_from_slice(&self.last.to_le_bytes());
        (self.last, token)
    }

    /// The number in a Pong; `None` if it answers no Ping of ours.
    pub(super) fn number(token: [u8; 8]) -> Option<u32> {
        let (tag, number) = token.split_first_chunk()?;
        (*tag == TAG).then_some(u32::from_le_bytes(number.try_into().ok()?))
    }

    /// Whether `one` was sent behind `other`. Numbers begin again after four thousand million.
    pub(super) fn is_later(one: u32, other: u32) -> bool {
        let ahead = one.wrapping_sub(other);
        ahead != 0 && ahead < 1 << 31
    }
}

#[cfg(test)]
mod tests {
    use super::Pings;

    #[test]
    fn numbers_come_back_and_are_in_order() {
        let mut pings = Pings { last: u32::MAX - 1 };
        let (first, one) = pings.next();
        let (second, other) = pings.next();
        assert_eq!((Pings::number(one), Pings::number(other)), (Some(first), Some(second)));
        assert!(Pings::is_later(second, first) && !Pings::is_later(first, second));
        assert!(!Pings::is_later(first, first));
        assert_eq!(Pings::number(*b"farcall?"), None);
    }
}
