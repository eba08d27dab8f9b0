//! How calls end early: by a timeout, by the deadline of the call that they are part of, and by being dropped.
//!
//!     cargo run --example deadlines_and_cancel

use std::time::Duration;

use farcall::{Context, RpcError, rpc_service};
use tokio::sync::mpsc;

/// A service that takes its time.
#[rpc_service]
trait WorkService {
    /// Never done.
    async fn toil(&self) -> Result<(), RpcError>;
    /// Prints what it knows of its call.
    async fn look(&self, context: &Context) -> Result<(), RpcError>;
    /// Saves a text, whatever becomes of the caller.
    #[rpc(detached)]
    async fn save(&self, text: &str) -> Result<(), RpcError>;
}

/// A service that has others work for it.
#[rpc_service]
trait FrontService {
    async fn delegate(&self) -> Result<(), RpcError>;
    /// Has 5 s, unless its caller says otherwise.
    #[rpc(timeout = "5s")]
    async fn ask(&self, context: &Context) -> Result<(), RpcError>;
}

struct Worker(mpsc::UnboundedSender<String>);

impl Worker {
    fn say(&self, text: &str) {
        // Nobody listens any more when the program ends.
        let _ = self.0.send(text.to_owned());
    }
}

impl WorkService for Worker {
    async fn toil(&self) -> Result<(), RpcError> {
        self.say("toil begins");
        // The handler itself is dropped when its call is cancelled. What it started elsewhere asks the context.
        let (context, report) = (Context::current(), self.0.clone());
        tokio::spawn(async move {
            context.cancelled().await;
            let _ = report.send("toil was cancelled".to_owned());
        });
        std::future::pending().await
    }

    async fn look(&self, context: &Context) -> Result<(), RpcError> {
        let hurry = context.remaining().is_some_and(|left| left <= Duration::from_secs(5));
        println!("[worker] tenant {:?}, in a hurry: {hurry}", context.metadata().text("tenant"));
        Ok(())
    }

    async fn save(&self, text: &str) -> Result<(), RpcError> {
        self.say("save begins");
        tokio::time::sleep(Duration::from_millis(100)).await;
        self.say(&format!("{text} is saved"));
        Ok(())
    }
}

/// The client is the trait, so the front could as well have a worker of its own.
struct Front<W>(W);

impl<W: WorkService + 'static> FrontService for Front<W> {
    async fn delegate(&self) -> Result<(), RpcError> {
        self.0.toil().await
    }

    async fn ask(&self, context: &Context) -> Result<(), RpcError> {
        // A deadline is inherited anyway. Metadata goes no further than where the context is handed on.
        self.0.look(context).await
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (report, mut reports) = mpsc::unbounded_channel();
    let back = farcall::serve("tcp://127.0.0.1:0", WorkServiceServer::new(Worker(report))).await?;
    let work = WorkServiceClient::connect(back.endpoints()).await?;
    let front = farcall::serve("tcp://127.0.0.1:0", FrontServiceServer::new(Front(work.clone()))).await?;
    let client = FrontServiceClient::connect(front.endpoints()).await?;
    let mut next = async || reports.recv().await.unwrap_or_default();

    println!("-- a timeout");
    if let Err(error) = work.with_timeout(Duration::from_millis(300)).toil().await {
        println!("{}, executed {:?}", error.code(), error.executed());
    }
    println!("{}, {}", next().await, next().await);

    println!("-- the deadline and the metadata of a call, two services away");
    client.with_metadata("tenant", "blue").ask().await?;

    println!("-- a call that is dropped, and with it the one that it made");
    let call = tokio::spawn(client.delegate());
    println!("{}", next().await);
    call.abort();
    println!("{}", next().await);

    println!("-- a call that is dropped, to a detached method");
    let call = tokio::spawn(async move { work.save("a letter").await });
    println!("{}", next().await);
    call.abort();
    println!("{}", next().await);
    Ok(())
}
