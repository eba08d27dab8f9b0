//! Methods, arguments and types that are called like something that is generated or common.

#![allow(dead_code, reason = "types that are only there to be in the way")]
#![allow(
    clippy::wrong_self_convention,
    clippy::should_implement_trait,
    reason = "names that mean something elsewhere"
)]

use farcall::{Client, rpc_service};
use serde::{Deserialize, Serialize};

mod methods {
    use super::*;

    #[rpc_service]
    pub(super) trait Names {
        async fn new(&self) -> u8;
        async fn call(&self, request: u8, client: u8, channel: u8, service: u8, incoming: u8) -> u8;
        async fn connect(&self, endpoints: String) -> String;
        async fn connect_lazy(&self) -> u8;
        async fn from_config(&self) -> u8;
        async fn local(&self) -> u8;
        async fn with(&self) -> u8;
        async fn with_timeout(&self) -> u8;
        async fn with_metadata(&self) -> u8;
        async fn builder(&self) -> u8;
        async fn with_interceptor(&self) -> u8;
        async fn with_parent(&self) -> u8;
        async fn with_reply_metadata(&self) -> u8;
        async fn close(&self) -> u8;
        async fn clone(&self) -> u8;
        async fn drop(&self) -> u8;
        async fn fmt(&self, f: u8) -> u8;
        async fn serialize(
            &self,
            serializer: u8,
            name: u8,
            method: u8,
            body: u8,
            deserializer: u8,
            never: u8,
        ) -> u8;
        async fn dispatch(&self) -> u8;
        async fn descriptor(&self) -> u8;
        async fn from_channel(&self) -> u8;
        async fn request(&self) -> u8;
        async fn client(&self) -> u8;
        async fn self_(&self, self_: u8, this: u8, argument0: u8, value: u8, result: u8, reply: u8) -> u8;
        async fn r#async(&self, r#fn: u8, r#type: &str) -> u8;
        async fn as_deref(&self, a: Option<&str>) -> u8;
        async fn into(&self) -> u8;
        async fn poll(&self) -> u8;
        async fn await_(&self) -> u8;
        async fn unwrap(&self) -> u8;
    }

    pub(super) struct Zero;

    impl Names for Zero {
        async fn new(&self) -> u8 {
            1
        }
        async fn call(&self, request: u8, client: u8, channel: u8, service: u8, incoming: u8) -> u8 {
            request + client + channel + service + incoming
        }
        async fn connect(&self, endpoints: String) -> String {
            endpoints
        }
        async fn connect_lazy(&self) -> u8 {
            4
        }
        async fn from_config(&self) -> u8 {
            5
        }
        async fn local(&self) -> u8 {
            6
        }
        async fn with(&self) -> u8 {
            7
        }
        async fn with_timeout(&self) -> u8 {
            8
        }
        async fn with_metadata(&self) -> u8 {
            9
        }
        async fn builder(&self) -> u8 {
            27
        }
        async fn with_interceptor(&self) -> u8 {
            28
        }
        async fn with_parent(&self) -> u8 {
            29
        }
        async fn with_reply_metadata(&self) -> u8 {
            30
        }
        async fn close(&self) -> u8 {
            10
        }
        async fn clone(&self) -> u8 {
            11
        }
        async fn drop(&self) -> u8 {
            12
        }
        async fn fmt(&self, f: u8) -> u8 {
            f
        }
        async fn serialize(
            &self,
            serializer: u8,
            name: u8,
            method: u8,
            body: u8,
            deserializer: u8,
            never: u8,
        ) -> u8 {
            serializer + name + method + body + deserializer + never
        }
        async fn dispatch(&self) -> u8 {
            15
        }
        async fn descriptor(&self) -> u8 {
            16
        }
        async fn from_channel(&self) -> u8 {
            17
        }
        async fn request(&self) -> u8 {
            18
        }
        async fn client(&self) -> u8 {
            19
        }
        async fn self_(&self, self_: u8, this: u8, argument0: u8, value: u8, result: u8, reply: u8) -> u8 {
            self_ + this + argument0 + value + result + reply
        }
        async fn r#async(&self, r#fn: u8, r#type: &str) -> u8 {
            r#fn + r#type.len() as u8
        }
        async fn as_deref(&self, a: Option<&str>) -> u8 {
            a.map_or(0, str::len) as u8
        }
        async fn into(&self) -> u8 {
            23
        }
        async fn poll(&self) -> u8 {
            24
        }
        async fn await_(&self) -> u8 {
            25
        }
        async fn unwrap(&self) -> u8 {
            26
        }
    }
}

