//! What changed since a lockfile was written, in sentences.

use std::fmt;

/// The changes between a lockfile and a service, a sentence each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Changes after which something that worked between deployed clients and servers fails.
    pub breaking: Vec<String>,
    /// Changes that make new values possible, which those built before do not understand.
    pub risks: Vec<String>,
    /// Changes that everybody understands.
    pub compatible: Vec<String>,
}

impl Report {
    /// Whether nothing breaks.
    pub fn is_compatible(&self) -> bool {
        self.breaking.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [("breaking", &self.breaking), ("risk", &self.risks), ("compatible", &self.compatible)];
        let lines = kinds.iter().flat_map(|(kind, lines)| lines.iter().map(move |line| (kind, line)));
        for (index, (kind, line)) in lines.enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{kind}: {line}")?;
        }
        Ok(())
    }
}
