#[serde(transparent)]
#[describe(name = "x")]
enum Wrong {
    #[describe(number = 0)]
    A,
    #[describe(number = 19_500)]
    B,
    #[describe(number = 1u8)]
    C,
    #[describe(number = 536870912)]
    D(#[describe(number = 3)] u8),
    #[describe(numbers = 4)]
    E,
    #[describe(number = 5, number = 6)]
    F,
    #[describe(number = 8)]
    G {
        #[describe(number = 0x8)]
        a: u8,
        #[describe(number = 8)]
        b: u8,
    },
    #[describe(number = 8)]
    H,
    #[describe(number = "9")]
    I,
    #[describe(number = -1)]
    K,
    #[describe]
    J,
}
