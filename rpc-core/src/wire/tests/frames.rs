use crate::wire::{
    Bind, Call, Chunk, ChunkOf, Close, CloseCode, End, EndStatus, Frame, Item, ItemOf, MAX_INDEX, MethodRef,
    Reply, ReplyStatus, WireErrorKind, encode_call_head, encode_chunk_head, encode_end_head,
    encode_item_head, encode_reply_head,
};

fn encoded(frame: &Frame<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    frame.encode(&mut out);
    out
}

const CALL: Call<'_> = Call {
    place: 1,
    method: MethodRef::Index(2),
    detached: false,
    timeout: None,
    metadata: &[],
    total: None,
    body: &[],
};

#[test]
fn a_head_and_a_body_behind_it_are_the_frame() {
    let body = vec![7; 70_000];
    for length in [0, 1, 120, 121, 122, 123, 124, 125, 126, 127, 128, 16_377, 16_378, 16_384, 70_000] {
        let body = &body[..length];
        // Behind something else, as in a queue of frames.
        let mut head = vec![0xee];
        encode_call_head(&CALL, body.len(), &mut head);
        assert_eq!([&head[1..], body].concat(), encoded(&Frame::Call(Call { body, ..CALL })));

        let reply = Reply { place: 1, status: ReplyStatus::Value, metadata: &[1, 2], total: None, body: &[] };
        let mut head = vec![0xee];
        encode_reply_head(&reply, body.len(), &mut head);
        assert_eq!([&head[1..], body].concat(), encoded(&Frame::Reply(Reply { body, ..reply })));

        let chunk = Chunk { place: 300, data: body };
        for (of, frame) in
            [(ChunkOf::Call, Frame::CallChunk(chunk)), (ChunkOf::Reply, Frame::ReplyChunk(chunk))]
        {
            let mut head = vec![0xee];
            encode_chunk_head(of, 300, body.len(), &mut head);
            assert_eq!([&head[1..], body].concat(), encoded(&frame));
        }

        let item = Item { place: 300, more: true, data: body };
        let end = End { place: 300, status: EndStatus::AppError, body };
        for (of, item_frame, end_frame) in [
            (ItemOf::Call(200), Frame::CallItem { stream: 200, item }, Frame::CallEnd { stream: 200, end }),
            (ItemOf::Reply, Frame::ReplyItem(item), Frame::ReplyEnd(end)),
        ] {
            let mut head = vec![0xee];
            encode_item_head(of, 300, true, body.len(), &mut head);
            assert_eq!([&head[1..], body].concat(), encoded(&item_frame));
            let mut head = vec![0xee];
            encode_end_head(of, 300, EndStatus::AppError, body.len(), &mut head);
            assert_eq!([&head[1..], body].concat(), encoded(&end_frame));
        }
    }
}

#[test]
fn a_small_call_costs_five_bytes_and_its_arguments() {
    assert_eq!(encoded(&Frame::Call(Call { body: &[20, 30], ..CALL })).len(), 5 + 2);
}

#[test]
fn every_place_up_to_the_highest_and_none_above() {
    for place in [0, 1, 127, 128, 65_535, MAX_INDEX] {
        let bytes = encoded(&Frame::Cancel { place });
        assert_eq!(Frame::decode(&bytes[1..]), Ok(Frame::Cancel { place }));
    }
    for place in [MAX_INDEX + 1, u32::MAX] {
        let bytes = encoded(&Frame::Cancel { place });
        let error = Frame::decode(&bytes[1..]).unwrap_err();
        assert_eq!(error.close_code(), CloseCode::Malformed);
        assert_eq!(
            error.to_string(),
            format!("the place in a Cancel frame is {place}, but may be 2147483647 at most")
        );
    }
}

#[test]
fn every_timeout_is_taken_as_it_is() {
    for timeout in [0, 1, u64::from(u32::MAX), u64::MAX] {
        let call = Frame::Call(Call { timeout: Some(timeout), ..CALL });
        assert_eq!(Frame::decode(&encoded(&call)[1..]), Ok(call));
    }
}

#[test]
fn unknown_flags_are_refused_one_by_one() {
    let flags_of = |kind: u8, flags: u8| {
        // Enough zeros for every field that a flag may announce; then the frame may be wrong in another way.
        let bytes = [&[kind, 0, flags][..], &[0; 16]].concat();
        match Frame::decode(&bytes) {
            Err(error) => !matches!(error.kind(), WireErrorKind::Unknown { what: "flags", .. }),
            Ok(_) => true,
        }
    };
    let known = |kind| (0..=255).filter(|flags| flags_of(kind, *flags)).count();
    assert_eq!(known(0x01), 32, "five flags of a Call");
    assert_eq!(known(0x11), 64, "a status of four bits and two flags of a Reply");
    assert_eq!(known(0x15), 2, "one flag of an item");
}

#[test]
fn a_frame_without_body_is_wrong_at_every_other_length() {
    let bind = Bind {
        service: 1,
        codec: 1,
        base: 0,
        methods: vec![1, 2],
        fingerprint: 3,
        signatures: vec![4, 5],
        compared: true,
    };
    for frame in [Frame::Bind(bind), Frame::Drain { step: 2, last: 300 }, Frame::Ping([1; 8])] {
        let bytes = encoded(&frame);
        for cut in 1..bytes.len() - 1 {
            assert!(Frame::decode(&bytes[1..=cut]).is_err(), "{frame:?} cut to {cut} bytes");
        }
        let longer = [&bytes[1..], &[0]].concat();
        let error = Frame::decode(&longer).unwrap_err();
        assert!(matches!(error.kind(), WireErrorKind::LeftOver { count: 1, .. }), "{error}");
    }
}

#[test]
fn signatures_are_as_many_as_methods_whatever_was_given() {
    let bind = Bind {
        service: 1,
        codec: 1,
        base: 0,
        methods: vec![1, 2],
        fingerprint: 0,
        signatures: vec![4],
        compared: false,
    };
    let bytes = encoded(&Frame::Bind(bind.clone()));
    assert_eq!(Frame::decode(&bytes[1..]), Ok(Frame::Bind(Bind { signatures: vec![4, 0], ..bind })));
}

#[test]
fn the_text_of_a_close_is_cut_between_two_characters() {
    let text = "é".repeat(600);
    let bytes = encoded(&Frame::Close(Close::new(CloseCode::Malformed, &text)));
    let Ok(Frame::Close(close)) = Frame::decode(&bytes[2..]) else { panic!("not a Close") };
    assert_eq!(close.reason(), CloseCode::Malformed);
    assert_eq!(close.text, "é".repeat(512));

    let odd = format!("a{text}");
    assert_eq!(Close::new(CloseCode::Done, &odd).text.len(), 1_023);
}
