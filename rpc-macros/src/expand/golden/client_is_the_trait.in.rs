#[rpc_service]
pub trait Store: Send + for<'a> Visits<'a> {
    async fn get<'k>(&self, key: &'k str, context: &Context) -> Result<String, StoreError>;
    async fn touch(&self) -> io::Result<()>;
    #[cfg(unix)]
    async fn sync(&self) -> Result<(), SyncError>;
}
