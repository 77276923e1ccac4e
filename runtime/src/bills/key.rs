//! 128 bits for a number, so that a row on hold takes few bytes.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};

use xxhash_rust::xxh3::xxh3_128_with_seed;

/// A hash of what a number is about and of the number itself. That the keys of two of ten million numbers meet by chance
/// is one to 10^24.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key([u64; 2]);

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0[0]);
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
        let hash = xxh3_128_with_seed(number, self.seed ^ u64::from(about));
        Key([hash as u64, (hash >> 64) as u64])
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

/// What is gathered for a shard at least before it is worked on.
const BATCH: usize = 64;

/// Entries of a map too large for any cache, in shards by their keys.
///
/// What is to be done with an entry is put off until there is as much to do in its shard as a half of what is kept there,
/// because to look into a large map here and there is to wait for the memory each time. A shard that grows is also little
/// to be in memory twice.
#[derive(Debug, Clone)]
pub(super) struct Shards<S, E> {
    shards: Vec<Shard<S, E>>,
}

#[derive(Debug, Clone)]
struct Shard<S, E> {
    pending: Vec<(Key, E)>,
    batch: usize,
    kept: S,
}

/// What is kept of a shard.
pub(super) trait Kept: Default {
    /// How many entries.
    fn count(&self) -> usize;
}

impl<T> Kept for KeyMap<T> {
    fn count(&self) -> usize {
        self.len()
    }
}

impl<S: Kept, E> Shards<S, E> {
    pub(super) fn new() -> Self {
        let shard = || Shard { pending: Vec::new(), batch: BATCH, kept: S::default() };
        Self { shards: (0..SHARDS).map(|_| shard()).collect() }
    }

    /// Puts off an entry that has nothing to meet until entries of another kind come.
    #[inline]
    pub(super) fn wait(&mut self, key: Key, entry: E) {
        self.shard(key).pending.push((key, entry));
    }

    /// Puts off an entry; `work` is given all of a shard's if it is time.
    #[inline]
    pub(super) fn push<F>(
        &mut self,
        key: Key,
        entry: E,
        work: impl FnOnce(&mut S, &[(Key, E)]) -> Result<(), F>,
    ) -> Result<(), F> {
        let shard = self.shard(key);
        shard.pending.push((key, entry));
        if shard.pending.len() < shard.batch {
            return Ok(());
        }
        work(&mut shard.kept, &shard.pending)?;
        shard.batch = BATCH.max(shard.kept.count() / 2);
        shard.pending.clear();
        shard.pending.shrink_to(shard.batch);
        Ok(())
    }

    #[inline]
    fn shard(&mut self, key: Key) -> &mut Shard<S, E> {
        // The one half of the hash chooses the shard, and the other the place in its map.
        &mut self.shards[key.0[1] as usize % SHARDS]
    }

    /// Works on all that was put off; what is kept then.
    pub(super) fn finish<F>(
        self,
        mut work: impl FnMut(&mut S, &[(Key, E)]) -> Result<(), F>,
    ) -> Result<Vec<S>, F> {
        let shards = self.shards.into_iter().map(|mut shard| {
            work(&mut shard.kept, &shard.pending)?;
            Ok(shard.kept)
        });
        shards.collect()
    }
}
