//! The service that most examples use: the trait, its error, and one implementation.

#![allow(dead_code, unreachable_pub, reason = "each example uses a part of this")]

use farcall::{RpcError, rpc_service};
use serde::{Deserialize, Serialize};

/// What the calculator itself can refuse. `Rpc` makes the client an implementation of the trait, too.
#[derive(Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum CalculatorError {
    #[error("division by zero")]
    DivideByZero,
    #[error("the result does not fit into 64 bits")]
    Overflow,
    #[error(transparent)]
    Rpc(#[from] RpcError),
}

#[rpc_service]
pub trait CalculatorService {
    /// Adds `b` to `a`.
    async fn add(&self, a: i64, b: i64) -> Result<i64, CalculatorError>;
    /// Takes `b` from `a`.
    async fn subtract(&self, a: i64, b: i64) -> Result<i64, CalculatorError>;
    /// Multiplies `a` by `b`.
    async fn multiply(&self, a: i64, b: i64) -> Result<i64, CalculatorError>;
    /// Divides `a` by `b`.
    async fn divide(&self, a: i64, b: i64) -> Result<i64, CalculatorError>;
}

pub struct Calculator;

impl CalculatorService for Calculator {
    async fn add(&self, a: i64, b: i64) -> Result<i64, CalculatorError> {
        a.checked_add(b).ok_or(CalculatorError::Overflow)
    }

    async fn subtract(&self, a: i64, b: i64) -> Result<i64, CalculatorError> {
        a.checked_sub(b).ok_or(CalculatorError::Overflow)
    }

    async fn multiply(&self, a: i64, b: i64) -> Result<i64, CalculatorError> {
        a.checked_mul(b).ok_or(CalculatorError::Overflow)
    }

    async fn divide(&self, a: i64, b: i64) -> Result<i64, CalculatorError> {
        if b == 0 {
            return Err(CalculatorError::DivideByZero);
        }
        a.checked_div(b).ok_or(CalculatorError::Overflow)
    }
}
