use farcall::{Server, rpc_service};
use serde::{Deserialize, Serialize};

use super::{builder, fails, farcall, server, succeeds};

#[tokio::test(flavor = "multi_thread")]
async fn services_and_methods_are_listed() {
    let (_server, url) = server().await;
    let ended = farcall(&["ls", &url]);
    let listed = "farcall.Introspection\n    farcall.Introspection.server\n    farcall.Introspection.service\n    \
                  farcall.Introspection.methods\n    farcall.Introspection.method\ntest.Sums\n    test.Sums.add\n    test.Sums.divide\n    test.Sums.send\n    \
                  test.Sums.count\n    test.Sums.total\n    test.Sums.doubled\n    test.Sums.sleep\n    test.Sums.find\n";
    succeeds(&ended, listed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_is_described_with_its_types() {
    let (_server, url) = server().await;
    let described = "#[rpc(timeout = 5s, idempotent)]\ntest.Sums.divide(a: i64 (or x), b?: i64) -> Result<i64, \
                     Refusal>\n\nenum Refusal {\n    DivideByZero,\n    TooLarge { most: i64 },\n}\n";
    succeeds(&farcall(&["describe", &url, "test.Sums.divide"]), described);
    let described = "test.Sums.doubled(by: u8, numbers: Stream<u8>) -> Stream<u16>\n";
    succeeds(&farcall(&["describe", &url, "test.Sums.doubled"]), described);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_is_described_with_each_type_once() {
    let (_server, url) = server().await;
    let ended = farcall(&["describe", &url, "test.Sums"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let begin = "/// Does sums.\nservice test.Sums\n\n    /// Adds two numbers.\n    test.Sums.add(a: i64, b: i64) -> i64\n";
    assert!(ended.stdout.starts_with(begin), "{}", ended.stdout);
    assert_eq!(ended.stdout.matches("enum Refusal").count(), 1);
    assert!(ended.stdout.contains("    test.Sums.count(to: u8) -> Stream<Result<u8, Refusal>>\n"));
    // All of them, which are two.
    let all = farcall(&["describe", &url]).stdout;
    assert!(all.contains(ended.stdout.trim_end()) && all.contains("service farcall.Introspection"), "{all}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_description_can_be_read_by_programs() {
    let (_server, url) = server().await;
    for (arguments, at) in [
        (&["ls", &url, "--json"][..], "/services/1/methods/0"),
        (&["describe", &url, "test.Sums", "--json"], "/methods/0/name"),
        (&["describe", &url, "test.Sums.add", "--json"], "/name"),
        (&["describe", &url, "--json"], "/1/methods/0/name"),
    ] {
        let ended = farcall(arguments);
        let value: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(value.pointer(at).unwrap(), "add", "{arguments:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_describe_itself_is_told_so() {
    let server = builder().start().await.unwrap();
    let url = server.endpoints()[0].to_string();
    for arguments in [&["ls", &url][..], &["describe", &url], &["call", &url, "test.Sums.add", "[1, 2]"]] {
        fails(&farcall(arguments), 5, &format!("the server at `{url}` does not describe itself"));
    }
}

#[test]
fn shells_are_helped() {
    for shell in ["bash", "zsh", "fish"] {
        let ended = farcall(&["completion", shell]);
        assert!(ended.code == Some(0) && ended.stdout.contains("describe"), "{ended:?}");
    }
}

#[test]
fn help_and_documentation_have_the_same_exit_codes() {
    let help = farcall(&["--help"]).stdout;
    let (_, table) = help.split_once("Exit codes:\n").unwrap();
    let told = table.lines().map(|line| line.trim().split_once("  ").unwrap()).collect::<Vec<_>>();
    assert_eq!(told.len(), 8);
    let document = include_str!("../../docs/cli.md");
    for (code, meaning) in told {
        assert!(document.contains(&format!("| {code} | {meaning} |")), "{code}: {meaning}");
    }
}

#[derive(Serialize, Deserialize)]
struct Point<T> {
    x: T,
}

#[rpc_service]
trait Points {
    async fn small(&self, at: Point<u8>) -> Point<u8>;
    async fn large(&self, at: Option<Point<i32>>) -> Point<u8>;
    async fn both(&self, from: Point<i32>, to: Point<u8>);
}

struct Plane;

impl Points for Plane {
    async fn small(&self, at: Point<u8>) -> Point<u8> {
        at
    }
    async fn large(&self, at: Option<Point<i32>>) -> Point<u8> {
        Point { x: at.map_or(0, |at| at.x as u8) }
    }
    async fn both(&self, _: Point<i32>, _: Point<u8>) {}
}

#[tokio::test(flavor = "multi_thread")]
async fn types_of_one_name_are_told_apart() {
    let server = Server::builder().service(PointsServer::new(Plane)).listen("tcp://127.0.0.1:0");
    let server = server.introspection(true).start().await.unwrap();
    let url = server.endpoints()[0].to_string();
    let described = "service Points\n\n    Points.small(at: Point) -> Point\n\n    Points.large(at: Option<Point#2>) -> \
                     Point\n\n    Points.both(from: Point#2, to: Point)\n\nstruct Point {\n    x: u8,\n}\n\nstruct Point#2 \
                     {\n    x: i32,\n}\n";
    succeeds(&farcall(&["describe", &url, "Points"]), described);
    let described = "Points.both(from: Point, to: Point#2)\n\nstruct Point {\n    x: i32,\n}\n\nstruct Point#2 {\n    \
                     x: u8,\n}\n";
    succeeds(&farcall(&["describe", &url, "Points.both"]), described);
}
