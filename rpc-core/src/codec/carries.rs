//! What a codec cannot carry, told from the shapes of types before there is a value.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::Codec;
use crate::schema::{Content, Field, Number, Shape, TypeRef, Types};

impl Codec {
    /// Why values of a type may have no form in this codec: a sentence that names the path and the type; `None` if all
    /// of them have one, as far as shapes tell.
    ///
    /// `types` are described as this codec writes them: see [`is_human_readable`](Self::is_human_readable). They may come
    /// from a peer: whatever they say, the work is in proportion to their number. Of a type that is
    /// [`Opaque`](Shape::Opaque) nothing is known, so nothing is refused.
    ///
    /// ```
    /// use rpc_core::codec::Codec;
    /// use rpc_core::schema::{Shape, Types};
    /// let mut types = Types::default();
    /// let any = types.add(Shape::Any { name: "Value".to_owned() });
    /// let list = types.add(Shape::List(any));
    /// assert_eq!(
    ///     Codec::Postcard.refusal(&types, list).as_deref(),
    ///     Some("postcard cannot carry `Value` (in each element): it has to be told what comes next"),
    /// );
    /// assert_eq!(Codec::Compact.refusal(&types, list), None);
    /// ```
    pub fn refusal(self, types: &Types, root: TypeRef) -> Option<String> {
        let gaps = self.gaps();
        if types.iter().all(|(_, shape)| !gaps.may_concern(shape)) {
            return None;
        }
        let mut walk = Walk::new(types, root);
        while let Some(at) = walk.next() {
            if let Some(sentence) = self.refused(&walk, at) {
                return Some(sentence);
            }
        }
        None
    }

    fn refused(self, walk: &Walk<'_>, at: usize) -> Option<String> {
        let (shape, gaps) = (walk.shape(at)?, self.gaps());
        let why = |what: &str, why: &str| Some(format!("{self} cannot carry {what}{}: {why}", walk.path(at)));
        match shape {
            Shape::Any { name } if gaps.untold => {
                why(&format!("`{name}`"), "it has to be told what comes next")
            }
            Shape::Option(inner) if gaps.may_be_nothing(walk.types, *inner) => why(
                "an option of what may itself be nothing",
                "a `Some` around nothing would be read as `None`",
            ),
            Shape::Map { key, .. } if gaps.text_keys && !may_be_text(walk.types, *key) => why(
                "a map with such keys",
                "keys are texts, integers, bools, characters and variants without content",
            ),
            _ => None,
        }
    }

    const fn gaps(self) -> Gaps {
        match self {
            Self::Postcard => Gaps { untold: true, ..Gaps::NONE },
            Self::Compact => Gaps::NONE,
            #[cfg(feature = "json")]
            Self::Json => Gaps { none_within: true, unit_within: true, text_keys: true, ..Gaps::NONE },
            #[cfg(feature = "xml")]
            Self::Xml => Gaps { untold: true, none_within: true, ..Gaps::NONE },
        }
    }
}

/// What a codec has no form for.
#[derive(Clone, Copy)]
struct Gaps {
    /// What does not say itself what it is.
    untold: bool,
    /// `None` in a `Some`.
    none_within: bool,
    /// `()` in a `Some`.
    unit_within: bool,
    /// Keys of maps that are no texts.
    text_keys: bool,
}

impl Gaps {
    const NONE: Self = Self { untold: false, none_within: false, unit_within: false, text_keys: false };

    /// Whether a type of this kind may be one that is refused.
    const fn may_concern(self, shape: &Shape) -> bool {
        match shape {
            Shape::Any { .. } => self.untold,
            Shape::Option(_) => self.none_within || self.unit_within,
            Shape::Map { .. } => self.text_keys,
            _ => false,
        }
    }

    /// Whether a value of this type would be read as `None` in a `Some`.
    fn may_be_nothing(self, types: &Types, which: TypeRef) -> bool {
        match inside(types, which) {
            Some(Shape::Option(_)) => self.none_within,
            Some(Shape::Unit | Shape::UnitStruct { .. }) => self.unit_within,
            _ => false,
        }
    }
}

/// Whether a value of this type can be written as a text, as far as is known.
fn may_be_text(types: &Types, which: TypeRef) -> bool {
    match inside(types, which) {
        None | Some(Shape::Bool | Shape::Char | Shape::Text | Shape::Any { .. } | Shape::Opaque { .. }) => {
            true
        }
        Some(Shape::Number(number)) => !matches!(number, Number::F32 | Number::F64),
        Some(Shape::Enum { variants, .. }) => variants.iter().all(|variant| variant.content == Content::Unit),
        Some(_) => false,
    }
}

