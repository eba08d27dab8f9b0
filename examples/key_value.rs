//! A store: borrowed arguments, errors that carry data, and values of several MiB.
//!
//!     cargo run --example key_value

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use farcall::{CallError, CallResultExt, rpc_service};
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
enum StoreError {
    #[error("there is no key `{key}`")]
    NoSuchKey { key: String },
    #[error("the store is full: {used} of {capacity} bytes are used")]
    Full { used: usize, capacity: usize },
}

#[rpc_service]
trait KeyValueService {
    /// Keeps `value` under `key`. Neither is copied to make the call.
    async fn put(&self, key: &str, value: &[u8]) -> Result<(), StoreError>;
    /// The value under `key`.
    async fn get(&self, key: &str) -> Result<Vec<u8>, StoreError>;
    /// How many keys there are. It cannot fail by itself, so it just says so.
    async fn count(&self) -> usize;
}

struct Store {
    capacity: usize,
    values: Mutex<HashMap<String, Vec<u8>>>,
}

impl Store {
    fn values(&self) -> MutexGuard<'_, HashMap<String, Vec<u8>>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KeyValueService for Store {
    async fn put(&self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        let mut values = self.values();
        let used = values.values().map(Vec::len).sum::<usize>();
        if used + value.len() > self.capacity {
            return Err(StoreError::Full { used, capacity: self.capacity });
        }
        values.insert(key.to_owned(), value.to_vec());
        Ok(())
    }

    async fn get(&self, key: &str) -> Result<Vec<u8>, StoreError> {
        self.values().get(key).cloned().ok_or_else(|| StoreError::NoSuchKey { key: key.to_owned() })
    }

    async fn count(&self) -> usize {
        self.values().len()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = Store { capacity: 16 << 20, values: Mutex::default() };
    let server = farcall::serve("tcp://127.0.0.1:0", KeyValueServiceServer::new(store)).await?;
    let store = KeyValueServiceClient::connect(server.endpoints()).await?;

    store.put("greeting", b"hello").await?;
    println!("get(greeting) = {}", String::from_utf8_lossy(&store.get("greeting").await?));

    let large = (0..3 << 20).map(|n: u32| n.to_le_bytes()[0]).collect::<Vec<_>>();
    store.put("large", &large).await?;
    println!("get(large) = {} bytes, unchanged: {}", large.len(), store.get("large").await? == large);
    println!("count() = {}", store.count().await?);

    // A failed call is either the service's own error, as the type it returned …
    match store.get("missing").await.split()? {
        Ok(value) => println!("get(missing) = {value:?}"),
        Err(StoreError::NoSuchKey { key }) => println!("get(missing) failed: no key {key:?}"),
        Err(other) => println!("get(missing) failed: {other}"),
    }
    // … or the call itself failed, and says why and whether the service ran.
    server.shutdown(std::time::Duration::ZERO).await;
    match store.with_timeout(std::time::Duration::from_millis(300)).get("greeting").await {
        Ok(value) => println!("get(greeting) = {value:?}"),
        Err(CallError::App(error)) => println!("the store refused: {error}"),
        Err(CallError::Rpc(error)) => {
            println!("nobody answered: executed {:?}, {}", error.executed(), error.code())
        }
    }
    Ok(())
}
