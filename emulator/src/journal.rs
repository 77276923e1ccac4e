//! What was asked of the emulator, for tests to look at.

use std::collections::{BTreeMap, VecDeque};

use axum::http::HeaderMap;

/// A request as it came. The body is empty if a fault struck before it was read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Received {
    /// As `POST`.
    pub method: String,
    /// Without what follows `?`.
    pub path: String,
    /// What follows `?`, or nothing.
    pub query: String,
    /// Their names in lower case.
    pub headers: HeaderMap,
    /// Its first 64 KiB.
    pub body: Vec<u8>,
}

const KEPT: usize = 4096;
const KEPT_PATHS: usize = 256;
const KEPT_BODY: usize = 64 * 1024;

#[derive(Default)]
pub(crate) struct Journal {
    received: VecDeque<Received>,
    count: usize,
    by_path: BTreeMap<String, usize>,
}

impl Journal {
    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.iter().cloned().collect()
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    pub(crate) fn count_of(&self, path: &str) -> usize {
        self.by_path.get(path.trim_end_matches('/')).copied().unwrap_or(0)
    }

    /// Counts a request whose head has come, and gives its number, from 0.
    pub(crate) fn number(&mut self, path: &str) -> usize {
        let path = path.trim_end_matches('/');
        if self.by_path.len() < KEPT_PATHS || self.by_path.contains_key(path) {
            *self.by_path.entry(path.to_owned()).or_default() += 1;
        }
        self.count += 1;
        self.count - 1
    }

    pub(crate) fn keep(&mut self, mut received: Received) {
        received.body.truncate(KEPT_BODY);
        if self.received.len() == KEPT {
            self.received.pop_front();
        }
        self.received.push_back(received);
    }
}
