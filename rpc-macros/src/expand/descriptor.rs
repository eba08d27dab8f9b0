//! The descriptor: statics within the anonymous constant.

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote_spanned;
use syn::{Lifetime, Type};

use super::client::{blamed, sides};
use super::parts::{descriptor_name, field_type, place, private_at, schema_name};
use super::request_serde::{error_payload, payload};
use super::streams::items;
use crate::model::{Argument, Method, Service};
use crate::types;

pub(super) fn expand(service: &Service) -> TokenStream {
    let p = &service.private;
    let (name, id, docs) = (&service.wire_name, id(service.id), &service.docs);
    let methods = service.methods.iter().map(|method| expand_method(service, method));
    let list = service.methods.iter().map(|method| {
        let (cfgs, descriptor) = (&method.cfgs, descriptor_name(method));
        code!(#(#cfgs)* &#descriptor)
    });
    let variants = service.methods.iter().map(|method| {
        let (cfgs, variant) = (&method.cfgs, method.variant.to_string());
        code!(#(#cfgs)* #variant)
    });
    code! {
        #(#methods)*
        static __SERVICE: #p::ServiceDescriptor = #p::ServiceDescriptor::new(#name, #id, #docs, &[#(#list),*]);
        const __VARIANTS: &[&#p::core::primitive::str] = &[#(#variants),*];
    }
}

fn expand_method(service: &Service, method: &Method) -> TokenStream {
    let p = &service.private;
    let (cfgs, descriptor) = (&method.cfgs, descriptor_name(method));
    let (service_name, service_id) = (&service.wire_name, id(service.id));
    let (name, id, docs) = (&method.wire_name.text, id(method.id), &method.docs);
    let (variant, index) = (method.variant.to_string(), Literal::u32_unsuffixed(method.index));
    let names = method.fields().map(|argument| &argument.wire_name.text);
    let arguments = method.fields().map(|argument| expand_argument(service, argument));
    let arguments = (method.fields().next().is_some())
        .then(|| code!(.with_arguments(&[#(#names),*], &[#(#arguments),*])));
    let kind = match (method.takes_streams(), method.stream.is_some()) {
        (false, false) => None,
        (false, true) => Some(code!(ServerStreaming)),
        (true, false) => Some(code!(ClientStreaming)),
        (true, true) => Some(code!(Bidirectional)),
    };
    let streams = kind.map(|kind| {
        let names = method.streams().map(|(argument, _)| &argument.wire_name.text);
        code!(.with_streams(#p::MethodKind::#kind, &[#(#names),*]))
    });
    let timeout = method.timeout.map(|timeout| {
        let (seconds, nanos) =
            (Literal::u64_unsuffixed(timeout.as_secs()), Literal::u32_unsuffixed(timeout.subsec_nanos()));
        code!(.with_timeout(#p::core::time::Duration::new(#seconds, #nanos)))
    });
    let idempotent = method.idempotent.then(|| code!(.with_idempotent()));
    let detached = method.detached.then(|| code!(.with_detached()));
    let blocking = method.blocking.then(|| code!(.with_blocking()));
    let spawn = method.spawn.then(|| code!(.with_spawn()));
    let schema = schema_name(method);
    let describe = describe(service, method);
    code! {
        #(#cfgs)*
        static #schema: #p::MethodSchema = #p::MethodSchema::new(#describe);
        #(#cfgs)*
        static #descriptor: #p::MethodDescriptor =
            #p::MethodDescriptor::new((#service_name, #service_id), (#name, #id), #docs)
                .with_variant(#variant, #index)
                .with_schema(&#schema)
                #arguments #streams #timeout #idempotent #detached #blocking #spawn;
    }
}

/// A function that says what the types of a method are.
fn describe(service: &Service, method: &Method) -> TokenStream {
    let p = &service.private;
    let arguments = method.fields().map(|argument| {
        let span = place(&argument.ty);
        let p = private_at(service, span);
        let ty = field_type(service, argument, &forever());
        let payload = payload(service, &ty, span);
        quote_spanned!(span=> { let __type = #p::describe!(__describer, #ty, #payload); #p::Describer::argument(__describer, __type); })
    });
    let streams = method.streams().map(|(_, of)| {
        let (p, items) = (private_at(service, blamed(of)), items(service, of));
        quote_spanned!(blamed(of)=> { let __type = #p::describe!(__describer, #items); #p::Describer::argument_stream(__describer, __type); })
    });
    let (ok, err) = sides(service, &method.output);
    let outcome = match &method.stream {
        Some(stream) => {
            let of = &stream.items;
            let (p, items) = (private_at(service, blamed(of)), items(service, of));
            quote_spanned!(blamed(of)=> { let __type = #p::describe!(__describer, #items); #p::Describer::result_stream(__describer, __type); })
        }
        None => {
            let span = place(&ok);
            let (p, payload) = (private_at(service, span), payload(service, &ok, span));
            quote_spanned!(span=> { let __type = #p::describe!(__describer, #ok, #payload); #p::Describer::value(__describer, __type); })
        }
    };
    let error = err.map(|err| {
        let span = place(&err);
        let (p, payload) = (private_at(service, span), error_payload(service, &err));
        quote_spanned!(span=> { let __type = #p::describe!(__describer, #err, #payload); #p::Describer::error(__describer, __type); })
    });
    let notes = noted(service, method);
    let notes =
        (!notes.is_empty()).then(|| code!(#p::note!(#p::Describer::descriptions(__describer), #(#notes),*);));
    code! {
        |__describer: &mut #p::Describer| { #(#arguments)* #(#streams)* #outcome #error #notes }
    }
}

/// The types that may say something of themselves.
fn noted(service: &Service, method: &Method) -> Vec<Type> {
    let forever = forever();
    let fields = method.fields().map(|argument| types::with_lifetime(&argument.ty, &forever));
    let streams =
        method.streams().map(|(_, items)| items).chain(method.stream.as_ref().map(|stream| &stream.items));
    let outcome = method.stream.is_none().then_some(&method.output);
    let errors = method.stream.is_some().then(|| sides(service, &method.output).1).flatten();
    let outputs = streams.chain(outcome).flat_map(|output| {
        let (ok, err) = sides(service, output);
        std::iter::once(ok).chain(err)
    });
    fields.chain(outputs).chain(errors).filter(|ty| !types::is_of_std(ty)).collect()
}

fn forever() -> Lifetime {
    Lifetime::new("'static", Span::call_site())
}

fn expand_argument(service: &Service, argument: &Argument) -> TokenStream {
    let p = &service.private;
    let name = &argument.wire_name.text;
    let aliases = &argument.aliases;
    let aliases = (!aliases.is_empty()).then(|| code!(.with_aliases(&[#(#aliases),*])));
    let default = argument.default.as_ref().map(|_| code!(.with_default()));
    code!(#p::ArgumentDescriptor::new(#name) #aliases #default)
}

/// An id as people compare it.
pub(super) fn id(id: u64) -> Literal {
    // Sixteen digits behind `0x` are always a literal.
    format!("0x{id:016x}").parse().unwrap_or_else(|_| Literal::u64_unsuffixed(id))
}
