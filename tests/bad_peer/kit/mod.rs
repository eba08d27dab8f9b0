//! What the tests are made of: a peer that says what it wants, a service to attack, and a server that lies.

mod brook;
mod liar;
pub(crate) mod lies;
mod peer;
mod random;
mod zoo;

use std::future::Future;
use std::sync::Once;
use std::time::Duration;

pub(crate) use brook::{
    BrookClient, begin, brook_call, brook_peer, brook_peer_as, credit, end, item, narrow, part, serve_brook,
    streaming_hello,
};
pub(crate) use liar::Liar;
pub(crate) use peer::{Peer, Said};
pub(crate) use random::Random;
pub(crate) use zoo::{
    WrongNumber, ZooClient, ZooKeeper, ZooServer, by_index, call, chunked, hello, hello_bytes, id, limits,
    serve, serve_with, service_id, zoo_bind,
};

/// A panic in a task of a server or a client would only end a connection: here it ends the process, unless a test
/// made it.
pub(crate) fn panics_of_ours_abort() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            before(panic);
            if !panic.location().is_some_and(|at| at.file().starts_with("tests/")) {
                std::process::abort();
            }
        }));
    });
}

/// Fails a test that hangs. Not a bound on speed.
pub(crate) async fn in_time<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), test).await.expect("the test hangs")
}
