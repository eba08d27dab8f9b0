#[rpc_service]
trait Streams {
    async fn no_item(&self, numbers: impl Stream + Send) -> impl Stream<Item: Send> + Send;
    async fn bounds(&self, numbers: impl Stream<Item = u8> + Clone + Send + ?Sized) -> impl Stream<Item = u8> + FusedStream;
    async fn optional(&self, numbers: Option<impl Stream<Item = u8> + Send>) -> Option<impl Stream<Item = u8> + Send>;
    async fn many(&self, numbers: Vec<impl Stream<Item = u8> + Send>) -> (u8, impl Stream<Item = u8> + Send);
    async fn borrowed(&self, first: &impl Stream<Item = u8>, second: &mut impl Stream<Item = u8>);
    fn lent(&self, names: impl Stream<Item = &str> + Send) -> impl Stream<Item = Cow<'_, str>> + Send;
    fn nested(&self, all: impl Stream<Item = impl Stream<Item = u8>>) -> impl Stream<Item = Vec<impl Stream<Item = u8>>> + Send;
    async fn two(&self) -> Result<impl Stream<Item = u8> + Send, impl Stream<Item = u8> + Send>;
    async fn in_result_in_result(&self) -> Result<Result<impl Stream<Item = u8> + Send, Failure>, Failure>;
    async fn aliased(&self) -> Answer<impl Stream<Item = u8> + Send>;
    fn own(&self, all: impl Stream<Item = Self> + Send) -> impl Stream<Item = Self::Item> + Send;
    fn data(&self, all: impl Stream<Item = Vec<_>> + Send) -> impl Stream<Item = Result<fn(), impl Display>> + Send;
    async fn boxed(&self, first: Pin<Box<dyn Stream<Item = u8> + Send>>) -> BoxStream<'static, u8>;
    async fn options(&self, #[rpc(default)] a: impl Stream<Item = u8>, #[rpc(alias = "c", default = none)] b: impl Stream<Item = u8>);
    async fn named(&self, rows: impl Stream<Item = u8> + Send, #[rpc(name = "rows")] more: impl Stream<Item = u8> + Send);
    async fn pattern(&self, (a, b): impl Stream<Item = u8> + Send);
    #[rpc(timeout = "1s", detached)]
    async fn alone(&self, rows: impl Stream<Item = u8> + Send);
    fn fine(&self, rows: impl Stream<Item = u8> + Send) -> impl Stream<Item = u8> + Send;
}
