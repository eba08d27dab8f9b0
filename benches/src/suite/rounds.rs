use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::about;
use super::plan::Plan;
use crate::peers::{self, Contestant};
use crate::report::{Failure, Lack, Record, Results};
use crate::run::Place;
use crate::scenarios::Scenario;

/// Peers take turns, in another order each round: whatever the machine does meets all alike.
pub(super) fn measure(plan: &Plan) -> Results {
    let peers = selected(plan);
    let mut results = Results {
        about: about::about(plan),
        peers: peers.iter().map(|peer| about::peer(peer.as_ref())).collect(),
        ..Results::default()
    };
    for round in 0..plan.rounds {
        for (place, scenario) in &plan.measured {
            eprintln!("round {} of {}: {}, {}", round + 1, plan.rounds, place.name(), scenario.name());
            for turn in 0..peers.len() {
                let peer = peers[(turn + round) % peers.len()].as_ref();
                turn_of(peer, *place, *scenario, round, plan, &mut results);
            }
        }
    }
    results
}

pub(super) fn selected(plan: &Plan) -> Vec<Box<dyn Contestant>> {
    peers::all().into_iter().filter(|peer| plan.peers.iter().any(|name| name == peer.name())).collect()
}

fn turn_of(
    peer: &dyn Contestant,
    place: Place,
    scenario: Scenario,
    round: usize,
    plan: &Plan,
    results: &mut Results,
) {
    let name = peer.name().to_owned();
    if let Some(why) = peer.lack(scenario, place) {
        if round == 0 {
            results.lacks.push(Lack { place, scenario, peer: name, why: why.to_owned() });
        }
        return;
    }
    // What goes wrong with one peer does not take the figures of the others along.
    let figures = match catch_unwind(AssertUnwindSafe(|| peer.measure(scenario, place, plan.slice))) {
        Ok(figures) => figures,
        Err(panic) => {
            let why = message(panic.as_ref());
            return results.failures.push(Failure { place, scenario, round, peer: name, why });
        }
    };
    let records = figures.into_iter().map(|figure| Record {
        place,
        scenario,
        round,
        peer: name.clone(),
        metric: figure.metric,
        value: figure.value,
    });
    results.records.extend(records);
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic".to_owned())
}
