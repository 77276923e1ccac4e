//! The emulator as a test or an example holds it: what people, the platform and the network would do. With `route`, the only
//! place that knows every area.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use crate::callback::{Callback, Delivery};
use crate::envelope::Refusal;
use crate::fault::Fault;
use crate::journal::Received;
use crate::keys::{Keys, SignedHeaders};
use crate::listener::listen;
use crate::platform::Platform;
use crate::route;
use crate::settings::Settings;
use crate::settlement::Settlement;

/// The running emulator. It has a thread of its own, so that a test may wait in whatever way it likes; dropping it ends
/// the server and every callback that is still in flight.
pub struct Emulator {
    url: String,
    platform: Arc<Platform>,
    runtime: Option<Runtime>,
}

/// Start, address, keys.
impl Emulator {
    /// Starts with the settings that suit most tests.
    ///
    /// # Errors
    ///
    /// If no port, thread or key can be obtained.
    pub fn start() -> io::Result<Self> {
        Self::start_with(Settings::default())
    }

    /// Starts with settings of your own, at a port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// If no port, thread or key can be obtained.
    pub fn start_with(settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, settings.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let url = format!("http://{address}");
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let keys = Keys::of_the_platform()?;
        let platform =
            Arc::new(Platform::new(settings, keys, url.clone(), runtime.handle().clone()));
        listen(listener, address, &platform, route::router(&platform));
        Ok(Self { url, platform, runtime: Some(runtime) })
    }

    /// Another handle of the same emulator, which does not end it.
    pub(crate) fn of(platform: Arc<Platform>) -> Self {
        let url = platform.with(|areas| areas.context.url.clone());
        Self { url, platform, runtime: None }
    }

    /// `http://127.0.0.1:<port>`, for every host of the platform.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The platform's public key, which signatures of callbacks are checked with, as PEM.
    #[must_use]
    pub fn public_key(&self) -> &str {
        self.platform.keys.public_pem()
    }

    /// A private key for the app, as PEM (PKCS#8), whose public half the platform knows as the version of the settings. Made
    /// when it is first asked for, and the same for the whole process.
    ///
    /// # Errors
    ///
    /// If no key can be made.
    pub fn app_private_key(&self) -> io::Result<&'static str> {
        Keys::of_the_app().map(Keys::private_pem)
    }

    /// The public key of the app, as PEM or DER, that orders must be signed with from now on, in place of the one that
    /// [`app_private_key`](Self::app_private_key) gives.
    pub fn set_app_key(&self, key: &[u8]) {
        self.platform.with(|areas| areas.context.settings.app_key = Some(key.to_vec()));
    }

    /// Moves the emulator's clock forward. Tokens, bills and signatures age at once.
    pub fn advance(&self, time: Duration) {
        self.platform.clock.advance(time);
    }
}

/// Faults, and what was asked.
impl Emulator {
    /// The next request to this path meets the fault. Several for one path strike one after the other, before any plan.
    pub fn inject(&self, path: &str, fault: Fault) {
        self.platform.faults().inject(path, fault);
    }

    /// Asks for each request, by its number since the start (from 0) and its path, what befalls it.
    pub fn fault_plan(&self, plan: impl Fn(usize, &str) -> Option<Fault> + Send + Sync + 'static) {
        self.platform.faults().plan(Some(Arc::new(plan)));
    }

    /// Ends the plan and forgets what was injected.
    pub fn no_more_faults(&self) {
        self.platform.faults().clear();
    }

    /// Ends every connection and refuses new ones, when it returns, until [`Self::accept_again`].
    pub async fn refuse_connections(&self) {
        self.platform.door.set(false).await;
    }

    /// Takes connections again, at the same port.
    pub async fn accept_again(&self) {
        self.platform.door.set(true).await;
    }

    /// The requests so far, oldest first, but only the newest thousands of them.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.platform.journal().received()
    }

    /// How many requests have come so far, also those that met a fault.
    #[must_use]
    pub fn request_count(&self) -> usize {
        self.platform.journal().count()
    }

    /// How many requests have come to this path so far.
    #[must_use]
    pub fn requests_to(&self, path: &str) -> usize {
        self.platform.journal().count_of(path)
    }
}

