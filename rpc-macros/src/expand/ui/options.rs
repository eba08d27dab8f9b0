#[rpc_service]
pub trait Options {
    #[rpc(idempotant, timeout = "2 parsecs", name = 5)]
    async fn unknown(&self, #[rpc(defualt = 1, name = "a.b")] a: u8);
    #[rpc(timeout = "0s")]
    async fn never(&self);
    #[rpc(blocking, spawn)]
    async fn both(&self);
    #[rpc(idempotent, idempotent)]
    async fn twice(&self);
    #[rpc(variant = "not an identifier")]
    async fn variant(&self);
    async fn receiver(#[rpc(default)] &self);
    #[rpc]
    async fn empty(&self);
    #[rpc(timeout("2s"))]
    async fn list(&self);
    #[rpc(timeout = 2, name, idempotent = true, shop::name = "x", spawn(now), variant =)]
    async fn values(&self, #[rpc(alias = 3, alias, default = 3, name = "a" "b")] a: u8);
    #[rpc = "x"]
    async fn pair(&self);
    async fn fine(&self, a: i64) -> i64;
}
