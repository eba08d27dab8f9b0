use std::ffi::OsString;

use super::problem::Problem;
use super::table::Table;
use super::tree::{Kind, Node, Origin};

/// Lets variables override what the file says.
pub(super) fn apply(
    tree: &mut Node,
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<(), Problem> {
    // Sorted, so that of several mistakes always the same one is told.
    let mut ours: Vec<(String, OsString)> = Vec::new();
    for (variable, value) in variables {
        let Ok(variable) = variable.into_string() else { continue };
        let Some(keys) = variable.strip_prefix(PREFIX) else { continue };
        if !keys.contains(SEPARATOR) && meant(keys).is_none() {
            continue;
        }
        match ours.binary_search_by(|(known, _)| known.as_str().cmp(keys)) {
            Ok(place) => ours[place].1 = value,
            Err(place) => ours.insert(place, (keys.to_owned(), value)),
        }
    }
    for (keys, value) in ours {
        let origin = Origin::Variable(format!("{PREFIX}{keys}"));
        if !keys.contains(SEPARATOR)
            && let Some(meant) = meant(&keys)
        {
            let sentence =
                format!("it has no effect: keys are joined by two underscores, as in `{PREFIX}{meant}`");
            return Err(Problem::new(origin, sentence));
        }
        let path = path(&keys, tree.table(CLIENTS), &origin)?;
        let value = value
            .into_string()
            .map_err(|_| Problem::new(origin.clone(), "the value is not text in UTF-8"))?;
        let node = Node { kind: read(value, &origin)?, origin };
        tree.put(&path, node)?;
    }
    Ok(())
}

fn path(keys: &str, clients: Option<&Table>, origin: &Origin) -> Result<Vec<String>, Problem> {
    let mut path = keys.split(SEPARATOR).map(str::to_ascii_lowercase).collect::<Vec<_>>();
    if let ([section, name, ..], Some(clients)) = (path.as_mut_slice(), clients)
        && section == CLIENTS
    {
        let mut meant = clients.keys().filter(|key| normal(key) == normal(name));
        match (meant.next(), meant.next()) {
            (Some(one), Some(other)) => {
                let sentence = format!("it may be for the client `{one}` and for the client `{other}`");
                return Err(Problem::new(origin.clone(), sentence));
            }
            (Some(one), None) => *name = one.clone(),
            (None, _) => {}
        }
    }
    Ok(path)
}

/// How a variable is spelt right that misses an underscore between two keys; `None` if it may be for somebody else.
fn meant(keys: &str) -> Option<String> {
    let (section, rest) = keys.split_once('_')?;
    let lower = rest.to_ascii_lowercase();
    match section.to_ascii_lowercase().as_str() {
        "limits" => Some(format!("{section}{SEPARATOR}{rest}")),
        "server" if matches!(lower.as_str(), "listen" | "grace" | "shards" | "introspection") => {
            Some(format!("{section}{SEPARATOR}{rest}"))
        }
        CLIENTS if lower.ends_with("_endpoint") || lower.ends_with("_timeout") => {
            let (name, key) = rest.rsplit_once('_')?;
            Some(format!("{section}{SEPARATOR}{name}{SEPARATOR}{key}"))
        }
        _ => None,
    }
}

/// The one spelling in which a client's name in the file and in a variable meet.
fn normal(name: &str) -> String {
    name.to_ascii_lowercase().replace('-', "_")
}

fn read(value: String, origin: &Origin) -> Result<Kind, Problem> {
    if !value.starts_with('[') {
        return Ok(Kind::Text(value));
    }
    let mut list = Node::parse(&format!("{LIST} = {value}"))
        .ok()
        .and_then(|node| match node.kind {
            Kind::Table(table) => {
                let mut nodes = table.into_iter();
                nodes.next().filter(|_| nodes.next().is_none()).map(|(_, node)| node)
            }
            _ => None,
        })
        .ok_or_else(|| Problem::new(origin.clone(), format!("`{value}` is not a list as in TOML")))?;
    relabel(&mut list, origin);
    Ok(list.kind)
}

fn relabel(node: &mut Node, origin: &Origin) {
    node.origin = origin.clone();
    match &mut node.kind {
        Kind::List(nodes) => nodes.iter_mut().for_each(|node| relabel(node, origin)),
        Kind::Table(table) => table.values_mut().for_each(|node| relabel(node, origin)),
        Kind::Bool(_) | Kind::Integer(_) | Kind::Float(_) | Kind::Text(_) => {}
    }
}

const PREFIX: &str = "FARCALL_";
const SEPARATOR: &str = "__";
const CLIENTS: &str = "clients";
const LIST: &str = "list";
