use std::path::PathBuf;
use std::time::Duration;

use lexopt::{Arg, Parser, ValueExt};

use super::plan::Plan;
use crate::peers;
use crate::run::{Place, Threads};
use crate::scenarios::Scenario;

pub const HELP: &str = "\
Compares farcall with other libraries and with hand-written loops.

    farcall-benches [OPTIONS]           measures; the table goes to stdout
    farcall-benches delays              small calls beside an upload and beside a stalled stream of farcall's own
    farcall-benches versions            connections and calls of farcall where both sides compare the types of their methods
    farcall-benches upload | stalled    one of these two

    --quick                  shorter slices, fewer rounds, each place with its main scenarios: under three minutes
    --only PEER,…            these peers
    --scenario NAME,…        these scenarios
    --place NAME,…           one-multi, one-current, two-multi, two-current: processes and flavour of their runtimes
    --rounds N               default 5; with --quick 3
    --slice MS               of each measurement, in milliseconds; default 500, with --quick 150
    --json FILE              writes every figure of every round, one JSON object a line
    --svg FILE               writes a plot
    --overview               prints the medians of each place, and nothing else
    --from FILE              measures nothing: shows what --json wrote, of --only, --scenario and --place
    --list                   prints what would be measured
";

/// What the command line asks for.
pub(super) enum Task {
    Measure { plan: Plan, outputs: Outputs },
    Show { from: PathBuf, wanted: Wanted, outputs: Outputs },
    List(Plan),
    Serve { peer: String, threads: Threads },
    Help,
}

#[derive(Default)]
pub(super) struct Outputs {
    pub(super) json: Option<PathBuf>,
    pub(super) svg: Option<PathBuf>,
    pub(super) overview: bool,
}

/// What is named on the command line; none is all.
#[derive(Default)]
pub(super) struct Wanted {
    peers: Option<Vec<String>>,
    scenarios: Option<Vec<Scenario>>,
    places: Option<Vec<Place>>,
}

impl Wanted {
    pub(super) fn includes(&self, place: Place, scenario: Scenario, peer: &str) -> bool {
        self.places.as_ref().is_none_or(|places| places.contains(&place))
            && self.scenarios.as_ref().is_none_or(|scenarios| scenarios.contains(&scenario))
            && self.peers.as_ref().is_none_or(|peers| peers.iter().any(|name| name == peer))
    }
}

#[derive(Default)]
struct Given {
    quick: bool,
    list: bool,
    help: bool,
    wanted: Wanted,
    rounds: Option<usize>,
    slice: Option<Duration>,
    from: Option<PathBuf>,
    serve: Option<String>,
    threads: Option<Threads>,
    outputs: Outputs,
}

impl Task {
    pub(super) fn parse(mut parser: Parser) -> Result<Self, lexopt::Error> {
        let mut given = Given::default();
        while let Some(argument) = parser.next()? {
            let Arg::Long(name) = argument else { return Err(argument.unexpected()) };
            match name {
                "quick" => given.quick = true,
                "list" => given.list = true,
                "help" => given.help = true,
                "only" => given.wanted.peers = Some(list(&mut parser, "peer", peer)?),
                "scenario" => {
                    given.wanted.scenarios = Some(list(&mut parser, "scenario", Scenario::from_name)?)
                }
                "place" => given.wanted.places = Some(list(&mut parser, "place", Place::from_name)?),
                "rounds" => given.rounds = Some(parser.value()?.parse::<usize>()?.max(1)),
                "slice" => given.slice = Some(Duration::from_millis(parser.value()?.parse()?)),
                "from" => given.from = Some(parser.value()?.into()),
                "json" => given.outputs.json = Some(parser.value()?.into()),
                "svg" => given.outputs.svg = Some(parser.value()?.into()),
                "overview" => given.outputs.overview = true,
                "serve" => given.serve = Some(parser.value()?.string()?),
                "threads" => given.threads = list(&mut parser, "flavour", Threads::from_name)?.pop(),
                _ => return Err(argument.unexpected()),
            }
        }
        Ok(given.task())
    }
}

impl Given {
    fn task(self) -> Task {
        let mut plan = if self.quick { Plan::quick() } else { Plan::full() };
        if let Some(peers) = &self.wanted.peers {
            plan.peers.clone_from(peers);
        }
        if self.wanted.scenarios.is_some() || self.wanted.places.is_some() {
            plan.narrow(self.wanted.scenarios.as_deref(), self.wanted.places.as_deref());
        }
        plan.rounds = self.rounds.unwrap_or(plan.rounds);
        plan.slice.measured = self.slice.unwrap_or(plan.slice.measured);
        match (self.serve, self.from) {
            _ if self.help => Task::Help,
            (Some(peer), _) => Task::Serve { peer, threads: self.threads.unwrap_or(Threads::Multi) },
            (None, Some(from)) => Task::Show { from, wanted: self.wanted, outputs: self.outputs },
            (None, None) if self.list => Task::List(plan),
            (None, None) => Task::Measure { plan, outputs: self.outputs },
        }
    }
}

/// The values of an option, with commas between them.
fn list<T>(
    parser: &mut Parser,
    what: &str,
    from_name: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, lexopt::Error> {
    let names = parser.value()?.string()?;
    let values = names
        .split(',')
        .map(|name| from_name(name).ok_or_else(|| format!("there is no {what} `{name}`: see --list").into()));
    values.collect()
}

fn peer(name: &str) -> Option<String> {
    peers::all().iter().find(|peer| peer.name() == name).map(|peer| peer.name().to_owned())
}
