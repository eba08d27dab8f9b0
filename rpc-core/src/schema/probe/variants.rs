//! What an enum is given when it asks for a variant.

use serde::de::{DeserializeSeed, EnumAccess, VariantAccess, Visitor};

use super::access::{Elements, NamedFields, Whole};
use super::error::ProbeError;
use super::identifier::Identifier;
use super::node::{Body, Content, Fields};
use super::run::Mode;

/// An enum, with the variant that is chosen.
pub(super) struct Variants<'r> {
    whole: Whole<'r>,
    name: &'static str,
}

impl<'r> Variants<'r> {
    pub(super) fn arm(&self) -> Option<usize> {
        self.whole.arm
    }

    pub(super) fn choose(mut whole: Whole<'r>) -> Result<Self, ProbeError> {
        let none = || ProbeError::refused("it has no variant of which a value can be made");
        let arm = match whole.mode {
            Mode::Explore => whole.unexplored().or_else(|| whole.simplest()),
            Mode::Build => whole.chosen().or_else(|| whole.simplest()),
        };
        let arm = arm.ok_or_else(none)?;
        let name = whole.arm_name(arm).ok_or_else(none)?;
        whole.arm = Some(arm);
        Ok(Self { whole, name })
    }
}

impl Whole<'_> {
    fn arm_name(&self, arm: usize) -> Option<&'static str> {
        match &self.run.graph.get(self.which)?.body {
            Body::Enum(arms) => arms.get(arm).map(|arm| arm.name),
            _ => None,
        }
    }

    /// A variant in which there is something to be found.
    fn unexplored(&mut self) -> Option<usize> {
        let Body::Enum(arms) = &self.run.graph.get(self.which)?.body else { return None };
        let parts = arms.iter().map(|arm| match (&arm.content, arm.absent) {
            (_, true) | (Some(Content::Unit), _) => Some(0),
            (None, _) => None,
            (Some(Content::Newtype(_)), _) => Some(1),
            (Some(Content::Tuple(children)), _) => Some(children.len()),
            (Some(Content::Struct(fields)), _) => {
                (fields.aliases_known && fields.requirements_known).then_some(fields.names.len())
            }
        });
        let parts: Vec<_> = parts.collect();
        let arm = self.arm;
        let found = parts.into_iter().enumerate().find_map(|(at, count)| {
            self.arm = Some(at);
            let complete = count.is_some_and(|count| (0..count).all(|index| self.is_complete(index)));
            (!complete).then_some(at)
        });
        self.arm = arm;
        found
    }

    /// The variant that is to be made. Within itself it is another one: that would have no end.
    fn chosen(&self) -> Option<usize> {
        let chosen = self.run.chosen.get(&self.which).copied()?;
        let within = self.run.open.iter().filter(|open| **open == self.which).nth(1);
        within.is_none().then_some(chosen)
    }

    /// The variant that is made without more ado.
    fn simplest(&self) -> Option<usize> {
        let Body::Enum(arms) = &self.run.graph.get(self.which)?.body else { return None };
        let unit = arms.iter().position(|arm| !arm.absent && matches!(arm.content, Some(Content::Unit)));
        unit.or_else(|| {
            arms.iter().position(|arm| !arm.absent && self.run.graph.content_settles(arm.content.as_ref()))
        })
    }

    /// Notes what the chosen variant holds.
    fn holds(&mut self, content: impl FnOnce() -> Content) {
        let Some(arm) = self.arm else { return };
        let Some(node) = self.run.graph.get_mut(self.which) else { return };
        if let Body::Enum(arms) = &mut node.body
            && let Some(arm) = arms.get_mut(arm)
            && arm.content.is_none()
        {
            arm.content = Some(content());
            self.run.graph.found_something();
        }
    }

    /// No value is read as the chosen variant, if it has not asked for one.
    pub(super) fn is_absent(&mut self) {
        let Some(arm) = self.arm else { return };
        let Some(node) = self.run.graph.get_mut(self.which) else { return };
        if let Body::Enum(arms) = &mut node.body
            && let Some(arm) = arms.get_mut(arm)
            && !arm.absent
            && arm.content.is_none()
        {
            arm.absent = true;
            self.run.graph.found_something();
        }
    }
}

impl<'r> EnumAccess<'static> for Variants<'r> {
    type Error = ProbeError;
    type Variant = Whole<'r>;

    fn variant_seed<S: DeserializeSeed<'static>>(
        mut self,
        seed: S,
    ) -> Result<(S::Value, Whole<'r>), ProbeError> {
        self.whole.run.step()?;
        match seed.deserialize(Identifier { name: self.name }) {
            Ok(name) => Ok((name, self.whole)),
            Err(_) => {
                self.whole.is_absent();
                Err(ProbeError::stop())
            }
        }
    }
}

impl VariantAccess<'static> for Whole<'_> {
    type Error = ProbeError;

    fn unit_variant(mut self) -> Result<(), ProbeError> {
        self.holds(|| Content::Unit);
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'static>>(mut self, seed: S) -> Result<S::Value, ProbeError> {
        self.holds(|| Content::Newtype(None));
        let mode = self.mode;
        self.give(0, mode, seed)
    }

    fn tuple_variant<V: Visitor<'static>>(
        mut self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        if length > LONGEST_TUPLE {
            return Err(ProbeError::refused("one of its variants holds too many elements"));
        }
        self.holds(|| Content::Tuple(vec![None; length]));
        visitor.visit_seq(Elements::of(self, length))
    }

    fn struct_variant<V: Visitor<'static>>(
        mut self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        self.holds(|| Content::Struct(Fields::new(fields)));
        let mut named = NamedFields::of(self);
        let result = visitor.visit_map(&mut named);
        named.judge(result)
    }
}

/// Nobody writes a variant with more.
const LONGEST_TUPLE: usize = 256;
