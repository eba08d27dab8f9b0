use super::ratios::Base;
use super::{About, Failure, Lack, PeerInfo, Record, Results, overviews, plot, table};
use crate::run::Place;
use crate::scenarios::{Metric, Scenario};

const PLACE: Place = Place::ALL[0];
const SCENARIO: Scenario = Scenario::Connect;
const METRIC: Metric = Metric::P50;

/// Of each peer, its value in each round.
fn results(peers: &[(&str, Option<&str>, &[f64])]) -> Results {
    let info = |(peer, version, _): &(&str, Option<&str>, &[f64])| PeerInfo {
        peer: (*peer).to_owned(),
        version: version.map(str::to_owned),
        setup: "loopback".to_owned(),
    };
    let records = |(peer, _, values): &(&str, Option<&str>, &[f64])| {
        let record = |(round, value): (usize, &f64)| Record {
            place: PLACE,
            scenario: SCENARIO,
            round,
            peer: (*peer).to_owned(),
            metric: METRIC,
            value: *value,
        };
        values.iter().enumerate().map(record).collect::<Vec<_>>()
    };
    Results {
        about: About { rounds: 3, cpus: 2, ..About::default() },
        peers: peers.iter().map(info).collect(),
        lacks: vec![Lack {
            place: PLACE,
            scenario: Scenario::Stream,
            peer: "tarpc".into(),
            why: "none".into(),
        }],
        failures: vec![Failure {
            place: PLACE,
            scenario: SCENARIO,
            round: 1,
            peer: "tarpc".into(),
            why: "gone".into(),
        }],
        records: peers.iter().flat_map(records).collect(),
    }
}

#[test]
fn a_ratio_is_the_median_of_those_within_a_round() {
    // The second round met a slow machine, and all were slow alike: no round says anything but 2.
    let results = results(&[
        ("raw", None, &[10.0, 1_000.0, 11.0]),
        ("farcall", Some("1"), &[20.0, 2_000.0, 22.0]),
        ("tarpc", Some("1"), &[40.0, 8_000.0, 11.0]),
        ("other", Some("1"), &[80.0, 4_000.0, 44.0]),
    ]);
    let ratio = |base| results.ratio((PLACE, SCENARIO, METRIC), "farcall", base).map(|ratio| ratio.median);
    assert_eq!(ratio(Base::Peer("raw")), Some(2.0));
    assert_eq!(ratio(Base::Peer("multiplexer")), None);
    // 20/40, 2000/4000, 22/11: less is better here.
    assert_eq!(ratio(Base::BestOther), Some(0.5));
}

#[test]
fn what_is_written_as_json_is_read_again() {
    let results = results(&[("raw", None, &[10.5]), ("farcall", Some("1"), &[20.25, 3.0])]);
    let text = results.to_json_lines();
    let read = Results::from_json_lines(&text).expect("what was written");
    assert_eq!(read.to_json_lines(), text);
    assert_eq!(table(&read), table(&results));
    let wrong = text.replace("connect", "disconnect");
    let error = Results::from_json_lines(&wrong).expect_err("a scenario that there is not");
    assert!(error.contains("disconnect") && error.starts_with("line 5:"), "{error}");
}

#[test]
fn the_table_says_what_was_not_measured_and_what_failed() {
    let text = table(&results(&[("raw", None, &[10.0])]));
    assert!(text.contains("* tarpc, u64 stream: none"), "{text}");
    assert!(text.contains("* tarpc, connect + first call, one-multi, round 2: gone"), "{text}");
    assert!(text.contains("| raw | 10.0 | 10.0 – 10.0 | 1.00 | – | – | – |"), "{text}");
}

#[test]
fn what_is_not_wanted_is_not_shown() {
    let mut results = results(&[("raw", None, &[10.0]), ("farcall", Some("1"), &[20.0])]);
    results.keep(|_, scenario, peer| scenario == SCENARIO && peer == "farcall");
    assert!(results.lacks.is_empty() && results.failures.is_empty());
    let text = overviews(&results);
    assert!(text.ends_with("|---|---:|\n| farcall | 20.0 |\n"), "{text}");
}

#[test]
fn without_results_there_is_nothing_to_plot() {
    assert_eq!(plot(&Results::default()), "");
}
