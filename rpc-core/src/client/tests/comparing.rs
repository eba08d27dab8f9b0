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
