#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::io::ErrorKind;

use super::*;

fn endpoint(text: &str) -> Endpoint {
    text.parse().unwrap()
}

#[test]
fn an_unknown_scheme_is_told_with_the_known_ones() {
    let registry = TransportRegistry::default();
    let error = registry.get(&endpoint("tpc://127.0.0.1:9090")).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let known = registry.schemes().join(", ");
    assert_eq!(
        error.to_string(),
        format!("unknown transport `tpc` in `tpc://127.0.0.1:9090`: known are {known}")
    );
    #[cfg(all(feature = "tcp", feature = "unix", unix))]
    assert_eq!(known, "mem, tcp, unix");
}

#[test]
fn the_transport_of_the_scheme_checks_an_endpoint() {
    let registry = TransportRegistry::default();
    assert!(registry.check_listen(&endpoint("mem://")).is_ok());
    assert!(registry.check_connect(&endpoint("mem://x")).is_ok());
    for wrong in ["mem://", "mem://x?y=1", "tpc://x"] {
        let error = registry.check_connect(&endpoint(wrong)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{wrong}");
    }
    assert!(registry.check_listen(&endpoint("tpc://x")).is_err());
}

#[test]
fn an_empty_registry_says_so() {
    let error = TransportRegistry::empty().get(&endpoint("mem://x")).err().unwrap();
    assert_eq!(error.to_string(), "unknown transport `mem` in `mem://x`: none is registered");
}

#[cfg(not(feature = "tcp"))]
#[test]
fn a_scheme_whose_feature_is_off_says_which_one() {
    let error = TransportRegistry::default().get(&endpoint("tcp://h:1")).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert_eq!(
        error.to_string(),
        "the transport `tcp` in `tcp://h:1` is not in this program: enable the feature `tcp` of `farcall`"
    );
}

#[test]
fn a_scheme_is_replaced_only_when_asked_for() {
    let registry = TransportRegistry::default();
    let error = registry.register("mem", Arc::new(MemTransport)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    assert!(registry.replace("mem", Arc::new(MemTransport)).unwrap().is_some());
    assert!(registry.replace("rot13", Arc::new(MemTransport)).unwrap().is_none());
    assert!(registry.register("rot13", Arc::new(MemTransport)).is_err());
}

#[test]
fn a_scheme_that_no_endpoint_can_have_is_refused() {
    for scheme in ["", "TCP", "1st", "a b", "a://b", "a?", "mem://x?y=1"] {
        let error = TransportRegistry::empty().register(scheme, Arc::new(MemTransport)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "`{scheme}`");
    }
}

#[tokio::test]
async fn a_scheme_of_the_user_is_known_to_the_whole_process() {
    TransportRegistry::global().register("registry-test", Arc::new(MemTransport)).unwrap();
    let listener = TransportRegistry::global().listen(&endpoint("registry-test://global")).await.unwrap();
    TransportRegistry::global().connect(&endpoint("registry-test://global")).await.unwrap();
    drop(listener);
}

#[tokio::test]
async fn an_unknown_parameter_is_named() {
    let error =
        TransportRegistry::default().connect(&endpoint("mem://x?foo=1&codec=json")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the transport `mem` does not know the parameter `foo` of `mem://x?codec=json&foo=1`: it knows `codec`"
    );
}
