//! The types that are known, and how they hang together.

use std::any::TypeId;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use super::asked::{Asked, Visited};
use super::hasher::Quick;
use super::node::{Body, Child, Content, Fields, Node};
use crate::schema::{Number, Shape, TypeRef, Types};

/// Identity: the visitor, and what it asks for. The name alone is shared by types in different modules, and the visitor alone
/// by what one visitor is used for.
#[derive(PartialEq, Eq)]
struct Key {
    visitor: TypeId,
    asked: Asked,
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Few have the same, and these are compared.
        self.visitor.hash(state);
        state.write_usize(self.asked.length);
    }
}

/// Where a type stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum At {
    /// It is the one that is asked about.
    Root,
    Child(Place),
}

/// A place in a type that holds others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) which: TypeRef,
    /// In which variant.
    pub(super) arm: Option<usize>,
    pub(super) index: usize,
}

#[derive(Default)]
pub(super) struct Graph {
    pub(super) root: Child,
    /// Grows with all that is found, so that it is seen whether a pass was of use.
    pub(super) facts: usize,
    pub(super) types: Types,
    /// By the index of the type; none of those that hold no other.
    nodes: Vec<Option<Node>>,
    by_key: HashMap<Key, TypeRef, Quick>,
    leaves: HashMap<Shape, TypeRef, Quick>,
    /// Those of which no value could be made when that was asked last.
    unsettled: Vec<TypeRef>,
}

impl Graph {
    /// A type that holds no other.
    pub(super) fn leaf(&mut self, shape: Shape) -> TypeRef {
        if let Some(known) = self.leaves.get(&shape) {
            return *known;
        }
        let added = self.types.add(shape.clone());
        self.nodes.push(None);
        self.leaves.insert(shape, added);
        added
    }

    /// A type that holds others.
    pub(super) fn node(&mut self, visited: Visited, asked: Asked) -> TypeRef {
        let key = Key { visitor: visited.visitor, asked };
        if let Some(known) = self.by_key.get(&key) {
            return *known;
        }
        // Set when all is known.
        let added = self.types.add(Shape::Unit);
        self.by_key.insert(key, added);
        self.nodes.push(Some(Node::new(visited, &asked)));
        self.unsettled.push(added);
        added
    }

    pub(super) fn get(&self, which: TypeRef) -> Option<&Node> {
        self.nodes.get(index(which))?.as_ref()
    }

    pub(super) fn get_mut(&mut self, which: TypeRef) -> Option<&mut Node> {
        self.nodes.get_mut(index(which))?.as_mut()
    }

    /// Notes the type that stands somewhere.
    pub(super) fn note(&mut self, at: At, found: TypeRef) {
        if let At::Child(place) = at
            && self.child(place).is_some_and(|known| known != found)
        {
            self.depends(place);
            return;
        }
        let place = match at {
            At::Root => Some(&mut self.root),
            At::Child(place) => self.child_mut(place),
        };
        if let Some(place) = place.filter(|place| place.is_none()) {
            *place = Some(found);
            self.found_something();
        }
    }

    /// A place holds now one type and now another. In a struct or a tuple that depends on what came before, as the content of
    /// an enum does on its tag; so the whole can hold anything.
    fn depends(&mut self, place: Place) {
        if let Some(node) = self.get_mut(place.which)
            && matches!(node.body, Body::Struct(_) | Body::Tuple(..) | Body::TupleStruct(_))
            && !std::mem::replace(&mut node.is_dependent, true)
        {
            self.found_something();
        }
    }

    /// Whether a tuple could begin with a number that says what comes behind it. One that Rust knows as such has none.
    pub(super) fn may_begin_with_tag(&self, which: TypeRef) -> bool {
        let Some(Node { type_name, body: Body::Tuple(children, _), .. }) = self.get(which) else {
            return false;
        };
        if type_name.starts_with(['(', '[']) {
            return false;
        }
        let first = children.first().copied().flatten();
        let is_number = first.and_then(|first| self.types.get(first)).is_some_and(
            |shape| matches!(shape, Shape::Number(number) if !matches!(number, Number::F32 | Number::F64)),
        );
        is_number && children.iter().any(|child| *child != first)
    }

