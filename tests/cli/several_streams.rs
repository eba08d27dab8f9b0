//! Methods with several argument streams: each line of stdin names one.

use farcall::__private::Stream;
use farcall::{Limits, RunningServer, Server, rpc_service};
use futures::StreamExt;

use super::{fails, farcall, farcall_with, succeeds};

#[rpc_service(name = "test.Pairs")]
trait Pairs {
    /// What was in each of them.
    async fn both(
        &self,
        by: u8,
        left: impl Stream<Item = u8> + Send,
        right: impl Stream<Item = String> + Send,
    ) -> (u32, Vec<String>);
    /// The items, as soon as there is one of each.
    fn zipped(
        &self,
        left: impl Stream<Item = u8> + Send,
        right: impl Stream<Item = String> + Send,
    ) -> impl Stream<Item = (u8, String)> + Send;
    /// All of the left, and then all of the right.
    async fn one_by_one(
        &self,
        left: impl Stream<Item = u32> + Send,
        right: impl Stream<Item = u32> + Send,
    ) -> u64;
}

struct Shelf;

impl Pairs for Shelf {
    async fn both(
        &self,
        by: u8,
        left: impl Stream<Item = u8> + Send,
        right: impl Stream<Item = String> + Send,
    ) -> (u32, Vec<String>) {
        let left = left.fold(0, |sum, number| async move { sum + u32::from(number) * u32::from(by) });
        futures::future::join(left, right.collect()).await
    }
    fn zipped(
        &self,
        left: impl Stream<Item = u8> + Send,
        right: impl Stream<Item = String> + Send,
    ) -> impl Stream<Item = (u8, String)> + Send {
        left.zip(right)
    }
    async fn one_by_one(
        &self,
        left: impl Stream<Item = u32> + Send,
        right: impl Stream<Item = u32> + Send,
    ) -> u64 {
        left.count().await as u64 + right.count().await as u64
    }
}

async fn server() -> (RunningServer, String) {
    let limits = Limits { max_stream_items: Limits::FLOOR_STREAM_ITEMS, ..Limits::default() };
    let server = Server::builder().service(PairsServer::new(Shelf)).listen("tcp://127.0.0.1:0");
    let server = server.limits(limits).introspection(true).start().await.unwrap();
    let url = server.endpoints()[0].to_string();
    (server, url)
}

const LINES: &str = "{\"left\": 1}\n\n{\"right\": \"x\"}\n{\"right\": \"y\"}\n {\"left\": 20} \n";

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_stdin_ends_all_of_them() {
    let (_server, url) = server().await;
    for codec in ["compact", "json"] {
        let call = ["call", &url, "test.Pairs.both", "[2]", "--codec", codec];
        succeeds(&farcall_with(&call, LINES), "[42,[\"x\",\"y\"]]\n");
        succeeds(&farcall_with(&call, "{\"right\": \"z\"}"), "[0,[\"z\"]]\n");
        succeeds(&farcall_with(&call, ""), "[0,[]]\n");
        let call = ["call", &url, "test.Pairs.zipped", "--codec", codec];
        succeeds(&farcall_with(&call, LINES), "[1,\"x\"]\n[20,\"y\"]\n");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_wait_for_those_before_them() {
    let (_server, url) = server().await;
    let (left, right) = ("{\"left\": 1}\n".repeat(5_000), "{\"right\": 1}\n".repeat(60));
    let call = ["call", &url, "test.Pairs.one_by_one", "--timeout", "never"];
    succeeds(&farcall_with(&call, &format!("{right}{left}")), "5060\n");
    // More than both sides hold for a stream that is not read: the rest waits behind it, and the left one never ends.
    let lines = format!("{}{left}", right.repeat(50));
    let call = ["call", &url, "test.Pairs.one_by_one", "--timeout", "1s"];
    fails(&farcall_with(&call, &lines), 4, "deadline exceeded");
    // A method that reads them at the same time takes them in any order.
    let lines = format!("{left}{}", "{\"right\": \"x\"}\n".repeat(5_000));
    let call = ["call", &url, "test.Pairs.both", "[3]", "--timeout", "never"];
    let ended = farcall_with(&call, &lines);
    assert!(ended.stdout.starts_with("[15000,[\"x\","), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_no_item_of_a_stream_ends_the_call() {
    let (_server, url) = server().await;
    let expected =
        "expected an object with one entry, from the name of a stream to its item: `left`, `right`";
    for (line, said) in [
        ("7", format!("invalid type: integer `7`, {expected}")),
        ("[1]", format!("invalid type: sequence, {expected}")),
        ("\"left\"", format!("invalid type: string \"left\", {expected}")),
        ("{}", format!("found no stream, {expected}")),
        ("{\"left\": 1, \"right\": \"x\"}", format!("found `right` behind `left`, {expected}")),
        ("{\"left\": 1, \"left\": 2}", format!("found `left` behind `left`, {expected}")),
        ("{\"middle\": 1}", "`test.Pairs.zipped` has no stream `middle`: it has `left`, `right`".to_owned()),
        (
            "{\"left\": 256}",
            "stream `left`: invalid value: integer `256`, expected an integer from 0 to 255".to_owned(),
        ),
        ("{\"right\": 1}", "stream `right`: invalid type: integer `1`, expected a text".to_owned()),
    ] {
        let lines = format!("{{\"left\": 1}}\n{line}\n{{\"right\": \"x\"}}\n");
        let ended = farcall_with(&["call", &url, "test.Pairs.zipped"], &lines);
        fails(&ended, 2, &format!("line 2 of stdin: {said}"));
    }
    for (line, said) in [
        ("{\"left\": 1} 2", "trailing characters at column 13"),
        ("{\"left\": 1", "EOF while parsing an object at column 10"),
    ] {
        let lines = format!("{{\"left\": 1}}\n{line}\n{{\"right\": \"x\"}}\n");
        let ended = farcall_with(&["call", &url, "test.Pairs.zipped"], &lines);
        fails(&ended, 2, &format!("line 2 of stdin is no JSON: {said}\n"));
    }
    let ended = farcall_with(&["call", &url, "test.Pairs.zipped", "-"], "{}");
    fails(&ended, 2, "`test.Pairs.zipped` takes a stream, which is read from stdin");
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_described_with_their_types() {
    let (_server, url) = server().await;
    let described = "/// The items, as soon as there is one of each.\n\
                     test.Pairs.zipped(left: Stream<u8>, right: Stream<String>) -> Stream<(u8, String)>\n";
    succeeds(&farcall(&["describe", &url, "test.Pairs.zipped"]), described);
}
