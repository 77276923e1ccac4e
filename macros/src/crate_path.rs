//! Where the runtime is: `::runtime`, or what `crate = "path"` says.

use syn::{Attribute, Path, parse_quote};

use crate::attr;
use crate::errors::Errors;

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