    pub(super) fn found_something(&mut self) {
        self.facts = self.facts.saturating_add(1);
    }

    pub(super) fn child(&self, place: Place) -> Child {
        let body = &self.get(place.which)?.body;
        match (body, place.arm) {
            (Body::Option(child) | Body::List(child) | Body::Newtype(child), _) => *child,
            (Body::Map(key, value), _) => {
                if place.index == 0 {
                    *key
                } else {
                    *value
                }
            }
            (Body::Tuple(children, _) | Body::TupleStruct(children), _) => element(children, place.index),
            (Body::Struct(fields), _) => fields.facts.get(place.index)?.child,
            (Body::Enum(arms), Some(arm)) => match arms.get(arm)?.content.as_ref()? {
                Content::Unit => None,
                Content::Newtype(child) => *child,
                Content::Tuple(children) => element(children, place.index),
                Content::Struct(fields) => fields.facts.get(place.index)?.child,
            },
            (Body::Enum(_), None) | (Body::Any, _) => None,
        }
    }

    fn child_mut(&mut self, place: Place) -> Option<&mut Child> {
        let body = &mut self.get_mut(place.which)?.body;
        match (body, place.arm) {
            (Body::Option(child) | Body::List(child) | Body::Newtype(child), _) => Some(child),
            (Body::Map(key, value), _) => Some(if place.index == 0 { key } else { value }),
            (Body::Tuple(children, _) | Body::TupleStruct(children), _) => element_mut(children, place.index),
            (Body::Struct(fields), _) => Some(&mut fields.facts.get_mut(place.index)?.child),
            (Body::Enum(arms), Some(arm)) => match arms.get_mut(arm)?.content.as_mut()? {
                Content::Unit => None,
                Content::Newtype(child) => Some(child),
                Content::Tuple(children) => element_mut(children, place.index),
                Content::Struct(fields) => Some(&mut fields.facts.get_mut(place.index)?.child),
            },
            (Body::Enum(_), None) | (Body::Any, _) => None,
        }
    }

