//! What `Executed` says is true, whatever breaks and whenever.

use std::sync::Arc;
use std::time::Duration;

use farcall::{Code, Executed, Limits, RpcError, RunningServer};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::support::{Cutter, Desk, Net, Random, Valve, Watched, WorkClient, WorkServer, Worker, over};

over! {[mem tcp unix faulty_mem] {
    no_call_is_executed_twice_while_connections_are_cut;
    no_call_is_executed_twice_while_the_server_is_restarted;
}}

over! {[mem tcp unix] {
    what_is_sent_again_is_not_sent_later_by_the_connection_that_was_given_up;
}}

/// Compares what callers were told with what happened.
#[derive(Default)]
struct Tally {
    good: u64,
    no: u64,
    maybe: u64,
}

fn check(tally: &mut Tally, desk: &Desk, id: u64, answer: &Result<u64, RpcError>) {
    let executions = desk.executions(id);
    match answer {
        Ok(answer) => {
            assert_eq!((*answer, executions), (id, 1));
            tally.good += 1;
        }
        Err(error) => match error.executed() {
            Executed::No => {
                assert_eq!(executions, 0, "call {id} ran in spite of: {error}");
                tally.no += 1;
            }
            Executed::Maybe => {
                assert!(executions <= 1, "call {id} ran {executions} times: {error}");
                tally.maybe += 1;
            }
            Executed::Yes => panic!("call {id} ended with: {error}"),
        },
    }
}

/// Callers at work until `stop`: each call with an id of its own, some with little time, some dropped.
fn callers(
    client: &WorkClient,
    random: &mut Random,
    stop: &watch::Sender<bool>,
    progress: &Arc<Notify>,
) -> JoinSet<Vec<(u64, Result<u64, RpcError>)>> {
    let mut callers = JoinSet::new();
    for caller in 0..8_u64 {
        let mut random = Random::from_seed(random.next());
        let (client, stop, progress) = (client.clone(), stop.subscribe(), Arc::clone(progress));
        callers.spawn(async move {
            let mut answers = Vec::new();
            for number in 0.. {
                if *stop.borrow() {
                    break;
                }
                let id = caller << 32 | number;
                let hurried = client.with_timeout(Duration::from_micros(random.below(5_000)));
                let client = if random.below(4) == 0 { &hurried } else { &client };
                answers.push((id, client.once(id, random.below(4) as u32).await));
                progress.notify_one();
            }
            answers
        });
    }
    callers
}

async fn end(
    server: RunningServer,
    desk: &Desk,
    stop: watch::Sender<bool>,
    callers: JoinSet<Vec<(u64, Result<u64, RpcError>)>>,
) {
    stop.send_replace(true);
    let answers = callers.join_all().await;
    // What is still on its way arrives before that, or never.
    server.shutdown(Duration::ZERO).await;
    let mut tally = Tally::default();
    for (id, answer) in answers.iter().flatten() {
        check(&mut tally, desk, *id, answer);
        if let Err(error) = answer {
            assert!(matches!(error.code(), Code::Unavailable | Code::DeadlineExceeded), "{error}");
        }
    }
    let Tally { good, no, maybe } = tally;
    println!("{good} answers, {no} calls that did not run, {maybe} that may have");
    assert!(good > 0);
}

async fn no_call_is_executed_twice_while_connections_are_cut(net: Net) {
    let mut random = Random::new();
    let cutter = Cutter::new(net.transport());
    let net = net.over(Arc::new(cutter.clone()));
    let worker = Arc::new(Worker::default());
    let server = net.serve(WorkServer::from_arc(Arc::clone(&worker))).await;
    let client: WorkClient = net.connect(&server).await;
    let (stop, progress) = (watch::Sender::new(false), Arc::new(Notify::new()));
    let callers = callers(&client, &mut random, &stop, &progress);
    for _ in 0..if net.is_slow() { 30 } else { 200 } {
        for _ in 0..random.below(30) {
            progress.notified().await;
        }
        cutter.cut_all();
    }
    end(server, &worker.desk, stop, callers).await;
}

async fn no_call_is_executed_twice_while_the_server_is_restarted(net: Net) {
    let mut random = Random::new();
    let worker = Arc::new(Worker::default());
    let mut server = net.serve(WorkServer::from_arc(Arc::clone(&worker))).await;
    let endpoint = server.endpoints()[0].clone();
    let client: WorkClient = net.connect(&server).await;
    let (stop, progress) = (watch::Sender::new(false), Arc::new(Notify::new()));
    let callers = callers(&client, &mut random, &stop, &progress);
    for _ in 0..if net.is_slow() { 10 } else { 50 } {
        for _ in 0..random.below(30) {
            progress.notified().await;
        }
        match random.below(3) {
            0 => server.shutdown(Duration::ZERO).await,
            1 => server.shutdown(Duration::from_millis(random.below(3))).await,
            _ => {}
        }
        drop(server);
        server = net.restart(&endpoint, &worker).await;
    }
    end(server, &worker.desk, stop, callers).await;
}

async fn what_is_sent_again_is_not_sent_later_by_the_connection_that_was_given_up(net: Net) {
    let valve = Valve::new(net.transport());
    let watched = Watched::new(Arc::new(valve.clone()));
    let net = net.over(Arc::new(watched.clone()));
    let clients = Limits { write_timeout: Duration::from_millis(20), ..Limits::default() };
    let pair = net.pair_with(Limits::default(), clients).await;
    pair.client.once(0, 0).await.unwrap();
    valve.shut();
    let calls: Vec<_> = (1..=5).map(|id| tokio::spawn(pair.client.once(id, 0))).collect();
    // Both ends of the first connection, and one end of the next.
    watched.until_made(3).await;
    valve.open();
    for (id, call) in (1..).zip(calls) {
        assert_eq!(call.await.unwrap().unwrap(), id);
    }
    pair.server.shutdown(Duration::from_secs(60)).await;
    for id in 0..=5 {
        assert_eq!(pair.worker.desk.executions(id), 1, "{id}");
    }
}
