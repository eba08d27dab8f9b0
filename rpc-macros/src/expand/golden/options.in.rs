#[rpc_service(name = "shop.Options")]
pub(crate) trait Options {
    #[rpc(name = "get", timeout = "1500ms", idempotent, variant = "Fetch")]
    async fn fetch(&self) -> u8;
    #[rpc(blocking)]
    fn work(&self) -> Vec<u8>;
    #[rpc(spawn, detached)]
    async fn crunch(&self);
    #[cfg(feature = "extra")]
    #[deprecated]
    async fn extra(&self, a: u8) -> io::Result<u8>;
}