/// What is in newtypes around a type; `None` where they lead nowhere, or deeper than any value may.
fn inside(types: &Types, mut which: TypeRef) -> Option<&Shape> {
    const DEEPEST: usize = 128;
    for _ in 0..DEEPEST {
        match types.get(which)? {
            Shape::Newtype { inner, .. } => which = *inner,
            shape => return Some(shape),
        }
    }
    None
}

/// Goes through every type that can be reached, once.
struct Walk<'t> {
    types: &'t Types,
    seen: HashSet<TypeRef>,
    /// Every type that was met: where it is, and from which of these it was met.
    steps: Vec<(TypeRef, Step<'t>, usize)>,
    next: usize,
}

/// How one type is in another.
#[derive(Clone, Copy)]
enum Step<'t> {
    Root,
    Inside,
    Element,
    Place(usize),
    Key,
    Value,
    Field(&'t str, &'t str),
    Variant(&'t str, &'t str),
}

impl<'t> Walk<'t> {
    /// Steps that a path tells; the inner ones.
    const MAX_STEPS: usize = 8;

    fn new(types: &'t Types, root: TypeRef) -> Self {
        Self { types, seen: HashSet::from([root]), steps: vec![(root, Step::Root, 0)], next: 0 }
    }

    /// The number of the next step, whose own types are then to come.
    fn next(&mut self) -> Option<usize> {
        let at = self.next;
        let (which, ..) = self.steps.get(at)?;
        self.next = at.saturating_add(1);
        if let Some(shape) = self.types.get(*which) {
            self.meet(shape, at);
        }
        Some(at)
    }

    fn shape(&self, at: usize) -> Option<&'t Shape> {
        self.types.get(self.steps.get(at)?.0)
    }

    fn meet(&mut self, shape: &'t Shape, from: usize) {
        match shape {
            Shape::Option(inner) | Shape::Newtype { inner, .. } => self.push(*inner, Step::Inside, from),
            Shape::List(element) => self.push(*element, Step::Element, from),
            Shape::Tuple(elements) | Shape::TupleStruct { elements, .. } => self.places(elements, from),
            Shape::Map { key, value } => {
                self.push(*key, Step::Key, from);
                self.push(*value, Step::Value, from);
            }
            Shape::Struct { name, fields } => self.fields(name, fields, from),
            Shape::Enum { name, variants } => {
                for variant in variants {
                    match &variant.content {
                        Content::Unit => {}
                        Content::Newtype(inner) => {
                            self.push(*inner, Step::Variant(name, &variant.name), from);
                        }
                        Content::Tuple(elements) => self.places(elements, from),
                        Content::Struct(fields) => self.fields(name, fields, from),
                    }
                }
            }
            _ => {}
        }
    }

    fn places(&mut self, elements: &[TypeRef], from: usize) {
        for (index, element) in elements.iter().enumerate() {
            self.push(*element, Step::Place(index), from);
        }
    }

    fn fields(&mut self, owner: &'t str, fields: &'t [Field], from: usize) {
        for field in fields {
            self.push(field.shape, Step::Field(owner, &field.name), from);
        }
    }

    fn push(&mut self, which: TypeRef, step: Step<'t>, from: usize) {
        if self.seen.insert(which) {
            self.steps.push((which, step, from));
        }
    }

    /// Where a type was met first, from the inside out.
    fn path(&self, mut at: usize) -> String {
        let mut path = String::new();
        for _ in 0..Self::MAX_STEPS {
            let Some((_, step, from)) = self.steps.get(at) else { break };
            // Writing to a `String` cannot fail.
            let _ = match step {
                Step::Root => break,
                Step::Inside => Ok(()),
                Step::Element => path.write_str(", in each element"),
                Step::Place(index) => write!(path, ", in element {index}"),
                Step::Key => path.write_str(", in the keys of a map"),
                Step::Value => path.write_str(", in the values of a map"),
                Step::Field(owner, name) => write!(path, ", in field `{name}` of `{owner}`"),
                Step::Variant(owner, name) => write!(path, ", in `{owner}::{name}`"),
            };
            at = *from;
        }
        match path.strip_prefix(", ") {
            Some(path) => format!(" ({path})"),
            None => path,
        }
    }
}
