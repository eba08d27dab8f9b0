use std::task::Waker;

use futures::{StreamExt, stream};

use super::{GREET, ReplyStatus, error, incoming, ready, with_result};
use crate::proto::ResultEvent;
use crate::stream::{Credit, items_value};
use crate::wire::{MetadataRef, decode_metadata};
use crate::{Code, Context};

#[test]
fn what_a_handler_sets_goes_with_its_answer() {
    let mut handler = incoming(&GREET, None).run(|incoming| async move {
        incoming.context().set_reply_metadata("cache", "hit");
        Context::current().set_reply_metadata("age", vec![7]);
        incoming.reply_value(crate::__payload!(u8), 1_u8)
    });
    let reply = ready(&mut handler);
    assert_eq!((reply.status, &reply.body[..]), (ReplyStatus::Value, &[1][..]));
    let metadata = decode_metadata(&reply.metadata, 8 << 10).unwrap();
    assert_eq!(metadata, [("cache", MetadataRef::Text("hit")), ("age", MetadataRef::Binary(&[7]))]);
}

#[test]
fn what_was_set_further_out_comes_behind_it() {
    let mut handler = incoming(&GREET, None).run(|incoming| async move {
        let context = incoming.context().clone();
        let inner = incoming.run(|incoming| async move {
            incoming.context().set_reply_metadata("inner", "1");
            incoming.reply_value(crate::__payload!(u8), 1_u8)
        });
        let reply = inner.await;
        context.set_reply_metadata("outer", "2");
        reply
    });
    let reply = ready(&mut handler);
    let metadata = decode_metadata(&reply.metadata, 8 << 10).unwrap();
    assert_eq!(metadata, [("inner", MetadataRef::Text("1")), ("outer", MetadataRef::Text("2"))]);
}

#[test]
fn metadata_that_cannot_be_sent_fails_the_call() {
    for (key, value, code) in
        [("long", "x".repeat(8 << 10), Code::ResourceExhausted), ("Upper", String::new(), Code::Internal)]
    {
        let mut handler = incoming(&GREET, None).run(move |incoming| async move {
            incoming.context().set_reply_metadata(key, value);
            incoming.reply_value(crate::__payload!(u8), 1_u8)
        });
        let reply = ready(&mut handler);
        assert_eq!(error(&reply).code(), code);
        assert!(reply.metadata.is_empty());
    }
    let mut handler = incoming(&GREET, None).run(|incoming| async move {
        (0..129).for_each(|number| incoming.context().set_reply_metadata(format!("k{number}"), ""));
        incoming.reply_value(crate::__payload!(u8), 1_u8)
    });
    assert_eq!(error(&ready(&mut handler)).code(), Code::ResourceExhausted);
}

#[test]
fn that_of_a_stream_goes_with_its_opening() {
    let (incoming, source) = with_result();
    let mut handler = incoming.run(|incoming| async move {
        let context = incoming.context().clone();
        context.set_reply_metadata("page", "1");
        let late = stream::iter([1]).inspect(move |_| context.set_reply_metadata("late", "2"));
        incoming.reply_stream(items_value::<u8, _>(crate::__payload!(u8)), late).await
    });
    let reply = ready(&mut handler);
    assert!(reply.metadata.is_empty() && reply.status == ReplyStatus::Value);
    let Some(ResultEvent::Opened(Some(metadata))) = source.poll_result(Waker::noop(), Credit::default())
    else {
        panic!("not opened")
    };
    assert_eq!((metadata.text("page"), metadata.text("late")), (Some("1"), None));
}

#[test]
fn metadata_that_cannot_be_sent_leaves_a_stream_unopened() {
    let (incoming, source) = with_result();
    let mut handler = incoming.run(|incoming| async move {
        incoming.context().set_reply_metadata("long", "x".repeat(8 << 10));
        let never = stream::pending::<u8>();
        incoming.reply_stream(items_value::<u8, _>(crate::__payload!(u8)), never).await
    });
    assert_eq!(error(&ready(&mut handler)).code(), Code::ResourceExhausted);
    assert!(source.poll_result(Waker::noop(), Credit::default()).is_none());
}
