//! From the types of a program to those of its lockfile: every type once, with its old number wherever it had one.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::lockfile::{is_defined, name, numbered};
use super::numbers::{Member, Numbers};
use super::{Definition, LockError, LockedMethod, Lockfile, lockfile, matching};
use crate::schema::classes::Classes;
use crate::schema::parts::{self, Detail};
use crate::schema::{
    Notes, Outcome, ServiceSignature, Shape, Signature, StreamSignature, TypeRef, Types, validate,
};

pub(super) fn assign(service: &ServiceSignature, old: Option<&Lockfile>) -> Result<Lockfile, LockError> {
    for method in &service.methods {
        validate::signature(method)?;
    }
    let arenas = service.methods.iter().map(|method| &method.types);
    let mut assignment = Assignment {
        service,
        old,
        classes: Classes::new(arenas, Detail::Full),
        known: HashMap::new(),
        origins: HashMap::new(),
        claimed: HashSet::new(),
        pass: Pass::Named,
        open: Vec::new(),
        types: Types::default(),
        definitions: Vec::new(),
        notes: HashMap::new(),
    };
    // First which types were there before, so that those that come anew elsewhere are known as them.
    assignment.visit();
    assignment.begin(Pass::Renamed);
    assignment.visit();
    assignment.begin(Pass::Last);
    let methods = assignment.visit();
    let definitions = assignment.define();
    let types = assignment.types;
    let text = String::new();
    Lockfile { service: service.service.clone(), types, definitions, methods, text }.finish()
}

/// A type of the program, and the type of the old file that stood in its place.
type Key = (usize, Option<TypeRef>);

struct Assignment<'a> {
    service: &'a ServiceSignature,
    old: Option<&'a Lockfile>,
    classes: Classes,
    /// The types of the new file.
    known: HashMap<Key, TypeRef>,
    /// By class: the type of the old file that it is.
    origins: HashMap<usize, TypeRef>,
    /// Those of the old file that are the same types under the same names, or have been found again under another.
    claimed: HashSet<TypeRef>,
    pass: Pass,
    open: Vec<Open<'a>>,
    types: Types,
    definitions: Vec<(TypeRef, &'a Shape, Option<TypeRef>)>,
    /// What types of the new file say of themselves. Not every method finds it.
    notes: HashMap<TypeRef, &'a Notes>,
}

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// Types that are where they were, under their old names.
    Named,
    /// Those that have other names now.
    Renamed,
    /// Nothing any more: the file is made.
    Last,
}

/// A type whose shape is to be filled in.
struct Open<'a> {
    which: TypeRef,
    arena: usize,
    types: &'a Types,
    shape: &'a Shape,
    before: Option<TypeRef>,
}

impl<'a> Assignment<'a> {
    fn begin(&mut self, pass: Pass) {
        self.pass = pass;
        self.known.clear();
        self.types = Types::default();
        self.definitions.clear();
        self.notes.clear();
    }

    fn visit(&mut self) -> Vec<LockedMethod> {
        let service = self.service;
        service.methods.iter().enumerate().map(|(arena, method)| self.method(arena, method)).collect()
    }

    fn method(&mut self, arena: usize, method: &'a Signature) -> LockedMethod {
        let old =
            self.old.and_then(|old| old.methods.iter().find(|old| old.signature.method == method.method));
        let before = old.map(|old| &old.signature);
        let members: Vec<_> =
            method.arguments.iter().map(|argument| Member::new(&argument.name, &argument.aliases)).collect();
        let names = before.into_iter().flat_map(|before| &before.arguments);
        let names: Vec<_> = names.map(|argument| argument.name.as_str()).collect();
        let numbers = old.map_or_else(Numbers::default, |old| old.arguments.clone()).next(&names, &members);
        let mut found = super::numbers::successors(&names, &members);
        let mut signature = method.clone();
        signature.types = Types::default();
        for argument in &mut signature.arguments {
            let index = found.next().flatten();
            let before = before.zip(index).and_then(|(before, index)| before.arguments.get(index));
            argument.shape =
                self.place(arena, &method.types, argument.shape, before.map(|before| before.shape));
        }
        for stream in &mut signature.streams {
            let before =
                before.and_then(|before| before.streams.iter().find(|before| before.name == stream.name));
            self.stream(arena, &method.types, stream, before);
        }
        match (&mut signature.outcome, before.map(|before| &before.outcome)) {
            (Outcome::Value(which), before) => {
                let before = match before {
                    Some(Outcome::Value(before)) => Some(*before),
                    _ => None,
                };
                *which = self.place(arena, &method.types, *which, before);
            }
            (Outcome::Stream(stream), before) => {
                let before = match before {
                    Some(Outcome::Stream(before)) => Some(before),
                    _ => None,
                };
                self.stream(arena, &method.types, stream, before);
            }
        }
        if let Some(error) = &mut signature.error {
            *error = self.place(arena, &method.types, *error, before.and_then(|before| before.error));
        }
        LockedMethod { signature, arguments: numbers }
    }

