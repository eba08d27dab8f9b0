//! Golden expansions and messages. `UPDATE_GOLDEN=1 cargo test -p rpc-macros` writes them anew; read the difference.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{ExprMethodCall, ItemStatic, ItemTrait, Meta};

use super::service::with_errors;
use crate::report::Errors;

#[test]
fn sound_traits_expand_as_recorded() {
    for case in cases(&folder("golden"), ".in.rs") {
        let source = std::fs::read_to_string(&case).unwrap();
        let (tokens, errors) = expand(&source);
        assert_eq!(messages(&source, errors), "", "{}", case.display());
        compare(&case.with_extension("").with_extension("rs"), &pretty(&tokens));
    }
}

#[test]
fn all_mistakes_are_reported_on_their_tokens() {
    for case in cases(&folder("ui"), ".rs") {
        let source = std::fs::read_to_string(&case).unwrap();
        let (tokens, errors) = expand(&source);
        let name = case.file_stem().unwrap().to_string_lossy().into_owned();
        if name != "not_a_trait" {
            assert!(has_trait(&tokens), "{name}: the trait is not re-emitted");
        }
        if !["not_a_trait", "trait_head"].contains(&name.as_str()) {
            assert!(client_has_fine(&tokens), "{name}: the client lacks the method that has no mistake");
        }
        compare(&case.with_extension("txt"), &messages(&source, errors));
    }
}

#[test]
fn generated_code_names_nothing_but_the_given_path() {
    let source = std::fs::read_to_string(folder("golden").join("renamed.in.rs")).unwrap();
    let (tokens, errors) = expand(&source);
    assert!(errors.is_empty());
    let text = without_strings(tokens);
    for banned in [":: farcall", ":: core ::", ":: std", ":: serde ::"] {
        let uses = text.matches(banned).count();
        let private = text.matches(&format!("__private {banned}")).count();
        assert_eq!(uses, private, "`{banned}` is named");
    }
}

#[test]
fn generated_bodies_use_no_method_syntax() {
    struct Find(Vec<String>);
    impl<'ast> Visit<'ast> for Find {
        fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
            self.0.push(call.method.to_string());
            visit::visit_expr_method_call(self, call);
        }
        // The user's own default bodies, and descriptors, which are built of inherent functions.
        fn visit_item_trait(&mut self, _: &'ast ItemTrait) {}
        fn visit_item_static(&mut self, _: &'ast ItemStatic) {}
    }
    for case in cases(&folder("golden"), ".in.rs") {
        let (tokens, errors) = expand(&std::fs::read_to_string(&case).unwrap());
        assert!(errors.is_empty());
        let mut find = Find(Vec::new());
        find.visit_file(&syn::parse2(tokens).unwrap());
        assert!(find.0.is_empty(), "{}: {:?}", case.display(), find.0);
    }
}

#[test]
fn what_is_wrong_with_an_error_is_reported_on_it() {
    for (method, calls) in [
        ("async fn a(&self) -> Result<u8, Failure>", &["call_result"][..]),
        (
            "async fn a(&self) -> Result<impl Stream<Item = u8>, Failure>",
            &["open_result", "reply_stream_result"],
        ),
        (
            "fn a(&self) -> impl Stream<Item = Result<u8, Failure>>",
            &["stream", "items_result", "reply_stream"],
        ),
        ("async fn a(&self, a: impl Stream<Item = Result<u8, Failure>>)", &["upload", "argument_stream"]),
    ] {
        let source = format!("#[rpc_service]\ntrait T {{\n    {method};\n}}");
        let (tokens, errors) = expand(&source);
        assert!(errors.is_empty());
        for call in calls {
            let mut found = idents(tokens.clone()).filter(|ident| ident == call).peekable();
            assert!(found.peek().is_some(), "{method}: no `{call}`");
            for ident in found {
                let (start, end) = (ident.span().start(), ident.span().end());
                let line = source.lines().nth(start.line - 1).unwrap();
                assert_eq!(&line[start.column..end.column], "Failure", "{method}: {call}");
            }
        }
    }
}

fn idents(tokens: TokenStream) -> Box<dyn Iterator<Item = Ident>> {
    Box::new(tokens.into_iter().flat_map(|tree| match tree {
        TokenTree::Group(group) => idents(group.stream()),
        TokenTree::Ident(ident) => Box::new(std::iter::once(ident)),
        _ => Box::new(std::iter::empty()) as Box<dyn Iterator<Item = Ident>>,
    }))
}

/// The expansion of the first item in a file, whose first attribute is `#[rpc_service]`.
fn expand(source: &str) -> (TokenStream, Vec<syn::Error>) {
    let mut tokens = syn::parse_str::<TokenStream>(source).unwrap().into_iter();
    let attribute: TokenStream = tokens.by_ref().take(2).collect();
    let attribute = syn::parse::Parser::parse2(syn::Attribute::parse_outer, attribute).unwrap().remove(0);
    let arguments = match attribute.meta {
        Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    };
    let mut errors = Errors::default();
    let expanded = with_errors(arguments, tokens.collect(), &mut errors);
    (expanded, errors.into_found())
}

/// Each message under the line and the token that it is about.
pub(crate) fn messages(source: &str, mut errors: Vec<syn::Error>) -> String {
    let mut text = String::new();
    errors.sort_by_key(|error| (error.span().start().line, error.span().start().column));
    for error in errors {
        let (start, end) = (error.span().start(), error.span().end());
        let line = source.lines().nth(start.line - 1).unwrap_or_default();
        let width = if end.line == start.line { end.column - start.column } else { 1 };
        writeln!(text, "{:>3} | {line}", start.line).unwrap();
        writeln!(text, "    | {}{}", " ".repeat(start.column), "^".repeat(width.max(1))).unwrap();
        writeln!(text, "    = {error}\n").unwrap();
    }
    text
}

pub(crate) fn pretty(tokens: &TokenStream) -> String {
    match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => panic!("the expansion does not parse: {error}\n{tokens}"),
    }
}

fn has_trait(tokens: &TokenStream) -> bool {
    items(tokens).iter().any(|item| matches!(item, syn::Item::Trait(_)))
}

/// Whether there is an inherent method `fine`.
fn client_has_fine(tokens: &TokenStream) -> bool {
    items(tokens).iter().any(|item| match item {
        syn::Item::Impl(block) if block.trait_.is_none() => block
            .items
            .iter()
            .any(|item| matches!(item, syn::ImplItem::Fn(method) if method.sig.ident == "fine")),
        _ => false,
    })
}

fn items(tokens: &TokenStream) -> Vec<syn::Item> {
    syn::parse2::<syn::File>(tokens.clone()).unwrap().items
}

fn without_strings(tokens: TokenStream) -> String {
    let mut text = String::new();
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => text.push_str(&without_strings(group.stream())),
            TokenTree::Literal(_) => {}
            TokenTree::Punct(punct) if punct.as_char() == ':' => {
                text.push(':');
                if punct.spacing() == proc_macro2::Spacing::Alone {
                    text.push(' ');
                }
            }
            other => text.push_str(&format!("{} ", other.to_token_stream())),
        }
    }
    text
}

pub(crate) fn cases(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> = files.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/expand").join(name)
}

pub(crate) fn compare(recorded: &Path, actual: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(recorded, actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(recorded).unwrap_or_default();
    assert!(expected == actual, "{} is out of date; this is new:\n{actual}", recorded.display());
}
