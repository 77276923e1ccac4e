//! How messages are signed and encrypted.

use super::docs::{lower_provenance, strings};
use crate::ir;
use crate::model::schemes::{CallbackScheme, SignatureScheme};
use crate::model::{Model, Shared, sound};
use crate::names::constant_name;
use crate::source::Located;

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

pub(super) fn lower_callback_schemes(model: &Model<'_>) -> Vec<ir::CallbackScheme> {
    model.callback_schemes.iter().map(lower_callback_scheme).collect()
}

fn lower_callback_scheme(scheme: &CallbackScheme<'_>) -> ir::CallbackScheme {
    let CallbackScheme { name, spec, .. } = scheme;
    let header = |name: &Located<String>| name.value.to_ascii_lowercase();
    let signed_by = scheme.signed_by.iter().map(|used| &sound(&used.scheme).name.value);
    let cipher = scheme.cipher.as_ref().map(|cipher| &sound(cipher).name.value);
    let refusal = scheme.refusal.iter();
    let kept = spec.kept.iter().map(header).collect::<Vec<_>>();
    ir::CallbackScheme {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&spec.provenance),
        signed_by: signed_by.map(|name| constant_name(name)).collect(),
        cipher: cipher.map(|name| constant_name(name)),
        status: spec.status.as_ref().map(|status| status.value),
        acknowledgement: spec
            .acknowledgement
            .as_ref()
            .map(|text| text.value.clone())
            .unwrap_or_default(),
        refusal: refusal
            .map(|member| (member.spec.name.value.clone(), sound(&member.told).clone()))
            .collect(),
        kept: (!kept.is_empty()).then_some(kept),
        log_id: spec.log_id.as_ref().map(header),
        event_id: spec.event_id.as_ref().map(header),
    }
}
