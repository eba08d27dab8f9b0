//! What has names: fields and variants.

use std::collections::HashMap;

use super::Grade;
use super::compare::{Comparison, Pair};
use super::path::Step;
use super::view::Said;
use crate::schema::{Content, Field, Variant, words};

impl<'a> Comparison<'a> {
    pub(super) fn fields(&mut self, pair: &Pair<'a>, writer: &'a [Field], reader: &'a [Field]) {
        let aliases = reader.iter().map(|field| field.aliases.len()).sum::<usize>();
        if !self.step(writer.len().saturating_add(reader.len()).saturating_add(aliases)) {
            return;
        }
        let names = names(reader.iter().map(|field| (&field.name, &field.aliases)));
        let mut written: Vec<Option<&str>> = vec![None; reader.len()];
        for field in writer {
            let (step, shape) = (Step::Field(&field.name), Said::Type(field.shape));
            let found = names.get(field.name.as_str()).copied();
            let (Some(target), Some(before)) =
                (found.and_then(|index| reader.get(index)), found.and_then(|index| written.get_mut(index)))
            else {
                self.tell_unread(pair, step, shape, Grade::Works);
                continue;
            };
            if let Some(before) = before.replace(&field.name) {
                let (one, two) = (words::name(before), words::name(&field.name));
                self.tell_unread(
                    pair,
                    step,
                    shape,
                    Grade::because(format!("`{one}` and `{two}` are one field there")),
                );
                continue;
            }
            if field.skippable && !target.optional {
                let grade =
                    Grade::unless(format!("`{}` is left out where it is written", words::name(&field.name)));
                self.tell_unwritten(pair, step, Said::Type(target.shape), grade);
            }
            self.deeper(pair, step, shape, Said::Type(target.shape));
        }
        for (field, _) in reader.iter().zip(&written).filter(|(_, written)| written.is_none()) {
            let grade = if field.optional {
                Grade::Works
            } else {
                Grade::because("it is not optional where it is read")
            };
            self.tell_unwritten(pair, Step::Field(&field.name), Said::Type(field.shape), grade);
        }
    }

    pub(super) fn variants(&mut self, pair: &Pair<'a>, writer: &'a [Variant], reader: &'a [Variant]) {
        let aliases = reader.iter().map(|variant| variant.aliases.len()).sum::<usize>();
        if !self.step(writer.len().saturating_add(reader.len()).saturating_add(aliases)) {
            return;
        }
        let names = names(reader.iter().map(|variant| (&variant.name, &variant.aliases)));
        let mut known = false;
        for variant in writer {
            let found = names.get(variant.name.as_str()).and_then(|index| reader.get(*index));
            let step = Step::Variant(&variant.name);
            // Only values of this variant are concerned, unless there are no others.
            let mut inner = *pair;
            if writer.len() > 1 {
                inner.variant = inner.variant.or(Some(&variant.name));
            }
            match found {
                Some(found) => {
                    known = true;
                    self.content(&inner, step, &variant.content, &found.content);
                }
                None => {
                    let grade = Grade::because("it is not known where it is read");
                    self.tell_unread(&inner, step, Said::Content(&variant.content), grade);
                }
            }
        }
        if !known && !writer.is_empty() {
            self.tell(pair, Grade::because("they have no variant in common"));
        }
    }

    fn content(&mut self, pair: &Pair<'a>, step: Step<'a>, writer: &'a Content, reader: &'a Content) {
        match (writer, reader) {
            (Content::Unit, Content::Unit) => {}
            (Content::Newtype(writer), Content::Newtype(reader)) => {
                self.deeper(pair, step, Said::Type(*writer), Said::Type(*reader));
            }
            _ => self.deeper(pair, step, Said::Content(writer), Said::Content(reader)),
        }
    }
}

/// Under which names each of them is read; the first one has a name to itself.
pub(super) fn names<'a>(
    members: impl Iterator<Item = (&'a String, &'a Vec<String>)> + Clone,
) -> HashMap<&'a str, usize> {
    let mut names = HashMap::new();
    for (index, (name, _)) in members.clone().enumerate() {
        names.entry(name.as_str()).or_insert(index);
    }
    for (index, (_, aliases)) in members.enumerate() {
        for alias in aliases {
            names.entry(alias.as_str()).or_insert(index);
        }
    }
    names
}
