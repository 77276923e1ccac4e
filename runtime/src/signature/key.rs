//! The text of a key to its DER, and DER to an RSA key of a size that is accepted.
//!
//! PEM is taken apart here, because a PEM decoder that overwrites every buffer in which a private key stood could not be
//! found, and consoles show keys as the bare Base64 in any case.
//!
//! The crypto library is aws-lc-rs, which reqwest's rustls brings in anyway, so it adds nothing to the build of a
//! client. AWS maintains it with a security process of its own, its RSA and its comparisons are meant to be
//! constant-time, and a FIPS build exists. `ring` is smaller, but would be a second crypto library in the same
//! program and is maintained by volunteers; `rsa` of RustCrypto has an open timing advisory (RUSTSEC-2023-0071). MD5,
//! which aws-lc-rs rightly lacks, is `md-5`, behind the feature `legacy-hashes`.

use aws_lc_rs::error::KeyRejected;
use aws_lc_rs::rsa::PublicEncryptingKey;
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::fault::KeyError;

const PRIVATE: KeyError = KeyError::OtherKind { expected: "an RSA private key" };
const PUBLIC: KeyError = KeyError::OtherKind { expected: "an RSA public key" };
pub(super) const CERTIFICATE: KeyError = KeyError::OtherKind { expected: "an X.509 certificate" };

/// Labels of PEM that are read.
const PRIVATE_LABELS: &[&str] = &["PRIVATE KEY", "RSA PRIVATE KEY"];
const PUBLIC_LABELS: &[&str] = &["PUBLIC KEY", "RSA PUBLIC KEY"];
const CERTIFICATE_LABELS: &[&str] = &["CERTIFICATE", "X509 CERTIFICATE"];

/// A private key from PEM or Base64.
pub(super) fn private(text: &str) -> Result<RsaKeyPair, KeyError> {
    private_der(&der(text, PRIVATE_LABELS, PRIVATE)?)
}

/// A private key from PKCS#8 or PKCS#1.
pub(super) fn private_der(der: &[u8]) -> Result<RsaKeyPair, KeyError> {
    match RsaKeyPair::from_pkcs8(der) {
        Ok(key) => Ok(key),
        Err(rejected) => match size(&rejected) {
            Some(error) => Err(error),
            None => RsaKeyPair::from_der(der).map_err(|other| size(&other).unwrap_or(PRIVATE)),
        },
    }
}

/// A public key from PEM or Base64.
pub(super) fn public(text: &str) -> Result<ParsedPublicKey, KeyError> {
    public_der(&der(text, PUBLIC_LABELS, PUBLIC)?)
}

/// The DER of a certificate from PEM or Base64: of the first, which is the one that is meant where others follow that
/// vouch for it.
pub(super) fn certificate(text: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    der(text, CERTIFICATE_LABELS, CERTIFICATE)
}

/// A public key from SubjectPublicKeyInfo or PKCS#1.
pub(super) fn public_der(der: &[u8]) -> Result<ParsedPublicKey, KeyError> {
    // The parser for signatures would take a key of any size and refuse it at each use only.
    if let Err(rejected) = PublicEncryptingKey::from_der(der) {
        let other = PublicEncryptingKey::from_der(&public_key_info(der)).err();
        match (size(&rejected), other) {
            (Some(error), _) => return Err(error),
            (None, Some(other)) => return Err(size(&other).unwrap_or(PUBLIC)),
            (None, None) => {}
        }
    }
    ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der).map_err(|_| PUBLIC)
}

fn size(rejected: &KeyRejected) -> Option<KeyError> {
    match rejected.description_() {
        "TooSmall" => Some(KeyError::TooSmall),
        "TooLarge" => Some(KeyError::TooLarge),
        _ => None,
    }
}

/// The DER inside a text: of the first PEM section with one of the labels, or of bare Base64.
fn der(text: &str, labels: &[&str], other: KeyError) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let text = unwrapped(text);
    let base64 = match text.find(BEGIN) {
        Some(start) => section(&text[start..], labels, other)?,
        None => &text,
    };
    let mut compact = Zeroizing::new(Vec::with_capacity(base64.len()));
    compact.extend(base64.bytes().filter(|byte| !byte.is_ascii_whitespace()));
    if compact.is_empty() {
        return Err(KeyError::NotAKey);
    }
    let mut der = Zeroizing::new(vec![0; compact.len()]);
    let length = STANDARD.decode_slice(&*compact, &mut der).map_err(|_| KeyError::NotAKey)?;
    der.truncate(length);
    Ok(der)
}

/// A text as it was before an environment variable, a JSON file or an editor took it: without quotes, a byte order mark
/// and white space around it, and with line breaks where `\n` stands for them.
fn unwrapped(text: &str) -> Zeroizing<String> {
    let text =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '"' | '\''));
    let mut lines = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some((line, behind)) = rest.split_once('\\') {
        lines.push_str(line);
        rest = match behind.strip_prefix(['n', 'r']) {
            Some(behind) => {
                lines.push('\n');
                behind
            }
            // As in `\/`, which some writers of JSON put for a slash, or at the end of a line of a shell.
            None => behind,
        };
    }
    lines.push_str(rest);
    lines
}

const BEGIN: &str = "-----BEGIN ";

/// What stands between the lines of the first PEM section that has one of the labels, wherever it stands. `text` begins
/// with a section.
fn section<'a>(text: &'a str, labels: &[&str], other: KeyError) -> Result<&'a str, KeyError> {
    let mut refused = KeyError::NotAKey;
    for section in text.split(BEGIN).skip(1) {
        let Some((label, base64)) = whole(section) else { continue };
        match labels.contains(&label) {
            // A header, as `Proc-Type: 4,ENCRYPTED`, stands before the Base64 of a locked key only.
            true if base64.contains(':') => refused = KeyError::Encrypted,
            true => return Ok(base64),
            false if label == "ENCRYPTED PRIVATE KEY" => refused = KeyError::Encrypted,
            false if refused == KeyError::NotAKey => refused = other,
            false => {}
        }
    }
    Err(refused)
}

/// Label and content of a section of which both ends are there.
fn whole(section: &str) -> Option<(&str, &str)> {
    let (label, rest) = section.split_once("-----")?;
    let (base64, _) = rest.split_once(&format!("-----END {label}-----"))?;
    Some((label, base64))
}

/// SubjectPublicKeyInfo (RFC 5280) around a PKCS#1 key: the algorithm `rsaEncryption`, and the key as a bit string.
fn public_key_info(pkcs1: &[u8]) -> Vec<u8> {
    const RSA_ENCRYPTION: &[u8] = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";
    tagged(0x30, &[RSA_ENCRYPTION, &tagged(0x03, &[&[0], pkcs1])])
}

/// One value of DER: its tag, its length, its parts.
fn tagged(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = content.len().to_be_bytes();
    let significant = &length[content.len().leading_zeros() as usize / 8..];
    let long = 0x80 | significant.len() as u8;
    let head = if content.len() < 0x80 {
        vec![tag, content.len() as u8]
    } else {
        [&[tag, long], significant].concat()
    };
    [head, content].concat()
}