    fn stream(
        &mut self,
        arena: usize,
        types: &'a Types,
        stream: &mut StreamSignature,
        before: Option<&StreamSignature>,
    ) {
        stream.item = self.place(arena, types, stream.item, before.map(|before| before.item));
        if let Some(error) = &mut stream.error {
            *error = self.place(arena, types, *error, before.and_then(|before| before.error));
        }
    }

    /// The type of the new file for one of the program, with everything that it refers to.
    fn place(&mut self, arena: usize, types: &'a Types, which: TypeRef, before: Option<TypeRef>) -> TypeRef {
        let placed = self.intern(arena, types, which, before);
        while let Some(open) = self.open.pop() {
            let old = open.before.zip(self.old).and_then(|(before, old)| old.types.get(before));
            let references = matching::references(open.shape, old);
            let references: Vec<_> = references
                .into_iter()
                .map(|(which, before)| self.intern(open.arena, open.types, which, before))
                .collect();
            self.types.set(open.which, matching::with(open.shape, &references));
        }
        placed
    }

    fn intern(&mut self, arena: usize, types: &'a Types, which: TypeRef, before: Option<TypeRef>) -> TypeRef {
        // Signatures are validated, so nothing refers to nothing.
        let shape = types.get(which).unwrap_or(&Shape::Unit);
        let class = self.classes.of(arena, types, which);
        let before = self.origin(class, shape, before);
        let known = self.known.get(&(class, before)).copied();
        let placed = known.unwrap_or_else(|| self.types.add(Shape::Unit));
        if let Some(notes) = types.notes(which) {
            self.notes.entry(placed).or_insert(notes);
        }
        if known.is_some() {
            return placed;
        }
        self.known.insert((class, before), placed);
        if is_defined(shape) {
            self.definitions.push((placed, shape, before));
        }
        self.open.push(Open { which: placed, arena, types, shape, before });
        placed
    }

    /// What stood in the place of a type: around or within an option too, and for a type with a name wherever else.
    fn origin(&mut self, class: usize, shape: &Shape, before: Option<TypeRef>) -> Option<TypeRef> {
        let old = &self.old?.types;
        let mut before = before;
        if let (Some(Shape::Option(inner)), false) =
            (before.and_then(|before| old.get(before)), matches!(shape, Shape::Option(_)))
        {
            before = Some(*inner);
        }
        if !is_defined(shape) {
            return before;
        }
        let found = before.filter(|before| old.get(*before).is_some_and(is_defined));
        let same = found.filter(|found| old.get(*found).is_some_and(|old| name(old) == name(shape)));
        if let Some(same) = same {
            if self.pass != Pass::Last {
                self.origins.entry(class).or_insert(same);
                self.claimed.insert(same);
            }
            return Some(same);
        }
        if let Some(origin) = self.origins.get(&class) {
            return Some(*origin);
        }
        // It has another name now, unless that type is still there elsewhere and this one is another.
        let renamed = found.filter(|_| self.pass == Pass::Renamed)?;
        self.claimed.insert(renamed).then(|| {
            self.origins.insert(class, renamed);
            renamed
        })
    }

