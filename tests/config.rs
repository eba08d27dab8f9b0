//! The configuration file: what it may say, what overrides it, and the sentence that each mistake gets.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../examples/shared/calculator.rs"]
mod calculator;
#[path = "config/mistakes.rs"]
mod mistakes;

use std::path::PathBuf;
use std::time::Duration;

use calculator::{Calculator, CalculatorServiceClient, CalculatorServiceServer};
use farcall::{ClientConfig, Code, Config, Executed, Limits, RpcError, Server, Shards, Timeout};

const FILE: &str = r#"
[limits]
max_message = 8388608
hello_timeout = "250ms"

[server]
listen = ["tcp://127.0.0.1:9090", "unix:///run/calc.sock"]
grace = "1m"
shards = "per-core"
introspection = true

[clients.calculator]
endpoint = "tcp://127.0.0.1:9090"
timeout = "2s"

[clients.My-Store]
endpoint = ["mem://a", "mem://b?codec=postcard"]
timeout = "never"
"#;

fn read(text: &str) -> Config {
    Config::from_toml(text, "farcall.toml").unwrap()
}

fn read_with<const N: usize>(variables: [(&str, &str); N]) -> Result<Config, RpcError> {
    Config::from_toml_and_variables(FILE, "farcall.toml", variables)
}

fn sentence(text: &str) -> String {
    Config::from_toml(text, "farcall.toml").unwrap_err().message().to_owned()
}

fn sentence_with<const N: usize>(variables: [(&str, &str); N]) -> String {
    read_with(variables).unwrap_err().message().to_owned()
}

fn endpoints(client: &ClientConfig) -> Vec<String> {
    client.endpoint.iter().map(ToString::to_string).collect()
}

/// A file or folder of this test's own.
fn place(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn every_key_is_read() {
    let config = read(FILE);
    assert_eq!(
        config.limits,
        Limits { max_message: 8 << 20, hello_timeout: Duration::from_millis(250), ..Limits::default() }
    );
    let listen = config.listen().unwrap().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(listen, ["tcp://127.0.0.1:9090", "unix:///run/calc.sock"]);
    assert_eq!(config.server.grace, Duration::from_secs(60));
    assert_eq!(config.server.shards, Shards::PerCore);
    assert!(config.server.introspection);
    let calculator = config.client("calculator").unwrap();
    assert_eq!(endpoints(calculator), ["tcp://127.0.0.1:9090"]);
    assert_eq!(calculator.timeout, Timeout::After(Duration::from_secs(2)));
    let store = config.client("My-Store").unwrap();
    assert_eq!(endpoints(store), ["mem://a", "mem://b?codec=postcard"]);
    assert_eq!(store.timeout, Timeout::Never);
}

#[test]
fn every_key_but_an_endpoint_has_a_default() {
    let config = read("[clients.calculator]\nendpoint = 'mem://calc'");
    assert_eq!(config.limits, Limits::default());
    assert_eq!(config.server.listen, []);
    assert_eq!(config.server.grace, Duration::from_secs(30));
    assert_eq!(config.server.shards, Shards::Off);
    assert!(!config.server.introspection);
    assert_eq!(config.clients["calculator"], ClientConfig::new("mem://calc").unwrap());
    assert_eq!(config.clients["calculator"].timeout, Timeout::After(Duration::from_secs(10)));
}

#[test]
fn the_types_are_plain_serde_data() {
    let config = read(FILE);
    let json = serde_json::to_string(&config).unwrap();
    let back: Config = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&back.limits, &back.server, &back.clients),
        (&config.limits, &config.server, &config.clients)
    );
    let wrong = serde_json::from_str::<Config>(r#"{"clients":{"a":{"endpoint":"mem://a","tiemout":"2s"}}}"#);
    assert!(
        wrong
            .unwrap_err()
            .to_string()
            .starts_with("unknown field `tiemout`, expected `endpoint` or `timeout`")
    );
}

