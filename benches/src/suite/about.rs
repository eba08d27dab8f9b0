use std::fs;
use std::process::Command;
use std::thread::available_parallelism;
use std::time::{SystemTime, UNIX_EPOCH};

use super::plan::Plan;
use crate::peers::Contestant;
use crate::report::{About, PeerInfo};

/// The versions that were built.
const LOCK: &str = include_str!("../../Cargo.lock");

pub(super) fn about(plan: &Plan) -> About {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let compiler = Command::new("rustc").arg("--version").output();
    About {
        time: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs()),
        cpu: model.map_or("unknown", |(_, name)| name).to_owned(),
        cpus: available_parallelism().map_or(1, usize::from),
        kernel: kernel.trim().to_owned(),
        compiler: compiler.map_or_else(
            |_| "rustc".to_owned(),
            |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        ),
        rounds: plan.rounds,
        milliseconds: plan.slice.measured.as_millis() as u64,
    }
}

pub(super) fn peer(peer: &dyn Contestant) -> PeerInfo {
    let version = peer.package().map(|package| version(package).expect("a package in the lock file"));
    PeerInfo { peer: peer.name().to_owned(), version, setup: peer.setup().to_owned() }
}

fn version(package: &str) -> Option<String> {
    let (_, entry) = LOCK.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    entry.split_once('"').map(|(version, _)| version.to_owned())
}
