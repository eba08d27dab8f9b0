//! What is measured: each peer does the same work, in a file or a folder of its own, against one contract.

mod all;
#[cfg(feature = "capnp-rpc")]
mod capnp_rpc;
mod contestant;
mod farcall;
#[cfg(feature = "irpc")]
mod irpc;
#[cfg(feature = "jsonrpsee")]
mod jsonrpsee;
mod multiplexer;
mod peer;
mod raw_echo;
#[cfg(feature = "remoc")]
mod remoc;
mod tarpc;
#[cfg(feature = "tonic")]
mod tonic;
#[cfg(feature = "volo-thrift")]
mod volo_thrift;
#[cfg(feature = "vox")]
mod vox;

#[cfg(feature = "capnp-rpc")]
pub use self::capnp_rpc::CapnpRpc;
#[cfg(feature = "irpc")]
pub use self::irpc::Irpc;
#[cfg(feature = "jsonrpsee")]
pub use self::jsonrpsee::Jsonrpsee;
#[cfg(feature = "remoc")]
pub use self::remoc::Remoc;
pub use self::tarpc::Tarpc;
#[cfg(feature = "tonic")]
pub use self::tonic::Tonic;
#[cfg(feature = "volo-thrift")]
pub use self::volo_thrift::{VoloThrift, VoloThriftPooled};
#[cfg(feature = "vox")]
pub use self::vox::Vox;
pub use all::all;
pub use contestant::Contestant;
pub use farcall::{FarcallMem, FarcallTcp, FarcallUnix};
pub use multiplexer::Multiplexer;
pub use peer::{Ability, Client, Peer};
pub use raw_echo::RawEcho;
