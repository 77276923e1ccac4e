//! Signs an order for the front end, hears by callback that it was paid, and asks for it. Fails if any of it is not as
//! it should be.

#[path = "../shop/mod.rs"]
mod shop;

use std::process::ExitCode;

use douyin_emulator::Emulator;
use generated_client::apiscribe::callback::{Acknowledgement, Callbacks};
use generated_client::apiscribe::signature::PlatformKey;
use generated_client::apiscribe::validate::Settings;
use generated_client::apiscribe::wire::JsonText;
use generated_client::apiscribe::{Client, JsApi};
use generated_client::order::{
    OrderData, OrderDataRequired, OrderQueryRequest, PayStatus, RequestOrderOptions,
    RequestOrderOptionsRequired, Sku, SkuRequired,
};
use generated_client::page::{EntrySchema, EntrySchemaRequired};
use generated_client::platform::TradeEvent;
use generated_client::platform::{Amount, Fen};
use generated_client::platform_schemes::{BYTE_SIGNATURE, verifier};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use self::shop::{BoxError, Outcome, app_key, ensure, heading, open, show};

#[tokio::main]
async fn main() -> ExitCode {
    shop::run(run()).await
}

async fn run() -> Outcome {
    let (platform, client) = open()?;
    let mut events = receive_callbacks(&platform).await?;
    let order_id = place_an_order(&platform)?;
    hear_of_the_payment(&platform, &order_id, &mut events).await?;
    ask_for_the_order(&client, &order_id).await
}

/// The server that the platform calls: each event once, and only what the platform has signed.
async fn receive_callbacks(platform: &Emulator) -> Result<UnboundedReceiver<TradeEvent>, BoxError> {
    let (sender, events) = unbounded_channel();
    let key = PlatformKey::new(&BYTE_SIGNATURE, platform.public_key())?;
    let callbacks =
        Callbacks::<TradeEvent>::new(verifier(key)).on_error(|error| eprintln!("{error}"));
    let router = callbacks.router("/callbacks", move |event| {
        // Every event is stored here, whatever its kind, before it is acknowledged. What could not be stored is not.
        let stored = sender.send(event.into_content());
        async { stored.map(|()| Acknowledgement::any()) }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    platform.set_notify_url(&format!("http://{}/callbacks", listener.local_addr()?));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(events)
}

fn place_an_order(platform: &Emulator) -> Result<String, BoxError> {
    heading("1. An order is checked and signed for the front end");
    let key = app_key(platform)?;
    let mut options =
        RequestOrderOptions::new(RequestOrderOptionsRequired { data: JsonText(order()) });
    key.sign_options(&mut options)?;
    let json = options.to_json(&Settings::new())?;
    show("options", &json);
    show("needs", options.requirements()[0].since);

    // What a page does with them: `tt.requestOrder({...options, success, fail})`.
    let options: serde_json::Value = serde_json::from_str(&json)?;
    let text = |name: &str| options[name].as_str().unwrap_or_default();
    let order_id = platform.place_order(text("data"), text("byteAuthorization"))?;
    show("order_id", &order_id);
    Ok(order_id)
}

fn order() -> OrderData {
    let sku = Sku::new(SkuRequired {
        sku_id: "sku-1".into(),
        price: Amount::from(Fen(990)),
        quantity: 2,
        title: "咖啡券".into(),
        image_list: vec!["https://shop.example.com/coffee.png".to_owned()],
        type_: 301,
        tag_group_id: "tag_group_7272625659887992844".into(),
    });
    OrderData::new(OrderDataRequired {
        sku_list: vec![sku],
        out_order_no: "order-1".into(),
        total_amount: Amount::from(Fen(1980)),
        order_entry_schema: EntrySchema::new(EntrySchemaRequired { path: "pages/order".into() }),
    })
}

async fn hear_of_the_payment(
    platform: &Emulator,
    order_id: &str,
    events: &mut UnboundedReceiver<TradeEvent>,
) -> Outcome {
    heading("2. The user pays, and the platform calls");
    platform.pay(order_id)?;
    let Some(TradeEvent::PaymentResult(payment)) = events.recv().await else {
        return Err("the payment should have been told".into());
    };
    show("event of order", &payment.order_id);
    show("total_amount", payment.total_amount);
    platform.callbacks_done().await;
    let calls = platform.deliveries();
    show("calls", calls.len());
    ensure(calls.iter().all(|call| call.acknowledged), "the call was acknowledged")?;

    heading("3. The platform calls again; the shop does not hear of it twice");
    platform.deliver_again(&calls[0]);
    platform.callbacks_done().await;
    ensure(platform.deliveries().iter().all(|call| call.acknowledged), "acknowledged again")?;
    ensure(events.try_recv().is_err(), "the event came once")?;
    show("acknowledged", platform.deliveries().len());
    Ok(())
}

async fn ask_for_the_order(client: &Client, order_id: &str) -> Outcome {
    heading("4. The order is asked for");
    let request = OrderQueryRequest::new().with_order_id(order_id);
    let reply = client.call(&request).await?;
    show("pay_status", &reply.pay_status);
    show("total_amount", reply.total_amount);
    ensure(reply.pay_status == PayStatus::Success, "the order is paid")
}
