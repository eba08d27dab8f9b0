//! Every kind of argument, there and back.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use bytes::Bytes;
use farcall::{Context, rpc_service};
use serde::{Deserialize, Serialize};

/// Neither `Clone` nor `Copy`.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Point {
    x: i32,
    y: i32,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct View<'a> {
    title: &'a str,
    #[serde(borrow)]
    tags: Vec<&'a str>,
}

type Byte = u8;
type Blob = Vec<Byte>;

#[rpc_service]
#[allow(clippy::ptr_arg, reason = "`&Vec<u8>` is to cross as well as `&[u8]`")]
trait Echo {
    async fn text(&self, text: &str) -> String;
    async fn two_texts<'x, 'y: 'x>(&self, first: &'x str, second: &'y str) -> String;
    async fn block(&self, block: &[u8]) -> Vec<u8>;
    async fn block_by_alias(&self, block: &[Byte], owned: Blob) -> Blob;
    async fn shared_block(&self, block: Bytes) -> Bytes;
    async fn lent_blocks(&self, first: &Bytes, second: &Vec<u8>, third: Option<&Bytes>) -> usize;
    async fn one(&self, point: &Point) -> (i32, i32);
    async fn many(&self, points: &[Point]) -> Vec<Point>;
    async fn optional(
        &self,
        text: Option<&str>,
        block: Option<&[u8]>,
        point: Option<&Point>,
    ) -> (usize, usize, i32);
    async fn optional_blocks(
        &self,
        first: Option<Bytes>,
        second: Option<Vec<u8>>,
    ) -> (Option<u8>, Option<Vec<u8>>);
    async fn copied_on_write(&self, text: Cow<'_, str>, block: Cow<'_, [u8]>) -> Cow<'static, str>;
    #[allow(elided_lifetimes_in_paths, reason = "it may be left out")]
    async fn copied_without_lifetime(&self, text: Cow<str>, many: Vec<std::borrow::Cow<[u8]>>) -> usize;
    async fn path(&self, path: &Path, maybe: Option<&Path>) -> PathBuf;
    async fn bound_lifetime(&self, marker: PhantomData<for<'a> fn(&'a u8) -> &'a u8>, text: &str) -> usize;
    async fn lent(&self, view: View<'_>, words: Vec<&str>) -> String;
    async fn owned(&self, text: String, pair: (u8, Option<Point>), fixed: [u16; 3]) -> String;
    async fn nothing(&self);
    async fn context_first(&self, context: &Context, value: u8) -> u8;
    async fn context_between(&self, first: u8, context: &farcall::Context, second: u8) -> bool;
    fn plain(&self, text: &str, count: usize) -> usize;
    fn future(&self, text: &str) -> impl Future<Output = usize> + Send;
}

#[derive(Default)]
struct Recorder {
    addresses: Mutex<Vec<bool>>,
}

#[allow(clippy::ptr_arg, reason = "as the trait has it")]
impl Echo for Recorder {
    async fn text(&self, text: &str) -> String {
        text.to_owned()
    }
    async fn two_texts<'x, 'y: 'x>(&self, first: &'x str, second: &'y str) -> String {
        format!("{first}{second}")
    }
    async fn block(&self, block: &[u8]) -> Vec<u8> {
        block.to_vec()
    }
    async fn block_by_alias(&self, block: &[Byte], owned: Blob) -> Blob {
        [block, &owned].concat()
    }
    async fn shared_block(&self, block: Bytes) -> Bytes {
        block
    }
    async fn lent_blocks(&self, first: &Bytes, second: &Vec<u8>, third: Option<&Bytes>) -> usize {
        first.len() * 100 + second.len() * 10 + third.map_or(0, Bytes::len)
    }
    async fn one(&self, point: &Point) -> (i32, i32) {
        (point.x, point.y)
    }
    async fn many(&self, points: &[Point]) -> Vec<Point> {
        points.iter().rev().map(|&Point { x, y }| Point { x, y }).collect()
    }
    async fn optional(
        &self,
        text: Option<&str>,
        block: Option<&[u8]>,
        point: Option<&Point>,
    ) -> (usize, usize, i32) {
        (text.map_or(99, str::len), block.map_or(99, <[u8]>::len), point.map_or(99, |point| point.x))
    }
    async fn optional_blocks(
        &self,
        first: Option<Bytes>,
        second: Option<Vec<u8>>,
    ) -> (Option<u8>, Option<Vec<u8>>) {
        (first.and_then(|block| block.first().copied()), second)
    }
    async fn copied_on_write(&self, text: Cow<'_, str>, block: Cow<'_, [u8]>) -> Cow<'static, str> {
        self.addresses.lock().unwrap().push(matches!(text, Cow::Borrowed(_)));
        Cow::Owned(format!("{text} {}", block.len()))
    }
    async fn copied_without_lifetime(&self, text: Cow<'_, str>, many: Vec<Cow<'_, [u8]>>) -> usize {
        text.len() + many.len()
    }
    async fn path(&self, path: &Path, maybe: Option<&Path>) -> PathBuf {
        maybe.map_or_else(|| path.to_owned(), |maybe| path.join(maybe))
    }
    async fn bound_lifetime(&self, _: PhantomData<for<'a> fn(&'a u8) -> &'a u8>, text: &str) -> usize {
        text.len()
    }
    async fn lent(&self, view: View<'_>, words: Vec<&str>) -> String {
        format!("{} {} {}", view.title, view.tags.join("+"), words.join("+"))
    }
    async fn owned(&self, text: String, pair: (u8, Option<Point>), fixed: [u16; 3]) -> String {
        format!("{text} {pair:?} {fixed:?}")
    }
    async fn nothing(&self) {}
    async fn context_first(&self, context: &Context, value: u8) -> u8 {
        assert_eq!(context.method().map(|method| method.name), Some("context_first"));
        value
    }
    async fn context_between(&self, first: u8, context: &farcall::Context, second: u8) -> bool {
        // A yield shows that the context lives as long as the handler.
        tokio::task::yield_now().await;
        context.method().is_some() && first < second
    }
    fn plain(&self, text: &str, count: usize) -> usize {
        text.len() * count
    }
    async fn future(&self, text: &str) -> usize {
        text.len()
    }
}

