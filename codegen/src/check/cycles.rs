//! No object holds itself without a list or map between: it would have no end.

use std::collections::BTreeMap;

use crate::builtin::Builtin;
use crate::diagnostic::Diagnostics;
use crate::source::Located;
use crate::spec::{Element, Shape};
use crate::symbols::{self, Symbols};

/// A named type by domain and name.
type Key<'a> = (&'a str, &'a str);

/// Types that the search has come to, and whether all that they hold has been looked at.
type Seen<'a> = BTreeMap<Key<'a>, bool>;

/// A type that is being looked at, and what is left to look at of it. Kept here and not on the stack, for a chain of
/// types may be long.
struct Step<'a> {
    key: Key<'a>,
    parts: Vec<&'a Located<String>>,
}

pub(super) fn check(diagnostics: &mut Diagnostics, symbols: &Symbols<'_>) {
    let mut seen = Seen::new();
    for (domain, items) in &symbols.domains {
        for (name, def) in items.types.iter() {
            let key = (*domain, name.as_str());
            if !seen.contains_key(&key) {
                search(diagnostics, symbols, &mut seen, step(key, &def.shape));
            }
        }
    }
}

/// Follows all that a type holds; each circle is reported once, where it closes.
fn search<'a>(
    diagnostics: &mut Diagnostics,
    symbols: &Symbols<'a>,
    seen: &mut Seen<'a>,
    first: Step<'a>,
) {
    seen.insert(first.key, false);
    let mut path = vec![first];
    while let Some(current) = path.last_mut() {
        let Some(part) = current.parts.pop() else {
            seen.insert(current.key, true);
            path.pop();
            continue;
        };
        let key = symbols::split(current.key.0, part.as_str());
        match seen.get(&key) {
            Some(true) => {}
            Some(false) => {
                diagnostics
                    .error(part.span, "endless-type", format_args!("`{part}` holds itself"))
                    .help("put a `list` between, or leave the field out");
            }
            None => {
                let def = symbols.domains.get(key.0).and_then(|domain| domain.types.get(key.1));
                if let Some(def) = def {
                    seen.insert(key, false);
                    path.push(step(key, &def.shape));
                }
            }
        }
    }
}

fn step<'a>(key: Key<'a>, shape: &'a Shape) -> Step<'a> {
    let mut parts = Vec::new();
    add_parts(&mut parts, shape);
    Step { key, parts }
}

/// The types that a shape names without a list or map between.
fn add_parts<'a>(parts: &mut Vec<&'a Located<String>>, shape: &'a Shape) {
    if matches!(shape.ty.value.as_str(), "list" | "map") {
        return;
    }
    if Builtin::parse(shape.ty.as_str()).is_none() {
        parts.push(&shape.ty);
    }
    let inner = shape.of.iter().map(|Element(inner)| &**inner);
    for inner in inner.chain(shape.fields.iter().map(|field| &field.shape)) {
        add_parts(parts, inner);
    }
}
