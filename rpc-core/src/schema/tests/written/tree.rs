//! What a body with names says by itself: CBOR or JSON without a type.

/// A value as its bytes tell it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    Null,
    Bool(bool),
    /// Of a negative one the magnitude is that of `-1 - number`.
    Integer {
        negative: bool,
        magnitude: u128,
    },
    Float32(f32),
    Float64(f64),
    /// JSON's number with a fraction or an exponent.
    #[cfg(feature = "json")]
    Decimal(String),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Tree>),
    Map(Vec<(Tree, Tree)>),
    /// Marked as being there, in CBOR.
    There(Box<Tree>),
}

/// The mark of `Some` around nothing: `SOME` in ASCII.
const THERE: u64 = 0x534f_4d45;

/// CBOR as `docs/wire.md` §10.2 has it, in its shortest form.
pub(super) fn cbor(bytes: &[u8]) -> Result<Tree, String> {
    let mut rest = bytes;
    let tree = cbor_value(&mut rest)?;
    if rest.is_empty() { Ok(tree) } else { Err(format!("{} bytes are left of the CBOR", rest.len())) }
}

fn cbor_value(rest: &mut &[u8]) -> Result<Tree, String> {
    let first = take(rest, 1)?[0];
    let (major, low) = (first >> 5, first & 0x1f);
    if major == 7 {
        return match low {
            20 | 21 => Ok(Tree::Bool(low == 21)),
            22 => Ok(Tree::Null),
            26 => Ok(Tree::Float32(f32::from_be_bytes(take(rest, 4)?.try_into().unwrap()))),
            27 => Ok(Tree::Float64(f64::from_be_bytes(take(rest, 8)?.try_into().unwrap()))),
            _ => Err(format!("the simple value {low}")),
        };
    }
    let argument = match low {
        0..24 => u64::from(low),
        24..28 => {
            let (width, least) = [(1, 24), (2, 1 << 8), (4, 1 << 16), (8, 1 << 32)][usize::from(low - 24)];
            let number = take(rest, width)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
            if number < least {
                return Err(format!("{number} is not in its shortest form"));
            }
            number
        }
        _ => return Err("a length that is not given".to_owned()),
    };
    let length = argument as usize;
    match major {
        0 | 1 => Ok(Tree::Integer { negative: major == 1, magnitude: u128::from(argument) }),
        2 => Ok(Tree::Bytes(take(rest, length)?.to_vec())),
        3 => {
            let text = std::str::from_utf8(take(rest, length)?).map_err(|error| error.to_string())?;
            Ok(Tree::Text(text.to_owned()))
        }
        4 => Ok(Tree::List((0..length).map(|_| cbor_value(rest)).collect::<Result<_, _>>()?)),
        5 => {
            let entries = (0..length).map(|_| Ok::<_, String>((cbor_value(rest)?, cbor_value(rest)?)));
            Ok(Tree::Map(entries.collect::<Result<_, _>>()?))
        }
        _ => match (argument, cbor_value(rest)?) {
            (2 | 3, Tree::Bytes(bytes)) if (9..=16).contains(&bytes.len()) && bytes[0] > 0 => {
                let magnitude = bytes.iter().fold(0, |number, byte| number << 8 | u128::from(*byte));
                Ok(Tree::Integer { negative: argument == 3, magnitude })
            }
            (THERE, tree) => Ok(Tree::There(Box::new(tree))),
            (tag, tree) => Err(format!("the tag {tag} around {tree:?}")),
        },
    }
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8], String> {
    let (taken, left) = rest.split_at_checked(count).ok_or("the bytes end early")?;
    *rest = left;
    Ok(taken)
}

/// JSON without spaces, with integers of any width.
#[cfg(feature = "json")]
pub(super) fn json(bytes: &[u8]) -> Result<Tree, String> {
    let mut rest = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let tree = json_value(&mut rest)?;
    if rest.is_empty() { Ok(tree) } else { Err(format!("`{rest}` is left of the JSON")) }
}

#[cfg(feature = "json")]
fn json_value(rest: &mut &str) -> Result<Tree, String> {
    match rest.bytes().next().ok_or("the JSON ends early")? {
        b'{' => {
            let entries = json_parts(rest, '}', |rest| {
                let key = json_value(rest)?;
                *rest = rest.strip_prefix(':').ok_or("a `:` is missing")?;
                Ok((key, json_value(rest)?))
            })?;
            Ok(Tree::Map(entries))
        }
        b'[' => Ok(Tree::List(json_parts(rest, ']', json_value)?)),
        b'"' => {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            let (text, left) = rest.split_at(end.ok_or("a text ends early")? + 2);
            *rest = left;
            serde_json::from_str(text).map(Tree::Text).map_err(|error| error.to_string())
        }
        _ => {
            let (word, left) = rest.split_at(rest.find([',', ']', '}', ':']).unwrap_or(rest.len()));
            *rest = left;
            json_word(word)
        }
    }
}

#[cfg(feature = "json")]
fn json_word(word: &str) -> Result<Tree, String> {
    Ok(match word {
        "null" => Tree::Null,
        "true" | "false" => Tree::Bool(word == "true"),
        _ if word.contains(['.', 'e', 'E']) => Tree::Decimal(word.to_owned()),
        _ => {
            let number = |error: std::num::ParseIntError| format!("`{word}`: {error}");
            match word.strip_prefix('-') {
                Some(digits) => {
                    let magnitude = digits.parse::<u128>().map_err(number)?;
                    Tree::Integer { negative: true, magnitude: magnitude.checked_sub(1).ok_or("-0")? }
                }
                None => Tree::Integer { negative: false, magnitude: word.parse().map_err(number)? },
            }
        }
    })
}

#[cfg(feature = "json")]
fn json_parts<T>(
    rest: &mut &str,
    end: char,
    part: impl Fn(&mut &str) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    let mut parts = Vec::new();
    *rest = &rest[1..];
    while let Some(left) =
        rest.strip_prefix(',').or((parts.is_empty() && !rest.starts_with(end)).then_some(*rest))
    {
        *rest = left;
        parts.push(part(rest)?);
    }
    *rest = rest.strip_prefix(end).ok_or_else(|| format!("`{end}` is missing at `{rest}`"))?;
    Ok(parts)
}
