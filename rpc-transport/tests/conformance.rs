//! The conformance suite on every transport of this crate.

#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rpc_core::{Endpoint, Transport};
use rpc_transport::conformance::Subject;
use rpc_transport::faulty::{Faults, FaultyTransport};
use rpc_transport::{MemTransport, transport_conformance};

fn endpoint(text: &str) -> Endpoint {
    text.parse().unwrap()
}

/// A number that nothing else in this process or in another test process has.
fn unique() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

fn mem_with(transport: Arc<dyn Transport>) -> Subject {
    Subject::new(transport, || endpoint("mem://")).invalid(endpoint("mem://calc?size=3"))
}

transport_conformance!(mem, mem_with(Arc::new(MemTransport)));
transport_conformance!(mem_by_name, {
    Subject::new(Arc::new(MemTransport), || endpoint(&format!("mem://conformance-{}", unique())))
});
transport_conformance!(mem_with_faults, {
    let faults = Faults::random(1, 4096);
    mem_with(Arc::new(FaultyTransport::new(Arc::new(MemTransport), faults)))
});
transport_conformance!(registry, {
    Subject::new(Arc::new(rpc_transport::TransportRegistry::default()), || endpoint("mem://"))
        .invalid(endpoint("nothing://x"))
});

#[cfg(feature = "tcp")]
mod over_tcp {
    use super::*;
    use rpc_transport::TcpTransport;

    /// Each case has an address of its own where the system has many, so that a port that one case has freed is not
    /// taken by another one that runs at the same time.
    fn subject() -> Subject {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let address = if cfg!(target_os = "linux") {
            let process = std::process::id();
            format!("tcp://127.{}.{}.{}:0", 1 + process % 250, 1 + (process / 250) % 250, 1 + number % 250)
        } else {
            "tcp://127.0.0.1:0".to_owned()
        };
        [
            "tcp://",
            "tcp://127.0.0.1",
            "tcp://:9090",
            "tcp://127.0.0.1:",
            "tcp://127.0.0.1:port",
            "tcp://127.0.0.1:65536",
            "tcp://127.0.0.1:-1",
            "tcp://127.0.0.1:+1",
            "tcp://127.0.0.1:9090/path",
            "tcp://::1:9090",
            "tcp://::1",
            "tcp://[::1]",
            "tcp://[::1",
            "tcp://[name]:9090",
            "tcp://two words:9090",
            "tcp://user@host:9090",
        ]
        .into_iter()
        .fold(Subject::new(Arc::new(TcpTransport), move || endpoint(&address)), |subject, wrong| {
            subject.invalid(endpoint(wrong))
        })
    }

    transport_conformance!(tcp, subject());
}

#[cfg(all(feature = "unix", unix))]
mod over_unix {
    use super::*;
    use rpc_transport::UnixTransport;

    fn subject(form: fn(&str) -> String) -> Subject {
        ["unix://", "unix://relative.sock", "unix://./x.sock", "unix:///", "unix:///run/", "unix://@"]
            .into_iter()
            .fold(
                Subject::new(Arc::new(UnixTransport), move || endpoint(&form(&unique()))),
                |subject, wrong| subject.invalid(endpoint(wrong)),
            )
            .invalid(Endpoint::new("unix", format!("/{}", "x".repeat(200))))
            .invalid(Endpoint::new("unix", "/with\0nul"))
    }

    transport_conformance!(
        unix,
        subject(|unique| {
            let path = std::env::temp_dir().join(format!("farcall-{unique}.sock"));
            format!("unix://{}", path.display())
        })
    );

    #[cfg(any(target_os = "linux", target_os = "android"))]
    transport_conformance!(abstract_unix, subject(|unique| format!("unix://@farcall-{unique}")));
}
