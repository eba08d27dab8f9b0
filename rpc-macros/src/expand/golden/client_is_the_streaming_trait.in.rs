#[rpc_service]
pub trait Feed {
    fn feed(&self) -> impl Stream<Item = Result<Tick, FeedError>> + Send;
    fn raw(&self) -> impl Stream<Item = Result<Tick, RpcError>> + Send;
    async fn open(&self, name: &str) -> Result<impl Stream<Item = Result<Tick, FeedError>> + Send, FeedError>;
    async fn average(&self, numbers: impl Stream<Item = f64> + Send) -> Result<f64, FeedError>;
    fn chat(&self, context: &Context, lines: impl Stream<Item = String>) -> impl Stream<Item = Result<String, FeedError>> + Send;
    #[cfg(feature = "rooms")]
    async fn join(&self, lines: impl Stream<Item = String>) -> farcall::Result<impl Stream<Item = Result<String, RoomError>> + Send>;
}
