//! Unary calls that are dropped, expire or lose their connection, wherever they are.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::FutureExt;
use tokio::sync::Semaphore;

use super::kit::*;
use crate::client::{Channel, call_value};
use crate::stream::Uploads;
use crate::wire::CloseCode;
use crate::{CallOptions, Code, Context, Executed, Limits};

fn add(channel: &Channel) -> impl Future<Output = Result<u64, crate::RpcError>> + Send + use<> {
    call_value::<_, u64, _>(channel.clone(), Ask(&ADD, 7), Uploads::none(), SERDE)
}

/// Answers when the gate lets it, and counts those who came to it.
fn gated() -> (Test, Arc<Semaphore>, Arc<AtomicUsize>) {
    let (gate, begun) = (Arc::new(Semaphore::new(0)), Arc::new(AtomicUsize::new(0)));
    let (through, count) = (Arc::clone(&gate), Arc::clone(&begun));
    let service = test(move |incoming| {
        count.fetch_add(1, Ordering::Relaxed);
        let gate = Arc::clone(&through);
        async move {
            gate.acquire().await.unwrap().forget();
            incoming.reply_value(SERDE, asked(&incoming))
        }
    });
    (service, gate, begun)
}

#[tokio::test]
async fn a_call_that_is_dropped_after_any_number_of_polls_leaves_nothing_behind() {
    // Without a connection, and with one; as part of serving another call, or with options, it goes another way.
    for (is_connected, way) in (0..3).flat_map(|way| [(false, way), (true, way)]) {
        for polls in 0..5 {
            let (service, gate, begun) = gated();
            let (channel, net) = remote(&service);
            if is_connected {
                gate.add_permits(1);
                assert_eq!(add(&channel).await, Ok(7));
            }
            let with_options = channel.with(CallOptions::new().with_timeout(Duration::from_secs(9)));
            let mut call = Box::pin(if way == 1 { add(&with_options) } else { add(&channel) });
            for _ in 0..polls {
                let polled = if way == 2 {
                    Context::scope(Context::new().with_metadata("a", "b"), &mut call).now_or_never()
                } else {
                    (&mut call).now_or_never()
                };
                assert_eq!(polled, None, "connected: {is_connected}, way {way}, {polls} polls");
                settle().await;
            }
            drop(call);
            settle().await;
            assert!(polls > 0 || is_connected || net.connections().is_empty());
            for connection in net.connections() {
                assert!(connection.is_quiet(), "connected: {is_connected}, way {way}, {polls} polls");
            }
            let before = begun.load(Ordering::Relaxed);
            assert!(before <= usize::from(is_connected) + usize::from(polls > 0));
            gate.add_permits(1);
            assert_eq!(add(&channel).await, Ok(7));
            assert_eq!(begun.load(Ordering::Relaxed), before + 1);
        }
    }
}

#[tokio::test]
async fn whoever_is_dropped_while_waiting_for_a_place_or_when_called_up_gives_it_to_the_next() {
    let (service, gate, _) = gated();
    let net = Net::limited(&service, Limits { max_calls: Limits::FLOOR_CALLS, ..Limits::default() });
    let channel = net.client().build().unwrap();
    let mut begun: Vec<_> = (0..Limits::FLOOR_CALLS).map(|_| tokio::spawn(add(&channel))).collect();
    settle().await;
    let mut waiting: Vec<_> = (0..3).map(|_| Box::pin(add(&channel))).collect();
    for call in &mut waiting {
        assert_eq!(call.now_or_never(), None);
    }
    let last = tokio::spawn(add(&channel));
    settle().await;
    // The second has not been called up; the first is, and does not come; the third neither comes nor goes.
    drop(waiting.remove(1));
    gate.add_permits(1);
    settle().await;
    assert!(!last.is_finished());
    drop(waiting.remove(0));
    settle().await;
    drop(waiting.remove(0));
    settle().await;
    gate.add_permits(Limits::FLOOR_CALLS);
    assert_eq!(last.await.unwrap(), Ok(7));
    for call in begun.drain(..) {
        assert_eq!(call.await.unwrap(), Ok(7));
    }
    settle().await;
    assert!(net.connections().iter().all(|connection| connection.is_quiet()));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_expires_while_it_waits_for_a_place_was_not_executed() {
    let (service, gate, begun) = gated();
    let net = Net::limited(&service, Limits { max_calls: Limits::FLOOR_CALLS, ..Limits::default() });
    let channel = net.client().build().unwrap();
    let patient = channel.with(CallOptions::new().with_timeout(Duration::from_secs(100)));
    let others: Vec<_> = (0..Limits::FLOOR_CALLS).map(|_| tokio::spawn(add(&patient))).collect();
    settle().await;
    let error = add(&channel).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::No));
    gate.add_permits(Limits::FLOOR_CALLS + 1);
    assert_eq!(add(&channel).await, Ok(7));
    for call in others {
        assert_eq!(call.await.unwrap(), Ok(7));
    }
    assert_eq!(begun.load(Ordering::Relaxed), Limits::FLOOR_CALLS + 1);
}

#[tokio::test]
async fn a_call_in_flight_when_its_connection_ends_says_so_and_the_next_one_finds_another() {
    let (service, gate, begun) = gated();
    let (channel, net) = remote(&service);
    let call = tokio::spawn(add(&channel));
    settle().await;
    net.connections()[0].close(CloseCode::GoingAway, "the test ends it");
    let error = call.await.unwrap().unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe));
    gate.add_permits(1);
    assert_eq!(add(&channel).await, Ok(7));
    assert_eq!((net.connections().len(), begun.load(Ordering::Relaxed)), (2, 2));
}
