use super::any::kind;
use super::call::TIMEOUT;
use super::{Call, Frame, MethodRef, Reply, ReplyStatus};

/// What most frames are: a call or an answer of a few bytes, with nothing beside its body. To read one as this and not as
/// a [`Frame`] is a fraction of the work.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ShortFrame<'a> {
    Call { place: u32, method: u32, timeout: Option<u64>, body: &'a [u8] },
    Reply { place: u32, status: ReplyStatus, body: &'a [u8] },
}

impl<'a> ShortFrame<'a> {
    /// `None` for all other frames, right or wrong: [`Frame::decode`] tells.
    #[inline]
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        let (&kind, fields) = bytes.split_first()?;
        if kind == kind::REPLY {
            let (place, fields) = number(fields)?;
            let (&status, body) = fields.split_first()?;
            let status = match status {
                0 => ReplyStatus::Value,
                1 => ReplyStatus::AppError,
                _ => return None,
            };
            return Some(Self::Reply { place, status, body });
        }
        if kind != kind::CALL {
            return None;
        }
        let (place, fields) = number(fields)?;
        let (&flags, fields) = fields.split_first()?;
        let (method, fields) = number(fields)?;
        let (timeout, body) = match flags {
            TIMEOUT => number(fields).map(|(timeout, body)| (Some(timeout.into()), body))?,
            0 => (None, fields),
            _ => return None,
        };
        Some(Self::Call { place, method, timeout, body })
    }
}

impl<'a> From<ShortFrame<'a>> for Frame<'a> {
    fn from(short: ShortFrame<'a>) -> Self {
        match short {
            ShortFrame::Call { place, method, timeout, body } => Self::Call(Call {
                place,
                method: MethodRef::Index(method),
                detached: false,
                timeout,
                metadata: &[],
                total: None,
                body,
            }),
            ShortFrame::Reply { place, status, body } => {
                Self::Reply(Reply { place, status, metadata: &[], total: None, body })
            }
        }
    }
}

/// A varint of up to three bytes in its shortest form, and what is behind it.
#[inline]
fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let low = |byte: u8| u32::from(byte & 0x7f);
    match *bytes {
        [one @ ..0x80, ref rest @ ..] => Some((one.into(), rest)),
        [one, two @ 1..0x80, ref rest @ ..] => Some((low(one) | u32::from(two) << 7, rest)),
        [one, two @ 0x80..=0xff, three @ 1..0x80, ref rest @ ..] => {
            Some((low(one) | low(two) << 7 | u32::from(three) << 14, rest))
        }
        _ => None,
    }
}
