use super::{Code, ErrorDetail, Executed, Fault, RpcError};

#[test]
fn codes_have_the_numbers_of_grpc_and_come_back_from_them() {
    for (index, code) in Code::ALL.into_iter().enumerate() {
        assert_eq!(code as usize, index + 1);
        assert_eq!(Code::from_number(code as u8), code);
    }
    for number in [0, 17, 255] {
        assert_eq!(Code::from_number(number), Code::Unknown);
    }
}

#[test]
fn the_wire_form_keeps_code_executed_message_and_details_alone() {
    let error = RpcError::new(Code::Aborted, "try later")
        .with_executed(Executed::No)
        .with_fault(Fault::Peer)
        .with_detail("retry-after", vec![5, 0])
        .with_source(std::io::Error::other("local"));
    let text = serde_json::to_string(&error).unwrap();
    assert_eq!(
        text,
        r#"{"code":10,"executed":0,"message":"try later","details":[{"kind":"retry-after","value":[5,0]}]}"#
    );
    let back: RpcError = serde_json::from_str(&text).unwrap();
    assert_eq!(back, error);
    assert_eq!(back.fault(), Fault::Environment);
    assert!(std::error::Error::source(&back).is_none());
    assert_eq!(back.details(), [ErrorDetail { kind: "retry-after".into(), value: vec![5, 0].into() }]);
}

#[test]
fn an_executed_of_a_later_version_promises_nothing() {
    assert_eq!(serde_json::from_str::<Executed>("7").unwrap(), Executed::Maybe);
}
