//! Running cases by name.

use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;

use super::{Subject, cancelling, closing, listening, many, transfer, wakers};

/// After this long a case counts as hanging.
pub const HANG_GUARD: Duration = Duration::from_secs(30);

/// One test of a transport.
pub struct Case {
    /// Its name, the same as that of the test function.
    pub name: &'static str,
    run: for<'a> fn(&'a Subject) -> BoxFuture<'a, ()>,
}

impl Case {
    /// Runs this case within [`HANG_GUARD`], inside a tokio runtime with I/O and time enabled.
    ///
    /// # Panics
    ///
    /// When the transport breaks the contract.
    pub async fn run(&self, subject: &Subject) {
        let ended = tokio::time::timeout(HANG_GUARD, (self.run)(subject)).await;
        assert!(ended.is_ok(), "the case `{}` hangs", self.name);
    }
}

/// All cases.
pub fn cases() -> Vec<Case> {
    crate::__conformance_cases! { __conformance_table }
}

#[doc(hidden)]
#[macro_export]
macro_rules! __conformance_table {
    ($($group:ident { $($case:ident)* })*) => {
        vec![$($(Case { name: stringify!($case), run: |subject| $group::$case(subject).boxed() },)*)*]
    };
}

/// Runs every case, one after the other, inside a tokio runtime with I/O and time enabled.
///
/// # Panics
///
/// When the transport breaks the contract.
pub async fn run(subject: &Subject) {
    for case in cases() {
        case.run(subject).await;
    }
}

/// Runs the case of this name in a runtime of its own: the body of each test that
/// [`transport_conformance!`](crate::transport_conformance) makes.
///
/// # Panics
///
/// When the transport breaks the contract, or when there is no case of this name.
pub fn run_case(name: &str, subject: Subject) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a runtime for the test");
    let case = cases().into_iter().find(|case| case.name == name).expect("a case of this name");
    runtime.block_on(case.run(&subject));
}
