//! What a test may choose before the stand-in starts.

use std::time::Duration;

/// How the stand-in is set up. Change what matters and take the rest from `Settings::default()`.
pub(crate) struct Settings {
    /// The mini-app; also the `client_key`.
    pub(crate) app_id: String,
    pub(crate) client_secret: String,
    /// PEM or DER; no order can be placed without it.
    pub(crate) app_key: Option<Vec<u8>>,
    /// The version that the app's public key has on the platform.
    pub(crate) key_version: String,
    /// Where callbacks go, in place of the HTTPS address that a request names.
    pub(crate) notify_url: Option<String>,
    /// How long a token lives.
    pub(crate) token_life: Duration,
    /// The pauses between deliveries of one callback, up to the first that is acknowledged. The platform gives up after
    /// 21 deliveries in all, or when the pauses end.
    pub(crate) callback_pauses: Vec<Duration>,
    /// How long a delivery may take.
    pub(crate) callback_patience: Duration,
    /// How long the URL of a bill works.
    pub(crate) bill_life: Duration,
    /// The length of each bill in bytes.
    pub(crate) bill_size: u64,
    /// Whether refunds and settlements stay `PROCESSING` until the test ends them.
    pub(crate) slow_money: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            app_id: "tt07e3715e98c9aac0".to_owned(),
            client_secret: "an-example-of-a-secret".to_owned(),
            app_key: None,
            key_version: "1".to_owned(),
            notify_url: None,
            token_life: Duration::from_secs(7200),
            callback_pauses: vec![Duration::from_millis(10); 20],
            callback_patience: Duration::from_secs(2),
            bill_life: Duration::from_secs(6 * 3600),
            bill_size: 100_000,
            slow_money: false,
        }
    }
}
