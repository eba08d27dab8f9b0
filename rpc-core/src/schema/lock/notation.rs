//! The words of the file.

use std::fmt::Write;

use crate::schema::Number;

/// The format of the file, in its first line.
pub(super) const FORMAT: u32 = 1;

/// How deep types without names may stand within each other.
pub(super) const MAX_LEVELS: usize = 64;

/// Longest type in a line, in bytes.
pub(super) const MAX_TYPE: usize = 64 << 10;

/// Most elements of an array.
pub(super) const MAX_ARRAY: usize = 16_384;

/// What stands for a type that has no name, or before one.
pub(super) const BUILT_IN: [&str; 10] =
    ["bool", "char", "String", "bytes", "Option", "Vec", "Map", "any", "opaque", "stream"];

pub(super) const NUMBERS: [(&str, Number); 12] = [
    ("i8", Number::I8),
    ("i16", Number::I16),
    ("i32", Number::I32),
    ("i64", Number::I64),
    ("i128", Number::I128),
    ("u8", Number::U8),
    ("u16", Number::U16),
    ("u32", Number::U32),
    ("u64", Number::U64),
    ("u128", Number::U128),
    ("f32", Number::F32),
    ("f64", Number::F64),
];

/// Whether a character may stand in a name without quotes.
pub(super) fn in_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '.' | '-')
}

/// A name, in quotes unless it is a plain word.
pub(super) fn name(name: &str) -> String {
    let plain = name.chars().all(in_word)
        && name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
    if plain { name.to_owned() } else { quoted(name) }
}

/// The name of a type with its ordinal, in quotes where it could be taken for something else.
pub(super) fn label(of: &str, ordinal: u32) -> String {
    let taken = BUILT_IN.contains(&of) || NUMBERS.iter().any(|(number, _)| *number == of);
    let mut label = if taken { quoted(of) } else { name(of) };
    if ordinal != 1 {
        // Writing to a `String` cannot fail.
        let _ = write!(label, "#{ordinal}");
    }
    label
}

fn quoted(name: &str) -> String {
    let mut quoted = String::from('"');
    for character in name.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_control() => {
                let _ = write!(quoted, "\\u{{{:x}}}", u32::from(control));
            }
            plain => quoted.push(plain),
        }
    }
    quoted.push('"');
    quoted
}
