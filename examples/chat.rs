//! Calls in both directions: the members of a room talk to it in streams, and the room calls its members back.
//!
//!     cargo run --example chat

use std::collections::BTreeMap;
use std::time::Duration;

use farcall::{Client, Code, Context, Endpoint, RpcError, rpc_service};
use futures::future::join_all;
use futures::{Stream, StreamExt, TryStreamExt, stream};
use tokio::sync::{Mutex, mpsc};

/// What the room serves. Members say who they are; a real room takes the name from `Context::peer_identity` or a token.
#[rpc_service]
trait RoomService {
    /// Joins the room; gives the names of those who are there.
    async fn join(&self, name: &str, context: &Context) -> Result<Vec<String>, RpcError>;
    /// Says one line after the other; gives for each how many members heard it.
    fn talk(&self, name: &str, lines: impl Stream<Item = String> + Send) -> impl Stream<Item = usize> + Send;
}

/// What each member serves.
#[rpc_service]
trait MemberService {
    /// Somebody else in the room has said a line.
    async fn hear(&self, name: &str, line: &str);
}

#[derive(Default)]
struct Room {
    members: Mutex<BTreeMap<String, MemberServiceClient>>,
}

impl RoomService for Room {
    async fn join(&self, name: &str, context: &Context) -> Result<Vec<String>, RpcError> {
        // The connection on which this call came carries calls to the member, too.
        let Some(peer) = context.peer() else {
            return Err(RpcError::new(Code::FailedPrecondition, "members have to serve `MemberService`"));
        };
        let mut members = self.members.lock().await;
        members.insert(name.to_owned(), MemberServiceClient::from_channel(peer));
        Ok(members.keys().cloned().collect())
    }

    fn talk(&self, name: &str, lines: impl Stream<Item = String> + Send) -> impl Stream<Item = usize> + Send {
        let name = name.to_owned();
        lines.then(move |line| {
            let name = name.clone();
            async move { self.push(&name, &line).await }
        })
    }
}

impl Room {
    /// Tells everybody else at once, waits a second for the slowest, and forgets about those who are gone.
    async fn push(&self, speaker: &str, line: &str) -> usize {
        let members = self.members.lock().await.clone();
        let others = members.into_iter().filter(|(name, _)| name != speaker);
        let told = join_all(others.map(async |(name, member)| {
            let heard = member.with_timeout(Duration::from_secs(1)).hear(speaker, line).await;
            // Its connection is lost. Whoever is only slow, or failed with this line, may hear the next one.
            if heard.as_ref().is_err_and(|error| error.code() == Code::Unavailable) {
                self.members.lock().await.remove(&name);
            }
            heard.is_ok()
        }));
        told.await.into_iter().filter(|heard| *heard).count()
    }
}

struct Member(mpsc::UnboundedSender<String>);
type Hears = mpsc::UnboundedReceiver<String>;

impl MemberService for Member {
    async fn hear(&self, name: &str, line: &str) {
        // Nobody listens any more when the program ends.
        let _ = self.0.send(format!("{name}: {line}"));
    }
}

/// A client of the room that can be called back, and what it hears.
async fn enter(room: &[Endpoint], name: &str) -> farcall::Result<(RoomServiceClient, Hears)> {
    let (heard, hears) = mpsc::unbounded_channel();
    let member = MemberServiceServer::new(Member(heard));
    let client = RoomServiceClient::builder(room).serve(member).connect().await?;
    println!("{name} joins: {:?}", client.join(name).await?);
    Ok((client, hears))
}

/// Says some lines, and prints by how many members each was heard.
async fn say(client: &RoomServiceClient, name: &str, lines: &[&str]) -> farcall::Result<()> {
    let lines = stream::iter(lines).map(|line| (*line).to_owned());
    let heard: Vec<usize> = client.talk(name, lines).try_collect().await?;
    println!("{name} is heard by {heard:?}");
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = farcall::serve("tcp://127.0.0.1:0", RoomServiceServer::new(Room::default())).await?;
    let (ada, mut ada_hears) = enter(server.endpoints(), "Ada").await?;
    let (ben, mut ben_hears) = enter(server.endpoints(), "Ben").await?;

    say(&ada, "Ada", &["Good morning!", "Is it raining?"]).await?;
    while let Ok(line) = ben_hears.try_recv() {
        println!("Ben hears {line}");
    }
    say(&ben, "Ben", &["Always."]).await?;
    println!("Ada hears {}", ada_hears.recv().await.unwrap_or_default());

    ben.close().await;
    say(&ada, "Ada", &["Bye!"]).await?;
    let stranger = RoomServiceClient::connect(server.endpoints()).await?;
    if let Err(error) = stranger.join("Eve").await {
        println!("Eve cannot join: {}", error.message());
    }
    Ok(())
}
