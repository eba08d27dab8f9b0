//! Writes the code. Nothing is checked here: the model is sound.

/// `quote!` whose local names are invisible to the user's code, and the other way round.
macro_rules! code {
    ($($token:tt)*) => {
        ::quote::quote_spanned!(::proc_macro2::Span::mixed_site()=> $($token)*)
    };
}

mod blocking;
mod client;
mod client_trait;
mod descriptor;
mod fallback;
mod forward;
mod request;
mod request_serde;
mod server;
#[cfg(test)]
mod tests;
mod trait_;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident};
use syn::spanned::Spanned;
use syn::{Lifetime, Type};

use crate::model::{Argument, ArgumentKind, Method, Service};
use crate::report::Errors;
use crate::{read, types};

/// What `#[rpc_service(arguments)] item` becomes: the trait in any case, all that is sound, and all mistakes.
pub(crate) fn rpc_service(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let tokens = with_errors(arguments, item, &mut errors);
    let errors = errors.into_compile_errors();
    code!(#tokens #errors)
}

/// The same with the mistakes aside.
pub(crate) fn with_errors(arguments: TokenStream, item: TokenStream, errors: &mut Errors) -> TokenStream {
    match syn::parse2::<syn::Item>(item.clone()) {
        Ok(syn::Item::Trait(parsed)) => {
            let (emitted, service) = read::service(arguments, parsed, errors);
            match service {
                Some(service) => all(&service),
                None => fallback::only_trait(&emitted),
            }
        }
        Ok(other) => {
            errors.push(read::head(&other), "`#[rpc_service]` belongs on a trait");
            item
        }
        Err(error) => {
            errors.add(error);
            item
        }
    }
}

fn all(service: &Service) -> TokenStream {
    let trait_ = trait_::expand(service);
    let request = request::expand(service);
    let request_serde = request_serde::expand(service);
    let client = client::expand(service);
    let server = server::expand(service);
    let blocking = blocking::expand(service);
    let cfgs = &service.cfgs;
    let lints = lints(service);
    let client_trait = client_trait::expand(service);
    let dispatcher = server::dispatcher(service);
    let descriptor = descriptor::expand(service);
    code! {
        #trait_
        #request
        #client
        #server
        #blocking
        #(#cfgs)*
        #lints
        const _: () = {
            #descriptor
            #request_serde
            #client_trait
            #dispatcher
        };
    }
}

/// For generated items: what the user is told at the trait is not told again, and what is not used does no harm.
fn lints(service: &Service) -> TokenStream {
    let allows = &service.allows;
    code! {
        #[allow(dead_code, deprecated, private_bounds, private_interfaces, unreachable_pub)]
        #(#allows)*
    }
}

/// The lifetime of everything that a request borrows.
fn lifetime() -> Lifetime {
    Lifetime::new("'a", Span::call_site())
}

/// One of several local names.
fn local(name: &str, number: usize) -> Ident {
    format_ident!("{name}{number}", span = Span::mixed_site())
}

/// The local names of the arguments that travel.
fn locals(method: &Method) -> Vec<Ident> {
    method.fields().enumerate().map(|(number, _)| local("argument", number)).collect()
}

/// The type of an argument's field in the request.
fn field_type(service: &Service, argument: &Argument, lifetime: &Lifetime) -> Type {
    let p = &service.private;
    let lend = |ty: &Type| types::with_lifetime(ty, lifetime);
    match &argument.kind {
        ArgumentKind::Context | ArgumentKind::Owned => lend(&argument.ty),
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
fn place(tokens: &impl Spanned) -> Span {
    Span::mixed_site().located_at(tokens.span())
}

/// The path of what generated code names, at such a place.
fn private_at(service: &Service, span: Span) -> TokenStream {
    let relocate = |mut token: TokenTree| {
        token.set_span(token.span().located_at(span));
        token
    };
    service.private.to_token_stream().into_iter().map(relocate).collect()
}

/// The name of a method's descriptor within the constant that holds it.
fn descriptor_name(method: &Method) -> Ident {
    format_ident!("__METHOD_{}", method.index)
}

/// `(first, (second, ()))`
fn list(entries: impl DoubleEndedIterator<Item = TokenStream>) -> TokenStream {
    entries.rev().fold(code!(()), |rest, entry| code!((#entry, #rest)))
}
