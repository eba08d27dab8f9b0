//! Peers whose hello is wrong.

use rpc_core::wire::{Frame, Hello};

use super::kit::{Peer, hello, hello_bytes, in_time, limits, serve, serve_with};

/// What the server says to `bytes` behind its own hello.
async fn close_for(bytes: &[u8]) -> (u64, String) {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let mut peer = Peer::silent(&endpoint).await;
    peer.send(bytes).await;
    in_time(async {
        peer.hello().await;
        peer.close().await
    })
    .await
}

fn magic_and(bytes: &[u8]) -> Vec<u8> {
    [&Hello::MAGIC[..], bytes].concat()
}

#[tokio::test]
async fn the_server_says_hello_as_soon_as_it_has_read_the_magic() {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let mut peer = Peer::silent(&endpoint).await;
    peer.send(&Hello::MAGIC).await;
    let said = in_time(peer.hello()).await;
    assert_eq!(said.services, [super::kit::service_id()]);
    assert_eq!(said.max_calls, limits().max_calls as u64);
}

#[tokio::test]
async fn a_frame_in_place_of_the_hello_is_malformed() {
    let mut call = Vec::new();
    Frame::Ping(*b"too soon").encode(&mut call);
    let (code, text) = close_for(&magic_and(&call)).await;
    assert_eq!(code, 3, "{text}");
}

#[tokio::test]
async fn a_malformed_hello_is_said_to_be_that() {
    let cases: [(&[u8], &str); 5] = [
        (&[0x81, 0x80, 0x01], "the length in the hello is 16385"),
        (&[0x02, 0x02, 0x01], "the version_max in the hello is 1"),
        (&[0x80, 0x00], "not the shortest form"),
        (&[0x00], "the hello ends in the middle of a field"),
        (&[0x06, 1, 1, 0, 0xff, 0x7f, 0], "the max_frame in the hello is 16383"),
    ];
    for (bytes, expected) in cases {
        let (code, text) = close_for(&magic_and(bytes)).await;
        assert_eq!(code, 3, "{text}");
        assert!(text.contains(expected), "{text}");
    }
}

#[tokio::test]
async fn no_common_version_names_both_ranges() {
    let newer = Hello { version_min: 7, version_max: 9, ..hello() };
    let (code, text) = close_for(&hello_bytes(&newer)).await;
    assert_eq!(code, 2);
    assert!(text.contains("1 to 1") && text.contains("7 to 9"), "{text}");
}

#[tokio::test]
async fn no_common_codec_names_both_lists() {
    let (code, text) = close_for(&hello_bytes(&Hello { codecs: vec![77, 200], ..hello() })).await;
    assert_eq!(code, 3);
    assert!(text.contains("postcard") && text.contains("codec 77") && text.contains("codec 200"), "{text}");
    let (code, text) = close_for(&hello_bytes(&Hello { codecs: vec![], ..hello() })).await;
    assert_eq!(code, 3);
    assert!(text.contains("no codec in common"), "{text}");
}

#[tokio::test]
async fn a_list_of_codecs_as_long_as_a_hello_can_be_is_not_repeated_in_full() {
    let (code, text) = close_for(&hello_bytes(&Hello { codecs: vec![9; 16_000], ..hello() })).await;
    assert_eq!(code, 3);
    assert!(text.len() < 512, "{} bytes of text", text.len());
}

#[tokio::test(start_paused = true)]
async fn a_second_hello_is_no_frame() {
    // Its first bytes are the length of a frame that never becomes whole.
    let (_server, endpoint, _) = serve_with("mem://", limits()).await;
    let mut peer = Peer::greeted(&endpoint).await;
    peer.send(&hello_bytes(&hello())).await;
    assert_eq!(peer.close().await.0, 12);
}

#[tokio::test]
async fn unknown_features_and_extensions_are_ignored() {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let mut peer = Peer::silent(&endpoint).await;
    let mut bytes = hello_bytes(&Hello { features: u64::MAX, version_max: u64::MAX, ..hello() });
    // One extension of two bytes, which makes the hello four bytes longer.
    let at = Hello::MAGIC.len();
    bytes[at] += 4;
    bytes.extend([5, 2, 0xaa, 0xbb]);
    peer.send(&bytes).await;
    in_time(async {
        peer.hello().await;
        peer.settle().await;
    })
    .await;
}
