//! Services against files on disk.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::arena::{I32, I64, enumeration, structure};
use super::lock_text::{method, service};
use crate::schema::lock::{LockError, Lockfile, Mode, Outcome, check, check_in_crate};
use crate::schema::{
    Argument, Content, Field, Outcome as Gives, ServiceSignature, Shape, Signature, StreamSignature, Variant,
};

/// A folder that goes away.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static TURN: AtomicU32 = AtomicU32::new(0);
        let turn = TURN.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("farcall-lock-{}-{turn}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("board.lock")
    }

    fn files(&self) -> usize {
        fs::read_dir(&self.0).unwrap().count()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// `Board.divide(a: i64, b: i64) -> i64`, after an edit.
fn board(edit: impl FnOnce(&mut Signature)) -> ServiceSignature {
    let mut divide = method("Board.divide", |types| vec![types.add(I64); 2]);
    let number = divide.arguments[0].shape;
    divide.outcome = Gives::Value(number);
    edit(&mut divide);
    service(vec![divide])
}

/// The report on a change, line by line.
fn changes(old: &ServiceSignature, new: &ServiceSignature) -> Vec<String> {
    let folder = Folder::new();
    check(old, &folder.file(), Mode::Check).unwrap();
    let before = fs::read(folder.file()).unwrap();
    let report = match check(new, &folder.file(), Mode::Check) {
        Ok(Outcome::Compatible { report, .. }) | Err(LockError::Breaking { report, .. }) => {
            report.to_string()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(fs::read(folder.file()).unwrap(), before, "the file was written");
    report.lines().map(str::to_owned).collect()
}

#[test]
fn the_first_time_it_is_written_and_then_compared() {
    let folder = Folder::new();
    let current = board(|_| {});
    let created = check(&current, &folder.file(), Mode::Check).unwrap();
    assert_eq!(created.to_string(), format!("{} was written: commit it", folder.file().display()));
    assert_eq!(fs::read_to_string(folder.file()).unwrap(), Lockfile::new(&current).unwrap().to_string());
    for mode in [Mode::Check, Mode::Ci, Mode::Exact, Mode::Update, Mode::AcceptBreaking] {
        assert_eq!(check(&current, &folder.file(), mode).unwrap(), Outcome::Unchanged);
    }
    assert_eq!(folder.files(), 1, "something was left behind");
}

#[test]
fn under_ci_a_missing_file_is_a_failure() {
    let folder = Folder::new();
    for mode in [Mode::Ci, Mode::Exact] {
        let error = check(&board(|_| {}), &folder.file(), mode).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "{} does not exist, and CI or FARCALL_LOCK=exact is set: run this test once where neither is set, and commit \
             the file that it writes",
                folder.file().display()
            )
        );
    }
    assert_eq!(folder.files(), 0);
}

#[test]
fn a_breaking_change_fails_until_it_is_accepted() {
    let folder = Folder::new();
    check(&board(|_| {}), &folder.file(), Mode::Check).unwrap();
    let changed = board(|divide| divide.arguments[1].shape = divide.types.add(Shape::Text));
    for mode in [Mode::Check, Mode::Ci, Mode::Exact, Mode::Update] {
        let error = check(&changed, &folder.file(), mode).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "{} has changes that break what is deployed:\n\
                 breaking: argument `b` of `Board.divide` was i64, is String: clients built before this change get \
                 \"`Board.divide` cannot be called: argument `b` is i64 here and String at the server\"; clients built \
                 after this change get \"`Board.divide` cannot be called: argument `b` is String here and i64 at the \
                 server\" from servers built before it\n\
                 Undo them, or record them with FARCALL_LOCK=accept-breaking if nothing of before is in use any more",
                folder.file().display()
            )
        );
    }
    assert!(matches!(check(&changed, &folder.file(), Mode::AcceptBreaking), Ok(Outcome::Updated { .. })));
    assert_eq!(check(&changed, &folder.file(), Mode::Ci).unwrap(), Outcome::Unchanged);
    assert_eq!(folder.files(), 1);
}

