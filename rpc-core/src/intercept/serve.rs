//! Interceptors around a service.

use std::sync::Arc;
use std::time::Instant;

use super::handler::Handler;
use super::{Interceptor, Interceptors, Origin, Request, Terminal};
use crate::clock;
use crate::generated::ServiceDescriptor;
use crate::server::{HandlerFuture, Incoming, Reply, Service};

/// A service with interceptors around every call: what [`Service::intercept`] makes.
pub struct Intercepted {
    service: Arc<dyn Service>,
    interceptors: Interceptors,
}

impl Intercepted {
    pub(crate) fn new(service: Arc<dyn Service>, interceptors: Interceptors) -> Self {
        Self { service, interceptors }
    }
}

impl Service for Intercepted {
    fn descriptor(&self) -> &'static ServiceDescriptor {
        self.service.descriptor()
    }

    fn dispatch(&self, incoming: Incoming) -> HandlerFuture {
        let (service, interceptors) = (Arc::clone(&self.service), self.interceptors.clone());
        // Not at the first poll: in between, the call may wait for a thread.
        let arrived = clock::now();
        incoming.run_around(move |incoming| serve(service, interceptors, incoming, arrived))
    }

    /// One more, further in than those that are there.
    fn intercept(self, interceptor: impl Interceptor) -> Self {
        let interceptors = self.interceptors.with(interceptor);
        Self { interceptors, ..self }
    }
}

impl std::fmt::Debug for Intercepted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} behind {:?}", self.service.descriptor().name, self.interceptors)
    }
}

async fn serve(
    service: Arc<dyn Service>,
    interceptors: Interceptors,
    incoming: Incoming,
    arrived: Instant,
) -> Reply {
    let (method, thread) = (incoming.method, incoming.thread.clone());
    let request = request(&incoming, arrived);
    let handler = Arc::new(Handler::default());
    let terminal: Terminal = {
        let handler = Arc::clone(&handler);
        Box::new(move |request| handler.run(service, incoming, request))
    };
    let result = interceptors.run(request, terminal).await;
    if let Some(thread) = thread {
        // They may have dropped it, but the call keeps its place for as long as it takes a thread.
        thread.left().await;
    }
    handler.reply(method, result)
}

fn request(incoming: &Incoming, arrived: Instant) -> Request {
    let Incoming { method, codec, limits, body, context, .. } = incoming;
    let origin = Origin {
        method,
        codec: *codec,
        limits: *limits,
        peer: context.peer_address().map(Arc::from),
        context: Some(context.clone()),
        arrived,
    };
    Request::from_parts(origin, context.metadata().clone(), context.deadline(), body.clone().into())
}
