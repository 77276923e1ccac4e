use douyin_emulator::{Effect, Emulator, Fault, Settings};
use generated_client::apiscribe::{Client, Error, Tokens};
use generated_client::credential::{ClientGrantType, ClientTokenRequest};
use generated_client::platform;
use generated_client::settle::SettleCreateRequest;

/// A response that is lost does not settle twice.
#[tokio::test]
async fn settles_once() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::start()?;
    let Settings { app_id, client_secret, .. } = Settings::default();
    let app = ClientTokenRequest::new(
        app_id.as_str().into(),
        client_secret.as_str().into(),
        ClientGrantType::ClientCredential,
    );
    let client = Client::builder()
        .base_url(&platform::OPEN, emulator.url())?
        .tokens(Tokens::new(app))
        .build()?;

    emulator.fulfilled_order("order-1", 10_000);
    emulator.inject("/api/trade_basic/v1/developer/settle_create/", Fault::Reset(Effect::Taken));
    let request = SettleCreateRequest::new(
        "order-1".into(),
        "settle-1".into(),
        "June",
        app_id.as_str().into(),
    );
    match client.call(&request).await {
        Ok(_) => {}
        Err(Error::Api(error)) if error.duplicate => {}
        Err(error) => return Err(error.into()),
    }
    assert_eq!(emulator.times_settled("order-1"), 1);
    Ok(())
}
