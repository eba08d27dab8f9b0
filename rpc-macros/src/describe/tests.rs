//! Golden expansions and messages, as those of `#[rpc_service]`.

use std::path::Path;

use super::expand::with_errors;
use crate::expand::tests::{cases, compare, messages, pretty};
use crate::report::Errors;

#[test]
fn sound_types_expand_as_recorded_and_mistakes_are_reported_on_their_tokens() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/describe/golden");
    for case in cases(&folder, ".in.rs") {
        let source = std::fs::read_to_string(&case).unwrap();
        let mut errors = Errors::default();
        let tokens = with_errors(source.parse().unwrap(), &mut errors);
        let found = messages(&source, errors.into_found());
        let (rust, text) =
            (case.with_extension("").with_extension("rs"), case.with_extension("").with_extension("txt"));
        if found.is_empty() { compare(&rust, &pretty(&tokens)) } else { compare(&text, &found) }
    }
}
