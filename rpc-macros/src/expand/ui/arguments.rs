#[rpc_service]
pub trait Arguments {
    async fn pattern(&self, (a, b): (i64, i64), _: u8, Point { x, y }: Point);
    async fn exclusive(&self, text: &mut String, lasting: &'static str, maybe: Option<&'static str>);
    async fn opaque(&self, a: impl Display, object: &dyn Display);
    async fn other_self(&self, a: Self, b: Vec<Self>, c: Self::Item);
    async fn conditional(&self, #[cfg(unix)] a: u8, #[cfg_attr(unix, rpc(default))] b: u8);
    async fn contexts(&self, first: &Context, #[rpc(default)] second: &farcall::Context);
    async fn names(&self, #[rpc(name = "b", alias = "c")] a: u8, b: u8, #[rpc(alias = "c")] d: u8);
    async fn nested(&self, a: Vec<impl Display>, b: (u8, &dyn Display), c: &[dyn Display]);
    async fn no_data(&self, a: *const u8, b: fn(u8) -> u8, c: _, d: !, e: Option<*mut u8>, f: Vec<_>);
    async fn system(&self, a: &CStr, b: Option<&std::ffi::OsStr>);
    async fn data(&self, a: PhantomData<fn() -> u8>, b: Box<dyn Shape>, c: PhantomData<*const u8>);
    async fn fine(&self, a: i64) -> i64;
}
