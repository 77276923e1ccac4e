//! The app judges what the user asked for.

use serde_json::Value;

use super::super::answer::{Answer, refuse, refuse_parameter};
use super::super::fields::Fields;
use super::super::state::State;
use super::{Audit, Status, end, give_back};

/// `refund_audit_callback`. One code has three meanings, which only the text tells apart.
pub(crate) fn audit(state: &mut State, request: Fields<'_>) -> Answer {
    let refund_id = request.text("refund_id", 64)?;
    let verdict = match request.whole("refund_audit_status")? {
        1 => Audit::Agreed,
        2 => Audit::Denied(request.text("deny_message", 512)?.to_owned()),
        _ => return refuse_parameter("refund_audit_status must be 1 or 2"),
    };
    let Some(refund) = state.refunds.by_id.get_mut(refund_id) else {
        return refuse(20000, "refund does not exist");
    };
    match refund.audit {
        Audit::Due => refund.audit = verdict.clone(),
        Audit::NotReady => return refuse(22006, "the refund-apply callback is not finished"),
        Audit::NotNeeded => return refuse(22006, "no audit is needed"),
        Audit::Agreed | Audit::Denied(_) => return refuse(22006, "already audited"),
    }
    match verdict {
        Audit::Agreed => give_back(state, refund_id),
        _ => end(state, refund_id, Status::Fail),
    }
    Ok(Value::Null)
}
