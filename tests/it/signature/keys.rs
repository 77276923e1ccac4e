//! Which keys are taken, in which forms, and what is said of the others.

use std::time::{Duration, SystemTime};

use apiscribe::Secret;
use apiscribe::meta::Method;
use apiscribe::signature::{AppKey, Certificate, KeyError, PlatformKey};
use apiscribe::time::UnixSeconds;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use generated_client::platform_schemes::{BYTE_AUTHORIZATION, BYTE_SIGNATURE};

use super::{PKCS8, PUBLIC, bare};

const PKCS1: &str = include_str!("../../keys/app.pkcs1.pem");
const PUBLIC_PKCS1: &str = include_str!("../../keys/app.public.pkcs1.pem");
const SMALL: [&str; 2] =
    [include_str!("../../keys/small.pkcs8.pem"), include_str!("../../keys/small.pkcs1.pem")];
const SMALL_PUBLIC: [&str; 2] = [
    include_str!("../../keys/small.public.pem"),
    include_str!("../../keys/small.public.pkcs1.pem"),
];
const LOCKED: [&str; 2] =
    [include_str!("../../keys/locked.pem"), include_str!("../../keys/locked.pkcs1.pem")];
const CURVE: &str = include_str!("../../keys/curve.pem");
const CURVE_PUBLIC: &str = include_str!("../../keys/curve.public.pem");

const CERTIFICATE: &str = include_str!("../../keys/other.certificate.pem");
const CURVE_CERTIFICATE: &str = include_str!("../../keys/curve.certificate.pem");

const NOT_PRIVATE: KeyError = KeyError::OtherKind { expected: "an RSA private key" };
const NOT_PUBLIC: KeyError = KeyError::OtherKind { expected: "an RSA public key" };

fn private(text: &str) -> Result<AppKey, KeyError> {
    AppKey::new(&BYTE_AUTHORIZATION, "ttabc123", "1", Secret::from(text))
}

fn public(text: &str) -> Result<PlatformKey, KeyError> {
    PlatformKey::new(&BYTE_SIGNATURE, text)
}

fn sign(key: &AppKey) -> String {
    let signed = key.authorize_at(Method::Post, "/a", b"{}", UnixSeconds(1), "n").unwrap();
    signed.signature().to_owned()
}

#[test]
fn a_private_key_is_read_in_all_forms() {
    let expected = sign(&private(PKCS8).unwrap());
    let windows = PKCS8.replace('\n', "\r\n");
    for text in [PKCS1, &bare(PKCS8), &bare(PKCS1), &windows, &format!("\n  {PKCS8}\n")] {
        assert_eq!(sign(&private(text).unwrap()), expected);
    }
    for text in [PKCS8, PKCS1] {
        let der = STANDARD.decode(bare(text)).unwrap();
        assert_eq!(
            sign(&AppKey::from_der(&BYTE_AUTHORIZATION, "ttabc123", "1", &der).unwrap()),
            expected
        );
    }
}

#[test]
fn a_public_key_is_read_in_all_forms() {
    let signature = include_str!("../../keys/callback.sig");
    let body = br#"{"version":"3.0","type":"settle","msg":"{}"}"#;
    let der = |text| PlatformKey::from_der(&BYTE_SIGNATURE, &STANDARD.decode(bare(text)).unwrap());
    let bares = [bare(PUBLIC), bare(PUBLIC_PKCS1)];
    let texts = [PUBLIC, PUBLIC_PKCS1, &bares[0], &bares[1]].map(public);
    for key in texts.into_iter().chain([der(PUBLIC), der(PUBLIC_PKCS1)]) {
        assert_eq!(key.unwrap().verify("1700000000", "nonce1", body, signature), Ok(()));
    }
}

