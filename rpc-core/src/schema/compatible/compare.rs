//! Two types side by side, as far as they go.

use std::collections::HashSet;

use super::found::Found;
use super::path::{Paths, Place, Step};
use super::view::Said;
use super::{Difference, Direction, Grade, Part};
use crate::schema::{TypeRef, Types, words};

/// Pairs of types, fields, variants and aliases that are looked at: 262,144. The largest signature that a peer may send has
/// fewer types and fields, but two could be set against each other in pairs without end; beyond this they do not match.
const MAX_STEPS: usize = 1 << 18;

/// What becomes of values of the type `writer` where they are read as `reader`, in the named form with serde's own rules:
/// the rows of the table in `docs/versions.md`. Types that contain themselves are equal if nothing on the way shows that they
/// are not.
///
/// Worst first; of each [`Grade`] 32 at most are kept. The work is bounded for any types whatever. What serde does not show
/// of a type is not seen: `deny_unknown_fields`, the checks of a `TryFrom`.
///
/// ```
/// use rpc_core::schema::{Grade, Number, Shape, Types, compare};
///
/// let mut types = Types::default();
/// let (short, long) = (types.add(Shape::Number(Number::I32)), types.add(Shape::Number(Number::I64)));
/// assert_eq!(compare((&types, short), (&types, long))[0].grade, Grade::Works);
/// let narrowed = compare((&types, long), (&types, short));
/// assert_eq!(narrowed[0].grade, Grade::WorksUnless("it does not fit into i32".into()));
/// ```
pub fn compare(writer: (&Types, TypeRef), reader: (&Types, TypeRef)) -> Vec<Difference> {
    let mut found = Found::default();
    let mut steps = MAX_STEPS;
    let root = Root { part: Part::Result, path: "value", direction: Direction::ToCaller };
    Comparison::new(writer.0, reader.0, root, &mut found, &mut steps).run(writer.1, reader.1);
    found.into_vec()
}

/// As [`compare`] counts.
pub(super) const fn budget() -> usize {
    MAX_STEPS
}

/// Where two types stand in a method.
#[derive(Clone, Copy)]
pub(super) struct Root<'a> {
    pub(super) part: Part,
    pub(super) path: &'a str,
    pub(super) direction: Direction,
}

pub(super) struct Comparison<'a> {
    pub(super) writer: &'a Types,
    pub(super) reader: &'a Types,
    root: Root<'a>,
    found: &'a mut Found,
    steps: &'a mut usize,
    paths: Paths<'a>,
    /// Pairs that were met, and whether it was within a variant: met again they are equal, or have been told.
    met: HashSet<(TypeRef, TypeRef, bool)>,
    open: Vec<Pair<'a>>,
}

/// What is to be compared.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) writer: Said<'a>,
    pub(super) reader: Said<'a>,
    /// What is told of them: themselves, or that around which there was an option.
    told: (Said<'a>, Said<'a>),
    pub(super) place: Place,
    /// The outermost variant in which they are, if there are others: then only values of that variant are concerned.
    pub(super) variant: Option<&'a str>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(
        writer: &'a Types,
        reader: &'a Types,
        root: Root<'a>,
        found: &'a mut Found,
        steps: &'a mut usize,
    ) -> Self {
        let (paths, met, open) = (Paths::default(), HashSet::new(), Vec::new());
        Self { writer, reader, root, found, steps, paths, met, open }
    }

    pub(super) fn run(mut self, writer: TypeRef, reader: TypeRef) {
        let (writer, reader) = (Said::Type(writer), Said::Type(reader));
        let root = Pair { writer, reader, told: (writer, reader), place: Place::ROOT, variant: None };
        self.open.push(root);
        while let Some(pair) = self.open.pop() {
            if let (Said::Type(writer), Said::Type(reader)) = (pair.writer, pair.reader)
                && !self.met.insert((writer, reader, pair.variant.is_some()))
            {
                continue;
            }
            if !self.step(1) {
                self.tell(
                    &Pair { variant: None, ..root },
                    Grade::because("they are too large to be compared"),
                );
                return;
            }
            self.pair(&pair);
        }
    }

    /// Takes so many of the steps that are left; false if there are not so many.
    pub(super) fn step(&mut self, count: usize) -> bool {
        let left = self.steps.checked_sub(count);
        *self.steps = left.unwrap_or(0);
        left.is_some()
    }

    /// What stands around the two or within them, at the same place.
    pub(super) fn inside(&mut self, pair: &Pair<'a>, writer: Said<'a>, reader: Said<'a>) {
        self.open.push(Pair { writer, reader, ..*pair });
    }

    /// What stands one step further in.
    pub(super) fn deeper(&mut self, pair: &Pair<'a>, step: Step<'a>, writer: Said<'a>, reader: Said<'a>) {
        let place = self.paths.add(pair.place, step);
        self.open.push(Pair { writer, reader, told: (writer, reader), place, variant: pair.variant });
    }

    pub(super) fn tell(&mut self, pair: &Pair<'a>, grade: Grade) {
        self.add(pair, pair.place, Some(pair.told.0), Some(pair.told.1), grade);
    }

    pub(super) fn tell_unread(&mut self, pair: &Pair<'a>, step: Step<'a>, writer: Said<'a>, grade: Grade) {
        let place = self.paths.add(pair.place, step);
        self.add(pair, place, Some(writer), None, grade);
    }

    pub(super) fn tell_unwritten(&mut self, pair: &Pair<'a>, step: Step<'a>, reader: Said<'a>, grade: Grade) {
        let place = self.paths.add(pair.place, step);
        self.add(pair, place, None, Some(reader), grade);
    }

    fn add(
        &mut self,
        pair: &Pair<'a>,
        place: Place,
        writer: Option<Said<'a>>,
        reader: Option<Said<'a>>,
        grade: Grade,
    ) {
        let grade = match (grade, pair.variant) {
            (Grade::Breaks(_), Some(variant)) => Grade::unless(format!("it is `{}`", words::name(variant))),
            (grade, _) => grade,
        };
        // A peer may have made more of them than is worth the words.
        if self.found.is_full(&grade) {
            return;
        }
        let words = |with_kind| {
            let writer = writer.map(|writer| writer.words(self.writer, with_kind));
            (writer, reader.map(|reader| reader.words(self.reader, with_kind)))
        };
        let (writer, reader) =
            Some(words(false)).filter(|(writer, reader)| writer != reader).unwrap_or_else(|| words(true));
        let Root { part, path, direction } = self.root;
        let path = format!("{path}{}", self.paths.show(place));
        self.found.add(Difference { part, path, direction, writer, reader, grade });
    }
}
