//! The typed hook of a service, which sees a call before its handler does.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use farcall::{Client, Code, Context, Executed, RpcError, rpc_service};
use futures::{Stream, StreamExt, stream};

#[rpc_service]
trait Vault {
    async fn store(&self, name: &str, block: &[u8]) -> usize;
    async fn names(&self) -> farcall::Result<Vec<String>>;
    fn read(&self, name: &str) -> impl Stream<Item = u8> + Send;
    async fn append(&self, name: &str, blocks: impl Stream<Item = Vec<u8>> + Send) -> usize;
}

#[derive(Default)]
struct Counting {
    calls: AtomicUsize,
}

impl Vault for Counting {
    async fn store(&self, name: &str, block: &[u8]) -> usize {
        self.calls.fetch_add(1, Ordering::SeqCst);
        name.len() + block.len()
    }
    async fn names(&self) -> farcall::Result<Vec<String>> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        Ok(vec![])
    }
    fn read(&self, name: &str) -> impl Stream<Item = u8> + Send {
        self.calls.fetch_add(1, Ordering::SeqCst);
        stream::iter(name.bytes())
    }
    async fn append(&self, _: &str, blocks: impl Stream<Item = Vec<u8>> + Send) -> usize {
        self.calls.fetch_add(1, Ordering::SeqCst);
        blocks.count().await
    }
}

/// Only what is in `public` may be named.
fn guard(request: &VaultRequest<'_>, context: &Context) -> Result<(), RpcError> {
    assert!(context.method().is_some());
    match request {
        VaultRequest::Store { name, .. }
        | VaultRequest::Read { name }
        | VaultRequest::Append { name, .. }
            if !name.starts_with("public/") =>
        {
            Err(RpcError::new(Code::PermissionDenied, format!("`{name}` is not public")))
        }
        _ => Ok(()),
    }
}

#[tokio::test]
async fn it_may_refuse_a_call_before_the_handler_runs() {
    let object = Arc::new(Counting::default());
    let client = VaultClient::from_service(VaultServer::from_arc(object.clone()).with_hook(guard));
    let error = client.store("secret", &[1]).await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Code::PermissionDenied, "`secret` is not public"));
    assert_eq!(error.executed(), Executed::No);
    let items: Vec<_> = client.read("secret").collect().await;
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].as_ref().unwrap_err().code(), Code::PermissionDenied);
    let error = client.append("secret", stream::iter([vec![1]])).await.unwrap_err();
    assert_eq!(error.code(), Code::PermissionDenied);
    assert_eq!(object.calls.load(Ordering::SeqCst), 0);

    assert_eq!(client.store("public/a", &[1]).await, Ok(9));
    assert_eq!(client.names().await, Ok(vec![]));
    assert_eq!(client.read("public/").count().await, 7);
    assert_eq!(client.append("public/", stream::iter([vec![1]])).await, Ok(1));
    assert_eq!(object.calls.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn it_sees_every_request_and_its_context() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let server = VaultServer::new(Counting::default()).with_hook(move |request, context| {
        log.lock().unwrap().push(format!("{request:?} for {:?}", context.metadata().text("user")));
        Ok(())
    });
    // Copies of a server share its hook.
    let client = VaultClient::from_service(server.clone()).with_metadata("user", "ann");
    client.store("a", &[1, 2]).await.unwrap();
    client.names().await.unwrap();
    let expected = [r#"Store { name: "a", block: [1, 2] } for Some("ann")"#, r#"Names for Some("ann")"#];
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[tokio::test]
async fn its_refusal_crosses_a_connection() {
    let server =
        farcall::serve("mem://", VaultServer::new(Counting::default()).with_hook(guard)).await.unwrap();
    let client = VaultClient::connect(server.endpoints()).await.unwrap();
    let error = client.store("secret", &[]).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::PermissionDenied, Executed::No));
    assert_eq!(client.store("public/", &[]).await, Ok(7));
}