#[tokio::test]
async fn a_cow_may_leave_its_lifetime_out() {
    let echo = EchoClient::local(Recorder::default());
    let text = String::from("abc");
    let many = vec![Cow::Borrowed(text.as_bytes()), Cow::Owned(vec![1])];
    assert_eq!(echo.copied_without_lifetime(Cow::Borrowed(&text), many).await.unwrap(), 5);
}

#[tokio::test]
async fn a_path_is_lent() {
    let echo = EchoClient::local(Recorder::default());
    assert_eq!(echo.path(Path::new("a"), None).await.unwrap(), Path::new("a"));
    assert_eq!(echo.path(Path::new("a"), Some(Path::new("b"))).await.unwrap(), Path::new("a").join("b"));
}

#[tokio::test]
async fn a_type_may_bind_lifetimes_of_its_own() {
    let echo = EchoClient::local(Recorder::default());
    assert_eq!(echo.bound_lifetime(PhantomData, "abc").await.unwrap(), 3);
}

#[tokio::test]
async fn borrowed_text_arrives_whole() {
    let echo = EchoClient::local(Recorder::default());
    for text in ["", "plain", "größer 🦀", "a \"quoted\"\n\\ \u{1} line"] {
        assert_eq!(echo.text(text).await.unwrap(), text);
    }
    // The borrow is as short as the caller's.
    let future = {
        let owned = String::from("short");
        let text = echo.text(&owned).await.unwrap();
        echo.text("static ").await.unwrap() + &text
    };
    assert_eq!(future, "static short");
    let local = String::from("b");
    assert_eq!(echo.two_texts("a", &local).await.unwrap(), "ab");
}

