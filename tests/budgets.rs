//! What a call costs, or a thousand items of a stream, in counts that hardly depend on the machine: allocations, system
//! calls, instructions, bytes on the wire. Budgets for them are kept in `tests/budgets/budgets.toml`, and a count above its budget fails.
//!
//! Client and server are two processes, this program started twice, each with a single-threaded runtime and both on one
//! core: so each end is counted apart, and what it does depends little on scheduling. One run makes few calls and
//! another many; the difference is what those in between cost, without start and end. Debug builds do not count
//! instructions. With two workers at each end, chance has a part in how many calls share a system call; so the budgets
//! for that are wider.
//!
//! ```console
//! cargo test --release --all-features --test budgets -- --nocapture    # the counts beside their budgets
//! ```
//!
//! The same with `FARCALL_BUDGETS=write` puts new budgets into the file, a little above the most of some runs.
//!
//! System calls need `strace`, instructions need `valgrind`. What callgrind found stays in `target/tmp`, for
//! `callgrind_annotate`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[path = "budgets/budgets.rs"]
mod budgets;
#[path = "budgets/ends.rs"]
mod ends;
#[path = "budgets/scenario.rs"]
mod scenario;
#[path = "budgets/shop.rs"]
mod shop;
#[path = "support/skip.rs"]
mod skip;
#[path = "budgets/tool.rs"]
mod tool;
#[path = "budgets/wire.rs"]
mod wire;

use budgets::{Budgets, Section};
use scenario::Scenario;
use skip::skip;
use tool::Tool;

#[global_allocator]
static HEAP: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[test]
fn allocations_per_call() {
    check(Section::Allocations, &Tool::Heap, &Scenario::all(), 6_400);
}

#[test]
fn system_calls_per_call() {
    match Tool::strace() {
        Ok(strace) => check(Section::SystemCalls, &strace, &Scenario::all(), 1_920),
        Err(why) => skip!("{why}"),
    }
}

#[test]
fn system_calls_per_call_on_two_workers() {
    match Tool::strace() {
        Ok(strace) => {
            check(Section::SystemCallsOnTwoWorkers, &strace, &Scenario::on_two_workers(), 19_200);
        }
        Err(why) => skip!("{why}"),
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "instructions are counted in release builds")]
fn instructions_per_call() {
    match Tool::callgrind() {
        Ok(callgrind) => check(Section::Instructions, &callgrind, &Scenario::all(), 1_920),
        Err(why) => skip!("{why}"),
    }
}

/// What the types of fifty methods are is found once in a process.
#[test]
#[cfg_attr(debug_assertions, ignore = "instructions are counted in release builds")]
fn instructions_of_probing() {
    match Tool::callgrind() {
        Ok(callgrind) => {
            let mut budgets = Budgets::of(Section::Probing);
            budgets.measure(|| vec![("service-of-50-methods".to_owned(), callgrind.of_probing())]);
            budgets.finish();
        }
        Err(why) => skip!("{why}"),
    }
}

#[test]
fn bytes_per_call() {
    let mut budgets = Budgets::of(Section::Bytes);
    for scenario in Scenario::unary() {
        budgets.measure(|| wire::bytes_per_call(scenario));
    }
    budgets.finish();
}

/// One end, in a process of its own.
#[test]
#[ignore = "the other tests start it"]
fn end() {
    ends::run();
}

fn check(section: Section, tool: &Tool, scenarios: &[Scenario], calls: u32) {
    let mut budgets = Budgets::of(section);
    for scenario in scenarios {
        budgets.measure(|| tool.per_call(*scenario, calls));
    }
    budgets.finish();
}
