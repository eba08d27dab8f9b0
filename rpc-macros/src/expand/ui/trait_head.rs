#[rpc_service(names = "X", crate = "farcall", name = "a b")]
#[cfg_attr(unix, cfg(feature = "x"))]
pub unsafe trait Generic<T, const N: usize>
where
    T: Copy,
{
    type Item;
    const LIMIT: usize;
    async fn fine(&self, a: i64) -> i64;
}