#[tokio::test]
async fn methods_and_arguments_may_have_any_name() {
    use methods::{NamesClient, NamesServer, Zero};

    let client: NamesClient = Client::from_service(NamesServer::new(Zero));
    assert_eq!(client.new().await.unwrap(), 1);
    assert_eq!(client.call(1, 2, 3, 4, 5).await.unwrap(), 15);
    assert_eq!(client.connect("here".into()).await.unwrap(), "here");
    assert_eq!(client.local().await.unwrap(), 6);
    assert_eq!(client.with_timeout().await.unwrap(), 8);
    assert_eq!(client.builder().await.unwrap(), 27);
    assert_eq!(client.with_interceptor().await.unwrap(), 28);
    assert_eq!(client.with_parent().await.unwrap(), 29);
    assert_eq!(client.with_reply_metadata().await.unwrap(), 30);
    assert_eq!(client.close().await.unwrap(), 10);
    assert_eq!(client.clone().await.unwrap(), 11);
    assert_eq!(client.fmt(3).await.unwrap(), 3);
    assert_eq!(client.serialize(1, 1, 1, 1, 1, 1).await.unwrap(), 6);
    assert_eq!(client.dispatch().await.unwrap(), 15);
    assert_eq!(client.descriptor().await.unwrap(), 16);
    assert_eq!(client.self_(1, 2, 3, 4, 5, 6).await.unwrap(), 21);
    assert_eq!(client.r#async(1, "abc").await.unwrap(), 4);
    assert_eq!(client.as_deref(Some("ab")).await.unwrap(), 2);
    // What the methods have taken is still there by the trait.
    let hurried = Client::with_timeout(&client, std::time::Duration::from_secs(9));
    assert_eq!(hurried.unwrap().await.unwrap(), 26);
    assert_eq!(Clone::clone(&client).poll().await.unwrap(), 24);
}

/// Types of the user's own in place of well-known ones.
mod types {
    use ::farcall::rpc_service;

    pub(super) type Result = u8;
    #[derive(Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
    pub(super) struct Bytes(pub(super) u8);
    #[derive(Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
    pub(super) struct Option<T>(pub(super) T);
    #[derive(Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
    pub(super) struct Vec<T>(pub(super) T);
    #[derive(Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
    pub(super) struct S;
    #[derive(Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
    pub(super) struct Arg(pub(super) u8);
    pub(super) struct Some;
    pub(super) struct Ok;
    pub(super) struct Err;
    pub(super) struct None;
    pub(super) struct Box;
    pub(super) struct String;
    pub(super) struct Arc;
    pub(super) struct Request;
    pub(super) struct Channel;
    pub(super) struct CallError;
    pub(super) struct RpcError;
    pub(super) struct Context;
    pub(super) trait Future {}
    pub(super) trait Send {}
    pub(super) trait Sync {}
    pub(super) trait Clone {}
    pub(super) trait Client {}
    pub(super) trait Service {}
    pub(super) mod core {}
    pub(super) mod std {}
    pub(super) mod serde {}
    pub(super) mod farcall {}

    #[rpc_service]
    pub(super) trait Types {
        async fn result(&self) -> Result;
        async fn bytes(&self, bytes: Bytes) -> Bytes;
        async fn option(&self, option: Option<u8>) -> Option<u8>;
        async fn vec(&self, vec: &Vec<u8>) -> u8;
        async fn s(&self, s: &S, arg: Arg) -> S;
        async fn body(&self, count: u8) -> u8 {
            count
        }
    }
    pub(super) struct Own;

    impl Types for Own {
        async fn result(&self) -> Result {
            1
        }
        async fn bytes(&self, bytes: Bytes) -> Bytes {
            bytes
        }
        async fn option(&self, option: Option<u8>) -> Option<u8> {
            option
        }
        async fn vec(&self, vec: &Vec<u8>) -> u8 {
            vec.0
        }
        async fn s(&self, _: &S, _: Arg) -> S {
            S
        }
    }
}

#[tokio::test]
async fn types_may_have_well_known_names() {
    let client = types::TypesClient::local(types::Own);
    assert_eq!(client.result().await.unwrap(), 1);
    assert_eq!(client.bytes(types::Bytes(7)).await.unwrap(), types::Bytes(7));
    assert_eq!(client.option(types::Option(7)).await.unwrap(), types::Option(7));
    assert_eq!(client.vec(&types::Vec(7)).await.unwrap(), 7);
    assert_eq!(client.s(&types::S, types::Arg(1)).await.unwrap(), types::S);
    assert_eq!(client.body(3).await.unwrap(), 3);
}

#[tokio::test]
async fn a_trait_may_be_called_like_a_type_parameter() {
    #[rpc_service]
    trait S {
        async fn get(&self) -> u8;
    }
    struct T;
    impl S for T {
        async fn get(&self) -> u8 {
            1
        }
    }
    assert_eq!(SClient::local(T).get().await.unwrap(), 1);
}

/// Constants and statics take the place of variables where a pattern names them.
#[allow(non_upper_case_globals, reason = "named like variables of generated code")]
mod constants {
    macro_rules! constants {
        ($($name:ident)*) => { $(const $name: u8 = 0;)* };
    }
    constants!(
        argument0 body channel client config context deserializer endpoints f incoming key method name never options reply
        request result serializer state this timeout value
    );
    static service: u8 = 0;

    #[::farcall::rpc_service]
    pub(super) trait Constants {
        async fn get(
            &self,
            number: u8,
            context_of_call: &::farcall::Context,
            text: Option<&str>,
        ) -> Result<u8, String>;
        async fn body(&self) -> u8 {
            let text = value;
            text + 1
        }
        #[rpc(timeout = "9s")]
        async fn failing(&self) -> ::farcall::Result<u8>;
    }

    pub(super) struct Own;
    impl Constants for Own {
        async fn get(&self, number: u8, _: &::farcall::Context, text: Option<&str>) -> Result<u8, String> {
            text.map(|text| number + text.len() as u8).ok_or_else(String::new)
        }
        async fn failing(&self) -> ::farcall::Result<u8> {
            Ok(service + result)
        }
    }
}

#[tokio::test]
async fn constants_may_be_named_like_variables_of_generated_code() {
    let client = constants::ConstantsClient::local(constants::Own);
    assert_eq!(client.get(1, Some("ab")).await.unwrap(), 3);
    assert_eq!(client.body().await.unwrap(), 1);
    assert_eq!(client.failing().await.unwrap(), 0);
}

/// Methods in scope on everything do not get into generated code.
mod meddling {
    use super::*;

    trait Meddle {
        fn into_result(&self) -> u8 {
            0
        }
        fn clone(&self) -> u8 {
            0
        }
        fn method(&self) -> u8 {
            0
        }
        fn encode(&self) -> u8 {
            0
        }
    }
    impl<T: ?Sized> Meddle for T {}

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    pub(super) struct Value(pub(super) u8);

    #[rpc_service]
    pub(super) trait Meddled {
        async fn get(&self, value: &Value, block: &[u8]) -> Result<Vec<u8>, Value>;
    }

    pub(super) struct Own;
    impl Meddled for Own {
        async fn get(&self, value: &Value, block: &[u8]) -> Result<Vec<u8>, Value> {
            Ok([&[value.0], block].concat())
        }
    }
}

/// Streams among names of generated code: types, constants, arguments and methods.
#[allow(non_upper_case_globals, reason = "named like variables of generated code")]
mod streams {
    use ::futures::Stream;

    const stream: u8 = 0;
    const item: u8 = 0;
    const items: u8 = 0;
    const hook: u8 = 0;
    const forward: u8 = 0;
    const upload: u8 = 0;

    pub(super) struct ReplyStream;
    pub(super) struct RequestStream;
    pub(super) struct BlockingStream;
    pub(super) struct Uploads;
    pub(super) struct Forward;
    pub(super) struct Stream0;
    #[derive(Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
    pub(super) struct Hook(pub(super) u8);
    #[derive(Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
    pub(super) enum Result<T> {
        Value(T),
    }
    pub(super) type RpcError = String;
    pub(super) type Item = Hook;

    #[::farcall::rpc_service]
    pub(super) trait Streams {
        fn stream(
            &self,
            streams: impl Stream<Item = Item> + Send,
            incoming: u8,
        ) -> impl Stream<Item = Item> + Send;
        fn items(&self) -> impl Stream<Item = Option<Result<u8>>> + Send;
        fn with_hook(&self, service: impl Stream<Item = Hook>, channel: u8) -> Hook;
        async fn next(
            &self,
            request: &str,
            stream0: impl Stream<Item = ::std::result::Result<u8, u8>>,
            argument1: impl Stream<Item = u8>,
            self_: impl Stream<Item = u8>,
        ) -> ::std::result::Result<impl Stream<Item = ::std::result::Result<u8, u8>>, u8>;
    }

    pub(super) struct Own;

    impl Streams for Own {
        fn stream(&self, streams: impl Stream<Item = Item> + Send, _: u8) -> impl Stream<Item = Item> + Send {
            streams
        }
        fn items(&self) -> impl Stream<Item = Option<Result<u8>>> + Send {
            ::futures::stream::iter([
                None,
                Some(Result::Value(item + stream + items + hook + forward + upload)),
            ])
        }
        fn with_hook(&self, _: impl Stream<Item = Hook>, _: u8) -> Hook {
            Hook(1)
        }
        async fn next(
            &self,
            _: &str,
            stream0: impl Stream<Item = ::std::result::Result<u8, u8>> + Send,
            _: impl Stream<Item = u8> + Send,
            _: impl Stream<Item = u8> + Send,
        ) -> ::std::result::Result<impl Stream<Item = ::std::result::Result<u8, u8>>, u8> {
            Ok(stream0)
        }
    }
}

#[tokio::test]
async fn streams_may_have_any_name() {
    use futures::{StreamExt, stream};

    let server = streams::StreamsServer::new(streams::Own).with_hook(|_, _| Ok(()));
    let client = streams::StreamsClient::from_service(server);
    let all: Vec<_> = client.stream(stream::iter([streams::Hook(1)]), 2).collect().await;
    assert_eq!(all, [Ok(streams::Hook(1))]);
    let all: Vec<_> = client.items().collect().await;
    assert_eq!(all, [Ok(None), Ok(Some(streams::Result::Value(0)))]);
    assert_eq!(client.with_hook(stream::empty(), 1).await, Ok(streams::Hook(1)));
    let next = client.next("", stream::iter([Ok(1)]), stream::empty(), stream::empty()).await.unwrap();
    assert_eq!(next.collect::<Vec<_>>().await, [Ok(1)]);
}

#[tokio::test]
async fn methods_in_scope_do_not_interfere() {
    let client = meddling::MeddledClient::local(meddling::Own);
    assert_eq!(client.get(&meddling::Value(1), &[2, 3]).await.unwrap(), [1, 2, 3]);
}