    pub(super) fn fields(&self, which: TypeRef, arm: Option<usize>) -> Option<&Fields> {
        match (&self.get(which)?.body, arm) {
            (Body::Struct(fields), None) => Some(fields),
            (Body::Enum(arms), Some(arm)) => match arms.get(arm)?.content.as_ref()? {
                Content::Struct(fields) => Some(fields),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn fields_mut(&mut self, which: TypeRef, arm: Option<usize>) -> Option<&mut Fields> {
        match (&mut self.get_mut(which)?.body, arm) {
            (Body::Struct(fields), None) => Some(fields),
            (Body::Enum(arms), Some(arm)) => match arms.get_mut(arm)?.content.as_mut()? {
                Content::Struct(fields) => Some(fields),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether the key of a map is asked for as the name of a field is: that is a struct with `#[serde(flatten)]`, which can
    /// hold anything.
    pub(super) fn is_flattened(&mut self, at: At) -> bool {
        let At::Child(Place { which, arm: None, index: 0 }) = at else { return false };
        let Some(node) = self.get_mut(which) else { return false };
        if !matches!(node.body, Body::Map(..)) {
            return false;
        }
        node.body = Body::Any;
        self.found_something();
        true
    }

    /// Whether it is a struct with fields that have names.
    pub(super) fn has_fields(&self, which: TypeRef) -> bool {
        self.get(which)
            .is_some_and(|node| matches!(&node.body, Body::Struct(fields) if !fields.names.is_empty()))
    }

    /// How many variants an enum has.
    pub(super) fn arms(&self, which: TypeRef) -> usize {
        match self.get(which).map(|node| &node.body) {
            Some(Body::Enum(arms)) => arms.len(),
            _ => 0,
        }
    }

    /// Whether nothing is left to be found in a type. `open` are the types around it, which hold the question themselves.
    pub(super) fn is_complete(&mut self, child: Child, open: &[TypeRef]) -> bool {
        let Some(which) = child else { return false };
        match self.get(which) {
            None => true,
            Some(node) if node.complete => true,
            Some(_) => self.completes(which, &mut open.to_vec()).0,
        }
    }

    /// And the outermost of `open` on which the answer rests.
    fn completes(&mut self, which: TypeRef, open: &mut Vec<TypeRef>) -> (bool, usize) {
        let Some(node) = self.get(which) else { return (true, usize::MAX) };
        if node.complete {
            return (true, usize::MAX);
        }
        if let Some(at) = open.iter().position(|open| *open == which) {
            return (true, at);
        }
        let depth = open.len();
        if depth > DEEPEST {
            return (true, 0);
        }
        let Some(children) = children(&node.body) else { return (false, usize::MAX) };
        open.push(which);
        let mut rests_on = usize::MAX;
        let complete = children.into_iter().all(|child| {
            child.is_some_and(|child| {
                let (complete, on) = self.completes(child, open);
                rests_on = rests_on.min(on);
                complete
            })
        });
        open.pop();
        // Within a circle that is still open, the answer is only good for whoever asked.
        if complete
            && rests_on >= depth
            && let Some(node) = self.get_mut(which)
        {
            node.complete = true;
        }
        (complete, if rests_on >= depth { usize::MAX } else { rests_on })
    }

    /// These types and all that they hold.
    pub(super) fn within(&self, roots: impl Iterator<Item = TypeRef>) -> Vec<TypeRef> {
        let mut seen = vec![false; self.nodes.len()];
        let mut found = Vec::with_capacity(FEW);
        let mut open = Vec::with_capacity(FEW);
        open.extend(roots);
        open.reverse();
        while let Some(which) = open.pop() {
            if seen.get_mut(index(which)).is_none_or(|seen| std::mem::replace(seen, true)) {
                continue;
            }
            found.push(which);
            if let Some(node) = self.get(which) {
                each_part(&node.body, |_, child| open.push(child));
            }
        }
        found
    }

    /// A type and all that it holds, from the outside to the inside. For each the variants through which it is reached.
    pub(super) fn reach(&self, root: TypeRef) -> Vec<(TypeRef, Vec<(TypeRef, usize)>)> {
        let mut seen = vec![false; self.nodes.len()];
        let mut found = Vec::with_capacity(FEW);
        found.push((root, Vec::new()));
        let mut next = 0_usize;
        while let Some((which, path)) = found.get(next).cloned() {
            next = next.saturating_add(1);
            let Some(node) = self.get(which) else { continue };
            each_part(&node.body, |arm, child| {
                let seen = seen.get_mut(index(child)).map(|seen| std::mem::replace(seen, true));
                if seen == Some(false) && child != root {
                    let path = path.iter().copied().chain(arm.map(|arm| (which, arm)));
                    found.push((child, path.collect()));
                }
            });
        }
        found
    }

    /// Nothing more is found in one of the types that `root` holds: the innermost of those in which something is left. False if
    /// there is none but `root`.
    pub(super) fn give_up(&mut self, root: TypeRef, why: &mut impl FnMut(TypeRef)) -> bool {
        let mut held = self.reach(root);
        while let Some((which, _)) = held.pop() {
            let parts = self.get(which).filter(|node| !node.complete && which != root).map(|node| {
                let mut parts = Vec::new();
                each_part(&node.body, |_, child| parts.push(child));
                parts
            });
            let Some(parts) = parts else { continue };
            if !self.is_complete(Some(which), &[])
                && parts.into_iter().all(|part| part == which || self.is_complete(Some(part), &[]))
                && let Some(node) = self.get_mut(which)
            {
                node.complete = true;
                why(which);
                return true;
            }
        }
        false
    }

    /// The types in which something is left to be found, and what they hold.
    pub(super) fn incomplete(&self, root: TypeRef) -> Vec<TypeRef> {
        let mut found = self.within(std::iter::once(root));
        found.retain(|which| {
            let node = self.get(*which).filter(|node| !node.complete);
            let children = node.map(|node| children(&node.body));
            children.is_some_and(|children| children.is_none_or(|all| all.iter().any(Option::is_none)))
        });
        found
    }

    /// Whether a value of a type can be made. To be asked again when more is known.
    pub(super) fn is_settled(&self, child: Child) -> bool {
        child.is_some_and(|which| self.get(which).is_none_or(|node| node.settled))
    }

    /// Finds out of which types values can be made.
    pub(super) fn settle(&mut self) {
        let mut left = std::mem::take(&mut self.unsettled);
        loop {
            let before = left.len();
            left.retain(|which| {
                let settles = self.get(*which).is_some_and(|node| self.settles(&node.body));
                if settles && let Some(node) = self.get_mut(*which) {
                    node.settled = true;
                }
                !settles
            });
            if left.len() == before {
                break;
            }
        }
        self.unsettled = left;
    }

    fn settles(&self, body: &Body) -> bool {
        let all = |children: &[Child]| children.iter().all(|child| self.is_settled(*child));
        match body {
            Body::Any | Body::Option(_) | Body::List(_) | Body::Map(..) => true,
            Body::Newtype(child) => self.is_settled(*child),
            Body::Tuple(children, _) | Body::TupleStruct(children) => all(children),
            Body::Struct(fields) => fields.needed().all(|child| self.is_settled(child)),
            Body::Enum(arms) => arms.iter().any(|arm| self.content_settles(arm.content.as_ref())),
        }
    }

    pub(super) fn content_settles(&self, content: Option<&Content>) -> bool {
        content.is_some_and(|content| content.needed().into_iter().all(|child| self.is_settled(child)))
    }
}

pub(super) fn index(which: TypeRef) -> usize {
    // Where `usize` has 16 bits, so many types do not fit into memory.
    usize::try_from(which.index()).unwrap_or(usize::MAX)
}

/// What a type holds; `None` if something other than children is still to be found.
fn children(body: &Body) -> Option<Vec<Child>> {
    Some(match body {
        Body::Any => Vec::new(),
        Body::Option(child) | Body::List(child) | Body::Newtype(child) => vec![*child],
        Body::Map(key, value) => vec![*key, *value],
        Body::Tuple(children, _) | Body::TupleStruct(children) => children.clone(),
        Body::Struct(fields) => of_fields(fields)?,
        Body::Enum(arms) => {
            let mut all = Vec::new();
            for arm in arms.iter().filter(|arm| !arm.absent) {
                match arm.content.as_ref()? {
                    Content::Unit => {}
                    Content::Newtype(child) => all.push(*child),
                    Content::Tuple(children) => all.extend(children),
                    Content::Struct(fields) => all.extend(of_fields(fields)?),
                }
            }
            all
        }
    })
}

/// What of its content is known, and in which variant.
fn each_part(body: &Body, mut see: impl FnMut(Option<usize>, TypeRef)) {
    let mut all = |arm: Option<usize>, children: &[Child]| {
        children.iter().flatten().for_each(|child| see(arm, *child));
    };
    match body {
        Body::Any => {}
        Body::Option(child) | Body::List(child) | Body::Newtype(child) => all(None, &[*child]),
        Body::Map(key, value) => all(None, &[*key, *value]),
        Body::Tuple(children, _) | Body::TupleStruct(children) => all(None, children),
        Body::Struct(fields) => fields.facts.iter().for_each(|facts| all(None, &[facts.child])),
        Body::Enum(arms) => {
            for (at, arm) in arms.iter().enumerate().filter(|(_, arm)| !arm.absent) {
                match &arm.content {
                    None | Some(Content::Unit) => {}
                    Some(Content::Newtype(child)) => all(Some(at), &[*child]),
                    Some(Content::Tuple(children)) => all(Some(at), children),
                    Some(Content::Struct(fields)) => {
                        fields.facts.iter().for_each(|facts| all(Some(at), &[facts.child]));
                    }
                }
            }
        }
    }
}

fn of_fields(fields: &Fields) -> Option<Vec<Child>> {
    let known = fields.requirements_known && fields.aliases_known;
    known.then(|| fields.facts.iter().map(|facts| facts.child).collect())
}

/// Of a long tuple the first stands for all.
fn element(children: &[Child], index: usize) -> Child {
    children.get(index).or_else(|| children.last()).copied().flatten()
}

fn element_mut(children: &mut [Child], index: usize) -> Option<&mut Child> {
    let last = children.len().checked_sub(1)?;
    children.get_mut(index.min(last))
}

/// Types that most methods stand on.
const FEW: usize = 64;

/// Types that hold each other to this depth are not followed further.
const DEEPEST: usize = 200;
