use crate::ordering;
use std::sync::Arc;

use super::handler::HandlerFuture;
use super::service::{Incoming, Service};
use super::slow_polls::SlowPolls;
use crate::generated::{MethodDescriptor, ServiceDescriptor};
use crate::{Code, Executed, Fault, RpcError};

/// The services of one side, by id.
#[derive(Default)]
pub struct Router {
    /// Sorted by service id.
    services: Vec<Entry>,
    /// Of all services; sorted by method id, and then by position of the service.
    methods: Vec<(u64, usize)>,
}

struct Entry {
    service: Arc<dyn Service>,
    descriptor: &'static ServiceDescriptor,
    /// Sorted by method id.
    methods: Vec<(u64, &'static MethodDescriptor)>,
    /// By the same positions: how often a handler held its connection up.
    slow: Vec<SlowPolls>,
}

/// A method of a service here.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    service: usize,
    position: usize,
    pub(crate) method: &'static MethodDescriptor,
}

/// Their ids take half of the longest hello.
const MAX_SERVICES: usize = 1_024;

impl Router {
    /// Takes the services that share a port.
    ///
    /// # Errors
    ///
    /// A service that was added twice, or two ids that collide: both are named. More than 1,024 services: their ids are
    /// all in the hello, which has at most 16 KiB.
    pub fn new(services: Vec<Arc<dyn Service>>) -> Result<Self, RpcError> {
        if services.len() > MAX_SERVICES {
            return Err(misuse(format!(
                "{} services share a port, but may be {MAX_SERVICES} at most: serve the rest on another",
                services.len()
            )));
        }
        let mut router = Self { services: Vec::with_capacity(services.len()), methods: Vec::new() };
        for service in services {
            let descriptor = service.descriptor();
            let methods = by_id(descriptor.methods);
            for (_, method) in &methods {
                // Now, and not when the first call of it comes: it runs code of the user's.
                if let Some(problem) = method.problem() {
                    return Err(misuse(problem));
                }
            }
            for (one, other) in methods.iter().zip(methods.iter().skip(1)) {
                if one.0 == other.0 {
                    return Err(collision("methods", "rpc", one.1, other.1));
                }
            }
            match router.services.binary_search_by_key(&descriptor.id, |entry| entry.descriptor.id) {
                Ok(at) => {
                    let known = router.services.get(at).map_or(descriptor, |entry| entry.descriptor);
                    return Err(if std::ptr::eq(known, descriptor) {
                        misuse(format!("the service `{}` was added twice: add it once", descriptor.name))
                    } else {
                        collision("services", "rpc_service", known.name, descriptor.name)
                    });
                }
                Err(at) => {
                    let slow = methods.iter().map(|_| SlowPolls::default()).collect();
                    router.services.insert(at, Entry { service, descriptor, methods, slow });
                }
            }
        }
        for (service, entry) in router.services.iter().enumerate() {
            router.methods.extend(entry.methods.iter().map(|(id, _)| (*id, service)));
        }
        router.methods.sort_unstable();
        Ok(router)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = u64> {
        self.services.iter().map(|entry| entry.descriptor.id)
    }

    pub(crate) fn service(&self, id: u64) -> Option<usize> {
        self.services.binary_search_by_key(&id, |entry| entry.descriptor.id).ok()
    }

    pub(crate) fn route(&self, service: usize, id: u64) -> Option<Route> {
        let methods = &self.services.get(service)?.methods;
        let position = methods.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        methods.get(position).map(|(_, method)| Route { service, position, method })
    }

    /// The method with this id, in whatever service.
    pub(crate) fn route_by_id(&self, id: u64) -> Option<Route> {
        let first = self.methods.partition_point(|(known, _)| *known < id);
        let (_, service) = self.methods.get(first).filter(|(known, _)| *known == id)?;
        self.route(*service, id)
    }

    pub(crate) fn dispatch(&self, route: Route, incoming: Incoming) -> Option<HandlerFuture> {
        Some(self.services.get(route.service)?.service.dispatch(incoming))
    }

    /// How the first polls of this method's handlers went.
    pub(crate) fn slow_polls(&self, route: Route) -> Option<&SlowPolls> {
        self.services.get(route.service)?.slow.get(route.position)
    }
}

impl std::fmt::Debug for Router {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.services.iter().map(|entry| entry.descriptor.name)).finish()
    }
}

fn by_id(methods: &[&'static MethodDescriptor]) -> Vec<(u64, &'static MethodDescriptor)> {
    let order = ordering::positions(methods.iter().map(|method| method.id));
    order.into_iter().filter_map(|place| methods.get(place)).map(|method| (method.id, *method)).collect()
}

fn collision(
    what: &str,
    attribute: &str,
    one: impl std::fmt::Display,
    other: impl std::fmt::Display,
) -> RpcError {
    misuse(format!(
        "the {what} `{one}` and `{other}` have the same id on the wire: give one another name with \
         `#[{attribute}(name = \"…\")]`"
    ))
}

fn misuse(text: String) -> RpcError {
    RpcError::new(Code::InvalidArgument, text).with_executed(Executed::No).with_fault(Fault::Caller)
}
