//! A signature and what it was made with, as the platform reads it.

use std::fmt;

use http::HeaderMap;
use http::header::{HeaderName, HeaderValue};

use super::fault::SigningError;
use crate::scheme::{Carrier, Part, Scheme};
use crate::time::UnixSeconds;

/// What shows the platform who signed a message. `Display` is the value of the scheme's first header, as the scheme
/// writes it.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization {
    pub(super) scheme: &'static Scheme,
    pub(super) account: String,
    pub(super) nonce: String,
    pub(super) timestamp: UnixSeconds,
    pub(super) key_id: String,
    pub(super) signature: String,
}

impl Authorization {
    /// The first header's value with its values in quotes, as `SHA256-RSA2048 appid="..",nonce_str="..",..`.
    pub fn quoted(&self) -> impl fmt::Display {
        Form { authorization: self, carrier: self.scheme.first(), quote: Some("\"") }
    }

    /// The same without quotes, as `SHA256-RSA2048 appid=..,nonce_str=..,..`.
    pub fn bare(&self) -> impl fmt::Display {
        Form { authorization: self, carrier: self.scheme.first(), quote: Some("") }
    }

    /// The first header's value, marked as sensitive so that `Debug` of the request does not show it.
    ///
    /// # Panics
    ///
    /// If the scheme itself has a line break in what it writes.
    pub fn to_header_value(&self) -> HeaderValue {
        sensitive(self).expect("names, digits and signatures can stand in a header")
    }

    /// All headers that the scheme adds to a request, marked as sensitive.
    ///
    /// # Errors
    ///
    /// [`SigningError::Header`], if the scheme itself names what is not a header.
    pub fn headers(&self) -> Result<HeaderMap, SigningError> {
        let mut headers = HeaderMap::new();
        for carrier in self.scheme.carriers {
            let (Carrier::Header { header, .. } | Carrier::Pairs { header, .. }) = carrier else {
                continue;
            };
            let form = Form { authorization: self, carrier: Some(carrier), quote: None };
            let name = HeaderName::try_from(*header).map_err(|_| SigningError::Header)?;
            headers.insert(name, sensitive(&form).ok_or(SigningError::Header)?);
        }
        Ok(headers)
    }

    /// The signature alone, in the scheme's encoding.
    pub fn signature(&self) -> &str {
        &self.signature
    }

    fn fmt_part(&self, part: Part, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match part {
            Part::Text(text) => f.write_str(text),
            Part::Timestamp => write!(f, "{}", self.timestamp.0),
            Part::Nonce => f.write_str(&self.nonce),
            Part::Account => f.write_str(&self.account),
            Part::KeyId => f.write_str(&self.key_id),
            Part::Signature => f.write_str(&self.signature),
            _ => Ok(()),
        }
    }
}

fn sensitive(text: &impl fmt::Display) -> Option<HeaderValue> {
    let mut value = HeaderValue::try_from(text.to_string()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

impl fmt::Display for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Form { authorization: self, carrier: self.scheme.first(), quote: None }.fmt(f)
    }
}

/// Whoever has the signature can send the request, so it is not shown.
impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("scheme", &self.scheme.name)
            .field("account", &self.account)
            .field("timestamp", &self.timestamp)
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

impl Scheme {
    /// The first header that the scheme writes.
    fn first(&self) -> Option<&'static Carrier> {
        self.carriers.iter().find(|carrier| !matches!(carrier, Carrier::Field { .. }))
    }
}

/// The value of one header; the signature alone if there is none.
struct Form<'a> {
    authorization: &'a Authorization,
    carrier: Option<&'static Carrier>,
    /// In place of the scheme's own.
    quote: Option<&'static str>,
}

impl fmt::Display for Form<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.carrier {
            Some(Carrier::Header { part, .. }) => self.authorization.fmt_part(*part, f),
            Some(Carrier::Pairs { prefix, quote, pairs, .. }) => {
                let quote = self.quote.unwrap_or(quote);
                f.write_str(prefix)?;
                for (index, (name, part)) in pairs.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "," })?;
                    write!(f, "{name}={quote}")?;
                    self.authorization.fmt_part(*part, f)?;
                    f.write_str(quote)?;
                }
                Ok(())
            }
            _ => self.authorization.fmt_part(Part::Signature, f),
        }
    }
}
