//! Warnings about token stores, with the feature `tracing`.

#![cfg_attr(
    not(feature = "tracing"),
    expect(unused_variables, clippy::needless_pass_by_value, reason = "nobody watches")
)]

use super::store::StoreError;

/// A store failed to do something, which fails no call.
pub(super) fn store_failed(auth: &'static str, action: &'static str, error: StoreError) {
    #[cfg(feature = "tracing")]
    tracing::warn!(auth, action, %error, "the token store failed; calls go on with the token in memory, which is saved later");
}