#[test]
fn a_compatible_change_passes_and_is_recorded_when_asked() {
    let folder = Folder::new();
    check(&board(|_| {}), &folder.file(), Mode::Check).unwrap();
    let changed = board(|divide| {
        let mut argument = Argument::new("c", divide.arguments[0].shape);
        argument.optional = true;
        divide.arguments.insert(0, argument);
    });
    for mode in [Mode::Check, Mode::Ci] {
        let outcome = check(&changed, &folder.file(), mode).unwrap();
        assert_eq!(
            outcome.to_string(),
            format!(
                "{} has compatible changes that are not recorded:\ncompatible: argument `c` of `Board.divide` is new, \
                 i64\nRun the test with FARCALL_LOCK=update and commit the file",
                folder.file().display()
            )
        );
    }
    let error = check(&changed, &folder.file(), Mode::Exact).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "{} has changes that are not recorded, and FARCALL_LOCK=exact is set:\ncompatible: argument `c` of \
             `Board.divide` is new, i64\nRun the test with FARCALL_LOCK=update and commit the file",
            folder.file().display()
        )
    );
    assert!(matches!(check(&changed, &folder.file(), Mode::Update), Ok(Outcome::Updated { .. })));
    assert_eq!(check(&changed, &folder.file(), Mode::Exact).unwrap(), Outcome::Unchanged);
    let text = fs::read_to_string(folder.file()).unwrap();
    assert!(text.contains("    3 c: i64 optional\n    1 a: i64\n    2 b: i64\n"), "{text}");
}

#[test]
fn what_is_breaking_and_what_is_a_risk() {
    let plain = board(|_| {});
    let narrow = board(|divide| divide.arguments[0].shape = divide.types.add(I32));
    assert_eq!(
        changes(&plain, &narrow),
        [
            "breaking: argument `a` of `Board.divide` was i64, is i32: calls of clients built before this change fail where \
          it does not fit into i32"
        ]
    );
    assert_eq!(
        changes(&narrow, &plain),
        [
            "risk: argument `a` of `Board.divide` was i32, is i64: calls of clients built after this change fail at servers \
          built before it where it does not fit into i32"
        ]
    );
    let narrow = board(|divide| divide.outcome = Gives::Value(divide.types.add(I32)));
    assert_eq!(
        changes(&plain, &narrow),
        [
            "breaking: `result` of `Board.divide` was i64, is i32: answers of servers built before this change fail at \
          clients built after it where it does not fit into i32"
        ]
    );
    assert_eq!(
        changes(&narrow, &plain),
        [
            "risk: `result` of `Board.divide` was i32, is i64: answers fail at clients built before this change where it \
          does not fit into i32"
        ]
    );
    let error = |names: &[&str]| {
        board(|divide| {
            let variants =
                names.iter().zip(0..).map(|(name, index)| Variant::new(*name, index, Content::Unit));
            divide.error = Some(divide.types.add(enumeration("E", variants.collect())));
        })
    };
    assert_eq!(
        changes(&error(&["A"]), &error(&["A", "B"])),
        [
            "risk: `error::B` of `Board.divide` is new, without content: answers fail at clients built before this change \
          where it is `B`"
        ]
    );
    assert_eq!(
        changes(&error(&["A", "B"]), &error(&["A"])),
        [
            "breaking: `error::B` of `Board.divide`, without content, was removed: answers of servers built before this \
          change fail at clients built after it where it is `B`; if it was renamed, keep its name on the wire with \
          `#[serde(rename = \"B\")]`"
        ]
    );
}

