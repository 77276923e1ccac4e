//! Paths → what responds there. With the methods of [`Emulator`](crate::Emulator), the only place that knows every area.

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Map, Value};

use crate::apps_v2::{Logins, app_token};
use crate::bill::{self, Bills};
use crate::business_token::BusinessTokens;
use crate::callback::Sequel;
use crate::client_token::ClientTokens;
use crate::context::Context;
use crate::control;
use crate::envelope::{Envelope, Outcome, Refusal, refuse, refuse_parameter, text};
use crate::exchange::exchange;
use crate::fault::same_path;
use crate::fields::Fields;
use crate::form::{Part, parts};
use crate::fulfillment;
use crate::merchant::{self, Merchants};
use crate::order::Orders;
use crate::platform::Platform;
use crate::refund::Refunds;
use crate::settlement::Settlements;
use crate::tag;
use crate::user_token::UserTokens;
use crate::withdrawal::Withdrawals;

/// What the platform knows.
pub(crate) struct Areas {
    pub(crate) context: Context,
    pub(crate) client_tokens: ClientTokens,
    pub(crate) user_tokens: UserTokens,
    pub(crate) business_tokens: BusinessTokens,
    pub(crate) logins: Logins,
    pub(crate) orders: Orders,
    pub(crate) refunds: Refunds,
    pub(crate) settlements: Settlements,
    pub(crate) withdrawals: Withdrawals,
    pub(crate) bills: Bills,
    pub(crate) merchants: Merchants,
}

impl Areas {
    pub(crate) fn new(context: Context) -> Self {
        Self {
            context,
            client_tokens: ClientTokens::default(),
            user_tokens: UserTokens::default(),
            business_tokens: BusinessTokens::default(),
            logins: Logins::default(),
            orders: Orders::default(),
            refunds: Refunds::default(),
            settlements: Settlements::default(),
            withdrawals: Withdrawals::default(),
            bills: Bills::default(),
            merchants: Merchants::default(),
        }
    }

    /// Takes what the app responded to a callback; whether it will do.
    pub(crate) fn take_response(&mut self, sequel: &Sequel, response: &Value) -> bool {
        match sequel {
            Sequel::None => true,
            Sequel::RefundAsked(refund_id) => self.refunds.take_response(refund_id, response),
        }
    }

    /// The app never responded so that it would do.
    pub(crate) fn give_up(&mut self, sequel: &Sequel) {
        if let Sequel::RefundAsked(refund_id) = sequel {
            self.refunds.pass_over(refund_id);
        }
    }
}

/// An endpoint.
struct Route {
    path: &'static str,
    /// What its area shares.
    manner: Manner,
    act: Act,
}

/// How the endpoints of an area ask and respond.
#[derive(Clone, Copy)]
struct Manner {
    envelope: Envelope,
    /// The HTTP status of its refusals. The documents say 400 for settlements and 200 for the rest.
    refusal: u16,
    needs_token: bool,
}

