use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{self, Child, ChildStdout, Command, Stdio};

use crate::ends::{ALLOCATIONS, LISTENING, ROLE};
use crate::scenario::Scenario;

/// What counts in the process of one end.
pub(crate) enum Tool {
    /// Its own allocator: allocations and reallocations.
    Heap,
    /// All system calls.
    Strace,
    /// All instructions in user space.
    Callgrind,
}

impl Tool {
    /// `strace`, if it is here and allowed to trace.
    pub(crate) fn strace() -> Result<Self, String> {
        works(Command::new("strace").args(["-f", "-c", "-o", "/dev/null", "true"]))?;
        Ok(Self::Strace)
    }

    /// `valgrind`, if it is here.
    pub(crate) fn callgrind() -> Result<Self, String> {
        works(Command::new("valgrind").args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "true"]))?;
        Ok(Self::Callgrind)
    }

    /// Counts per call of the client and of the server.
    pub(crate) fn per_call(&self, scenario: Scenario, calls: u32) -> Vec<(String, f64)> {
        let (few, many) = (self.totals(scenario, FEW), self.totals(scenario, FEW + calls));
        let per_call = |end: usize| (many[end] as f64 - few[end] as f64) / f64::from(calls);
        let ends = ["client", "server"].into_iter().enumerate();
        ends.map(|(at, end)| (format!("{end}.{scenario}"), per_call(at))).collect()
    }

    /// Of finding what the types of a service are.
    pub(crate) fn of_probing(&self) -> f64 {
        let [with, without] =
            ["probe", "idle"].map(|role| Process::start(self, Scenario::unary()[0], role, role).total(self));
        with as f64 - without as f64
    }

    /// Of the client and of the server, from start to end.
    fn totals(&self, scenario: Scenario, calls: u32) -> [u64; 2] {
        let name = |end: &str| format!("{end}.{scenario}.{calls}");
        let mut server = Process::start(self, scenario, &name("server"), &format!("server {scenario}"));
        let endpoint = server.line(LISTENING);
        let role = format!("client {scenario} {endpoint} {calls}");
        let client = Process::start(self, scenario, &name("client"), &role);
        [client, server].map(|process| process.total(self))
    }

    /// This program under the tool, which reports to that file.
    fn command(&self, scenario: Scenario, name: &str, report: &Path) -> Command {
        let mut words: Vec<OsString> = Vec::new();
        if !scenario.has_two_workers() {
            words.extend(share_a_core().into_iter().flatten());
        }
        match self {
            Self::Heap => {}
            Self::Strace => {
                words.extend(["strace", "-f", "-c", "-o"].map(OsString::from));
                words.push(report.into());
            }
            Self::Callgrind => {
                let details = folder().join(format!("callgrind.{name}.out"));
                words.extend(["valgrind", "--tool=callgrind"].map(OsString::from));
                words.push(option("--callgrind-out-file=", &details));
                words.push(option("--log-file=", report));
            }
        }
        words.push(std::env::current_exe().unwrap().into());
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]);
        command
    }
}

/// One end at work under a tool. If the test fails, the tool is ended, and what it ran ends when it has waited too long.
struct Process {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    report: PathBuf,
}

impl Process {
    fn start(tool: &Tool, scenario: Scenario, name: &str, role: &str) -> Self {
        let report = folder().join(format!("report.{}.{name}", process::id()));
        let mut command = tool.command(scenario, name, &report);
        // In the test harness's main thread: another one would wait for it.
        command.args(["end", "--exact", "--ignored", "--nocapture", "--test-threads=1"]).env(ROLE, role);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines, report }
    }

    /// Waits for the line that begins so, and gives the rest of it.
    fn line(&mut self, begin: &str) -> String {
        let line = self.lines.by_ref().map(Result::unwrap).find(|line| line.starts_with(begin));
        line.unwrap_or_else(|| panic!("one end has not printed `{begin}…`"))[begin.len()..].to_owned()
    }

    /// Waits for its end.
    fn total(mut self, tool: &Tool) -> u64 {
        let allocations = self.line(ALLOCATIONS);
        self.lines.by_ref().for_each(drop);
        let status = self.child.wait().unwrap();
        assert!(status.success(), "one end: {status}");
        let report = || fs::read_to_string(&self.report).unwrap();
        match tool {
            Tool::Heap => allocations.parse().unwrap(),
            Tool::Strace => last_number(&report(), |line| line.ends_with(" total"), 3),
            Tool::Callgrind => last_number(&report(), |line| line.contains(" Collected : "), 3),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already, and not every tool writes a report.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.report);
    }
}

/// The column of the last line that is meant.
fn last_number(report: &str, meant: impl Fn(&str) -> bool, column: usize) -> u64 {
    let line = report.lines().rfind(|line| meant(line));
    let number = line.and_then(|line| line.split_whitespace().nth(column)?.parse().ok());
    number.unwrap_or_else(|| panic!("no total in the report:\n{report}"))
}

fn works(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let error = String::from_utf8_lossy(&output.stderr);
            Err(format!("`{program}` does not work here, {}: {}", output.status, error.trim_end()))
        }
        Err(error) => Err(format!("`{program}` cannot be started: {error}")),
    }
}

/// Both ends on one core take turns: how many calls each finds at once depends less on chance than where both run at a
/// time. Where that is not possible, counts vary more.
fn share_a_core() -> Option<[OsString; 3]> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let allowed = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    let last = allowed.rsplit([',', '-']).next()?.trim();
    works(Command::new("taskset").args(["-c", last, "true"])).ok()?;
    Some(["taskset", "-c", last].map(OsString::from))
}

fn option(name: &str, value: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(value);
    option
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// As many as it takes until buffers and tables have grown to what they are.
const FEW: u32 = 640;
