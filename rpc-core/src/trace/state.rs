//! The grammar of `tracestate`.

/// What everybody passes on; more need not be carried.
const LONGEST: usize = 512;
const MOST_MEMBERS: usize = 32;

/// Members `key=value` with commas between, and blanks around them; each key once. Empty members are allowed, a list of
/// nothing else is not.
pub(super) fn is_valid(text: &str) -> bool {
    let members =
        || text.split(',').map(|member| member.trim_matches([' ', '\t'])).filter(|member| !member.is_empty());
    let mut keys = Vec::new();
    for member in members() {
        let Some((key, value)) = member.split_once('=') else { return false };
        if !is_key(key) || !is_value(value) || keys.contains(&key) || keys.len() == MOST_MEMBERS {
            return false;
        }
        keys.push(key);
    }
    text.len() <= LONGEST && !keys.is_empty()
}

/// `system` or `tenant@system`.
fn is_key(key: &str) -> bool {
    let part = |part: &str, longest: usize, digit_first: bool| {
        let first = part.bytes().next();
        part.len() <= longest
            && first.is_some_and(|byte| byte.is_ascii_lowercase() || digit_first && byte.is_ascii_digit())
            && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'*' | b'/'))
    };
    match key.split_once('@') {
        None => part(key, 256, false),
        Some((tenant, system)) => part(tenant, 241, true) && part(system, 14, false),
    }
}

/// Up to 256 printable characters but `,` and `=`, the last of them no blank.
fn is_value(value: &str) -> bool {
    let printable = |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b',' | b'=');
    (1..=256).contains(&value.len()) && !value.ends_with(' ') && value.bytes().all(printable)
}
