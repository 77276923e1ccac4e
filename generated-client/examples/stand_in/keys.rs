//! SHA256-RSA2048: the platform signs callbacks with its own key, and checks orders with the app's.

use std::io;
use std::sync::OnceLock;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The length of a signature by a key of 2048 bits.
const SIGNATURE_LENGTH: usize = 256;

/// One pair for the whole process: to make one takes longer than most tests.
static KEYS: OnceLock<Keys> = OnceLock::new();

/// The platform's pair of keys.
pub(super) struct Keys {
    pair: RsaKeyPair,
    public_pem: String,
}

/// The headers that a callback carries its signature in.
#[derive(Clone, Debug)]
pub(crate) struct SignedHeaders {
    /// `Byte-Timestamp`, seconds.
    pub(crate) timestamp: String,
    /// `Byte-Nonce-Str`.
    pub(crate) nonce: String,
    /// `Byte-Signature`, Base64.
    pub(crate) signature: String,
}

impl Keys {
    /// Those of this process, made when the first stand-in starts.
    pub(super) fn of_the_platform() -> io::Result<&'static Self> {
        match KEYS.get() {
            Some(keys) => Ok(keys),
            None => Self::generate().map(|keys| KEYS.get_or_init(|| keys)),
        }
    }

    fn generate() -> io::Result<Self> {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(io::Error::other)?;
        let public = pair.public_key().as_der().map_err(io::Error::other)?;
        let public_pem = pem(public.as_ref());
        Ok(Self { pair, public_pem })
    }

    pub(super) fn public_pem(&self) -> &str {
        &self.public_pem
    }

    /// Signs the three lines of a callback: time, nonce, body.
    pub(super) fn sign(&self, now: u64, body: &[u8]) -> io::Result<SignedHeaders> {
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

/// Whether the signature in Base64 is by a key of 2048 bits whose public half, as PEM or DER, is this.
pub(super) fn is_signed(key: &[u8], text: &[u8], signature: &str) -> bool {
    let Ok(signature) = STANDARD.decode(signature) else { return false };
    let der = if key.starts_with(b"-----") { from_pem(key) } else { Some(key.to_vec()) };
    let Some(der) = der else { return false };
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der);
    signature.len() == SIGNATURE_LENGTH && key.verify(text, &signature).is_ok()
}

/// 32 hexadecimal digits by chance.
pub(super) fn nonce() -> io::Result<String> {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02X}")).collect())
}

fn pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> =
        (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n"))
}

fn from_pem(pem: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(pem).ok()?;
    let base64: String =
        text.lines().filter(|line| !line.starts_with("-----")).map(str::trim).collect();
    STANDARD.decode(base64).ok()
}
