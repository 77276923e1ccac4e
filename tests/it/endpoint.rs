//! `Endpoint`, derived by hand-written types: the request that a struct becomes.

mod headers;
mod methods;
mod spellings;

use apiscribe::error::UndocumentedError;
use apiscribe::meta::{Auth, Code, Envelope, Host, Method};
use apiscribe::{Encode, Endpoint, Secret, Validate, WireText};

const OPEN: Host =
    Host { name: "open", production: "https://open.example.com", sandbox: None, development: None };
const TOKEN: Auth = Auth::new("token", "access-token");
const PLAIN: Envelope = Envelope::new("plain")
    .code(&["err_no"])
    .success(Code::Int(0))
    .message(&["err_msg"])
    .log_id("log_id")
    .data("data");

#[derive(Debug, Clone, PartialEq, Eq, WireText)]
struct OrderId(String);

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/orders/{order_id}/items/{itemId}")]
#[endpoint(name = "change_item", host = OPEN, auth = TOKEN, envelope = PLAIN, scope = "order.change")]
#[endpoint(response = Vec<String>, idempotency_key = key, duplicate = 7)]
struct ChangeItem<'a> {
    #[wire(skip)]
    #[endpoint(path)]
    order_id: OrderId,
    #[wire(name = "itemId", skip)]
    #[endpoint(path)]
    item_id: i64,
    #[wire(skip)]
    #[endpoint(query)]
    dry: Option<bool>,
    #[wire(skip)]
    #[endpoint(query)]
    tags: Vec<&'a str>,
    #[wire(optional)]
    key: Option<OrderId>,
    name: &'a str,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(GET "/ping", name = "ping", host = self::OPEN, envelope = PLAIN)]
struct Ping {}

fn change<'a>() -> ChangeItem<'a> {
    let order_id = OrderId("a/b 订".to_owned());
    ChangeItem {
        order_id,
        item_id: 5,
        dry: Some(true),
        tags: vec!["x", "y&"],
        key: None,
        name: "n",
    }
}

/// Method and address without the server, media type and body of a request without a token.
fn sent(request: &impl Endpoint) -> (String, Option<String>, String) {
    let (parts, body) = request.to_http(OPEN.production, None).unwrap().into_parts();
    let media_type = parts.headers.get("content-type").map(|value| value.to_str().unwrap());
    let line = format!("{} {}", parts.method, parts.uri.path_and_query().unwrap());
    (line, media_type.map(str::to_owned), String::from_utf8(body).unwrap())
}

fn response<E: Endpoint>(_: &E) -> &'static str {
    std::any::type_name::<E::Response>()
}

#[test]
fn fields_go_where_they_are_said_to() {
    let token = Secret::new("t".to_owned());
    let request = change().to_http("https://open.example.com", Some(&token)).unwrap();
    let path = "/orders/a%2Fb%20%E8%AE%A2/items/5?dry=true&tags=x&tags=y%26";
    assert_eq!(request.uri(), format!("https://open.example.com{path}").as_str());
    assert_eq!(request.body(), br#"{"name":"n"}"#);
}

#[test]
fn what_is_known_of_it_is_a_constant() {
    let meta = <ChangeItem<'_>>::META;
    assert_eq!(
        (meta.name, meta.method, meta.scope),
        ("change_item", Method::Post, Some("order.change"))
    );
    assert_eq!((meta.host, meta.auth, meta.envelope), (&OPEN, Some(&TOKEN), &PLAIN));
    assert_eq!(meta.duplicate, Some(Code::Int(7)));
    assert_eq!(response(&change()), "alloc::vec::Vec<alloc::string::String>");
}

#[test]
fn the_key_is_a_field_that_may_be_absent() {
    assert_eq!(change().idempotency_key(), None);
    let key = Some(OrderId("k".to_owned()));
    assert_eq!(ChangeItem { key, ..change() }.idempotency_key().as_deref(), Some("k"));
}

#[test]
fn what_is_not_told_has_a_default() {
    let meta = Ping::META;
    assert_eq!((meta.auth, meta.scope, meta.duplicate), (None, None, None));
    assert_eq!(response(&Ping {}), "()");
    fn error<E: Endpoint<Error = UndocumentedError>>(_: &E) {}
    error(&Ping {});
    assert!(Ping {}.to_http("https://open.example.com", None).unwrap().body().is_empty());
}
