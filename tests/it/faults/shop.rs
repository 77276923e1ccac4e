//! A shop that settles its orders with the emulator, and how its calls end, in a few words.

use std::time::Duration;

use douyin_emulator::{Emulator, Settings};
use generated_client::apiscribe::client::{ClientBuilder, RetryPolicy};
use generated_client::apiscribe::error::TransportFault;
use generated_client::apiscribe::{Client, Encode, Endpoint, Error, ErrorCode, Tokens, Validate};
use generated_client::credential::{ClientGrantType, ClientTokenRequest, ClientTokenRequired};
use generated_client::platform;
use generated_client::settle::{SettleCreateError, SettleCreateRequest, SettleCreateRequired};

pub(super) const SETTLE: &str = "/api/trade_basic/v1/developer/settle_create/";
pub(super) const PUSH: &str = "/api/trade_basic/v1/developer/fulfill_push_status/";

/// What one try may take.
pub(super) const PATIENCE: Duration = Duration::from_millis(300);

/// A client that does not wait long, with tokens from the emulator.
pub(super) fn client(platform: &Emulator) -> Client {
    let client = builder(platform).tokens(tokens()).build().unwrap();
    crate::log::debug(&client);
    client
}

pub(super) fn tokens() -> Tokens {
    let Settings { app_id, client_secret, .. } = Settings::default();
    Tokens::new(ClientTokenRequest::new(ClientTokenRequired {
        client_key: app_id.as_str().into(),
        client_secret: client_secret.as_str().into(),
        grant_type: ClientGrantType::ClientCredential,
    }))
}

pub(super) fn builder(platform: &Emulator) -> ClientBuilder {
    let pauses = RetryPolicy::new().pauses(Duration::from_millis(1), Duration::from_millis(5));
    let builder = Client::builder().base_url(&platform::OPEN, platform.url());
    builder.retry(pauses).try_timeout(PATIENCE)
}

pub(super) fn settle(order: &str) -> SettleCreateRequest {
    let number = format!("settle-{order}");
    let app = Settings::default().app_id;
    SettleCreateRequest::new(SettleCreateRequired {
        out_order_no: order.into(),
        out_settle_no: number.as_str().into(),
        settle_desc: "June".into(),
        app_id: app.as_str().into(),
    })
}

/// Tells that an order is fulfilled: nothing makes a second such request harmless.
#[derive(Debug, Clone, Encode, Validate, Endpoint)]
#[endpoint(POST "/api/trade_basic/v1/developer/fulfill_push_status/")]
#[endpoint(name = "push", host = platform::OPEN, auth = platform::CLIENT_TOKEN)]
#[endpoint(envelope = platform::TRADE_BASIC, error = SettleCreateError)]
pub(super) struct Push {
    order_id: String,
    item_order_id_list: Vec<String>,
    to_status: String,
}

pub(super) fn push(platform: &Emulator, order_id: &str) -> Push {
    Push {
        order_id: order_id.to_owned(),
        item_order_id_list: platform.items_of(order_id),
        to_status: "fulfilling".to_owned(),
    }
}

/// How a call ended.
pub(super) fn ending<T, E: ErrorCode<Code = i64>>(result: &Result<T, Error<E>>) -> String {
    let Err(error) = result else { return "done".to_owned() };
    crate::log::debug(error);
    crate::log::debug(&error.to_string());
    let what = match error {
        Error::Api(api) if api.duplicate => "taken before".to_owned(),
        Error::Api(api) => format!("refused with {}", api.code.code()),
        Error::Decode(error) => format!("unreadable under {}", error.status.as_u16()),
        Error::Token(_) => "no token".to_owned(),
        Error::Transport(error) => match error.fault {
            TransportFault::Connect(_) => "not sent".to_owned(),
            TransportFault::Timeout { .. } => "no answer in time".to_owned(),
            _ => "broken".to_owned(),
        },
        other => other.to_string(),
    };
    if error.may_have_taken_effect() { what + ", perhaps done" } else { what }
}
