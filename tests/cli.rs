//! The command line against servers on free ports.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use farcall::__private::Stream;
use farcall::intercept::{Next, Request};
use farcall::{Code, RpcError, RunningServer, Server, ServerBuilder, rpc_service};
use futures::StreamExt;
use serde::{Deserialize, Serialize};

#[path = "cli/codecs.rs"]
mod codecs;
#[path = "cli/describing.rs"]
mod describing;
#[path = "cli/failing.rs"]
mod failing;
#[path = "cli/fields.rs"]
mod fields;
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/several_streams.rs"]
mod several_streams;
#[path = "cli/values.rs"]
mod values;

#[derive(Debug, Serialize, Deserialize)]
enum Refusal {
    DivideByZero,
    TooLarge { most: i64 },
}

#[derive(Debug, Serialize, Deserialize)]
struct Parcel {
    name: String,
    weight: f32,
    #[serde(with = "farcall_bytes")]
    content: Vec<u8>,
    route: Vec<(u8, i16)>,
    marks: BTreeMap<u16, Mark>,
    serial: u128,
    note: Option<Option<char>>,
}

#[derive(Debug, Serialize, Deserialize)]
enum Mark {
    Fragile,
    Weight(u8),
    Size(u8, u8),
    Sender { city: String },
}

/// Bytes as bytes.
mod farcall_bytes {
    use std::fmt;

    use serde::{Deserializer, Serializer, de::Visitor};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        deserializer.deserialize_byte_buf(Bytes)
    }

    struct Bytes;

    impl Visitor<'_> for Bytes {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("bytes")
        }

        fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_vec())
        }
    }
}

/// Does sums.
#[rpc_service(name = "test.Sums")]
trait Sums {
    /// Adds two numbers.
    async fn add(&self, a: i64, b: i64) -> i64;
    #[rpc(timeout = "5s", idempotent)]
    async fn divide(&self, #[rpc(alias = "x")] a: i64, #[rpc(default)] b: i64) -> Result<i64, Refusal>;
    async fn send(&self, parcel: Parcel) -> Parcel;
    fn count(&self, to: u8) -> impl Stream<Item = Result<u8, Refusal>> + Send;
    async fn total(&self, numbers: impl Stream<Item = u32> + Send) -> u64;
    fn doubled(&self, by: u8, numbers: impl Stream<Item = u8> + Send) -> impl Stream<Item = u16> + Send;
    async fn sleep(&self);
    async fn find(&self, code: u8) -> Result<(), RpcError>;
}

struct Numbers;

impl Sums for Numbers {
    async fn add(&self, a: i64, b: i64) -> i64 {
        a + b
    }
    async fn divide(&self, a: i64, b: i64) -> Result<i64, Refusal> {
        match b {
            0 => Err(Refusal::DivideByZero),
            b => Ok(a / b),
        }
    }
    async fn send(&self, parcel: Parcel) -> Parcel {
        parcel
    }
    fn count(&self, to: u8) -> impl Stream<Item = Result<u8, Refusal>> + Send {
        let number = |n: u8| if n < 3 { Ok(n) } else { Err(Refusal::TooLarge { most: 2 }) };
        futures::stream::iter(0..to).map(number)
    }
    async fn total(&self, numbers: impl Stream<Item = u32> + Send) -> u64 {
        numbers.fold(0, |sum, number| async move { sum + u64::from(number) }).await
    }
    fn doubled(&self, by: u8, numbers: impl Stream<Item = u8> + Send) -> impl Stream<Item = u16> + Send {
        numbers.map(move |number| u16::from(number) * u16::from(by))
    }
    async fn sleep(&self) {
        std::future::pending().await
    }
    async fn find(&self, code: u8) -> Result<(), RpcError> {
        Err(RpcError::new(Code::from_number(code), "it was to fail"))
    }
}

fn builder() -> ServerBuilder {
    Server::builder().service(SumsServer::new(Numbers)).listen("tcp://127.0.0.1:0")
}

async fn server() -> (RunningServer, String) {
    let server = builder().introspection(true).start().await.unwrap();
    let url = server.endpoints()[0].to_string();
    (server, url)
}

/// What the command line says and does.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn farcall(arguments: &[&str]) -> Ended {
    farcall_with(arguments, "")
}

fn farcall_with(arguments: &[&str], stdin: &str) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farcall"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // It may end without reading.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    Ended {
        code: status.code(),
        stdout: String::from_utf8(stdout).unwrap(),
        stderr: String::from_utf8(stderr).unwrap(),
    }
}

