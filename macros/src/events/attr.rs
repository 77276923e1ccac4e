//! The `#[events(...)]` grammar.

use syn::parse::ParseStream;
use syn::{Attribute, Error, Path, Result, Token};

use crate::attr::{self, parse_crate, parse_name, parse_value, set};
use crate::errors::Errors;
use crate::suggest;

/// What is written on the enum: the envelope.
pub(super) fn read_envelope(attrs: &[Attribute], errors: &mut Errors) -> Option<Path> {
    let (mut envelope, mut runtime) = (None, None);
    attr::read(attrs, "events", errors, |input, _| {
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "envelope" => set(&mut envelope, &name, parse_value(input)?),
            "crate" => set(&mut runtime, &name, parse_crate(input)?),
            _ => Err(suggest::unknown("key of an enum of events", &name, &["envelope", "crate"])),
        }
    });
    envelope
}

/// What is written on a variant.
pub(super) enum Item {
    /// The type that implements `Callback`.
    Callback(Path),
    Unknown,
}

pub(super) fn read_item(attrs: &[Attribute], errors: &mut Errors) -> Option<Item> {
    let mut found = None;
    attr::read(attrs, "events", errors, |input, _| {
        let path = parse_path(input)?;
        if found.is_some() {
            return Err(Error::new_spanned(path, "a variant is of one callback, leave this out"));
        }
        found = Some(if path.is_ident("unknown") { Item::Unknown } else { Item::Callback(path) });
        Ok(())
    });
    found
}

fn parse_path(input: ParseStream<'_>) -> Result<Path> {
    let path: Path = input.parse().map_err(|error| {
        Error::new(error.span(), "expected the path of a callback's type, or `unknown`")
    })?;
    match input.peek(Token![=]) {
        true => Err(input.error("expected no value here, only the path of a callback's type")),
        false => Ok(path),
    }
}
