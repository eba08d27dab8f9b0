//! Services that differ in how many methods they have, and one in what a method takes.

use farcall::rpc_service;
use serde::{Deserialize, Serialize};

#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Order {
    pub id: u64,
    pub lines: Vec<Line>,
    pub state: State,
    pub notes: Option<String>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Line {
    pub product: u64,
    pub count: u32,
    pub price: f64,
}

#[derive(Clone, Default, Serialize, Deserialize)]
pub enum State {
    #[default]
    Open,
    Paid {
        by: String,
        at: u64,
    },
    Shipped(u64, Vec<String>),
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Failure {
    NotFound(u64),
    Refused { why: String },
}

macro_rules! service {
    ($module:ident, $width:ty: $($method:ident)*) => {
        pub mod $module {
            use super::*;

            #[rpc_service]
            pub trait Orders {
                async fn count(&self, from: $width, to: $width) -> u64;
                $(async fn $method(&self, order: Order, version: u32) -> Result<Vec<Order>, Failure>;)*
            }

            pub struct Store;

            impl Orders for Store {
                async fn count(&self, from: $width, to: $width) -> u64 {
                    u64::from(to - from)
                }
                $(async fn $method(&self, order: Order, _: u32) -> Result<Vec<Order>, Failure> {
                    Ok(vec![order])
                })*
            }
        }
    };
}

service!(one_method, u32:);
service!(fifty_methods, u32:
    m01 m02 m03 m04 m05 m06 m07 m08 m09 m10 m11 m12 m13 m14 m15 m16 m17 m18 m19 m20 m21 m22 m23 m24 m25
    m26 m27 m28 m29 m30 m31 m32 m33 m34 m35 m36 m37 m38 m39 m40 m41 m42 m43 m44 m45 m46 m47 m48 m49);
// The same to serde's rules, and another width: its arguments travel by name.
service!(later, u16:);
