//! Files that are not what was written: one sentence with the line, and no panic.

use std::path::Path;

use proptest::prelude::*;

use super::arena::any_signature;
use super::lock_text::service;
use crate::schema::lock::Lockfile;

const GOOD: &str = "farcall lock 1
service Board
method Board.m
    1 a: i64
    2 b: Point
    returns ()
enum E
    1 A
    2 B {..}
        1 x: i64
struct Point
    1 x: f64
    reserved 2 y
end
";

fn error(text: &str) -> String {
    Lockfile::parse(text, Path::new("board.lock")).unwrap_err().to_string()
}

/// `GOOD` with one line in another's place.
fn edited(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    error(&GOOD.replacen(from, to, 1))
}

fn damaged(line: usize, why: &str) -> String {
    format!("board.lock:{line}: {why}; restore the file from version control, it is left as it is")
}

#[test]
fn every_mistake_is_told_with_its_line() {
    assert!(Lockfile::parse(GOOD, Path::new("board.lock")).is_ok());
    for (from, to, line, why) in [
        ("    2 b", "    1 b", 5, "the number 1 is there twice"),
        ("    2 b", "    0 b", 5, "the number 0 is never given"),
        ("    2 b", "    x b", 5, "there is `x b: Point` where a number should be"),
        ("2 b", "2 a", 5, "`a` is there twice"),
        ("reserved 2 y", "reserved 1 y", 13, "the number 1 is there twice"),
        ("2 B", "1 B", 9, "the number 1 is there twice"),
        ("2 B", "2 A", 9, "`A` is there twice"),
        ("Point\n    returns", "Line\n    returns", 5, "the type `Line` is not in the file"),
        ("struct Point", "struct Point\nstruct Point", 12, "the type `Point` is there twice"),
        ("1 a: i64", "1 a: Vec<i64", 4, "the line ends where `>` should be"),
        ("1 a: i64", "1 a: i64 always", 4, "there is `always` where the end of the line should be"),
        ("1 a: i64", "1 a i64", 4, "there is `i64` where `:` should be"),
        (
            "1 a: i64",
            "1 a: [i64; 1000000000]",
            4,
            "an array has 1000000000 elements, but may have 16384 at most",
        ),
        ("1 a: i64", "1 \"a: i64", 4, "a name in quotes has no end"),
        ("    returns ()\n", "", 3, "the method `Board.m` has no line `returns`"),
        ("enum E", "emun E", 7, "there is `emun E` where `method`, a kind of type or `end` should be"),
        ("    1 A", "   1 A", 8, "the line begins with 3 spaces, which is no multiple of four"),
        ("    1 A", "        1 A", 8, "the line is indented where a method, a type or `end` should begin"),
        ("service Board\n", "", 2, "there is `method Board.m` where `service` should be"),
        ("end\n", "end\nmethod A\n", 15, "there is something behind `end`"),
        ("end\n", "", 13, "the file ends where a method, a type or `end` should be: its end is missing"),
        (
            "farcall lock 1",
            "toml",
            1,
            "there is `toml` where `farcall lock`, with which a lockfile begins, should be",
        ),
    ] {
        assert_eq!(edited(from, to), damaged(line, why));
    }
}

#[test]
fn a_file_of_a_later_version() {
    assert_eq!(
        edited("lock 1", "lock 7"),
        "board.lock:1: the file has format 7, and this version of farcall reads format 1: update farcall, the file is left \
         as it is"
    );
}

#[test]
fn a_merge_that_is_not_done() {
    let text =
        GOOD.replace("    1 a: i64\n", "<<<<<<< HEAD\n    1 a: i64\n=======\n    1 a: u64\n>>>>>>> other\n");
    assert_eq!(
        error(&text),
        damaged(
            4,
            "there is a merge conflict: take the file of one side, run the test with FARCALL_LOCK=update, and look at what \
             it writes"
        )
    );
}

#[test]
fn types_without_an_end_in_the_text() {
    let text = format!("1 a: {}i64", "Vec<".repeat(100_000));
    assert_eq!(edited("1 a: i64", &text), damaged(4, "a type is nested more than 64 deep"));
}

#[test]
fn every_cut_is_noticed() {
    // Without the last line feed it is still whole.
    for length in 0..GOOD.len() - 1 {
        let error = error(&GOOD[..length]);
        assert!(error.starts_with("board.lock:"), "{error}");
    }
}

proptest! {
    #[test]
    fn no_damage_makes_a_panic(
        signature in any_signature(),
        place in any::<proptest::sample::Index>(),
        text in "[ -~\n]{0,8}",
    ) {
        let Ok(lock) = Lockfile::new(&service(vec![signature])) else { return Ok(()) };
        let mut damaged = lock.to_string();
        let place = place.index(damaged.len());
        damaged.replace_range(place..(place + text.len()).min(damaged.len()), &text);
        if let Ok(read) = Lockfile::parse(&damaged, Path::new("board.lock")) {
            prop_assert_eq!(&Lockfile::parse(&read.to_string(), Path::new("board.lock")).unwrap(), &read);
        }
    }
}
