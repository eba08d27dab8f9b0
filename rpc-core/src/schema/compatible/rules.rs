//! What is read from what.

use super::Grade;
use super::compare::{Comparison, Pair};
use super::numbers;
use super::path::Step;
use super::view::{Said, View};
use crate::schema::{Content, Field, Number, TypeRef, Types, Variant, words};

impl<'a> Comparison<'a> {
    pub(super) fn pair(&mut self, pair: &Pair<'a>) {
        let (writer, reader) = (View::of(self.writer, pair.writer), View::of(self.reader, pair.reader));
        match (writer, reader) {
            (View::Missing, _) | (_, View::Missing) => {
                self.tell(pair, Grade::because("a type is not described"));
            }
            (View::Nothing, View::Nothing) => {}
            (View::Nothing, _) | (_, View::Nothing) => {
                self.tell(pair, Grade::because("a variant has content on one side alone"));
            }
            (_, View::Any) => {}
            (View::Any, _) => self.tell(pair, Grade::unless("it holds something else")),
            (View::Opaque(writer), View::Opaque(reader)) if writer == reader => {}
            (View::Opaque(_), _) | (_, View::Opaque(_)) => {
                self.tell(pair, Grade::unless("it looks otherwise, which could not be found out"));
            }
            (View::Option(writer), View::Option(reader)) => {
                self.inside(pair, Said::Type(writer), Said::Type(reader));
            }
            (View::Unit, View::Option(_)) => self.tell(pair, Grade::Works),
            (_, View::Option(reader)) => {
                self.tell(pair, Grade::Works);
                self.inside(pair, pair.writer, Said::Type(reader));
            }
            (View::Option(writer), _) => {
                self.tell(pair, Grade::unless("it is None"));
                self.inside(pair, Said::Type(writer), pair.reader);
            }
            (View::Bool, View::Bool)
            | (View::Char, View::Char)
            | (View::Text, View::Text)
            | (View::Bytes, View::Bytes)
            | (View::Unit, View::Unit) => {}
            (View::Char, View::Text) => self.tell(pair, Grade::Works),
            (View::Text, View::Char) => {
                self.tell(pair, Grade::unless("it is not exactly one character long"))
            }
            (View::Number(writer), View::Number(reader)) if writer == reader => {}
            (View::Number(writer), View::Number(reader)) => self.tell(pair, numbers::grade(writer, reader)),
            (View::Text, View::Enum(_)) => {
                self.tell(pair, Grade::unless("it is not the name of a variant without content"));
            }
            (View::Enum(variants), View::Text) => self.tell(pair, enum_as_text(variants)),
            (View::Enum(writer), View::Enum(reader)) => self.variants(pair, writer, reader),
            (View::Fields(writer), View::Fields(reader)) => self.fields(pair, writer, reader),
            _ => self.collections(pair, writer, reader),
        }
    }

    fn collections(&mut self, pair: &Pair<'a>, writer: View<'a>, reader: View<'a>) {
        match (writer, reader) {
            (View::List(writer), View::List(reader)) => {
                self.deeper(pair, Step::Element, Said::Type(writer), Said::Type(reader));
            }
            (View::List(writer), View::Bytes) => {
                let grade = as_byte(self.writer, writer);
                self.tell(pair, grade);
            }
            (View::List(writer), View::Elements(reader)) => {
                self.tell(pair, Grade::unless(format!("it does not have exactly {} elements", reader.len())));
                self.elements(pair, reader.iter().map(|reader| (writer, *reader)));
            }
            (View::Elements(writer), View::List(reader)) => {
                self.tell(pair, Grade::Works);
                self.elements(pair, writer.iter().map(|writer| (*writer, reader)));
            }
            (View::Elements(writer), View::Elements(reader)) if writer.len() == reader.len() => {
                self.elements(pair, writer.iter().copied().zip(reader.iter().copied()));
            }
            (View::Elements(writer), View::Elements(reader)) => {
                let (written, read) = (writer.len(), reader.len());
                self.tell(
                    pair,
                    Grade::because(format!("{written} elements are written and {read} are read")),
                );
            }
            (View::Map(writer_key, writer), View::Map(reader_key, reader)) => {
                self.deeper(pair, Step::Key, Said::Type(writer_key), Said::Type(reader_key));
                self.deeper(pair, Step::Value, Said::Type(writer), Said::Type(reader));
            }
            (View::Map(key, value), View::Fields(fields)) if is_text(self.writer, key) => {
                self.map_as_fields(pair, value, fields);
            }
            (View::Fields(fields), View::Map(key, value)) if is_text(self.reader, key) => {
                if self.step(fields.len()) {
                    self.tell(pair, Grade::Works);
                    for field in fields {
                        self.deeper(
                            pair,
                            Step::Field(&field.name),
                            Said::Type(field.shape),
                            Said::Type(value),
                        );
                    }
                }
            }
            _ => self.tell(pair, Grade::because("the one is not read as the other")),
        }
    }

    fn elements(&mut self, pair: &Pair<'a>, elements: impl ExactSizeIterator<Item = (TypeRef, TypeRef)>) {
        if self.step(elements.len()) {
            for (index, (writer, reader)) in elements.enumerate() {
                self.deeper(pair, Step::Index(index), Said::Type(writer), Said::Type(reader));
            }
        }
    }

    fn map_as_fields(&mut self, pair: &Pair<'a>, value: TypeRef, fields: &'a [Field]) {
        if !self.step(fields.len()) {
            return;
        }
        let needed = fields.iter().find(|field| !field.optional);
        self.tell(
            pair,
            match needed {
                Some(field) => {
                    Grade::unless(format!("an entry is missing, such as `{}`", words::name(&field.name)))
                }
                None => Grade::Works,
            },
        );
        for field in fields {
            self.deeper(pair, Step::Field(&field.name), Said::Type(value), Said::Type(field.shape));
        }
    }
}

fn enum_as_text(variants: &[Variant]) -> Grade {
    match variants.iter().find(|variant| variant.content != Content::Unit) {
        None => Grade::Works,
        Some(variant) => Grade::unless(format!("it has content, as `{}` does", words::name(&variant.name))),
    }
}

/// Of a list whose elements are of this type, read as bytes.
fn as_byte(types: &Types, element: TypeRef) -> Grade {
    match View::of_type(types, element) {
        View::Number(number) => numbers::grade(number, Number::U8),
        _ => Grade::because("only a list of numbers is read as bytes"),
    }
}

fn is_text(types: &Types, key: TypeRef) -> bool {
    matches!(View::of_type(types, key), View::Text | View::Any)
}
