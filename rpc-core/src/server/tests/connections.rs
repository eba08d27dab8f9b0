use std::sync::Arc;
use std::time::Duration;

use crate::server::accept::tests::Lines;
use crate::server::connections::Connections;
use crate::server::router::Router;
use crate::{Limits, Link};

#[tokio::test(start_paused = true)]
async fn a_flood_of_refused_connections_is_a_line_a_second() {
    let lines = Lines::default();
    let _logging = tracing::subscriber::set_default(lines.clone());
    let limits = Arc::new(Limits { max_connections: 1, ..Limits::default() });
    let connections = Connections::new(limits, Arc::new(Router::default()));
    // One end stays, so that the connection does.
    let (here, _there) = tokio::io::duplex(1 << 10);
    let (reader, writer) = tokio::io::split(here);
    connections.add(Link::new(reader, writer, "first"), None);
    for _ in 0..2 {
        for _ in 0..500 {
            connections.add(Link::new(tokio::io::empty(), tokio::io::sink(), "one too many"), None);
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let lines = lines.0.lock().unwrap();
    let left_out = lines.get("refused a connection: max_connections are open");
    assert_eq!(left_out, Some(&vec![0, 499]), "{lines:?}");
}
