//! The signature that the app gives a page's order.

use crate::context::Context;
use crate::envelope::{Refusal, refuse};
use crate::keys::{Keys, is_signed};

/// How far a timestamp may be off, in seconds.
const HOUR: u64 = 3600;

/// Whether `byteAuthorization` is the app's, for this very text.
pub(super) fn check_authorization(
    context: &Context,
    data: &str,
    authorization: &str,
) -> Result<(), Refusal> {
    let Some(given) = Authorization::parse(authorization) else {
        return refuse(11004, "byteAuthorization has no such form");
    };
    let settings = &context.settings;
    if given.appid != settings.app_id {
        return refuse(11004, "appid is another mini-app's");
    }
    if given.key_version != settings.key_version {
        return refuse(11004, "key_version is unknown");
    }
    let Ok(timestamp) = given.timestamp.parse::<u64>() else {
        return refuse(11004, "timestamp is no time");
    };
    if timestamp.abs_diff(context.clock.now()) > HOUR {
        return refuse(11004, "timestamp is more than an hour off");
    }
    let Some(key) = settings.app_key.as_deref().or_else(|| Keys::public_of_the_app()) else {
        return refuse(11004, "no public key was uploaded");
    };
    let text = format!("POST\n/requestOrder\n{timestamp}\n{}\n{data}\n", given.nonce_str);
    match is_signed(key, text.as_bytes(), given.signature) {
        true => Ok(()),
        false => refuse(11004, "the signature is not the app's"),
    }
}

struct Authorization<'a> {
    appid: &'a str,
    nonce_str: &'a str,
    timestamp: &'a str,
    key_version: &'a str,
    signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// `SHA256-RSA2048 appid="…",nonce_str="…",timestamp="…",key_version="…",signature="…"`, in any order. The
    /// documents disagree on the quotes, so each value may have them or not.
    fn parse(text: &'a str) -> Option<Self> {
        let pairs: Vec<(&str, &str)> = text
            .strip_prefix("SHA256-RSA2048 ")?
            .split(',')
            .map(|pair| pair.split_once('='))
            .collect::<Option<_>>()?;
        let value = |name| {
            let mut named = pairs.iter().filter(|(key, _)| *key == name);
            let (_, value) = named.next().filter(|_| pairs.len() == 5)?;
            let bare =
                value.strip_prefix('"').map_or(Some(*value), |rest| rest.strip_suffix('"'))?;
            (!bare.is_empty() && !bare.contains('"')).then_some(bare)
        };
        Some(Self {
            appid: value("appid")?,
            nonce_str: value("nonce_str")?,
            timestamp: value("timestamp")?,
            key_version: value("key_version")?,
            signature: value("signature")?,
        })
    }
}
