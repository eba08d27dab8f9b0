//! Encoding and decoding of the request enum.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::Type;

use super::descriptor::id;
use super::parts::{descriptor_name, field_type, lifetime, list, locals, place, private_at};
use crate::model::{Argument, ArgumentKind, DefaultValue, Method, Service};
use crate::names::HIDDEN_VARIANT;

pub(super) fn expand(service: &Service) -> TokenStream {
    let p = &service.private;
    let name = &service.names.request;
    let (text, lifetime) = (name.to_string(), lifetime());
    let hidden = format_ident!("{HIDDEN_VARIANT}");
    let methods = service.methods.iter().map(|method| {
        let (cfgs, variant, descriptor) = (&method.cfgs, &method.variant, descriptor_name(method));
        code!(#(#cfgs)* Self::#variant { .. } => &#descriptor)
    });
    let encode = service.methods.iter().map(|method| encode(service, method));
    let decode = service.methods.iter().map(|method| decode(service, method));
    let serde = code!(#p::serde);
    let result = code!(#p::core::result::Result);
    code! {
        impl<#lifetime> #p::Request for #name<#lifetime> {
            fn method(&self) -> &'static #p::MethodDescriptor {
                match self {
                    #(#methods,)*
                    Self::#hidden(__never) => #p::Never::reach(__never),
                }
            }

            fn serialize_fields<__Serializer: #serde::Serializer>(
                &self,
                __name: &'static #p::core::primitive::str,
                __serializer: __Serializer,
            ) -> #result<__Serializer::Ok, __Serializer::Error> {
                match self {
                    #(#encode,)*
                    Self::#hidden(__never) => #p::Never::reach(__never),
                }
            }
        }

        impl<#lifetime> #p::DecodeRequest<#lifetime> for #name<#lifetime> {
            fn deserialize_arguments<__Deserializer: #serde::Deserializer<#lifetime>>(
                __method: #p::core::primitive::u64,
                __body: &#lifetime #p::Bytes,
                __deserializer: __Deserializer,
            ) -> #result<Self, __Deserializer::Error> {
                match __method {
                    #(#decode)*
                    _ => #result::Err(#p::unknown_method(&__SERVICE, __method)),
                }
            }
        }

        impl #serde::Serialize for #name<'_> {
            fn serialize<__Serializer: #serde::Serializer>(
                &self,
                __serializer: __Serializer,
            ) -> #result<__Serializer::Ok, __Serializer::Error> {
                #p::serialize_request(self, #text, __serializer)
            }
        }

        impl<#lifetime> #serde::Deserialize<#lifetime> for #name<#lifetime> {
            fn deserialize<__Deserializer: #serde::Deserializer<#lifetime>>(
                __deserializer: __Deserializer,
            ) -> #result<Self, __Deserializer::Error> {
                #p::deserialize_request(&__SERVICE, #text, __VARIANTS, __deserializer)
            }
        }

        impl #p::core::fmt::Debug for #name<'_> {
            fn fmt(&self, __f: &mut #p::core::fmt::Formatter<'_>) -> #p::core::fmt::Result {
                #p::debug_request(self, __f)
            }
        }
    }
}

fn encode(service: &Service, method: &Method) -> TokenStream {
    let p = &service.private;
    let (cfgs, variant, descriptor) = (&method.cfgs, &method.variant, descriptor_name(method));
    let locals = locals(method);
    let names = method.fields().map(|argument| &argument.ident);
    let fields = method.fields().zip(&locals).map(|(argument, local)| {
        let span = place(&argument.ty);
        let payload = payload(service, &field_type(service, argument, &lifetime()), span);
        let p = private_at(service, span);
        quote_spanned!(span=> #p::Field::new(#local, #payload))
    });
    let fields = list(fields.collect::<Vec<_>>().into_iter());
    code! {
        #(#cfgs)*
        Self::#variant { #(#names: #locals),* } => {
            #p::encode_arguments(&#descriptor, __name, __serializer, #fields)
        }
    }
}

fn decode(service: &Service, method: &Method) -> TokenStream {
    let p = &service.private;
    let (cfgs, variant, descriptor) = (&method.cfgs, &method.variant, descriptor_name(method));
    let id = id(method.id);
    let locals = locals(method);
    let names = method.fields().map(|argument| &argument.ident);
    let slots = list(method.fields().map(|argument| slot(service, argument)).collect::<Vec<_>>().into_iter());
    let values = list(locals.iter().map(|local| code!(#local)));
    code! {
        #(#cfgs)*
        #id => {
            let #values = #p::decode_arguments(&#descriptor, __body, __deserializer, #slots)?;
            #p::core::result::Result::Ok(Self::#variant { #(#names: #locals),* })
        }
    }
}

fn slot(service: &Service, argument: &Argument) -> TokenStream {
    let span = place(&argument.ty);
    let p = private_at(service, span);
    let ty = field_type(service, argument, &lifetime());
    let payload = payload(service, &ty, span);
    match &argument.default {
        None => quote_spanned!(span=> #p::Slot::<#ty, _>::required(#payload)),
        Some(DefaultValue::Trait(_)) => {
            quote_spanned!(span=> #p::Slot::<#ty, _>::or(#payload, <#ty as #p::core::default::Default>::default))
        }
        Some(DefaultValue::Function(path)) => {
            let function = match &argument.kind {
                ArgumentKind::Context | ArgumentKind::Owned | ArgumentKind::Stream(_) => code!(#path),
                ArgumentKind::Borrowed(_) | ArgumentKind::Cow(_) => code!(|| #p::Arg::owned(#path())),
                ArgumentKind::OptionBorrowed(_) => {
                    code!(|| #p::core::option::Option::map(#path(), #p::Arg::owned))
                }
            };
            quote_spanned!(span=> #p::Slot::<#ty, _>::or(#payload, #function))
        }
    }
}

/// How a value of this type, which the user wrote at `span`, crosses.
pub(super) fn payload(service: &Service, ty: &Type, span: Span) -> TokenStream {
    let p = private_at(service, span);
    quote_spanned!(span=> #p::payload!(#ty))
}

/// How an error of this type crosses.
pub(super) fn error_payload(service: &Service, ty: &Type) -> TokenStream {
    let span = place(ty);
    let p = private_at(service, span);
    quote_spanned!(span=> #p::payload!(error #ty))
}
