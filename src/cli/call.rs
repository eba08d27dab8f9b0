//! Calls.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;

use rpc_core::client::{call_result, open_result};
use rpc_core::generated::{ErrorPayload, SerdePayload, Stream};
use rpc_core::stream::{Uploads, items_result, items_value, upload};

use super::arguments::Wanted;
use super::failure::Failure;
use super::input::{self, Items, Mistake};
use super::options::CallOptions;
use super::output::{Progress, json};
use super::request::{DynamicRequest, descriptor};
use super::server::Server;
use super::value::Data;
use crate::CallError;
use crate::introspection::MethodInfo;

/// Calls a method and writes what it gives.
pub(super) async fn call(options: &CallOptions) -> Result<(), Failure> {
    let server = Server::connect(&options.server).await?;
    let method = server.method(&options.method).await?;
    check_stdin(&method, &options.arguments)?;
    let wanted = Arc::new(Wanted::new(&method, server.codec));
    let arguments = wanted.arguments(&options.arguments)?;
    let request = DynamicRequest { method: descriptor(&method), arguments };
    if method.kind.has_argument_streams() {
        let (streams, mistake) = input::read(wanted);
        let call = make(server, request, uploads(streams), method.kind.has_result_stream());
        until_mistake(call, mistake).await
    } else {
        make(server, request, Uploads::none(), method.kind.has_result_stream()).await
    }
}

async fn make(
    server: Server,
    request: DynamicRequest,
    uploads: Uploads<'_>,
    gives_stream: bool,
) -> Result<(), Failure> {
    let channel = server.channel.clone();
    if !gives_stream {
        let call = call_result::<_, Data, Data, _, _>(channel, request, uploads, SerdePayload, ErrorPayload);
        return json(&call.await.map_err(failed)?.to_json());
    }
    let items = items_result::<Data, Data, _, _>(SerdePayload, ErrorPayload);
    let opening = open_result::<_, Data, _, _>(channel, request, uploads, ErrorPayload, items);
    let mut stream = opening.await.map_err(failed)?;
    let mut progress = Progress::new();
    while let Some(item) = poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await {
        json(&item.map_err(failed)?.to_json())?;
        progress.item();
    }
    Ok(())
}

/// A line that is none ends the call, which so is cancelled.
async fn until_mistake(
    call: impl Future<Output = Result<(), Failure>>,
    mistake: Mistake,
) -> Result<(), Failure> {
    let mistake = async {
        match mistake.await {
            Ok(failure) => failure,
            // All of stdin was read.
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        biased;
        failure = mistake => Err(failure),
        result = call => result,
    }
}

fn uploads(streams: Vec<Items>) -> Uploads<'static> {
    streams.into_iter().map(|items| upload(items, items_value::<Data, _>(SerdePayload))).collect()
}

fn failed(error: CallError<Data>) -> Failure {
    match error {
        CallError::App(error) => match json(&error.to_json()) {
            Ok(()) => Failure::Own,
            Err(failure) => failure,
        },
        CallError::Rpc(error) => error.into(),
    }
}

/// Stdin is arguments or streams.
fn check_stdin(method: &MethodInfo, arguments: &str) -> Result<(), Failure> {
    if method.argument_streams.is_empty() || arguments != "-" {
        return Ok(());
    }
    let name = format!("{}.{}", method.service, method.name);
    Err(Failure::Usage(format!(
        "`{}` takes a stream, which is read from stdin: give the other arguments on the command line, not as `-`",
        name.escape_debug()
    )))
}
