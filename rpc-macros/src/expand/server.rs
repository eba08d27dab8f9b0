//! The dispatcher: decodes, calls the handler, encodes.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::client::payloads;
use super::descriptor::id;
use super::parts::{lints, locals, place, private_at};
use crate::model::{Argument, ArgumentKind, Form, Method, OutputKind, Service};

pub(super) fn expand(service: &Service) -> TokenStream {
    let p = &service.private;
    let (cfgs, vis, name, handler) =
        (&service.cfgs, &service.item.vis, &service.names.server, &service.names.handler);
    let trait_ = &service.item.ident;
    let docs = format!(" Serves an object as the service [`{trait_}`].");
    let text = name.to_string();
    let lints = lints(service);
    code! {
        #(#cfgs)*
        #[doc = #docs]
        #lints
        #vis struct #name<#handler> {
            service: #p::Arc<#handler>,
        }

        #(#cfgs)*
        #lints
        impl<#handler: #trait_ + 'static> #name<#handler> {
            /// Serves an object.
            #vis fn new(__service: #handler) -> Self {
                Self { service: #p::Arc::new(__service) }
            }

            /// Serves an object that others hold as well.
            #vis fn from_arc(__service: #p::Arc<#handler>) -> Self {
                Self { service: __service }
            }
        }

        #(#cfgs)*
        #lints
        impl<#handler> #p::core::clone::Clone for #name<#handler> {
            fn clone(&self) -> Self {
                Self { service: #p::core::clone::Clone::clone(&self.service) }
            }
        }

        #(#cfgs)*
        #lints
        impl<#handler> #p::core::fmt::Debug for #name<#handler> {
            fn fmt(&self, __f: &mut #p::core::fmt::Formatter<'_>) -> #p::core::fmt::Result {
                #p::core::fmt::Formatter::write_str(__f, #text)
            }
        }
    }
}

/// The impl that stands beside the descriptor.
pub(super) fn dispatcher(service: &Service) -> TokenStream {
    let p = &service.private;
    let (trait_, name) = (&service.item.ident, &service.names.server);
    let arms = service.methods.iter().map(|method| arm(service, method));
    // A type of the user's may be called `S` and stand in the arms.
    code! {
        impl<__Handler: #trait_ + 'static> #p::Service for #name<__Handler> {
            fn descriptor(&self) -> &'static #p::ServiceDescriptor {
                &__SERVICE
            }

            fn dispatch(&self, __incoming: #p::Incoming) -> #p::HandlerFuture {
                let __service = #p::core::clone::Clone::clone(&self.service);
                match #p::Incoming::method(&__incoming).id {
                    #(#arms)*
                    _ => #p::Incoming::unknown_method(__incoming),
                }
            }
        }
    }
}

fn arm(service: &Service, method: &Method) -> TokenStream {
    let p = &service.private;
    let (trait_, request) = (&service.item.ident, &service.names.request);
    let (cfgs, name, variant) = (&method.cfgs, &method.ident, &method.variant);
    let id = id(method.id);
    let locals = locals(method);
    let fields = method.fields().map(|argument| &argument.ident);
    let mut rest = locals.iter();
    let arguments = method.arguments.iter().map(|argument| match argument.kind {
        ArgumentKind::Context => code!(#p::Incoming::context(&__incoming)),
        _ => {
            let local = rest.next();
            out_of_field(service, argument, code!(#local))
        }
    });
    let handler = code!(&*__service);
    let call = quote_spanned!(place(name)=> <__Handler as #trait_>::#name(#handler, #(#arguments),*));
    let call = if method.form == Form::Plain { call } else { code!(#call.await) };
    let reply = reply(service, method);
    code! {
        #(#cfgs)*
        #id => {
            #p::Incoming::run(__incoming, move |__incoming| async move {
                let (#(#locals,)*) = match #p::Incoming::decode::<#request<'_>>(&__incoming) {
                    #p::core::result::Result::Ok(#request::#variant { #(#fields: #locals),* }) => (#(#locals,)*),
                    #p::core::result::Result::Ok(_) => return #p::Incoming::mismatch(&__incoming),
                    #p::core::result::Result::Err(__reply) => return __reply,
                };
                let __value = #call;
                #reply
            })
        }
    }
}

/// Fails on the method's result if that cannot travel, or is called `Result` and is none.
fn reply(service: &Service, method: &Method) -> TokenStream {
    let span = place(&method.output.whole);
    let p = private_at(service, span);
    let payloads = payloads(service, method);
    let (incoming, value) = (code!(&__incoming), code!(__value));
    match method.output.kind {
        OutputKind::Value => {
            quote_spanned!(span=> #p::Incoming::reply_value(#incoming, #(#payloads,)* #value))
        }
        OutputKind::Rpc { .. } => {
            quote_spanned!(span=> #p::Incoming::reply_rpc(#incoming, #(#payloads,)* #p::into_result(#value)))
        }
        OutputKind::Result { .. } | OutputKind::Alias => {
            quote_spanned!(span=> #p::Incoming::reply_result(#incoming, #(#payloads,)* #p::into_result(#value)))
        }
    }
}

fn out_of_field(service: &Service, argument: &Argument, local: TokenStream) -> TokenStream {
    let p = &service.private;
    match argument.kind {
        ArgumentKind::Context | ArgumentKind::Owned => local,
        ArgumentKind::Borrowed(_) => code!(&*#local),
        ArgumentKind::OptionBorrowed(_) => code!(#p::core::option::Option::as_deref(&#local)),
        ArgumentKind::Cow(_) => code!(#p::Arg::into_cow(#local)),
    }
}
