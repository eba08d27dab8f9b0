//! Addresses: taken, free, wrong.

use std::io::{self, ErrorKind};

use futures::future::join;
use rpc_core::{Endpoint, Link, Listener, UnboundLink};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::Subject;
use super::subject::{assert_carries, echo};

pub(super) async fn address_in_use(subject: &Subject) {
    let mut listener = subject.listen().await;
    for _ in 0..3 {
        let second = subject.transport.listen(&listener.endpoint()).await;
        assert_error(second, ErrorKind::AddrInUse, "a second listener");
        // The first one is as good as before.
        let (mut client, mut server) = subject.pair_on(listener.as_mut()).await;
        assert_carries(&mut client, &mut server).await;
    }
}

pub(super) async fn nobody_listening(subject: &Subject) {
    let listener = subject.listen().await;
    let endpoint = listener.endpoint();
    drop(listener);
    for _ in 0..3 {
        let refused = subject.transport.connect(&endpoint).await;
        assert_error(refused, ErrorKind::ConnectionRefused, "connecting to nobody");
    }
}

pub(super) async fn address_is_free_after_drop(subject: &Subject) {
    let mut listener = subject.listen().await;
    let endpoint = listener.endpoint();
    for _ in 0..5 {
        let (mut client, mut server) = subject.pair_on(listener.as_mut()).await;
        drop(listener);
        // What was accepted goes on without the listener.
        assert_carries(&mut client, &mut server).await;
        assert_error(subject.transport.connect(&endpoint).await, ErrorKind::ConnectionRefused, "connecting");
        listener = subject.transport.listen(&endpoint).await.expect("listening again");
        assert_eq!(listener.endpoint(), endpoint);
        // The connection of the first listener is still open: it must not keep the address.
        assert_carries(&mut client, &mut server).await;
    }
}

pub(super) async fn connections_that_wait_end_with_the_listener(subject: &Subject) {
    let listener = subject.listen().await;
    let endpoint = listener.endpoint();
    let mut waiting = Vec::new();
    for _ in 0..5 {
        waiting.push(subject.connect(&endpoint).await);
    }
    drop(listener);
    for mut link in waiting {
        let read = link.reader.read(&mut [0; 8]).await;
        assert!(matches!(read, Ok(0) | Err(_)), "bytes from nobody: {read:?}");
    }
}

pub(super) async fn endpoint_can_be_dialled(subject: &Subject) {
    let mut listener = subject.listen().await;
    let endpoint = listener.endpoint();
    let text = endpoint.to_string();
    assert_eq!(text.parse::<Endpoint>().as_ref(), Ok(&endpoint), "`{text}` cannot be read back");
    let fit = (subject.transport.check_listen(&subject.fresh()), subject.transport.check_connect(&endpoint));
    assert!(fit.0.is_ok() && fit.1.is_ok(), "the checks refuse what works: {fit:?}");
    let (mut client, mut server) = subject.pair_on(listener.as_mut()).await;
    assert_carries(&mut client, &mut server).await;
    for link in [client, server] {
        assert!(!link.peer.is_empty(), "a peer without a name");
    }
    let (first, second) = (subject.listen().await, subject.listen().await);
    assert_ne!(first.endpoint(), second.endpoint(), "two fresh listeners on one endpoint");
}

pub(super) async fn accepted_for_another_runtime(subject: &Subject) {
    let mut listener = subject.listen().await;
    for _ in 0..3 {
        let (mut client, unbound) = unbound_on(subject, listener.as_mut()).await;
        let serving = tokio::task::spawn_blocking(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a second runtime").block_on(async {
                let link = unbound.bind().expect("binding a connection");
                assert!(!link.peer.is_empty(), "a peer without a name");
                echo(link).await;
            });
        });
        for byte in 0..100 {
            client.writer.write_u8(byte).await.expect("writing a byte");
            client.writer.flush().await.expect("flushing a byte");
            assert_eq!(client.reader.read_u8().await.expect("reading a byte"), byte);
        }
        drop(client);
        serving.await.expect("a connection that ends with its peer");
    }
    let (mut client, unbound) = unbound_on(subject, listener.as_mut()).await;
    drop(unbound);
    let read = client.reader.read(&mut [0; 8]).await;
    assert!(matches!(read, Ok(0) | Err(_)), "bytes from nobody: {read:?}");
}

async fn unbound_on(subject: &Subject, listener: &mut dyn Listener) -> (Link, UnboundLink) {
    let endpoint = listener.endpoint();
    let (client, unbound) = join(subject.connect(&endpoint), listener.accept_unbound()).await;
    (client, unbound.expect("accepting a connection"))
}

pub(super) async fn invalid_addresses(subject: &Subject) {
    for endpoint in &subject.invalid {
        let what = endpoint.to_string();
        assert_error(subject.transport.connect(endpoint).await, ErrorKind::InvalidInput, &what);
        assert_error(subject.transport.listen(endpoint).await, ErrorKind::InvalidInput, &what);
    }
}

pub(super) async fn parameters(subject: &Subject) {
    let with = |endpoint: &Endpoint, parameter: &str| -> Endpoint {
        let text = endpoint.to_string();
        let joint = if text.contains('?') { '&' } else { '?' };
        format!("{text}{joint}{parameter}").parse().expect("an endpoint with one more parameter")
    };
    let unknown = with(&subject.fresh(), "no-such-parameter=1");
    for error in [
        assert_error(subject.transport.connect(&unknown).await, ErrorKind::InvalidInput, "a wrong parameter"),
        assert_error(subject.transport.listen(&unknown).await, ErrorKind::InvalidInput, "a wrong parameter"),
    ] {
        assert!(error.contains("no-such-parameter"), "the error does not name the parameter: {error}");
    }
    // The codec is farcall's own business.
    let codec = with(&subject.fresh(), "codec=postcard");
    let listener = subject.transport.listen(&codec).await.expect("listening with a codec");
    subject.connect(&with(&listener.endpoint(), "codec=postcard")).await;
}

fn assert_error<T>(result: io::Result<T>, kind: ErrorKind, what: &str) -> String {
    let Err(error) = result else { panic!("{what} is not refused") };
    assert_eq!(error.kind(), kind, "{what}: {error}");
    let message = error.to_string();
    assert!(message.contains(' '), "{what}: `{message}` is no sentence");
    message
}
