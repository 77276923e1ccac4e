//! The words by which a spec says how messages are signed and encrypted.

use crate::record::words;

words! {
    /// What makes a signature of the string to sign.
    pub enum Algorithm each "algorithm" {
        /// RSA with the padding of PKCS#1 v1.5 and SHA-256.
        RsaSha256 = "rsa_sha256",
        /// HMAC with SHA-256 and a shared secret.
        HmacSha256 = "hmac_sha256",
        /// The SHA-1 hash of a string that has the shared secret in it.
        Sha1 = "sha1",
        /// The MD5 hash of a string that has the shared secret in it.
        Md5 = "md5",
    }
}

words! {
    /// How a signature is written.
    pub enum Encoding {
        /// With the standard alphabet and padding.
        Base64 = "base64",
        /// Two digits a byte, in lower case.
        Hex = "hex",
        /// Two digits a byte, in upper case.
        UpperHex = "upper_hex",
    }
}

words! {
    /// What is signed of a field of the body.
    pub enum JoinedForm {
        /// Its value.
        Value = "value",
        /// `name=value`.
        Pair = "pair",
    }
}

words! {
    /// How the value of a field is signed.
    pub enum JoinedValue {
        /// A string as it is, a number by its digits, nothing for `null`; anything else cannot be signed.
        Exact = "exact",
        /// Without white space and one pair of quotes around it, and left out where nothing remains; an object or a list
        /// as compact JSON.
        Trimmed = "trimmed",
    }
}

words! {
    /// An algorithm that encrypts.
    pub enum CipherAlgorithm each "algorithm" {
        /// AES-256 in Galois/Counter Mode.
        Aes256Gcm = "aes_256_gcm",
    }
}
