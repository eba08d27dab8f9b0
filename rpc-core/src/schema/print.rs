//! Types as people read them: definitions in the manner of Rust.

use std::collections::HashSet;
use std::fmt::Write;

use super::{Content, Field, MemberNotes, Shape, TypeRef, Types};

impl Types {
    /// A type in Rust's manner, and behind it the definitions of all types with a name that it stands on, each once. Types of
    /// equal name are told apart by [`tell_apart`](super::tell_apart). A field that may be absent has a `?` behind its name. What
    /// types say of themselves by [`Describe`](super::Describe) stands where Rust has it.
    ///
    /// ```
    /// use rpc_core::schema::Prober;
    ///
    /// #[derive(serde::Serialize, serde::Deserialize)]
    /// enum Shape { Circle { radius: f64 }, Line(u8, u8), Nothing }
    ///
    /// let mut prober = Prober::new();
    /// let shapes = prober.probe::<Vec<Shape>>();
    /// assert_eq!(
    ///     prober.finish().describe(shapes),
    ///     "Vec<Shape>\n\nenum Shape {\n    Circle { radius: f64 },\n    Line(u8, u8),\n    Nothing,\n}\n"
    /// );
    /// ```
    pub fn describe(&self, root: TypeRef) -> String {
        let mut text = self.words(root);
        text.push('\n');
        text += &self.definitions([root]);
        text
    }

    /// The definitions of all types with a name that these stand on; each begins with an empty line.
    pub fn definitions(&self, roots: impl IntoIterator<Item = TypeRef>) -> String {
        let mut text = String::new();
        for (which, shape) in self.in_order(roots).into_iter().filter(|(_, shape)| is_defined(shape)) {
            // Writing to a `String` cannot fail.
            let docs = self.notes(which).map_or("", |notes| &notes.docs);
            let _ = writeln!(text, "\n{}{}", head("", docs, None), self.definition(which, shape));
        }
        text
    }

    /// All types that these stand on, in the order in which somebody meets them who reads.
    pub(super) fn in_order(&self, roots: impl IntoIterator<Item = TypeRef>) -> Vec<(TypeRef, &Shape)> {
        let (mut seen, mut order) = (HashSet::new(), Vec::new());
        let mut open: Vec<TypeRef> = roots.into_iter().collect();
        open.reverse();
        while let Some(which) = open.pop() {
            let Some(shape) = self.get(which).filter(|_| seen.insert(which)) else { continue };
            order.push((which, shape));
            let mut held = shape.held();
            held.reverse();
            open.extend(held);
        }
        order
    }

    fn definition(&self, which: TypeRef, shape: &Shape) -> String {
        let name = self.words(which);
        let notes = self.notes(which).map_or(&[][..], |notes| &notes.members);
        let list = |elements: &[TypeRef]| {
            elements.iter().map(|element| self.words(*element)).collect::<Vec<_>>().join(", ")
        };
        match shape {
            Shape::Newtype { inner, .. } => format!("struct {name}({});", self.words(*inner)),
            Shape::TupleStruct { elements, .. } => format!("struct {name}({});", list(elements)),
            Shape::Struct { fields, .. } if fields.is_empty() => format!("struct {name} {{}}"),
            Shape::Struct { fields, .. } => {
                format!("struct {name} {{\n{}}}", self.fields("    ", fields, notes))
            }
            Shape::Enum { variants, .. } => {
                let lines = variants.iter().enumerate().map(|(index, variant)| {
                    let notes = notes.get(index).unwrap_or(&NOTHING);
                    let held = match &variant.content {
                        Content::Unit => String::new(),
                        Content::Newtype(inner) => format!("({})", self.words(*inner)),
                        Content::Tuple(elements) => format!("({})", list(elements)),
                        Content::Struct(fields) if notes.fields.iter().any(says_something) => {
                            format!(" {{\n{}    }}", self.fields("        ", fields, &notes.fields))
                        }
                        Content::Struct(fields) => {
                            let fields = fields.iter().map(|field| self.field(field)).collect::<Vec<_>>();
                            format!(" {{ {} }}", fields.join(", "))
                        }
                    };
                    let head = head("    ", &notes.docs, notes.number);
                    format!("{head}    {}{held}{},\n", whole(&variant.name), also(&variant.aliases))
                });
                format!("enum {name} {{\n{}}}", lines.collect::<String>())
            }
            Shape::Opaque { reason, .. } => format!("{name}: unknown, since {}", whole(reason)),
            _ => name,
        }
    }

    /// A line for each, and what is said of it.
    fn fields(&self, indent: &str, fields: &[Field], notes: &[MemberNotes]) -> String {
        let line = |(index, field)| {
            let notes = notes.get(index).unwrap_or(&NOTHING);
            format!("{}{indent}{},\n", head(indent, &notes.docs, notes.number), self.field(field))
        };
        fields.iter().enumerate().map(line).collect()
    }

    fn field(&self, field: &Field) -> String {
        let optional = if field.optional { "?" } else { "" };
        format!("{}{optional}: {}{}", whole(&field.name), self.words(field.shape), also(&field.aliases))
    }
}

/// What stands above a type or a member.
fn head(indent: &str, docs: &str, number: Option<u32>) -> String {
    let mut text: String = docs
        .lines()
        .map(|line| format!("{indent}/// {}", line.trim()).trim_end().to_owned() + "\n")
        .collect();
    if let Some(number) = number {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{indent}#[describe(number = {number})]");
    }
    text
}

fn also(aliases: &[String]) -> String {
    let aliases = aliases.iter().map(|alias| whole(alias)).collect::<Vec<_>>();
    if aliases.is_empty() { String::new() } else { format!(" (or {})", aliases.join(", ")) }
}

fn is_defined(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Newtype { .. }
            | Shape::TupleStruct { .. }
            | Shape::Struct { .. }
            | Shape::Enum { .. }
            | Shape::Opaque { .. }
    )
}

impl Shape {
    /// The types that it holds, in order.
    pub(super) fn held(&self) -> Vec<TypeRef> {
        let of = |fields: &[Field]| fields.iter().map(|field| field.shape).collect::<Vec<_>>();
        match self {
            Self::Option(inner) | Self::List(inner) | Self::Newtype { inner, .. } => vec![*inner],
            Self::Map { key, value } => vec![*key, *value],
            Self::Tuple(elements) | Self::TupleStruct { elements, .. } => elements.clone(),
            Self::Struct { fields, .. } => of(fields),
            Self::Enum { variants, .. } => variants
                .iter()
                .flat_map(|variant| match &variant.content {
                    Content::Unit => Vec::new(),
                    Content::Newtype(inner) => vec![*inner],
                    Content::Tuple(elements) => elements.clone(),
                    Content::Struct(fields) => of(fields),
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// On one line.
fn whole(name: &str) -> String {
    name.escape_debug().to_string()
}

/// What is said of a member of which nothing is said.
static NOTHING: MemberNotes = MemberNotes { docs: String::new(), number: None, fields: Vec::new() };

const fn says_something(notes: &MemberNotes) -> bool {
    !notes.docs.is_empty() || notes.number.is_some()
}
