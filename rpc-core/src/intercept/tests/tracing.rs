use ::tracing::subscriber::set_default;
use futures::FutureExt;

use super::recorder::{Fields, Recorder};
use super::{Chain, request, request_of};
use crate::intercept::{Request, Response, Tracing};
use crate::{Code, Context, Metadata, RpcError, TraceContext};

const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// What a call that comes with `metadata` carries behind the interceptor. At a server it has a context.
async fn carried(metadata: Metadata, at_server: bool) -> Metadata {
    let mut request = request();
    if at_server {
        request.parts.origin.context = Some(Context::new());
    }
    request.parts.metadata = metadata;
    let (tell, told) = tokio::sync::oneshot::channel();
    let handler = |request: Request| async move {
        tell.send(request.parts.metadata).unwrap();
        Ok(Response::value(""))
    };
    Chain::of(Tracing::new()).call(request, handler).await.unwrap();
    told.await.unwrap()
}

#[tokio::test]
async fn a_trace_goes_on_with_a_span_of_this_hop() {
    let metadata = Metadata::new()
        .with("tenant", "blue")
        .with("traceparent", PARENT)
        .with("tracestate", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE");
    for at_server in [false, true] {
        let carried = carried(metadata.clone(), at_server).await;
        let (caller, hop) =
            (TraceContext::parse(PARENT).unwrap(), TraceContext::from_metadata(&carried).unwrap());
        assert_eq!(hop.trace_id(), caller.trace_id());
        assert_ne!(hop.parent_id(), caller.parent_id());
        assert!(hop.is_sampled());
        assert_eq!(carried.text("tracestate"), metadata.text("tracestate"));
        assert_eq!(carried.text("tenant"), Some("blue"));
        assert_eq!(carried.iter().count(), 3, "{carried:?}");
    }
    let unsampled = Metadata::new().with("traceparent", PARENT.replace("-01", "-00"));
    assert!(!TraceContext::from_metadata(&carried(unsampled, true).await).unwrap().is_sampled());
}

#[tokio::test]
async fn what_is_no_traceparent_begins_a_new_trace() {
    let zero_trace = PARENT.replace("0af7651916cd43dd8448eb211c80319c", &"0".repeat(32));
    let zero_span = PARENT.replace("b7ad6b7169203331", &"0".repeat(16));
    let upper_case = PARENT.to_uppercase();
    let no_hex = PARENT.replace("0af7", "0xf7");
    let version = PARENT.replacen("00", "ff", 1);
    let longer = format!("{PARENT}-");
    let padded = format!(" {PARENT}");
    for bad in [
        "",
        "00",
        "garbage",
        &PARENT[..54],
        &longer,
        &padded,
        &zero_trace,
        &zero_span,
        &upper_case,
        &no_hex,
        &version,
        "größer-als-ein-traceparent-je-sein-darf-aber-genau-so-la",
    ] {
        let metadata = Metadata::new().with("traceparent", bad).with("tracestate", "rojo=1");
        for at_server in [false, true] {
            let carried = carried(metadata.clone(), at_server).await;
            let hop = TraceContext::from_metadata(&carried).unwrap();
            assert_ne!(hop.trace_id(), TraceContext::parse(PARENT).unwrap().trace_id());
            // It belonged to the trace that could not be read.
            assert_eq!(carried.text("tracestate"), None, "{bad}");
            assert_eq!(carried.iter().count(), 1, "{carried:?}");
        }
    }
    let twice = Metadata::new().with("traceparent", PARENT).with("traceparent", PARENT);
    assert_eq!(carried(twice, true).await.iter().count(), 1);
    let binary = Metadata::new().with("traceparent", PARENT.as_bytes().to_vec());
    assert!(carried(binary, true).await.text("traceparent").is_some());
}

#[tokio::test]
async fn calls_of_a_handler_are_part_of_its_trace_and_others_are_not() {
    let of_handler = Context::new().with_metadata("traceparent", PARENT).with_metadata("tenant", "blue");
    let carried_on = Context::scope(of_handler.clone(), carried(Metadata::new(), false)).await;
    let trace_id = TraceContext::parse(PARENT).unwrap().trace_id();
    assert_eq!(TraceContext::from_metadata(&carried_on).unwrap().trace_id(), trace_id);
    assert_eq!(carried_on.iter().count(), 1, "credentials and the like stay here: {carried_on:?}");
    // A server looks at its caller alone.
    let served = Context::scope(of_handler, carried(Metadata::new(), true)).await;
    assert_ne!(TraceContext::from_metadata(&served).unwrap().trace_id(), trace_id);
    let (one, other) = (carried(Metadata::new(), false).await, carried(Metadata::new(), false).await);
    let id = |metadata| TraceContext::from_metadata(metadata).unwrap().trace_id();
    assert_ne!(id(&one), id(&other));
}

/// The span of a call that ended like this.
async fn span(at_server: bool, result: Result<Response, RpcError>) -> Fields {
    let recorder = Recorder::default();
    let _default = set_default(recorder.clone());
    let mut request = request();
    if at_server {
        request.parts.origin.context = Some(Context::new());
    }
    request.parts.origin.peer = Some("tcp://127.0.0.1:9".into());
    request.parts.metadata.push("traceparent", PARENT);
    let _ended = Chain::of(Tracing::new()).call(request, |_| async { result }).await;
    let mut spans = recorder.spans();
    assert_eq!(spans.len(), 1);
    spans.remove(0)
}

#[tokio::test]
async fn a_span_says_what_was_called_and_how_it_ended() {
    let fields = span(true, Ok(Response::value(""))).await;
    for (name, value) in [
        ("name", "rpc"),
        ("otel.name", "Work/add"),
        ("otel.kind", "server"),
        ("rpc.system", "farcall"),
        ("rpc.service", "Work"),
        ("rpc.method", "add"),
        ("network.peer.address", "tcp://127.0.0.1:9"),
        ("trace_id", "0af7651916cd43dd8448eb211c80319c"),
        ("code", "ok"),
    ] {
        assert_eq!(fields[name], value, "{name}");
    }
    assert_eq!(fields["span_id"].len(), 16);
    assert!(fields["elapsed_ms"].parse::<f64>().unwrap() >= 0.0);
    assert!(!fields.contains_key("otel.status_code"));
    assert_eq!(span(false, Ok(Response::value(""))).await["otel.kind"], "client");
}

#[tokio::test]
async fn a_failure_counts_where_it_is_one() {
    for (at_server, result, code, is_error) in [
        (true, Ok(Response::app_error("")), "application error", false),
        (false, Ok(Response::app_error("")), "application error", true),
        (true, Err(RpcError::new(Code::NotFound, "")), "not found", false),
        (false, Err(RpcError::new(Code::NotFound, "")), "not found", true),
        (true, Err(RpcError::new(Code::Internal, "")), "internal error", true),
    ] {
        let fields = span(at_server, result).await;
        assert_eq!((&*fields["code"], fields.contains_key("otel.status_code")), (code, is_error));
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_has_an_end_too() {
    let recorder = Recorder::default();
    let _default = set_default(recorder.clone());
    let chain = Chain::of(Tracing::new());
    let mut call = Box::pin(chain.call(request_of(&super::DIVIDE), |_| std::future::pending()));
    assert!((&mut call).now_or_never().is_none());
    assert!(!recorder.spans()[0].contains_key("code"));
    drop(call);
    assert_eq!(recorder.spans()[0]["code"], "cancelled");
}
