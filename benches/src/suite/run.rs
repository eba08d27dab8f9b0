use std::error::Error;
use std::fs;
use std::path::Path;

use lexopt::Parser;

use super::options::{HELP, Outputs, Task};
use super::rounds;
use crate::peers;
use crate::report::{self, Results};

/// Does what the command line says.
pub fn run(parser: Parser) -> Result<(), Box<dyn Error>> {
    match Task::parse(parser)? {
        Task::Help => print!("{HELP}"),
        Task::List(plan) => {
            for peer in rounds::selected(&plan) {
                println!("peer      {:<20} {}", peer.name(), peer.setup());
            }
            for (place, scenario) in &plan.measured {
                println!("measured  {:<20} {}", place.name(), scenario.name());
            }
        }
        Task::Serve { peer, threads } => {
            let peers = peers::all();
            let server = peers.iter().find(|other| other.name() == peer);
            server.ok_or_else(|| format!("there is no peer `{peer}`"))?.serve(threads);
        }
        Task::Show { from, wanted, outputs } => {
            let named = |error: &dyn ToString| format!("{}: {}", from.display(), error.to_string());
            let text = fs::read_to_string(&from).map_err(|error| named(&error))?;
            let mut results = Results::from_json_lines(&text).map_err(|error| named(&error))?;
            results.keep(|place, scenario, peer| wanted.includes(place, scenario, peer));
            show(&results, &outputs)?;
        }
        Task::Measure { plan, outputs } => {
            let results = rounds::measure(&plan);
            show(&results, &outputs)?;
            if !results.failures.is_empty() {
                return Err(format!(
                    "{} measurements failed: see the end of the table",
                    results.failures.len()
                )
                .into());
            }
        }
    }
    Ok(())
}

/// The files first: the terminal may be gone.
fn show(results: &Results, outputs: &Outputs) -> Result<(), String> {
    let write = |path: &Path, text: String| {
        fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
    };
    if let Some(path) = &outputs.json {
        write(path, results.to_json_lines())?;
    }
    if let Some(path) = &outputs.svg {
        write(path, report::plot(results))?;
    }
    print!("{}", if outputs.overview { report::overviews(results) } else { report::table(results) });
    Ok(())
}
