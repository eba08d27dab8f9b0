//! How long a call with streams may take. The clock is tokio's, paused: it jumps to what comes next.

use std::time::Duration;

use farcall::{CallError, Client, Code, Executed, Limits, RpcError, Timeout};
use futures::{StreamExt, stream};
use tokio::time::{Instant, sleep, timeout};

use crate::support::{FlowClient, FlowPair, Net, drain, drip, whole};

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// A client whose default is that of farcall: ten seconds.
async fn pair() -> FlowPair {
    let net = Net::mem();
    let mut flow = FlowPair::over(&net).await;
    let endpoints = flow.server.as_ref().unwrap().endpoints().to_vec();
    let channel = farcall::ClientBuilder::new(endpoints, net.transport()).connect().await.unwrap();
    flow.client = FlowClient::from_channel(channel);
    flow
}

async fn both(test: impl AsyncFn(FlowPair)) {
    timeout(DAY, test(pair().await)).await.expect("this hangs");
    timeout(DAY, test(FlowPair::local())).await.expect("this hangs");
}

fn about(time: Duration, seconds: u64) {
    let expected = Duration::from_secs(seconds);
    assert!(
        time >= expected && time < expected + Duration::from_millis(500),
        "{time:?}, expected {expected:?}"
    );
}

fn expired(error: &RpcError, method: &str) {
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe), "{error}");
    assert!(error.message().contains(method), "{error}");
}

const TWENTY: Duration = Duration::from_secs(20);

