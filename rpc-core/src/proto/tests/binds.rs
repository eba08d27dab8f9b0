//! Methods are bound one by one, each with its first call.

use super::lone::{Lone, bind, call, hello};
use super::pair::{Pair, reason};
use super::service::{ECHO, MISSING, OTHER, STRANGE, many, tight};
use crate::proto::{Ending, StartError};
use crate::wire::{Call, Frame, MethodRef, RefusalReason};
use crate::{Limits, MethodDescriptor};

#[test]
fn a_method_is_bound_once_with_its_first_call() {
    let mut lone = Lone::client(tight(), &hello());
    lone.start(&OTHER, 3, None).unwrap();
    lone.start(&ECHO, 3, None).unwrap();
    lone.start(&OTHER, 3, None).unwrap();
    assert_eq!(lone.said(), ["Bind 0", "Call 0 with 3", "Bind 1", "Call 1 with 3", "Call 2 with 3"]);
}

fn late(method: &'static MethodDescriptor, why: RefusalReason) {
    let mut pair = Pair::greeted(tight(), tight());
    let early = pair.start(0, method, 8, None).unwrap();
    let good = pair.start(0, &ECHO, 8, None).unwrap();
    pair.settle();
    assert_eq!(reason(pair.told(0, early)), Some(why));
    assert!(matches!(pair.told(0, good), Ending::Replied { .. }));
    // Now it is known, and costs nothing.
    assert_eq!(pair.start(0, method, 8, None), Err(StartError::Refused(why)));
    pair.check_rest();
}

#[test]
fn a_call_that_was_too_early_is_refused_and_the_next_one_is_not_sent() {
    late(&MISSING, RefusalReason::NoMethod);
    late(&STRANGE, RefusalReason::NoService);
}

#[test]
fn every_bind_is_answered_and_says_what_is_missing() {
    let mut lone = Lone::server(tight());
    lone.hear(&Frame::Bind(bind(0, &[&MISSING, &ECHO, &MISSING])));
    lone.hear(&Frame::Bind(bind(3, &[&STRANGE])));
    lone.hear(&Frame::Bind(crate::wire::Bind { codec: 77, ..bind(4, &[&ECHO]) }));
    lone.hear(&Frame::Bind(bind(5, &[&ECHO])));
    assert_eq!(lone.said(), ["Bound 0 0 [0, 2]", "Bound 3 1 []", "Bound 4 2 []", "Bound 5 0 []"]);
    for (place, method) in (0..).zip([0, 1, 3, 4, 5]) {
        lone.hear(&Frame::Call(Call { method: MethodRef::Index(method), ..call(place, b"x") }));
    }
    assert_eq!(lone.starts(), [1, 4]);
    assert_eq!(lone.said(), ["Refused 0 for 2", "Refused 2 for 1", "Refused 3 for 3"]);
}

#[test]
fn a_call_that_is_not_begun_binds_nothing() {
    let mut lone = Lone::client(tight(), &hello());
    let max = Limits::default().max_message;
    assert_eq!(lone.start(&ECHO, max + 1, None), Err(StartError::TooLong { max }));
    assert!(lone.proto.nothing_to_send() && lone.proto.is_quiet());
}

#[test]
fn more_methods_than_this_side_binds_are_refused_here() {
    let mut lone = Lone::client(Limits { max_methods: 1, ..tight() }, &hello());
    lone.start(&ECHO, 3, None).unwrap();
    assert_eq!(lone.start(&OTHER, 3, None), Err(StartError::TooManyMethods));
    assert!(lone.start(&ECHO, 3, None).is_ok());
}

#[test]
fn more_services_than_fit_in_a_hello_are_refused() {
    let error = many(1_025).unwrap_err();
    assert_eq!(
        error.message(),
        "1025 services share a port, but may be 1024 at most: serve the rest on another"
    );
    assert!(many(2).unwrap_err().message().contains("twice"));
}
