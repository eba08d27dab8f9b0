use bytes::BytesMut;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::frame::{Body, Frame, make_room};
use super::outgoing::Outgoing;

pub(super) async fn accept(listener: TcpListener) {
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        stream.set_nodelay(true).expect("an option");
        tokio::spawn(serve(stream));
    }
}

/// Until the client is gone. What arrived with one read is answered with one write.
async fn serve(mut stream: TcpStream) {
    let (mut read, mut replies) = (BytesMut::new(), Outgoing::default());
    loop {
        make_room(&mut read);
        match stream.read_buf(&mut read).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        while let Some(Frame { id, body }) = Frame::decode(&mut read) {
            replies.push(Frame { id, body: handle(body) });
        }
        if stream.write_all_buf(&mut replies).await.is_err() {
            return;
        }
    }
}

fn handle(body: Body) -> Body {
    match body {
        Body::Add(a, b) => Body::Sum(a + b),
        Body::Payload(payload) => Body::Payload(payload),
        Body::Sum(_) => panic!("a sum is no request"),
    }
}