#[test]
fn keys_of_1024_bits_are_refused() {
    for text in SMALL {
        assert_eq!(private(text).unwrap_err(), KeyError::TooSmall);
        assert_eq!(private(&bare(text)).unwrap_err(), KeyError::TooSmall);
    }
    for text in SMALL_PUBLIC {
        assert_eq!(public(text).unwrap_err(), KeyError::TooSmall);
        assert_eq!(public(&bare(text)).unwrap_err(), KeyError::TooSmall);
    }
}

#[test]
fn a_locked_key_is_told_from_a_broken_one() {
    for text in LOCKED {
        assert_eq!(private(text).unwrap_err(), KeyError::Encrypted);
    }
    let cut = &PKCS8[..PKCS8.len() / 2];
    for text in ["", " \n", "hello", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----", cut] {
        assert_eq!(private(text).unwrap_err(), KeyError::NotAKey);
        assert_eq!(public(text).unwrap_err(), KeyError::NotAKey);
    }
}

#[test]
fn a_key_for_something_else_is_named_so() {
    for text in [PUBLIC, CURVE, &bare(CURVE), &bare(PUBLIC), "AAAA"] {
        assert_eq!(private(text).unwrap_err(), NOT_PRIVATE);
    }
    for text in [PKCS8, CURVE_PUBLIC, &bare(CURVE_PUBLIC), &bare(PKCS8), "AAAA"] {
        assert_eq!(public(text).unwrap_err(), NOT_PUBLIC);
    }
}

#[test]
fn an_id_or_a_version_that_could_end_its_quotes_is_refused() {
    for (id, version, which) in
        [("", "1", "appid"), ("tt\"", "1", "appid"), ("tt", "1,", "key_version")]
    {
        let key = AppKey::new(&BYTE_AUTHORIZATION, id, version, Secret::from(PKCS8));
        assert_eq!(key.unwrap_err(), KeyError::Name { which });
    }
}

#[test]
fn what_is_said_of_a_key_says_what_to_do() {
    assert!(KeyError::TooSmall.to_string().contains("openssl genrsa 2048"));
    assert!(KeyError::Encrypted.to_string().contains("openssl pkey"));
    assert!(KeyError::NotAKey.to_string().contains("-----BEGIN"));
}

