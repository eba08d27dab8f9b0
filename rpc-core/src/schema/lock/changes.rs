//! What a change means for those who were built before it.
//!
//! Both ways are looked at: clients of before with servers of after, and clients of after with servers of before. What
//! fails for some values only is breaking where the side of before writes them, because it could do so until now; it is a
//! risk where only the side of after can.

use std::collections::{BTreeMap, BTreeSet};

use super::renumbered::renumbered;
use super::{LockedMethod, Lockfile, Report, advice};
use crate::schema::compatible::{Side, differences};
use crate::schema::{Difference, Direction, Grade, Part, words};

pub(super) fn report(old: &Lockfile, new: &Lockfile) -> Report {
    let mut report = Report::default();
    if old.service != new.service {
        let (old, new) = (words::name(&old.service), words::name(&new.service));
        report.breaking.push(format!(
            "the service `{old}` is called `{new}` now: clients built before this change get `Unimplemented`; keep its \
             name with `#[rpc_service(name = \"{old}\")]`, or use another file for another service"
        ));
        return report;
    }
    let find = |lock: &'_ Lockfile, name: &str| lock.methods.iter().any(|method| method.name() == name);
    for method in &old.methods {
        match new.methods.iter().find(|new| new.name() == method.name()) {
            Some(new_method) => method_changes((old, method), (new, new_method), &mut report),
            None => report.breaking.push(format!(
                "method `{name}` was removed or renamed: clients built before this change get `Unimplemented`; if it \
                 was renamed, keep its name on the wire with `#[rpc(name = \"…\")]`",
                name = words::name(method.name())
            )),
        }
    }
    for method in new.methods.iter().filter(|method| !find(old, method.name())) {
        report.compatible.push(format!("method `{}` is new", words::name(method.name())));
    }
    report.breaking.extend(renumbered(old, new));
    if report == Report::default() && old != new {
        report.compatible.push(format!(
            "the order of members, a name of a type, an alias or a default changed: `{}`",
            rewritten(old, new).join("`, `")
        ));
    }
    report
}

/// The first lines of what is not written as it was; of methods only where no type is.
fn rewritten<'a>(old: &'a Lockfile, new: &'a Lockfile) -> Vec<&'a str> {
    let blocks = |lock: &'a Lockfile| lock.text.split("\n\n").collect::<BTreeSet<_>>();
    let (old, new) = (blocks(old), blocks(new));
    let heads = old.symmetric_difference(&new).filter_map(|block| block.lines().next());
    let (methods, types): (BTreeSet<_>, BTreeSet<_>) = heads.partition(|head| head.starts_with("method "));
    let told = if types.is_empty() { methods } else { types };
    told.into_iter().collect()
}

/// A place in a method, told once for both ways.
#[derive(Default)]
struct Change {
    subject: String,
    old: Option<String>,
    new: Option<String>,
    /// What clients of before meet, and what clients of after do.
    old_client: Option<Difference>,
    new_client: Option<Difference>,
}

fn method_changes(old: (&Lockfile, &LockedMethod), new: (&Lockfile, &LockedMethod), report: &mut Report) {
    let name = words::name(old.1.name());
    let before = Side::with_types(&old.1.signature, &old.0.types);
    let after = Side::with_types(&new.1.signature, &new.0.types);
    let mut changes: BTreeMap<(Part, String), Change> = BTreeMap::new();
    for difference in differences(&before, &after) {
        let change = changes.entry((difference.part, difference.path.clone())).or_default();
        change.subject = difference.subject();
        change.old = difference.caller().map(str::to_owned);
        change.new = difference.callee().map(str::to_owned);
        keep_worst(&mut change.old_client, difference);
    }
    for difference in differences(&after, &before) {
        let change = changes.entry((difference.part, difference.path.clone())).or_default();
        change.subject = difference.subject();
        change.old = difference.callee().map(str::to_owned);
        change.new = difference.caller().map(str::to_owned);
        keep_worst(&mut change.new_client, difference);
    }
    for ((part, path), change) in changes {
        let advice = match (&change.old, &change.new) {
            (None, Some(_)) => advice::added(part, &path, &new.1.signature).map(str::to_owned),
            (Some(_), None) => advice::removed(part, &path, &old.1.signature),
            _ => None,
        };
        change.tell(&name, advice, report);
    }
}

fn keep_worst(kept: &mut Option<Difference>, new: Difference) {
    if kept.as_ref().is_none_or(|kept| kept.grade < new.grade) {
        *kept = Some(new);
    }
}

impl Change {
    fn tell(&self, method: &str, advice: Option<String>, report: &mut Report) {
        let subject = &self.subject;
        let change = match (&self.old, &self.new) {
            (Some(old), Some(new)) if old == new => format!("{subject} of `{method}` changed, {old}"),
            (Some(old), Some(new)) => format!("{subject} of `{method}` was {old}, is {new}"),
            (None, new) => format!("{subject} of `{method}` is new, {}", new.as_deref().unwrap_or_default()),
            (Some(old), None) => format!("{subject} of `{method}`, {old}, was removed"),
        };
        let mut breaking = Vec::new();
        let mut risks = Vec::new();
        for (difference, old_client) in [(&self.old_client, true), (&self.new_client, false)] {
            let Some(difference) = difference else { continue };
            let old_writes = (difference.direction == Direction::ToCallee) == old_client;
            match &difference.grade {
                Grade::Works => {}
                Grade::Breaks(_) => breaking.push(refused(method, difference, old_client)),
                Grade::WorksUnless(condition) => {
                    let list = if old_writes { &mut breaking } else { &mut risks };
                    list.push(failing(condition, difference.direction, old_client));
                }
            }
        }
        if !breaking.is_empty() {
            breaking.extend(advice);
            report.breaking.push(format!("{change}: {}", breaking.join("; ")));
        } else if !risks.is_empty() {
            report.risks.push(format!("{change}: {}", risks.join("; ")));
        } else {
            report.compatible.push(change);
        }
    }
}

fn refused(method: &str, difference: &Difference, old_client: bool) -> String {
    let error = format!("\"`{method}` cannot be called: {difference}\"");
    match old_client {
        true => format!("clients built before this change get {error}"),
        false => format!("clients built after this change get {error} from servers built before it"),
    }
}

fn failing(condition: &str, direction: Direction, old_client: bool) -> String {
    match (direction, old_client) {
        (Direction::ToCallee, true) => {
            format!("calls of clients built before this change fail where {condition}")
        }
        (Direction::ToCallee, false) => {
            format!(
                "calls of clients built after this change fail at servers built before it where {condition}"
            )
        }
        (Direction::ToCaller, true) => {
            format!("answers fail at clients built before this change where {condition}")
        }
        (Direction::ToCaller, false) => {
            format!(
                "answers of servers built before this change fail at clients built after it where {condition}"
            )
        }
    }
}
