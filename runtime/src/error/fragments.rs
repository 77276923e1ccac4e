//! Finds pieces of a secret in a text: a server may quote it cut off, in another case, or in Base64.

use std::collections::HashSet;
use std::ops::Range;

/// Pieces of a shorter secret are not looked for: they would be found in ordinary words.
const SHORTEST_SECRET: usize = 16;
/// The shortest piece, in bytes.
const PIECE: usize = 12;

/// Every piece of one secret, in lower case.
pub(super) struct Fragments {
    pieces: HashSet<[u8; PIECE]>,
    /// The bytes that pieces are made of.
    alphabet: [bool; 256],
}

impl Fragments {
    pub(super) fn of(secret: &str) -> Option<Self> {
        if secret.len() < SHORTEST_SECRET {
            return None;
        }
        let mut fragments = Self { pieces: HashSet::new(), alphabet: [false; 256] };
        fragments.add(secret.as_bytes());
        fragments.add_base64(secret.as_bytes());
        Some(fragments)
    }

    fn add(&mut self, text: &[u8]) {
        let lower = text.to_ascii_lowercase();
        lower.iter().for_each(|byte| self.alphabet[usize::from(*byte)] = true);
        self.pieces.extend(lower.windows(PIECE).filter_map(|piece| piece.first_chunk().copied()));
    }

    /// As it stands behind anything else, as `Bearer `: what goes before fills 0, 1 or 2 bytes of a group of three.
    #[cfg(feature = "client")]
    fn add_base64(&mut self, secret: &[u8]) {
        use base64::Engine;
        use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};

        for start in 0..3 {
            self.add(BASE64_STANDARD_NO_PAD.encode(&secret[start..]).as_bytes());
            self.add(BASE64_URL_SAFE_NO_PAD.encode(&secret[start..]).as_bytes());
        }
    }

    /// Only the client knows the secrets of a call.
    #[cfg(not(feature = "client"))]
    #[expect(clippy::unused_self, reason = "there is nothing to look for")]
    fn add_base64(&mut self, _: &[u8]) {}

    /// Where pieces stand, those that touch as one, in one pass. Each range is of whole characters.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut run = 0;
        for (index, byte) in text.bytes().enumerate() {
            let is_of_it = self.alphabet[usize::from(byte.to_ascii_lowercase())];
            run = if is_of_it { run + 1 } else { 0 };
            if run < PIECE || !self.has(&text.as_bytes()[..=index]) {
                continue;
            }
            let (start, end) = (index + 1 - PIECE, index + 1);
            let piece = floor(text, start)..ceil(text, end);
            match found.last_mut() {
                Some(last) if last.end >= piece.start => last.end = piece.end,
                _ => found.push(piece),
            }
        }
        found
    }

    /// Whether a text ends in a piece.
    fn has(&self, text: &[u8]) -> bool {
        let piece = text.last_chunk::<PIECE>().map(|piece| {
            let mut piece = *piece;
            piece.make_ascii_lowercase();
            piece
        });
        piece.is_some_and(|piece| self.pieces.contains(&piece))
    }
}

/// The last place up to `index` that is between characters.
pub(super) fn floor(text: &str, index: usize) -> usize {
    let places = 0..=index.min(text.len());
    places.rev().find(|place| text.is_char_boundary(*place)).unwrap_or_default()
}

/// The first place from `index` on that is between characters.
fn ceil(text: &str, index: usize) -> usize {
    (index..text.len()).find(|place| text.is_char_boundary(*place)).unwrap_or(text.len())
}
