//! Runs every example as a user would, and looks at what it prints.
//!
//! `cargo test` builds the examples beside the tests. `cargo test --test examples` does not: it runs those that were
//! built last.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::{Duration, Instant};

#[cfg(all(unix, feature = "cli"))]
#[path = "examples/readme.rs"]
mod readme;

const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/calculator.toml");
const ENDPOINT: &str = "FARCALL_CLIENTS__CALCULATOR__ENDPOINT";
const TIMEOUT: &str = "FARCALL_CLIENTS__CALCULATOR__TIMEOUT";
const LISTEN: &str = "FARCALL_SERVER__LISTEN";
const INTROSPECTION: &str = "FARCALL_SERVER__INTROSPECTION";

/// The built example. `cargo test` builds them all beside the tests.
fn example(name: &str) -> Command {
    let test = std::env::current_exe().unwrap();
    let path = test.ancestors().nth(2).unwrap().join("examples").join(name);
    assert!(
        path.exists(),
        "run `cargo build --examples --all-features` first: there is no {}",
        path.display()
    );
    let mut command = Command::new(path);
    for variable in [ENDPOINT, TIMEOUT, LISTEN, INTROSPECTION] {
        command.env_remove(variable);
    }
    command.stdin(Stdio::null());
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn prints(name: &str) -> String {
    let Output { status, stdout, stderr } = example(name).output().unwrap();
    assert!(status.success(), "{name}: {status}, {}", text(&stderr));
    text(&stdout)
}

/// What an example says when it fails: one line on stderr, nothing else.
fn complains(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    assert!(!status.success(), "it succeeded: {}", text(&stdout));
    assert_eq!(text(&stdout), "");
    let sentence = text(&stderr);
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
    sentence.trim_end().to_owned()
}

/// A configuration file with nothing in it, or one that does not exist.
fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// A Unix socket for this test alone. Not in the target folder, whose path may be too long for a socket.
fn socket(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("farcall-{}-{name}.sock", std::process::id()))
}

/// A calculator in a process of its own, ended with the test whatever happens.
struct Server {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    endpoint: String,
}

impl Server {
    fn start(listen: &str) -> Self {
        Self::start_with(listen, &[], &[])
    }

    fn start_with(listen: &str, variables: &[(&str, &str)], arguments: &[&str]) -> Self {
        let mut command = example("calculator_server");
        command
            .args(["--config", CONFIG])
            .args(arguments)
            .envs(variables.iter().copied())
            .env(LISTEN, listen);
        command.stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut server = Self { child, lines, endpoint: String::new() };
        server.endpoint = server.line().strip_prefix("listening on ").unwrap().to_owned();
        server
    }

    /// Waits for the next line that it prints.
    fn line(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }

    /// A client of this server.
    fn client(&self, arguments: &[&str]) -> Command {
        let mut command = example("calculator_client");
        command.args(["--config", CONFIG]).args(arguments).env(ENDPOINT, &self.endpoint);
        command
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("sh").args(["-c", "kill -$0 $1", name, &id]).status().unwrap().success());
    }

    /// Waits for its end, which is a success; gives what it still prints.
    fn end(mut self) -> Vec<String> {
        let long_enough = Instant::now() + Duration::from_secs(60);
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None if Instant::now() > long_enough => panic!("the server did not end"),
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        };
        assert!(status.success(), "{status}");
        self.lines.by_ref().map(Result::unwrap).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the server says when it is told to stop.
fn stopping(signal: &str) -> String {
    format!("{signal}: stopping; calls in flight may take 10s, or until the next signal")
}

fn calculates_across_processes(listen: &str) {
    let server = Server::start(listen);
    for (arguments, line) in [
        (["add", "10", "5"], "add(10, 5) = 15"),
        (["subtract", "10", "5"], "subtract(10, 5) = 5"),
        (["multiply", "-10", "5"], "multiply(-10, 5) = -50"),
        (["divide", "10", "5"], "divide(10, 5) = 2"),
    ] {
        let Output { status, stdout, stderr } = server.client(&arguments).output().unwrap();
        assert!(status.success(), "{}", text(&stderr));
        assert_eq!(text(&stdout).trim_end(), line);
    }
    assert_eq!(complains(&mut server.client(&["divide", "10", "0"])), "calculator_client: division by zero");
    server.signal("INT");
    assert_eq!(server.end(), [stopping("SIGINT"), "stopped".to_owned()]);
}

#[test]
fn a_calculator_over_tcp_and_memory() {
    let printed = prints("calculator");
    let lines = printed.lines().collect::<Vec<_>>();
    assert_eq!(lines.len(), 12, "{printed}");
    for (half, scheme) in lines.chunks(6).zip(["tcp://127.0.0.1:", "mem://"]) {
        assert!(half[0].starts_with(&format!("calculator at {scheme}")), "{printed}");
        assert_eq!(
            half[1..],
            [
                "  add(10, 5) = 15",
                "  subtract(10, 5) = 5",
                "  multiply(10, 5) = 50",
                "  divide(10, 5) = 2",
                "  divide(10, 0) failed: division by zero",
            ]
        );
    }
}

