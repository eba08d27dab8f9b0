#[rpc_service]
pub trait Defaults: fmt::Debug + Limited {
    async fn twice(&self, mut text: String, count: u32) -> Result<String, Failure> {
        if count == 0 {
            return Err(Failure::Nothing);
        }
        text.push_str(&text.clone());
        Ok(text)
    }
    async fn one(&self) -> u8 { 1 }
    fn connect(&self) -> u8 {
        1
    }
}
