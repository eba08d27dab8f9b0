//! Runs the passes, and makes shapes of what they found.

use std::any::TypeId;
use std::collections::{HashMap, HashSet};
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

use super::candidates;
use super::check::Findings;
use super::crossing::{Crosses, Crossing};
use super::error::{ErrorKind, ProbeError};
use super::graph::index;
use super::hasher::Quick;
use super::node::{Arm, Body, Child, Content, Fields};
use super::noted::noted;
use super::problem::Problem;
use super::run::{ALL_STEPS, Run};
use crate::generated::{DecodeField, EncodePayload, SerdePayload};
use crate::schema::{Content as Held, Describe, Descriptions, Field, Notes, Shape, TypeRef, Types, Variant};

/// Finds out what types are on the wire, by asking their serde implementations.
///
/// ```
/// use rpc_core::schema::Prober;
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Point { x: i32, #[serde(default)] y: i32 }
///
/// let mut prober = Prober::new();
/// let points = prober.probe::<Vec<Point>>();
/// assert!(prober.problems().is_empty());
/// assert_eq!(prober.finish().words(points), "Vec<Point>");
/// ```
///
/// No value of a type is needed: the `Deserialize` implementation is run again and again, and given what it asks for, until
/// it has nothing new to ask. A type that refuses all that it is given is [`Shape::Opaque`], and so is one that is written in
/// another way than it is read. A panic of an implementation is caught; its message goes where panics go. The work is bounded.
pub struct Prober {
    run: Run,
    findings: Findings,
    /// What could not be found out, and why.
    opaque: HashMap<TypeRef, String, Quick>,
    /// What was asked about, by type and by how it crosses.
    roots: HashMap<(TypeId, TypeId), TypeRef, Quick>,
    descriptions: Descriptions,
}

impl Default for Prober {
    fn default() -> Self {
        Self::new()
    }
}

impl Prober {
    /// Types as codecs see them that are not for people: postcard and the compact one.
    pub fn new() -> Self {
        Self::of(false)
    }

    /// Types as codecs see them that people read: JSON and XML.
    pub fn readable() -> Self {
        Self::of(true)
    }

    fn of(readable: bool) -> Self {
        Self {
            run: Run::new(readable),
            findings: Findings::default(),
            opaque: HashMap::default(),
            roots: HashMap::default(),
            descriptions: Descriptions::default(),
        }
    }

    /// What a type is.
    pub fn probe<T>(&mut self) -> TypeRef
    where
        T: Serialize + Deserialize<'static>,
    {
        self.probe_payload::<T, _>(SerdePayload)
    }

    /// What a type is that crosses in this way.
    pub(crate) fn probe_payload<T, P>(&mut self, payload: P) -> TypeRef
    where
        P: DecodeField<'static, T> + EncodePayload<T>,
    {
        // Another payload with content may be of another type.
        let key = (size_of::<P>() == 0).then(|| (typeid::of::<T>(), typeid::of::<P>()));
        self.probe_crossing(key, &Crosses::<T, P>(payload, PhantomData))
    }

    fn probe_crossing(&mut self, key: Option<(TypeId, TypeId)>, crossing: &dyn Crossing) -> TypeRef {
        if let Some(known) = key.and_then(|key| self.roots.get(&key)) {
            return *known;
        }
        self.run.all_steps = 0;
        self.run.root = crossing.type_id();
        self.findings.root_mismatch = None;
        self.explore(crossing);
        let Some(root) = self.run.graph.root else {
            return self.opaque(crossing.type_name(), "it asks for nothing");
        };
        let reach = self.run.graph.reach(root);
        let is_leaf = self.run.graph.get(root).is_none();
        if is_leaf || !reach.iter().all(|(which, _)| self.run.written.contains(which)) {
            self.write_all(crossing, root, &reach);
        }
        let root = match self.findings.root_mismatch.take() {
            _ if self.run.graph.get(root).is_some() => root,
            Some(written) => {
                let reason = format!("it is written as {written}, and not read as that");
                self.opaque(crossing.type_name(), &reason)
            }
            None => root,
        };
        if let Some(key) = key {
            self.roots.insert(key, root);
        }
        root
    }

    /// Makes values in which every variant is there, and looks how they are written.
    fn write_all(
        &mut self,
        crossing: &dyn Crossing,
        root: TypeRef,
        reach: &[(TypeRef, Vec<(TypeRef, usize)>)],
    ) {
        for full in [false, true] {
            self.write(crossing, root, full);
        }
        if reach.iter().any(|(which, _)| self.run.graph.may_begin_with_tag(*which)) {
            self.run.least_number = candidates::LARGE_NUMBER;
            self.write(crossing, root, true);
            self.run.least_number = 0;
        }
        for (which, path) in reach {
            if self.run.written.contains(which) {
                continue;
            }
            // What is left out where it is empty, or where it is not, shows in a value that is there itself.
            let arms = self.run.graph.arms(*which);
            if arms == 0 && *which != root && self.run.graph.has_fields(*which) {
                self.run.chosen = path.iter().copied().collect();
                self.write_bare(crossing, root, *which);
            }
            for arm in 0..arms {
                self.run.chosen = path.iter().copied().chain([(*which, arm)]).collect();
                self.findings.chosen = Some((*which, arm));
                self.write(crossing, root, true);
                self.write_bare(crossing, root, *which);
            }
        }
        self.run.chosen.clear();
        self.findings.chosen = None;
        for (which, _) in reach {
            if self.is_checked(*which) {
                self.run.written.insert(*which);
            }
        }
    }

    /// Makes a value in which `bare` is there, and in it only what has to be.
    fn write_bare(&mut self, crossing: &dyn Crossing, root: TypeRef, bare: TypeRef) {
        self.run.bare = Some(bare);
        self.write(crossing, root, true);
        self.run.bare = None;
    }

    /// Whether a value of a type was written, where that has to be seen.
    fn is_checked(&self, which: TypeRef) -> bool {
        self.findings.met.contains(&which)
            || self.run.graph.get(which).is_none_or(|node| {
                let is_never = matches!(&node.body, Body::Enum(arms) if arms.is_empty());
                // What is read as a newtype is written as what is in it, as far as codecs go.
                is_never || node.is_dependent || matches!(node.body, Body::Any | Body::Newtype(_))
            })
    }

    /// A type of which nothing can be found out.
    pub(crate) fn opaque(&mut self, name: &str, reason: &str) -> TypeRef {
        let name = short(name);
        tracing::warn!(%name, reason, "what a type is on the wire cannot be found out");
        self.run.graph.leaf(Shape::Opaque { name, reason: reason.to_owned() })
    }

    /// Adds what `T` says of itself and of the types that it holds; before or after they are [probed](Self::probe).
    pub fn describe<T: Describe + ?Sized>(&mut self) {
        T::describe(&mut self.descriptions);
    }

    /// Why types cannot be carried although they implement serde's traits: `#[serde(skip_serializing)]` alone, say. Or
    /// why what they say of themselves cannot be true.
    pub fn problems(&self) -> Vec<Problem> {
        self.problems_of(self.all(), &self.descriptions)
    }

    /// All that was found.
    pub fn finish(self) -> Types {
        self.extract(self.all(), &self.descriptions, |which| which)
    }

    /// What these types and all that they hold are, apart from all others; and why they cannot be carried. Each of
    /// `roots` is one of the result then.
    pub(crate) fn part(
        &self,
        roots: &mut [&mut TypeRef],
        descriptions: &Descriptions,
    ) -> (Types, Vec<Problem>) {
        let mut places = vec![None; self.run.graph.types.len()];
        let order = self.run.graph.within(roots.iter().map(|root| **root));
        for (which, place) in order.iter().zip(0..) {
            if let Some(known) = places.get_mut(index(*which)) {
                *known = Some(TypeRef::new(place));
            }
        }
        let place = |which: TypeRef| places.get(index(which)).copied().flatten().unwrap_or(which);
        for root in roots {
            **root = place(**root);
        }
        let problems = self.problems_of(order.iter().copied(), descriptions);
        (self.extract(order.into_iter(), descriptions, place), problems)
    }

    fn all(&self) -> impl Iterator<Item = TypeRef> + use<> {
        // As above.
        (0..u32::try_from(self.run.graph.types.len()).unwrap_or(u32::MAX)).map(TypeRef::new)
    }

    fn extract(
        &self,
        types: impl Iterator<Item = TypeRef>,
        descriptions: &Descriptions,
        place: impl Fn(TypeRef) -> TypeRef,
    ) -> Types {
        let mut extracted = Types::with_capacity(types.size_hint().0);
        for which in types {
            let known = || self.run.graph.types.get(which).cloned();
            let Some(mut shape) = self.shape(which).or_else(known) else { continue };
            let notes = self.noted(which, descriptions, &shape);
            shape.redirect(&place);
            let which = extracted.add(shape);
            if let Some(Ok(notes)) = notes {
                extracted.set_notes(which, notes);
            }
        }
        extracted
    }

    fn problems_of(&self, types: impl Iterator<Item = TypeRef>, descriptions: &Descriptions) -> Vec<Problem> {
        let mut problems = Vec::new();
        for which in types {
            problems.extend(self.findings.problems(&self.run.graph, which));
            let shape = (!descriptions.is_empty()).then(|| self.shape(which)).flatten();
            problems.extend(shape.and_then(|shape| self.noted(which, descriptions, &shape)?.err()));
        }
        problems
    }

    fn noted(
        &self,
        which: TypeRef,
        descriptions: &Descriptions,
        shape: &Shape,
    ) -> Option<Result<Notes, Problem>> {
        let node = self.run.graph.get(which)?;
        Some(noted(node, descriptions.get(node.type_id)?, shape))
    }

    /// Runs passes until nothing more is found.
    fn explore(&mut self, crossing: &dyn Crossing) {
        let run = &mut self.run;
        run.graph.root = None;
        let mut why = "it asks for something else each time".to_owned();
        loop {
            run.graph.settle();
            let root = run.graph.root;
            if root.is_some() && run.graph.is_complete(root, &[]) {
                return;
            }
            let before = run.graph.facts;
            run.begin();
            let pass = AssertUnwindSafe(|| crossing.read(run));
            let mut refused = ErrorKind::Refused;
            match catch_unwind(pass) {
                Ok(Err(error)) if error.kind != ErrorKind::Stop => {
                    refused = error.kind;
                    why = error.to_string();
                }
                Ok(_) => {}
                Err(_) => why = "its `Deserialize` implementation panics".to_owned(),
            }
            if run.all_steps > ALL_STEPS {
                break;
            }
            let stuck = run.graph.facts == before && !run.refuse(refused);
            // One that cannot be found out says nothing of those beside it.
            let mut given_up = |which| _ = self.opaque.insert(which, why.clone());
            if stuck && !root.is_some_and(|root| run.graph.give_up(root, &mut given_up)) {
                break;
            }
        }
        for which in run.graph.root.map(|root| run.graph.incomplete(root)).unwrap_or_default() {
            self.opaque.entry(which).or_insert_with(|| why.clone());
        }
    }

    /// Makes a value and writes it.
    fn write(&mut self, crossing: &dyn Crossing, root: TypeRef, full: bool) {
        let Self { run, findings, .. } = self;
        // A number that is refused tells nothing of the others.
        let may_try = run.least_number == 0;
        loop {
            if run.all_steps > ALL_STEPS {
                return;
            }
            run.begin();
            run.full = full;
            let pass = AssertUnwindSafe(|| crossing.write(run, findings, root));
            let result = catch_unwind(pass);
            run.full = false;
            match result {
                Ok(Err(ProbeError { kind, .. }))
                    if may_try && kind != ErrorKind::Stop && (run.refuse(kind) || run.leaves_out()) => {}
                _ => return,
            }
        }
    }

    /// What a type that holds others is.
    fn shape(&self, which: TypeRef) -> Option<Shape> {
        let node = self.run.graph.get(which)?;
        let name = node.name.to_owned();
        let opaque =
            |reason: &str| Some(Shape::Opaque { name: short(node.type_name), reason: reason.to_owned() });
        if let Some(why) = self.findings.mismatched(which) {
            return opaque(why);
        }
        if let Some(why) = self.opaque.get(&which) {
            return opaque(why);
        }
        if !self.is_checked(which) {
            return opaque(UNCHECKED);
        }
        let shape = match &node.body {
            _ if node.is_dependent => Some(Shape::Any { name: said(node.type_name) }),
            Body::Any => Some(Shape::Any { name: said(node.type_name) }),
            Body::Option(child) => child.map(Shape::Option),
            Body::List(child) => child.map(Shape::List),
            Body::Map(key, value) => key.zip(*value).map(|(key, value)| Shape::Map { key, value }),
            Body::Tuple(children, length) => tuple(children, *length),
            Body::Newtype(child) => child.map(|inner| Shape::Newtype { name, inner }),
            Body::TupleStruct(children) => {
                let elements: Option<Vec<_>> = children.iter().copied().collect();
                elements.map(|elements| Shape::TupleStruct { name, elements })
            }
            Body::Struct(fields) => {
                let fields = self.fields(which, None, fields);
                fields.map(|fields| Shape::Struct { name, fields })
            }
            Body::Enum(arms) => match self.variants(which, arms) {
                Some(variants) => Some(Shape::Enum { name, variants }),
                None => return opaque("of one of its variants no value could be made"),
            },
        };
        shape.or_else(|| opaque("what it holds could not be found out"))
    }

    fn variants(&self, which: TypeRef, arms: &[Arm]) -> Option<Vec<Variant>> {
        let (mut variants, mut aliases) = (Vec::<Variant>::new(), Vec::new());
        let (mut taken, mut unwritten) = (HashSet::<u32, Quick>::default(), Vec::new());
        variants.reserve(arms.len());
        for (at, arm) in arms.iter().enumerate().filter(|(_, arm)| !arm.absent) {
            let written = self.findings.written_as(which, at);
            if let Some((_, name)) = written.filter(|(_, name)| *name != arm.name) {
                aliases.push((name, arm.name));
                continue;
            }
            let content = match arm.content.as_ref()? {
                Content::Unit => Held::Unit,
                Content::Newtype(child) => Held::Newtype((*child)?),
                Content::Tuple(children) => Held::Tuple(children.iter().copied().collect::<Option<_>>()?),
                Content::Struct(fields) => Held::Struct(self.fields(which, Some(at), fields)?),
            };
            match written {
                Some((index, _)) => _ = taken.insert(index),
                None if self.run.made.contains(&(which, at)) => unwritten.push(variants.len()),
                None => return None,
            }
            variants.push(Variant::new(arm.name, written.map_or(0, |(index, _)| index), content));
        }
        for (name, alias) in aliases {
            if let Some(variant) = variants.iter_mut().find(|variant| variant.name == name) {
                variant.aliases.push(alias.to_owned());
            }
        }
        // Of those there are values, and nobody writes them: they get what is left.
        let free = (0..=u32::MAX).filter(|index| !taken.contains(index));
        for (at, index) in unwritten.into_iter().zip(free) {
            variants.get_mut(at)?.index = index;
        }
        Some(variants)
    }

    fn fields(&self, which: TypeRef, arm: Option<usize>, fields: &Fields) -> Option<Vec<Field>> {
        let mut found = Vec::with_capacity(fields.names.len());
        let has_aliases = (0..fields.names.len()).any(|index| !fields.is_declared(index));
        for (index, (name, facts)) in fields.names.iter().zip(&fields.facts).enumerate() {
            if !fields.is_declared(index) {
                continue;
            }
            let mut field = Field::new(*name, facts.child?);
            field.optional = !facts.required;
            field.skippable = self.findings.is_skippable(which, arm, name);
            if has_aliases {
                let names = fields.names.iter().zip(&fields.facts);
                let aliases = names.filter(|(alias, facts)| facts.declared == Some(name) && alias != &name);
                field.aliases = aliases.map(|(alias, _)| (*alias).to_owned()).collect();
            }
            found.push(field);
        }
        Some(found)
    }
}

fn tuple(children: &[Child], length: usize) -> Option<Shape> {
    let elements: Vec<_> = children.iter().copied().collect::<Option<_>>()?;
    Some(match elements.as_slice() {
        // All are of one type.
        [_] if length > LONGEST_ARRAY => {
            let reason =
                format!("it has {length} elements, and arrays above {LONGEST_ARRAY} are not described");
            Shape::Opaque { name: format!("[_; {length}]"), reason }
        }
        [element] => Shape::Tuple(vec![*element; length]),
        _ => Shape::Tuple(elements),
    })
}

/// Why a type is opaque of which no value could be made.
const UNCHECKED: &str = "no value of it could be made, so it is not known how it is written";

/// Longer ones would make signatures that are too long to be sent.
const LONGEST_ARRAY: usize = 4_096;

/// What a type is called that takes anything: an enum that says which variant it is is read by way of types of serde's own.
fn said(path: &str) -> String {
    let own = path.split_once(" for ").and_then(|(_, rest)| rest.split_once(">::deserialize"));
    match own {
        Some((name, _)) => short(name),
        None if path.contains("Content<") => "anything".to_owned(),
        None => short(path),
    }
}

/// A Rust path without its modules.
fn short(path: &str) -> String {
    let mut name = String::new();
    let mut word = 0;
    for letter in path.chars() {
        if letter == ':' {
            name.truncate(word);
            continue;
        }
        name.push(letter);
        if !letter.is_alphanumeric() && letter != '_' {
            word = name.len();
        }
    }
    name
}
