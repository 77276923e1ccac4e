//! How often endpoints may be called.

use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, Model, RateLimit, Type};
use crate::source::is_set;
use crate::spec;

use super::{check_positive, each_once};

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, endpoint: &Endpoint<'_>) {
    for limit in &endpoint.rate_limits {
        check_positive(diagnostics, Some(&limit.spec.calls), "calls");
        check_positive(diagnostics, Some(&limit.spec.per), "per");
        check_by(diagnostics, model, limit);
    }
}

fn check_by(diagnostics: &mut Diagnostics, model: &Model<'_>, limit: &RateLimit<'_>) {
    for used in each_once(diagnostics, &limit.by, "bad-rate-limit", "name each field once") {
        let Ok(field) = used.field else { continue };
        if matches!(model[field].shape.ty, Type::File | Type::Function) {
            let message = format_args!("`{}` has no value to count by", used.name);
            diagnostics
                .error(used.name.span, "bad-rate-limit", message)
                .help("name a field whose value tells callers apart");
        }
    }
}

/// What may be repeated at will needs nothing that makes a second time harmless.
pub(super) fn check_safe(diagnostics: &mut Diagnostics, endpoint: &spec::Endpoint) {
    if let (Some(safe), Some(_)) = (&endpoint.safe, &endpoint.idempotency)
        && is_set(&endpoint.safe)
    {
        diagnostics
            .error(safe.span, "contradiction", "an endpoint that is safe has no `idempotency`")
            .help("remove `safe` if it changes something, else `idempotency`");
    }
}