#[test]
fn a_function_that_does_not_know_where_the_service_is() {
    assert_eq!(
        prints("location_transparent"),
        "local object:  mean(4, 6) = 5\n\
         remote client: mean(4, 6) = 5\n\
         either:        add(4, 6) = 10\n\
         either:        add(4, 6) = 10\n"
    );
}

#[test]
fn a_store_of_large_values() {
    assert_eq!(
        prints("key_value"),
        "get(greeting) = hello\n\
         get(large) = 3145728 bytes, unchanged: true\n\
         count() = 2\n\
         get(missing) failed: no key \"missing\"\n\
         nobody answered: executed No, unavailable\n"
    );
}

#[test]
fn a_server_on_threads_of_its_own() {
    assert_eq!(
        prints("sharded"),
        "customer 1 pays 800\n\
         customer 2 pays 1600\n\
         customer 3 pays 2400\n\
         customer 4 pays 3200\n\
         customer 5 pays 4000\n\
         customer 6 pays 4800\n\
         served by {\"farcall-shard0\": 3, \"farcall-shard1\": 3}\n"
    );
}

#[test]
fn a_stream_of_results() {
    assert_eq!(
        prints("primes"),
        "the first ten primes are [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]\n\
         the server has stopped looking for more\n\
         one prime taken: Some(2); the server found fewer than 20000: true\n\
         the ten thousandth prime is Some(104729)\n\
         between 100 and 120 there are [101, 103, 107, 109, 113]\n\
         from 120 to 100: nothing is between 120 and 100\n"
    );
}

#[test]
fn a_stream_as_an_argument() {
    assert_eq!(
        prints("average"),
        "the mean of [1.5, 2.0, 4.0, 8.5] is 4\n\
         the mean of a million numbers is 500000.5\n\
         of none: there are no numbers\n\
         of a sensor: the sensor failed after 2 numbers\n\
         the first number above 999 is Some(1000.0)\n"
    );
}

#[test]
fn a_server_that_calls_its_clients() {
    assert_eq!(
        prints("chat"),
        "Ada joins: [\"Ada\"]\n\
         Ben joins: [\"Ada\", \"Ben\"]\n\
         Ada is heard by [1, 1]\n\
         Ben hears Ada: Good morning!\n\
         Ben hears Ada: Is it raining?\n\
         Ben is heard by [1]\n\
         Ada hears Ben: Always.\n\
         Ada is heard by [0]\n\
         Eve cannot join: members have to serve `MemberService`\n"
    );
}

#[test]
fn calls_that_end_early() {
    assert_eq!(
        prints("deadlines_and_cancel"),
        "-- a timeout\n\
         deadline exceeded, executed Maybe\n\
         toil begins, toil was cancelled\n\
         -- the deadline and the metadata of a call, two services away\n\
         [worker] tenant Some(\"blue\"), in a hurry: true\n\
         -- a call that is dropped, and with it the one that it made\n\
         toil begins\n\
         toil was cancelled\n\
         -- a call that is dropped, to a detached method\n\
         save begins\n\
         a letter is saved\n"
    );
}

#[test]
fn interceptors_around_every_call() {
    assert_eq!(
        prints("interceptors"),
        "\x20 [server] add: unauthenticated\n\
         a call without a token: unauthenticated: the call carries no valid token\n\
         \x20 [server] ann calls Add { a: 1, b: 2 }\n\
         \x20 [server] add: ok\n\
         ann's: 3\n\
         it was served by Some(\"calculator 7\")\n\
         \x20 [server] ann calls Divide { a: 1, b: 0 }\n\
         \x20 [server] divide: application error\n\
         a division by zero: division by zero\n\
         \x20 [server] ann calls Multiply { a: 2000, b: 2000 }\n\
         \x20 [server] multiply: out of range\n\
         more than the hook allows: out of range: products go up to 1,000,000\n\
         \x20 [server] ben calls Subtract { a: 1, b: 2 }\n\
         \x20 [server] subtract: ok\n\
         ben's: -1\n\
         ben's again, which no server sees: -1\n\
         \x20 [server] ann calls Add { a: 3, b: 4 }\n\
         \x20 [server] add: ok\n\
         the fifth: 7\n\
         \x20 [server] add: resource exhausted\n\
         the sixth: resource exhausted, executed: No; again in 12 minutes\n"
    );
}

#[test]
fn a_transport_of_ones_own() {
    assert_eq!(prints("custom_transport"), "add(10, 5) = 15 over masked://calc\n");
}

#[cfg(feature = "blocking")]
#[test]
fn calls_without_async() {
    assert_eq!(prints("blocking"), "add(10, 5) = 15\na square: 1\na square: 4\na square: 9\n");
}

#[test]
fn two_processes_over_tcp() {
    calculates_across_processes("tcp://127.0.0.1:0");
}

#[cfg(unix)]
#[test]
fn two_processes_over_a_unix_socket() {
    let path = socket("two");
    calculates_across_processes(&format!("unix://{}", path.display()));
    assert!(!path.exists(), "the server left its socket behind");
}

