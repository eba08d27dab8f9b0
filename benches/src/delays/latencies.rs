use std::time::Duration;

/// How long calls took that were made one after the other.
#[derive(Default)]
pub struct Latencies(Vec<Duration>);

/// In microseconds: what half of the calls and what 99 of 100 did not exceed, and the latter for calls that are made at
/// a steady pace. A caller that is held up makes fewer calls just when they are slow, which hides a part of that.
#[derive(Clone, Copy, Default)]
pub struct Percentiles {
    pub p50: f64,
    pub p99: f64,
    pub steady_p99: f64,
}

/// Between calls that do not wait for one another.
const PACE: Duration = Duration::from_micros(20);

impl Latencies {
    pub fn push(&mut self, latency: Duration) {
        self.0.push(latency);
    }

    pub fn percentiles(mut self) -> Percentiles {
        let [p50, p99] = self.measure();
        let meanwhile = |latency: &Duration| {
            let latency = *latency;
            (1..).map(move |call| PACE * call).map_while(move |later| latency.checked_sub(later))
        };
        self.0.extend(self.0.iter().flat_map(meanwhile).collect::<Vec<_>>());
        let [_, steady_p99] = self.measure();
        Percentiles { p50, p99, steady_p99 }
    }

    fn measure(&mut self) -> [f64; 2] {
        self.0.sort();
        [50, 99].map(|percent| self.0[self.0.len() * percent / 100].as_secs_f64() * 1e6)
    }
}
