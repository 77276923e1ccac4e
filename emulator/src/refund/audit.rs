//! The app judges what the user asked for.

use serde_json::Value;

use crate::context::Context;
use crate::envelope::{Outcome, refuse, refuse_parameter};
use crate::fields::Fields;
use crate::order::Orders;

use super::{Audit, Refunds, Status};

impl Refunds {
    /// `refund_audit_callback`. One code has three meanings, which only the text tells apart.
    pub(crate) fn audit(
        &mut self,
        context: &mut Context,
        orders: &mut Orders,
        request: Fields<'_>,
    ) -> Outcome {
        let refund_id = request.text("refund_id", 64)?;
        let verdict = match request.whole("refund_audit_status")? {
            1 => Audit::Agreed,
            2 => Audit::Denied(request.text("deny_message", 512)?.to_owned()),
            _ => return refuse_parameter("refund_audit_status must be 1 or 2"),
        };
        let Some(refund) = self.by_id.get_mut(refund_id) else {
            return refuse(20000, "refund does not exist");
        };
        match refund.audit {
            Audit::Due => refund.audit = verdict.clone(),
            Audit::NotReady => return refuse(22006, "the refund-apply callback is not finished"),
            Audit::NotNeeded => return refuse(22006, "no audit is needed"),
            Audit::Agreed | Audit::Denied(_) => return refuse(22006, "already audited"),
        }
        match verdict {
            Audit::Agreed => self.give_back(context, orders, refund_id),
            _ => self.end(context, orders, refund_id, Status::Fail),
        }
        Ok(Value::Null)
    }
}
