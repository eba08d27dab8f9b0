use std::collections::BTreeMap;
use std::fs;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A kind of count: a section of the file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Section {
    Allocations,
    SystemCalls,
    SystemCallsOnTwoWorkers,
    Instructions,
    Probing,
    Bytes,
}

impl Section {
    fn name(self) -> &'static str {
        match self {
            Self::Allocations => "allocations",
            Self::SystemCalls => "system-calls",
            Self::SystemCallsOnTwoWorkers => "system-calls-on-two-workers",
            Self::Instructions => "instructions",
            Self::Probing => "probing",
            Self::Bytes => "bytes",
        }
    }

    fn title(self) -> String {
        match self {
            Self::Probing => "instructions, once in a process".to_owned(),
            _ => format!("{} per call", self.name()),
        }
    }

    /// A little above what was measured, by how much that kind of count varies from run to run.
    fn budget(self, name: &str, measured: f64) -> f64 {
        match self {
            // How many items share a frame depends on how fast the ends are. One for each item would be a thousand.
            Self::Allocations | Self::SystemCalls if name.contains(STREAM) => {
                round_up(measured * 3.0 + 1.0, 10.0)
            }
            Self::Allocations => round_up(measured + 0.02, 100.0),
            Self::SystemCalls => round_up(measured * 1.02 + 0.02, 100.0),
            Self::SystemCallsOnTwoWorkers => round_up(measured * 1.6, 100.0),
            Self::Instructions => round_up(measured * 1.05, 0.1),
            Self::Probing => round_up(measured * 1.05, 0.0001),
            Self::Bytes => round_up(measured, 100.0),
        }
    }
}

/// The budgets of one kind, and what was measured beside them.
pub(crate) struct Budgets {
    section: Section,
    allowed: BTreeMap<String, f64>,
    measured: Vec<(String, f64)>,
    _alone: MutexGuard<'static, ()>,
}

impl Budgets {
    /// Waits until no other kind is measured: it would disturb this one, and the file is one.
    pub(crate) fn of(section: Section) -> Self {
        static ONE: Mutex<()> = Mutex::new(());
        let alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let text = fs::read_to_string(FILE).unwrap();
        Self { section, allowed: budgets(&text, section), measured: Vec::new(), _alone: alone }
    }

    /// Counts, and again if a count is above its budget: what chance has added, it does not add each time. For new
    /// budgets it is the other way round.
    pub(crate) fn measure(&mut self, mut count: impl FnMut() -> Vec<(String, f64)>) {
        let mut measured = count();
        if writes() {
            for _ in 1..ATTEMPTS {
                combine(&mut measured, count(), f64::max);
            }
        } else {
            for _ in 1..ATTEMPTS {
                if measured.iter().all(|(name, count)| self.keeps(name, *count)) {
                    break;
                }
                combine(&mut measured, count(), f64::min);
            }
        }
        self.measured.extend(measured);
    }

    /// Prints what was measured, and fails if a budget is broken, missing or for nothing.
    pub(crate) fn finish(self) {
        println!("{:<40}{:>10}{:>10}", self.section.title(), "measured", "budget");
        for (name, count) in &self.measured {
            let budget = self.allowed.get(name).map_or("none".to_owned(), |budget| format!("{budget:.2}"));
            println!("  {name:<38}{count:>10.2}{budget:>10}");
        }
        if writes() {
            fs::write(FILE, self.rewritten(&fs::read_to_string(FILE).unwrap())).unwrap();
            return;
        }
        let broken = self.measured.iter().filter(|(name, count)| !self.keeps(name, *count));
        let broken = broken.map(|(name, count)| match self.allowed.get(name) {
            Some(budget) => format!("{name}: {count:.3}, and the budget is {budget}"),
            None => format!("{name}: {count:.3}, and there is no budget"),
        });
        let unused =
            self.allowed.keys().filter(|name| !self.measured.iter().any(|(known, _)| known == *name));
        let unused = unused.map(|name| format!("{name}: a budget for what is not measured"));
        let wrong = broken.chain(unused).collect::<Vec<_>>();
        assert!(
            wrong.is_empty(),
            "{}:\n{}\nIf it is meant, `FARCALL_BUDGETS=write` makes new budgets.",
            self.section.title(),
            wrong.join("\n"),
        );
    }

    fn keeps(&self, name: &str, count: f64) -> bool {
        self.allowed.get(name).is_some_and(|budget| count <= *budget)
    }

    /// The file with what was measured in place of this section's lines.
    fn rewritten(&self, text: &str) -> String {
        let mut lines = Vec::new();
        let mut written = false;
        for (line, section) in with_sections(text) {
            if section != self.section.name() || !line.contains('=') {
                lines.push(line.to_owned());
            } else if !written {
                lines.extend(self.measured.iter().map(|(name, count)| {
                    format!("{name:<37} = {:<8} # measured {count:.2}", self.section.budget(name, *count))
                }));
                written = true;
            }
        }
        lines.join("\n") + "\n"
    }
}

fn writes() -> bool {
    std::env::var("FARCALL_BUDGETS").is_ok_and(|mode| mode == "write")
}

fn combine(counts: &mut [(String, f64)], again: Vec<(String, f64)>, pick: fn(f64, f64) -> f64) {
    for ((_, count), (_, other)) in counts.iter_mut().zip(again) {
        *count = pick(*count, other);
    }
}

/// The lines of a section that are `name = number`, with or without a comment.
fn budgets(text: &str, section: Section) -> BTreeMap<String, f64> {
    let lines = with_sections(text).filter(|(_, inside)| *inside == section.name());
    let lines = lines.filter_map(|(line, _)| line.split('#').next()?.split_once('='));
    lines.map(|(name, number)| (name.trim().to_owned(), number.trim().parse().unwrap())).collect()
}

/// Each line, and which section it is in.
fn with_sections(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().scan("", |section, line| {
        if let Some(name) = line.strip_prefix('[') {
            *section = name.trim_end_matches(']');
        }
        Some((line, *section))
    })
}

/// The least multiple of 1 / `per_one` that is not less.
fn round_up(number: f64, per_one: f64) -> f64 {
    (number * per_one).ceil() / per_one
}

/// In the names of what streams cost.
const STREAM: &str = ".stream.";

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/budgets/budgets.toml");

const ATTEMPTS: usize = 4;
