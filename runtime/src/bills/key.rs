//! 128 bits for a number, so that a row on hold takes few bytes.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};

/// Two hashes of what a number is about and of the number itself, by keys that differ in each run: nobody can choose
/// numbers whose keys meet, and that two of ten million do by chance is one to 10^24.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key([u64; 2]);

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0[0]);
    }
}

/// Makes keys.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys(RandomState, RandomState);

impl Keys {
    pub(super) fn key(&self, about: u8, number: &[u8]) -> Key {
        Key([hash(&self.0, about, number), hash(&self.1, about, number)])
    }
}

#[inline]
fn hash(state: &RandomState, about: u8, number: &[u8]) -> u64 {
    let mut hasher = state.build_hasher();
    hasher.write_u8(about);
    hasher.write(number);
    hasher.finish()
}

/// A key is a hash already.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    #[inline]
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

pub(super) type KeyMap<T> = HashMap<Key, T, BuildHasherDefault<KeyHasher>>;

/// How many maps share the entries. A map that grows is in memory twice for a moment; one of many is little.
const SHARDS: usize = 64;

/// A map of so many entries that it must not be copied as a whole to grow.
#[derive(Debug, Clone)]
pub(super) struct Shards<T>(Vec<KeyMap<T>>);

impl<T> Shards<T> {
    pub(super) fn new() -> Self {
        Self((0..SHARDS).map(|_| KeyMap::default()).collect())
    }

    #[inline]
    pub(super) fn of(&mut self, key: Key) -> &mut KeyMap<T> {
        // The lower bits choose the map, and the other hash the place in it.
        &mut self.0[key.0[1] as usize % SHARDS]
    }

    pub(super) fn into_entries(self) -> impl Iterator<Item = (Key, T)> {
        self.0.into_iter().flatten()
    }
}
