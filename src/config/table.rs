use std::vec;

use super::tree::Node;

/// The keys of a table and their values, by key. A sorted list and not a `BTreeMap`, whose code for each type of value
/// would be a sixth of what this crate compiles.
#[derive(Clone, Debug, Default)]
pub(super) struct Table(Vec<(String, Node)>);

impl Table {
    fn find(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(key))
    }

    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        let index = self.find(key).ok()?;
        self.0.get(index).map(|(_, node)| node)
    }

    /// The value of `key`, made if there is none.
    pub(super) fn get_or_insert_with(&mut self, key: &str, make: impl FnOnce() -> Node) -> &mut Node {
        let index = self.find(key).unwrap_or_else(|index| {
            self.0.insert(index, (key.to_owned(), make()));
            index
        });
        &mut self.0[index].1
    }

    /// Takes the place of a value that was there.
    pub(super) fn insert(&mut self, key: String, node: Node) {
        match self.find(&key) {
            Ok(index) => self.0[index].1 = node,
            Err(index) => self.0.insert(index, (key, node)),
        }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(key, _)| key)
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Node> {
        self.0.iter_mut().map(|(_, node)| node)
    }
}

impl IntoIterator for Table {
    type Item = (String, Node);
    type IntoIter = vec::IntoIter<(String, Node)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
