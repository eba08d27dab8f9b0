//! The sentence that each mistake in a configuration gets.

use farcall::{Code, Config, Executed, Fault, Server, TransportRegistry};

use super::calculator::CalculatorServiceClient;
use super::{FILE, read, read_with, sentence, sentence_with};

#[test]
fn a_variable_that_misses_an_underscore_is_told_with_the_right_spelling() {
    for (variable, meant) in [
        ("FARCALL_LIMITS_MAX_MESSAGE", "FARCALL_LIMITS__MAX_MESSAGE"),
        ("FARCALL_SERVER_LISTEN", "FARCALL_SERVER__LISTEN"),
        ("FARCALL_SERVER_INTROSPECTION", "FARCALL_SERVER__INTROSPECTION"),
        ("FARCALL_CLIENTS_CALCULATOR_ENDPOINT", "FARCALL_CLIENTS__CALCULATOR__ENDPOINT"),
        ("FARCALL_CLIENTS_MY_STORE_TIMEOUT", "FARCALL_CLIENTS__MY_STORE__TIMEOUT"),
    ] {
        assert_eq!(
            sentence_with([(variable, "1")]),
            format!(
                "the variable `{variable}`: it has no effect: keys are joined by two underscores, as in `{meant}`"
            )
        );
    }
    for foreign in ["FARCALL_SERVER_URL", "FARCALL_CLIENTS_ONLY", "FARCALL_LIMITS"] {
        assert_eq!(read_with([(foreign, "1")]).unwrap(), read(FILE), "{foreign}");
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_text_is_named() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    let variables = [(OsString::from("FARCALL_SERVER__GRACE"), OsString::from_vec(vec![0xff]))];
    let error = Config::from_toml_and_variables(FILE, "farcall.toml", variables).unwrap_err();
    assert_eq!(error.message(), "the variable `FARCALL_SERVER__GRACE`: the value is not text in UTF-8");
    let others = [(OsString::from_vec(vec![0xff]), OsString::from_vec(vec![0xff]))];
    assert!(Config::from_toml_and_variables(FILE, "farcall.toml", others).is_ok());
}

#[test]
fn every_mistake_is_the_callers_and_nothing_was_called() {
    let error = Config::from_toml("[servers]", "farcall.toml").unwrap_err();
    assert_eq!(
        (error.code(), error.fault(), error.executed()),
        (Code::InvalidArgument, Fault::Caller, Executed::No)
    );
}

/// All that this build has.
fn codecs() -> String {
    let codecs = farcall::codec::Codec::ALL.iter().map(|codec| format!("`{codec}`"));
    codecs.collect::<Vec<_>>().join(", ")
}

#[test]
fn a_mistake_in_the_file_is_one_sentence_with_its_line() {
    for (text, expected) in [
        (
            "[servers]\nlisten = 'mem://a'",
            "`farcall.toml`, line 1: there is no key `servers`; known here: `limits`, `server`, `clients`",
        ),
        (
            "[clients.calculator]\n\nendpont = 'mem://a'",
            "`farcall.toml`, line 3: there is no key `clients.calculator.endpont`; \
             known here: `endpoint`, `timeout`",
        ),
        (
            "[clients.'calc v2']\nendpoint = 'mem://a'\nretry = true",
            "`farcall.toml`, line 3: there is no key `clients.\"calc v2\".retry`; \
             known here: `endpoint`, `timeout`",
        ),
        (
            "[clients.calculator]\ntimeout = '2s'",
            "`farcall.toml`, line 1: the key `clients.calculator.endpoint` is missing",
        ),
        (
            "[clients.calculator]\nendpoint = 5",
            "`farcall.toml`, line 2: `clients.calculator.endpoint` is 5, but has to be an endpoint such as \
             \"tcp://127.0.0.1:9090\" or a list of them",
        ),
        (
            "[clients.calculator]\nendpoint = '127.0.0.1:9090'",
            "`farcall.toml`, line 2: `clients.calculator.endpoint`: `127.0.0.1:9090` is not an endpoint: \
             write the transport before it, as in `tcp://127.0.0.1:9090`",
        ),
        (
            "[server]\nlisten = [\n  'mem://a',\n  'b',\n]",
            "`farcall.toml`, line 4: `server.listen`: `b` is not an endpoint: \
             write the transport before it, as in `tcp://127.0.0.1:9090`",
        ),
        (
            "[server]\nlisten = [1]",
            "`farcall.toml`, line 2: `server.listen` is 1, but has to be text in quotes",
        ),
        (
            "[server]\nlisten = []",
            "`farcall.toml`, line 2: `server.listen`: the list is empty: give at least one endpoint",
        ),
        (
            "[clients.calculator]\nendpoint = 'mem://a'\ntimeout = 2",
            "`farcall.toml`, line 3: `clients.calculator.timeout` is 2, but has to be \
             a duration such as \"2s\" or \"never\"",
        ),
        (
            "[clients.calculator]\nendpoint = 'mem://a'\ntimeout = 'soon'",
            "`farcall.toml`, line 3: `clients.calculator.timeout`: `soon` is not \
             a duration such as \"2s\" or \"never\": expected number at 0",
        ),
        (
            "server.grace = '5 parsecs'",
            "`farcall.toml`, line 1: `server.grace`: `5 parsecs` is not a duration such as \"2s\" or \"250ms\": \
             unknown time unit \"parsecs\", supported units: ns, us/µs, ms, sec, min, hours, days, weeks, months, \
             years (and few variations)",
        ),
        (
            "server.shards = 0",
            "`farcall.toml`, line 1: `server.shards`: `0` is not a number of threads from 1 to 1024, \"per-core\" \
             or \"off\"",
        ),
        (
            "server.shards = true",
            "`farcall.toml`, line 1: `server.shards` is true, but has to be a number of threads from 1 to 1024, \
             \"per-core\" or \"off\"",
        ),
        (
            "server.introspection = 'true'",
            "`farcall.toml`, line 1: `server.introspection` is \"true\", but has to be true or false",
        ),
        (
            "[limits]\nmax_calls = 'many'",
            "`farcall.toml`, line 2: `limits.max_calls` is \"many\", but has to be a whole number, 0 or more",
        ),
        (
            "[limits]\nmax_calls = '1024'",
            "`farcall.toml`, line 2: `limits.max_calls` is \"1024\", but has to be a whole number, 0 or more",
        ),
        (
            "[limits]\nmax_calls = true",
            "`farcall.toml`, line 2: `limits.max_calls` is true, but has to be a whole number, 0 or more",
        ),
        (
            "[limits]\nmax_calls = 1.5",
            "`farcall.toml`, line 2: `limits.max_calls` is 1.5, but has to be a whole number, 0 or more",
        ),
        (
            "[limits]\nmax_calls = -1",
            "`farcall.toml`, line 2: `limits.max_calls` is -1, but has to be a whole number, 0 or more",
        ),
        (
            "[limits]\nmax_calls = 99999999999999999999",
            "`farcall.toml`, line 2: the number 99999999999999999999 is too large",
        ),
        (
            "[limits]\nmax_message = 33554432",
            "`farcall.toml`, line 2: the limit `max_call_bytes` is 16777216, but has to be 33554432 to 17179869184 \
             (at least `max_message`)",
        ),
        (
            "[server]\n[limits]\nhello_timeout = '1s'\nmax_frame = 65536\nmax_outbound = 65535",
            "`farcall.toml`, line 5: the limit `max_outbound` is 65535, but has to be 65536 to 1073741824 \
             (at least `max_frame`)",
        ),
        (
            "[clients.calculator]\nendpoint = 'mem://a'\ntimeout = '0s'",
            "`farcall.toml`, line 3: `clients.calculator.timeout`: `0s` leaves no time, so that every call would have \
             expired: write a duration such as \"2s\", or \"never\"",
        ),
        (
            "[clients.calculator]\nendpoint = 'tcp://'",
            "`farcall.toml`, line 2: `clients.calculator.endpoint`: `tcp://` has no port: \
             write it as in `tcp://127.0.0.1:9090`",
        ),
        (
            "[clients.calculator]\nendpoint = 'tcp://a:99999'",
            "`farcall.toml`, line 2: `clients.calculator.endpoint`: the port `99999` in `tcp://a:99999` is not a \
             number from 0 to 65535: write `tcp://host:port`",
        ),
        (
            "[clients.calculator]\nendpoint = 'tcp://a:0'",
            "`farcall.toml`, line 2: `clients.calculator.endpoint`: `tcp://a:0` cannot be connected to: \
             port 0 is only for listening",
        ),
        (
            "[clients.'calc v2']\nendpoint = [\n  'mem://a',\n  'mem://b?codec=morse',\n]",
            "`farcall.toml`, line 4: `clients.\"calc v2\".endpoint`: unknown codec `morse` in \
             `mem://b?codec=morse`: this program has {codecs}",
        ),
        (
            "[server]\nlisten = 'tcp://127.0.0.1:0?nodelay=1'",
            "`farcall.toml`, line 2: `server.listen`: the transport `tcp` does not know the parameter `nodelay` of \
             `tcp://127.0.0.1:0?nodelay=1`: it knows `codec`",
        ),
        (
            "[server]\nlisten = ['mem://', 'tcp://a:99999']",
            "`farcall.toml`, line 2: `server.listen`: the port `99999` in `tcp://a:99999` is not a \
             number from 0 to 65535: write `tcp://host:port`",
        ),
        (
            "[limits]\nmax_calls = 1",
            "`farcall.toml`, line 2: the limit `max_calls` is 1, but has to be 64 to 65536",
        ),
        ("clients = 5", "`farcall.toml`, line 1: `clients` is 5, but has to be a table"),
        (
            "[clients]\ncalculator = 'mem://a'",
            "`farcall.toml`, line 2: `clients.calculator` is \"mem://a\", but has to be a table",
        ),
        (
            "[[server]]\nlisten = 'mem://a'",
            "`farcall.toml`, line 1: `server` is a list, but has to be a table",
        ),
    ] {
        assert_eq!(sentence(text), expected.replace("{codecs}", &codecs()));
    }
}

#[test]
fn a_file_that_is_not_toml_is_told_with_line_and_column() {
    assert_eq!(
        sentence("[server]\nlisten = mem://calc\n"),
        "`farcall.toml`, line 2, column 10: this is not TOML: string values must be quoted, expected literal string"
    );
    assert_eq!(
        sentence("[server]\ngrace = '1s'\ngrace = '2s'"),
        "`farcall.toml`, line 3, column 1: this is not TOML: duplicate key"
    );
}

#[test]
fn a_mistake_in_a_variable_names_the_variable() {
    for (variable, value, expected) in [
        (
            "FARCALL_CLIENTS__CALCULATOR__ENDPONT",
            "mem://a",
            "the variable `FARCALL_CLIENTS__CALCULATOR__ENDPONT`: there is no key `clients.calculator.endpont`; \
             known here: `endpoint`, `timeout`",
        ),
        (
            "FARCALL_CLIENT__CALCULATOR__ENDPOINT",
            "mem://a",
            "the variable `FARCALL_CLIENT__CALCULATOR__ENDPOINT`: there is no key `client`; \
             known here: `limits`, `server`, `clients`",
        ),
        (
            "FARCALL_CLIENTS__CALCULATOR__ENDPOINT",
            "",
            "the variable `FARCALL_CLIENTS__CALCULATOR__ENDPOINT`: `clients.calculator.endpoint`: \
             `` is not an endpoint: write the transport before it, as in `tcp://127.0.0.1:9090`",
        ),
        (
            "FARCALL_CLIENTS__CALCULATOR__ENDPOINT",
            "mem://",
            "the variable `FARCALL_CLIENTS__CALCULATOR__ENDPOINT`: `clients.calculator.endpoint`: `mem://` names \
             nobody to connect to: write the name that the listener has, as in `mem://calc`",
        ),
        (
            "FARCALL_CLIENTS__CALCULATOR__TIMEOUT",
            "0s",
            "the variable `FARCALL_CLIENTS__CALCULATOR__TIMEOUT`: `clients.calculator.timeout`: `0s` leaves no time, \
             so that every call would have expired: write a duration such as \"2s\", or \"never\"",
        ),
        (
            "FARCALL_SERVER__LISTEN",
            "['mem://a', 'mem://b?x=1']",
            "the variable `FARCALL_SERVER__LISTEN`: `server.listen`: the transport `mem` does not know the parameter \
             `x` of `mem://b?x=1`: it knows `codec`",
        ),
        (
            "FARCALL_SERVER__LISTEN",
            "[mem://a",
            "the variable `FARCALL_SERVER__LISTEN`: `[mem://a` is not a list as in TOML",
        ),
        (
            "FARCALL_SERVER__LISTEN",
            "[]",
            "the variable `FARCALL_SERVER__LISTEN`: `server.listen`: the list is empty: give at least one endpoint",
        ),
        (
            "FARCALL_SERVER__INTROSPECTION",
            "yes",
            "the variable `FARCALL_SERVER__INTROSPECTION`: `server.introspection` is \"yes\", but has to be true or false",
        ),
        (
            "FARCALL_LIMITS__MAX_CALLS",
            "many",
            "the variable `FARCALL_LIMITS__MAX_CALLS`: `limits.max_calls` is \"many\", \
             but has to be a whole number, 0 or more",
        ),
        (
            "FARCALL_LIMITS__MAX_CALLS",
            "1",
            "the variable `FARCALL_LIMITS__MAX_CALLS`: the limit `max_calls` is 1, but has to be 64 to 65536",
        ),
        (
            "FARCALL_CLIENTS__OTHER__TIMEOUT",
            "1s",
            "the variable `FARCALL_CLIENTS__OTHER__TIMEOUT`: the key `clients.other.endpoint` is missing",
        ),
        (
            "FARCALL_SERVER__GRACE__X",
            "1s",
            "the variable `FARCALL_SERVER__GRACE__X`: `server.grace`: it has no keys below it",
        ),
    ] {
        assert_eq!(sentence_with([(variable, value)]), expected);
    }
}

#[test]
fn a_variable_that_may_be_for_two_clients_is_refused() {
    let file = "[clients.a-b]\nendpoint = 'mem://1'\n[clients.A_B]\nendpoint = 'mem://2'";
    let variables = [("FARCALL_CLIENTS__A_B__TIMEOUT", "1s")];
    let error = Config::from_toml_and_variables(file, "farcall.toml", variables).unwrap_err();
    assert_eq!(
        error.message(),
        "the variable `FARCALL_CLIENTS__A_B__TIMEOUT`: it may be for the client `A_B` and for the client `a-b`"
    );
}

#[test]
fn an_endpoint_of_the_file_that_no_transport_has_is_an_error() {
    let known = TransportRegistry::global().schemes().join(", ");
    assert_eq!(
        sentence("server.listen = 'carrier-pigeon://here'"),
        format!(
            "`farcall.toml`, line 1: `server.listen`: unknown transport `carrier-pigeon` in \
             `carrier-pigeon://here`: known are {known}"
        )
    );
    assert_eq!(
        sentence_with([("FARCALL_CLIENTS__CALCULATOR__ENDPOINT", "quic://a:1")]),
        format!(
            "the variable `FARCALL_CLIENTS__CALCULATOR__ENDPOINT`: `clients.calculator.endpoint`: unknown transport \
             `quic` in `quic://a:1`: known are {known}"
        )
    );
}

#[test]
fn what_is_wrong_in_a_configuration_made_otherwise_is_told_with_its_key() {
    let mut config: Config =
        serde_json::from_str(r#"{"clients":{"a":{"endpoint":"quic://a:1"}},"server":{"listen":"tcp://"}}"#)
            .unwrap();
    let error = CalculatorServiceClient::from_config(&config, "a").unwrap_err();
    assert_eq!(error.code(), Code::InvalidArgument);
    assert!(
        error.message().starts_with("the configuration: `clients.a.endpoint`: unknown transport `quic`"),
        "{error}"
    );
    let error = Server::from_config(&config).err().unwrap();
    assert!(
        error.message().starts_with("the configuration: `server.listen`: `tcp://` has no port"),
        "{error}"
    );
    config.server.listen = vec!["mem://".parse().unwrap()];
    config.limits.max_calls = 0;
    let error = Server::from_config(&config).err().unwrap();
    assert_eq!(error.message(), "the configuration: the limit `max_calls` is 0, but has to be 64 to 65536");
}
