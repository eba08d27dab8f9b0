//! Whether XML is a value of a shape.

use super::integers::within;
use crate::schema::{Content, Field, Number, Shape, TypeRef, Types};

/// An element as the codec writes it.
#[derive(Debug, Default)]
pub(super) struct Element {
    name: String,
    is_nil: bool,
    text: String,
    children: Vec<Element>,
}

pub(super) fn parse(bytes: &[u8]) -> Result<Element, String> {
    let mut rest = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let element = element(&mut rest)?;
    if rest.is_empty() { Ok(element) } else { Err(format!("`{rest}` is left of the XML")) }
}

fn until<'a>(rest: &mut &'a str, end: &str) -> Result<&'a str, String> {
    let (taken, left) = rest.split_once(end).ok_or_else(|| format!("`{end}` is missing"))?;
    *rest = left;
    Ok(taken)
}

fn element(rest: &mut &str) -> Result<Element, String> {
    *rest = rest.strip_prefix('<').ok_or_else(|| format!("no element at `{rest}`"))?;
    let tag = until(rest, ">")?;
    let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
    let (start, attribute) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut element = Element { name: start.to_owned(), ..Element::default() };
    match attribute.strip_prefix("name=\"") {
        Some(name) => element.name = unescaped(name.split('"').next().unwrap_or_default())?,
        None if start == "_" => return Err("a `_` without a name".into()),
        None => {}
    }
    element.is_nil = attribute.ends_with("nil=\"true\"");
    if is_empty {
        return Ok(element);
    }
    loop {
        let (text, left) = rest.split_at(rest.find('<').ok_or("the XML ends early")?);
        element.text += &unescaped(text)?;
        *rest = left;
        if let Some(left) = rest.strip_prefix("</") {
            *rest = left;
            let end = until(rest, ">")?;
            return if end == start { Ok(element) } else { Err(format!("`{start}` ends as `{end}`")) };
        }
        element.children.push(self::element(rest)?);
    }
}

fn unescaped(text: &str) -> Result<String, String> {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, left) = part.split_once(';').ok_or("an `&` alone")?;
        plain.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "#9" => '\t',
            "#10" => '\n',
            "#13" => '\r',
            _ => return Err(format!("`&{name};`")),
        });
        plain += left;
    }
    Ok(plain)
}

/// Compares an element with a shape.
pub(super) fn fits(types: &Types, which: TypeRef, element: &Element) -> Result<(), String> {
    let shape = types.get(which).ok_or("no such type")?;
    if let Shape::Option(inner) = shape {
        let is_empty = element.children.is_empty() && element.text.is_empty();
        return match (element.is_nil, is_empty) {
            (false, _) => fits(types, *inner, element),
            (true, true) => Ok(()),
            (true, false) => Err("nothing, with content".into()),
        };
    }
    if let Shape::Newtype { inner, .. } = shape {
        return fits(types, *inner, element);
    }
    if element.is_nil {
        return Err(format!("`{}` is nothing", element.name));
    }
    let children = &element.children;
    let is_text = children.is_empty();
    let is_structure = element.text.is_empty();
    let good = match shape {
        Shape::Bool => is_text && matches!(element.text.as_str(), "true" | "false"),
        Shape::Number(number) => is_text && is_number(*number, &element.text),
        Shape::Char => is_text && element.text.chars().count() == 1,
        Shape::Text => is_text,
        Shape::Bytes => is_text && super::is_base64(&element.text),
        Shape::Unit | Shape::UnitStruct { .. } => is_text && is_structure,
        Shape::List(inner) if is_structure => {
            return items(children)?.iter().try_for_each(|item| fits(types, *inner, item));
        }
        Shape::Tuple(elements) | Shape::TupleStruct { elements, .. } if is_structure => {
            return all(types, elements, children);
        }
        Shape::Map { key, value } if is_structure => {
            return children.iter().try_for_each(|entry| match entry.children.as_slice() {
                [found, held] if [&entry.name, &found.name, &held.name] == ["entry", "key", "value"] => {
                    fits(types, *key, found)?;
                    fits(types, *value, held)
                }
                _ => Err(format!("{entry:?} is no entry")),
            });
        }
        Shape::Struct { fields: known, .. } if is_structure => return fields(types, known, children),
        Shape::Enum { variants, .. } => {
            let name = children.first().map_or(&element.text, |child| &child.name);
            let variant = variants.iter().find(|variant| variant.name == *name);
            match (variant.map(|variant| &variant.content), children.as_slice()) {
                (Some(Content::Unit), []) => true,
                (Some(Content::Newtype(inner)), [child]) => return fits(types, *inner, child),
                (Some(Content::Tuple(elements)), [child]) => return all(types, elements, &child.children),
                (Some(Content::Struct(known)), [child]) => return fields(types, known, &child.children),
                _ => false,
            }
        }
        _ => false,
    };
    if good { Ok(()) } else { Err(format!("{element:?} is no {shape:?}")) }
}

fn is_number(number: Number, text: &str) -> bool {
    match number {
        Number::F32 => text.parse::<f32>().is_ok(),
        Number::F64 => text.parse::<f64>().is_ok(),
        _ => match text.strip_prefix('-').map(str::parse::<u128>) {
            Some(Ok(below)) => below > 0 && within(number, true, below - 1),
            Some(Err(_)) => false,
            None => text.parse().is_ok_and(|value| within(number, false, value)),
        },
    }
}

fn items(children: &[Element]) -> Result<&[Element], String> {
    match children.iter().find(|child| child.name != "item") {
        Some(other) => Err(format!("{other:?} is no item")),
        None => Ok(children),
    }
}

fn all(types: &Types, elements: &[TypeRef], children: &[Element]) -> Result<(), String> {
    if elements.len() != children.len() {
        return Err(format!("{} values for {}", children.len(), elements.len()));
    }
    elements.iter().zip(items(children)?).try_for_each(|(which, child)| fits(types, *which, child))
}

fn fields(types: &Types, fields: &[Field], children: &[Element]) -> Result<(), String> {
    let mut children = children.iter().peekable();
    for field in fields {
        match children.next_if(|child| child.name == field.name) {
            Some(child) => {
                fits(types, field.shape, child).map_err(|error| format!("{}: {error}", field.name))?;
            }
            None if field.skippable => {}
            None => return Err(format!("the field `{}` is missing", field.name)),
        }
    }
    children.next().map_or(Ok(()), |child| Err(format!("the field `{}` is not known", child.name)))
}
