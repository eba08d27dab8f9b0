#[serde(tag = "kind", content = "value")]
enum Tagged {
    /// Shown, but not known by number.
    A,
    B {
        #[describe(number = 1)]
        held: u8,
    },
}
