//! Addresses in the form that reqwest asks for, which is dear to make: more than the rest of a request.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use http::Uri;
use http::uri::Authority;
use reqwest::Url;

use crate::endpoint::check_scheme;
use crate::error::TransportFault;

/// Remembers the addresses of late. Clones share what they remember.
#[derive(Clone, Default)]
pub(super) struct Urls {
    /// By path, which tells nearly all apart and is found faster than a host, whose case does not matter.
    known: Arc<RwLock<HashMap<String, (Uri, Url)>>>,
}

/// Over so many addresses all are forgotten: there are few, but for those with a value in their path.
const MANY: usize = 256;

impl Urls {
    pub(super) fn of(&self, uri: &Uri) -> Result<Url, TransportFault> {
        // A query hardly comes twice, and may hold what should not be kept.
        if uri.query().is_some() {
            return parse(uri);
        }
        self.known(uri).map_or_else(|| self.learn(uri), Ok)
    }

    fn known(&self, uri: &Uri) -> Option<Url> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let (same, url) = known.get(uri.path())?;
        let is_same = same.scheme() == uri.scheme() && name(same) == name(uri);
        is_same.then(|| url.clone())
    }

    #[cold]
    fn learn(&self, uri: &Uri) -> Result<Url, TransportFault> {
        let url = parse(uri)?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MANY {
            known.clear();
        }
        known.insert(uri.path().to_owned(), (uri.clone(), url.clone()));
        Ok(url)
    }
}

/// The server's name and port, as they are written: in another case it is learnt again.
fn name(uri: &Uri) -> Option<&str> {
    uri.authority().map(Authority::as_str)
}

/// Refuses plain HTTP to other machines: a request need not be as the client made it, if another transport hands it on.
fn parse(uri: &Uri) -> Result<Url, TransportFault> {
    if let (Some(scheme), Some(host)) = (uri.scheme(), uri.host()) {
        check_scheme(scheme, host)
            .map_err(|reason| TransportFault::Connect(format!("the address {reason}").into()))?;
    }
    Url::parse(&uri.to_string()).map_err(|error| TransportFault::Connect(error.into()))
}
