//! A certificate in, what of it counts here out: the key, its number, and until when.

use std::fmt::Write as _;
use std::time::SystemTime;

use der::asn1::{AnyRef, GeneralizedTime, UintRef, UtcTime};
use der::{Reader, SliceReader, Tag, Tagged};

use super::fault::KeyError;
use super::key::{self, CERTIFICATE};

/// An X.509 certificate (RFC 5280), as some platforms give their keys, and as apps have one of their own.
///
/// Nobody is asked whether it is genuine: it is as good as the way by which it came.
#[derive(Debug, Clone)]
pub struct Certificate {
    serial_number: String,
    expires: SystemTime,
    /// SubjectPublicKeyInfo, of whatever kind.
    key: Vec<u8>,
}

impl Certificate {
    /// A certificate from PEM, or from the Base64 inside it. Of several the first counts, as in a file where those follow that
    /// vouch for it. The section may stand among others, and its line breaks may be written `\n`.
    ///
    /// # Errors
    ///
    /// [`KeyError`], if it is none.
    pub fn new(text: &str) -> Result<Self, KeyError> {
        Self::from_der(&key::certificate(text)?)
    }

    /// The same from DER.
    ///
    /// # Errors
    ///
    /// As [`Certificate::new`].
    pub fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        read(der).map_err(|_| CERTIFICATE)
    }

    /// Its serial number, as platforms name keys by it and `openssl x509 -serial` shows it: hexadecimal in upper case, two
    /// digits a byte.
    pub fn serial_number(&self) -> &str {
        &self.serial_number
    }

    /// The last moment at which it is valid. Whether it is valid yet is not asked anywhere: what a key signs before its time, the
    /// platform has signed early.
    pub fn expires(&self) -> SystemTime {
        self.expires
    }

    /// SubjectPublicKeyInfo.
    pub(super) fn key(&self) -> &[u8] {
        &self.key
    }
}

/// The parts of a `Certificate`, section 4.1 of RFC 5280, that count here; the others are passed over, whatever is in them.
fn read(der: &[u8]) -> der::Result<Certificate> {
    let mut reader = SliceReader::new(der)?;
    let certificate = reader.sequence(|certificate| {
        let content = certificate.sequence(read_content)?;
        drain(certificate)?;
        Ok::<_, der::Error>(content)
    })?;
    reader.finish()?;
    Ok(certificate)
}

/// `TBSCertificate`.
fn read_content<'a>(content: &mut SliceReader<'a>) -> der::Result<Certificate> {
    if let Tag::ContextSpecific { .. } = Tag::peek(content)? {
        let _version = content.tlv_bytes()?;
    }
    let serial_number: UintRef<'_> = content.decode()?;
    let _algorithm = content.tlv_bytes()?;
    let _issuer = content.tlv_bytes()?;
    let expires = content.sequence(|validity| {
        let _not_before = validity.tlv_bytes()?;
        read_time(validity.decode()?)
    })?;
    let _subject = content.tlv_bytes()?;
    let key = content.tlv_bytes()?.to_vec();
    drain(content)?;
    Ok(Certificate { serial_number: upper_hex(serial_number.as_bytes()), expires, key })
}

fn read_time(time: AnyRef<'_>) -> der::Result<SystemTime> {
    let since_epoch = match time.tag() {
        Tag::UtcTime => time.decode_as::<UtcTime>()?.to_unix_duration(),
        _ => time.decode_as::<GeneralizedTime>()?.to_unix_duration(),
    };
    let expires = SystemTime::UNIX_EPOCH.checked_add(since_epoch);
    expires.ok_or_else(|| Tag::GeneralizedTime.value_error().into())
}

/// Passes over what follows.
fn drain(reader: &mut SliceReader<'_>) -> der::Result<()> {
    let rest = reader.remaining_len();
    reader.drain(rest)
}

fn upper_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}
