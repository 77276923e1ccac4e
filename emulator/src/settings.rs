//! What a test may choose before the emulator starts.

use std::time::Duration;

/// How the emulator is set up. Change what matters and take the rest from `Settings::default()`.
#[derive(Clone)]
pub struct Settings {
    /// The port of 127.0.0.1 to listen at; 0 for any that is free.
    pub port: u16,
    /// The mini-app; also the `client_key`.
    pub app_id: String,
    /// The mini-app's AppSecret.
    pub client_secret: String,
    /// The app's public key, as PEM or DER. If there is none, orders are signed with
    /// [`Emulator::app_private_key`](crate::Emulator::app_private_key).
    pub app_key: Option<Vec<u8>>,
    /// The version that the app's public key has on the platform.
    pub key_version: String,
    /// Where callbacks go, in place of the HTTPS address that a request names.
    pub notify_url: Option<String>,
    /// How long a token lives.
    pub token_life: Duration,
    /// The pauses between deliveries of one callback, up to the first that is acknowledged. The platform gives up after
    /// 21 deliveries in all, or when the pauses end.
    pub callback_pauses: Vec<Duration>,
    /// How long a delivery may take.
    pub callback_patience: Duration,
    /// How long the URL of a bill works.
    pub bill_life: Duration,
    /// The length of each bill in bytes.
    pub bill_size: u64,
    /// From when on the mini-app's orders are settled.
    pub settles_after: SettlesAfter,
    /// For how many natural days after that, by the clock of Beijing, they are not settled yet.
    pub settlement_wait_days: u64,
    /// Whether refunds and settlements stay `PROCESSING` until the test ends them.
    pub slow_money: bool,
}

/// The rule that the platform configures for a mini-app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettlesAfter {
    /// 核销 D+N: an order, or an item of it, once it is redeemed or refunded.
    Redemption,
    /// 支付 D+N: an order as a whole, once it is paid.
    Payment,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            port: 0,
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
            settles_after: SettlesAfter::Redemption,
            settlement_wait_days: 0,
            slow_money: false,
        }
    }
}
