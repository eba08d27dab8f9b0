#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::collections::HashSet;

use proptest::prelude::*;

use super::{TraceContext, state};
use crate::Metadata;

const VALID: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

#[test]
fn a_traceparent_is_read_and_written() {
    let trace = TraceContext::parse(VALID).unwrap();
    assert_eq!(trace.trace_id(), 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c);
    assert_eq!(trace.parent_id(), 0xb7ad_6b71_6920_3331);
    assert_eq!((trace.flags(), trace.is_sampled(), trace.state()), (1, true, ""));
    assert_eq!(trace.to_string(), VALID);
}

#[test]
fn what_is_malformed_is_nothing() {
    for text in [
        "",
        "00",
        // Too short, too long, of version 0 with more behind.
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-011",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes",
        // Upper case, no digit, a sign.
        "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
        "00-+af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
        // Zero.
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        // Version 255, other separators, blanks, other characters.
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319cb-7ad6b7169203331-01",
        " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333ü-01",
    ] {
        assert_eq!(TraceContext::parse(text), None, "{text}");
    }
}

#[test]
fn of_a_later_version_what_is_known_is_read_and_this_version_is_written() {
    for behind in ["", "-", "-what-comes"] {
        let later = format!("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03{behind}");
        assert_eq!(TraceContext::parse(&later).unwrap().to_string(), VALID);
    }
    let later = "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.what";
    assert_eq!(TraceContext::parse(later), None);
}

#[test]
fn flags_that_are_reserved_are_dropped() {
    let trace = TraceContext::parse(&VALID.replace("-01", "-fe")).unwrap();
    assert_eq!((trace.flags(), trace.is_sampled()), (0, false));
}

#[test]
fn ids_are_fresh_and_a_child_belongs_to_its_trace() {
    let mut seen = HashSet::new();
    for _ in 0..1_000 {
        let root = TraceContext::root(false).with_state("vendor=1");
        let child = root.child();
        assert_eq!((child.trace_id(), child.flags(), child.state()), (root.trace_id(), 0, "vendor=1"));
        assert!(seen.insert(u128::from(child.parent_id())) && seen.insert(u128::from(root.parent_id())));
        assert!(seen.insert(root.trace_id()));
    }
    assert!(TraceContext::root(true).is_sampled());
}

#[test]
fn the_grammar_of_a_state() {
    for valid in [
        "vendor=1",
        "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
        "a=1 ,\t b=2,,",
        "1tenant@system=x",
        "a_-*/0=!\"#$%&'()*+-./:;<>?@[]^_`{|}~",
        "a= blank before and within",
    ] {
        assert!(state::is_valid(valid), "{valid}");
    }
    let tenant = format!("{}@s=1", "t".repeat(242));
    let system = format!("t@{}=1", "s".repeat(15));
    let many = (0..33).map(|n| format!("k{n}=1")).collect::<Vec<_>>().join(",");
    let long = format!("a={},b={}", "x".repeat(255), "y".repeat(256));
    for invalid in [
        "",
        " , ",
        "vendor",
        "=1",
        "a=",
        "a=b=c",
        "A=1",
        "1a=1",
        "a=ü",
        "a=\u{7f}",
        "a=1,a=2",
        "@s=1",
        "t@=1",
        "t@1s=1",
        "a@b@c=1",
        &tenant,
        &system,
        &many,
        &long,
        &format!("a={}", "x".repeat(257)),
    ] {
        assert!(!state::is_valid(invalid), "{invalid}");
    }
    assert!(state::is_valid(&many[..many.rfind(',').unwrap()]));
}

#[test]
fn metadata_names_one_parent_or_none() {
    let parent = Metadata::new().with("traceparent", VALID);
    let trace = TraceContext::parse(VALID).unwrap();
    assert_eq!(TraceContext::from_metadata(&parent), Some(trace.clone()));
    assert_eq!(TraceContext::from_metadata(&parent.clone().with("traceparent", VALID)), None);
    assert_eq!(TraceContext::from_metadata(&Metadata::new().with("traceparent", vec![1])), None);
    assert_eq!(TraceContext::from_metadata(&Metadata::new().with("tracestate", "a=1")), None);

    let several = parent.clone().with("tracestate", "a=1").with("tracestate", "b=2");
    assert_eq!(TraceContext::from_metadata(&several).unwrap().state(), "a=1,b=2");
    // A state that is malformed takes nothing else with it.
    for spoilt in [several.with("tracestate", vec![1]), parent.with("tracestate", "=")] {
        assert_eq!(TraceContext::from_metadata(&spoilt), Some(trace.clone()));
    }
}

fn same_ids(trace: &TraceContext, text: &str) -> bool {
    trace.to_string().get(3..53) == text.get(3..53)
}

proptest! {
    #[test]
    fn what_is_written_is_read(trace_id in 1..=u128::MAX, parent_id in 1..=u64::MAX, sampled: bool) {
        let text = format!("00-{trace_id:032x}-{parent_id:016x}-0{}", u8::from(sampled));
        let trace = TraceContext::parse(&text).unwrap();
        prop_assert_eq!((trace.trace_id(), trace.parent_id(), trace.is_sampled()), (trace_id, parent_id, sampled));
        prop_assert_eq!(trace.to_string(), text);
        let mut metadata = Metadata::new().with("traceparent", "old").with("tracestate", "old=1").with("other", "x");
        trace.set(&mut metadata);
        prop_assert_eq!(metadata.len(), 2);
        prop_assert_eq!(TraceContext::from_metadata(&metadata), Some(trace));
    }

    #[test]
    fn any_text_is_read_or_not_and_what_is_read_is_the_same(
        text in "([0-9a-f]{2}-[0-9a-f]{31,33}-[0-9a-fA]{16}-[0-9a-f]{2}(-.*)?)|.{0,60}",
    ) {
        if let Some(trace) = TraceContext::parse(&text) {
            prop_assert!(same_ids(&trace, &text));
        }
        let _ = state::is_valid(&text);
    }

    #[test]
    fn one_changed_byte_is_read_as_it_is_or_not_at_all(at in 0..55_usize, byte in 0_u8..=127) {
        let mut bytes = VALID.as_bytes().to_vec();
        bytes[at] = byte;
        let text = String::from_utf8(bytes).unwrap();
        let allowed = byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        match TraceContext::parse(&text) {
            Some(trace) => prop_assert!(same_ids(&trace, &text)),
            None => prop_assert!(!allowed || [2, 35, 52].contains(&at) || text.starts_with("ff")),
        }
    }
}
