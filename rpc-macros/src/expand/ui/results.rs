#[rpc_service]
pub trait Results {
    async fn borrowed(&self) -> &str;
    async fn named<'a>(&'a self) -> Result<Cow<'a, str>, Failure<'_>>;
    async fn own(&self) -> Result<Self, Self::Error>;
    async fn opaque(&self) -> Result<impl Display, Failure>;
    fn more(&self) -> impl Future<Output = u8> + Send + Unpin + 'static;
    fn no_future(&self) -> impl Send;
    async fn nested(&self) -> impl Future<Output = u8>;
    async fn no_data(&self) -> Result<Vec<_>, fn()>;
    async fn never(&self) -> !;
    async fn cow(&self) -> std::borrow::Cow<str>;
    async fn fine(&self, a: i64) -> i64;
}
