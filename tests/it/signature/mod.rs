//! Signatures against published vectors, against `openssl`, and against whoever changes a byte.

mod app;
mod ecpay;
mod keys;
mod mutation;
mod openssl;
mod platforms;
mod user_login;
mod vectors;

pub(crate) use self::app::{OTHER_PUBLIC, PKCS8, PUBLIC, app_key, platform_key};

/// The Base64 inside PEM, as a console shows it.
fn bare(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with("-----")).collect()
}
