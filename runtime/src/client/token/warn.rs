//! What goes wrong with tokens and costs no call: a warning, with the feature `tracing`.

#![cfg_attr(
    not(feature = "tracing"),
    expect(unused_variables, clippy::needless_pass_by_value, reason = "nobody watches")
)]

use super::store::StoreError;

/// The store failed. Its token, if it has one, was not seen, or the one in memory is not in it.
pub(super) fn store_failed(auth: &'static str, action: &'static str, error: StoreError) {
    #[cfg(feature = "tracing")]
    tracing::warn!(auth, action, %error, "the token store failed; the token in memory is used, and saved again later");
}
