use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::Spread;
use crate::run::Place;
use crate::scenarios::{Metric, Scenario};

/// Everything that was measured, and on what.
#[derive(Debug, Default)]
pub struct Results {
    pub about: About,
    /// In the order of the reports.
    pub peers: Vec<PeerInfo>,
    pub lacks: Vec<Lack>,
    pub failures: Vec<Failure>,
    pub records: Vec<Record>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub struct About {
    /// Seconds since 1970, when the measurements began.
    pub time: u64,
    pub cpu: String,
    pub cpus: usize,
    pub kernel: String,
    pub compiler: String,
    pub rounds: usize,
    /// Of each measurement.
    pub milliseconds: u64,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct PeerInfo {
    pub peer: String,
    /// None for what is written by hand.
    pub version: Option<String>,
    pub setup: String,
}

/// Why a peer has no figures in a place.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lack {
    #[serde(with = "super::json::place")]
    pub place: Place,
    #[serde(with = "super::json::scenario")]
    pub scenario: Scenario,
    pub peer: String,
    pub why: String,
}

/// A measurement without figures: a wrong reply, none, or an error of the peer.
#[derive(Debug, Serialize, Deserialize)]
pub struct Failure {
    #[serde(with = "super::json::place")]
    pub place: Place,
    #[serde(with = "super::json::scenario")]
    pub scenario: Scenario,
    pub round: usize,
    pub peer: String,
    pub why: String,
}

/// One figure of one measurement.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    #[serde(with = "super::json::place")]
    pub place: Place,
    #[serde(with = "super::json::scenario")]
    pub scenario: Scenario,
    pub round: usize,
    pub peer: String,
    #[serde(with = "super::json::metric")]
    pub metric: Metric,
    pub value: f64,
}

impl PeerInfo {
    pub(super) fn is_library(&self) -> bool {
        self.version.is_some()
    }

    pub(super) fn is_ours(&self) -> bool {
        self.peer.starts_with("farcall")
    }
}

impl Results {
    /// Drops the rest, and peers of whom nothing is left.
    pub fn keep(&mut self, keep: impl Fn(Place, Scenario, &str) -> bool) {
        self.lacks.retain(|lack| keep(lack.place, lack.scenario, &lack.peer));
        self.failures.retain(|failure| keep(failure.place, failure.scenario, &failure.peer));
        self.records.retain(|record| keep(record.place, record.scenario, &record.peer));
        let lacks = self.lacks.iter().map(|lack| &lack.peer);
        let failures = self.failures.iter().map(|failure| &failure.peer);
        let records = self.records.iter().map(|record| &record.peer);
        let left: HashSet<_> = lacks.chain(failures).chain(records).collect();
        self.peers.retain(|info| left.contains(&info.peer));
    }

    /// In order, without those that have no figure.
    pub(super) fn places(&self) -> Vec<Place> {
        let measured = |place: &Place| self.records.iter().any(|record| record.place == *place);
        Place::ALL.into_iter().filter(measured).collect()
    }

    pub(super) fn scenarios(&self, place: Place) -> Vec<Scenario> {
        let measured =
            |scenario| self.records.iter().any(|record| record.place == place && record.scenario == scenario);
        Scenario::ALL.into_iter().filter(|scenario| measured(*scenario)).collect()
    }

    /// The value of each round, of those that have one.
    pub(super) fn rounds(
        &self,
        place: Place,
        scenario: Scenario,
        metric: Metric,
        peer: &str,
    ) -> Vec<(usize, f64)> {
        self.records
            .iter()
            .filter(|record| {
                (record.place, record.scenario, record.metric) == (place, scenario, metric)
                    && record.peer == peer
            })
            .map(|record| (record.round, record.value))
            .collect()
    }

    pub(super) fn spread(
        &self,
        place: Place,
        scenario: Scenario,
        metric: Metric,
        peer: &str,
    ) -> Option<Spread> {
        let rounds = self.rounds(place, scenario, metric, peer);
        Spread::of(rounds.into_iter().map(|(_, value)| value).collect())
    }
}