/// As environment variables, JSON files, editors and `openssl pkcs12` hand a key on.
fn wrapped(pem: &str) -> Vec<String> {
    let line = pem.trim_end().replace('\n', "\\n");
    let windows = pem.trim_end().replace('\n', "\\r\\n");
    vec![
        line.clone(),
        windows,
        format!("\"{line}\""),
        format!("'{line}'\n"),
        format!(" \"{}\" ", line.replace('/', "\\/")),
        format!("\u{feff}{pem}"),
        format!("\u{feff}\"{line}\"\r\n"),
        format!("Bag Attributes\n    localKeyID: 01\n{pem}"),
        format!("{pem}\n# the platform's\n"),
        format!("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n{pem}"),
        format!("{pem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        format!("Bag Attributes: <No Attributes>\n{CURVE}{pem}"),
        format!("-----BEGIN PRIVATE KEY-----\ncut\n{pem}"),
        pem.replace('\n', "\r"),
        pem.replace('\n', "\\\n"),
    ]
}

#[test]
fn a_key_is_read_from_where_it_is_kept() {
    let expected = sign(&private(PKCS8).unwrap());
    for pem in [PKCS8, PKCS1] {
        for text in wrapped(pem) {
            // The key of another kind is a `PRIVATE KEY` as well, so that the first one counts.
            match text.contains(CURVE) {
                true => assert_eq!(private(&text).unwrap_err(), NOT_PRIVATE),
                false => assert_eq!(sign(&private(&text).expect(&text)), expected),
            }
        }
    }
    for pem in [PUBLIC, PUBLIC_PKCS1] {
        for text in wrapped(pem) {
            public(&text).expect(&text);
        }
    }
    let bare = format!("\u{feff}\"{}\"", bare(PUBLIC));
    public(&bare).unwrap();
}

#[test]
fn a_bundle_without_the_key_says_what_it_has() {
    let certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert_eq!(private(&format!("{certificate}{PUBLIC}")).unwrap_err(), NOT_PRIVATE);
    assert_eq!(public(&format!("{certificate}{PKCS8}")).unwrap_err(), NOT_PUBLIC);
    let locked = format!("{certificate}{}", LOCKED[0]);
    assert_eq!(private(&locked).unwrap_err(), KeyError::Encrypted);
    assert_eq!(private("-----BEGIN PRIVATE KEY-----\\nAAAA").unwrap_err(), KeyError::NotAKey);
}

/// As `openssl x509 -noout -serial -enddate` shows them.
#[test]
fn a_certificate_tells_its_number_and_its_end() {
    let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let certificate = Certificate::new(CERTIFICATE).unwrap();
    assert_eq!(certificate.serial_number(), "9157F09EFDC096DE15EBE81A47057A7232F1B8");
    assert_eq!(certificate.expires(), at(1_843_958_096));
    // Of any kind of key, and after 2050, where the time is written otherwise.
    let curve = Certificate::new(CURVE_CERTIFICATE).unwrap();
    assert_eq!((curve.serial_number(), curve.expires()), ("0A01", at(2_840_140_800)));
}

#[test]
fn the_key_of_a_certificate_checks() {
    let signature = include_str!("../../keys/raw.sig");
    let line = CERTIFICATE.trim_end().replace('\n', "\\n");
    let chain = format!("{CERTIFICATE}{CURVE_CERTIFICATE}");
    let bundle = format!("{PUBLIC}{CERTIFICATE}");
    let der = STANDARD.decode(bare(CERTIFICATE)).unwrap();
    let texts = [CERTIFICATE, &bare(CERTIFICATE), &line, &chain, &bundle].map(Certificate::new);
    for certificate in texts.into_iter().chain([Certificate::from_der(&der)]) {
        let key = PlatformKey::certificate(&BYTE_SIGNATURE, &certificate.unwrap()).unwrap();
        let checked = key.verify("1700000000", "nonce1", b"\xff\x00raw", signature);
        assert_eq!(checked, Ok(()));
    }
    let curve = Certificate::new(CURVE_CERTIFICATE).unwrap();
    assert_eq!(PlatformKey::certificate(&BYTE_SIGNATURE, &curve).unwrap_err(), NOT_PUBLIC);
}

#[test]
fn what_is_no_certificate_is_told_so() {
    const NONE: KeyError = KeyError::OtherKind { expected: "an X.509 certificate" };
    let cut = &CERTIFICATE[..CERTIFICATE.len() / 2];
    for text in ["", "hello", cut] {
        assert_eq!(Certificate::new(text).unwrap_err(), KeyError::NotAKey);
    }
    for text in [PUBLIC, PKCS8, &bare(PUBLIC), "AAAA"] {
        assert_eq!(Certificate::new(text).unwrap_err(), NONE);
    }
    // Each byte but the last may be the end, and any byte may be another.
    let der = STANDARD.decode(bare(CERTIFICATE)).unwrap();
    for end in 0..der.len() {
        assert_eq!(Certificate::from_der(&der[..end]).unwrap_err(), NONE);
    }
    let mut more = der.clone();
    more.push(0);
    assert_eq!(Certificate::from_der(&more).unwrap_err(), NONE);
    for index in 0..der.len() {
        let mut changed = der.clone();
        changed[index] ^= 0xFF;
        // Whatever it is, it is no panic.
        let _ = Certificate::from_der(&changed);
    }
    // And where the key alone is due, it is said how to get it.
    let error = public(CERTIFICATE).unwrap_err();
    assert_eq!(error, KeyError::Certificate);
    assert!(error.to_string().contains("`PlatformKey::certificate`"), "{error}");
    assert_eq!(private(CERTIFICATE).unwrap_err(), NOT_PRIVATE);
}
