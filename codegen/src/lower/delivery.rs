//! When a platform calls again.

use super::docs::strings;
use crate::ir;
use crate::spec::Callback;
use crate::spec::delivery::Until;

pub(super) fn lower_delivery(spec: &Callback) -> ir::Delivery {
    ir::Delivery {
        retry_after: spec.retry_after.iter().map(|seconds| seconds.value).collect(),
        repeats_until: spec.repeats_until.as_ref().map(|until| match until.value {
            Until::Seconds(seconds) => ir::Until::Seconds(seconds),
            Until::Acknowledged => ir::Until::Acknowledged,
        }),
        attempts: spec.attempts.as_ref().map(|attempts| attempts.value),
        undelivered: spec.undelivered.as_ref().map(|last| ir::AfterLast {
            outcome: last.outcome.value,
            text: last.doc.as_ref().map(|doc| doc.value.clone()),
            sources: strings(&last.source),
        }),
    }
}
