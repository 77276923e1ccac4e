//! Refunds a part of an order and asks how it went; answers a user who wants money back, and decides on it. Fails if any
//! of it is not as it should be.

#[path = "../shop/mod.rs"]
mod shop;

use std::process::ExitCode;

use douyin_emulator::Emulator;
use generated_client::apiscribe::callback::{Acknowledgement, Callbacks};
use generated_client::apiscribe::signature::PlatformKey;
use generated_client::apiscribe::validate::Violations;
use generated_client::apiscribe::{Client, Error};
use generated_client::page::{EntrySchema, EntrySchemaRequired};
use generated_client::platform::TradeEvent;
use generated_client::platform::{Amount, Fen};
use generated_client::platform_schemes::{BYTE_SIGNATURE, verifier};
use generated_client::refund::{
    AuditDecision, PreCreateRefund, PreCreateRefundAnswer, PreCreateRefundAnswerRequired,
    RefundAuditCallbackRequest, RefundAuditCallbackRequired, RefundCreateRequest,
    RefundCreateRequired, RefundItem, RefundItemRequired, RefundQueryRequest, RefundReason,
    RefundReasonCode, RefundReasonRequired, RefundResult, RefundStatus,
};
use tokio::net::TcpListener;

use self::shop::{BoxError, Outcome, ensure, heading, open, show};

#[tokio::main]
async fn main() -> ExitCode {
    shop::run(run()).await
}

async fn run() -> Outcome {
    let (platform, client) = open()?;
    receive_callbacks(&platform).await?;
    let order = platform.paid_order("order-1", 10_000);
    let item = platform.items_of(&order).remove(0);
    refuse_before_sending(&client, &order, &item).await?;
    refund_a_part(&client, &platform, &order, &item).await?;
    let refund = let_a_user_ask(&platform, &order).await?;
    decide(&client, &refund).await
}

/// The server that the platform calls.
async fn receive_callbacks(platform: &Emulator) -> Outcome {
    let key = PlatformKey::new(&BYTE_SIGNATURE, platform.public_key())?;
    let callbacks =
        Callbacks::<TradeEvent>::new(verifier(key)).on_error(|error| eprintln!("{error}"));
    let router = callbacks.router("/callbacks", async |event| acknowledge(event.content()));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    platform.set_notify_url(&format!("http://{}/callbacks", listener.local_addr()?));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(())
}

/// A user's wish needs the shop's own number of the refund, and the page that shows it. An event of a kind that has no
/// arm of its own is refused, so that the shop hears of it.
fn acknowledge(event: &TradeEvent) -> Result<Acknowledgement, Violations> {
    match event {
        TradeEvent::PreCreateRefund(wish) => {
            let number = format!("refund-{}", wish.refund_id);
            let answer = PreCreateRefundAnswer::new(PreCreateRefundAnswerRequired {
                out_refund_no: number.as_str().into(),
                order_entry_schema: EntrySchema::new(EntrySchemaRequired {
                    path: "pages/refund".into(),
                }),
            });
            Acknowledgement::with::<PreCreateRefund>(&answer)
        }
        TradeEvent::RefundResult(result) => {
            show("refund done", &result.refund_id);
            Ok(Acknowledgement::of::<RefundResult>())
        }
        _ => Ok(Acknowledgement::unhandled()),
    }
}

fn refund(order: &str, item: &str, total: Fen, of_item: Fen) -> RefundCreateRequest {
    let reason = RefundReason::new(RefundReasonRequired {
        code: RefundReasonCode::NotWanted,
        text: "不想要了".into(),
    });
    let mut request = RefundCreateRequest::new(RefundCreateRequired {
        order_id: order.into(),
        out_refund_no: "refund-1".into(),
        refund_total_amount: total.into(),
        cp_extra: "nothing".into(),
        order_entry_schema: EntrySchema::new(EntrySchemaRequired { path: "pages/refund".into() }),
        refund_reason: vec![reason],
    });
    request.item_order_detail = Some(vec![RefundItem::new(RefundItemRequired {
        item_order_id: item.into(),
        refund_amount: Amount::from(of_item),
    })]);
    request
}

async fn refuse_before_sending(client: &Client, order: &str, item: &str) -> Outcome {
    heading("1. A refund whose items do not add up is not sent");
    let request = refund(order, item, Fen(3000), Fen(2000));
    let Err(Error::Invalid(violations)) = client.call(&request).await else {
        return Err("the request should have been refused".into());
    };
    for violation in violations.iter() {
        println!("   ✗ {violation}");
    }
    ensure(violations.len() == 1, "one violation")
}

async fn refund_a_part(client: &Client, platform: &Emulator, order: &str, item: &str) -> Outcome {
    heading("2. A part of the order is refunded");
    let request = refund(order, item, Fen(3000), Fen(3000));
    let reply = client.call(&request).await?;
    show("refund_id", &reply.refund_id);
    let query = RefundQueryRequest::new().with_refund_id(reply.refund_id.clone());
    let found = client.call(&query).await?;
    let found = found.refund_list.first().ok_or("the refund should be found")?;
    show("refund_status", &found.refund_status);
    ensure(found.refund_status == RefundStatus::Success, "the refund is done")?;

    let again = client.call(&request).await?;
    show("sent again", &again.refund_id);
    ensure(again.refund_id == reply.refund_id, "the same refund")?;
    ensure(platform.refunded(order) == 3000, "the money went back once")
}

async fn let_a_user_ask(platform: &Emulator, order: &str) -> Result<String, BoxError> {
    heading("3. The user wants the rest back, and the shop answers the platform's call");
    let refund = platform.ask_for_refund(order)?;
    platform.callbacks_done().await;
    let calls = platform.deliveries();
    let call = calls.iter().find(|call| call.event == "pre_create_refund").ok_or("no call")?;
    let (status, answer) = call.response.as_ref().ok_or("no answer")?;
    show("HTTP status", status);
    show("answer", String::from_utf8_lossy(answer));
    ensure(call.acknowledged, "the answer was taken")?;
    Ok(refund)
}

async fn decide(client: &Client, refund: &str) -> Outcome {
    heading("4. The shop refuses, but must say why");
    let mut verdict = RefundAuditCallbackRequest::new(RefundAuditCallbackRequired {
        refund_id: refund.into(),
        refund_audit_status: AuditDecision::Deny,
    });
    let Err(Error::Invalid(violations)) = client.call(&verdict).await else {
        return Err("a refusal without a reason should not have been sent".into());
    };
    println!("   ✗ {violations}");
    verdict.deny_message = Some("已使用".to_owned());
    let reply = client.call(&verdict).await?;
    show("log_id", reply.log_id().unwrap_or("none"));
    Ok(())
}
