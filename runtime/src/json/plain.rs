//! Which bytes of a string stand in JSON as they are.

/// How many bytes come before the first that does not: a quote, a backslash, a control.
pub(super) fn plain_length(text: &[u8]) -> usize {
    let (words, rest) = text.as_chunks();
    let ends = words.iter().map(|word| ends_plain(u64::from_le_bytes(*word)));
    for (place, ends) in ends.enumerate() {
        if ends != 0 {
            return place * size_of::<u64>() + ends.trailing_zeros() as usize / 8;
        }
    }
    if let Some(last) = text.last_chunk() {
        // Those before the rest are plain, so that they may be asked once more.
        let ends = ends_plain(u64::from_le_bytes(*last));
        return text.len() - size_of::<u64>() + ends.trailing_zeros() as usize / 8;
    }
    let length = rest.iter().position(|byte| *byte < b' ' || matches!(byte, b'"' | b'\\'));
    length.unwrap_or(rest.len())
}

/// Sets the highest bit of each of eight bytes that ends a plain text; above the first, of others too.
fn ends_plain(word: u64) -> u64 {
    const EACH: u64 = u64::MAX / 0xFF;
    let zero = |word: u64| word.wrapping_sub(EACH) & !word;
    let control = word.wrapping_sub(EACH * u64::from(b' ')) & !word;
    let [quote, backslash] = [b'"', b'\\'].map(|byte| zero(word ^ (EACH * u64::from(byte))));
    (control | quote | backslash) & (EACH << 7)
}
