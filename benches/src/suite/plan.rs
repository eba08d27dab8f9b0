use std::time::Duration;

use crate::peers;
use crate::run::Place;
use crate::scenarios::{Scenario, Slice};

/// What is measured, and how long.
pub(super) struct Plan {
    /// Names, in the order of the reports.
    pub(super) peers: Vec<String>,
    pub(super) measured: Vec<(Place, Scenario)>,
    pub(super) rounds: usize,
    pub(super) slice: Slice,
}

impl Plan {
    pub(super) fn full() -> Self {
        Self {
            peers: peers::all().iter().map(|peer| peer.name().to_owned()).collect(),
            measured: everything(),
            rounds: 5,
            slice: Slice {
                warm_up: Duration::from_millis(100),
                measured: Duration::from_millis(500),
                connections: 1_000,
            },
        }
    }

    /// All of one process and two workers; of the other places what tells most.
    pub(super) fn quick() -> Self {
        let [first, .., last] = Place::ALL;
        let tells_most = |(place, scenario): &(Place, Scenario)| match scenario {
            _ if *place == first => true,
            Scenario::InFlight { connections: 1, callers: 64 } => *place != last,
            Scenario::IdleMemory => *place != last,
            _ => false,
        };
        Self {
            measured: everything().into_iter().filter(tells_most).collect(),
            rounds: 3,
            slice: Slice {
                warm_up: Duration::from_millis(50),
                measured: Duration::from_millis(150),
                connections: 200,
            },
            ..Self::full()
        }
    }

    /// What is asked for by name is measured, whether it is in the plan or not.
    pub(super) fn narrow(&mut self, scenarios: Option<&[Scenario]>, places: Option<&[Place]>) {
        let planned = |scenario, place| self.measured.contains(&(place, scenario));
        let wanted = |(place, scenario): &(Place, Scenario)| match (scenarios, places) {
            (Some(scenarios), Some(places)) => scenarios.contains(scenario) && places.contains(place),
            (Some(scenarios), None) => scenarios.contains(scenario) && planned(*scenario, *place),
            (None, Some(places)) => places.contains(place),
            (None, None) => planned(*scenario, *place),
        };
        self.measured = everything().into_iter().filter(wanted).collect();
    }
}

fn everything() -> Vec<(Place, Scenario)> {
    let pairs = Place::ALL.into_iter().flat_map(|place| Scenario::ALL.map(|scenario| (place, scenario)));
    pairs.filter(|(place, scenario)| scenario.is_possible(*place)).collect()
}
