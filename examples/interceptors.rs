//! Interceptors around a calculator: who calls, what is allowed, how often, and how it ended.
//!
//!     cargo run --example interceptors

#[path = "shared/calculator.rs"]
mod calculator;

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use calculator::{Calculator, CalculatorServiceClient, CalculatorServiceRequest, CalculatorServiceServer};
use farcall::intercept::{
    ConcurrencyLimit, Interceptor, LoadShed, Next, RateLimit, Request, Response, Timing, Tracing, retry_after,
};
use farcall::{CallError, CallOptions, Code, Context, Identity, ReplyMetadata, RpcError, Server, Service};
use tokio::sync::Mutex;

/// An interceptor is an async function. This one refuses unknown callers, and tells the handler who the others are.
async fn check_token(mut request: Request, next: Next) -> Result<Response, RpcError> {
    let name = match request.parts.metadata.text("token") {
        Some("secret of ann") => "ann",
        Some("secret of ben") => "ben",
        _ => return Err(RpcError::new(Code::Unauthenticated, "the call carries no valid token")),
    };
    // Nobody further in needs to see it.
    request.parts.metadata.remove("token");
    request.parts.set_peer_identity(Identity::new("token", name));
    next.run(request).await
}

/// Prints who calls what, and says beside the answer who gave it.
async fn sign(request: Request, next: Next) -> Result<Response, RpcError> {
    let caller = request.parts.peer_identity().map_or("nobody", Identity::name);
    println!("  [server] {caller} calls {:?}", request.decode::<CalculatorServiceRequest<'_>>()?);
    let mut response = next.run(request).await?;
    response.metadata.set("served-by", "calculator 7");
    Ok(response)
}

/// A closure that takes something along. This one adds a token to each call.
fn token(token: &'static str) -> impl Interceptor {
    move |mut request: Request, next: Next| {
        request.parts.metadata.set("token", token);
        next.run(request)
    }
}

/// A type with a state. This one answers by itself what was answered before.
#[derive(Default)]
struct Memory {
    answers: Mutex<HashMap<(u64, Bytes), Bytes>>,
}

impl Interceptor for Memory {
    async fn intercept(&self, request: Request, next: Next) -> Result<Response, RpcError> {
        let key = (request.parts.method().id, request.body.clone());
        if let Some(answer) = self.answers.lock().await.get(&key) {
            return Ok(Response::value(answer.clone()));
        }
        let response = next.run(request).await?;
        if !response.is_app_error() {
            self.answers.lock().await.insert(key, response.body.clone());
        }
        Ok(response)
    }
}

/// Sees the arguments themselves, and may refuse them: the hook of one service.
fn no_large_products(request: &CalculatorServiceRequest<'_>, _: &Context) -> Result<(), RpcError> {
    match request {
        CalculatorServiceRequest::Multiply { a, b } if a.saturating_mul(*b) > 1_000_000 => {
            Err(RpcError::new(Code::OutOfRange, "products go up to 1,000,000"))
        }
        _ => Ok(()),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let timing = Timing::new(|method, _took, outcome| println!("  [server] {}: {outcome}", method.name));
    // The first one is the outermost. Those of a service stand behind those of the server.
    let server = Server::builder()
        .listen("mem://")
        .service(CalculatorServiceServer::new(Calculator).with_hook(no_large_products).intercept(sign))
        .intercept(Tracing::new())
        .intercept(timing)
        .intercept(check_token)
        .intercept(RateLimit::per(5, Duration::from_secs(3_600)))
        .intercept(ConcurrencyLimit::new(16).max_waiting(64))
        .intercept(LoadShed::new(Duration::from_millis(50)))
        .start()
        .await?;

    // Carries the trace on, so that both ends' logs can be put together.
    let calc =
        CalculatorServiceClient::builder(server.endpoints()).intercept(Tracing::new()).connect().await?;
    let reply = ReplyMetadata::new();
    let ann =
        calc.with_interceptor(token("secret of ann")).with(CallOptions::new().with_reply_metadata(&reply));
    let ben = calc.with_interceptor(Memory::default()).with_interceptor(token("secret of ben"));

    println!("a call without a token: {}", said(calc.add(1, 2).await));
    println!("ann's: {}", said(ann.add(1, 2).await));
    println!("it was served by {:?}", reply.get().unwrap_or_default().text("served-by"));
    println!("a division by zero: {}", said(ann.divide(1, 0).await));
    println!("more than the hook allows: {}", said(ann.multiply(2_000, 2_000).await));
    println!("ben's: {}", said(ben.subtract(1, 2).await));
    println!("ben's again, which no server sees: {}", said(ben.subtract(1, 2).await));
    println!("the fifth: {}", said(ann.add(3, 4).await));
    if let Err(CallError::Rpc(error)) = ann.add(5, 6).await {
        let minutes = retry_after(&error).map_or(0, |wait| wait.as_secs().div_ceil(60));
        println!("the sixth: {}, executed: {:?}; again in {minutes} minutes", error.code(), error.executed());
    }
    Ok(())
}

fn said<E: std::fmt::Display>(result: Result<i64, E>) -> String {
    result.map_or_else(|error| error.to_string(), |value| value.to_string())
}
