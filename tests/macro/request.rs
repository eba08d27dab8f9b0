//! The request enum: a call as a value.

use std::borrow::Cow;

use farcall::{Arg, rpc_service};
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Point {
    x: i32,
}

#[rpc_service]
trait Board {
    async fn draw(&self, name: &str, at: &Point, pixels: &[u8], label: Option<&str>);
    async fn write(&self, text: Cow<'_, str>, points: &[Point], #[rpc(default)] size: u8, bold: Option<bool>);
    #[cfg(not(test))]
    async fn removed(&self);
    async fn clear(&self);
}

fn draw() -> BoardRequest<'static> {
    BoardRequest::Draw {
        name: "a".into(),
        at: (&Point { x: 1 }).into(),
        pixels: Arg::from(&[1, 2][..]),
        label: None,
    }
}

#[test]
fn debug_shows_it_as_it_is_written() {
    assert_eq!(format!("{:?}", BoardRequest::Clear {}), "Clear");
    let text = format!("{:?}", draw());
    assert_eq!(text, r#"Draw { name: "a", at: Point { x: 1 }, pixels: [1, 2], label: None }"#);
}

#[test]
fn its_serde_form_is_tagged_by_the_variant() {
    let text = serde_json::to_string(&draw()).unwrap();
    assert_eq!(text, r#"{"Draw":{"name":"a","at":{"x":1},"pixels":[1,2],"label":null}}"#);
    assert_eq!(serde_json::to_string(&BoardRequest::Clear {}).unwrap(), r#"{"Clear":{}}"#);
    match serde_json::from_str::<BoardRequest<'_>>(&text).unwrap() {
        BoardRequest::Draw { name, at, pixels, label } => {
            assert_eq!((&*name, &*at, &*pixels), ("a", &Point { x: 1 }, &[1, 2][..]));
            assert!(name.is_borrowed() && label.is_none());
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_cannot_be_lent_is_owned() {
    let text = r#"{"Write":{"text":"a\"b","points":[{"x":7}],"bold":true}}"#;
    match serde_json::from_str::<BoardRequest<'_>>(text).unwrap() {
        BoardRequest::Write { text, points, size, bold } => {
            assert_eq!((&*text, points[0].x, size, bold), ("a\"b", 7, 0, Some(true)));
            assert!(!text.is_borrowed() && !points.is_borrowed());
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_absent_option_is_none_and_a_stranger_is_ignored() {
    let text = r#"{"Write":{"stranger":[1],"text":"","points":[]}}"#;
    assert!(matches!(serde_json::from_str(text).unwrap(), BoardRequest::Write { bold: None, size: 0, .. }));
}

#[test]
fn errors_name_what_is_wrong() {
    for (text, message) in [
        (r#"{"Write":{"text":""}}"#, "argument `points` of `Board.write` is missing"),
        (r#"{"Write":{"text":"","text":""}}"#, "argument `text` of `Board.write` is there twice"),
        (r#"{"Paint":{}}"#, "`Paint` is not a variant of the requests to `Board`"),
        (r#"{"Write":7}"#, "expected the arguments of `Board.write`"),
    ] {
        let error = serde_json::from_str::<BoardRequest<'_>>(text).unwrap_err().to_string();
        assert!(error.contains(message), "{text}: {error}");
    }
}
