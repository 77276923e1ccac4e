//! The keys of an app, and those of its platform.

use apiscribe::Secret;
use apiscribe::signature::{AppKey, PlatformKey};
use generated_client::platform_schemes::{BYTE_AUTHORIZATION, BYTE_SIGNATURE};

pub(crate) const PKCS8: &str = include_str!("../../keys/app.pkcs8.pem");
pub(crate) const PUBLIC: &str = include_str!("../../keys/app.public.pem");
pub(crate) const OTHER_PUBLIC: &str = include_str!("../../keys/other.public.pem");

pub(crate) fn app_key() -> AppKey {
    AppKey::new(&BYTE_AUTHORIZATION, "ttabc123", "1", Secret::from(PKCS8)).unwrap()
}

pub(crate) fn platform_key() -> PlatformKey {
    PlatformKey::new(&BYTE_SIGNATURE, PUBLIC).unwrap()
}
