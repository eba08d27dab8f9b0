//! Types as they are on the wire: shapes, signatures, and what they are compared by.
//!
//! The page [evolution](crate::evolution) says what two versions of a service make of each other;
//! [`MethodDescriptor::signature`](crate::MethodDescriptor::signature) gives what a method takes and gives. With the feature
//! `schema`, the macro `check!` of this module in a test says when a change would break clients or servers that are in use.
//! With the feature `introspection`, signatures are serde data, and types are shown as text.

pub use rpc_core::schema::*;

#[cfg(feature = "schema")]
#[doc(inline)]
pub use crate::__check as check;

/// Compares a service with its lockfile: one line in a test of yours, `schema::check!(CalculatorServiceClient,
/// "calculator.lock")`, with the client that `#[rpc_service]` makes, and the file's path relative to the crate.
///
/// The first time it writes the file, which belongs into version control; under `CI` a missing file is a failure instead.
/// From then on it panics, and so fails the test, with a sentence for each change that breaks clients or servers of before.
/// Changes that break nothing pass, with a hint on stderr. `FARCALL_LOCK=update` records those,
/// `FARCALL_LOCK=accept-breaking` all. With `FARCALL_LOCK=exact`, for the pipeline that makes releases, whatever the file does
/// not record is a failure. A service that no server would start with fails too, and no file is written.
///
/// ```
/// use farcall::rpc_service;
///
/// #[rpc_service]
/// pub trait Clock { async fn hour(&self) -> u8; }
///
/// #[test]
/// fn the_clock_is_what_it_was() {
///     farcall::schema::check!(ClockClient, "clock.lock");
/// }
/// ```
///
/// # Panics
///
/// As said; and where the file cannot be read or written, is damaged, or is of a later version of farcall.
#[cfg(feature = "schema")]
#[doc(hidden)]
#[macro_export]
macro_rules! __check {
    ($client:ty, $path:expr $(,)?) => {
        match $crate::schema::lock::check_in_crate(
            &<$client as $crate::Client>::descriptor().signature(),
            <$client as $crate::Client>::descriptor().problems(),
            ::core::env!("CARGO_MANIFEST_DIR"),
            $path,
        ) {
            ::core::result::Result::Ok($crate::schema::lock::Outcome::Unchanged) => {}
            ::core::result::Result::Ok(outcome) => {
                // What `println!` writes, nobody sees of a test that passes. Stderr may be closed.
                let _ = ::std::io::Write::write_fmt(
                    &mut ::std::io::stderr(),
                    ::core::format_args!("{outcome}\n"),
                );
            }
            ::core::result::Result::Err(error) => ::core::panic!("{error}"),
        }
    };
}
