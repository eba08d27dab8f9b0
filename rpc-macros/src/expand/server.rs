//! The dispatcher: decodes, calls the handler, encodes.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::client::{blamed, payloads, sides};
use super::descriptor::id;
use super::parts::{lifetime, lints, locals, place, private_at};
use super::request_serde::error_payload;
use super::streams::items;
use crate::model::{Argument, ArgumentKind, Form, Method, OutputKind, Service};

pub(super) fn expand(service: &Service) -> TokenStream {
    let p = &service.private;
    let (cfgs, vis, name, handler) =
        (&service.cfgs, &service.item.vis, &service.names.server, &service.names.handler);
    let (trait_, request, hook) = (&service.item.ident, &service.names.request, hook(service));
    let docs = format!(" Serves an object as the service [`{trait_}`].");
    let text = name.to_string();
    let lints = lints(service);
    code! {
        #(#cfgs)*
        #[doc = #docs]
        #lints
        #vis struct #name<#handler> {
            service: #p::Arc<#handler>,
            hook: #p::core::option::Option<#hook>,
        }

        #(#cfgs)*
        #lints
        impl<#handler: #trait_ + 'static> #name<#handler> {
            /// Serves an object.
            #vis fn new(__service: #handler) -> Self {
                Self::from_arc(#p::Arc::new(__service))
            }

            /// Serves an object that others hold as well.
            #vis fn from_arc(__service: #p::Arc<#handler>) -> Self {
                Self { service: __service, hook: #p::core::option::Option::None }
            }

            /// Has every call looked at by `hook` before it reaches the object; a call that it refuses fails with its
            /// error. Takes the place of one that was there.
            #[must_use]
            #vis fn with_hook(
                self,
                __hook: impl #p::core::ops::Fn(
                    &#request<'_>,
                    &#p::Context,
                ) -> #p::core::result::Result<(), #p::RpcError>
                    + #p::core::marker::Send
                    + #p::core::marker::Sync
                    + 'static,
            ) -> Self {
                Self { service: self.service, hook: #p::core::option::Option::Some(#p::Arc::new(__hook)) }
            }
        }

        #(#cfgs)*
        #lints
        impl<#handler> #p::core::clone::Clone for #name<#handler> {
            fn clone(&self) -> Self {
                Self {
                    service: #p::core::clone::Clone::clone(&self.service),
                    hook: #p::core::clone::Clone::clone(&self.hook),
                }
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

/// The type of a hook that looks at every call.
fn hook(service: &Service) -> TokenStream {
    let (p, request) = (&service.private, &service.names.request);
    code! {
        #p::Arc<
            dyn #p::core::ops::Fn(
                &#request<'_>,
                &#p::Context,
            ) -> #p::core::result::Result<(), #p::RpcError>
                + #p::core::marker::Send
                + #p::core::marker::Sync,
        >
    }
}

/// The impl that stands beside the descriptor.
pub(super) fn dispatcher(service: &Service) -> TokenStream {
    let p = &service.private;
    let (trait_, name) = (&service.item.ident, &service.names.server);
    let (request, lifetime, hook) = (&service.names.request, lifetime(), hook(service));
    let arms = service.methods.iter().map(|method| arm(service, method));
    // A type of the user's may be called `S` and stand in the arms.
    code! {
        fn __admit<#lifetime>(
            __incoming: &#lifetime #p::Incoming,
            __hook: &#p::core::option::Option<#hook>,
        ) -> #p::core::result::Result<#request<#lifetime>, #p::Reply> {
            let __request = #p::Incoming::decode::<#request<#lifetime>>(__incoming)?;
            if let #p::core::option::Option::Some(__hook) = __hook {
                let __result = (**__hook)(&__request, #p::Incoming::context(__incoming));
                #p::Incoming::hooked(__incoming, __result)?;
            }
            #p::core::result::Result::Ok(__request)
        }

        impl<__Handler: #trait_ + 'static> #p::Service for #name<__Handler> {
            fn descriptor(&self) -> &'static #p::ServiceDescriptor {
                &__SERVICE
            }

            fn dispatch(&self, __incoming: #p::Incoming) -> #p::HandlerFuture {
                let __service = #p::core::clone::Clone::clone(&self.service);
                let __hook = #p::core::clone::Clone::clone(&self.hook);
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
    let mut streams = 0_u32..;
    let arguments = method.arguments.iter().map(|argument| match &argument.kind {
        ArgumentKind::Context => code!(#p::Incoming::context(&__incoming)),
        ArgumentKind::Stream(of) => {
            let (number, items, incoming) = (streams.next(), items(service, of), code!(&__incoming));
            let span = blamed(of);
            let p = private_at(service, span);
            quote_spanned!(span=> #p::Incoming::argument_stream(#incoming, #number, #items))
        }
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
                let (#(#locals,)*) = match __admit(&__incoming, &__hook) {
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
    let (incoming, value) = (code!(&__incoming), code!(__value));
    if let Some(stream) = &method.stream {
        let span = if method.streams_at_once() { blamed(&stream.items) } else { blamed(&method.output) };
        let p = private_at(service, span);
        let items = items(service, &stream.items);
        return match (&method.output.kind, sides(service, &method.output).1) {
            (OutputKind::Rpc { .. }, _) => {
                quote_spanned!(span=> #p::Incoming::reply_stream_rpc(#incoming, #items, #p::into_result(#value)).await)
            }
            (_, Some(err)) => {
                let error = error_payload(service, &err);
                quote_spanned!(span=> #p::Incoming::reply_stream_result(#incoming, #error, #items, #p::into_result(#value)).await)
            }
            (_, None) => quote_spanned!(span=> #p::Incoming::reply_stream(#incoming, #items, #value).await),
        };
    }
    let payloads = payloads(service, method);
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
        ArgumentKind::Context | ArgumentKind::Owned | ArgumentKind::Stream(_) => local,
        ArgumentKind::Borrowed(_) => code!(&*#local),
        ArgumentKind::OptionBorrowed(_) => code!(#p::core::option::Option::as_deref(&#local)),
        ArgumentKind::Cow(_) => code!(#p::Arg::into_cow(#local)),
    }
}
