use std::iter;

use super::number::number;
use super::ratios::Base;
use super::{About, Failure, PeerInfo, Results, Spread};
use crate::run::Place;
use crate::scenarios::{Metric, Scenario};

/// Markdown: what was measured on, an overview for each place, every figure with its spread and its ratios.
pub fn table(results: &Results) -> String {
    let parts = iter::once(head(&results.about, &results.peers))
        .chain(results.places().into_iter().flat_map(|place| {
            let scenarios = results.scenarios(place).into_iter();
            iter::once(overview(results, place)).chain(scenarios.flat_map(move |scenario| {
                scenario.metrics().iter().map(move |metric| detail(results, (place, scenario, *metric)))
            }))
        }))
        .chain([lacks(results), failures(results)]);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Markdown: the medians of each place.
pub fn overviews(results: &Results) -> String {
    let overviews = results.places().into_iter().map(|place| overview(results, place));
    overviews.collect::<Vec<_>>().join("\n")
}

fn head(about: &About, peers: &[PeerInfo]) -> String {
    let About { cpu, cpus, kernel, compiler, rounds, milliseconds, time: _ } = about;
    let rows = peers.iter().map(|PeerInfo { peer, version, setup }| {
        row([peer.clone(), version.clone().unwrap_or_else(|| "–".to_owned()), setup.clone()])
    });
    format!(
        "{cpus} × {cpu}, Linux {kernel}, {compiler}; medians of {rounds} rounds of {milliseconds} ms each.\n\n{}{}",
        heading(["", "version", "set-up"].map(str::to_owned)),
        rows.collect::<String>(),
    )
}

/// Medians.
fn overview(results: &Results, place: Place) -> String {
    let columns: Vec<(Scenario, Metric)> =
        results.scenarios(place).into_iter().map(|scenario| (scenario, scenario.metrics()[0])).collect();
    let names = columns.iter().map(|(scenario, metric)| format!("{}, {}", scenario.title(), metric.name()));
    let mut text = format!("## {place}\n\n{}", heading(iter::once(String::new()).chain(names)));
    for PeerInfo { peer, .. } in &results.peers {
        let medians =
            columns.iter().map(|(scenario, metric)| median(results.spread(place, *scenario, *metric, peer)));
        text += &row(iter::once(peer.clone()).chain(medians));
    }
    text
}

/// With spreads, and ratios within the rounds.
fn detail(results: &Results, what: (Place, Scenario, Metric)) -> String {
    let (place, scenario, metric) = what;
    let better = if metric.more_is_better() { "more is better" } else { "less is better" };
    let columns = ["", "median", "least to most"].map(str::to_owned);
    let mut text = format!(
        "### {}, {} ({better}), {}\n\n{}",
        scenario.title(),
        metric.name(),
        place.name(),
        heading(columns.into_iter().chain(Base::ALL.map(Base::heading))),
    );
    for PeerInfo { peer, .. } in &results.peers {
        let Some(figure) = results.spread(place, scenario, metric, peer) else { continue };
        let range = format!("{} – {}", number(figure.least), number(figure.most));
        let ratios = Base::ALL.map(|base| median(results.ratio(what, peer, base)));
        text += &row([peer.clone(), number(figure.median), range].into_iter().chain(ratios));
    }
    text
}

/// Each reason once.
fn lacks(results: &Results) -> String {
    let mut lines: Vec<String> = Vec::new();
    for lack in &results.lacks {
        let line = format!("* {}, {}: {}\n", lack.peer, lack.scenario.title(), lack.why);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() { String::new() } else { format!("## Not measured\n\n{}", lines.concat()) }
}

fn failures(results: &Results) -> String {
    let lines = results.failures.iter().map(|failure| {
        let Failure { place, scenario, round, peer, why } = failure;
        format!("* {peer}, {}, {}, round {}: {why}\n", scenario.title(), place.name(), round + 1)
    });
    let lines: String = lines.collect();
    if lines.is_empty() { lines } else { format!("## Failed\n\n{lines}") }
}

fn median(spread: Option<Spread>) -> String {
    spread.map_or_else(|| "–".to_owned(), |spread| number(spread.median))
}

fn heading(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    let rule = iter::once("|---|".to_owned()).chain(cells[1..].iter().map(|_| "---:|".to_owned()));
    let rule = rule.collect::<String>();
    row(cells) + &rule + "\n"
}

fn row(cells: impl IntoIterator<Item = String>) -> String {
    format!("| {} |\n", cells.into_iter().collect::<Vec<_>>().join(" | "))
}
