//! SHA256-RSA2048: the platform signs callbacks with its own key, and checks orders with the app's.

use std::io;
use std::sync::OnceLock;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The length of a signature by a key of 2048 bits.
const SIGNATURE_LENGTH: usize = 256;

/// One pair each for the whole process: to make one takes longer than most tests.
static PLATFORM: OnceLock<Keys> = OnceLock::new();
static APP: OnceLock<Keys> = OnceLock::new();

/// A pair of keys, the platform's or the app's.
pub(crate) struct Keys {
    pair: RsaKeyPair,
    public_pem: String,
    private_pem: String,
}

/// The headers that a callback carries its signature in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SignedHeaders {
    /// `Byte-Timestamp`, seconds.
    pub timestamp: String,
    /// `Byte-Nonce-Str`.
    pub nonce: String,
    /// `Byte-Signature`, Base64.
    pub signature: String,
}

impl Keys {
    /// The platform's of this process, made when the first emulator starts.
    pub(crate) fn of_the_platform() -> io::Result<&'static Self> {
        get_or_generate(&PLATFORM)
    }

    /// The app's of this process, made when they are first asked for.
    pub(crate) fn of_the_app() -> io::Result<&'static Self> {
        get_or_generate(&APP)
    }

    /// The app's public key, if anybody could have signed with its private one.
    pub(crate) fn public_of_the_app() -> Option<&'static [u8]> {
        APP.get().map(|keys| keys.public_pem.as_bytes())
    }

    fn generate() -> io::Result<Self> {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(io::Error::other)?;
        let public: PublicKeyX509Der<'_> = pair.public_key().as_der().map_err(io::Error::other)?;
        let private: Pkcs8V1Der<'_> = pair.as_der().map_err(io::Error::other)?;
        let public_pem = pem("PUBLIC KEY", public.as_ref());
        let private_pem = pem("PRIVATE KEY", private.as_ref());
        Ok(Self { pair, public_pem, private_pem })
    }

    pub(crate) fn private_pem(&self) -> &str {
        &self.private_pem
    }

    pub(crate) fn public_pem(&self) -> &str {
        &self.public_pem
    }

    /// Signs the three lines of a callback: time, nonce, body.
    pub(crate) fn sign(&self, now: u64, body: &[u8]) -> io::Result<SignedHeaders> {
        let (timestamp, nonce) = (now.to_string(), nonce()?);
        let mut text = format!("{timestamp}\n{nonce}\n").into_bytes();
        text.extend_from_slice(body);
        text.push(b'\n');
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), &text, &mut signature)
            .map_err(io::Error::other)?;
        Ok(SignedHeaders { timestamp, nonce, signature: STANDARD.encode(signature) })
    }
}

fn get_or_generate(keys: &'static OnceLock<Keys>) -> io::Result<&'static Keys> {
    match keys.get() {
        Some(keys) => Ok(keys),
        None => Keys::generate().map(|made| keys.get_or_init(|| made)),
    }
}

/// Whether the signature in Base64 is by a key of 2048 bits whose public half, as PEM or DER, is this.
pub(crate) fn is_signed(key: &[u8], text: &[u8], signature: &str) -> bool {
    let Ok(signature) = STANDARD.decode(signature) else { return false };
    let der = if key.starts_with(b"-----") { from_pem(key) } else { Some(key.to_vec()) };
    let Some(der) = der else { return false };
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der);
    signature.len() == SIGNATURE_LENGTH && key.verify(text, &signature).is_ok()
}

/// 32 hexadecimal digits by chance.
pub(crate) fn nonce() -> io::Result<String> {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02X}")).collect())
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> =
        (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

fn from_pem(pem: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(pem).ok()?;
    let base64: String =
        text.lines().filter(|line| !line.starts_with("-----")).map(str::trim).collect();
    STANDARD.decode(base64).ok()
}
