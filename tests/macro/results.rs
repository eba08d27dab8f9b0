//! Every kind of result, and where failures go.

use farcall::{CallError, CallResultExt, Code, RpcError, rpc_service};
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
enum CalcError {
    #[error("division by zero")]
    DivideByZero,
    #[error(transparent)]
    Rpc(#[from] RpcError),
}

mod io {
    pub(super) type Result<T> = std::result::Result<T, super::CalcError>;
}

/// An error of the user's that is called like farcall's.
mod own {
    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    pub(super) struct RpcError(pub(super) u8);
}

type Answer = Result<u8, String>;

#[rpc_service]
trait Results {
    async fn nothing(&self);
    async fn value(&self) -> u32;
    async fn result(&self, b: i64) -> Result<i64, CalcError>;
    async fn full_path(&self) -> std::result::Result<(), CalcError>;
    async fn alias(&self, b: i64) -> io::Result<i64>;
    async fn text_error(&self) -> Result<u8, String>;
    async fn block_error(&self) -> Result<Vec<u8>, Vec<u8>>;
    async fn rpc(&self, ok: bool) -> Result<u8, RpcError>;
    async fn rpc_alias(&self, ok: bool) -> farcall::Result<u8>;
    async fn rpc_by_path(&self) -> Result<u8, farcall::RpcError>;
    async fn own_error(&self) -> Result<u8, own::RpcError>;
    async fn hidden_result(&self) -> Answer;
    fn plain(&self) -> Result<u8, CalcError>;
    async fn panics(&self) -> u8;
}

struct Service;

impl Results for Service {
    async fn nothing(&self) {}
    async fn value(&self) -> u32 {
        7
    }
    async fn result(&self, b: i64) -> Result<i64, CalcError> {
        10_i64.checked_div(b).ok_or(CalcError::DivideByZero)
    }
    async fn full_path(&self) -> std::result::Result<(), CalcError> {
        Ok(())
    }
    async fn alias(&self, b: i64) -> io::Result<i64> {
        self.result(b).await
    }
    async fn text_error(&self) -> Result<u8, String> {
        Err("no".to_owned())
    }
    async fn block_error(&self) -> Result<Vec<u8>, Vec<u8>> {
        Err(vec![1, 2, 3])
    }
    async fn rpc(&self, ok: bool) -> Result<u8, RpcError> {
        ok.then_some(1).ok_or_else(|| RpcError::new(Code::NotFound, "no account 7"))
    }
    async fn rpc_alias(&self, ok: bool) -> farcall::Result<u8> {
        self.rpc(ok).await
    }
    async fn rpc_by_path(&self) -> Result<u8, farcall::RpcError> {
        Ok(2)
    }
    async fn own_error(&self) -> Result<u8, own::RpcError> {
        Err(own::RpcError(3))
    }
    async fn hidden_result(&self) -> Answer {
        Err("inner".to_owned())
    }
    fn plain(&self) -> Result<u8, CalcError> {
        Err(CalcError::DivideByZero)
    }
    async fn panics(&self) -> u8 {
        panic!("secret")
    }
}

#[tokio::test]
async fn a_value_may_only_fail_as_a_call() {
    let client = ResultsClient::local(Service);
    let _: Result<(), RpcError> = client.nothing().await;
    let value: Result<u32, RpcError> = client.value().await;
    assert_eq!(value.unwrap(), 7);
}

#[tokio::test]
async fn an_application_error_is_kept_apart() {
    let client = ResultsClient::local(Service);
    let good: Result<i64, CallError<CalcError>> = client.result(2).await;
    assert_eq!(good.unwrap(), 5);
    assert_eq!(client.result(0).await.unwrap_err(), CallError::App(CalcError::DivideByZero));
    assert_eq!(client.result(0).await.split().unwrap().unwrap_err(), CalcError::DivideByZero);
    assert_eq!(client.plain().await.unwrap_err(), CallError::App(CalcError::DivideByZero));
    client.full_path().await.unwrap();
    assert_eq!(client.text_error().await.unwrap_err(), CallError::App("no".to_owned()));
    assert_eq!(client.block_error().await.unwrap_err(), CallError::App(vec![1, 2, 3]));
}

#[tokio::test]
async fn an_alias_of_result_is_seen_through() {
    let client = ResultsClient::local(Service);
    let good: Result<i64, CallError<CalcError>> = client.alias(5).await;
    assert_eq!(good.unwrap(), 2);
    assert_eq!(client.alias(0).await.unwrap_err(), CallError::App(CalcError::DivideByZero));
}

#[tokio::test]
async fn without_an_application_error_the_handler_picks_the_code() {
    let client = ResultsClient::local(Service);
    let good: Result<u8, RpcError> = client.rpc(true).await;
    assert_eq!(good.unwrap(), 1);
    let by_path: Result<u8, RpcError> = client.rpc_by_path().await;
    assert_eq!(by_path.unwrap(), 2);
    let error: RpcError = client.rpc_alias(false).await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Code::NotFound, "no account 7"));
}

#[tokio::test]
async fn an_error_of_the_users_may_be_called_like_farcalls() {
    let error: CallError<own::RpcError> = ResultsClient::local(Service).own_error().await.unwrap_err();
    assert_eq!(error, CallError::App(own::RpcError(3)));
}

#[tokio::test]
async fn a_result_without_arguments_is_a_value() {
    let value: Result<Answer, RpcError> = ResultsClient::local(Service).hidden_result().await;
    assert_eq!(value.unwrap(), Err("inner".to_owned()));
}

#[tokio::test]
async fn a_panic_reaches_the_caller_without_its_text() {
    let error = ResultsClient::local(Service).panics().await.unwrap_err();
    assert_eq!(error.code(), Code::Internal);
    assert!(!error.to_string().contains("secret"), "{error}");
}
