//! The signature that the app gives a page's order.

use super::super::keys::is_signed;
use super::super::state::State;

/// How far a timestamp may be off, in seconds.
const HOUR: u64 = 3600;

/// Whether `byteAuthorization` is the app's, for this very text.
pub(super) fn check_authorization(
    state: &State,
    data: &str,
    authorization: &str,
) -> Result<(), String> {
    let given =
        Authorization::parse(authorization).ok_or("11004 byteAuthorization has no such form")?;
    let settings = &state.settings;
    if given.appid != settings.app_id {
        return Err("11004 appid is another mini-app's".to_owned());
    }
    if given.key_version != settings.key_version {
        return Err("11004 key_version is unknown".to_owned());
    }
    let timestamp: u64 = given.timestamp.parse().map_err(|_| "11004 timestamp is no time")?;
    if timestamp.abs_diff(state.clock.now()) > HOUR {
        return Err("11004 timestamp is more than an hour off".to_owned());
    }
    let key = settings.app_key.as_ref().ok_or("11004 no public key was uploaded")?;
    let text = format!("POST\n/requestOrder\n{timestamp}\n{}\n{data}\n", given.nonce_str);
    if !is_signed(key, text.as_bytes(), given.signature) {
        return Err("11004 the signature is not the app's".to_owned());
    }
    Ok(())
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
