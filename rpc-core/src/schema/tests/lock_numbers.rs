//! Numbers that types give themselves.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use super::arena::{I64, enumeration, structure};
use super::lock_text::{method, service};
use crate::schema::lock::{LockError, Lockfile, Mode, check};
use crate::schema::{Content, Field, MemberNotes, Notes, ServiceSignature, Types, Variant};

/// `Board.draw(a: Point)`, with the fields of `Point` and the numbers that it gives them.
fn board(fields: &[(&str, Option<u32>)]) -> ServiceSignature {
    let draw = method("Board.draw", |types: &mut Types| {
        let number = types.add(I64);
        let point = structure("Point", fields.iter().map(|(name, _)| Field::new(*name, number)).collect());
        let point = types.add(point);
        types.set_notes(point, notes(fields));
        vec![point]
    });
    service(vec![draw])
}

fn notes(members: &[(&str, Option<u32>)]) -> Notes {
    members.iter().fold(Notes::new(""), |notes, (_, number)| {
        let member = MemberNotes::new("");
        notes.with_member(number.map_or(member.clone(), |number| member.with_number(number)))
    })
}

fn lines(lock: &Lockfile) -> Vec<String> {
    let text = lock.to_string();
    let point = text.split("struct Point\n").nth(1).unwrap();
    let end = point.find("\n\n").unwrap();
    point[..end].lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn what_says_its_number_gets_it_and_the_others_come_behind() {
    let first = Lockfile::new(&board(&[("a", Some(5)), ("b", None), ("c", Some(2))])).unwrap();
    assert_eq!(lines(&first), ["5 a: i64", "6 b: i64", "2 c: i64"]);
    // What was given stays, whether it is still said or not.
    let next = first.next(&board(&[("new", None), ("a", None), ("b", Some(6)), ("c", None)])).unwrap();
    assert_eq!(lines(&next), ["7 new: i64", "5 a: i64", "6 b: i64", "2 c: i64"]);
}

#[test]
fn variants_and_their_fields_have_numbers_too() {
    let draw = method("Board.draw", |types: &mut Types| {
        let number = types.add(I64);
        let circle = Content::Struct(vec![Field::new("x", number), Field::new("y", number)]);
        let stroke = enumeration(
            "Stroke",
            vec![Variant::new("Dot", 0, Content::Unit), Variant::new("Circle", 1, circle)],
        );
        let stroke = types.add(stroke);
        let fields = MemberNotes::new("").with_field(MemberNotes::new("").with_number(3));
        let fields = fields.with_field(MemberNotes::new("")).with_number(8);
        types.set_notes(stroke, Notes::new("").with_member(MemberNotes::new("")).with_member(fields));
        vec![stroke]
    });
    let text = Lockfile::new(&service(vec![draw])).unwrap().to_string();
    assert!(
        text.contains("enum Stroke\n    9 Dot\n    8 Circle {..}\n        3 x: i64\n        4 y: i64\n"),
        "{text}"
    );
}

#[test]
fn every_method_may_be_the_one_that_finds_them() {
    let said = board(&[("a", Some(5))]);
    let mut silent = board(&[("a", None)]).methods.remove(0);
    silent.method = "Board.before".to_owned();
    silent.types.set_notes(silent.arguments[0].shape, Notes::default());
    let mut bare = silent.clone();
    bare.method = "Board.bare".to_owned();
    bare.types = Types::default();
    for (_, shape) in silent.types.iter() {
        bare.types.add(shape.clone());
    }
    let lock = Lockfile::new(&service(vec![bare, said.methods[0].clone()])).unwrap();
    assert_eq!(lines(&lock), ["5 a: i64"]);
}

/// What a check says of a change, and the numbers if that is accepted.
fn change(old: &[(&str, Option<u32>)], new: &[(&str, Option<u32>)]) -> (Vec<String>, Vec<String>) {
    static TURN: AtomicU32 = AtomicU32::new(0);
    let turn = TURN.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("farcall-numbers-{}-{turn}.lock", std::process::id()));
    let path: &Path = path.as_ref();
    check(&board(old), path, Mode::Check).unwrap();
    let Err(LockError::Breaking { report, .. }) = check(&board(new), path, Mode::Update) else {
        panic!("it passed")
    };
    check(&board(new), path, Mode::AcceptBreaking).unwrap();
    let accepted = lines(&Lockfile::parse(&std::fs::read_to_string(path).unwrap(), path).unwrap());
    std::fs::remove_file(path).unwrap();
    (report.breaking, accepted)
}

#[test]
fn a_number_that_changes_breaks() {
    let (told, accepted) = change(&[("a", None), ("b", None)], &[("a", None), ("b", Some(7))]);
    assert_eq!(
        told,
        ["`b` of `Point` had the number 2, has 7, and those who know that number misread it: give it \
          `#[describe(number = 2)]`"]
    );
    assert_eq!(accepted, ["1 a: i64", "7 b: i64", "reserved 2 b"]);
}

#[test]
fn a_number_that_another_one_had_breaks() {
    let (told, accepted) = change(&[("a", Some(1)), ("b", Some(2))], &[("a", Some(1)), ("c", Some(2))]);
    assert!(
        told.contains(
            &"`c` of `Point` has the number 2, which was that of `b`, and those who know that number misread it: give it one \
              that was never given"
                .to_owned()
        ),
        "{told:?}"
    );
    assert_eq!(accepted, ["1 a: i64", "2 c: i64"]);
    // It takes the number of one that does not say its own.
    let (told, accepted) = change(&[("a", None), ("b", None)], &[("a", None), ("b", Some(1))]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(accepted, ["3 a: i64", "1 b: i64", "reserved 2 b"]);
}