#[test]
fn a_variable_overrides_the_file() {
    let config = read_with([
        ("FARCALL_CLIENTS__CALCULATOR__ENDPOINT", "unix:///run/other.sock"),
        ("FARCALL_CLIENTS__CALCULATOR__TIMEOUT", "never"),
        ("FARCALL_SERVER__LISTEN", r#"["mem://a", "mem://b"]"#),
        ("FARCALL_SERVER__GRACE", "5s"),
        ("FARCALL_SERVER__SHARDS", "4"),
        ("FARCALL_SERVER__INTROSPECTION", "false"),
        ("FARCALL_LIMITS__MAX_CALLS", "2048"),
        ("FARCALL_LIMITS__HELLO_TIMEOUT", "1s"),
    ])
    .unwrap();
    let calculator = config.client("calculator").unwrap();
    assert_eq!(endpoints(calculator), ["unix:///run/other.sock"]);
    assert_eq!(calculator.timeout, Timeout::Never);
    let listen = config.server.listen.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(listen, ["mem://a", "mem://b"]);
    assert_eq!(config.server.grace, Duration::from_secs(5));
    assert_eq!(config.server.shards, Shards::Count(4));
    assert!(!config.server.introspection);
    assert_eq!(config.limits.max_calls, 2_048);
    assert_eq!(config.limits.hello_timeout, Duration::from_secs(1));
    assert_eq!(config.limits.max_message, 8 << 20, "what no variable names stays as the file has it");
}

#[test]
fn capitals_and_hyphens_of_a_clients_name_are_forgiven_in_a_variable() {
    let config = read_with([("FARCALL_CLIENTS__MY_STORE__ENDPOINT", "mem://other")]).unwrap();
    assert_eq!(endpoints(config.client("My-Store").unwrap()), ["mem://other"]);
    assert_eq!(config.clients.len(), 2);
}

#[test]
fn a_variable_may_add_a_client() {
    let config = read_with([("FARCALL_CLIENTS__KEY_VALUE__ENDPOINT", "mem://kv")]).unwrap();
    assert_eq!(endpoints(config.client("key_value").unwrap()), ["mem://kv"]);
}

#[test]
fn other_variables_are_left_alone() {
    let config = read_with([("FARCALL_NO_SKIP", "1"), ("FARCALLS__X", "1"), ("PATH", "/bin")]).unwrap();
    assert_eq!(config, read(FILE));
}

#[test]
fn a_client_that_is_not_there_is_told_with_those_that_are() {
    let error = read(FILE).client("calc").unwrap_err();
    assert_eq!(error.message(), "`farcall.toml` has no client `calc`: it has `My-Store`, `calculator`");
    let error = read("").client("calc").unwrap_err();
    assert_eq!(
        error.message(),
        "`farcall.toml` has no client `calc`: it has none at all; \
         add a table `[clients.calc]` with an `endpoint`"
    );
    let error = Config::default().client("calc").unwrap_err();
    assert!(error.message().starts_with("the configuration has no client `calc`"));
}

#[test]
fn a_server_without_an_endpoint_is_told_what_to_add() {
    let error = read("").listen().unwrap_err();
    assert_eq!(
        error.message(),
        "`farcall.toml` does not say where to listen: add `listen` to the table `[server]`"
    );
}

#[tokio::test]
async fn the_shards_of_the_file_are_those_of_the_server() {
    let calculator = || CalculatorServiceServer::new(Calculator);
    let mut config = read("[server]\nlisten = 'mem://'\nshards = 2");
    let server = Server::from_config(&config).unwrap().service(calculator()).start().await.unwrap();
    let client = CalculatorServiceClient::connect(server.endpoints()).await.unwrap();
    assert_eq!(client.add(10, 5).await.unwrap(), 15);
    config.server.shards = Shards::Count(0);
    let error = Server::from_config(&config).unwrap().service(calculator()).start().await.unwrap_err();
    assert!(error.message().starts_with("a server cannot have 0 shards"), "{error}");
}

#[cfg(not(feature = "introspection"))]
#[test]
fn introspection_without_its_feature_is_told_when_a_server_is_made() {
    // Not when it is read: a client may share the file.
    let config = read("[server]\nlisten = 'mem://'\nintrospection = true");
    assert_eq!(
        Server::from_config(&config).err().unwrap().message(),
        "`farcall.toml`, or a variable over it, says `server.introspection = true`, but this program was built without \
         the feature `introspection` of farcall: switch that on, as in `farcall = { features = [\"introspection\"] }`, or \
         set the key to false"
    );
}

#[test]
fn a_file_is_loaded_by_its_path() {
    let path = place("config-loads.toml");
    std::fs::write(&path, FILE).unwrap();
    let config = Config::load(&path).unwrap();
    assert_eq!(config.clients, read(FILE).clients);
    let error = config.client("calc").unwrap_err();
    assert!(error.message().starts_with(&format!("`{}` has no client", path.display())), "{error}");
}

#[test]
fn a_file_that_cannot_be_read_is_told_with_the_reason() {
    let missing = place("config-is-missing.toml");
    assert_eq!(
        Config::load(&missing).unwrap_err().message(),
        format!("cannot read the configuration `{}`: there is no such file", missing.display())
    );
    let folder = place("");
    assert_eq!(
        Config::load(&folder).unwrap_err().message(),
        format!("cannot read the configuration `{}`: it is a folder", folder.display())
    );
    let binary = place("config-is-binary.toml");
    std::fs::write(&binary, [0xff, 0xfe]).unwrap();
    assert_eq!(
        Config::load(&binary).unwrap_err().message(),
        format!("cannot read the configuration `{}`: it is not text in UTF-8", binary.display())
    );
}

/// What a program does that only knows its configuration.
async fn add(server: &Config, client: impl FnOnce(String) -> Config) -> Result<i64, RpcError> {
    let server =
        Server::from_config(server)?.service(CalculatorServiceServer::new(Calculator)).start().await?;
    let client = client(server.endpoints()[0].to_string());
    let calculator = CalculatorServiceClient::from_config(&client, "calculator")?;
    calculator.add(10, 5).await.map_err(|error| error.rpc().unwrap().clone())
}

#[tokio::test]
async fn the_file_alone_decides_on_the_transport() {
    let mut listens = vec!["mem://".to_owned(), "tcp://127.0.0.1:0".to_owned()];
    if cfg!(unix) {
        let path = std::env::temp_dir().join(format!("farcall-{}-config.sock", std::process::id()));
        listens.push(format!("unix://{}", path.display()));
    }
    for listen in listens {
        let server = read(&format!("server.listen = '{listen}'"));
        let client = |endpoint| read(&format!("clients.calculator.endpoint = '{endpoint}'"));
        assert_eq!(add(&server, client).await, Ok(15), "{listen}");
    }
}

#[tokio::test]
async fn the_timeout_of_the_file_is_that_of_the_calls() {
    let server = read("server.listen = 'mem://'");
    let client = |endpoint| read(&format!("[clients.calculator]\nendpoint = '{endpoint}'\ntimeout = '1ns'"));
    let error = add(&server, client).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::No));
}
