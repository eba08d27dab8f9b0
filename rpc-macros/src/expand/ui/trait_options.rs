#[rpc_service(name = 3, timeout = "2s", name, crate = 3)]
pub trait Options {
    async fn fine(&self, a: i64) -> i64;
}
