//! What a service is at its server, where that cannot be found out.

use super::kit::*;
use crate::client::{MethodCompatibility, call_value};
use crate::stream::Uploads;
use crate::{Code, Executed, Limits};

fn adding() -> Test {
    test(|incoming| async move {
        let sum = asked(&incoming) + 1;
        incoming.reply_value(SERDE, sum)
    })
}

#[tokio::test]
async fn one_method_too_many_for_this_side_is_told_with_the_limit() {
    let limits = Limits { max_methods: 1, ..Limits::default() };
    let channel = Net::new(&adding()).client().limits(limits).build().unwrap();
    let ask =
        async |method| call_value::<_, u64, _>(channel.clone(), Ask(method, 1), Uploads::none(), SERDE).await;
    assert_eq!(ask(&ADD).await, Ok(2));
    let error = ask(&JOB).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::No));
    let text = "`Test.job` cannot be called over this connection, since 1 methods are called over it already (max_methods): ";
    assert!(error.message().starts_with(text), "{error}");
    assert_eq!(ask(&ADD).await, Ok(2));

    let report = channel.compatibility(&DESCRIPTOR).await.unwrap();
    for (method, what) in report.methods() {
        match what {
            MethodCompatibility::Same => assert_eq!(method.id, ADD.id),
            MethodCompatibility::Incompatible(error) => {
                assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::No));
                assert!(method.id != ADD.id && error.message().contains("(max_methods)"), "{error}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn why_connections_end_before_the_server_has_said_what_it_has_is_told() {
    // Every bind is one too many.
    let net = Net::limited(&adding(), Limits { max_methods: 0, ..Limits::default() });
    let channel = net.client().build().unwrap();
    let error = channel.compatibility(&DESCRIPTOR).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No));
    let text = "3 connections ended before the server had said what `Test.add` is there: ";
    assert!(error.message().starts_with(text), "{error}");
    assert!(error.message().contains("more than 0 methods are bound (max_methods)"), "{error}");
    assert_eq!(net.connections().len(), 3);
}
