#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::future::pending;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::Duration;

use futures::future::join;
use rpc_core::{Endpoint, Listener, Transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, sleep};

use super::TcpTransport;
use super::address::Address;
use super::in_turn::{ATTEMPT_DELAY, in_turn};

fn endpoint(text: &str) -> Endpoint {
    text.parse().unwrap()
}

fn addresses() -> Vec<SocketAddr> {
    ["10.0.0.1:1", "10.0.0.2:2", "[2001:db8::3]:3"].map(|text| text.parse().unwrap()).to_vec()
}

async fn carries(listener: &mut Box<dyn Listener>, endpoint: &Endpoint) {
    let (client, server) = join(TcpTransport.connect(endpoint), listener.accept()).await;
    let (mut client, mut server) = (client.unwrap(), server.unwrap());
    client.writer.write_u8(7).await.unwrap();
    assert_eq!(server.reader.read_u8().await.unwrap(), 7);
}

#[test]
fn addresses_are_read() {
    let parse = |text: &str| Address::parse(&endpoint(text)).unwrap();
    for literal in ["127.0.0.1:9090", "[::1]:9090", "[fe80::1%2]:80", "0.0.0.0:0", "[::]:0"] {
        assert_eq!(parse(&format!("tcp://{literal}")), Address::Literal(literal.parse().unwrap()));
    }
    let name = |host: &str, port| Address::Name { host: host.to_owned(), port };
    assert_eq!(parse("tcp://localhost:80"), name("localhost", 80));
    assert_eq!(parse("tcp://calc.example.com:65535"), name("calc.example.com", 65535));
}

#[test]
fn a_wrong_address_is_told_in_a_sentence_that_says_what_to_write() {
    let message = |text: &str| Address::parse(&endpoint(text)).unwrap_err().to_string();
    for (text, what) in [
        ("tcp://", "has no port"),
        ("tcp://127.0.0.1", "has no port"),
        ("tcp://[::1]", "has no port"),
        ("tcp://::1", "without brackets"),
        ("tcp://[::1", "not an IPv6 address in brackets"),
        ("tcp://:9090", "has no host"),
        ("tcp://localhost:", "the port ``"),
        ("tcp://localhost:http", "the port `http`"),
        ("tcp://localhost:65536", "the port `65536`"),
        ("tcp://localhost:80/path", "the port `80/path`"),
        ("tcp://fe80::1:x:80", "not an IPv6 address in brackets"),
    ] {
        let message = message(text);
        assert!(message.contains(what), "{text}: {message}");
        assert!(message.contains(&format!("`{text}`")), "{text}: {message}");
        assert!(message.contains("write"), "{text}: {message}");
    }
}

#[test]
fn what_is_wrong_is_told_without_a_network() {
    for text in ["tcp://127.0.0.1", "tcp://a:99999", "tcp://", "tcp://a:1?x=1"] {
        let endpoint = endpoint(text);
        for error in [TcpTransport.check_connect(&endpoint), TcpTransport.check_listen(&endpoint)] {
            assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidInput, "{text}");
        }
    }
    let any = endpoint("tcp://no-such-host.invalid:0");
    assert_eq!(TcpTransport.check_connect(&any).unwrap_err().kind(), ErrorKind::InvalidInput);
    assert!(TcpTransport.check_listen(&any).is_ok());
}

#[tokio::test]
async fn ipv6() {
    let mut listener = match TcpTransport.listen(&endpoint("tcp://[::1]:0")).await {
        Ok(listener) => listener,
        // A machine without IPv6 can say nothing about it.
        Err(error) => return assert_eq!(error.kind(), ErrorKind::AddrNotAvailable),
    };
    let endpoint = listener.endpoint();
    assert!(endpoint.address().starts_with("[::1]:") && !endpoint.address().ends_with(":0"), "{endpoint}");
    carries(&mut listener, &endpoint).await;
    let (client, server) = join(TcpTransport.connect(&endpoint), listener.accept()).await;
    assert_eq!(client.unwrap().peer, endpoint.to_string());
    assert!(server.unwrap().peer.starts_with("tcp://[::1]:"));
}

