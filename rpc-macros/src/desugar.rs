//! Methods as the trait is emitted: an `async fn` becomes a function that returns a future.

use proc_macro2::Span;
use quote::{ToTokens, format_ident, quote_spanned};
use syn::{
    Block, FnArg, Pat, Path, ReturnType, Signature, Stmt, TraitItemFn, Type, TypeParamBound, parse_quote,
    parse_quote_spanned,
};

use crate::model::{Form, Method};
use crate::types;

/// Makes a future that is `Send` of what the method returns.
pub(crate) fn method(function: &mut TraitItemFn, method: &Method, private: &Path) {
    match method.form {
        Form::Plain => {}
        Form::Future => add_send(&mut function.sig.output, private),
        Form::Async => {
            let Some(keyword) = function.sig.asyncness.take() else {
                return;
            };
            let output = &method.output.whole;
            function.sig.output = parse_quote_spanned! {keyword.span=>
                -> impl #private::core::future::Future<Output = #output> + #private::core::marker::Send
            };
            if let Some(body) = &mut function.default {
                *body = async_body(body, &mut function.sig, output, private);
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
    let is_send = |bound: &TypeParamBound| matches!(bound, TypeParamBound::Trait(bound) if bound.path.segments.last().is_some_and(|last| last.ident == "Send"));
    if !opaque.bounds.iter().any(is_send) {
        let mut opaque = opaque.clone();
        opaque.bounds.push(parse_quote!(#private::core::marker::Send));
        **written = Type::ImplTrait(opaque);
    }
}

/// The body of an `async fn` as a block whose `?`, `return` and coercions are the same, and which holds all arguments
/// until its end.
fn async_body(body: &Block, signature: &mut Signature, output: &Type, private: &Path) -> Block {
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
    let result = format_ident!("__result", span = Span::mixed_site());
    let span = body.brace_token.span.join();
    let inner = quote_spanned! {span=>
        if let #private::core::option::Option::Some(#result) = #private::core::option::Option::None::<#output> {
            return #result;
        }
    };
    // Braces around a lone expression are a warning.
    let body = match body.stmts.as_slice() {
        [Stmt::Expr(only, None)] => only.to_token_stream(),
        _ => body.to_token_stream(),
    };
    parse_quote_spanned! {span=> {
        async move {
            #(#bindings)*
            #inner
            #body
        }
    }}
}
