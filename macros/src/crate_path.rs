//! Where the runtime is: `::runtime`, or what `crate = "path"` says.

use syn::{Attribute, Path, parse_quote};

use crate::attr;
use crate::errors::Errors;
use crate::suggest;

/// The path of the runtime for derived code, from the attribute `name` of the item.
///
/// Finds fault with nothing: the derive reads the same attribute and reports what is wrong with it.
pub(crate) fn of(attrs: &[Attribute], name: &str) -> Path {
    let mut path = None;
    attr::read(attrs, name, &mut Errors::default(), |input, _| {
        if attr::parse_name(input)? == "crate" {
            path = Some(attr::parse_crate(input)?);
        } else {
            attr::skip_value(input);
        }
        Ok(())
    });
    path.unwrap_or_else(|| parse_quote!(::runtime))
}

/// Refuses what the attribute `name` of an item says besides `crate = "path"`; `item` is what it stands on.
pub(crate) fn check(attrs: &[Attribute], name: &str, item: &str, errors: &mut Errors) {
    let mut path = None;
    attr::read(attrs, name, errors, |input, _| {
        let key = attr::parse_name(input)?;
        if key != "crate" {
            return Err(suggest::unknown(&format!("key of {item}"), &key, &["crate"]));
        }
        attr::set(&mut path, &key, attr::parse_crate(input)?)
    });
}
