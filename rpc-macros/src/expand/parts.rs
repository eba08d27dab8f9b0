//! What several parts of the expansion share.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident};
use syn::spanned::Spanned;
use syn::{Lifetime, Type};

use crate::model::{Argument, ArgumentKind, Method, Service};
use crate::types;

/// For generated items: what the user is told at the trait is not told again, and what is not used does no harm.
pub(super) fn lints(service: &Service) -> TokenStream {
    let allows = &service.allows;
    code! {
        #[allow(
            dead_code, deprecated, impl_trait_redundant_captures, private_bounds, private_interfaces, unreachable_pub
        )]
        #(#allows)*
    }
}

/// The lifetime of everything that a request borrows. It is not `'a`, which a type of the user's may bind by `for<'a>`:
/// lifetimes of that name cannot be nested.
pub(super) fn lifetime() -> Lifetime {
    Lifetime::new("'call", Span::call_site())
}

/// One of several local names.
pub(super) fn local(name: &str, number: usize) -> Ident {
    format_ident!("__{name}{number}", span = Span::mixed_site())
}

/// The local names of the arguments that travel.
pub(super) fn locals(method: &Method) -> Vec<Ident> {
    method.fields().enumerate().map(|(number, _)| local("argument", number)).collect()
}

/// The type of an argument's field in the request.
pub(super) fn field_type(service: &Service, argument: &Argument, lifetime: &Lifetime) -> Type {
    let p = &service.private;
    let lend = |ty: &Type| types::with_lifetime(ty, lifetime);
    match &argument.kind {
        ArgumentKind::Context | ArgumentKind::Owned | ArgumentKind::Stream(_) => lend(&argument.ty),
        ArgumentKind::Borrowed(target) | ArgumentKind::Cow(target) => {
            let target = lend(target);
            syn::parse_quote!(#p::Arg<#lifetime, #target>)
        }
        ArgumentKind::OptionBorrowed(target) => {
            let target = lend(target);
            syn::parse_quote!(#p::core::option::Option<#p::Arg<#lifetime, #target>>)
        }
    }
}

/// Where these tokens of the user's stand, for generated code: rustc reports there what goes wrong in it.
pub(super) fn place(tokens: &impl Spanned) -> Span {
    Span::mixed_site().located_at(tokens.span())
}

/// The path of what generated code names, at such a place.
pub(super) fn private_at(service: &Service, span: Span) -> TokenStream {
    let relocate = |mut token: TokenTree| {
        token.set_span(token.span().located_at(span));
        token
    };
    service.private.to_token_stream().into_iter().map(relocate).collect()
}

/// The name of a method's descriptor within the constant that holds it.
pub(super) fn descriptor_name(method: &Method) -> Ident {
    format_ident!("__METHOD_{}", method.index)
}

/// The name of what describes a method's types, within that constant.
pub(super) fn schema_name(method: &Method) -> Ident {
    format_ident!("__SCHEMA_{}", method.index)
}

/// `(first, (second, ()))`
pub(super) fn list(entries: impl DoubleEndedIterator<Item = TokenStream>) -> TokenStream {
    entries.rev().fold(code!(()), |rest, entry| code!((#entry, #rest)))
}
