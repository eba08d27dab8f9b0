//! A thousand connections, all of them accepted and of use.

use futures::{StreamExt, stream};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use rpc_core::Endpoint;

use super::Subject;
use super::subject::{assert_carries, serve_echo};

const CONNECTIONS: u32 = 1000;

pub(super) async fn thousand_connections_in_sequence(subject: &Subject) {
    let mut listener = subject.listen().await;
    for _ in 0..CONNECTIONS {
        let (mut client, mut server) = subject.pair_on(listener.as_mut()).await;
        assert_carries(&mut client, &mut server).await;
    }
}

pub(super) async fn thousand_connections_64_at_a_time(subject: &Subject) {
    let listener = subject.listen().await;
    let endpoint = listener.endpoint();
    let server = tokio::spawn(serve_echo(listener));
    let each = stream::iter(0..CONNECTIONS).map(|number| ask(subject, &endpoint, number));
    let answered = each.buffer_unordered(64).count().await;
    assert_eq!(u32::try_from(answered), Ok(CONNECTIONS));
    server.abort();
}

async fn ask(subject: &Subject, endpoint: &Endpoint, number: u32) {
    let mut link = subject.connect(endpoint).await;
    link.writer.write_u32(number).await.expect("writing");
    link.writer.flush().await.expect("flushing");
    assert_eq!(link.reader.read_u32().await.expect("the answer"), number);
}
