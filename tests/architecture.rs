//! The rules of ARCHITECTURE.md that a program can check.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use farcall::Limits;
use serde_json::Value;

/// What each crate may depend on, and nothing else: the arrows of ARCHITECTURE.md.
const DEPENDENCIES: [(&str, &[&str]); 4] = [
    (
        "farcall",
        &[
            "base64",
            "clap",
            "clap_complete",
            "rpc-core",
            "rpc-macros",
            "rpc-transport",
            "serde",
            "serde_json",
            "tokio",
            "toml",
        ],
    ),
    (
        "rpc-core",
        &[
            "base64",
            "bytes",
            "cbor4ii",
            "futures-core",
            "humantime",
            "postcard",
            "quick-xml",
            "serde",
            "serde_fmt",
            "serde_json",
            "thiserror",
            "tokio",
            "tower-layer",
            "tower-service",
            "tracing",
            "typeid",
        ],
    ),
    ("rpc-macros", &["humantime", "proc-macro2", "quote", "syn"]),
    ("rpc-transport", &["futures", "futures-core", "rpc-core", "tokio"]),
];

/// Crates that open sockets or speak TLS.
const SOCKETS: [&str; 6] = ["mio", "socket2", "rustls", "native-tls", "hyper", "quinn"];

const LONGEST_FILE: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn metadata() -> Value {
    serde_json::from_str(&cargo(&["metadata", "--no-deps", "--offline", "--format-version", "1"])).unwrap()
}

