//! The table itself.

use super::harness::{Change, Version};
use super::{arguments, fields, methods, outcomes, variants};

/// Where the table stands.
const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/evolution.md");
const BEGIN: &str = "<!-- table: begin -->\n";
const END: &str = "<!-- table: end -->";

/// What each codec is called in an endpoint.
const CODECS: [&str; 3] = ["postcard", "json", "compact"];

fn changes() -> Vec<(&'static str, Vec<Change>)> {
    vec![
        ("Methods", methods::all()),
        ("Arguments", arguments::all()),
        ("Fields", fields::all()),
        ("Variants", variants::all()),
        ("Results, errors and streams", outcomes::all()),
    ]
}

#[tokio::test]
async fn the_documented_table_is_what_happens() {
    let mut table = String::new();
    let mut count = 0;
    for (heading, changes) in changes() {
        table += &format!(
            "\n### {heading}\n\n| change | old client, new server | new client, old server |\n|---|---|---|\n"
        );
        for change in changes {
            let old_client = row(&change.old, &change.new).await;
            let new_client = row(&change.new, &change.old).await;
            table += &format!("| {} | {old_client} | {new_client} |\n", change.title);
            count += 1;
        }
    }
    assert!(count >= 25, "{count} changes");
    let docs = std::fs::read_to_string(DOCS).unwrap();
    let (before, rest) = docs.split_once(BEGIN).unwrap();
    let (recorded, after) = rest.split_once(END).unwrap();
    let actual = format!("{table}\n");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(DOCS, format!("{before}{BEGIN}{actual}{END}{after}")).unwrap();
    } else {
        assert!(
            recorded == actual,
            "docs/evolution.md is out of date: UPDATE_GOLDEN=1 writes it. This is new:\n{actual}"
        );
    }
}

/// What comes of it over each codec: one cell, in as few words as it takes.
async fn row(client: &Version, server: &Version) -> String {
    let mut cells = Vec::new();
    for codec in CODECS {
        cells.push((codec, cell(client, server, codec).await));
    }
    let (_, first) = &cells[0];
    if cells.iter().all(|(_, cell)| cell == first) {
        return escaped(first);
    }
    let cells = cells.iter().map(|(codec, cell)| format!("{codec}: {}", escaped(cell)));
    cells.collect::<Vec<_>>().join("<br>")
}

async fn cell(client: &Version, server: &Version, codec: &str) -> String {
    let running = (server.serve)().await;
    let url = format!("{}?codec={codec}", running.endpoints()[0]);
    (client.call)(url).await
}

/// As it may stand in a table.
fn escaped(cell: &str) -> String {
    cell.replace('|', "\\|").replace('<', "\\<")
}
