//! A server that says of itself what is not so.

use std::process::{Command, Stdio};

use farcall::introspection::{Introspection, IntrospectionServer, MethodInfo, ServerInfo, ServiceSummary};
use farcall::{RpcError, RunningServer, Server};
use futures::{Stream, StreamExt, stream};
use serde_json::{Value, json};

use super::{Numbers, SumsServer, fails, farcall, farcall_with, server, succeeds};

/// Describes itself in these words, whatever it is asked.
struct Liar {
    kind: &'static str,
    signature: Value,
    methods: usize,
}

impl Liar {
    fn method(&self) -> Value {
        json!({
            "service": "test.Sums", "name": "add", "docs": "\u{1b}[2J\u{202e}docs", "kind": self.kind, "arguments": [],
            "argument_streams": [], "timeout": null, "idempotent": false, "detached": false,
            "signature": self.signature,
        })
    }
}

impl Introspection for Liar {
    async fn server(&self) -> Result<ServerInfo, RpcError> {
        let limits = json!({
            "max_message": 0, "max_calls": 0, "max_call_bytes": 0, "max_stream_items": 0, "max_stream_bytes": 0,
            "max_metadata": 0, "max_methods": 0, "max_depth": 0, "max_deadline": {"secs": 0, "nanos": 0},
        });
        let services = json!([{"name": "test.Sums\u{7}", "docs": "", "methods": ["add\u{9b}2J"]}]);
        let info = json!({"farcall": "\u{1b}c", "services": services, "limits": limits});
        Ok(serde_json::from_value(info).unwrap())
    }
    async fn service(&self, name: &str) -> Result<ServiceSummary, RpcError> {
        Ok(serde_json::from_value(json!({"name": name, "docs": "", "methods": ["add"]})).unwrap())
    }
    async fn methods(
        &self,
        _: &str,
    ) -> Result<impl Stream<Item = Result<MethodInfo, RpcError>> + Send, RpcError> {
        let method = Ok(serde_json::from_value(self.method()).unwrap());
        Ok(stream::iter([method]).cycle().take(self.methods))
    }
    async fn method(&self, _: &str) -> Result<MethodInfo, RpcError> {
        Ok(serde_json::from_value(self.method()).unwrap())
    }
}

async fn liar(kind: &'static str, signature: Value) -> (RunningServer, String) {
    liar_of(kind, signature, 1).await
}

async fn liar_of(kind: &'static str, signature: Value, methods: usize) -> (RunningServer, String) {
    let services = (SumsServer::new(Numbers), IntrospectionServer::new(Liar { kind, signature, methods }));
    let server = Server::builder().service(services).listen("tcp://127.0.0.1:0").start().await.unwrap();
    let url = server.endpoints()[0].to_string();
    (server, url)
}