#[test]
fn methods_and_kinds() {
    let plain = board(|_| {});
    let mut more = plain.clone();
    more.methods.push(method("Board.other", |_| vec![]));
    assert_eq!(changes(&plain, &more), ["compatible: method `Board.other` is new"]);
    assert_eq!(
        changes(&more, &plain),
        [
            "breaking: method `Board.other` was removed or renamed: clients built before this change get `Unimplemented`; if \
          it was renamed, keep its name on the wire with `#[rpc(name = \"…\")]`"
        ]
    );
    let streaming = board(|divide| {
        divide.outcome = Gives::Stream(StreamSignature::new("", divide.arguments[0].shape));
    });
    let [line] = &*changes(&plain, &streaming) else { panic!() };
    assert!(
        line.starts_with("breaking: `result` of `Board.divide` was i64, is a stream of i64: clients built"),
        "{line}"
    );
    let needed = board(|divide| divide.arguments.push(Argument::new("c", divide.arguments[0].shape)));
    let [line] = &*changes(&plain, &needed) else { panic!() };
    assert!(
        line.starts_with("breaking: argument `c` of `Board.divide` is new, i64: clients built before"),
        "{line}"
    );
    let advice = "; give it `#[rpc(default)]`, or its old name with `#[rpc(name = \"…\")]` if it was renamed";
    assert!(line.ends_with(advice), "{line}");
    let [line] = &*changes(&needed, &plain) else { panic!() };
    assert!(
        line.starts_with("breaking: argument `c` of `Board.divide`, i64, was removed: clients built after"),
        "{line}"
    );
    let advice = "; if it was renamed, keep its name on the wire with `#[rpc(name = \"c\")]`";
    assert!(line.ends_with(advice), "{line}");
    let mut renamed = plain.clone();
    renamed.service = "Other".into();
    let [line] = &*changes(&plain, &renamed) else { panic!() };
    assert!(line.starts_with("breaking: the service `Board` is called `Other` now"), "{line}");
}

#[test]
fn changes_without_a_difference_in_values_are_recorded_too() {
    let named = |name: &str| {
        board(|divide| {
            let int = divide.arguments[0].shape;
            divide.arguments[0].shape = divide.types.add(structure(name, vec![Field::new("x", int)]));
        })
    };
    assert_eq!(
        changes(&named("S"), &named("T")),
        [
            "compatible: the order of members, a name of a type, an alias or a default changed: `struct S`, `struct T`"
        ]
    );
    let alias = board(|divide| divide.arguments[1].aliases = vec!["x".to_owned()]);
    assert_eq!(
        changes(&board(|_| {}), &alias),
        [
            "compatible: the order of members, a name of a type, an alias or a default changed: `method Board.divide`"
        ]
    );
}

#[test]
fn what_to_do_about_members_that_came_or_went_is_told() {
    let of = |fields: &[&str], variants: &[&str]| {
        board(|divide| {
            let int = divide.arguments[0].shape;
            let fields = fields.iter().map(|name| Field::new(*name, int)).collect();
            let item = divide.types.add(structure("Item", fields));
            let variants = variants.iter().zip(0..);
            let variants = variants.map(|(name, index)| Variant::new(*name, index, Content::Newtype(int)));
            let kind = divide.types.add(enumeration("Kind", variants.collect()));
            divide.arguments[0].shape = divide.types.add(Shape::List(item));
            divide.error = Some(kind);
        })
    };
    let plain = of(&["x"], &["A", "B"]);
    let ending = |new: &ServiceSignature, advice: &str| {
        let [line] = &*changes(&plain, new) else { panic!() };
        assert!(line.starts_with("breaking: ") && line.ends_with(advice), "{line}");
    };
    ending(
        &of(&["x", "y"], &["A", "B"]),
        "; give it `#[serde(default)]`, or its old name with `#[serde(rename = \"…\")]` if it was renamed",
    );
    ending(
        &of(&[], &["A", "B"]),
        "; if it was renamed, keep its name on the wire with `#[serde(rename = \"x\")]`",
    );
    ending(
        &of(&["x"], &["A"]),
        "; if it was renamed, keep its name on the wire with `#[serde(rename = \"B\")]`",
    );
    let stream = board(|divide| {
        divide.streams.push(StreamSignature::new("s", divide.arguments[0].shape));
    });
    let [line] = &*changes(&board(|_| {}), &stream) else { panic!() };
    assert!(!line.contains("give it"), "{line}");
}

