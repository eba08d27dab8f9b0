#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::Arc;

use super::{Comparison, Forms, Known, not_compatible};
use crate::codec::Codec;
use crate::driver::tests::{Pair, connect, done};
use crate::generated::{Describer, MethodSchema};
use crate::proto::Form;
use crate::schema::Signature;
use crate::{MethodDescriptor, ServiceDescriptor};

const SERVICE: (&str, u64) = ("Clock", 1);
const PLAIN: Form = Form { codec: Codec::Postcard, compared: false };

macro_rules! method {
    ($method:ident, $schema:ident, $value:ty) => {
        static $schema: MethodSchema = MethodSchema::new(|describer: &mut Describer| {
            let value = describer.prober().probe::<$value>();
            describer.value(value);
        });
        static $method: MethodDescriptor =
            MethodDescriptor::new(SERVICE, ("now", 2), "").with_schema(&$schema);
    };
}

method!(SMALL, SMALL_SCHEMA, u32);
method!(LARGE, LARGE_SCHEMA, u64);
method!(TEXT, TEXT_SCHEMA, String);

static SERVES_LARGE: ServiceDescriptor = ServiceDescriptor::new(SERVICE.0, SERVICE.1, "", &[&LARGE]);
static SERVES_TEXT: ServiceDescriptor = ServiceDescriptor::new(SERVICE.0, SERVICE.1, "", &[&TEXT]);

/// A client whose `SMALL` was refused, by its signature.
async fn refused(service: &'static ServiceDescriptor) -> Pair {
    let pair = connect(service, |incoming| incoming.run(|_| async { done() })).await;
    pair.client.describe(&SMALL).unwrap();
    let index = pair.client.bind(&SMALL, PLAIN).unwrap();
    assert!(!pair.client.until_bound(index).await.unwrap());
    pair
}

#[tokio::test]
async fn who_compares_while_another_does_comes_to_the_same() {
    let client = refused(&SERVES_TEXT).await.client;
    // Another caller has looked, and has not learned yet.
    assert!(matches!(client.comparison(&SMALL), Comparison::Compared(found) if !found.is_compatible()));
    let error = client.compare(&SMALL, PLAIN).unwrap_err();
    assert!(client.form(&SMALL).is_err());
    assert_eq!(client.compare(&SMALL, PLAIN).unwrap_err().message(), error.message());
}

#[tokio::test]
async fn what_the_peer_has_is_kept_until_it_is_learned_what_comes_of_it() {
    let client = refused(&SERVES_LARGE).await.client;
    assert!(matches!(client.comparison(&SMALL), Comparison::Compared(found) if found.is_compatible()));
    client.compare(&SMALL, PLAIN).unwrap();
    assert!(client.form(&SMALL).unwrap().compared);
    assert!(client.compared(&SMALL).is_some());
    assert!(client.lock().proto.peer_signature(SMALL.id).is_none());
    client.compare(&SMALL, PLAIN).unwrap();
    assert!(client.compared(&SMALL).is_some());
}

#[test]
fn what_comes_of_more_stands() {
    let (ours, theirs) = (SMALL.signature().unwrap(), LARGE.signature().unwrap());
    let compared = Arc::new(Signature::compatibility(ours, theirs));
    let named = Form { codec: Codec::Compact, compared: true };
    let known = [
        Known::Form(Form { compared: false, ..named }, None),
        Known::Form(named, None),
        Known::Form(named, Some(compared)),
        Known::Not(not_compatible("they differ".to_owned())),
    ];
    let kind = |known: &Known| match known {
        Known::Form(form, None) => u8::from(form.compared),
        Known::Form(_, Some(_)) => 2,
        Known::Not(_) => 3,
    };
    for (first, second, stands) in
        [(0, 1, 1), (1, 0, 1), (1, 2, 2), (2, 1, 2), (1, 3, 3), (3, 1, 3), (2, 3, 2), (3, 2, 3), (0, 3, 3)]
    {
        let forms = Forms::new(Codec::Postcard);
        assert!(forms.learn(2, &known[first]).is_none());
        let learned = forms.learn(2, &known[second]).unwrap_or_else(|| known[second].clone());
        assert_eq!(kind(&learned), stands, "{first}, then {second}");
        assert_eq!(kind(&forms.known()[0].1), stands, "{first}, then {second}");
    }
}
