use std::sync::atomic::{AtomicUsize, Ordering};

use super::GivenSignatures;

/// Has `given` asked for the signatures of `methods`, each of ten bytes. How many were given, and how many encoded.
fn ask(given: &mut GivenSignatures, room: usize, methods: &[u64]) -> (usize, usize) {
    let (encoded, mut left) = (AtomicUsize::new(0), room);
    let encode = || {
        encoded.fetch_add(1, Ordering::Relaxed);
        Some(vec![7; 10])
    };
    let found = methods.iter().filter(|method| !given.once(**method, &mut left, encode).is_empty()).count();
    assert_eq!(Some(left), room.checked_sub(found.saturating_mul(10)));
    (found, encoded.into_inner())
}

#[test]
fn a_signature_is_encoded_once_however_often_it_is_asked_for() {
    let mut given = GivenSignatures::default();
    assert_eq!(ask(&mut given, 1_000, &[7; 4_096]), (1, 1));
    assert_eq!(ask(&mut given, 1_000, &[7, 8, 7, 8]), (1, 1));
}

#[test]
fn so_is_one_that_does_not_fit_and_none_is_where_nothing_fits() {
    let mut given = GivenSignatures::default();
    assert_eq!(ask(&mut given, 0, &[7; 4_096]), (0, 0));
    assert_eq!(ask(&mut given, 9, &[7; 4_096]), (0, 1));
    assert_eq!(ask(&mut given, 15, &[8, 9, 8, 9]), (1, 2));
    assert_eq!(ask(&mut given, 1_000, &[7, 8, 9, 10]), (1, 1));
}
