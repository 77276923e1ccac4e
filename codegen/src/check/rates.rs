//! How often endpoints may be called.

use crate::diagnostic::Diagnostics;
use crate::source::is_set;
use crate::spec::{Endpoint, RateLimit};
use crate::symbols;

use super::limits::check_positive;

pub(super) fn check(diagnostics: &mut Diagnostics, endpoint: &Endpoint) {
    for limit in &endpoint.rate_limits.items {
        check_positive(diagnostics, Some(&limit.calls), "calls");
        check_positive(diagnostics, Some(&limit.per), "per");
        check_by(diagnostics, endpoint, limit);
    }
}

fn check_by(diagnostics: &mut Diagnostics, endpoint: &Endpoint, limit: &RateLimit) {
    let fields = &endpoint.request.fields;
    for (index, name) in limit.by.iter().enumerate() {
        if limit.by[..index].iter().any(|earlier| earlier.value == name.value) {
            diagnostics
                .error(name.span, "bad-rate-limit", format_args!("`{name}` is given twice"))
                .help("name each field once");
            continue;
        }
        match fields.iter().find(|field| field.name.value == name.value) {
            None if fields.whole => {
                let known = fields.iter().map(|field| field.name.as_str());
                symbols::report_unknown(diagnostics, "field", name, known);
            }
            Some(field) if matches!(field.shape.ty.as_str(), "file" | "function") => {
                diagnostics
                    .error(
                        name.span,
                        "bad-rate-limit",
                        format_args!("`{name}` has no value to count by"),
                    )
                    .help("name a field whose value tells callers apart");
            }
            _ => {}
        }
    }
}

/// What may be repeated at will needs nothing that makes a second time harmless.
pub(super) fn check_safe(diagnostics: &mut Diagnostics, endpoint: &Endpoint) {
    if let (Some(safe), Some(_)) = (&endpoint.safe, &endpoint.idempotency)
        && is_set(&endpoint.safe)
    {
        diagnostics
            .error(safe.span, "contradiction", "an endpoint that is safe has no `idempotency`")
            .help("remove `safe` if it changes something, else `idempotency`");
    }
}
