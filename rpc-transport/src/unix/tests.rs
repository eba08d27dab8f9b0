#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixListener as StdListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures::future::join_all;
use rpc_core::{Endpoint, Transport};
use tokio::sync::Barrier;

use super::UnixTransport;

/// A folder that is removed with all that is in it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("farcall-unix-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn socket(&self) -> PathBuf {
        self.0.join("calc.sock")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn endpoint(path: &Path) -> Endpoint {
    Endpoint::new("unix", path.to_str().unwrap())
}

#[tokio::test]
async fn the_file_is_removed_with_the_listener_and_nothing_else_is_left() {
    let folder = Folder::new();
    let listener = UnixTransport.listen(&endpoint(&folder.socket())).await.unwrap();
    assert!(folder.socket().exists());
    drop(listener);
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 0);
}

#[tokio::test]
async fn a_dead_servers_file_is_replaced() {
    let folder = Folder::new();
    drop(StdListener::bind(folder.socket()).unwrap());
    assert!(folder.socket().exists(), "the standard library leaves the file");
    let endpoint = endpoint(&folder.socket());
    let refused = UnixTransport.connect(&endpoint).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    let _listener = UnixTransport.listen(&endpoint).await.unwrap();
    UnixTransport.connect(&endpoint).await.unwrap();
}

#[tokio::test]
async fn a_live_server_is_not_disturbed_by_another_start() {
    let folder = Folder::new();
    let live = StdListener::bind(folder.socket()).unwrap();
    live.set_nonblocking(true).unwrap();
    let error = UnixTransport.listen(&endpoint(&folder.socket())).await.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::AddrInUse);
    assert_eq!(live.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "the server saw a connection");
    assert!(folder.socket().exists());
}

#[tokio::test]
async fn what_is_not_a_socket_is_left_alone() {
    let folder = Folder::new();
    fs::write(folder.socket(), "precious").unwrap();
    let error = UnixTransport.listen(&endpoint(&folder.socket())).await.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    assert!(error.to_string().contains("is not a socket"), "{error}");
    assert_eq!(fs::read_to_string(folder.socket()).unwrap(), "precious");

    // A link to a dead socket is not a socket either: removing it would not free what it names.
    let dead = folder.0.join("dead.sock");
    drop(StdListener::bind(&dead).unwrap());
    let link = folder.0.join("link.sock");
    std::os::unix::fs::symlink(&dead, &link).unwrap();
    let error = UnixTransport.listen(&endpoint(&link)).await.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    assert!(link.is_symlink() && dead.exists());
}

#[tokio::test]
async fn a_file_that_is_no_longer_ours_stays() {
    let folder = Folder::new();
    let listener = UnixTransport.listen(&endpoint(&folder.socket())).await.unwrap();
    fs::remove_file(folder.socket()).unwrap();
    let others = StdListener::bind(folder.socket()).unwrap();
    drop(listener);
    assert!(folder.socket().exists(), "another server's file was removed");
    drop(others);
}

#[test]
fn what_is_wrong_is_told_without_a_network() {
    for text in ["unix://", "unix://calc.sock", "unix:///run/", "unix:///run/calc.sock?mode=600"] {
        let endpoint: Endpoint = text.parse().unwrap();
        for said in [UnixTransport.check_connect(&endpoint), UnixTransport.check_listen(&endpoint)] {
            assert_eq!(said.unwrap_err().kind(), ErrorKind::InvalidInput, "{text}");
        }
    }
    assert!(UnixTransport.check_connect(&endpoint(Path::new("/run/nobody-is-there.sock"))).is_ok());
}

