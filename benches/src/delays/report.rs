use super::{stalled, upload};

/// Measures and prints.
pub async fn report() {
    upload::report().await;
    stalled::report().await;
}
