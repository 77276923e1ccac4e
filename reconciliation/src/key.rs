//! 128 bits for a number, so that a row on hold takes few bytes.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};

use xxhash_rust::xxh3::xxh3_128_with_seed;

/// A hash of what a number is about and of the number itself. That the keys of two of ten million numbers meet by chance
/// is one to 10^24.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u128);

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64((self.0 >> 64) as u64);
    }
}

/// Makes keys, which differ in each run, so that nobody can prepare numbers whose keys meet.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    seed: u64,
}

impl Keys {
    pub(super) fn new() -> Self {
        Self { seed: RandomState::new().hash_one(0) }
    }

    #[inline]
    pub(super) fn key(&self, about: u8, number: &[u8]) -> Key {
        Key(xxh3_128_with_seed(number, self.seed ^ u64::from(about)))
    }
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

/// So few that the place where each is written to next stays in the processor's cache, and so many that one of them does
/// not take the cache as a whole while it is worked on.
const SHARDS: usize = 64;

/// What is gathered in a shard at least before it is worked on.
pub(super) const BATCH: usize = 64;

/// What is kept by key, in parts, because to look here and there into what no cache can hold is to wait for the memory each
/// time: what is to be done is gathered in each part until it is worth to work on it as a whole.
#[derive(Debug, Clone)]
pub(super) struct Shards<T>(Box<[T]>);

impl<T: Default> Shards<T> {
    pub(super) fn new() -> Self {
        Self((0..SHARDS).map(|_| T::default()).collect())
    }

    #[inline]
    pub(super) fn of(&mut self, key: Key) -> &mut T {
        // The one half of the hash chooses the shard, and the other the place in it.
        &mut self.0[key.0 as usize % SHARDS]
    }
}

impl<T> IntoIterator for Shards<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_vec().into_iter()
    }
}
