//! The `#[js_api(...)]` grammar.

use syn::parse::ParseStream;
use syn::{Attribute, Error, LitInt, LitStr, Path, Result, Type};

use super::signature::Signature;
use crate::attr::{self, parse_crate, parse_name, parse_text, parse_value, set};
use crate::errors::Errors;
use crate::literal::Version;
use crate::suggest;

/// What is written on the struct.
#[derive(Default)]
pub(super) struct Attrs {
    pub(super) name: Option<LitStr>,
    pub(super) since: Option<Version>,
    pub(super) concurrency: Option<LitInt>,
    pub(super) success: Option<Type>,
    pub(super) fail: Option<Type>,
    pub(super) error: Option<Type>,
    pub(super) signature: Option<Signature>,
    runtime: Option<Path>,
}

const OF_STRUCT: [&str; 8] =
    ["name", "since", "concurrency", "success", "fail", "error", "signature", "crate"];

impl Attrs {
    pub(super) fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Attrs::default();
        attr::read(attrs, "js_api", errors, |input, errors| read.item(input, errors));
        read
    }

    fn item(&mut self, input: ParseStream<'_>, errors: &mut Errors) -> Result<()> {
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "name" => set(&mut self.name, &name, parse_text(input, "tt.pay")?),
            "since" => set(&mut self.since, &name, parse_value(input)?),
            "concurrency" => set(&mut self.concurrency, &name, parse_concurrency(input)?),
            "success" => set(&mut self.success, &name, parse_value(input)?),
            "fail" => set(&mut self.fail, &name, parse_value(input)?),
            "error" => set(&mut self.error, &name, parse_value(input)?),
            "signature" => match Signature::parse(&name, input, errors)? {
                Some(signature) => set(&mut self.signature, &name, signature),
                None => Ok(()),
            },
            "crate" => set(&mut self.runtime, &name, parse_crate(input)?),
            _ => Err(suggest::unknown("key of a JS API", &name, &OF_STRUCT)),
        }
    }
}

fn parse_concurrency(input: ParseStream<'_>) -> Result<LitInt> {
    let calls: LitInt = parse_value(input)?;
    match calls.base10_parse() {
        Ok(1..=u32::MAX) => Ok(calls),
        _ => Err(Error::new_spanned(
            calls,
            "expected how many calls may be under way at a time, at least 1",
        )),
    }
}

/// What is written on a field.
pub(super) fn read_since(attrs: &[Attribute], errors: &mut Errors) -> Option<Version> {
    let mut since = None;
    attr::read(attrs, "js_api", errors, |input, _| {
        let name = parse_name(input)?;
        if name != "since" {
            return Err(suggest::unknown("key of an option", &name, &["since"]));
        }
        set(&mut since, &name, parse_value(input)?)
    });
    since
}
