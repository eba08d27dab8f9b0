//! Makes the code of the peers whose interface is not a Rust trait, in the folder `generated` of each:
//!
//! `cargo run --manifest-path benches/generate/Cargo.toml`, with the `capnp` compiler (Debian: `capnproto` and
//! `libcapnp-dev`) on the `PATH`.

use std::env;
use std::path::Path;

use tonic_build::manual;

fn main() {
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/peers");
    let peers = peers.canonicalize().expect("the peers");
    capnp_rpc(&peers.join("capnp_rpc"));
    tonic(&peers.join("tonic"));
    volo_thrift(&peers.join("volo_thrift"));
}

fn capnp_rpc(folder: &Path) {
    capnpc::CompilerCommand::new()
        .src_prefix(folder)
        .file(folder.join("bench.capnp"))
        .default_parent_module(vec!["peers".to_owned(), "capnp_rpc".to_owned()])
        .output_path(folder.join("generated"))
        .run()
        .expect("a schema");
}

/// From a description in Rust, which needs no `protoc`; the messages are written by hand.
fn tonic(folder: &Path) {
    let method = |name: &str, route: &str, input: &str, output: &str| {
        manual::Method::builder()
            .name(name)
            .route_name(route)
            .input_type(format!("super::super::{input}"))
            .output_type(format!("super::super::{output}"))
            .codec_path("tonic_prost::ProstCodec")
    };
    let service = manual::Service::builder()
        .name("Bench")
        .package("bench")
        .method(method("add", "Add", "Addends", "Sum").build())
        .method(method("echo", "Echo", "Payload", "Payload").build())
        .method(method("count", "Count", "Count", "Item").server_streaming().build())
        .build();
    manual::Builder::new().out_dir(folder.join("generated")).compile(&[service]);
}

fn volo_thrift(folder: &Path) {
    volo_build::Builder::thrift()
        .add_service(folder.join("bench.thrift"))
        .out_dir(folder.join("generated"))
        .filename("volo_gen.rs".into())
        .write()
        .expect("an interface definition");
}
