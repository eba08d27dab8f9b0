//! Items of every plain type, from their stream to the other end's.

use std::fmt::Debug;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use futures::{FutureExt, StreamExt, stream};

use super::request_stream::{broke, stream};
use crate::Code;
use crate::codec::{Codec, CodecLimits};
use crate::stream::{
    Batch, Credit, EncodeItems, Gathered, LastItem, PipeSink, RequestStream, items_result, items_value,
};
use crate::wire::EndStatus;

const ROOM: Credit = Credit { items: u64::MAX, bytes: u64::MAX };

/// Sends all of `all`, as a call does.
fn send<P: EncodeItems>(sink: &PipeSink, payload: P, all: impl IntoIterator<Item = P::Item>) {
    let mut all = pin!(stream::iter(all));
    let limits = CodecLimits::default();
    let mut cx = Context::from_waker(Waker::noop());
    let mut batch = Batch::default();
    loop {
        let gathered = batch.gather(&mut cx, all.as_mut(), payload, (Codec::Postcard, &limits), ROOM);
        sink.send(&mut batch);
        assert!(batch.is_empty());
        match gathered {
            Gathered::Full => {}
            Gathered::End(LastItem::Clean) => return sink.end(EndStatus::Clean, &[]),
            Gathered::Pending | Gathered::End(_) => panic!("the stream has more, and only items"),
        }
    }
}

/// All of it.
fn taken<T>(mut stream: RequestStream<T>) -> Vec<T> {
    let mut items = Vec::new();
    loop {
        // Others may have their turn.
        let next = std::iter::repeat_with(|| stream.next().now_or_never()).take(2).flatten().next();
        match next.expect("it waits for nothing") {
            Some(item) => items.push(item),
            None => return items,
        }
    }
}

macro_rules! crosses {
    ($type:ty: $items:expr) => {{
        let items: Vec<$type> = $items.into_iter().collect();
        let payload = items_value::<$type, _>(crate::__payload!($type));
        let (sink, stream, _broken) = stream(payload);
        send(&sink, payload, items.iter().copied());
        let came = taken(stream);
        assert!(came == items, "{}: {came:?}", stringify!($type));
    }};
}

/// Those around each power of two, a few times over: more than are decoded together.
macro_rules! numbers {
    ($type:ty) => {
        (0..3).flat_map(|_| {
            (0..<$type>::BITS).flat_map(|shift| {
                let power: $type = 1 << shift;
                [power.wrapping_sub(1), power, power.wrapping_add(1), power.wrapping_neg(), !power]
            })
        })
    };
}

#[test]
fn numbers_of_every_width() {
    crosses!(u8: numbers!(u8));
    crosses!(i8: numbers!(i8));
    crosses!(u16: numbers!(u16));
    crosses!(i16: numbers!(i16));
    crosses!(u32: numbers!(u32));
    crosses!(i32: numbers!(i32));
    crosses!(u64: numbers!(u64));
    crosses!(i64: numbers!(i64));
    crosses!(u128: numbers!(u128));
    crosses!(i128: numbers!(i128));
    crosses!(usize: numbers!(usize));
    crosses!(isize: numbers!(isize));
}

#[test]
fn every_other_plain_type() {
    crosses!(f32: (0..200).map(|n| n as f32 * -0.7));
    crosses!(f64: (0..200).map(|n| f64::from(n) * 1e300));
    crosses!(bool: (0..200).map(|n| n % 3 == 0));
    crosses!(char: (0..=u32::from(char::MAX)).step_by(997).filter_map(char::from_u32));
    crosses!((): std::iter::repeat_n((), 200));
    crosses!(Option<u32>: (0..200).map(|n| (n % 3 > 0).then_some(n << (n % 32))));
    crosses!((u8, i64, bool): (0..200).map(|n| (n as u8, -(1 << (n % 63)), n % 2 == 0)));
    crosses!([f32; 3]: (0..200).map(|n| [n as f32, 0.5, -1.0]));
    crosses!(Result<u16, char>: (0..200).map(|n| if n % 5 == 0 { Err('!') } else { Ok(n) }));
    crosses!(std::time::Duration: (0..200).map(|n| std::time::Duration::new(1 << (n % 64), n)));
    crosses!(std::net::IpAddr: (0..200).map(|n| std::net::IpAddr::from([10, 0, 0, n])));
}

