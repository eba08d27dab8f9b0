use super::{stalled, upload};
use crate::run::Threads;

/// Measures and prints. An error for a report that there is not.
pub fn run(report: &str) -> Result<(), String> {
    let (upload, stalled) = match report {
        "delays" => (true, true),
        "upload" => (true, false),
        "stalled" => (false, true),
        other => return Err(format!("there is no report `{other}`: see --help")),
    };
    // On a worker: the thread of `main` is not one, and every wake-up of it would cross threads.
    let reports = Threads::Multi.runtime().block_on(async {
        tokio::spawn(async move {
            if upload {
                upload::report().await;
            }
            if stalled {
                stalled::report().await;
            }
        })
        .await
    });
    reports.map_err(|error| format!("the report `{report}` came to no end: {error}"))
}
