use super::{CallError, Code, ErrorDetail, Executed, Fault, RpcError};

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

#[test]
fn it_is_shown_in_one_line_of_bounded_length() {
    let forged = "gone\r\n2026-01-01 INFO all is well\u{1b}[2J\u{202e}\u{2028}\u{9b}x";
    let error = RpcError::new(Code::NotFound, forged);
    let shown = r"not found: gone\r\n2026-01-01 INFO all is well\u{1b}[2J\u{202e}\u{2028}\u{9b}x";
    assert_eq!((error.to_string().as_str(), error.message()), (shown, forged));
    let call: CallError<String> = error.into();
    assert_eq!(call.to_string(), shown);

    let error = RpcError::new(Code::NotFound, "ä".repeat(3_000));
    assert_eq!(error.to_string(), format!("not found: {}… (1904 more bytes)", "ä".repeat(2_048)));
    let whole = RpcError::new(Code::NotFound, "ä".repeat(2_048));
    assert_eq!(whole.to_string(), format!("not found: {}", "ä".repeat(2_048)));
}
