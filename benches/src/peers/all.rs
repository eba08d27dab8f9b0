use std::marker::PhantomData;

use super::contestant::Entry;
use super::{Contestant, FarcallMem, FarcallTcp, FarcallUnix, Multiplexer, Peer, RawEcho, Tarpc};

/// In the order of the reports.
pub fn all() -> Vec<Box<dyn Contestant>> {
    vec![
        entry::<RawEcho>(),
        entry::<Multiplexer>(),
        entry::<FarcallTcp>(),
        entry::<FarcallUnix>(),
        entry::<FarcallMem>(),
        entry::<Tarpc>(),
        #[cfg(feature = "irpc")]
        entry::<super::Irpc>(),
        #[cfg(feature = "capnp-rpc")]
        entry::<super::CapnpRpc>(),
        #[cfg(feature = "volo-thrift")]
        entry::<super::VoloThrift>(),
        #[cfg(feature = "volo-thrift")]
        entry::<super::VoloThriftPooled>(),
        #[cfg(feature = "jsonrpsee")]
        entry::<super::Jsonrpsee>(),
        #[cfg(feature = "tonic")]
        entry::<super::Tonic>(),
        #[cfg(feature = "vox")]
        entry::<super::Vox>(),
        #[cfg(feature = "remoc")]
        entry::<super::Remoc>(),
    ]
}

fn entry<P: Peer>() -> Box<dyn Contestant> {
    Box::new(Entry::<P>(PhantomData))
}
