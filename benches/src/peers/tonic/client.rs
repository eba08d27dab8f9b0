use bytes::Bytes;
use tonic::transport::Channel;

use super::generated::bench_client::BenchClient;
use super::{Addends, Count, Payload};
use crate::peers::Client;

/// Clones share the channel, and a call needs one of its own: methods take `&mut self`.
impl Client for BenchClient<Channel> {
    type Payload = Bytes;
    type Reply = Bytes;

    async fn add(&self, a: i64, b: i64) -> i64 {
        BenchClient::add(&mut self.clone(), Addends { a, b }).await.expect("a sum").into_inner().sum
    }

    async fn echo(&self, payload: &Bytes) -> Bytes {
        let payload = Payload { payload: payload.clone() };
        BenchClient::echo(&mut self.clone(), payload).await.expect("an echo").into_inner().payload
    }

    async fn count(&self, count: u64) -> u64 {
        let numbers = BenchClient::count(&mut self.clone(), Count { count }).await;
        let mut numbers = numbers.expect("a stream").into_inner();
        let mut sum = 0;
        while let Some(item) = numbers.message().await.expect("an item") {
            sum += item.number;
        }
        sum
    }
}
