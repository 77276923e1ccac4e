//! JS APIs: versions, concurrency.

use crate::diagnostic::Diagnostics;
use crate::outline::Role;
use crate::source::{Located, Version};
use crate::spec::Field;

use super::Scope;
use super::limits::check_positive;

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_>) {
    for (_, api) in scope.file.js_apis.iter() {
        check_positive(diagnostics, api.concurrency.as_ref(), "concurrency");
    }
    for object in scope.objects {
        let floor = match object.role {
            Role::Options(_, api) => api.since.as_ref(),
            _ => None,
        };
        for field in &object.fields.items {
            check_since(diagnostics, field, floor);
        }
    }
}

/// A field cannot be older than the API.
fn check_since(diagnostics: &mut Diagnostics, field: &Field, floor: Option<&Located<Version>>) {
    if let (Some(since), Some(floor)) = (&field.since, floor)
        && since.value < floor.value
    {
        let message = format_args!("{since} is below the API's own lowest version, {floor}");
        diagnostics.error(since.span, "bad-version", message).help("remove `since`, or mend it");
    }
}
