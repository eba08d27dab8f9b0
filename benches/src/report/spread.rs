use std::fmt;

/// The rounds of one figure: what is to be believed, and how far it went.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    pub median: f64,
    pub least: f64,
    pub most: f64,
}

impl Spread {
    /// None of no rounds.
    pub fn of(mut rounds: Vec<f64>) -> Option<Self> {
        rounds.sort_by(f64::total_cmp);
        let middle = rounds.len() / 2;
        let upper = *rounds.get(middle)?;
        let median = if rounds.len().is_multiple_of(2) { rounds[middle - 1].midpoint(upper) } else { upper };
        Some(Self { median, least: *rounds.first()?, most: *rounds.last()? })
    }
}

/// `median (least to most)`, with the precision that the format asks for.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { median, least, most } = self;
        let precision = f.precision().unwrap_or(1);
        write!(f, "{median:>9.precision$} ({least:.precision$} to {most:.precision$})")
    }
}
