struct Plain {
    a: Inner,
}
