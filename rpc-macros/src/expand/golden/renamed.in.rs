#[rpc_service(crate = crate::rpc)]
pub trait Renamed {
    async fn add(&self, a: Option<&[u8]>, #[rpc(default)] b: i64) -> rpc::Result<i64>;
    async fn failing(&self) -> Result<i64, rpc::RpcError>;
    async fn own_error(&self) -> Result<i64, crate::RpcError>;
    async fn other(&self, text: &str, cow: Cow<'_, str>) -> Result<i64, String>;
}