#[test]
fn the_mode_comes_from_the_environment() {
    let mode =
        |lock: Option<&str>, ci: Option<&str>| Mode::from_values(lock.map(OsStr::new), ci.map(OsStr::new));
    assert_eq!(mode(None, None).unwrap(), Mode::Check);
    assert_eq!(mode(None, Some("true")).unwrap(), Mode::Ci);
    for unset in ["", "0", "false"] {
        assert_eq!(mode(None, Some(unset)).unwrap(), Mode::Check);
    }
    assert_eq!(mode(Some("exact"), Some("true")).unwrap(), Mode::Exact);
    assert_eq!(mode(Some("update"), Some("true")).unwrap(), Mode::Update);
    assert_eq!(mode(Some("accept-breaking"), None).unwrap(), Mode::AcceptBreaking);
    assert_eq!(mode(Some(""), None).unwrap(), Mode::Check);
    assert_eq!(
        mode(Some("yes"), None).unwrap_err().to_string(),
        "FARCALL_LOCK is `yes`, but has to be `exact`, `update` or `accept-breaking`, or not set"
    );
}

#[test]
fn what_cannot_be_written_is_told() {
    let error = check(&board(|_| {}), Path::new("/nowhere/at/all/board.lock"), Mode::Check).unwrap_err();
    assert!(matches!(error, LockError::Write { .. }), "{error}");
    let folder = Folder::new();
    let error = check(&board(|_| {}), &folder.0, Mode::Check).unwrap_err();
    assert!(matches!(error, LockError::Read { .. }), "{error}");
    assert_eq!(folder.files(), 0);
}

#[test]
fn a_file_of_a_crate_is_found_in_its_folder() {
    let folder = Folder::new();
    check(&board(|_| {}), &folder.file(), Mode::Check).unwrap();
    let outcome = check_in_crate(&board(|_| {}), vec![], folder.0.to_str().unwrap(), "board.lock").unwrap();
    assert_eq!(outcome, Outcome::Unchanged);
}

#[test]
fn of_what_cannot_be_served_no_file_is_written() {
    let folder = Folder::new();
    let problems = vec!["`Board.divide` cannot be called: why".to_owned()];
    let error =
        check_in_crate(&board(|_| {}), problems, folder.0.to_str().unwrap(), "board.lock").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the service `Board` cannot be served, so its lockfile is left as it is:\n`Board.divide` cannot be called: why"
    );
    assert_eq!(folder.files(), 0);
}

#[test]
fn types_in_which_changes_are_not_seen_are_told() {
    let any = |name: &str| Shape::Any { name: name.to_owned() };
    let said = |shapes: Vec<Shape>| {
        let folder = Folder::new();
        let service = board(|divide| {
            for (shape, name) in shapes.into_iter().zip(["c", "d", "e"]) {
                let shape = divide.types.add(shape);
                divide.arguments.push(Argument::new(name, shape));
            }
        });
        let created = check(&service, &folder.file(), Mode::Check).unwrap().to_string();
        let written = format!("{} was written: commit it; ", folder.file().display());
        created.strip_prefix(&written).unwrap().to_owned()
    };
    assert_eq!(said(vec![any("K")]), "1 type is taken as it comes, changes within it are not seen: `K`");
    let opaque = Shape::Opaque { name: "K".to_owned(), reason: "it is not serde data".to_owned() };
    assert_eq!(
        said(vec![any("P"), opaque, any("P")]),
        "2 types are taken as they come, changes within them are not seen: `K`, `P`"
    );
}

#[test]
fn a_damaged_file_is_left_as_it_is() {
    let folder = Folder::new();
    for text in
        [&b""[..], b"# only a comment\n", b"farcall lock 2\n", b"<<<<<<< HEAD\n", b"farcall lock 1\n\xff\n"]
    {
        fs::write(folder.file(), text).unwrap();
        for mode in [Mode::Check, Mode::Ci, Mode::Update, Mode::AcceptBreaking] {
            let error = check(&board(|_| {}), &folder.file(), mode).unwrap_err();
            let expected = format!("{}:", folder.file().display());
            assert!(error.to_string().starts_with(&expected), "{error}");
        }
        assert_eq!(fs::read(folder.file()).unwrap(), text);
    }
}
