#[serde(untagged)]
enum Untagged {
    #[describe(number = 1)]
    A(u8),
    #[describe(number = 2)]
    B(String),
}
