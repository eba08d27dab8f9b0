#[rpc_service]
pub trait Streams {
    fn values(&self, from: u64) -> impl Stream<Item = u64>;
    fn results(&self, name: &str, context: &Context) -> impl futures::Stream<Item = Result<Tick, FeedError>> + Send + Unpin;
    fn rpc(&self) -> impl Stream<Item = farcall::Result<Vec<u8>>> + Send + 'static;
    async fn opened(&self) -> impl Stream<Item = Result<u64, RpcError>> + Send;
    async fn open(&self, name: &str) -> Result<impl Stream<Item = u64> + Send, OpenError>;
    fn open_alias(&self) -> impl Future<Output = io::Result<impl Stream<Item = io::Result<u64>> + Send>>;
    fn open_at_once(&self) -> farcall::Result<impl Stream<Item = u64> + Send>;
    #[rpc(blocking, timeout = "1h")]
    async fn average(&self, numbers: impl Stream<Item = f64> + Send) -> f64;
    async fn sum(&self, name: &str, #[rpc(name = "left")] a: impl Stream<Item = u64>, b: impl Stream<Item = Result<u64, RpcError>> + Send + 'static) -> farcall::Result<u64>;
    fn chat(&self, context: &Context, lines: impl Stream<Item = Result<String, OpenError>> + Send) -> impl Stream<Item = String> + Send;
    async fn join(&self, room: &str, lines: impl Stream<Item = String> + Send) -> Result<impl Stream<Item = String> + Send, OpenError> {
        let room = self.find(room).await?;
        Ok(room.join(lines))
    }
}
