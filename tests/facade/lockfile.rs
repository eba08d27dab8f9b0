//! `schema::check!` as a test of a user's runs it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use farcall::{Client, Describe, rpc_service};
use serde::{Deserialize, Serialize};

use super::{EchoClient, One};

/// Its bytes lack a field that readers need.
#[derive(Serialize, Deserialize)]
struct Half {
    kept: u8,
    #[serde(skip_serializing)]
    lost: u8,
}

/// Numbers that cannot be kept, since no member of it is seen.
#[derive(Serialize, Deserialize, Describe)]
struct Loose {
    #[describe(number = 1)]
    first: u8,
    #[serde(flatten)]
    others: Vec<(String, u8)>,
}

#[rpc_service]
trait Broken {
    async fn send(&self, half: Half) -> u8;
    async fn count(&self) -> u8;
    async fn loose(&self) -> Loose;
}

impl Broken for One {
    async fn send(&self, half: Half) -> u8 {
        half.kept + half.lost
    }
    async fn count(&self) -> u8 {
        1
    }
    async fn loose(&self) -> Loose {
        Loose { first: 1, others: Vec::new() }
    }
}

/// A file that is not there, and goes away.
struct Lock(PathBuf);

impl Lock {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("farcall-{name}-{}.lock", std::process::id())))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn the_service_of_these_tests_is_what_its_lockfile_says() {
    farcall::schema::check!(EchoClient, "tests/locks/echo.lock");
    farcall::schema::check!(<EchoClient as SameClient>::Itself, "tests/locks/echo.lock");
}

/// The macro takes any way to write the type.
trait SameClient {
    type Itself;
}

impl SameClient for EchoClient {
    type Itself = Self;
}

#[tokio::test]
async fn what_cannot_be_served_fails_as_serving_it_does_and_writes_no_file() {
    let lock = Lock::new("broken");
    let path = lock.0.to_str().unwrap().to_owned();
    let failed = std::panic::catch_unwind(|| farcall::schema::check!(BrokenClient, &path)).unwrap_err();
    let said = failed.downcast_ref::<String>().unwrap();
    assert!(
        said.starts_with("the service `Broken` cannot be served, so its lockfile is left as it is:\n"),
        "{said}"
    );
    let problems = BrokenClient::descriptor().problems();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(said.ends_with(&problems.join("\n")), "{said}");
    assert!(!lock.0.exists());
    let refused = farcall::serve("mem://", BrokenServer::new(One)).await.err().unwrap();
    assert_eq!(refused.message(), problems[0]);
}

#[test]
#[ignore = "another test runs it in a process of its own"]
fn a_check_that_passes() {
    farcall::schema::check!(EchoClient, &std::env::var("LOCKFILE").unwrap());
}

#[test]
fn what_a_check_has_to_say_is_seen_although_it_passes() {
    let lock = Lock::new("passing");
    let run = || {
        let mut test = Command::new(std::env::current_exe().unwrap());
        test.args(["--exact", "lockfile::a_check_that_passes", "--ignored"]);
        test.env("LOCKFILE", &lock.0).env_remove("CI").env_remove("FARCALL_LOCK");
        let ended = test.output().unwrap();
        assert!(ended.status.success(), "{ended:?}");
        String::from_utf8(ended.stderr).unwrap()
    };
    assert_eq!(run(), format!("{} was written: commit it\n", lock.0.display()));
    assert_eq!(run(), "");
    let text = fs::read_to_string(&lock.0).unwrap();
    fs::write(&lock.0, text.replace("method Echo.metadata\n    returns String\n", "")).unwrap();
    let told = format!(
        "{} has compatible changes that are not recorded:\ncompatible: method `Echo.metadata` is new\nRun the test with \
         FARCALL_LOCK=update and commit the file\n",
        lock.0.display()
    );
    assert_eq!(run(), told);
}
