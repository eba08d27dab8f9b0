//! The interceptors that come with the library, across a connection.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use farcall::intercept::{ConcurrencyLimit, LoadShed, Outcome, RateLimit, Timing, Tracing, retry_after};
use farcall::{Client, Code, Executed, TraceContext};
use tokio::task::JoinSet;

use crate::support::{Place, ProbeClient, Prober, Probing, pass, places, within};

places! {
    a_trace_crosses;
    a_limit_of_a_server_holds_under_a_burst;
    a_limit_of_a_client_holds_under_a_burst;
    whoever_is_cancelled_while_waiting_leaves_no_place_behind;
    a_wait_for_a_turn_ends_at_the_deadline;
    a_rate_limit_says_when_to_come_again;
    a_server_without_a_queue_sheds_nothing;
    every_end_is_timed_on_both_sides;
}

const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

async fn a_trace_crosses(place: Place) {
    let caller = TraceContext::parse(PARENT).unwrap();
    let probing = place.probing(Tracing::new(), Tracing::new()).await;
    let handler = async |client: &ProbeClient| {
        let trace = client.sight().await.unwrap().trace.unwrap();
        TraceContext::parse(&trace).unwrap()
    };
    let seen = handler(&probing.client.with_metadata("traceparent", PARENT)).await;
    assert_eq!(seen.trace_id(), caller.trace_id());
    assert_ne!(seen.parent_id(), caller.parent_id());
    // Two calls without a trace are two traces.
    let (one, other) = (handler(&probing.client).await, handler(&probing.client).await);
    assert_ne!(one.trace_id(), other.trace_id());
    // What is no trace begins one.
    let seen = handler(&probing.client.with_metadata("traceparent", "00-zero-zero-00")).await;
    assert_ne!(seen.trace_id(), caller.trace_id());
    let server_only = place.at_server(Tracing::new()).await;
    let seen = handler(&server_only.client.with_metadata("traceparent", PARENT)).await;
    assert_eq!(seen.trace_id(), caller.trace_id());
    assert_ne!(seen.parent_id(), caller.parent_id(), "a span of this hop");
}

async fn burst(probing: &Probing, limit: usize) {
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        let client = probing.client.clone();
        calls.spawn(async move { client.hold().await });
    }
    probing.prober.running(limit).await;
    probing.prober.open_gate();
    while let Some(ended) = calls.join_next().await {
        assert_eq!(ended.unwrap().unwrap(), 7);
    }
    assert_eq!((probing.prober.most(), probing.prober.calls()), (limit, 50));
}

async fn a_limit_of_a_server_holds_under_a_burst(place: Place) {
    burst(&place.at_server(ConcurrencyLimit::new(3)).await, 3).await;
}

async fn a_limit_of_a_client_holds_under_a_burst(place: Place) {
    burst(&place.at_client(ConcurrencyLimit::new(3)).await, 3).await;
}

fn holds(probing: &Probing, calls: usize) -> Vec<tokio::task::JoinHandle<()>> {
    let hold = |client: ProbeClient| async move { drop(client.hold().await) };
    (0..calls).map(|_| tokio::spawn(hold(probing.client.clone()))).collect()
}

async fn whoever_is_cancelled_while_waiting_leaves_no_place_behind(place: Place) {
    let limit = ConcurrencyLimit::new(2).max_waiting(50);
    let free = || format!("{limit:?}").contains("free: 2, waiting: 0");
    for probing in [place.at_server(limit.clone()).await, place.at_client(limit.clone()).await] {
        let calls = holds(&probing, 20);
        probing.prober.running(2).await;
        for call in &calls {
            call.abort();
        }
        probing.prober.running(0).await;
        within(async {
            while !free() {
                tokio::task::yield_now().await;
            }
        })
        .await;
        assert_eq!(probing.client.add(1, 2).await.unwrap(), 3);
    }
}

async fn a_wait_for_a_turn_ends_at_the_deadline(place: Place) {
    let limit = ConcurrencyLimit::new(1);
    for probing in [place.at_server(limit.clone()).await, place.at_client(limit.clone()).await] {
        let first = holds(&probing, 1);
        probing.prober.running(1).await;
        let hasty = probing.client.with_timeout(Duration::from_millis(30));
        let error = hasty.add(1, 2).await.unwrap_err();
        assert_eq!(error.code(), Code::DeadlineExceeded);
        assert_eq!(probing.prober.calls(), 1);
        probing.prober.open_gate();
        for call in first {
            call.await.unwrap();
        }
        assert_eq!(probing.client.add(1, 2).await.unwrap(), 3);
    }
    // At a client it is known that nothing was sent.
    let probing = place.at_client(limit).await;
    let _first = holds(&probing, 1);
    probing.prober.running(1).await;
    let error = probing.client.with_timeout(Duration::from_millis(30)).add(1, 2).await.unwrap_err();
    assert_eq!(error.executed(), Executed::No, "{error}");
}