#[tokio::test(start_paused = true)]
async fn an_open_stream_has_no_deadline_by_default() {
    both(async |flow| {
        let begun = Instant::now();
        assert_eq!(whole(flow.client.drip(10)).await.len(), 10);
        about(begun.elapsed(), 70);
        // Nor has one whose caller takes its time.
        let mut drip = flow.client.drip(3);
        assert_eq!(drip.next().await, Some(Ok(0)));
        sleep(Duration::from_secs(7_200)).await;
        assert_eq!(whole(drip).await, [1, 2]);
        flow.is_sound().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn the_opening_has_ten_seconds_by_default() {
    both(async |flow| {
        let begun = Instant::now();
        match flow.client.open_late().await {
            Err(CallError::Rpc(error)) => expired(&error, "Flow.open_late"),
            Err(CallError::App(error)) => panic!("{error}"),
            Ok(_) => panic!("opened"),
        }
        about(begun.elapsed(), 10);
        flow.is_sound().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn an_upload_has_no_deadline_by_default() {
    both(async |flow| {
        let begun = Instant::now();
        assert_eq!(flow.client.sum(drip(10)).await.unwrap(), 45);
        about(begun.elapsed(), 70);
        let texts = drip(5).map(|number| number.to_string()).boxed();
        assert_eq!(whole(flow.client.echo(texts)).await.len(), 5);
        // An answer may come as late as it likes.
        let (sum, ()) = tokio::join!(flow.client.late_sum(stream::iter(0..3)), async {
            sleep(Duration::from_secs(7_200)).await;
            flow.mill.gauge.open();
        });
        assert_eq!(sum.unwrap(), 3);
        flow.is_sound().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_timeout_ends_an_open_stream() {
    both(async |flow| {
        let begun = Instant::now();
        let (items, error) = drain(flow.client.with_timeout(TWENTY).drip(10)).await;
        assert_eq!(items, [0, 1]);
        expired(&error.unwrap(), "Flow.drip");
        about(begun.elapsed(), 20);
        flow.is_sound().await;
        assert_eq!(flow.mill.gauge.given(), 2);
        // Also one that nobody polls when it passes.
        let mut drip = flow.client.with_timeout(TWENTY).drip(10);
        assert_eq!(drip.next().await, Some(Ok(0)));
        sleep(Duration::from_secs(60)).await;
        if flow.server.is_some() {
            flow.mill.gauge.alive(0).await;
        }
        let (_, error) = drain(drip).await;
        assert_eq!(error.unwrap().code(), Code::DeadlineExceeded);
        flow.is_sound().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_timeout_ends_an_upload() {
    both(async |flow| {
        let begun = Instant::now();
        let error = flow.client.with_timeout(TWENTY).sum(drip(10)).await.unwrap_err();
        expired(&error, "Flow.sum");
        about(begun.elapsed(), 20);
        flow.is_sound().await;
        assert_eq!((flow.mill.gauge.taken(), flow.mill.gauge.ends()), (2, vec![]));
        let texts = drip(10).map(|number| number.to_string()).boxed();
        let (items, error) = drain(flow.client.with_timeout(TWENTY).echo(texts)).await;
        assert_eq!(items, ["0", "1"]);
        expired(&error.unwrap(), "Flow.echo");
        flow.is_sound().await;
        // While it waits for room, too.
        let error = flow.client.with_timeout(TWENTY).late_sum(stream::iter(0..)).await.unwrap_err();
        expired(&error, "Flow.late_sum");
        flow.is_sound().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_methods_own_timeout_ends_its_stream() {
    both(async |flow| {
        let (items, error) = drain(flow.client.hurried_drip(10)).await;
        assert_eq!(items, [0, 1]);
        expired(&error.unwrap(), "Flow.hurried_drip");
        let patient = flow.client.with_timeout(Duration::from_secs(100));
        assert_eq!(whole(patient.hurried_drip(10)).await.len(), 10);
        let patient = flow.client.with_timeout(Timeout::Never);
        assert_eq!(whole(patient.hurried_drip(10)).await.len(), 10);
        flow.is_sound().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn never_holds_for_the_opening_too() {
    both(async |flow| {
        let patient = flow.client.with_timeout(Timeout::Never);
        let (opened, ()) = tokio::join!(patient.open_late(), async {
            // Longer than the server's `max_deadline`, which is for unary calls.
            sleep(Duration::from_secs(7_200)).await;
            flow.mill.gauge.open();
        });
        assert_eq!(whole(opened.unwrap()).await, [0, 1, 2]);
        flow.is_sound().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn what_travels() {
    both(async |flow| {
        assert_eq!(whole(flow.client.remaining()).await, [None], "the default is for the opening alone");
        let patient = flow.client.with_timeout(Timeout::Never);
        assert_eq!(whole(patient.remaining()).await, [None]);
        let left = whole(flow.client.with_timeout(TWENTY).remaining()).await;
        assert!(left[0].is_some_and(|left| (19_000..=20_001).contains(&left)), "{left:?}");
        let left = whole(flow.client.with_timeout(Duration::MAX).remaining()).await;
        assert!(left[0].is_none_or(|left| left > 1_000_000), "{left:?}");
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn what_has_expired_is_not_begun() {
    both(async |flow| {
        let expired = flow.client.with_timeout(Duration::ZERO);
        let (items, error) = drain(expired.numbers(3)).await;
        assert_eq!(items, Vec::<u64>::new());
        let texts = stream::repeat(String::new()).boxed();
        for error in [
            error.unwrap(),
            expired.sum(stream::repeat(1)).await.unwrap_err(),
            drain(expired.echo(texts)).await.1.unwrap(),
        ] {
            assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::No), "{error}");
        }
        flow.is_sound().await;
        assert_eq!(flow.mill.gauge.begun(), 0);
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_lower_max_deadline_does_not_cut_streams() {
    let low = Limits { max_deadline: Duration::from_secs(10), ..Limits::default() };
    let flow = FlowPair::with(&Net::mem(), low, Limits::default()).await;
    assert_eq!(whole(flow.client.drip(5)).await.len(), 5);
    assert_eq!(flow.client.sum(drip(5)).await.unwrap(), 10);
    let error = flow.client.with_timeout(Timeout::Never).stay().await.unwrap_err();
    assert_eq!(error.code(), Code::DeadlineExceeded);
    flow.is_sound().await;
}
