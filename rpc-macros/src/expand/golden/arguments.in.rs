#[rpc_service]
trait Arguments {
    async fn borrowed<'x>(&self, text: &'x str, bytes: &[u8], one: &Point, many: &[Point]);
    async fn optional(&self, text: Option<&str>, many: Option<&[Point]>);
    async fn copied_on_write(&self, text: Cow<'_, str>, owned: Cow<'static, str>);
    async fn copied_without_lifetime(&self, text: Cow<str>, many: Vec<std::borrow::Cow<[u8]>>);
    async fn lent_by_the_codec(&self, view: View<'_>);
    async fn with_context(&self, first: u8, context: &Context, second: u8);
    async fn options(
        &self,
        #[rpc(name = "type", alias = "kind", alias = "sort")] r#type: u8,
        #[rpc(default)] count: u32,
        #[rpc(default = fallback)] text: &str,
    );
}
