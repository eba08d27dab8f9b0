use super::{fails, farcall, farcall_with, server};

#[tokio::test(flavor = "multi_thread")]
async fn wrong_arguments_are_told_by_name_and_nothing_is_called() {
    let (_server, url) = server().await;
    for (arguments, said) in [
        (r#"{"a": 1}"#, "the argument `b` of `test.Sums.add` is missing: i64"),
        ("{}", "the arguments `a`, `b` of `test.Sums.add` are missing"),
        (r#"{"a": 1, "b": 2, "c": 3}"#, "`test.Sums.add` has no argument `c`: it has `a`, `b`"),
        (r#"{"a": 1, "a": 2}"#, "the argument `a` is given twice"),
        (r#"{"a": "x", "b": 2}"#, "argument `a`: invalid type: string \"x\", expected an integer from"),
        (
            r#"{"a": 1.5, "b": 2}"#,
            "argument `a`: invalid type: floating point `1.5`, expected an integer from",
        ),
        ("[1]", "the argument `b` of `test.Sums.add` is missing: i64"),
        ("[1, 2, 3]", "more arguments than `test.Sums.add` has: `a`, `b`"),
        (
            "7",
            "invalid type: integer `7`, expected an object with the arguments of `test.Sums.add`, or a list",
        ),
    ] {
        let ended = farcall(&["call", &url, "test.Sums.add", arguments]);
        fails(&ended, 2, &format!("the arguments are wrong: {said}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn arguments_that_are_no_json_are_told_what_is() {
    let (_server, url) = server().await;
    for (arguments, said) in [
        ("a=1", "expected value at line 1 column 1"),
        ("{\"a\": 1", "EOF while parsing an object at line 1 column 7"),
        ("[1, 2] 3", "trailing characters at line 1 column 8"),
    ] {
        let ended = farcall(&["call", &url, "test.Sums.add", arguments]);
        let form = r#"write an object, such as {"name": 1}, or a list, such as [1]"#;
        fails(&ended, 2, &format!("the arguments are no JSON: {said}; {form}\n"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_told_with_what_is() {
    let (_server, url) = server().await;
    let ended = farcall(&["call", &url, "Sums.add"]);
    fails(
        &ended,
        5,
        "not found: there is no service `Sums`: this server has `farcall.Introspection`, `test.Sums`",
    );
    let ended = farcall(&["call", &url, "test.Sums.subtract"]);
    fails(&ended, 5, "not found: `test.Sums` has no method `subtract`: it has `add`, `divide`");
    fails(&farcall(&["call", &url, "add"]), 2, "`add` is no method: write `Service.method`");
    fails(&farcall(&["describe", &url, "add"]), 5, "not found: there is no service `add`");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_exit_code_tells_the_kind_of_failure() {
    let (_server, url) = server().await;
    // An `InvalidArgument` of the handler's is no mistake of the command line.
    for (code, exit) in [(3, 7), (4, 4), (5, 5), (7, 6), (13, 7), (14, 3), (16, 6)] {
        let ended = farcall(&["call", &url, "test.Sums.find", &format!("[{code}]")]);
        assert_eq!(ended.code, Some(exit), "code {code}: {ended:?}");
        assert!(ended.stderr.ends_with(": it was to fail\n"), "{ended:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_listens() {
    let (server, url) = server().await;
    server.shutdown(std::time::Duration::ZERO).await;
    fails(&farcall(&["ls", &url]), 3, "unavailable: ");
}

#[test]
fn a_wrong_command_line_is_a_mistake_of_usage() {
    for arguments in [
        &["ls"][..],
        &["ls", "127.0.0.1:9090"],
        &["ls", "smoke://hill"],
        &["call", "tcp://127.0.0.1:1"],
        &["ls", "tcp://127.0.0.1:1", "--timeout", "soon"],
        &["ls", "tcp://127.0.0.1:1", "--codec", "postcard"],
        &["ls", "tcp://127.0.0.1:1", "--meta", "token"],
        &["ls", "calc", "--config", "/nowhere/farcall.toml"],
    ] {
        let ended = farcall(arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
        assert!(!ended.stderr.is_empty() && ended.stdout.is_empty(), "{ended:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_no_item_ends_the_call() {
    let (_server, url) = server().await;
    let ended = farcall_with(&["call", &url, "test.Sums.total"], "1\n-2\n3\n");
    fails(
        &ended,
        2,
        "line 2 of stdin: invalid value: integer `-2`, expected an integer from 0 to 4294967295 at column 2\n",
    );
    let ended = farcall_with(&["call", &url, "test.Sums.total"], "1\nx\n");
    fails(&ended, 2, "line 2 of stdin is no JSON: expected value at column 1\n");
    let ended = farcall_with(&["call", &url, "test.Sums.total", "-"], "{}");
    fails(&ended, 2, "`test.Sums.total` takes a stream, which is read from stdin");
}
