#[rpc_service]
pub trait Together {
    async fn get(&self);
    #[rpc(name = "get")]
    async fn fetch(&self);
    async fn load_all(&self);
    async fn loadAll(&self);
    #[rpc(variant = "__Lifetime")]
    async fn hidden(&self);
    #[cfg(unix)]
    async fn platform(&self);
    #[cfg(not(unix))]
    async fn platform(&self);
    async fn fine(&self, a: i64) -> i64;
}
