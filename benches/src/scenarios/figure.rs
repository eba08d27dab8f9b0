/// What came out of one measurement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    pub metric: Metric,
    pub value: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    Calls,
    P50,
    P99,
    P999,
    Throughput,
    Items,
    Memory,
}

impl Metric {
    const ALL: [Self; 7] =
        [Self::Calls, Self::P50, Self::P99, Self::P999, Self::Throughput, Self::Items, Self::Memory];

    /// In JSON and in tables, with the unit.
    pub fn name(self) -> &'static str {
        match self {
            Self::Calls => "calls/s",
            Self::P50 => "p50 µs",
            Self::P99 => "p99 µs",
            Self::P999 => "p99.9 µs",
            Self::Throughput => "MB/s",
            Self::Items => "items/s",
            Self::Memory => "KiB",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    pub fn more_is_better(self) -> bool {
        matches!(self, Self::Calls | Self::Throughput | Self::Items)
    }
}
