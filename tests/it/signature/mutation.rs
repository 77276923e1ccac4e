//! Whatever is signed verifies, and with any byte changed anywhere does not.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use proptest::sample::Index;

use super::{PKCS8, bare, platform_key};

/// As the platform signs, by the crypto library alone.
fn sign(timestamp: &str, nonce: &str, body: &[u8]) -> Vec<u8> {
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
    let key = RsaKeyPair::from_pkcs8(&STANDARD.decode(bare(PKCS8)).unwrap()).unwrap();
    let text = [format!("{timestamp}\n{nonce}\n").as_bytes(), body, b"\n"].concat();
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), &text, &mut signature).unwrap();
    signature
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_mutation_verifies(
        seconds in 0..i64::MAX,
        nonce in "[ -~]{1,40}",
        body in proptest::collection::vec(any::<u8>(), 0..200),
        at in any::<Index>(),
        flip in 1..=255_u8,
    ) {
        let (key, timestamp) = (platform_key(), seconds.to_string());
        let signature = sign(&timestamp, &nonce, &body);
        let text = STANDARD.encode(&signature);
        prop_assert!(key.verify(&timestamp, &nonce, &body, &text).is_ok());

        let flipped = |bytes: &[u8]| {
            let mut bytes = bytes.to_vec();
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
            bytes
        };
        let other = STANDARD.encode(flipped(&signature));
        prop_assert!(key.verify(&timestamp, &nonce, &body, &other).is_err());
        if !body.is_empty() {
            prop_assert!(key.verify(&timestamp, &nonce, &flipped(&body), &text).is_err());
        }
        if let Ok(nonce) = String::from_utf8(flipped(nonce.as_bytes())) {
            prop_assert!(key.verify(&timestamp, &nonce, &body, &text).is_err());
        }
        if let Ok(timestamp) = String::from_utf8(flipped(timestamp.as_bytes())) {
            prop_assert!(key.verify(&timestamp, &nonce, &body, &text).is_err());
        }
        if let Ok(text) = String::from_utf8(flipped(text.as_bytes())) {
            prop_assert!(key.verify(&timestamp, &nonce, &body, &text).is_err());
        }
        prop_assert!(key.verify(&timestamp, &nonce, &[&body[..], b"\n"].concat(), &text).is_err());
        let longer = nonce.clone() + "0";
        prop_assert!(key.verify(&timestamp, &longer, &body, &text).is_err());
        prop_assert!(key.verify(&timestamp, &nonce, &body, &text[..text.len() - 4]).is_err());
    }
}