/// Callbacks.
impl Emulator {
    /// Where callbacks go, in place of the HTTPS address that a request names: an `http` URL on loopback.
    pub fn set_notify_url(&self, url: &str) {
        self.platform.with(|areas| areas.context.settings.notify_url = Some(url.to_owned()));
    }

    /// Every delivery so far, oldest first.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.platform.deliveries().clone()
    }

    /// Returns when no callback is in flight: each was acknowledged or given up.
    pub async fn callbacks_done(&self) {
        let mut in_flight = self.platform.in_flight.subscribe();
        // An error means that the platform is gone, and that there is nothing to wait for.
        drop(in_flight.wait_for(|number| *number == 0).await);
    }

    /// Sends a callback of this type with this message, whatever they are.
    pub fn send_callback(&self, event: &str, msg: &str) {
        let callback = Callback::new(event, msg, None);
        self.platform.with(|areas| areas.context.outbox.push(callback));
    }

    /// Sends once more what was delivered before, as the platform does that did not see the acknowledgement.
    pub fn deliver_again(&self, delivery: &Delivery) {
        let callback = Callback::again(delivery);
        self.platform.with(|areas| areas.context.outbox.push(callback));
    }

    /// The headers with which the platform would send this body as a callback, for tests that send it themselves.
    ///
    /// # Errors
    ///
    /// If the system gives no random bytes.
    pub fn sign(&self, body: &[u8]) -> io::Result<SignedHeaders> {
        self.platform.keys.sign(self.platform.clock.now(), body)
    }
}

/// Tokens.
impl Emulator {
    /// Issues a `client_token` as if it had been asked for.
    pub fn issue_token(&self) -> String {
        self.platform.with(|areas| areas.client_tokens.add(&mut areas.context))
    }

    /// How many were issued.
    #[must_use]
    pub fn tokens_issued(&self) -> usize {
        self.platform.with(|areas| areas.client_tokens.count())
    }

    /// Every `client_token` is expired from now on (28001008).
    pub fn expire_tokens(&self) {
        self.platform.with(|areas| areas.client_tokens.expire(areas.context.clock.now_ms()));
    }

    /// No `client_token` is known any more (28001003), as when somebody else got two new ones.
    pub fn revoke_tokens(&self) {
        self.platform.with(|areas| areas.client_tokens.revoke());
    }
}

/// Orders.
impl Emulator {
    /// What `tt.requestOrder` does with its two options: gives the `order_id`.
    ///
    /// # Errors
    ///
    /// 11004 if the signature is not the app's, 10000 if the data break a rule of the documents.
    pub fn place_order(&self, data: &str, byte_authorization: &str) -> Result<String, Refusal> {
        self.platform
            .with(|areas| areas.orders.request(&mut areas.context, data, byte_authorization))
    }

    /// A paid order out of nothing, of one item; without a callback. Gives its `order_id`.
    pub fn paid_order(&self, out_order_no: &str, total_amount: i64) -> String {
        self.platform
            .with(|areas| areas.orders.add_paid(&mut areas.context, out_order_no, total_amount))
    }

    /// A paid order out of nothing, of one item, that is redeemed already: it can be settled. Gives its `order_id`.
    pub fn fulfilled_order(&self, out_order_no: &str, total_amount: i64) -> String {
        let order_id = self.paid_order(out_order_no, total_amount);
        self.fulfill(&order_id);
        order_id
    }

    /// All items of an order are redeemed, as if `FULFILL_DONE` had been pushed for them.
    pub fn fulfill(&self, order_id: &str) {
        self.platform.with(|areas| areas.orders.fulfill(&areas.context, order_id));
    }

    /// The `item_order_id`s of an order; none if there is no such order.
    #[must_use]
    pub fn items_of(&self, order_id: &str) -> Vec<String> {
        self.platform.with(|areas| areas.orders.items_of(order_id))
    }

    /// The user pays; the `payment` callback goes out.
    ///
    /// # Errors
    ///
    /// If there is no such order, or it is paid or closed.
    pub fn pay(&self, order_id: &str) -> Result<(), Refusal> {
        self.platform.with(|areas| areas.orders.pay(&mut areas.context, order_id))
    }