type FieldsAct = fn(&mut Areas, Fields<'_>) -> Outcome;
type PartsAct = fn(&mut Areas, &[Part]) -> Outcome;
type TokenAct = fn(&mut Areas, Option<&str>) -> Outcome;

/// What an endpoint does with a body of its kind.
#[derive(Clone, Copy)]
enum Act {
    Json(FieldsAct),
    Form(FieldsAct),
    Multipart(PartsAct),
    /// It is asked about the token that it is called with, and checks it itself.
    Token(TokenAct),
}

const OAUTH: Manner = Manner { envelope: Envelope::OAuth, refusal: 200, needs_token: false };
const USER: Manner = Manner { envelope: Envelope::UserOAuth, ..OAUTH };
const BUSINESS: Manner = Manner { envelope: Envelope::Business, ..OAUTH };
const APPS: Manner = Manner { envelope: Envelope::Tips, refusal: 200, needs_token: false };
const TRADE: Manner = Manner { envelope: Envelope::Trade, refusal: 200, needs_token: true };
const SETTLE: Manner = Manner { refusal: 400, ..TRADE };
const UPLOAD: Manner = Manner { envelope: Envelope::Both, ..TRADE };

const fn json(path: &'static str, manner: Manner, act: FieldsAct) -> Route {
    Route { path, manner, act: Act::Json(act) }
}

const fn form(path: &'static str, manner: Manner, act: FieldsAct) -> Route {
    Route { path, manner, act: Act::Form(act) }
}

const ROUTES: &[Route] = &[
    json("/oauth/client_token/", OAUTH, |areas, request| {
        areas.client_tokens.issue(&mut areas.context, request)
    }),
    form("/oauth/access_token/", USER, |areas, request| {
        areas.user_tokens.issue(&mut areas.context, request)
    }),
    form("/oauth/refresh_token/", OAUTH, |areas, request| {
        areas.user_tokens.refresh(&mut areas.context, request)
    }),
    form("/oauth/renew_refresh_token/", OAUTH, |areas, request| {
        areas.user_tokens.renew(&mut areas.context, request)
    }),
    json("/oauth/business_token/", BUSINESS, |areas, request| {
        areas.business_tokens.issue(&mut areas.context, request)
    }),
    json("/oauth/refresh_biz_token/", BUSINESS, |areas, request| {
        areas.business_tokens.refresh(&mut areas.context, request)
    }),
    Route {
        path: "/oauth/business_scopes/",
        manner: BUSINESS,
        act: Act::Token(|areas, token| areas.business_tokens.scopes(&areas.context, token)),
    },
    json("/api/apps/v2/token", APPS, |areas, request| app_token(&mut areas.context, request)),
    json("/api/apps/v2/jscode2session", APPS, |areas, request| {
        areas.logins.session(&areas.context, request)
    }),
    json("/api/trade_basic/v1/developer/order_query/", TRADE, |areas, request| {
        areas.orders.query(&areas.context, request)
    }),
    json("/api/trade_basic/v1/developer/query_cps/", TRADE, |areas, request| {
        areas.orders.query_cps(request)
    }),
    json("/api/trade_basic/v1/developer/refund_create/", TRADE, |areas, request| {
        areas.refunds.create(&mut areas.context, &mut areas.orders, request)
    }),
    json("/api/trade_basic/v1/developer/refund_query/", TRADE, |areas, request| {
        areas.refunds.query(request)
    }),
    json("/api/trade_basic/v1/developer/refund_audit_callback/", TRADE, |areas, request| {
        areas.refunds.audit(&mut areas.context, &mut areas.orders, request)
    }),
    json("/api/trade_basic/v1/developer/settle_create/", SETTLE, |areas, request| {
        areas.settlements.create(&mut areas.context, &mut areas.orders, request)
    }),
    json("/api/trade_basic/v1/developer/settle_query/", SETTLE, |areas, request| {
        areas.settlements.query(request)
    }),
    json("/api/trade_basic/v1/developer/fulfill_push_status/", TRADE, |areas, request| {
        fulfillment::push(&areas.context, &mut areas.orders, request)
    }),
    json("/api/trade_basic/v1/developer/tag_query/", TRADE, |_, request| tag::query(request)),
    json("/api/apps/ecpay/saas/query_merchant_balance/", TRADE, |areas, request| {
        areas.withdrawals.balance(request)
    }),
    json("/api/apps/ecpay/saas/merchant_withdraw/", TRADE, |areas, request| {
        areas.withdrawals.create(&mut areas.context, request)
    }),
    json("/api/apps/ecpay/saas/query_withdraw_order/", TRADE, |areas, request| {
        areas.withdrawals.query(request)
    }),
    json("/api/apps/v3/bills/", TRADE, |areas, request| bill::trade(&areas.context, request)),
    json("/api/apps/v3/fund/bills/", TRADE, |areas, request| bill::fund(&areas.context, request)),
    Route {
        path: "/api/apps/ecpay/v3/saas/image_upload/",
        manner: UPLOAD,
        act: Act::Multipart(|areas, form| areas.merchants.upload(&mut areas.context, form)),
    },
    json("/api/apps/ecpay/v3/saas/create_merchant/", TRADE, |areas, request| {
        areas.merchants.create(&mut areas.context, request)
    }),
    json("/api/apps/ecpay/v3/saas/query_merchant_status/", TRADE, |areas, request| {
        areas.merchants.status(request)
    }),
    json("/api/apps/ecpay/v3/saas/app_add_sub_merchant/", TRADE, |areas, request| {
        merchant::partner_page_of_app(&mut areas.context, request)
    }),
    json("/api/apps/ecpay/v3/saas/get_app_merchant/", TRADE, |areas, request| {
        merchant::app_page(&mut areas.context, request)
    }),
    json("/api/apps/ecpay/v3/saas/add_merchant/", TRADE, |areas, request| {
        merchant::provider_page(&mut areas.context, request)
    }),
    json("/api/apps/ecpay/v3/saas/add_sub_merchant/", TRADE, |areas, request| {
        merchant::partner_page(&mut areas.context, request)
    }),
];

/// Every endpoint, each with and without the slash at its end, as the documents write them both ways.
pub(crate) fn router(platform: &Arc<Platform>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        let bare = route.path.trim_end_matches('/');
        let act = move |State(platform): State<Arc<Platform>>, request: Request| {
            route.respond(platform, request)
        };
        router = router.route(bare, post(act)).route(&format!("{bare}/"), post(act));
    }
    router
        .route(&format!("{}{{name}}", bill::FILES), get(bill_file))
        .fallback(async || text(404, "no such API"))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(Arc::clone(platform), exchange))
        .with_state(Arc::clone(platform))
        .merge(control::router(platform))
}

