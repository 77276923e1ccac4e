//! Fields that all kinds of a union have are there whatever the kind is.

use apiscribe::callback::Callback;
use apiscribe::{Endpoint, Reply, Validate, http};

use super::api::demo::{
    Bank, Card, ChargeRequest, ChargeRequired, Event, EventKind, Happened, Method, MethodFields, MethodKind,
    PayRequest, PayRequired, PayResponse, Wrapped,
};

fn fields(id: &str) -> MethodFields {
    MethodFields { id: id.to_owned(), created: Some(5), last: None }
}

fn card() -> Method {
    let card = Card { number: Some("4242".to_owned()) };
    Method::new(fields("m1"), MethodKind::Card(Box::new(card)))
}

fn body(request: &impl Endpoint) -> String {
    let request = request.to_http("https://api.example.com", None).unwrap();
    String::from_utf8(request.into_body()).unwrap()
}

fn read(method: &str) -> Reply<PayResponse> {
    let body = format!(r#"{{"code":0,"data":{{"method":{method}}}}}"#);
    PayRequest::from_http(http::Response::new(body.into_bytes())).unwrap()
}

fn method(json: &str) -> Method {
    let reply = read(json);
    assert_eq!(reply.unread(), [""; 0], "{json}");
    reply.into_data().method.unwrap()
}

#[test]
fn they_are_written_into_the_object_of_the_kind() {
    let mut cash = Method::new(fields("m2"), MethodKind::Cash);
    cash.created = None;
    let bank = Bank { account: Some("12".to_owned()), refund_to: Some(cash.clone()) };
    let bank = Method::new(fields("m3"), MethodKind::Bank(Box::new(bank)));
    let request = PayRequest { others: Some(vec![bank.clone(), cash]), ..PayRequest::new(PayRequired { method: card() }) };
    request.validate().unwrap();
    let expected = r#"{"method":{"id":"m1","created":5,"type":"card","card":{"number":"4242"}},"others":[{"id":"m3","created":5,"type":"bank","account":"12","refund_to":{"id":"m2","type":"cash"}},{"id":"m2","type":"cash"}]}"#;
    assert_eq!(body(&request), expected);
    let form = body(&ChargeRequest::new(ChargeRequired { method: bank }));
    let form = form.replace("%5B", "[").replace("%5D", "]");
    let expected = "method[id]=m3&method[created]=5&method[type]=bank&method[account]=12&method[refund_to][id]=m2&method[refund_to][type]=cash";
    assert_eq!(form, expected);
}

#[test]
fn they_are_read_beside_the_kind_in_any_order() {
    for json in [
        r#"{"id":"m1","created":5,"type":"card","card":{"number":"4242"}}"#,
        r#"{"card":{"number":"4242"},"more":1,"created":"5","type":"card","id":"m1"}"#,
    ] {
        assert_eq!(method(json), card());
        assert_eq!(serde_json::from_str::<Method>(json).unwrap(), card());
    }
    let bank = method(r#"{"type":"bank","account":"12","id":"m3","last":{"kind":1,"at":3,"amount":7}}"#);
    assert_eq!(bank.id, "m3");
    let last = bank.last.as_ref().unwrap();
    assert_eq!(last.at, Some(3));
    assert!(matches!(&last.kind, EventKind::Paid(paid) if paid.amount == Some(7)), "{last:?}");
    // What cannot be read is named, and is nothing.
    let reply = read(r#"{"id":"m1","created":"soon","type":"cash"}"#);
    assert_eq!(reply.unread(), ["data.method.created"]);
    assert_eq!(reply.method.as_ref().unwrap().created, None);
    let reply = read(r#"{"type":"cash"}"#);
    assert_eq!((reply.unread(), &reply.method), (&["data.method".to_owned()][..], &None));
}

#[test]
fn an_unknown_kind_has_them_and_is_kept_to_the_letter() {
    let json = r#"{"id":"m1","type":"klarna","klarna":{"a":1.50},"created":5}"#;
    let klarna = method(json);
    assert_eq!((&*klarna.id, klarna.created), ("m1", Some(5)));
    let MethodKind::Unknown(kind) = &klarna.kind else { panic!("{klarna:?}") };
    assert_eq!((kind.tag(), kind.json()), (Some("klarna"), json));
    let request = PayRequest::new(PayRequired { method: klarna });
    assert!(request.validate().is_err());
    assert_eq!(body(&request), format!(r#"{{"method":{json}}}"#));
}

#[test]
fn their_rules_are_checked() {
    let mut method = card();
    method.id = "m1234".to_owned();
    if let MethodKind::Card(card) = &mut method.kind {
        card.number = Some("42424".to_owned());
    }
    let violations = PayRequest::new(PayRequired { method }).validate().unwrap_err().to_string();
    assert!(violations.contains("method.id") && violations.contains("method.card.number"), "{violations}");
}

#[test]
fn an_unknown_kind_of_an_event_is_known_as_such() {
    let event = |kind: i64| -> Event { serde_json::from_str(&format!(r#"{{"kind":{kind},"at":1}}"#)).unwrap() };
    assert_eq!(Happened::unknown_kind(&event(1)), None);
    assert_eq!(Happened::unknown_kind(&event(9)), Some("9"));
    let wrapped = Wrapped::parse(br#"{"event":"wrapped","content":{"event":{"kind":8}}}"#).unwrap();
    assert_eq!(Wrapped::unknown_kind(wrapped.content()), Some("8"));
}
