//! The address of each host: the one that was given, or that of the environment.

use std::ptr;
use std::sync::{Arc, PoisonError, RwLock};

use super::Environment;
use crate::endpoint::BaseUrl;
use crate::error::RequestError;
use crate::meta::{EndpointMeta, Host};

/// The addresses that are called, each checked once.
#[derive(Debug)]
pub(super) struct BaseUrls {
    environment: Environment,
    /// Those that were given, and those of the environment that were asked for. Of several, the last counts.
    known: RwLock<Vec<Known>>,
}

/// A host and where it is called.
pub(super) type Known = (&'static Host, Arc<BaseUrl>);

impl BaseUrls {
    pub(super) fn new(given: Vec<Known>, environment: Environment) -> Self {
        Self { environment, known: RwLock::new(given) }
    }

    pub(super) fn of(&self, meta: &'static EndpointMeta) -> Result<Arc<BaseUrl>, RequestError> {
        self.known(meta.host).map_or_else(|| self.learn(meta), Ok)
    }

    fn known(&self, host: &'static Host) -> Option<Arc<BaseUrl>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let is = |other: &Host| ptr::eq(other, host) || other == host;
        let found = known.iter().rev().find(|(other, _)| is(other));
        found.map(|(_, url)| Arc::clone(url))
    }

    #[cold]
    fn learn(&self, meta: &'static EndpointMeta) -> Result<Arc<BaseUrl>, RequestError> {
        let (endpoint, host, environment) = (meta.name, meta.host, self.environment.as_str());
        let url = self.environment.of(host);
        let url = url.ok_or(RequestError::NoBaseUrl { endpoint, host, environment })?;
        let url = BaseUrl::parse(url)
            .map_err(|reason| RequestError::BaseUrl { host: host.name, reason })?;
        let url = Arc::new(url);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.push((host, Arc::clone(&url)));
        Ok(url)
    }
}
