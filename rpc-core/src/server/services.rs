use std::sync::Arc;

use super::service::Service;

/// What shares a port: one `…Server`, or a tuple of up to eight.
pub trait Services {
    /// Them all.
    fn into_services(self) -> Vec<Arc<dyn Service>>;
}

impl<S: Service> Services for S {
    fn into_services(self) -> Vec<Arc<dyn Service>> {
        vec![Arc::new(self)]
    }
}

macro_rules! tuples {
    ($($($name:ident)+;)+) => { $(
        impl<$($name: Service),+> Services for ($($name,)+) {
            #[allow(non_snake_case, reason = "each value is named as its type")]
            fn into_services(self) -> Vec<Arc<dyn Service>> {
                let ($($name,)+) = self;
                vec![$(Arc::new($name)),+]
            }
        }
    )+ };
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}
