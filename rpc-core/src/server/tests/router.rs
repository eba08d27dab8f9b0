use std::sync::Arc;

use crate::server::{HandlerFuture, Incoming, Router};
use crate::{MethodDescriptor, Service, ServiceDescriptor};

static A: MethodDescriptor = MethodDescriptor::new(("First", 7), ("a", 30), "");
static B: MethodDescriptor = MethodDescriptor::new(("First", 7), ("b", 10), "");
static C: MethodDescriptor = MethodDescriptor::new(("Second", 3), ("c", 20), "");
static FIRST: ServiceDescriptor = ServiceDescriptor::new("First", 7, "", &[&A, &B]);
static SECOND: ServiceDescriptor = ServiceDescriptor::new("Second", 3, "", &[&C]);

struct Unserved(&'static ServiceDescriptor);

impl Service for Unserved {
    fn descriptor(&self) -> &'static ServiceDescriptor {
        self.0
    }

    fn dispatch(&self, incoming: Incoming) -> HandlerFuture {
        incoming.unknown_method()
    }
}

#[test]
fn methods_are_found_by_their_ids_alone() {
    let router = Router::new(vec![Arc::new(Unserved(&FIRST)), Arc::new(Unserved(&SECOND))]).unwrap();
    for method in [&A, &B, &C] {
        let route = router.route_by_id(method.id).unwrap();
        assert!(std::ptr::eq(route.method, method));
        assert!(router.slow_polls(route).is_some());
    }
    for id in [0, 9, 15, 25, u64::MAX] {
        assert!(router.route_by_id(id).is_none());
    }
    assert!(Router::default().route_by_id(10).is_none());
}
