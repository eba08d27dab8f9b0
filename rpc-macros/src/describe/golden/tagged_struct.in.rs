#[serde(tag = "kind")]
struct Tagged {
    #[describe(number = 1)]
    held: u8,
}
