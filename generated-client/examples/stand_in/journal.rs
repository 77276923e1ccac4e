//! What was asked of the stand-in, for tests to look at.

use std::collections::{BTreeMap, VecDeque};

use super::http::Headers;

/// A request as it came. The body is empty if a fault struck before it was read.
#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) path: String,
    /// What follows `?`, or nothing.
    pub(crate) query: String,
    pub(crate) headers: Headers,
    /// Its first 64 KiB.
    pub(crate) body: Vec<u8>,
}

const KEPT: usize = 4096;
const KEPT_PATHS: usize = 256;
const KEPT_BODY: usize = 64 * 1024;

#[derive(Default)]
pub(super) struct Journal {
    received: VecDeque<Received>,
    count: usize,
    by_path: BTreeMap<String, usize>,
}

impl Journal {
    pub(super) fn received(&self) -> Vec<Received> {
        self.received.iter().cloned().collect()
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn count_of(&self, path: &str) -> usize {
        self.by_path.get(path.trim_end_matches('/')).copied().unwrap_or(0)
    }

    /// Counts a request whose head has come, and gives its number, from 0.
    pub(super) fn number(&mut self, path: &str) -> usize {
        let path = path.trim_end_matches('/');
        if self.by_path.len() < KEPT_PATHS || self.by_path.contains_key(path) {
            *self.by_path.entry(path.to_owned()).or_default() += 1;
        }
        self.count += 1;
        self.count - 1
    }

    pub(super) fn keep(&mut self, mut received: Received) {
        received.body.truncate(KEPT_BODY);
        if self.received.len() == KEPT {
            self.received.pop_front();
        }
        self.received.push_back(received);
    }
}