/// Where the endpoints are.
#[cfg(feature = "cli")]
pub(crate) fn paths() -> impl Iterator<Item = &'static str> {
    ROUTES.iter().map(|route| route.path)
}

async fn bill_file(State(platform): State<Arc<Platform>>, request: Request) -> Response {
    let (head, _) = request.into_parts();
    platform.with(|areas| areas.bills.file(&areas.context, &head))
}

/// The envelope that is used at a path, and the status of refusals.
pub(crate) fn manner(path: &str) -> (Envelope, u16) {
    let route = ROUTES.iter().find(|route| same_path(route.path, path));
    let manner = route.map_or(TRADE, |route| route.manner);
    (manner.envelope, manner.refusal)
}

/// What a request says, read before anything is locked.
enum Asked {
    Fields(FieldsAct, Result<Value, Refusal>),
    Parts(PartsAct, Result<Vec<Part>, String>),
    Token(TokenAct),
}

impl Route {
    async fn respond(&'static self, platform: Arc<Platform>, request: Request) -> Response {
        let token = request.headers().get("access-token");
        let token = token.and_then(|token| token.to_str().ok()).map(str::to_owned);
        let asked = match self.act {
            Act::Json(act) => Asked::Fields(act, json_of(request).await),
            Act::Form(act) => Asked::Fields(act, Ok(form_of(request).await)),
            Act::Multipart(act) => Asked::Parts(act, parts(request).await),
            Act::Token(act) => Asked::Token(act),
        };
        platform.with(|areas| {
            let token = token.as_deref();
            let outcome = self.check(areas, token).and_then(|()| asked.act(areas, token));
            let log_id = areas.context.log_id();
            self.manner.envelope.seal(outcome).respond(self.manner.refusal, &log_id)
        })
    }

    fn check(&self, areas: &Areas, token: Option<&str>) -> Result<(), Refusal> {
        match self.manner.needs_token {
            true => areas.client_tokens.check(token, areas.context.clock.now_ms()),
            false => Ok(()),
        }
    }
}

impl Asked {
    fn act(self, areas: &mut Areas, token: Option<&str>) -> Outcome {
        match self {
            Self::Fields(act, body) => act(areas, Fields::of(&body?)?),
            Self::Token(act) => act(areas, token),
            Self::Parts(act, Ok(parts)) => act(areas, &parts),
            Self::Parts(_, Err(why)) => refuse_parameter(format!("the form: {why}")),
        }
    }
}

async fn json_of(request: Request) -> Result<Value, Refusal> {
    if media_type(request.headers()) != "application/json" {
        return refuse(28001007, "content-type must be application/json");
    }
    let body = to_bytes(request.into_body(), usize::MAX).await.unwrap_or_default();
    serde_json::from_slice(&body).or_else(|_| refuse(28001007, "the body is no JSON"))
}

/// A body that is not a form has no fields, so that what is missing is refused by its own code.
async fn form_of(request: Request) -> Value {
    if media_type(request.headers()) != "application/x-www-form-urlencoded" {
        return Value::Object(Map::new());
    }
    let body = to_bytes(request.into_body(), usize::MAX).await.unwrap_or_default();
    let pairs = form_urlencoded::parse(&body);
    Value::Object(pairs.map(|(name, value)| (name.into_owned(), value.into())).collect())
}

/// `content-type` without its parameters.
fn media_type(headers: &HeaderMap) -> &str {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim()
}
