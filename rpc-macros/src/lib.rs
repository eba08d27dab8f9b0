//! The attribute `#[rpc_service]` of farcall, which makes a service of a trait.
//!
//! Reads the trait into the `model`, checks all of it, reports all mistakes at once, and expands what has none.
//! It knows syntax only: generated code names nothing but farcall's `__private`.

#[macro_use]
mod code;

mod args;
mod check;
mod data;
mod describe;
mod desugar;
mod expand;
mod model;
mod names;
mod read;
mod report;
mod streams;
mod types;

/// Makes a service of a trait. Documented where it is used: at `farcall::rpc_service`.
#[proc_macro_attribute]
pub fn rpc_service(
    arguments: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    expand::rpc_service(arguments.into(), item.into()).into()
}

/// Documentation and numbers of a type. Documented where it is used: at `farcall::Describe`.
#[proc_macro_derive(Describe, attributes(describe))]
pub fn derive_describe(item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    describe::describe(item.into()).into()
}
