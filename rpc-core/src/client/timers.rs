use std::panic::catch_unwind;
use std::time::Duration;

use super::failure;
use crate::RpcError;

/// Fails in a runtime without timers. Tokio has no way to ask: it panics where a timer is made.
pub(super) fn check() -> Result<(), RpcError> {
    catch_unwind(|| drop(tokio::time::sleep(Duration::ZERO))).map_err(|_panic| failure::no_timers())
}