    /// Gives names and numbers.
    fn define(&mut self) -> Vec<Definition> {
        let mut definitions = std::mem::take(&mut self.definitions);
        let recursive = anonymous_cycles(&self.types);
        let mut taken: HashSet<(String, u32)> = HashSet::new();
        let mut highest: BTreeMap<String, u32> = BTreeMap::new();
        for old in self.old.into_iter().flat_map(|old| &old.definitions) {
            let highest = highest.entry(old.name.clone()).or_default();
            *highest = old.ordinal.max(*highest);
        }
        let mut defined = Vec::new();
        // Those that keep their names come first, so that nobody takes them away.
        definitions.sort_by_key(|(_, shape, before)| {
            self.before(*before).is_none_or(|before| before.name != name(shape))
        });
        for (which, shape, before) in definitions {
            let old = self.before(before);
            let kept = old.filter(|old| old.name == name(shape)).map(|old| (old.name.clone(), old.ordinal));
            let (name, ordinal) = kept.filter(|kept| !taken.contains(kept)).unwrap_or_else(|| {
                let ordinal = highest.entry(name(shape).to_owned()).or_default();
                *ordinal = ordinal.saturating_add(1);
                (name(shape).to_owned(), *ordinal)
            });
            taken.insert((name.clone(), ordinal));
            let (numbers, variants) = self.numbers(shape, self.notes.get(&which).copied(), old);
            defined.push(Definition { name, ordinal, which, members: numbers, variants });
        }
        for (which, ordinal) in recursive.into_iter().zip(1..) {
            let (members, variants) = (Numbers::default(), Vec::new());
            // No type of a program is called so.
            defined.push(Definition { name: "_".to_owned(), ordinal, which, members, variants });
        }
        defined
    }

    fn before(&self, before: Option<TypeRef>) -> Option<&'a Definition> {
        self.old?.definition(before?)
    }

    fn numbers(
        &self,
        shape: &Shape,
        notes: Option<&Notes>,
        old: Option<&Definition>,
    ) -> (Numbers, Vec<Numbers>) {
        let notes = notes.map_or(&[][..], |notes| &notes.members);
        let members = |shape| numbered(lockfile::members(shape), notes);
        let variant_members = |shape| -> Vec<_> {
            let fields = lockfile::variant_members(shape).into_iter().enumerate();
            let notes = |index: usize| notes.get(index).map_or(&[][..], |notes| &notes.fields);
            fields.map(|(index, fields)| numbered(fields, notes(index))).collect()
        };
        let before = old
            .zip(self.old)
            .and_then(|(definition, old)| Some((definition, old.types.get(definition.which)?)));
        let before = before.filter(|(_, old)| std::mem::discriminant(*old) == std::mem::discriminant(shape));
        let Some((definition, old)) = before else {
            let fresh = |members: &[Member<'_>]| Numbers::default().next(&[], members);
            return (
                fresh(&members(shape)),
                variant_members(shape).iter().map(|members| fresh(members)).collect(),
            );
        };
        let names: Vec<_> = lockfile::members(old).into_iter().map(|member| member.name).collect();
        let new_members = members(shape);
        let successors = super::numbers::successors(&names, &new_members);
        let old_fields = lockfile::variant_members(old);
        let variants = variant_members(shape).into_iter().zip(successors).map(|(members, found)| {
            let before =
                found.and_then(|index| Some((definition.variants.get(index)?, old_fields.get(index)?)));
            let numbers = before.map_or_else(Numbers::default, |(numbers, _)| numbers.clone());
            let names = before.into_iter().flat_map(|(_, fields)| fields).map(|member| member.name);
            numbers.next(&names.collect::<Vec<_>>(), &members)
        });
        let variants = variants.collect();
        (definition.members.next(&names, &new_members), variants)
    }
}

/// Types without names that contain themselves through such alone, one of each cycle: `#[serde(transparent)]` leaves them.
fn anonymous_cycles(types: &Types) -> Vec<TypeRef> {
    let mut found = Vec::new();
    let mut done: HashSet<TypeRef> = HashSet::new();
    let mut path: HashSet<TypeRef> = HashSet::new();
    for (start, _) in types.iter() {
        // `true`: everything within it has been seen.
        let mut open = vec![(start, false)];
        while let Some((which, left)) = open.pop() {
            if left {
                path.remove(&which);
                continue;
            }
            let Some(shape) = types.get(which).filter(|shape| !is_defined(shape)) else { continue };
            if path.contains(&which) {
                if !found.contains(&which) {
                    found.push(which);
                }
                continue;
            }
            if !done.insert(which) {
                continue;
            }
            path.insert(which);
            open.push((which, true));
            open.extend(parts::references(shape).map(|inner| (inner, false)));
        }
    }
    found
}