async fn a_rate_limit_says_when_to_come_again(place: Place) {
    let limit = || RateLimit::per(1, Duration::from_secs(3_600)).burst(3);
    for probing in [place.at_server(limit()).await, place.at_client(limit()).await] {
        for _ in 0..3 {
            assert_eq!(probing.client.add(1, 2).await.unwrap(), 3);
        }
        let error = probing.client.add(1, 2).await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::No));
        let wait = retry_after(&error).unwrap();
        assert!((Duration::from_secs(3_000)..=Duration::from_secs(3_600)).contains(&wait), "{wait:?}");
        assert_eq!(probing.prober.calls(), 3);
    }
}

async fn a_server_without_a_queue_sheds_nothing(place: Place) {
    // Long, so that a machine that stalls is no overload.
    let probing = place.at_server(LoadShed::new(Duration::from_secs(30))).await;
    let mut calls = JoinSet::new();
    for _ in 0..100 {
        let client = probing.client.clone();
        calls.spawn(async move { client.add(1, 2).await });
    }
    while let Some(ended) = calls.join_next().await {
        assert_eq!(ended.unwrap().unwrap(), 3);
    }
}

async fn every_end_is_timed_on_both_sides(place: Place) {
    type Told = Arc<Mutex<Vec<(&'static str, Outcome)>>>;
    let timing = |told: &Told| {
        let told = Arc::clone(told);
        Timing::new(move |method, took, outcome| {
            assert!(took < Duration::from_secs(60));
            told.lock().unwrap().push((method.name, outcome));
        })
    };
    let (server, client) = (Told::default(), Told::default());
    let probing = place.probing(timing(&server), timing(&client)).await;
    assert_eq!(probing.client.add(1, 2).await.unwrap(), 3);
    probing.client.divide(1, 0).await.unwrap_err();
    probing.client.fail().await.unwrap_err();
    let hasty = probing.client.with_timeout(Duration::from_millis(30));
    hasty.stay().await.unwrap_err();
    probing.prober.running(0).await;
    let cancelled = tokio::spawn({
        let client = probing.client.clone();
        async move { client.stay().await }
    });
    probing.prober.running(1).await;
    cancelled.abort();
    assert!(cancelled.await.is_err());
    let wanted = [
        ("add", Outcome::Ok),
        ("divide", Outcome::AppError),
        ("fail", Outcome::Failed(Code::NotFound)),
        ("stay", Outcome::Failed(Code::DeadlineExceeded)),
        ("stay", Outcome::Failed(Code::Cancelled)),
    ];
    for (told, is_client) in [(client, true), (server, false)] {
        within(async {
            while told.lock().unwrap().len() < wanted.len() {
                tokio::task::yield_now().await;
            }
        })
        .await;
        let mut told = told.lock().unwrap();
        // The client's word may be at the server before the server sees by itself that the time is over.
        let (name, by_time) = told[3];
        assert!(name == "stay" && [wanted[3].1, wanted[4].1].contains(&by_time), "{by_time}");
        if is_client {
            assert_eq!(by_time, wanted[3].1);
        }
        told[3] = wanted[3];
        assert_eq!(*told, wanted);
    }
}

/// The paused clock: nothing here is in real time.
#[tokio::test(start_paused = true)]
async fn an_overloaded_server_sheds_what_it_cannot_do_in_time() {
    use farcall::Service;
    use farcall::intercept::{Next, Request};

    use crate::support::ProbeServer;

    const MILLISECOND: Duration = Duration::from_millis(1);
    let slow = |request: Request, next: Next| async {
        tokio::time::sleep(10 * MILLISECOND).await;
        next.run(request).await
    };
    let service = ProbeServer::new(Prober::default())
        .intercept(ConcurrencyLimit::new(1))
        .intercept(LoadShed::new(40 * MILLISECOND))
        .intercept(slow);
    let client = ProbeClient::from_service(service).with_interceptor(pass);
    let mut calls = JoinSet::new();
    for _ in 0..400 {
        let client = client.clone();
        calls.spawn(async move { client.add(1, 2).await });
        tokio::time::sleep(5 * MILLISECOND).await;
    }
    let ended = calls.join_all().await;
    let shed = ended.iter().filter_map(|ended| ended.as_ref().err()).collect::<Vec<_>>();
    assert!(shed.iter().all(|error| error.code() == Code::ResourceExhausted && error.is_retryable()));
    // Twice what there is time for: about half.
    assert!((140..=200).contains(&shed.len()), "{}", shed.len());
}