    /// The user does not pay in time; the `payment` callback says so.
    ///
    /// # Errors
    ///
    /// If there is no such order, or it is paid or closed.
    pub fn time_out(&self, order_id: &str) -> Result<(), Refusal> {
        self.platform.with(|areas| areas.orders.time_out(&mut areas.context, order_id))
    }

    /// The status that was last pushed for an item.
    #[must_use]
    pub fn fulfillment_of(&self, item_order_id: &str) -> Option<String> {
        self.platform.with(|areas| areas.orders.item(item_order_id)?.fulfillment.clone())
    }
}

/// Money: refunds, settlements, withdrawals.
impl Emulator {
    /// The user asks for all that is left of an order's money; the `pre_create_refund` callback goes out. Gives the
    /// `refund_id`.
    ///
    /// # Errors
    ///
    /// If there is no such order, or nothing of it can be given back.
    pub fn ask_for_refund(&self, order_id: &str) -> Result<String, Refusal> {
        self.platform
            .with(|areas| areas.refunds.ask(&mut areas.context, &mut areas.orders, order_id))
    }

    /// The money is back with the user, or was refused on its way; the `refund` callback goes out. Only with
    /// [`Settings::slow_money`]; otherwise it happens at once.
    ///
    /// # Errors
    ///
    /// If there is no such refund, or it is over.
    pub fn finish_refund(&self, refund_id: &str, succeeds: bool) -> Result<(), Refusal> {
        self.platform.with(|areas| {
            areas.refunds.finish(&mut areas.context, &mut areas.orders, refund_id, succeeds)
        })
    }

    /// How much of an order was given back or is about to be.
    #[must_use]
    pub fn refunded(&self, order_id: &str) -> i64 {
        self.platform.with(|areas| areas.orders.get(order_id).map_or(0, |order| order.taken()))
    }

    /// Every settlement that took effect, oldest first.
    #[must_use]
    pub fn ledger(&self) -> Vec<Settlement> {
        self.platform.with(|areas| areas.settlements.entries().to_vec())
    }

    /// How many settlements of this order took effect.
    #[must_use]
    pub fn times_settled(&self, out_order_no: &str) -> usize {
        self.platform.with(|areas| {
            let entries = areas.settlements.entries().iter();
            entries.filter(|entry| entry.out_order_no == out_order_no).count()
        })
    }

    /// How many orders, or items of one, were asked to be settled under more than one `out_settle_no`, whether or not
    /// the platform let it happen. A client that keeps its number never does it. A new number after a settlement that
    /// failed is no second one.
    #[must_use]
    pub fn settled_under_two_numbers(&self) -> usize {
        self.platform.with(|areas| areas.settlements.under_two_numbers())
    }

    /// The settlement is over. Only with [`Settings::slow_money`]; otherwise it is over at once.
    pub fn finish_settlement(&self, out_settle_no: &str, succeeds: bool) {
        self.platform
            .with(|areas| areas.settlements.finish(&areas.context, out_settle_no, succeeds));
    }

    /// How many withdrawals took effect, and what they came to in fen.
    #[must_use]
    pub fn withdrawn(&self) -> (usize, i64) {
        self.platform.with(|areas| areas.withdrawals.sum())
    }
}

/// Files.
impl Emulator {
    /// Bills have other content from now on, and another `ETag`.
    pub fn renew_bills(&self) {
        self.platform.with(|areas| areas.bills.renew());
    }

    /// The content of the bill at a URL, as a whole download gives it.
    #[must_use]
    pub fn bill_content(&self, url: &str) -> Vec<u8> {
        let path = url.strip_prefix(&self.url).unwrap_or(url);
        let path = path.split('?').next().unwrap_or_default();
        self.platform.with(|areas| areas.bills.at(&areas.context, path)).content()
    }

    /// The pictures of merchants' papers so far: type, name of the file, content.
    #[must_use]
    pub fn pictures(&self) -> Vec<(String, String, Vec<u8>)> {
        self.platform.with(|areas| areas.merchants.pictures())
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
