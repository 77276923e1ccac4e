use douyin_emulator::{Effect, Emulator, Fault, Settings};
use generated_client::apiscribe::{Client, Error, Tokens};
use generated_client::credential::{ClientGrantType, ClientTokenRequest, ClientTokenRequired};
use generated_client::platform;
use generated_client::settle::{SettleCreateRequest, SettleCreateRequired};

/// A response that is lost does not settle twice.
#[tokio::test]
async fn settles_once() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::start()?;
    let Settings { app_id, client_secret, .. } = Settings::default();
    let app = ClientTokenRequest::new(ClientTokenRequired {
        client_key: app_id.as_str().into(),
        client_secret: client_secret.as_str().into(),
        grant_type: ClientGrantType::ClientCredential,
    });
    let client = Client::builder()
        .base_url(&platform::OPEN, emulator.url())
        .tokens(Tokens::new(app))
        .build()?;

    emulator.fulfilled_order("order-1", 10_000);
    emulator.inject("/api/trade_basic/v1/developer/settle_create/", Fault::Reset(Effect::Taken));
    let request = SettleCreateRequest::new(SettleCreateRequired {
        out_order_no: "order-1".into(),
        out_settle_no: "settle-1".into(),
        settle_desc: "June".into(),
        app_id: app_id.as_str().into(),
    });
    match client.call(&request).await {
        Ok(_) => {}
        Err(Error::Api(error)) if error.duplicate => {}
        Err(error) => return Err(error.into()),
    }
    assert_eq!(emulator.times_settled("order-1"), 1);
    Ok(())
}
