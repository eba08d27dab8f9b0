use rpc_core::RpcError;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::Problem;
use super::table::Table;

/// A value of the configuration that remembers where it came from.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) origin: Origin,
    pub(super) kind: Kind,
}

/// Where a value came from, for errors. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Line(usize),
    Column(usize, usize),
    Variable(String),
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Table(Table),
}

impl Node {
    /// Reads a TOML document.
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let document = DeTable::parse(text).map_err(|error| {
            let (line, column) = position(text, error.span().map_or(0, |span| span.start));
            let reason = error.message().replace('\n', ", ");
            Problem::new(Origin::Column(line, column), format!("this is not TOML: {reason}"))
        })?;
        let kind = Kind::Table(table(document.into_inner(), text)?);
        Ok(Self { origin: Origin::Line(1), kind })
    }

    /// Puts a value at the end of a path below this table, and makes the tables that lead there.
    pub(super) fn put(&mut self, path: &[String], value: Self) -> Result<(), Problem> {
        let Kind::Table(table) = &mut self.kind else {
            return Err(Problem::new(value.origin, "it has no keys below it"));
        };
        match path {
            [] => {}
            [key] => {
                table.insert(key.clone(), value);
            }
            [key, rest @ ..] => {
                let origin = value.origin.clone();
                let next = table.get_or_insert_with(key, || Self {
                    origin: origin.clone(),
                    kind: Kind::Table(Table::default()),
                });
                next.put(rest, value).map_err(|problem| problem.inside(key, &origin))?;
            }
        }
        Ok(())
    }

    /// The table at a key of this table.
    pub(super) fn table(&self, key: &str) -> Option<&Table> {
        let Kind::Table(table) = &self.kind else { return None };
        match table.get(key).map(|node| &node.kind) {
            Some(Kind::Table(table)) => Some(table),
            _ => None,
        }
    }

    /// Says where the value came from that a limit's error is about. Keys stand in it in backticks: the limit that is
    /// out of range, then the one that it depends on, which may be the only one that was written.
    pub(super) fn blame(&self, error: &RpcError) -> Problem {
        let keys = error.message().split('`').skip(1).step_by(2);
        let limits = self.table("limits");
        let origin = keys.filter_map(|key| limits?.get(key)).map(|node| &node.origin).next();
        Problem::new(origin.unwrap_or(&self.origin).clone(), error.message())
    }

    /// Says where an item of the list at `path` came from; a value that stands for a list of one is its own item.
    pub(super) fn blame_item(&self, path: &[&str], index: usize, error: &RpcError) -> Problem {
        let mut node = self;
        for key in path {
            let Kind::Table(table) = &node.kind else { break };
            let Some(next) = table.get(key) else { break };
            node = next;
        }
        if let Kind::List(items) = &node.kind
            && let Some(item) = items.get(index)
        {
            node = item;
        }
        let problem = Problem::new(node.origin.clone(), error.message());
        path.iter().rev().fold(problem, |problem, key| problem.inside(key, &node.origin))
    }
}

fn table(table: DeTable<'_>, text: &str) -> Result<Table, Problem> {
    let mut nodes = Table::default();
    for (key, value) in table {
        // The key's line and not the value's: the value of a table header is the whole block below it.
        let origin = Origin::Line(position(text, key.span().start).0);
        nodes.insert(key.into_inner().into_owned(), Node { origin, kind: kind(value, text)? });
    }
    Ok(nodes)
}

fn kind(value: Spanned<DeValue<'_>>, text: &str) -> Result<Kind, Problem> {
    let line = position(text, value.span().start).0;
    Ok(match value.into_inner() {
        DeValue::Boolean(value) => Kind::Bool(value),
        DeValue::Integer(digits) => {
            i64::from_str_radix(digits.as_str(), digits.radix())
                .map(Kind::Integer)
                .map_err(|_| Problem::new(Origin::Line(line), format!("the number {digits} is too large")))?
        }
        DeValue::Float(digits) => Kind::Float(digits.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::String(value) => Kind::Text(value.into_owned()),
        // No key takes a date, so that its text is refused wherever it stands.
        DeValue::Datetime(value) => Kind::Text(value.to_string()),
        DeValue::Array(values) => Kind::List(
            values
                .into_iter()
                .map(|value| {
                    let origin = Origin::Line(position(text, value.span().start).0);
                    Ok(Node { origin, kind: kind(value, text)? })
                })
                .collect::<Result<_, Problem>>()?,
        ),
        DeValue::Table(values) => Kind::Table(table(values, text)?),
    })
}

/// Line and column of a byte, both counted from 1.
fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}
