//! The client implements the trait where errors can hold a failed call.

use std::time::Duration;

use farcall::{Code, Context, RpcError, rpc_service};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
enum CalcError {
    #[error("division by zero")]
    DivideByZero,
    #[error(transparent)]
    Rpc(#[from] RpcError),
}

type Alias<T> = std::result::Result<T, CalcError>;

mod short {
    pub(super) type Result<T> = super::Alias<T>;
}

/// Met by every type that can be printed, and so by the client.
trait Named: std::fmt::Debug {}
impl<T: std::fmt::Debug> Named for T {}

#[rpc_service]
trait Calculator: Named + for<'a> Accepts<'a> {
    async fn add(&self, a: i64, b: i64) -> Result<i64, CalcError>;
    async fn divide(&self, a: i64, b: i64) -> short::Result<i64>;
    fn length<'t>(&'t self, text: &'t str) -> impl Future<Output = Result<usize, RpcError>> + Send + 't;
    async fn remaining(&self, context: &Context) -> farcall::Result<Option<Duration>>;
    async fn joined<'x, 'y>(&'x self, first: &'y str, second: &str) -> farcall::Result<String>
    where
        'y: 'x;
    #[cfg(test)]
    async fn present(&self) -> Result<(), CalcError>;
    #[cfg(not(test))]
    async fn absent(&self) -> Result<(), NoSuchType>;
}

trait Accepts<'a> {}
impl<T> Accepts<'_> for T {}

#[derive(Debug)]
struct Local;

impl Calculator for Local {
    async fn add(&self, a: i64, b: i64) -> Result<i64, CalcError> {
        Ok(a + b)
    }
    async fn divide(&self, a: i64, b: i64) -> Alias<i64> {
        a.checked_div(b).ok_or(CalcError::DivideByZero)
    }
    async fn length<'t>(&'t self, text: &'t str) -> Result<usize, RpcError> {
        if text.is_empty() { Err(RpcError::new(Code::InvalidArgument, "empty")) } else { Ok(text.len()) }
    }
    async fn remaining(&self, context: &Context) -> farcall::Result<Option<Duration>> {
        Ok(context.remaining())
    }
    async fn joined<'x, 'y>(&'x self, first: &'y str, second: &str) -> farcall::Result<String>
    where
        'y: 'x,
    {
        Ok(format!("{first}{second}"))
    }
    async fn present(&self) -> Result<(), CalcError> {
        Ok(())
    }
}

async fn mean(calculator: &impl Calculator, a: i64, b: i64) -> Result<i64, CalcError> {
    calculator.divide(calculator.add(a, b).await?, 2).await
}

#[tokio::test]
async fn one_function_takes_object_and_client() {
    assert_eq!(mean(&Local, 4, 6).await, Ok(5));
    assert_eq!(mean(&CalculatorClient::local(Local), 4, 6).await, Ok(5));
    assert_eq!(Calculator::divide(&CalculatorClient::local(Local), 1, 0).await, Err(CalcError::DivideByZero));
    assert_eq!(Calculator::length(&CalculatorClient::local(Local), "abc").await, Ok(3));
    assert_eq!(Calculator::joined(&CalculatorClient::local(Local), "a", "b").await.as_deref(), Ok("ab"));
    let error = Calculator::length(&CalculatorClient::local(Local), "").await.unwrap_err();
    assert_eq!(error.code(), Code::InvalidArgument);
    assert_eq!(Calculator::present(&CalculatorClient::local(Local)).await, Ok(()));
}

#[tokio::test]
async fn a_client_can_be_served_in_turn() {
    let inner = CalculatorClient::local(Local);
    let outer = CalculatorClient::local(inner);
    assert_eq!(mean(&outer, 4, 6).await, Ok(5));
}

#[tokio::test]
async fn a_failed_call_becomes_the_errors_own_variant() {
    let expired = CalculatorClient::local(Local).with_timeout(Duration::ZERO);
    match Calculator::add(&expired, 1, 2).await {
        Err(CalcError::Rpc(error)) => assert_eq!(error.code(), Code::DeadlineExceeded),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_context_is_the_parent_of_the_call() {
    let client = CalculatorClient::local(Local);
    let parent = Context::new().with_timeout(Duration::from_secs(3));
    let remaining = Calculator::remaining(&client, &parent).await.unwrap().unwrap();
    assert!(remaining <= Duration::from_secs(3), "{remaining:?}");
}

/// An error that cannot hold an `RpcError`: the trait still compiles, and so does its client.
#[rpc_service]
trait Stubborn {
    async fn get(&self) -> Result<u8, String>;
}

/// A supertrait that the client does not have: no mistake either.
trait Unmet {}
#[rpc_service]
trait Demanding: Unmet {
    async fn get(&self) -> Result<u8, CalcError>;
}

struct Served;
impl Unmet for Served {}
impl Demanding for Served {
    async fn get(&self) -> Result<u8, CalcError> {
        Ok(1)
    }
}
impl Stubborn for Served {
    async fn get(&self) -> Result<u8, String> {
        Ok(2)
    }
}

#[tokio::test]
async fn a_client_that_is_not_the_trait_still_works() {
    assert_eq!(DemandingClient::local(Served).get().await.unwrap(), 1);
    assert_eq!(StubbornClient::local(Served).get().await.unwrap(), 2);
}
