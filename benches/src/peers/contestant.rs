use std::marker::PhantomData;

use super::{Ability, Peer};
use crate::run::{self, Place, Processes, Threads};
use crate::scenarios::{Figure, Scenario, Slice};

/// A [`Peer`] in a list of others.
pub trait Contestant {
    fn name(&self) -> &'static str;
    fn package(&self) -> Option<&'static str>;
    fn setup(&self) -> &'static str;
    /// Why a scenario has no figures of this peer, if it has none.
    fn lack(&self, scenario: Scenario, place: Place) -> Option<&'static str>;
    fn measure(&self, scenario: Scenario, place: Place, slice: Slice) -> Vec<Figure>;
    /// As the server of two processes; until the other ends.
    fn serve(&self, threads: Threads);
}

pub(super) struct Entry<P>(pub(super) PhantomData<P>);

impl<P: Peer> Contestant for Entry<P> {
    fn name(&self) -> &'static str {
        P::NAME
    }
    fn package(&self) -> Option<&'static str> {
        P::PACKAGE
    }
    fn setup(&self) -> &'static str {
        P::SETUP
    }
    fn lack(&self, scenario: Scenario, place: Place) -> Option<&'static str> {
        let place = (place.processes == Processes::Two).then_some(Ability::TwoProcesses);
        let needed = [scenario.needs(), place];
        P::LACKS.iter().find(|(ability, _)| needed.contains(&Some(*ability))).map(|(_, why)| *why)
    }
    fn measure(&self, scenario: Scenario, place: Place, slice: Slice) -> Vec<Figure> {
        run::measure::<P>(scenario, place, slice)
    }
    fn serve(&self, threads: Threads) {
        run::serve_until_stdin_ends::<P>(threads);
    }
}
