//! A service with streams, beside the calculator.

#![allow(unreachable_pub, reason = "as the calculator is written")]

use farcall::rpc_service;
use futures::{Stream, StreamExt, future, stream};

#[rpc_service]
pub trait SeriesService {
    /// The first `count` multiples of `of`.
    fn multiples(&self, of: i64, count: u32) -> impl Stream<Item = i64> + Send;
    /// The sum of the numbers that came so far, after each of them.
    fn running_sum(&self, numbers: impl Stream<Item = i64> + Send) -> impl Stream<Item = i64> + Send;
}

pub struct Series;

impl SeriesService for Series {
    fn multiples(&self, of: i64, count: u32) -> impl Stream<Item = i64> + Send {
        stream::iter((1..=i64::from(count)).map(move |factor| of.saturating_mul(factor)))
    }

    fn running_sum(&self, numbers: impl Stream<Item = i64> + Send) -> impl Stream<Item = i64> + Send {
        numbers.scan(0_i64, |sum, number| {
            *sum = sum.saturating_add(number);
            future::ready(Some(*sum))
        })
    }
}
