use std::fmt;

/// Why a type cannot be carried, although it implements `Serialize` and `Deserialize`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The type, as serde names it.
    pub type_name: String,
    /// The field or variant; of a field of a variant, both: `Circle.radius`.
    pub field: Option<String>,
    /// What is wrong and what to do, as a clause that goes on from "the field `b` of `Foo`".
    pub sentence: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "`{field}` of `{}` {}", self.type_name, self.sentence),
            None => write!(f, "`{}` {}", self.type_name, self.sentence),
        }
    }
}
