use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a lone call costs at least: 16 bytes there and back.
pub struct Echo {
    stream: TcpStream,
}

pub async fn start() -> Echo {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        stream.set_nodelay(true).expect("an option");
        let mut buffer = [0; 16];
        while stream.read_exact(&mut buffer).await.is_ok() {
            stream.write_all(&buffer).await.expect("a write");
        }
    });
    let stream = TcpStream::connect(address).await.expect("a connection");
    stream.set_nodelay(true).expect("an option");
    Echo { stream }
}

impl Echo {
    pub async fn rate(&mut self, slice: Duration) -> f64 {
        let start = Instant::now();
        let mut calls = 0_u64;
        let mut buffer = [7; 16];
        while start.elapsed() < slice {
            self.stream.write_all(&buffer).await.expect("a write");
            self.stream.read_exact(&mut buffer).await.expect("a read");
            calls += 1;
        }
        calls as f64 / start.elapsed().as_secs_f64()
    }
}
