//! `#[derive(Describe)]`: what types say of themselves, and who gets to know it.

use std::collections::HashMap;

use farcall::introspection::IntrospectionClient;
use farcall::schema::{Prober, Signature};
use farcall::{Client, Describe, MethodDescriptor, Server, ServiceDescriptor, rpc_service};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A place.
///
/// On the board.
#[derive(Serialize, Deserialize, Describe)]
struct Point {
    /// From the left.
    #[describe(number = 4)]
    x: f64,
    #[serde(skip)]
    #[allow(dead_code, reason = "it is skipped")]
    cache: u8,
    /// From the top.
    #[serde(rename = "top")]
    y: f64,
}

#[derive(Serialize, Deserialize, Describe)]
#[serde(rename_all = "kebab-case")]
enum Stroke {
    /// From place to place.
    #[describe(number = 9)]
    StraightLine(Point, Point),
    Circle {
        /// Its middle.
        centre: Point,
        #[describe(number = 7)]
        radius: f64,
    },
    /// All of these.
    Group(Vec<Stroke>),
    #[serde(skip)]
    #[allow(dead_code, reason = "it is skipped")]
    Cached,
    Nothing,
}

/// A page of what there is.
#[derive(Serialize, Deserialize, Describe)]
struct Page<T> {
    items: Vec<T>,
    /// Where to go on.
    next: Option<u64>,
}

/// Why not.
#[derive(Debug, Serialize, Deserialize, Describe)]
struct Refusal {
    /// For people.
    why: String,
}

/// Knows nothing of the derive.
#[derive(Serialize, Deserialize)]
struct Silent {
    hidden: Hidden,
}

/// Is not found.
#[derive(Serialize, Deserialize, Describe)]
struct Hidden {
    a: u8,
}

#[rpc_service]
trait Board {
    async fn draw(&self, stroke: &Stroke, by_name: HashMap<String, Point>) -> Result<(), Refusal>;
    async fn page(&self) -> Page<Point>;
    fn follow(&self) -> impl farcall::__private::Stream<Item = Result<Page<Stroke>, Refusal>> + Send;
    async fn upload(&self, points: impl farcall::__private::Stream<Item = Point> + Send) -> u64;
    async fn silent(&self, silent: Silent);
}

struct Empty;

impl Board for Empty {
    async fn draw(&self, _: &Stroke, _: HashMap<String, Point>) -> Result<(), Refusal> {
        Ok(())
    }
    async fn page(&self) -> Page<Point> {
        Page { items: Vec::new(), next: None }
    }
    fn follow(&self) -> impl farcall::__private::Stream<Item = Result<Page<Stroke>, Refusal>> + Send {
        futures::stream::empty()
    }
    async fn upload(&self, _: impl farcall::__private::Stream<Item = Point> + Send) -> u64 {
        0
    }
    async fn silent(&self, _: Silent) {}
}

fn method(name: &str) -> &'static MethodDescriptor {
    let service: &'static ServiceDescriptor = BoardClient::descriptor();
    service.methods.iter().find(|method| method.name == name).unwrap()
}

fn definitions(signature: &Signature) -> String {
    signature.types.definitions(signature.crossings().map(|(_, which)| which))
}

const DRAW: &str = "
enum Stroke {
    /// From place to place.
    #[describe(number = 9)]
    straight-line(Point, Point),
    circle {
        /// Its middle.
        centre: Point,
        #[describe(number = 7)]
        radius: f64,
    },
    /// All of these.
    group(Vec<Stroke>),
    nothing,
}

/// A place.
///
/// On the board.
struct Point {
    /// From the left.
    #[describe(number = 4)]
    x: f64,
    /// From the top.
    top: f64,
}

/// Why not.
struct Refusal {
    /// For people.
    why: String,
}
";

#[test]
fn arguments_results_errors_and_items_say_what_they_are() {
    assert_eq!(definitions(method("draw").signature().unwrap()), DRAW);
    let page = definitions(method("page").signature().unwrap());
    assert!(page.contains("/// Where to go on.\n    next?: Option<u64>"), "{page}");
    assert!(page.contains("/// A place."), "{page}");
    let follow = definitions(method("follow").signature().unwrap());
    for docs in ["/// A page of what there is.", "/// From place to place.", "/// Why not."] {
        assert!(follow.contains(docs), "{docs}: {follow}");
    }
    let upload = definitions(method("upload").signature().unwrap());
    assert!(upload.contains("/// A place."), "{upload}");
}

#[test]
fn behind_a_type_that_does_not_derive_it_nothing_is_found() {
    let silent = method("silent").signature().unwrap();
    assert_eq!(
        definitions(silent),
        "\nstruct Silent {\n    hidden: Hidden,\n}\n\nstruct Hidden {\n    a: u8,\n}\n"
    );
    assert!(silent.types.all_notes().is_empty());
}

#[test]
fn what_types_say_changes_nothing_on_the_wire() {
    let with = method("draw").signature().unwrap();
    let mut without = with.clone();
    without.types = Default::default();
    for (_, shape) in with.types.iter() {
        without.types.add(shape.clone());
    }
    assert!(without.types.all_notes().is_empty() && !with.types.all_notes().is_empty());
    assert_eq!(with.to_bytes().unwrap(), without.to_bytes().unwrap());
    assert_eq!(with.fingerprint(), without.fingerprint());
}

#[tokio::test]
async fn a_server_that_describes_itself_tells_it() {
    let server = Server::builder().service(BoardServer::new(Empty)).listen("mem://").introspection(true);
    let server = server.start().await.unwrap();
    let client = IntrospectionClient::connect(server.endpoints()).await.unwrap();
    let draw = client.method("Board.draw").await.unwrap();
    assert_eq!(definitions(&draw.described().unwrap()), DRAW);
}

#[cfg(feature = "schema")]
#[test]
fn the_lockfile_has_the_numbers() {
    let lock = farcall::schema::lock::Lockfile::new(&BoardClient::descriptor().signature()).unwrap();
    let text = lock.to_string();
    for part in [
        "struct Point\n    4 x: f64\n    5 top: f64\n",
        "enum Stroke\n    9 straight-line(Point, Point)\n    10 circle {..}\n        8 centre: Point\n        7 radius: f64\n",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

fn problems<T: Serialize + DeserializeOwned + Describe>() -> Vec<String> {
    let mut prober = Prober::new();
    prober.probe::<T>();
    prober.describe::<T>();
    prober.problems().iter().map(ToString::to_string).collect()
}

/// Serde sees no fields of it.
#[derive(Serialize, Deserialize, Describe)]
struct Flattened {
    #[describe(number = 1)]
    a: u8,
    #[serde(flatten)]
    rest: HashMap<String, u8>,
}

/// Serde sees no variants of it.
#[derive(Serialize, Deserialize, Describe)]
#[serde(untagged)]
enum Untagged {
    /// A number.
    A(u8),
    B(String),
}

#[test]
fn numbers_of_what_has_no_members_on_the_wire_are_refused() {
    assert_eq!(
        problems::<Flattened>(),
        [
            "`macros::describe::Flattened` numbers its members by `Describe`, but serde reads others than it has: give no numbers to a type \
          with an implementation of serde's traits by hand, or with `flatten`, `untagged` or `tag`"
        ]
    );
    assert_eq!(problems::<Untagged>(), [""; 0]);
    assert_eq!(problems::<Stroke>(), [""; 0]);
}
