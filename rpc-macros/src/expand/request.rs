//! The request enum.

use proc_macro2::TokenStream;
use quote::format_ident;

use super::parts::{field_type, lifetime, lints};
use crate::model::{Method, Service};
use crate::names::HIDDEN_VARIANT;

pub(super) fn expand(service: &Service) -> TokenStream {
    let p = &service.private;
    let (cfgs, vis, name) = (&service.cfgs, &service.item.vis, &service.names.request);
    let lifetime = lifetime();
    let hidden = format_ident!("{HIDDEN_VARIANT}");
    let docs = format!(
        " A call of a method of [`{trait_}`] as a value: what interceptors, logs and recordings see.",
        trait_ = service.item.ident
    );
    let variants = service.methods.iter().map(|method| variant(service, method));
    let lints = lints(service);
    code! {
        #(#cfgs)*
        #[doc = #docs]
        #lints
        #[non_exhaustive]
        #vis enum #name<#lifetime> {
            #(#variants,)*
            #[doc(hidden)]
            #hidden(#p::Never<#lifetime>),
        }
    }
}

fn variant(service: &Service, method: &Method) -> TokenStream {
    let (cfgs, name) = (&method.cfgs, &method.variant);
    let docs = format!(" The arguments of `{}`.", method.ident);
    let fields = method.fields().map(|argument| {
        let (name, ty) = (&argument.ident, field_type(service, argument, &lifetime()));
        let docs = format!(" The argument `{name}`.");
        code!(#[doc = #docs] #name: #ty)
    });
    code! {
        #(#cfgs)*
        #[doc = #docs]
        #name { #(#fields),* }
    }
}