fn signature(types: Value) -> Value {
    json!({
        "method": "test.Sums.add", "arguments": [], "streams": [], "outcome": {"Value": 0}, "error": null,
        "types": types,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn types_that_cannot_be_are_refused() {
    for types in [json!([]), json!([{"List": 7}]), json!([{"Newtype": {"name": "N", "inner": 0}}])] {
        let (_server, url) = liar("Unary", signature(types)).await;
        for command in [&["call", &url, "test.Sums.add"][..], &["describe", &url, "test.Sums.add"]] {
            fails(&farcall(command), 7, "data loss: the server describes what cannot be: ");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_without_an_end_is_refused() {
    let (_server, url) = liar_of("Unary", signature(json!(["Unit"])), usize::MAX).await;
    let said = "data loss: the server describes what cannot be: `Sums` has more methods than it names";
    fails(&farcall(&["describe", &url, "Sums", "--timeout", "never"]), 7, said);
}

#[tokio::test(flavor = "multi_thread")]
async fn terminals_get_no_commands() {
    let (_server, url) = liar("Unary", signature(json!(["Unit"]))).await;
    for command in [
        &["ls", &url][..],
        &["ls", &url, "--json"],
        &["describe", &url, "test.Sums.add"],
        &["describe", &url, "--json"],
    ] {
        let ended = farcall(command);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let commands = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!ended.stdout.contains(commands), "{:?}", ended.stdout);
    }
    let ended = farcall(&["describe", &url, "test.Sums.add", "--json"]);
    let value: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(value["docs"], "\u{1b}[2J\u{202e}docs");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_on_one_line_and_escaped() {
    let evil = "x\u{1b}[2J\n\u{202e}y";
    let field = json!({"name": evil, "aliases": [evil], "shape": 1, "optional": false, "skippable": false});
    let mut lie = signature(json!([
        {"Struct": {"name": evil, "fields": [field]}},
        {"Enum": {"name": evil, "variants": [
            {"name": evil, "aliases": [evil], "index": 0, "content": {"Struct": [field]}},
        ]}},
        {"Opaque": {"name": evil, "reason": evil}},
    ]));
    lie["arguments"] = json!([{"name": evil, "aliases": [evil], "shape": 2, "optional": false}]);
    lie["error"] = json!(1);
    let (_server, url) = liar("Unary", lie).await;
    let ended = farcall(&["describe", &url, "test.Sums.add"]);
    let x = "x\\u{1b}[2J\\n\\u{202e}y";
    let described = format!(
        "/// \u{fffd}[2J\u{fffd}docs\ntest.Sums.add({x}: {x} (or {x})) -> Result<{x}#2, {x}#3>\n\n{x}: unknown, since {x}\n\n\
         struct {x}#2 {{\n    {x}: {x}#3 (or {x}),\n}}\n\nenum {x}#3 {{\n    {x} {{ {x}: {x}#3 (or {x}) }} (or {x}),\n}}\n"
    );
    succeeds(&ended, &described);
}

#[tokio::test(flavor = "multi_thread")]
async fn signatures_that_break_a_rule_are_one_line() {
    let long = "\u{1b}".repeat(2_000_000);
    let options = (1..=20_000).map(|next| json!({"Option": next})).chain([json!("Unit")]);
    let newtypes =
        (1..=1_000).map(|next| json!({"Newtype": {"name": "N", "inner": next}})).chain([json!("Unit")]);
    let field =
        |name: &str| json!({"name": name, "aliases": [], "shape": 0, "optional": true, "skippable": false});
    for (types, why) in [
        (json!([{"UnitStruct": {"name": long}}]), "has a name of 2000000 bytes that begins with `\\u{1b}"),
        (options.collect(), "has 20001 types, but may have 16384 at most"),
        (newtypes.collect(), "has a type, the newtype N, of which every value is nested 129 deep"),
        (json!([{"Tuple": [0, 0]}]), "has a type, "),
        (json!([{"Map": {"key": 0, "value": 9}}]), "refers to type 9, but lists only 1"),
        (
            json!([{"Struct": {"name": "S\n", "fields": [field("a"), field("a")]}}]),
            "has two fields called `a`, in S\\n",
        ),
    ] {
        let (_server, url) = liar("Unary", signature(types)).await;
        let said =
            format!("data loss: the server describes what cannot be: the signature of `test.Sums.add` {why}");
        for command in [&["call", &url, "test.Sums.add"][..], &["describe", &url, "Sums"]] {
            fails(&farcall(command), 7, &said);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_of_another_kind_than_it_is_said_to_be_fails() {
    for kind in ["ServerStreaming", "ClientStreaming", "Bidirectional"] {
        let (_server, url) = liar(kind, Value::Null).await;
        let ended = farcall_with(&["call", &url, "test.Sums.add", "--timeout", "2s"], "1\n");
        assert!(ended.code.is_some_and(|code| code > 1), "{kind}: {ended:?}");
        assert_eq!(ended.stdout, "");
        assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_away_ends_it_quietly() {
    let (_server, url) = server().await;
    let mut command = Command::new(env!("CARGO_BIN_EXE_farcall"));
    command.args(["describe", &url]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]));
}
