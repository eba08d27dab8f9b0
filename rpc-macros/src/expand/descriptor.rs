//! The descriptor: statics within the anonymous constant.

use proc_macro2::{Literal, TokenStream};

use super::parts::descriptor_name;
use crate::model::{Argument, Method, Service};

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
    code! {
        #(#cfgs)*
        static #descriptor: #p::MethodDescriptor =
            #p::MethodDescriptor::new((#service_name, #service_id), (#name, #id), #docs)
                .with_variant(#variant, #index)
                #arguments #streams #timeout #idempotent #detached #blocking #spawn;
    }
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
