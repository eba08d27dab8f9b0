enum Stroke {
    /// From one place to another.
    #[describe(number = 2)]
    Line(Point, Point),
    Circle {
        /// Its middle.
        #[describe(number = 1)]
        centre: Point,
        radius: f64,
    },
    #[serde(skip)]
    Cached(Cache),
    Nothing,
}
