//! Clients with a connection for each runtime.

use tokio::runtime::{Builder, Runtime};

use super::kit::*;
use crate::client::via::Via;
use crate::client::{Channel, call_value};
use crate::stream::Uploads;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

async fn add(channel: &Channel) {
    let sum = call_value::<_, u64, _>(channel.clone(), Ask(&ADD, 7), Uploads::none(), SERDE).await;
    assert_eq!(sum, Ok(7));
}

fn others(channel: &Channel) -> usize {
    match channel.target.via() {
        Some(Via::Endpoint(remote)) => remote.others(),
        _ => 0,
    }
}

#[test]
fn connections_of_runtimes_that_ended_are_forgotten() {
    let service = test(|incoming| async move { incoming.reply_value(SERDE, asked(&incoming)) });
    let net = Net::new(&service);
    let channel = net.client().connection_per_runtime().build().unwrap();
    let first = runtime();
    first.block_on(add(&channel));
    let second = runtime();
    for turn in 1..=50 {
        second.block_on(add(&channel));
        runtime().block_on(async {
            add(&channel).await;
            add(&channel).await;
        });
        assert_eq!(net.connections().len(), 2 + turn);
        assert_eq!(others(&channel), 2, "the second runtime, and the last of those that came and went");
    }
    first.block_on(add(&channel));
    assert_eq!(net.connections().len(), 52);
}

#[test]
fn one_connection_is_enough_for_all_runtimes_unless_it_is_asked_for_more() {
    let service = test(|incoming| async move { incoming.reply_value(SERDE, asked(&incoming)) });
    let (channel, net) = remote(&service);
    let home = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    home.block_on(add(&channel));
    for _ in 0..3 {
        runtime().block_on(add(&channel));
    }
    assert_eq!(net.connections().len(), 1);
}
