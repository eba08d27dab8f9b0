//! Servers that do not speak every codec.

use farcall::Endpoint;
use rpc_core::wire::{Decoder, Event, Hello};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};

use super::{fails, farcall, server, succeeds};

const POSTCARD: u8 = 1;
const COMPACT: u8 = 3;

/// Where the server at `url` speaks these codecs only, as far as its hello says.
async fn speaking(codecs: &'static [u8], url: &str) -> String {
    let address = url.parse::<Endpoint>().unwrap().address().to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("tcp://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (client, _) = listener.accept().await.unwrap();
            let server = TcpStream::connect(&address).await.unwrap();
            tokio::spawn(between(client, server, codecs));
        }
    });
    url
}

async fn between(client: TcpStream, server: TcpStream, codecs: &[u8]) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let there = tokio::spawn(async move {
        let _gone = copy(&mut from_client, &mut to_server).await;
        let _gone = to_server.shutdown().await;
    });
    let (mut input, mut decoder) = (Vec::new(), Decoder::new(1 << 20));
    let hello = loop {
        if from_server.read_buf(&mut input).await.unwrap_or(0) == 0 {
            return;
        }
        let mut rest = input.as_slice();
        let found = loop {
            match decoder.next(&mut rest).unwrap() {
                Some(Event::Hello(hello)) => break Some(hello),
                Some(_) => {}
                None => break None,
            }
        };
        let taken = input.len() - rest.len();
        input.drain(..taken);
        if let Some(hello) = found {
            break hello;
        }
    };
    let mut bytes = Vec::new();
    Hello { codecs: codecs.to_vec(), ..hello }.encode(&mut bytes);
    bytes.append(&mut input);
    let _gone = to_client.write_all(&bytes).await;
    let _gone = copy(&mut from_server, &mut to_client).await;
    let _gone = to_client.shutdown().await;
    there.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_codec_that_the_server_does_not_speak_is_told_at_once() {
    let (_server, url) = server().await;
    let url = speaking(&[POSTCARD, COMPACT], &url).await;
    succeeds(&farcall(&["call", &url, "test.Sums.add", "[1, 2]"]), "3\n");
    let said = format!(
        "unimplemented: cannot connect to `{url}?codec=json`: the peer does not speak json, which this side asks for: \
         this side speaks json, postcard, compact, xml, the peer postcard, compact"
    );
    let call = ["call", &url, "test.Sums.add", "[1, 2]", "--codec", "json", "--timeout", "never"];
    let ended = farcall(&call);
    fails(&ended, 5, &said);
    assert_eq!(ended.stderr, format!("farcall: {said}\n"));
    let in_the_url = format!("{url}?codec=json");
    fails(&farcall(&["call", &in_the_url, "test.Sums.add", "[1, 2]"]), 5, &said);
    // What it serves is told all the same.
    for arguments in [&["ls", &url, "--codec", "json"][..], &["describe", &in_the_url, "test.Sums.add"]] {
        let ended = farcall(arguments);
        assert!(ended.code == Some(0) && ended.stdout.contains("test.Sums.add"), "{ended:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_the_codec_of_descriptions_is_told_as_that() {
    let (_server, url) = server().await;
    let url = speaking(&[POSTCARD], &url).await;
    let said =
        format!("unimplemented: cannot connect to `{url}?codec=compact`: the peer does not speak compact, ");
    for arguments in [&["ls", &url][..], &["describe", &url], &["call", &url, "test.Sums.add", "[1, 2]"]] {
        fails(&farcall(arguments), 5, &said);
    }
}
