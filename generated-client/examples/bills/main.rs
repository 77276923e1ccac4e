//! Asks for a month's bills and downloads them, although the URL ends on the way. Fails if any of it is not as it should
//! be.

#[path = "../shop/mod.rs"]
mod shop;

use std::process::ExitCode;
use std::time::Duration;

use douyin_emulator::{Emulator, Settings};
use generated_client::apiscribe::Client;
use generated_client::apiscribe::client::download::DownloadFault;
use generated_client::bill::{BillType, BillsRequest, BillsRequired};

use self::shop::{BoxError, Outcome, ensure, heading, open, show};

#[tokio::main]
async fn main() -> ExitCode {
    shop::run(run()).await
}

async fn run() -> Outcome {
    let (platform, client) = open()?;
    download(&platform, &client).await?;
    refuse_what_is_too_long(&client).await
}

/// The URL of the bill, fresh from the platform.
async fn url(client: &Client) -> Result<String, BoxError> {
    let app_id = Settings::default().app_id;
    let request = BillsRequest::new(BillsRequired {
        app_id: app_id.as_str().into(),
        merchant_id: None,
        bill_type: BillType::Payment,
        bill_date: "20260601".into(),
    });
    let bills = client.call(&request).await?.into_data();
    bills.bill_list.into_iter().next().ok_or_else(|| "there is no bill yet".into())
}

async fn download(platform: &Emulator, client: &Client) -> Outcome {
    heading("1. A bill is downloaded with a URL that has ended, and with the next one");
    let old = url(client).await?;
    platform.advance(Duration::from_secs(7 * 3600));
    let (mut file, mut urls) = (Vec::new(), 0);
    let fresh_url = async || {
        urls += 1;
        if urls == 1 { Ok(old.clone()) } else { url(client).await }
    };
    let done = client.download(fresh_url, &mut file, 10 << 20).await?;
    show("bytes", done.length);
    show("URLs", urls);
    show("first line", String::from_utf8_lossy(&file).lines().next().unwrap_or_default());
    ensure(urls == 2 && file == platform.bill_content(&url(client).await?), "the whole bill")
}

async fn refuse_what_is_too_long(client: &Client) -> Outcome {
    heading("2. A bill that is longer than the shop has room for is not taken");
    let error = client.download(async || url(client).await, &mut Vec::new(), 1000).await;
    let Err(error) = error else { return Err("the bill should have been refused".into()) };
    show("refused", &error);
    ensure(matches!(error.fault, DownloadFault::TooLarge { limit: 1000 }), "a limit in bytes")
}
