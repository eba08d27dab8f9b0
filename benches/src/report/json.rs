use serde::{Deserialize, Serialize};

use super::{About, Failure, Lack, PeerInfo, Record, Results};

/// What a line is, is its `kind`.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Line<A, P, L, F, R> {
    About(A),
    Peer(P),
    Lack(L),
    Failure(F),
    Figure(R),
}

type Written<'a> = Line<&'a About, &'a PeerInfo, &'a Lack, &'a Failure, &'a Record>;
type Read = Line<About, PeerInfo, Lack, Failure, Record>;

impl Results {
    pub fn to_json_lines(&self) -> String {
        let lines = [Written::About(&self.about)]
            .into_iter()
            .chain(self.peers.iter().map(Written::Peer))
            .chain(self.lacks.iter().map(Written::Lack))
            .chain(self.failures.iter().map(Written::Failure))
            .chain(self.records.iter().map(Written::Figure));
        lines.map(|line| serde_json::to_string(&line).expect("text and numbers") + "\n").collect()
    }

    /// The error names the line.
    pub fn from_json_lines(text: &str) -> Result<Self, String> {
        let mut results = Self::default();
        for (at, line) in text.lines().enumerate() {
            match serde_json::from_str(line).map_err(|error| format!("line {}: {error}", at + 1))? {
                Read::About(about) => results.about = about,
                Read::Peer(peer) => results.peers.push(peer),
                Read::Lack(lack) => results.lacks.push(lack),
                Read::Failure(failure) => results.failures.push(failure),
                Read::Figure(record) => results.records.push(record),
            }
        }
        Ok(results)
    }
}

/// As the name on the command line and in the reports.
macro_rules! by_name {
    ($module:ident, $type:ty) => {
        pub(super) mod $module {
            use serde::de::{Deserialize, Deserializer, Error};
            use serde::ser::{Serialize, Serializer};

            pub fn serialize<S: Serializer>(value: &$type, serializer: S) -> Result<S::Ok, S::Error> {
                value.name().serialize(serializer)
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                let name = String::deserialize(deserializer)?;
                let unknown = || D::Error::custom(format!("there is no {} `{name}`", stringify!($module)));
                <$type>::from_name(&name).ok_or_else(unknown)
            }
        }
    };
}

by_name!(place, crate::run::Place);
by_name!(scenario, crate::scenarios::Scenario);
by_name!(metric, crate::scenarios::Metric);
