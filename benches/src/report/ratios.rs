use super::{Results, Spread};
use crate::run::Place;
use crate::scenarios::{Metric, Scenario};

/// What figures are divided by.
#[derive(Clone, Copy)]
pub(super) enum Base {
    Peer(&'static str),
    /// The library, not ours, that was best in that round.
    BestOther,
}

impl Base {
    pub(super) const ALL: [Self; 4] =
        [Self::Peer("raw"), Self::Peer("multiplexer"), Self::Peer("tarpc"), Self::BestOther];

    pub(super) fn heading(self) -> String {
        match self {
            Self::Peer(name) => format!("× {name}"),
            Self::BestOther => "× best other".to_owned(),
        }
    }
}

impl Results {
    /// Each figure is divided by one of the same round.
    pub(super) fn ratio(
        &self,
        (place, scenario, metric): (Place, Scenario, Metric),
        peer: &str,
        base: Base,
    ) -> Option<Spread> {
        let of = |peer: &str| self.rounds(place, scenario, metric, peer);
        let base: Vec<(usize, f64)> = match base {
            Base::Peer(name) => of(name),
            Base::BestOther => {
                let others = self
                    .peers
                    .iter()
                    .filter(|info| info.is_library() && !info.is_ours() && info.peer != peer);
                others.flat_map(|info| of(&info.peer)).collect()
            }
        };
        let best = |round| {
            let values = base.iter().filter(|(at, _)| *at == round).map(|(_, value)| *value);
            values.reduce(if metric.more_is_better() { f64::max } else { f64::min })
        };
        let ratios = of(peer).into_iter().filter_map(|(round, value)| Some(value / best(round)?));
        Spread::of(ratios.collect())
    }
}
