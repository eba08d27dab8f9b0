//! What travels beside arguments and answers.

use futures::{StreamExt, stream};

use super::kit::*;
use crate::client::{call_value, stream as call_stream};
use crate::generated::ErrorPayload;
use crate::stream::Uploads;
use crate::{CallOptions, Context, ReplyMetadata, TraceContext};

const TRACE: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const OTHER: &str = "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// Answers with what came under the keys of a trace.
fn telling() -> Test {
    test(|incoming| async move {
        let metadata = incoming.context().metadata();
        let keys = ["traceparent", "tracestate", "secret"];
        let told = keys.map(|key| metadata.text(key).unwrap_or("-").to_owned()).join(" ");
        incoming.reply_value(SERDE, told)
    })
}

fn parent() -> Context {
    let trace = TraceContext::parse(TRACE).unwrap().with_state("a=1");
    Context::new().with_metadata("secret", "s").with_trace(&trace)
}

#[tokio::test]
async fn the_trace_of_the_current_context_goes_on_and_its_other_metadata_does_not() {
    both(telling(), async |channel| {
        let call = call_value::<_, String, _>(channel, Ask(&ADD, 0), Uploads::none(), SERDE);
        let told = Context::scope(parent(), call).await.unwrap();
        assert_eq!(told, format!("{TRACE} a=1 -"));
    })
    .await;
}

#[tokio::test]
async fn a_context_that_is_handed_on_gives_all_its_metadata() {
    both(telling(), async |channel| {
        let channel = channel.with(CallOptions::new().with_parent(&parent()));
        let told = call_value::<_, String, _>(channel, Ask(&ADD, 0), Uploads::none(), SERDE).await.unwrap();
        assert_eq!(told, format!("{TRACE} a=1 s"));
    })
    .await;
}

#[tokio::test]
async fn a_trace_that_the_call_sets_stands_alone() {
    both(telling(), async |channel| {
        let options = CallOptions::new().with_metadata("traceparent", OTHER);
        let implicit = channel.with(options.clone());
        let call = call_value::<_, String, _>(implicit, Ask(&ADD, 0), Uploads::none(), SERDE);
        assert_eq!(Context::scope(parent(), call).await.unwrap(), format!("{OTHER} - -"));
        let explicit = channel.with(options.with_parent(&parent()));
        let told = call_value::<_, String, _>(explicit, Ask(&ADD, 0), Uploads::none(), SERDE).await.unwrap();
        assert_eq!(told, format!("{OTHER} - s"));
    })
    .await;
}

/// Whoever calls a handler must not make its own calls fail.
#[tokio::test]
async fn a_trace_for_which_there_is_no_room_is_left_out() {
    let trace = |state: usize| {
        let trace = TraceContext::parse(TRACE).unwrap();
        let state =
            format!("a={},b={}", "x".repeat(state.min(256)), "y".repeat(state.saturating_sub(256).max(1)));
        Context::new().with_trace(&trace.with_state(&state))
    };
    both(telling(), async |channel| {
        for (own, told) in [(7_900, format!("{TRACE} - -")), (8_160, "- - -".to_owned())] {
            let own = CallOptions::new().with_metadata("own", "x".repeat(own));
            let call =
                call_value::<_, String, _>(channel.with(own.clone()), Ask(&ADD, 0), Uploads::none(), SERDE);
            assert_eq!(Context::scope(trace(500), call).await.as_ref(), Ok(&told));
            let handed_on = channel.with(own.with_parent(&trace(500)));
            let call = call_value::<_, String, _>(handed_on, Ask(&ADD, 0), Uploads::none(), SERDE);
            assert_eq!(call.await, Ok(told));
        }
    })
    .await;
}

#[tokio::test]
async fn more_entries_than_a_peer_takes_fail_the_call_that_has_them() {
    both(telling(), async |channel| {
        let options =
            (0..129).fold(CallOptions::new(), |all, number| all.with_metadata(format!("k{number}"), ""));
        let call = call_value::<_, String, _>(channel.with(options), Ask(&ADD, 0), Uploads::none(), SERDE);
        let error = call.await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (crate::Code::InvalidArgument, crate::Executed::No));
        assert!(error.message().contains("129 entries"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn the_metadata_of_a_reply_is_shown_and_forgotten_when_the_next_call_begins() {
    let service = test(|incoming| async move {
        if asked(&incoming) == 1 {
            incoming.context().set_reply_metadata("from", "the handler");
        }
        incoming.reply_value(SERDE, 5_u64)
    });
    both(service, async |channel| {
        let place = ReplyMetadata::new();
        let channel = channel.with(CallOptions::new().with_reply_metadata(&place));
        let call = call_value::<_, u64, _>(channel.clone(), Ask(&ADD, 1), Uploads::none(), SERDE);
        assert_eq!(call.await, Ok(5));
        assert_eq!(place.get().unwrap().text("from"), Some("the handler"));
        assert_eq!(call_value::<_, u64, _>(channel, Ask(&ADD, 0), Uploads::none(), SERDE).await, Ok(5));
        assert_eq!(place.get(), None);
    })
    .await;
}

#[tokio::test]
async fn the_metadata_of_an_error_is_shown() {
    let service = test(|incoming| async move {
        incoming.context().set_reply_metadata("from", "the handler");
        incoming.reply_result(SERDE, ErrorPayload, Err::<u64, _>("no".to_owned()))
    });
    both(service, async |channel| {
        let place = ReplyMetadata::new();
        let channel = channel.with(CallOptions::new().with_reply_metadata(&place));
        let call = crate::client::call_result::<_, u64, String, _, _>(
            channel,
            Ask(&ADD, 0),
            Uploads::none(),
            SERDE,
            ErrorPayload,
        );
        assert!(call.await.is_err());
        assert_eq!(place.get().unwrap().text("from"), Some("the handler"));
    })
    .await;
}

#[tokio::test]
async fn the_metadata_of_a_stream_is_shown_when_it_is_opened() {
    let service = test(|incoming| async move {
        incoming.context().set_reply_metadata("from", "the handler");
        incoming.reply_stream(numbers(), stream::iter([1]).chain(stream::pending())).await
    });
    both(service, async |channel| {
        let place = ReplyMetadata::new();
        let channel = channel.with(CallOptions::new().with_reply_metadata(&place));
        let mut stream = call_stream(channel, Ask(&DOWN, 0), Uploads::none(), numbers());
        assert_eq!(stream.next().await, Some(Ok(1)));
        assert_eq!(place.get().unwrap().text("from"), Some("the handler"));
    })
    .await;
}
