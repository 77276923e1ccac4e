//! Paths → what answers there.

use std::sync::Arc;

use serde_json::Value;

use super::answer::{Answer, Envelope, refuse, refuse_parameter};
use super::fault::same_path;
use super::fields::Fields;
use super::http::{Part, Request, Response, parts};
use super::state::{Platform, State};
use super::{bill, fulfillment, login, merchant, order, refund, settle, tag, token, withdraw};

/// An endpoint.
struct Route {
    path: &'static str,
    /// What its area shares.
    manner: Manner,
    act: Act,
}

/// How the endpoints of an area ask and answer.
#[derive(Clone, Copy)]
struct Manner {
    envelope: Envelope,
    /// The HTTP status of its refusals. The documents say 400 for settlements and 200 for the rest.
    refusal: u16,
    needs_token: bool,
}

enum Act {
    Json(fn(&mut State, Fields<'_>) -> Answer),
    Form(fn(&mut State, &[Part]) -> Answer),
}

const OAUTH: Manner = Manner { envelope: Envelope::OAuth, refusal: 200, needs_token: false };
const APPS: Manner = Manner { envelope: Envelope::Tips, refusal: 200, needs_token: false };
const TRADE: Manner = Manner { envelope: Envelope::Trade, refusal: 200, needs_token: true };
const SETTLE: Manner = Manner { refusal: 400, ..TRADE };
const UPLOAD: Manner = Manner { envelope: Envelope::Both, ..TRADE };

const fn json(
    path: &'static str,
    manner: Manner,
    act: fn(&mut State, Fields<'_>) -> Answer,
) -> Route {
    Route { path, manner, act: Act::Json(act) }
}

const ROUTES: &[Route] = &[
    json("/oauth/client_token/", OAUTH, token::client_token),
    json("/api/apps/v2/token", APPS, token::app_token),
    json("/api/apps/v2/jscode2session", APPS, login::session),
    json("/api/trade_basic/v1/developer/order_query/", TRADE, order::query),
    json("/api/trade_basic/v1/developer/query_cps/", TRADE, order::query_cps),
    json("/api/trade_basic/v1/developer/refund_create/", TRADE, refund::create),
    json("/api/trade_basic/v1/developer/refund_query/", TRADE, refund::query),
    json("/api/trade_basic/v1/developer/refund_audit_callback/", TRADE, refund::audit),
    json("/api/trade_basic/v1/developer/settle_create/", SETTLE, settle::create),
    json("/api/trade_basic/v1/developer/settle_query/", SETTLE, settle::query),
    json("/api/trade_basic/v1/developer/fulfill_push_status/", TRADE, fulfillment::push),
    json("/api/trade_basic/v1/developer/tag_query/", TRADE, tag::query),
    json("/api/apps/ecpay/saas/query_merchant_balance/", TRADE, withdraw::balance),
    json("/api/apps/ecpay/saas/merchant_withdraw/", TRADE, withdraw::create),
    json("/api/apps/ecpay/saas/query_withdraw_order/", TRADE, withdraw::query),
    json("/api/apps/v3/bills/", TRADE, bill::trade),
    json("/api/apps/v3/fund/bills/", TRADE, bill::fund),
    Route {
        path: "/api/apps/ecpay/v3/saas/image_upload/",
        manner: UPLOAD,
        act: Act::Form(merchant::upload),
    },
    json("/api/apps/ecpay/v3/saas/create_merchant/", TRADE, merchant::create),
    json("/api/apps/ecpay/v3/saas/query_merchant_status/", TRADE, merchant::status),
    json("/api/apps/ecpay/v3/saas/app_add_sub_merchant/", TRADE, merchant::partner_page_of_app),
    json("/api/apps/ecpay/v3/saas/get_app_merchant/", TRADE, merchant::app_page),
    json("/api/apps/ecpay/v3/saas/add_merchant/", TRADE, merchant::provider_page),
    json("/api/apps/ecpay/v3/saas/add_sub_merchant/", TRADE, merchant::partner_page),
];

/// The platform's own answer, with its effect.
pub(super) fn respond(platform: &Arc<Platform>, request: &Request) -> Response {
    let path = request.head.path();
    if path.starts_with(bill::FILES) {
        return platform.with(|state| bill::file(state, &request.head));
    }
    let Some(route) = find(path) else {
        return Response::text(404, "no such API");
    };
    if request.head.method() != "POST" {
        return Response::text(405, "POST is the method").with("allow", "POST");
    }
    platform.with(|state| {
        let answer = route.answer(state, request);
        route.manner.envelope.seal(answer).respond(route.manner.refusal, &state.log_id())
    })
}

/// The envelope that is used at a path, and the status of refusals.
pub(super) fn manner(path: &str) -> (Envelope, u16) {
    let manner = find(path).map_or(TRADE, |route| route.manner);
    (manner.envelope, manner.refusal)
}

fn find(path: &str) -> Option<&'static Route> {
    ROUTES.iter().find(|route| same_path(route.path, path))
}

impl Route {
    fn answer(&self, state: &mut State, request: &Request) -> Answer {
        let headers = &request.head.headers;
        if self.manner.needs_token {
            let now = state.clock.now_ms();
            state.tokens.check(headers.get("access-token"), now)?;
        }
        match self.act {
            Act::Json(act) => act(state, Fields::of(&body_of(request)?)?),
            Act::Form(act) => match parts(headers, &request.body) {
                Ok(parts) => act(state, &parts),
                Err(why) => refuse_parameter(format!("the form {why}")),
            },
        }
    }
}

fn body_of(request: &Request) -> Result<Value, super::answer::Refusal> {
    let kind = request.head.headers.get("content-type").unwrap_or_default();
    if kind.split(';').next().unwrap_or_default().trim() != "application/json" {
        return refuse(28001007, "content-type must be application/json");
    }
    serde_json::from_slice(&request.body).or_else(|_| refuse(28001007, "the body is no JSON"))
}
