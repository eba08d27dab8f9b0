//! The descriptor says what the trait says.

use std::time::Duration;

use farcall::{Client, Context, MethodKind, rpc_service};
use rpc_core::wire_id;

/// Keeps books.
///
/// In two lines.
#[rpc_service(name = "library.Books")]
trait Books {
    /// Finds a book.
    #[rpc(name = "find", timeout = "250ms", idempotent)]
    async fn search(&self, context: &Context, title: &str, #[rpc(default, alias = "n")] r#type: u8);
    #[cfg(not(test))]
    async fn removed(&self);
    #[rpc(blocking, detached, variant = "Move")]
    fn r#move(&self);
    #[rpc(spawn)]
    async fn last(&self);
}

#[test]
fn it_has_names_docs_arguments_and_options() {
    let books = BooksClient::descriptor();
    assert_eq!((books.name, books.docs), ("library.Books", "Keeps books.\n\nIn two lines."));
    let [search, r#move, last] = books.methods else {
        panic!("three methods: {:?}", books.methods);
    };
    assert_eq!(
        (search.name, search.docs, search.to_string().as_str()),
        ("find", "Finds a book.", "library.Books.find")
    );
    assert_eq!(search.kind, MethodKind::Unary);
    assert_eq!(search.timeout, Some(Duration::from_millis(250)));
    let [title, r#type] = search.arguments else {
        panic!("two arguments travel: {:?}", search.arguments);
    };
    assert_eq!((title.name, title.aliases, title.default), ("title", &[][..], false));
    assert_eq!((r#type.name, r#type.aliases, r#type.default), ("type", &["n"][..], true));
    assert_eq!((r#move.name, r#move.docs, r#move.timeout), ("move", "", None));
    let flags = books.methods.iter().map(|m| (m.idempotent, m.detached, m.blocking, m.spawn));
    let expected = [(true, false, false, false), (false, true, true, false), (false, false, false, true)];
    assert_eq!(flags.collect::<Vec<_>>(), expected);
    assert_eq!((last.variant, last.variant_index), ("Last", 3));
}

#[test]
fn the_macro_computes_the_same_ids_as_the_core() {
    let books = BooksClient::descriptor();
    assert_eq!(books.id, wire_id("library.Books"));
    for method in books.methods {
        assert_eq!((method.service, method.service_id), (books.name, books.id));
        assert_eq!(method.id, wire_id(&format!("library.Books.{}", method.name)));
    }
}
