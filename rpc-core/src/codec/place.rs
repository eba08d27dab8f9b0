//! Where in a value something went wrong, for the text of an error.

use std::fmt;

/// A part of a type, or the type as a whole.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The name that serde gives to the type, or its Rust path.
    pub(super) owner: &'static str,
    /// The variant of an enum, or empty.
    pub(super) variant: &'static str,
    pub(super) part: Part,
}

#[derive(Clone, Copy)]
pub(super) enum Part {
    Whole,
    Field(&'static str),
    Element(usize),
    Entry(usize),
}

impl Place {
    pub(super) const fn whole(owner: &'static str) -> Self {
        Self { owner, variant: "", part: Part::Whole }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Whole => {}
            Part::Field(name) => write!(f, "field `{name}` of ")?,
            Part::Element(index) => write!(f, "element {index} of ")?,
            Part::Entry(index) => write!(f, "entry {index} of ")?,
        }
        f.write_str("`")?;
        write_short(f, self.owner)?;
        if !self.variant.is_empty() {
            write!(f, "::{}", self.variant)?;
        }
        f.write_str("`")
    }
}

/// Writes a Rust path without its modules: `alloc::vec::Vec<app::Point>` as `Vec<Point>`.
fn write_short(f: &mut fmt::Formatter<'_>, path: &str) -> fmt::Result {
    let mut rest = path;
    loop {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if let Some(inner) = after.strip_prefix("::") {
            rest = inner;
            continue;
        }
        f.write_str(word)?;
        let mut after = after.chars();
        let Some(other) = after.next() else { return Ok(()) };
        write!(f, "{other}")?;
        rest = after.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, Place};

    #[test]
    fn a_place_leaves_the_modules_of_a_path_out() {
        let vec = Place {
            owner: "alloc::vec::Vec<(app::r#Point, core::option::Option<&[u8]>)>",
            variant: "",
            part: Part::Element(3),
        };
        assert_eq!(vec.to_string(), "element 3 of `Vec<(r#Point, Option<&[u8]>)>`");
        let field = Place { owner: "Shape", variant: "Circle", part: Part::Field("radius") };
        assert_eq!(field.to_string(), "field `radius` of `Shape::Circle`");
    }
}
