union Wrong {
    a: u8,
}
