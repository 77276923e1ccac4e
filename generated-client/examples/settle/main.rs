//! Settles an order on an emulator of the platform, and shows what is refused: before sending, by the platform, and
//! for a payment in a mini-game. Fails if any of it is not as it should be.

use std::error::Error as StdError;
use std::process::ExitCode;

use douyin_emulator::{AUTOMATIC_ORDER, Emulator};
use generated_client::apiscribe::validate::{Settings, Violations};
use generated_client::apiscribe::wire::JsonText;
use generated_client::apiscribe::{Client, Error, ErrorCode, JsApi};
use generated_client::aweme_customer_service::{
    GoodType, OpenAwemeCustomerServiceOptions, OpenAwemeCustomerServiceOptionsRequired,
};
use generated_client::platform;
use generated_client::platform::Fen;
use generated_client::settle::{
    Receiver, ReceiverRequired, SettleCreateError, SettleCreateRequest, SettleCreateRequired,
};

type Outcome = Result<(), Box<dyn StdError>>;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nNot as expected: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Outcome {
    let platform = Emulator::start()?;
    println!("The emulator of the platform listens at {}", platform.url());
    platform.fulfilled_order("order-1", 10_000);
    let client = Client::builder()
        .access_token(platform.issue_token())
        .base_url(&platform::OPEN, platform.url())
        .build()?;

    settle_an_order(&client).await?;
    refuse_before_sending(&client, &platform).await?;
    refuse_by_the_platform(&client).await?;
    refuse_a_payment()?;
    println!("\nAll as expected.");
    Ok(())
}

async fn settle_an_order(client: &Client) -> Outcome {
    heading("1. An order is settled, with a tenth for a partner");
    let reply = client.call(&request("order-1", "settle-1")).await?;
    show("settle_id", &reply.settle_id);
    show("wallet_settle_id", reply.wallet_settle_id.as_ref().map_or("none", AsRef::as_ref));
    show("log_id", reply.log_id().unwrap_or("none"));
    Ok(())
}

async fn refuse_before_sending(client: &Client, platform: &Emulator) -> Outcome {
    heading("2. A request that breaks three rules is not sent");
    let mut request = request(&"order-".repeat(11), "settle-2");
    request.settle_desc = "结算".repeat(100);
    request.notify_url = Some("http://shop.example.com/settled".to_owned());
    let Err(Error::Invalid(violations)) = client.call(&request).await else {
        return Err("the request should have been refused".into());
    };
    list(&violations);
    show("requests seen", platform.request_count());
    ensure(
        violations.len() == 3 && platform.request_count() == 1,
        "three violations and nothing sent",
    )
}

async fn refuse_by_the_platform(client: &Client) -> Outcome {
    heading("3. The platform refuses, and the error says what to do");
    let Err(Error::Api(error)) = client.call(&request(AUTOMATIC_ORDER, "settle-3")).await else {
        return Err("the platform should have refused".into());
    };
    show("code", error.code.code());
    show("message", &error.message);
    show("meaning", error.meaning().unwrap_or("not documented"));
    show("advice", error.advice().unwrap_or("not documented"));
    show("HTTP status", error.status.as_u16());
    show("log_id", error.log_id.as_deref().unwrap_or("none"));
    ensure(error.code == SettleCreateError::AutomaticSettlement, "23117 as a variant of its own")
}

fn refuse_a_payment() -> Outcome {
    heading("4. A payment in a mini-game lacks the price of the item");
    let mut options =
        OpenAwemeCustomerServiceOptions::new(OpenAwemeCustomerServiceOptionsRequired {
            custom_id: "game-order-1".into(),
        });
    options.good_type = Some(GoodType::Item);
    options.good_name = Some("宝剑".to_owned());
    let Err(violations) = options.to_json(&Settings::new()) else {
        return Err("the options should have been refused".into());
    };
    list(&violations);
    ensure(violations.len() == 1, "one violation")?;

    println!("\n   With it, the page can pay:");
    options.order_amount = Some(Fen(600));
    show("options", options.to_json(&Settings::new())?);
    for requirement in options.requirements() {
        let question = format_args!("tt.canIUse('{}')", requirement.path);
        show(&format!("since {}", requirement.since), question);
    }
    Ok(())
}

fn request(out_order_no: &str, out_settle_no: &str) -> SettleCreateRequest {
    let partner = Receiver::new(ReceiverRequired {
        merchant_uid: "7000000000000000001".into(),
        amount: Fen(1000),
    });
    SettleCreateRequest::new(SettleCreateRequired {
        out_order_no: out_order_no.into(),
        out_settle_no: out_settle_no.into(),
        settle_desc: "订单结算".into(),
        app_id: "tt07e3715e98c9aac0".into(),
    })
    .with_settle_params(JsonText(vec![partner]))
}

fn heading(text: &str) {
    println!("\n{text}");
}

fn show(what: &str, value: impl std::fmt::Display) {
    println!("   {what:17} {value}");
}

fn list(violations: &Violations) {
    for violation in violations.iter() {
        println!("   ✗ {violation}");
    }
}

fn ensure(holds: bool, expected: &str) -> Outcome {
    if holds { Ok(()) } else { Err(expected.into()) }
}
