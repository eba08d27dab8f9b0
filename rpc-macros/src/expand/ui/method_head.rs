#[rpc_service]
pub trait Methods {
    async fn no_self(a: i64) -> i64;
    async fn by_value(self);
    async fn exclusive(&mut self);
    async fn in_a_box(self: Box<Self>);
    async unsafe fn dangerous(&self);
    extern "C" fn foreign(&self);
    async fn generic<T: Serialize, const N: usize>(&self, value: T);
    async fn bounded<'a>(&'a self)
    where
        Self: Sized;
    async fn __(&self);
    type Item;
    async fn fine(&self, a: i64) -> i64;
}