#[tokio::test]
async fn a_name_with_a_dead_address() {
    // `localhost` may be `::1` and `127.0.0.1`, and only the second one listens.
    let mut listener = TcpTransport.listen(&endpoint("tcp://127.0.0.1:0")).await.unwrap();
    let text = listener.endpoint().to_string().replace("127.0.0.1", "localhost");
    carries(&mut listener, &endpoint(&text)).await;

    let mut listener = TcpTransport.listen(&endpoint("tcp://localhost:0")).await.unwrap();
    let own = listener.endpoint();
    carries(&mut listener, &own).await;
}

#[tokio::test]
async fn a_name_that_nobody_has_is_not_found() {
    let error = TcpTransport.connect(&endpoint("tcp://no-such-host.invalid:9090")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(error.to_string().contains("cannot find the host `no-such-host.invalid`"), "{error}");
}

#[tokio::test]
async fn messages_name_the_endpoint_and_the_address() {
    let listener = TcpTransport.listen(&endpoint("tcp://127.0.0.1:0")).await.unwrap();
    let taken = listener.endpoint();
    let used = TcpTransport.listen(&taken).await.err().unwrap();
    let begin = format!("cannot listen on `{taken}`: {}: ", taken.address());
    assert!(used.to_string().starts_with(&begin), "{used}");

    let zero = TcpTransport.connect(&endpoint("tcp://127.0.0.1:0")).await.unwrap_err();
    assert_eq!(zero.kind(), ErrorKind::InvalidInput);
}

#[test]
fn outside_a_runtime_there_is_an_error_and_no_panic() {
    use futures::FutureExt;
    let endpoint = endpoint("tcp://127.0.0.1:9");
    let connect = TcpTransport.connect(&endpoint).now_or_never().unwrap().unwrap_err();
    let listen = TcpTransport.listen(&endpoint).now_or_never().unwrap().err().unwrap();
    for error in [connect, listen] {
        assert!(error.to_string().contains("needs a tokio runtime"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_address_costs_no_time() {
    let before = Instant::now();
    let reached = in_turn(addresses(), |address| async move {
        if address.is_ipv6() { Ok(address) } else { Err(ErrorKind::ConnectionRefused.into()) }
    });
    assert_eq!(reached.await.unwrap().port(), 3);
    assert_eq!(before.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_silent_address_is_joined_by_the_next_one() {
    let before = Instant::now();
    let reached = in_turn(addresses(), |address| async move {
        if address.port() == 2 { Ok(address) } else { pending().await }
    });
    assert_eq!(reached.await.unwrap().port(), 2);
    assert_eq!(before.elapsed(), ATTEMPT_DELAY);
}

#[tokio::test(start_paused = true)]
async fn a_slow_address_may_still_win() {
    let reached = in_turn(addresses(), |address| async move {
        let silence = if address.port() == 1 { ATTEMPT_DELAY * 3 } else { ATTEMPT_DELAY * 100 };
        sleep(silence).await;
        Ok(address)
    });
    assert_eq!(reached.await.unwrap().port(), 1);
}

#[tokio::test(start_paused = true)]
async fn every_failed_address_is_told() {
    let failed = in_turn(addresses(), |address| async move {
        match address.port() {
            1 => {
                sleep(ATTEMPT_DELAY * 2).await;
                Err::<(), _>(io::Error::new(ErrorKind::TimedOut, "slow"))
            }
            2 => Err(io::Error::new(ErrorKind::ConnectionRefused, "refused")),
            _ => Err(io::Error::new(ErrorKind::HostUnreachable, "no way")),
        }
    });
    let error = failed.await.unwrap_err().into_error("cannot connect to `tcp://calc:9`");
    assert_eq!(
        error.to_string(),
        "cannot connect to `tcp://calc:9`: 10.0.0.2:2: refused; [2001:db8::3]:3: no way; 10.0.0.1:1: slow"
    );
    assert_eq!(error.kind(), ErrorKind::TimedOut);
}
