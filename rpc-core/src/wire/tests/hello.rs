use super::hello;
use crate::wire::{CloseCode, Decoder, Event, Hello, WireErrorKind, refusal_for_stranger};

fn speaks(version_min: u64, version_max: u64) -> Hello {
    Hello { version_min, version_max, ..hello() }
}

#[test]
fn the_version_is_the_highest_that_both_speak() {
    assert_eq!(speaks(1, 1).negotiate_version(&speaks(1, 1)), Ok(1));
    assert_eq!(speaks(1, 3).negotiate_version(&speaks(2, 5)), Ok(3));
    assert_eq!(speaks(2, 5).negotiate_version(&speaks(1, 3)), Ok(3));
}

#[test]
fn without_a_common_version_the_error_names_both_ranges() {
    let error = speaks(1, 2).negotiate_version(&speaks(3, 4)).unwrap_err();
    assert_eq!(error.close_code(), CloseCode::Version);
    assert_eq!(
        error.to_string(),
        "no common version: this side speaks 1 to 2, the peer 3 to 4; update the older one"
    );
    assert!(speaks(3, 4).negotiate_version(&speaks(1, 2)).is_err());
}

#[test]
fn a_stranger_is_told_from_the_first_eight_bytes_and_only_once() {
    let mut decoder = Decoder::new(65_536);
    let mut input = &b"GET /"[..];
    assert_eq!(decoder.next(&mut input), Ok(None));
    assert!(decoder.is_mid_frame());
    let mut input = &b" HTTP/1.1\r\n"[..];
    assert_eq!(decoder.next(&mut input), Ok(Some(Event::Stranger(*b"GET / HT"))));
    assert!(!decoder.is_mid_frame());
    for _ in 0..2 {
        let error = decoder.next(&mut input).unwrap_err();
        assert_eq!((error.kind(), error.close_code()), (WireErrorKind::Stranger, CloseCode::Hello));
    }
}

#[test]
fn http_gets_a_complete_response() {
    for first in ["GET / HT", "POST /a ", "OPTIONS "] {
        let answer = String::from_utf8(refusal_for_stranger(first.as_bytes())).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{head}");
        assert!(head.contains(&format!("\r\nContent-Length: {}\r\n", body.len())), "{head}");
        assert!(body.ends_with(".\n"));
    }
}

#[test]
fn tls_gets_the_alert_protocol_version() {
    let client_hello = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01];
    assert_eq!(refusal_for_stranger(&client_hello), [21, 3, 3, 0, 2, 2, 70]);
}

#[test]
fn everybody_else_gets_one_line() {
    for first in [&b"\0\0\0\0\0\0\0\0"[..], b"SSH-2.0-", b""] {
        let answer = String::from_utf8(refusal_for_stranger(first)).unwrap();
        assert_eq!(answer.lines().count(), 1);
        assert!(answer.ends_with('\n'));
    }
}
