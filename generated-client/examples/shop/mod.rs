//! What the examples share: a shop's client and key, and how they tell what happens.

#![allow(dead_code, reason = "each example uses a part of it")]

use std::error::Error as StdError;
use std::fmt::Display;
use std::process::ExitCode;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RsaKeyPair};
use generated_client::credential::{ClientGrantType, ClientTokenRequest};
use generated_client::platform;
use generated_client::platform_schemes::BYTE_AUTHORIZATION;
use generated_client::runtime::{AppKey, Client, DownloadOptions, Tokens};

use super::stand_in::{Settings, StandIn};

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

/// The stand-in, and a client that takes it for the platform and fetches its tokens there. In production there is no
/// `base_url`, files come from public addresses only, and key and secret come from where the program keeps its secrets.
pub(crate) fn open() -> Result<(StandIn, Client), BoxError> {
    let stand_in = StandIn::start()?;
    println!("A stand-in for the platform listens at {}", stand_in.url);
    let Settings { app_id, client_secret, .. } = Settings::default();
    let request = ClientTokenRequest::new(
        app_id.as_str().into(),
        client_secret.as_str().into(),
        ClientGrantType::ClientCredential,
    );
    let client = Client::builder()
        .base_url(&platform::OPEN, &stand_in.url)?
        .downloads(DownloadOptions::new().allow_private_addresses(true))
        .tokens(Tokens::new(request))
        .build()?;
    Ok((stand_in, client))
}

/// A key pair of the app's, whose public half the stand-in is told, as the console is in production.
pub(crate) fn app_key(stand_in: &StandIn) -> Result<AppKey, BoxError> {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048)?;
    let public: PublicKeyX509Der<'_> = pair.public_key().as_der()?;
    stand_in.set_app_key(public.as_ref());
    let private: Pkcs8V1Der<'_> = pair.as_der()?;
    Ok(AppKey::from_der(&BYTE_AUTHORIZATION, Settings::default().app_id, "1", private.as_ref())?)
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
