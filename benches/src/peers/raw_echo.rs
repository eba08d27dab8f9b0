use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;

use super::{Ability, Client, Peer};

/// What a lone call costs at least, its bytes there and back, and what a stream of numbers can reach: a loop that fills
/// buffers of 64 KiB, and one that reads them.
pub struct RawEcho;

impl Peer for RawEcho {
    const NAME: &'static str = "raw";
    const PACKAGE: Option<&'static str> = None;
    const SETUP: &'static str =
        "hand-written loop over TCP, one call at a time, no ids: a length and the bytes, and back";
    const LACKS: &'static [(Ability, &'static str)] =
        &[(Ability::InFlight, "one call at a time on a connection is what it is for")];

    type Client = RawClient;
    type Server = ();

    async fn serve() -> (String, ()) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                stream.set_nodelay(true).expect("an option");
                tokio::spawn(serve(stream));
            }
        });
        (address, ())
    }

    async fn connect(address: String) -> RawClient {
        let stream = TcpStream::connect(address).await.expect("a connection");
        stream.set_nodelay(true).expect("an option");
        RawClient { connection: Arc::new(Mutex::new(BufReader::new(stream))) }
    }
}

/// In place of a length: a count follows, and so many numbers are asked for.
const COUNT: u32 = u32::MAX;
const HEAD: usize = 4;
const NUMBER: usize = 8;
/// How many numbers are written at a time.
const BATCH: u64 = 8_192;

/// Until the client is gone.
async fn serve(stream: TcpStream) {
    let mut stream = BufReader::new(stream);
    let mut message = Vec::new();
    while let Ok(length) = stream.read_u32().await {
        let served = match length {
            COUNT => count(&mut stream, &mut message).await,
            _ => echo(&mut stream, &mut message, length as usize).await,
        };
        if served.is_err() {
            return;
        }
    }
}

async fn echo(stream: &mut BufReader<TcpStream>, message: &mut Vec<u8>, length: usize) -> io::Result<()> {
    message.resize(HEAD + length, 0);
    message[..HEAD].copy_from_slice(&(length as u32).to_be_bytes());
    stream.read_exact(&mut message[HEAD..]).await?;
    stream.write_all(message).await
}

async fn count(stream: &mut BufReader<TcpStream>, message: &mut Vec<u8>) -> io::Result<()> {
    let count = stream.read_u64().await?;
    for first in (0..count).step_by(BATCH as usize) {
        message.clear();
        for number in first..count.min(first + BATCH) {
            message.extend_from_slice(&number.to_be_bytes());
        }
        stream.write_all(message).await?;
    }
    Ok(())
}

#[derive(Clone)]
pub struct RawClient {
    connection: Arc<Mutex<BufReader<TcpStream>>>,
}

impl Client for RawClient {
    type Payload = Vec<u8>;
    type Reply = Vec<u8>;

    async fn add(&self, a: i64, b: i64) -> i64 {
        let stream = &mut *self.connection.lock().await;
        let mut message = [0; HEAD + 2 * NUMBER];
        message[..HEAD].copy_from_slice(&(2 * NUMBER as u32).to_be_bytes());
        message[HEAD..][..NUMBER].copy_from_slice(&a.to_be_bytes());
        message[HEAD + NUMBER..].copy_from_slice(&b.to_be_bytes());
        stream.write_all(&message).await.expect("a write");
        stream.read_u32().await.expect("a reply");
        stream.read_i64().await.expect("a number") + stream.read_i64().await.expect("a number")
    }

    async fn echo(&self, payload: &Vec<u8>) -> Vec<u8> {
        let stream = &mut *self.connection.lock().await;
        let mut message = Vec::with_capacity(HEAD + payload.len());
        message.extend_from_slice(&(payload.len() as u32).to_be_bytes());
        message.extend_from_slice(payload);
        stream.write_all(&message).await.expect("a write");
        let length = stream.read_u32().await.expect("a reply");
        message.resize(length as usize, 0);
        stream.read_exact(&mut message).await.expect("a reply");
        message
    }

    async fn count(&self, count: u64) -> u64 {
        let stream = &mut *self.connection.lock().await;
        let mut request = [0; HEAD + NUMBER];
        request[..HEAD].copy_from_slice(&COUNT.to_be_bytes());
        request[HEAD..].copy_from_slice(&count.to_be_bytes());
        stream.write_all(&request).await.expect("a write");
        let mut numbers = vec![0; BATCH as usize * NUMBER];
        let (mut left, mut sum) = (count, 0);
        while left > 0 {
            let batch = left.min(BATCH);
            let numbers = &mut numbers[..batch as usize * NUMBER];
            stream.read_exact(numbers).await.expect("numbers");
            sum += numbers.as_chunks().0.iter().map(|number| u64::from_be_bytes(*number)).sum::<u64>();
            left -= batch;
        }
        sum
    }
}
