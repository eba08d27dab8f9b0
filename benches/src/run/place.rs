use std::fmt;

use tokio::runtime::{Builder, Runtime};

/// Where the two ends are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub processes: Processes,
    pub threads: Threads,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Processes {
    /// Both ends share a runtime.
    One,
    Two,
}

/// The flavour of each runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// Two workers.
    Multi,
    Current,
}

impl Place {
    pub const ALL: [Self; 4] = [
        Self { processes: Processes::One, threads: Threads::Multi },
        Self { processes: Processes::One, threads: Threads::Current },
        Self { processes: Processes::Two, threads: Threads::Multi },
        Self { processes: Processes::Two, threads: Threads::Current },
    ];

    /// On the command line and in JSON.
    pub fn name(self) -> &'static str {
        match (self.processes, self.threads) {
            (Processes::One, Threads::Multi) => "one-multi",
            (Processes::One, Threads::Current) => "one-current",
            (Processes::Two, Threads::Multi) => "two-multi",
            (Processes::Two, Threads::Current) => "two-current",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.name() == name)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.processes {
            Processes::One => "one process, ",
            Processes::Two => "two processes, ",
        })?;
        f.write_str(match (self.processes, self.threads) {
            (Processes::One, Threads::Multi) => "a multi-thread runtime with two workers",
            (Processes::One, Threads::Current) => "a current-thread runtime",
            (Processes::Two, Threads::Multi) => "multi-thread runtimes with two workers each",
            (Processes::Two, Threads::Current) => "current-thread runtimes",
        })
    }
}

impl Threads {
    pub fn name(self) -> &'static str {
        match self {
            Self::Multi => "multi",
            Self::Current => "current",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Multi, Self::Current].into_iter().find(|threads| threads.name() == name)
    }

    pub fn runtime(self) -> Runtime {
        let mut builder = match self {
            Self::Multi => Builder::new_multi_thread(),
            Self::Current => Builder::new_current_thread(),
        };
        builder.worker_threads(2).enable_all().build().expect("a runtime")
    }
}
