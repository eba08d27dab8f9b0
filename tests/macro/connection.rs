//! The same code over a connection, and from code that is not async.

use farcall::{CallError, RpcError, rpc_service};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
enum StoreError {
    #[error("no {0}")]
    Missing(String),
    #[error(transparent)]
    Rpc(#[from] RpcError),
}

#[rpc_service]
trait Store {
    async fn get(&self, key: &str, block: &[u8]) -> Result<Vec<u8>, StoreError>;
    #[rpc(name = "length", timeout = "5s")]
    async fn len(&self, block: bytes::Bytes) -> farcall::Result<usize>;
}

struct Memory;

impl Store for Memory {
    async fn get(&self, key: &str, block: &[u8]) -> Result<Vec<u8>, StoreError> {
        if key.is_empty() {
            Err(StoreError::Missing("key".into()))
        } else {
            Ok([key.as_bytes(), block].concat())
        }
    }
    async fn len(&self, block: bytes::Bytes) -> farcall::Result<usize> {
        Ok(block.len())
    }
}

async fn through(store: &impl Store) -> Result<Vec<u8>, StoreError> {
    store.get("key ", &[1; 3]).await
}

#[tokio::test]
async fn the_client_is_the_trait_over_a_connection() {
    let server = farcall::serve("mem://", StoreServer::new(Memory)).await.unwrap();
    let store = StoreClient::connect(server.endpoints()).await.unwrap();
    assert_eq!(through(&store).await, through(&Memory).await);
    assert_eq!(store.get("", &[]).await.unwrap_err(), CallError::App(StoreError::Missing("key".into())));
    assert_eq!(store.len(vec![0; 100_000].into()).await, Ok(100_000));
    store.close().await;
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_has_the_same_methods() {
    let local = StoreBlockingClient::local(Memory);
    assert_eq!(local.get("a", &[2]).unwrap(), [97, 2]);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(farcall::serve("mem://", StoreServer::new(Memory))).unwrap();
    let store = StoreBlockingClient::connect(server.endpoints()).unwrap();
    let store = store.with_timeout(std::time::Duration::from_secs(60));
    assert_eq!(store.len(bytes::Bytes::from_static(b"abc")).unwrap(), 3);
    assert_eq!(store.get("", &[]).unwrap_err(), CallError::App(StoreError::Missing("key".into())));
    store.close();
}
