//! How a page asks what a device supports, which one file tells.

use crate::diagnostic::Diagnostics;
use crate::source::Located;
use crate::spec::{File, JsSupport};

pub(super) fn resolve_support<'a>(
    diagnostics: &mut Diagnostics,
    files: &'a [File],
) -> Option<&'a JsSupport> {
    let mut all = files.iter().filter_map(|file| file.js_support.as_ref());
    let spec = all.next()?;
    for second in all {
        let first = diagnostics.place(spec.function.span);
        diagnostics
            .error(second.function.span, "duplicate-name", "a second `js_support`")
            .help(format_args!("the first is at {first}"));
    }
    let known = ["{name}", "{function}", "{option}", "{value}"];
    check_template(diagnostics, &spec.function, &known[..2]);
    check_template(diagnostics, &spec.option, &known[..3]);
    check_template(diagnostics, &spec.value, &known);
    Some(spec)
}

/// A template has no braces but those of its parts, and has the last of them.
fn check_template(diagnostics: &mut Diagnostics, template: &Located<String>, known: &[&str]) {
    let mut rest = template.value.clone();
    for part in known {
        rest = rest.replace(part, "");
    }
    let last = &known[known.len() - 1..];
    let needed = if known.len() == 2 { known } else { last };
    let has_part = needed.iter().any(|part| template.value.contains(part));
    if rest.contains(['{', '}']) || !has_part {
        let quoted = |parts: &[&str], between: &str| {
            parts.iter().map(|part| format!("`{part}`")).collect::<Vec<_>>().join(between)
        };
        let (known, needed) = (quoted(known, ", "), quoted(needed, " or "));
        diagnostics
            .error(template.span, "bad-template", format_args!("`{template}` is not a template"))
            .help(format_args!("its parts are {known}, and {needed} is needed"));
    }
}
