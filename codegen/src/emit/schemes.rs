//! How messages are signed and encrypted: constants.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::link;
use super::literal::emit_int;
use super::{doc, ident};
use crate::ir::{
    Algorithm, CallbackScheme, Carrier, Cipher, CipherAlgorithm, Encoding, Joined, JoinedForm,
    JoinedValue, Mark, Part, SignatureScheme, Told, TypePath,
};

pub(super) fn emit_scheme(scheme: &SignatureScheme) -> TokenStream {
    let doc = doc::item(doc::text(&scheme.doc), &scheme.doc);
    let name = ident(&scheme.name);
    let SignatureScheme { wire, algorithm, encoding, .. } = scheme;
    let (algorithm, encoding) = (emit_algorithm(*algorithm), emit_encoding(*encoding));
    let text = scheme.text.iter().map(emit_part);
    let carriers = scheme.carriers.iter().map(emit_carrier);
    let unless = scheme.unless.iter().map(emit_mark);
    let unless = (!scheme.unless.is_empty()).then(|| quote!(.unless(&[#(#unless),*])));
    let window = scheme.window.map(emit_int).into_iter();
    quote! {
        #doc
        pub const #name: ::apiscribe::scheme::Scheme = ::apiscribe::scheme::Scheme::new(
            #wire,
            ::apiscribe::scheme::Algorithm::#algorithm,
            ::apiscribe::scheme::Encoding::#encoding,
            &[#(#text),*],
            &[#(#carriers),*],
        )
        #unless
        #(.window(#window))*;
    }
}

fn emit_algorithm(algorithm: Algorithm) -> TokenStream {
    match algorithm {
        Algorithm::RsaSha256 => quote!(RsaSha256),
        Algorithm::HmacSha256 => quote!(HmacSha256),
        Algorithm::Sha1 => quote!(Sha1),
        Algorithm::Md5 => quote!(Md5),
    }
}

fn emit_encoding(encoding: Encoding) -> TokenStream {
    match encoding {
        Encoding::Base64 => quote!(Base64),
        Encoding::Hex => quote!(Hex),
        Encoding::UpperHex => quote!(UpperHex),
    }
}

fn emit_part(part: &Part) -> TokenStream {
    let part = match part {
        Part::Text(text) => quote!(Text(#text)),
        Part::Method => quote!(Method),
        Part::Target => quote!(Target),
        Part::Timestamp => quote!(Timestamp),
        Part::Nonce => quote!(Nonce),
        Part::Body => quote!(Body),
        Part::Header(name) => quote!(Header(#name)),
        Part::Joined(joined) => emit_joined(joined),
        Part::Account => quote!(Account),
        Part::KeyId => quote!(KeyId),
        Part::Key => quote!(Key),
        Part::Signature => quote!(Signature),
    };
    quote!(::apiscribe::scheme::Part::#part)
}

fn emit_joined(joined: &Joined) -> TokenStream {
    let Joined { without, separator, with_key, .. } = joined;
    let form = match joined.form {
        JoinedForm::Value => quote!(Value),
        JoinedForm::Pair => quote!(Pair),
    };
    let value = match joined.value {
        JoinedValue::Exact => quote!(Exact),
        JoinedValue::Trimmed => quote!(Trimmed),
    };
    quote! {
        Fields(&::apiscribe::scheme::Fields {
            without: &[#(#without),*],
            form: ::apiscribe::scheme::FieldForm::#form,
            value: ::apiscribe::scheme::FieldValue::#value,
            separator: #separator,
            with_key: #with_key,
        })
    }
}

fn emit_carrier(carrier: &Carrier) -> TokenStream {
    let carrier = match carrier {
        Carrier::Header { header, part } => {
            let part = emit_part(part);
            quote!(Header { header: #header, part: #part })
        }
        Carrier::Pairs { header, prefix, quote, pairs } => {
            let pairs = pairs.iter().map(|(name, part)| {
                let part = emit_part(part);
                quote!((#name, #part))
            });
            quote!(Pairs { header: #header, prefix: #prefix, quote: #quote, pairs: &[#(#pairs),*] })
        }
        Carrier::Field { field, part } => {
            let part = emit_part(part);
            quote!(Field { field: #field, part: #part })
        }
    };
    quote!(::apiscribe::scheme::Carrier::#carrier)
}

fn emit_mark(mark: &Mark) -> TokenStream {
    let mark = match mark {
        Mark::Header(name) => quote!(Header(#name)),
        Mark::Field(name) => quote!(Field(#name)),
    };
    quote!(::apiscribe::scheme::Mark::#mark)
}

pub(super) fn emit_cipher(cipher: &Cipher) -> TokenStream {
    let doc = doc::item(doc::text(&cipher.doc), &cipher.doc);
    let name = ident(&cipher.name);
    let CipherAlgorithm::Aes256Gcm = cipher.algorithm;
    let Cipher { ciphertext, nonce, .. } = cipher;
    let associated_data = cipher.associated_data.as_deref().unwrap_or_default();
    quote! {
        #doc
        pub const #name: ::apiscribe::scheme::Cipher = ::apiscribe::scheme::Cipher::new(
            ::apiscribe::scheme::CipherAlgorithm::Aes256Gcm,
            #ciphertext,
            #nonce,
            #associated_data,
        );
    }
}

/// What an envelope says of the scheme of its calls.
pub(super) fn describe_use(scheme: &str) -> String {
    format!("Such calls are made and acknowledged by {}.", link_to(scheme))
}

fn link_to(constant: &str) -> String {
    link(&TypePath { module: None, name: constant.to_owned() })
}

pub(super) fn emit_callback_scheme(scheme: &CallbackScheme) -> TokenStream {
    let doc = doc::item(describe_callback_scheme(scheme), &scheme.doc);
    let name = ident(&scheme.name);
    let CallbackScheme { wire, acknowledgement, .. } = scheme;
    let refusal = scheme.refusal.iter().map(|(name, told)| {
        let told = emit_told(told);
        quote!((#name, ::apiscribe::scheme::Told::#told))
    });
    let status = scheme.status.map(emit_int).into_iter();
    let kept = scheme.kept.iter().map(|names| quote!(&[#(#names),*]));
    let (log_id, event_id) = (scheme.log_id.iter(), scheme.event_id.iter());
    quote! {
        #doc
        pub const #name: ::apiscribe::scheme::CallbackScheme = ::apiscribe::scheme::CallbackScheme::new(
            #wire,
            #acknowledgement,
            &[#(#refusal),*],
        )
        #(.status(#status))*
        #(.kept(#kept))*
        #(.log_id(#log_id))*
        #(.event_id(#event_id))*;
    }
}

fn describe_callback_scheme(scheme: &CallbackScheme) -> Vec<String> {
    let signed_by: Vec<String> = scheme.signed_by.iter().map(|name| link_to(name)).collect();
    let signed_by =
        (!signed_by.is_empty()).then(|| format!("Calls are signed by {}.", signed_by.join(" or ")));
    let cipher = scheme.cipher.as_deref();
    let cipher = cipher.map(|name| format!("Their content is encrypted by {}.", link_to(name)));
    doc::text(&scheme.doc).into_iter().chain(signed_by).chain(cipher).collect()
}

fn emit_told(told: &Told) -> TokenStream {
    match told {
        Told::Status => quote!(Status),
        Told::Reason => quote!(Reason),
        Told::Text(text) => quote!(Text(#text)),
    }
}