/// The libraries of the workspace by name.
fn libraries(metadata: &Value) -> BTreeMap<&str, &Value> {
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| (package["name"].as_str().unwrap(), package))
        .filter(|(name, _)| DEPENDENCIES.iter().any(|(library, _)| library == name))
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            // The golden files of the macro, and the generated ones of benchmarks, are what a program writes, not what
            // people read.
            if !["target", "golden", "generated"].contains(&name.as_str()) && !name.starts_with('.') {
                collect(&path, files);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn sources() -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(root(), &mut files);
    assert!(files.len() > 20, "the sources were not found");
    files
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn each_crate_depends_only_on_what_the_arrows_allow() {
    let metadata = metadata();
    let libraries = libraries(&metadata);
    let architecture = read("ARCHITECTURE.md");
    let reasons = architecture.split_once("## Dependencies").unwrap().1;
    for (name, allowed) in DEPENDENCIES {
        let found = libraries[name]["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|dependency| dependency["kind"] != "dev")
            .map(|dependency| dependency["name"].as_str().unwrap())
            .collect::<BTreeSet<_>>();
        let allowed = allowed.iter().copied().collect::<BTreeSet<_>>();
        assert_eq!(found, allowed, "the dependencies of {name}");
        for dependency in found.iter().filter(|dependency| !libraries.contains_key(*dependency)) {
            let row = format!("`{dependency}`");
            assert!(reasons.contains(&row), "ARCHITECTURE.md does not say why {dependency} is there");
        }
    }
}

#[test]
fn the_core_has_no_socket() {
    let tree =
        cargo(&["tree", "-p", "rpc-core", "-e", "normal", "--prefix", "none", "-f", "{p}|{f}", "--offline"]);
    for line in tree.lines() {
        let (package, features) = line.split_once('|').unwrap();
        let name = package.split(' ').next().unwrap();
        assert!(!SOCKETS.contains(&name), "rpc-core reaches {package}");
        let features = features.trim_end_matches(" (*)").split(',').collect::<Vec<_>>();
        assert!(name != "tokio" || !features.contains(&"net"), "rpc-core switches on tokio's sockets");
    }
    assert!(tree.contains("tokio v"), "the tree was not understood");
}

#[test]
fn no_source_file_is_too_long() {
    let long = sources()
        .iter()
        .map(|path| (fs::read_to_string(path).unwrap().lines().count(), shown(path)))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .collect::<Vec<_>>();
    assert!(long.is_empty(), "files above {LONGEST_FILE} lines: {long:?}");
}

#[test]
fn lib_and_mod_files_only_declare() {
    let definitions =
        ["fn ", "async fn ", "const fn ", "struct ", "enum ", "trait ", "impl ", "impl<", "type ", "static "];
    let mut found = Vec::new();
    for path in sources() {
        let name = shown(&path);
        let declares = name.contains("src/") && (name.ends_with("lib.rs") || name.ends_with("mod.rs"));
        // Tests may share their helpers in `mod.rs`; a macro crate has to have its entry points in `lib.rs`.
        if !declares || name.contains("tests/") || name == "rpc-macros/src/lib.rs" {
            continue;
        }
        for line in fs::read_to_string(&path).unwrap().lines() {
            let line = line.trim_start();
            let item = ["pub ", "pub(crate) ", "pub(super) "]
                .iter()
                .find_map(|visibility| line.strip_prefix(visibility))
                .unwrap_or(line);
            if definitions.iter().any(|definition| item.starts_with(definition)) {
                found.push(format!("{name}: {line}"));
            }
        }
    }
    assert!(found.is_empty(), "more than declarations: {found:#?}");
}

#[test]
fn unsafe_code_is_forbidden_everywhere() {
    assert!(read("Cargo.toml").contains("unsafe_code = \"forbid\""));
    for name in ["Cargo.toml", "rpc-core/Cargo.toml", "rpc-macros/Cargo.toml", "rpc-transport/Cargo.toml"] {
        assert!(read(name).contains("[lints]\nworkspace = true"), "{name} does not inherit the lints");
    }
}

#[test]
fn bincode_is_not_used() {
    // Unmaintained: RUSTSEC-2025-0141.
    assert!(!read("Cargo.lock").contains("name = \"bincode\""));
}

#[test]
fn limits_document_matches_the_type() {
    let defaults = serde_json::to_value(Limits::default()).unwrap();
    let defaults = defaults.as_object().unwrap();
    let document = read("docs/limits.md");
    let mut seen = BTreeSet::new();
    for row in document.lines().filter(|line| line.starts_with("| `")) {
        let mut cells = row.split('|').skip(1).map(|cell| cell.trim().trim_matches('`'));
        let (name, default, range) = (cells.next().unwrap(), cells.next().unwrap(), cells.next().unwrap());
        let value = defaults.get(name).unwrap_or_else(|| panic!("there is no limit `{name}`"));
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        assert_eq!(default, text, "the default of `{name}`");

        // The error that a value out of range gets tells the range.
        let mut broken = defaults.clone();
        broken[name] = if value.is_string() { Value::from("0s") } else { Value::from(1_u64 << 40) };
        let error = serde_json::from_value::<Limits>(broken.into()).unwrap().validate().unwrap_err();
        assert!(error.message().contains(&format!("`{name}`")), "{error}");
        assert!(
            error.message().ends_with(&format!("has to be {range}")),
            "{error}, the document has {range}"
        );
        seen.insert(name.to_owned());
    }
    assert_eq!(seen, defaults.keys().cloned().collect(), "the rows of docs/limits.md");
}

#[test]
fn the_checks_cover_every_feature() {
    let metadata = metadata();
    let libraries = libraries(&metadata);
    let features = libraries["farcall"]["features"].as_object().unwrap().keys();
    let features = features.map(String::as_str).filter(|name| *name != "default").collect::<BTreeSet<_>>();
    let script = read(".ci/run");
    let line = script.lines().find_map(|line| line.strip_prefix("features=")).unwrap();
    let checked = line.trim_matches(['(', ')']).split(' ').collect::<BTreeSet<_>>();
    assert_eq!(checked, features);
}

#[test]
fn every_example_is_named_in_the_readme_and_run_by_a_test() {
    let (readme, tests) = (read("README.md"), read("tests/examples.rs"));
    for entry in fs::read_dir(root().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.file_stem().unwrap().to_string_lossy();
            assert!(readme.contains(&format!("`{name}`")), "README.md does not name the example {name}");
            assert!(tests.contains(&format!("\"{name}\"")), "tests/examples.rs does not run {name}");
        }
    }
}

#[test]
fn the_architecture_names_tests_that_exist() {
    let document = read("ARCHITECTURE.md");
    let (_, rest) = document.split_once("## Invariants").unwrap();
    let (table, _) = rest.split_once("## Dependencies").unwrap();
    let code = sources().iter().map(|path| fs::read_to_string(path).unwrap()).collect::<String>();
    let rows = table.lines().filter(|line| line.starts_with("| ")).skip(1).collect::<Vec<_>>();
    assert!(rows.len() > 10, "the table was not found");
    for row in rows {
        let enforced_by = row.split('|').nth(2).unwrap();
        for name in enforced_by.split('`').skip(1).step_by(2) {
            let exists = if name.contains('/') {
                root().join(name).exists()
            } else {
                code.contains(&format!("fn {name}()"))
            };
            assert!(exists, "there is no `{name}`");
        }
    }
}
