//! Names and characters that XML has.

use super::UNNAMED;

/// `Char` of XML 1.0: all others cannot even be escaped.
pub(super) const fn is_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Whether an element may have this name: that of XML 1.0 without colons, which namespaces take, and without what XML
/// and this codec keep for themselves.
pub(super) fn is_element(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(begins_name)
        && characters.all(continues_name)
        && name != UNNAMED
        && !name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("xml"))
}

const fn begins_name(c: char) -> bool {
    matches!(c,
        'A'..='Z' | 'a'..='z' | '_' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

const fn continues_name(c: char) -> bool {
    begins_name(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}
