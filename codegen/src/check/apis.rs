//! Callbacks and JS APIs: acknowledgements, attempts, versions, concurrency.

use crate::diagnostic::Diagnostics;
use crate::outline::Role;
use crate::source::{Located, Version};
use crate::spec::{Callback, Field};

use super::Scope;
use super::limits::check_positive;

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_>) {
    for (_, callback) in scope.file.callbacks.iter() {
        check_callback(diagnostics, scope, callback);
    }
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

fn check_callback(diagnostics: &mut Diagnostics, scope: &Scope<'_>, callback: &Callback) {
    scope.symbols.callback_envelopes.require(diagnostics, &callback.envelope);
    let acknowledgement = &callback.acknowledgement;
    if let Err(error) = serde_json::from_str::<serde_json::Value>(&acknowledgement.value) {
        let message = format_args!("the acknowledgement is not JSON: {error}");
        diagnostics
            .error(acknowledgement.span, "bad-json", message)
            .help(r#"write it as '{"err_no":0,"err_tips":"success"}'"#);
    }
    check_positive(diagnostics, callback.attempts.as_ref(), "attempts");
    for seconds in &callback.retry_after {
        check_positive(diagnostics, Some(seconds), "retry_after");
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
