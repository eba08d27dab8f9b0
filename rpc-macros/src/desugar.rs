//! Methods as the trait is emitted: an `async fn` becomes a function that returns a future.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::{Block, FnArg, Pat, Path, ReturnType, Signature, Stmt, TraitItemFn, Type, parse_quote_spanned};

use crate::model::{Form, Method, OutputKind};
use crate::{streams, types};

/// Makes a future that is `Send` of what the method returns.
pub(crate) fn method(function: &mut TraitItemFn, method: &Method, private: &Path) {
    match method.form {
        Form::Plain => {}
        Form::Future => add_send(&mut function.sig.output, private),
        Form::Async => {
            let Some(keyword) = function.sig.asyncness.take() else {
                return;
            };
            let output = &method.written;
            function.sig.output = parse_quote_spanned! {keyword.span=>
                -> impl #private::core::future::Future<Output = #output> + #private::core::marker::Send
            };
            if let Some(body) = &mut function.default {
                let hint = type_hint(method, private, body.brace_token.span.join());
                *body = async_body(body, &mut function.sig, hint);
            }
        }
    }
}

fn add_send(output: &mut ReturnType, private: &Path) {
    let ReturnType::Type(_, written) = output else {
        return;
    };
    let Type::ImplTrait(opaque) = types::peel(written) else {
        return;
    };
    let mut opaque = opaque.clone();
    streams::add_send(&mut opaque, private);
    **written = Type::ImplTrait(opaque);
}

/// Tells rustc the type of a default body, which an `async` block does not take from the signature. A stream cannot
/// be named; the error beside it can, and `?` needs no more.
fn type_hint(method: &Method, private: &Path, span: Span) -> TokenStream {
    let option = quote_spanned!(span=> #private::core::option::Option);
    let result = format_ident!("__result", span = Span::mixed_site());
    let output = &method.output.whole;
    let hint = |ty: TokenStream, value: TokenStream| {
        quote_spanned! {span=>
            if let #option::Some(#result) = #option::None::<#ty> {
                return #value;
            }
        }
    };
    let failed = quote_spanned!(span=> #private::core::result::Result::Err(#result));
    match (&method.stream, &method.output.kind) {
        (None, _) => hint(output.to_token_stream(), result.to_token_stream()),
        (Some(_), OutputKind::Value) => TokenStream::new(),
        (Some(_), OutputKind::Rpc { .. }) => hint(quote_spanned!(span=> #private::RpcError), failed),
        (Some(_), OutputKind::Result { err, .. }) => hint(err.to_token_stream(), failed),
        (Some(_), OutputKind::Alias) => {
            hint(quote_spanned!(span=> <#output as #private::ProjectResult>::Err), failed)
        }
    }
}

/// The body of an `async fn` as a block whose `?`, `return` and coercions are the same, and which holds all arguments
/// until its end.
fn async_body(body: &Block, signature: &mut Signature, hint: TokenStream) -> Block {
    let mut bindings: Vec<Stmt> = Vec::new();
    for input in &mut signature.inputs {
        let FnArg::Typed(typed) = input else {
            continue;
        };
        let Pat::Ident(pattern) = &mut *typed.pat else {
            continue;
        };
        let (mutability, ident) = (pattern.mutability.take(), &pattern.ident);
        bindings.push(parse_quote_spanned! {ident.span()=>
            #[allow(clippy::redundant_locals, reason = "an `async fn` holds every argument until its end")]
            let #mutability #ident = #ident;
        });
    }
    let span = body.brace_token.span.join();
    // Braces around a lone expression are a warning.
    let body = match body.stmts.as_slice() {
        [Stmt::Expr(only, None)] => only.to_token_stream(),
        _ => body.to_token_stream(),
    };
    parse_quote_spanned! {span=> {
        async move {
            #(#bindings)*
            #hint
            #body
        }
    }}
}