#[tokio::test]
async fn blocks_arrive_whole() {
    let echo = EchoClient::local(Recorder::default());
    for block in [&[][..], &[0], &[0xff; 10_000]] {
        assert_eq!(echo.block(block).await.unwrap(), block);
        assert_eq!(echo.shared_block(Bytes::copy_from_slice(block)).await.unwrap(), block);
        let twice = echo.block_by_alias(block, block.to_vec()).await.unwrap();
        assert_eq!(twice, [block, block].concat());
    }
    let (bytes, vec) = (Bytes::from_static(&[1]), vec![1, 2]);
    assert_eq!(echo.lent_blocks(&bytes, &vec, Some(&bytes)).await.unwrap(), 121);
    let blocks = echo.optional_blocks(Some(Bytes::from_static(&[7])), None).await.unwrap();
    assert_eq!(blocks, (Some(7), None));
    let blocks = echo.optional_blocks(None, Some(vec![1, 2])).await.unwrap();
    assert_eq!(blocks, (None, Some(vec![1, 2])));
}

#[tokio::test]
async fn borrowed_values_need_no_clone() {
    let echo = EchoClient::local(Recorder::default());
    let points = [Point { x: 1, y: 2 }, Point { x: 3, y: 4 }];
    assert_eq!(echo.one(&points[0]).await.unwrap(), (1, 2));
    assert_eq!(echo.many(&points).await.unwrap(), [Point { x: 3, y: 4 }, Point { x: 1, y: 2 }]);
    assert_eq!(echo.many(&[]).await.unwrap(), []);
    assert_eq!(echo.optional(Some("abc"), Some(&[1]), Some(&points[1])).await.unwrap(), (3, 1, 3));
    assert_eq!(echo.optional(None, None, None).await.unwrap(), (99, 99, 99));
}

#[tokio::test]
async fn cow_is_borrowed_from_the_message() {
    let recorder = std::sync::Arc::new(Recorder::default());
    let echo = <EchoClient as farcall::Client>::from_service(EchoServer::from_arc(recorder.clone()));
    let text = echo.copied_on_write("lent".into(), vec![1, 2].into()).await.unwrap();
    assert_eq!(text, "lent 2");
    assert_eq!(*recorder.addresses.lock().unwrap(), [true]);
}

#[tokio::test]
async fn everything_else_goes_by_serde() {
    let echo = EchoClient::local(Recorder::default());
    let view = View { title: "title", tags: vec!["a", "b"] };
    assert_eq!(echo.lent(view, vec!["c", "d"]).await.unwrap(), "title a+b c+d");
    let text = echo.owned("t".into(), (1, Some(Point { x: 2, y: 3 })), [4, 5, 6]).await.unwrap();
    assert_eq!(text, "t (1, Some(Point { x: 2, y: 3 })) [4, 5, 6]");
    echo.nothing().await.unwrap();
}

#[tokio::test]
async fn the_context_is_no_argument_of_the_client() {
    let echo = EchoClient::local(Recorder::default());
    assert_eq!(echo.context_first(7).await.unwrap(), 7);
    assert!(echo.context_between(1, 2).await.unwrap());
}

#[tokio::test]
async fn a_method_may_be_plain_or_return_a_future() {
    let echo = EchoClient::local(Recorder::default());
    assert_eq!(echo.plain("abc", 3).await.unwrap(), 9);
    assert_eq!(echo.future("abcd").await.unwrap(), 4);
}

#[rpc_service]
trait Marking {
    async fn mark(&self, marks: Vec<()>);
}

impl Marking for Recorder {
    async fn mark(&self, _: Vec<()>) {}
}

#[tokio::test]
async fn arguments_that_cannot_be_written_are_told_by_the_method() {
    let marks = vec![(); 1 << 20];
    let error = MarkingClient::local(Recorder::default()).mark(marks).await.unwrap_err();
    assert_eq!(error.code(), farcall::Code::InvalidArgument);
    assert!(error.message().starts_with("the arguments of `Marking.mark` cannot be sent: "), "{error}");
    assert!(error.message().ends_with(", in `mark`"), "{error}");
}
