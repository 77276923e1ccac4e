//! Refuses what cannot be meant.

use std::collections::HashMap;

use quote::ToTokens;
use syn::{Data, Fields, Variant};

use super::model::Events;
use crate::errors::Errors;
use crate::variants::check_payload;

pub(super) fn check(events: &Events<'_>, errors: &mut Errors) {
    // What is wrong with a variant may be what made it an unknown one.
    if events.unknown.is_empty() && errors.count() == 0 && matches!(events.node.data, Data::Enum(_))
    {
        let message =
            "no variant keeps undocumented events, add `#[events(unknown)] Unknown(UnknownEvent)`";
        errors.at(&events.node.ident, message);
    }
    for variant in &events.unknown {
        check_payload(variant, &["UnknownEvent"], errors);
    }
    for second in events.unknown.iter().skip(1) {
        errors.at(&second.ident, "one variant keeps unknown events, leave one out");
    }
    events.known.iter().for_each(|known| check_content(known.variant, errors));
    check_callbacks(events, errors);
}

fn check_content(variant: &Variant, errors: &mut Errors) {
    let is_newtype =
        matches!(&variant.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1);
    if !is_newtype {
        let ident = &variant.ident;
        let message =
            format_args!("write `{ident}(CONTENT)`, with the type of the callback's content");
        errors.at(ident, message);
    }
}

/// An event read as two variants would be read as the first of them, always.
fn check_callbacks(events: &Events<'_>, errors: &mut Errors) {
    let mut seen = HashMap::new();
    for known in &events.known {
        let path = known.callback.to_token_stream().to_string();
        if let Some(first) = seen.insert(path, &known.variant.ident) {
            let message = format_args!("the callback is that of `{first}` already");
            errors.at(&known.callback, message);
        }
    }
}
