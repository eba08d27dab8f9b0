//! What the end-to-end tests share.

mod cutter;
mod drive;
mod flow;
mod flow_pair;
mod gauge;
mod links;
mod net;
mod probe;
mod random;
mod within;
mod work;

pub(crate) use cutter::Cutter;
pub(crate) use drive::{Hand, park_on};
pub(crate) use flow::{FlowBlockingClient, FlowClient, FlowError, FlowServer, Fragile, Mill, drip, hesitant};
pub(crate) use flow_pair::{FlowPair, asked, drain, flows, whole};
pub(crate) use gauge::Gauge;
pub(crate) use links::{Valve, Watched};
pub(crate) use net::{Net, Pair};
pub(crate) use probe::{
    Place, ProbeClient, ProbeError, ProbeRequest, ProbeServer, Prober, Probing, Sight, pass, places,
};
pub(crate) use random::Random;
pub(crate) use within::{within, within_blocking};
pub(crate) use work::{Desk, WorkBlockingClient, WorkClient, WorkError, WorkServer, Worker};

/// Makes tests out of functions that take a [`Net`]: for each one a module, with a test for each named kind.
macro_rules! over {
    ($nets:tt { $($test:ident;)+ }) => { $( $crate::support::over!(@test $test $nets); )+ };
    (@test $test:ident [$($net:ident)+]) => {
        mod $test { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $net() {
                $crate::support::within(super::$test($crate::support::Net::$net())).await;
            }
        )+ }
    };
    // All of them.
    ($tests:tt) => { $crate::support::over!([mem tcp unix abstract_unix faulty_mem faulty_tcp sharded_tcp] $tests); };
}
pub(crate) use over;
