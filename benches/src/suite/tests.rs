use std::time::Duration;

use super::about;
use super::plan::Plan;
use crate::peers;
use crate::run::{Place, Processes};
use crate::scenarios::{Scenario, Slice};

/// What is measured compares every reply, so that a figure is an answer too.
#[test]
fn every_peer_does_every_work_that_it_does_not_lack() {
    let slice =
        Slice { warm_up: Duration::from_millis(5), measured: Duration::from_millis(10), connections: 1 };
    for place in Place::ALL.into_iter().filter(|place| place.processes == Processes::One) {
        for scenario in Scenario::ALL.into_iter().filter(|scenario| scenario.is_possible(place)) {
            for peer in peers::all().iter().filter(|peer| peer.lack(scenario, place).is_none()) {
                let figures = peer.measure(scenario, place, slice);
                let metrics: Vec<_> = figures.iter().map(|figure| figure.metric).collect();
                assert_eq!(metrics, scenario.metrics(), "{}, {}", peer.name(), scenario.name());
            }
        }
    }
}

#[test]
fn every_peer_has_a_name_of_its_own_and_a_version() {
    let mut names: Vec<_> = peers::all().iter().map(|peer| about::peer(peer.as_ref()).peer).collect();
    let peers = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), peers);
}

#[test]
fn the_quick_plan_has_every_scenario_and_every_peer() {
    let quick = Plan::quick();
    assert_eq!(quick.peers.len(), peers::all().len());
    for scenario in Scenario::ALL {
        assert!(quick.measured.iter().any(|(_, planned)| *planned == scenario), "{}", scenario.name());
    }
}
