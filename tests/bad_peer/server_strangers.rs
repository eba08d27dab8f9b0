//! Peers that speak something else.

use super::kit::{Peer, in_time, serve};

async fn answer(bytes: &[u8]) -> Vec<u8> {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let mut peer = Peer::silent(&endpoint).await;
    peer.send(bytes).await;
    in_time(peer.rest()).await
}

#[tokio::test]
async fn an_http_request_reads_one_sentence_and_the_status_400() {
    let text = String::from_utf8(answer(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").await).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{head}");
    assert!(head.contains(&format!("Content-Length: {}\r\n", body.len())), "{head}");
    assert!(body.contains("farcall") && body.matches('.').count() == 1 && body.ends_with(".\n"), "{body}");
}

#[tokio::test]
async fn a_long_http_request_reads_the_answer_all_the_same() {
    // More than the first eight bytes is unread when the server answers: a reset would destroy the answer.
    let mut request = b"POST /upload HTTP/1.1\r\nContent-Length: 100000\r\n\r\n".to_vec();
    request.resize(request.len() + 100_000, b'x');
    let text = String::from_utf8(answer(&request).await).unwrap();
    assert!(text.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{text}");
}

#[tokio::test]
async fn an_http_2_preface_and_a_line_of_text_read_a_line_of_text() {
    for bytes in
        [&b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..], b"EHLO mail.example\r\n", b"\0\0\0\0\0\0\0\0", &[0xff; 64]]
    {
        let text = String::from_utf8(answer(bytes).await).unwrap();
        assert!(text.contains("farcall") && text.ends_with('\n') && text.lines().count() == 1, "{text}");
    }
}

#[tokio::test]
async fn a_tls_client_hello_reads_the_fatal_alert_protocol_version() {
    let mut client_hello = vec![22, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3];
    client_hello.resize(205, 0x5a);
    assert_eq!(answer(&client_hello).await, [21, 3, 3, 0, 2, 2, 70]);
}

#[tokio::test]
async fn a_magic_with_one_wrong_byte_is_a_stranger() {
    for position in 0..8 {
        let mut magic = rpc_core::wire::Hello::MAGIC;
        magic[position] ^= 0x20;
        assert!(String::from_utf8(answer(&magic).await).unwrap().contains("farcall"));
    }
}

#[tokio::test]
async fn fewer_than_eight_bytes_and_the_end_are_no_answer() {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    for bytes in [&b""[..], b"G", b"GET / H", &rpc_core::wire::Hello::MAGIC[..7]] {
        let mut peer = Peer::silent(&endpoint).await;
        peer.send(bytes).await;
        peer.shut().await;
        assert_eq!(in_time(peer.rest()).await, b"");
    }
}
