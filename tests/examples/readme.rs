//! What the README shows of the command line, against the example's server.

use std::process::Command;

use super::{Server, text};

const README: &str = include_str!("../../README.md");
const ADDRESS: &str = "tcp://127.0.0.1:9090";

fn consoles() -> impl Iterator<Item = &'static str> {
    README.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next())
}

/// The variables under which the example's server describes itself.
fn variables() -> Vec<(&'static str, &'static str)> {
    let mut lines = consoles().flat_map(str::lines);
    let line =
        lines.find(|line| line.contains(" cargo run --features introspection --example calculator_server "));
    line.unwrap().split(' ').map_while(|word| word.split_once('=')).collect()
}

/// Each command of a console block that calls a server, and what stands below it.
fn commands() -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    for line in consoles().filter(|block| block.contains("$ farcall")).flat_map(str::lines) {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push((command.to_owned(), String::new())),
            (None, Some((_, output))) => *output += &format!("{line}\n"),
            (None, None) => panic!("`{line}` stands before the first command"),
        }
    }
    commands
}

#[test]
fn the_command_line_prints_what_the_readme_shows() {
    let server = Server::start_with("tcp://127.0.0.1:0", &variables(), &[]);
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_farcall")).parent().unwrap();
    let commands = commands();
    assert!(commands.len() >= 5, "{commands:?}");
    let mut path = std::ffi::OsString::from(program);
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    for (command, expected) in commands {
        let shell = command.replace(ADDRESS, &server.endpoint);
        let output = Command::new("sh").args(["-c", &shell]).env("PATH", &path).output().unwrap();
        assert_eq!(text(&output.stdout), expected, "{command}: {}", text(&output.stderr));
    }
}
