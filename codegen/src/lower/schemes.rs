//! How messages are signed and encrypted.

use super::docs::{lower_provenance, strings};
use crate::ir;
use crate::model::schemes::SignatureScheme;
use crate::model::{Model, Shared, sound};
use crate::names::constant_name;

pub(super) fn lower_schemes(model: &Model<'_>) -> Vec<ir::SignatureScheme> {
    model.schemes.iter().map(lower_scheme).collect()
}

fn lower_scheme(scheme: &SignatureScheme<'_>) -> ir::SignatureScheme {
    let SignatureScheme { name, spec, .. } = scheme;
    let unless = spec.unless.iter().flat_map(|unless| {
        let headers = strings(&unless.headers).into_iter().map(ir::Mark::Header);
        headers.chain(strings(&unless.fields).into_iter().map(ir::Mark::Field))
    });
    ir::SignatureScheme {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&spec.provenance),
        algorithm: spec.algorithm.value,
        encoding: spec.encoding.value,
        text: sound(&scheme.text).clone(),
        carriers: scheme.carried().map(|carried| sound(&carried.carrier).clone()).collect(),
        unless: unless.collect(),
        window: spec.window.as_ref().map(|window| window.value),
    }
}

pub(super) fn lower_ciphers(shared: &Shared<'_>) -> Vec<ir::Cipher> {
    let ciphers = shared.ciphers.iter().map(|(name, cipher)| ir::Cipher {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&cipher.provenance),
        algorithm: cipher.algorithm.value,
        ciphertext: cipher.ciphertext.value.clone(),
        nonce: cipher.nonce.value.clone(),
        associated_data: cipher.associated_data.as_ref().map(|field| field.value.clone()),
    });
    ciphers.collect()
}