#[test]
fn items_that_leave_the_quick_way_in_between() {
    // Above 127 bytes, in between.
    crosses!([u64; 14]: (0..300).map(|n| [if n % 7 == 0 { u64::MAX } else { n }; 14]));
    crosses!(u128: (0..300).map(|n| if n % 50 == 49 { u128::MAX - n } else { n }));
}

#[test]
fn results_end_with_their_error() {
    let payload = items_result::<u64, char, _, _>(crate::__payload!(u64), crate::__payload!(error char));
    let items = (0..100).map(|n| if n < 70 { Ok(n << n.min(60)) } else { Err('e') });
    let mut all = pin!(stream::iter(items));
    let mut batch = Batch::default();
    let limits = CodecLimits::default();
    let mut cx = Context::from_waker(Waker::noop());
    let error = loop {
        match batch.gather(&mut cx, all.as_mut(), payload, (Codec::Postcard, &limits), ROOM) {
            Gathered::Full => {}
            Gathered::End(LastItem::AppError(error)) => break error,
            _ => panic!("there is an error behind 70 items"),
        }
    };
    assert_eq!((batch.len(), error), (70, vec![1, b'e']));
    let (sink, stream, _broken) = stream(payload);
    sink.send(&mut batch);
    sink.end(EndStatus::Clean, &[]);
    let came = taken(stream);
    assert!(came.into_iter().eq((0..70_u64).map(|n| Ok(n << n.min(60)))));
}

/// A run with one item that is not what it should be, behind `before` that are.
fn broken_by<T: Copy + Debug + PartialEq + 'static, P>(
    payload: P,
    good: (&[u8], T),
    bad: &[u8],
    before: usize,
) -> String
where
    P: crate::stream::DecodeItems<Item = T>,
{
    let (sink, mut stream, broken) = stream(payload);
    let (body, value) = good;
    let run = std::iter::repeat_n(body, before).chain([bad]).chain(std::iter::repeat_n(body, 20));
    sink.send(&mut Batch::of(run));
    for _ in 0..before {
        let next = stream.poll_next_unpin(&mut Context::from_waker(Waker::noop()));
        assert_eq!(next, Poll::Ready(Some(value)));
    }
    let error = broke(stream, &broken);
    assert_eq!(error.code(), Code::InvalidArgument);
    error.message().to_owned()
}

#[test]
fn a_malformed_item_within_a_run_is_told_as_one_alone() {
    let payload = items_value::<u64, _>(crate::__payload!(u64));
    let bad: [&[u8]; 7] = [
        &[],
        &[0x80],
        &[0x80, 0],
        &[0x81, 0x80, 0],
        &[1, 2],
        &[0xff; 9],
        &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2],
    ];
    for bad in bad {
        let alone = Codec::Postcard.decode::<u64>(bad, &CodecLimits::default()).unwrap_err().to_string();
        for before in [0, 1, 5, 63, 64, 65, 200] {
            let told = broken_by(payload, (&[0xac, 2], 300), bad, before);
            assert!(told.ends_with(&alone), "{told} instead of {alone}");
        }
    }
    let payload = items_value::<(u16, bool), _>(crate::__payload!((u16, bool)));
    for bad in [&[1, 2][..], &[0xff, 0xff, 4, 1], &[1], &[1, 1, 1]] {
        let decoded = Codec::Postcard.decode::<(u16, bool)>(bad, &CodecLimits::default());
        let alone = decoded.unwrap_err().to_string();
        let told = broken_by(payload, (&[7, 1], (7, true)), bad, 40);
        assert!(told.ends_with(&alone), "{told} instead of {alone}");
    }
}