#[tokio::test]
async fn no_such_file_means_that_nobody_listens() {
    let folder = Folder::new();
    let error = UnixTransport.connect(&endpoint(&folder.socket())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    assert!(error.to_string().contains("there is no such file"), "{error}");
}

#[tokio::test]
async fn a_missing_folder_is_told() {
    let folder = Folder::new();
    let error = UnixTransport.listen(&endpoint(&folder.0.join("missing/calc.sock"))).await.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(error.to_string().contains("missing/calc.sock"), "{error}");
}

#[tokio::test]
async fn the_longest_path_works_and_a_longer_one_is_told_with_both_lengths() {
    let folder = Folder::new();
    let longest = if cfg!(any(target_os = "linux", target_os = "android")) { 107 } else { 103 };
    let rest = longest - folder.0.to_str().unwrap().len() - 1;
    let fits = endpoint(&folder.0.join("x".repeat(rest)));
    let _listener = UnixTransport.listen(&fits).await.unwrap();
    UnixTransport.connect(&fits).await.unwrap();

    let too_long = endpoint(&folder.0.join("x".repeat(rest + 1)));
    let error = UnixTransport.listen(&too_long).await.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let message = error.to_string();
    assert!(
        message.contains(&(longest + 1).to_string()) && message.contains(&longest.to_string()),
        "{message}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_that_start_over_a_dead_servers_file_exactly_one_lives() {
    const STARTERS: usize = 8;
    let folder = Folder::new();
    for _ in 0..200 {
        drop(StdListener::bind(folder.socket()).unwrap());
        let together = Arc::new(Barrier::new(STARTERS));
        let starts = (0..STARTERS).map(|_| {
            let (endpoint, together) = (endpoint(&folder.socket()), together.clone());
            tokio::spawn(async move {
                together.wait().await;
                UnixTransport.listen(&endpoint).await
            })
        });
        let mut living = Vec::new();
        for started in join_all(starts).await {
            match started.unwrap() {
                Ok(listener) => living.push(listener),
                Err(error) => assert_eq!(error.kind(), ErrorKind::AddrInUse, "{error}"),
            }
        }
        assert_eq!(living.len(), 1);
        // It is the one that a client reaches.
        UnixTransport.connect(&endpoint(&folder.socket())).await.unwrap();
        living.pop().unwrap().accept().await.unwrap();
    }
}

#[tokio::test]
async fn replacing_waits_for_another_start_in_the_same_folder() {
    let folder = Folder::new();
    drop(StdListener::bind(folder.socket()).unwrap());
    let other = fs::File::open(&folder.0).unwrap();
    other.lock().unwrap();
    let endpoint = endpoint(&folder.socket());
    let mut start = UnixTransport.listen(&endpoint);
    for _ in 0..3 {
        let early = tokio::time::timeout(Duration::from_millis(10), &mut start).await;
        assert!(early.is_err(), "it did not wait");
    }
    drop(other);
    let _listener = start.await.unwrap();
    UnixTransport.connect(&endpoint).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_folder_that_stays_locked_only_keeps_a_dead_servers_file_from_being_replaced() {
    let folder = Folder::new();
    let other = fs::File::open(&folder.0).unwrap();
    other.lock().unwrap();
    drop(UnixTransport.listen(&endpoint(&folder.socket())).await.unwrap());

    drop(StdListener::bind(folder.socket()).unwrap());
    let error = UnixTransport.listen(&endpoint(&folder.socket())).await.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::AddrInUse);
    assert!(error.to_string().contains("keeps its folder locked"), "{error}");
    assert!(folder.socket().exists());
}

#[tokio::test]
async fn connect_waits_while_the_backlog_is_full() {
    let folder = Folder::new();
    let endpoint = endpoint(&folder.socket());
    let mut listener = UnixTransport.listen(&endpoint).await.unwrap();
    // More than any backlog of a listener here; each waits until it is accepted.
    let connects = join_all((0..1100).map(|_| UnixTransport.connect(&endpoint)));
    let accepts = async {
        let mut links = Vec::new();
        for _ in 0..1100 {
            // The first polls of all connects come first.
            tokio::task::yield_now().await;
            links.push(listener.accept().await.unwrap());
        }
        links
    };
    let (connected, accepted) = futures::future::join(connects, accepts).await;
    assert!(connected.iter().all(Result::is_ok));
    assert_eq!(accepted.len(), 1100);
}

#[tokio::test]
async fn both_sides_know_who_the_other_is() {
    let folder = Folder::new();
    let endpoint = endpoint(&folder.socket());
    let mut listener = UnixTransport.listen(&endpoint).await.unwrap();
    let (client, server) = futures::future::join(UnixTransport.connect(&endpoint), listener.accept()).await;
    let own = fs::metadata(&folder.0).unwrap().uid();
    for link in [client.unwrap(), server.unwrap()] {
        let identity = link.identity.unwrap();
        assert_eq!((identity.kind(), identity.name()), ("unix", format!("uid={own}").as_str()));
        assert!(identity.attribute("gid").unwrap().parse::<u32>().is_ok(), "{identity}");
        if cfg!(target_os = "linux") {
            assert_eq!(identity.attribute("pid"), Some(std::process::id().to_string().as_str()));
        }
    }
}