#[track_caller]
fn succeeds(ended: &Ended, stdout: &str) {
    assert_eq!(
        (ended.code, ended.stdout.as_str(), ended.stderr.as_str()),
        (Some(0), stdout, ""),
        "{ended:?}"
    );
}

/// `said` is at the beginning of what stands behind the program's name.
#[track_caller]
fn fails(ended: &Ended, code: i32, said: &str) {
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(code), ""), "{ended:?}");
    assert!(ended.stderr.starts_with(&format!("farcall: {said}")), "{}", ended.stderr);
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_is_called_by_name_by_position_and_from_stdin() {
    let (_server, url) = server().await;
    succeeds(&farcall(&["call", &url, "test.Sums.add", r#"{"b": 5, "a": 10}"#]), "15\n");
    succeeds(&farcall(&["call", &url, "test.Sums.add", "[10, -5]"]), "5\n");
    succeeds(&farcall_with(&["call", &url, "test.Sums.add", "-"], "{\"a\": 1,\n\"b\": 2}\n"), "3\n");
    succeeds(&farcall(&["call", &url, "test.Sums.divide", r#"{"x": 7, "b": 2}"#]), "3\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_codecs_are_spoken() {
    let (_server, url) = server().await;
    for codec in ["compact", "json"] {
        let call = ["call", &url, "test.Sums.add", "[1, 2]", "--codec", codec];
        succeeds(&farcall(&call), "3\n");
    }
    succeeds(&farcall(&["call", &format!("{url}?codec=json"), "test.Sums.add", "[1, 2]"]), "3\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_methods_own_error_is_on_stdout() {
    let (_server, url) = server().await;
    let ended = farcall(&["call", &url, "test.Sums.divide", r#"{"a": 1}"#]);
    assert_eq!(
        (ended.code, ended.stdout.as_str(), ended.stderr.as_str()),
        (Some(1), "\"DivideByZero\"\n", "")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_stream_is_a_line_for_each_item() {
    let (_server, url) = server().await;
    succeeds(&farcall(&["call", &url, "test.Sums.count", "[2]"]), "0\n1\n");
    let ended = farcall(&["call", &url, "test.Sums.count", "[9]"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), "0\n1\n2\n{\"TooLarge\":{\"most\":2}}\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_argument_stream_is_read_from_stdin() {
    let (_server, url) = server().await;
    succeeds(&farcall_with(&["call", &url, "test.Sums.total"], "1\n\n20\n300\n"), "321\n");
    succeeds(&farcall_with(&["call", &url, "test.Sums.doubled", "[3]"], "1\n2\n200"), "3\n6\n600\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_configuration_says_where_the_server_is() {
    let (_server, url) = server().await;
    let file = std::env::temp_dir().join(format!("farcall-cli-{}.toml", std::process::id()));
    std::fs::write(&file, format!("[clients.sums]\nendpoint = \"{url}\"")).unwrap();
    let path = file.to_str().unwrap();
    succeeds(&farcall(&["call", "sums", "test.Sums.add", "[1, 1]", "--config", path]), "2\n");
    let ended = farcall(&["ls", "sum", "--config", path]);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("has no client `sum`"), "{}", ended.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn metadata_goes_with_every_call() {
    let guard = |request: Request, next: Next| async move {
        match request.parts.metadata.text("token") {
            Some("secret") => next.run(request).await,
            _ => Err(RpcError::new(Code::Unauthenticated, "no token")),
        }
    };
    let server = builder().introspection(true).intercept(guard).start().await.unwrap();
    let url = server.endpoints()[0].to_string();
    let call = ["call", &url, "test.Sums.add", "[1, 2]", "--meta", "token=secret"];
    succeeds(&farcall(&call), "3\n");
    fails(&farcall(&call[..4]), 6, "unauthenticated: no token");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_is_kept() {
    let (_server, url) = server().await;
    let ended = farcall(&["call", &url, "test.Sums.sleep", "--timeout", "200ms"]);
    fails(&ended, 4, "deadline exceeded");
    server_is_idle(&_server).await;
}

/// Nothing runs on behalf of a caller that is gone.
async fn server_is_idle(server: &RunningServer) {
    tokio::time::timeout(Duration::from_secs(20), server.shutdown(Duration::from_secs(30))).await.unwrap();
}