/// A server with one call at work, and the client that waits for it.
#[cfg(unix)]
fn busy(pause: &str) -> (Server, Child) {
    let mut server = Server::start_with("tcp://127.0.0.1:0", &[], &["--pause", pause]);
    let mut client = server.client(&["add", "10", "5"]);
    client.env(TIMEOUT, "60s").stdout(Stdio::piped()).stderr(Stdio::piped());
    let client = client.spawn().unwrap();
    assert_eq!(server.line(), "working on add(10, 5)");
    (server, client)
}

#[cfg(unix)]
#[test]
fn a_call_in_flight_survives_sigterm() {
    let (server, client) = busy("700");
    server.signal("TERM");
    let Output { status, stdout, stderr } = client.wait_with_output().unwrap();
    assert!(status.success(), "{}", text(&stderr));
    assert_eq!(text(&stdout), "add(10, 5) = 15\n");
    assert_eq!(server.end(), [stopping("SIGTERM"), "stopped".to_owned()]);
}

#[cfg(unix)]
#[test]
fn a_second_signal_ends_the_calls_in_flight() {
    let (mut server, client) = busy("3600000");
    server.signal("TERM");
    assert_eq!(server.line(), stopping("SIGTERM"));
    server.signal("INT");
    assert_eq!(server.end(), ["SIGINT: stopped at once"]);
    let Output { status, stderr, .. } = client.wait_with_output().unwrap();
    assert!(!status.success());
    assert!(text(&stderr).contains("CalculatorService.add"), "{}", text(&stderr));
}

#[test]
fn a_wrong_command_line_is_told_in_one_sentence() {
    for (arguments, expected) in [
        (&[][..], "no operation given; usage: "),
        (&["add", "1"], "an operation takes two numbers; usage: "),
        (&["power", "1", "2"], "there is no operation `power`; usage: "),
        (&["add", "1", "x"], "cannot parse argument \"x\": invalid digit found in string"),
        (&["--confg", "x"], "invalid option '--confg'; usage: "),
        (&["--config"], "missing argument for option '--config'"),
    ] {
        let said = complains(example("calculator_client").args(arguments));
        assert!(said.starts_with(&format!("calculator_client: {expected}")), "{said}");
    }
    let said = complains(example("calculator_server").arg("now"));
    assert!(said.starts_with("calculator_server: unexpected argument \"now\"; usage: "), "{said}");
}

#[test]
fn a_wrong_configuration_is_told_in_one_sentence() {
    let missing = file("missing.toml").display().to_string();
    for name in ["calculator_client", "calculator_server"] {
        let mut command = example(name);
        command.args(["--config", &missing]);
        if name == "calculator_client" {
            command.args(["add", "1", "2"]);
        }
        assert_eq!(
            complains(&mut command),
            format!(
                "{name}: invalid argument: cannot read the configuration `{missing}`: there is no such file"
            )
        );
    }
    let empty = file("empty.toml");
    std::fs::write(&empty, "").unwrap();
    let empty = empty.display().to_string();
    assert_eq!(
        complains(example("calculator_client").args(["--config", &empty, "add", "1", "2"])),
        format!(
            "calculator_client: invalid argument: `{empty}` has no client `calculator`: it has none at all; \
             add a table `[clients.calculator]` with an `endpoint`"
        )
    );
    assert_eq!(
        complains(example("calculator_server").args(["--config", &empty])),
        format!(
            "calculator_server: invalid argument: `{empty}` does not say where to listen: \
             add `listen` to the table `[server]`"
        )
    );
}

#[test]
fn a_scheme_that_nobody_knows_is_told_with_those_that_are_known() {
    let client = ["--config", CONFIG, "add", "1", "2"];
    let said = complains(example("calculator_client").args(client).env(ENDPOINT, "tpc://127.0.0.1:1"));
    assert!(said.contains("unknown transport `tpc` in `tpc://127.0.0.1:1`: known are mem, tcp"), "{said}");
    let server = ["--config", CONFIG];
    let said = complains(example("calculator_server").args(server).env(LISTEN, "tpc://127.0.0.1:1"));
    assert!(said.contains("unknown transport `tpc` in `tpc://127.0.0.1:1`: known are mem, tcp"), "{said}");
}

#[test]
fn a_port_in_use_is_told_with_the_port() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut server = example("calculator_server");
    let said = complains(server.args(["--config", CONFIG]).env(LISTEN, format!("tcp://{address}")));
    assert!(said.contains(&address) && said.contains("in use"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_server_that_is_not_there_is_told_with_its_endpoint() {
    let endpoint = format!("unix://{}", socket("nobody").display());
    let mut client = example("calculator_client");
    client.args(["--config", CONFIG, "add", "1", "2"]).env(ENDPOINT, &endpoint).env(TIMEOUT, "300ms");
    let said = complains(&mut client);
    assert!(said.contains(&endpoint), "{said}");
}

#[test]
fn the_configuration_of_the_examples_is_valid() {
    assert!(Path::new(CONFIG).exists());
    farcall::Config::from_toml(&std::fs::read_to_string(CONFIG).unwrap(), "calculator.toml").unwrap();
}
