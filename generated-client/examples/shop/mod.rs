//! What the examples share: a shop's client and key, and how they tell what happens.

#![allow(dead_code, reason = "each example uses a part of it")]

use std::error::Error as StdError;
use std::fmt::Display;
use std::process::ExitCode;

use douyin_emulator::{Emulator, Settings};
use generated_client::apiscribe::client::download::DownloadOptions;
use generated_client::apiscribe::signature::AppKey;
use generated_client::apiscribe::{Client, Tokens};
use generated_client::credential::{ClientGrantType, ClientTokenRequest, ClientTokenRequired};
use generated_client::platform;
use generated_client::platform_schemes::BYTE_AUTHORIZATION;

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;
pub(crate) type Outcome = Result<(), BoxError>;

/// Runs an example; fails if anything is not as it should be.
pub(crate) async fn run(example: impl Future<Output = Outcome>) -> ExitCode {
    match example.await {
        Ok(()) => {
            println!("\nAll as expected.");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("\nNot as expected: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The emulator, and a client that takes it for the platform and fetches its tokens there. In production there is no
/// `base_url`, files come from public addresses only, and key and secret come from where the program keeps its secrets.
pub(crate) fn open() -> Result<(Emulator, Client), BoxError> {
    let emulator = Emulator::start()?;
    println!("The emulator of the platform listens at {}", emulator.url());
    let Settings { app_id, client_secret, .. } = Settings::default();
    let request = ClientTokenRequest::new(ClientTokenRequired {
        client_key: app_id.as_str().into(),
        client_secret: client_secret.as_str().into(),
        grant_type: ClientGrantType::ClientCredential,
    });
    let client = Client::builder()
        .base_url(&platform::OPEN, emulator.url())
        .downloads(DownloadOptions::new().allow_private_addresses(true))
        .tokens(Tokens::new(request))
        .build()?;
    Ok((emulator, client))
}

/// The app's private key, whose public half the emulator knows, as the console does in production.
pub(crate) fn app_key(emulator: &Emulator) -> Result<AppKey, BoxError> {
    let Settings { app_id, key_version, .. } = Settings::default();
    Ok(AppKey::new(&BYTE_AUTHORIZATION, app_id, key_version, emulator.app_private_key()?)?)
}

pub(crate) fn heading(text: &str) {
    println!("\n{text}");
}

pub(crate) fn show(what: &str, value: impl Display) {
    println!("   {what:22} {value}");
}

pub(crate) fn ensure(holds: bool, expected: &str) -> Outcome {
    if holds { Ok(()) } else { Err(expected.into()) }
}
