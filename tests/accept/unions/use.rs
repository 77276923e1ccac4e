//! Objects of several kinds, which one of their keys tells apart.

use apiscribe::{Endpoint, Validate, http, serde_json};

use super::api::demo::{Bank, BankRequired, Card, CardRequired, ChargeRequest, ChargeRequired, Event, Method, MethodSplit, MethodSplitRequired, PayRequest, PayRequired, PayResponse};

const BASE: &str = "https://api.example.com";

fn card(number: &str) -> Method {
    Method::Card(Box::new(Card::new(CardRequired { number: number.into() })))
}

fn bank(account: &str) -> Method {
    Method::Bank(Box::new(Bank::new(BankRequired { account: account.into() })))
}

fn written(method: Method) -> String {
    let request = PayRequest::new(PayRequired { method }).to_http(BASE, None).unwrap();
    str::from_utf8(request.body()).unwrap().to_owned()
}

fn read(data: &str) -> (PayResponse, Vec<String>) {
    let body = format!(r#"{{"code":0,"data":{data}}}"#).into_bytes();
    let reply = PayRequest::from_http(http::Response::new(body)).unwrap();
    let unread = reply.unread().to_vec();
    (reply.into_data(), unread)
}

#[test]
fn the_fields_are_under_a_key_of_their_own_or_beside() {
    assert_eq!(written(card("1")), r#"{"method":{"type":"card","card":{"number":"1"}}}"#);
    assert_eq!(written(bank("2")), r#"{"method":{"type":"us_bank","account":"2"}}"#);
    assert_eq!(written(Method::Cash), r#"{"method":{"type":"cash"}}"#);
    let split = MethodSplit::new(MethodSplitRequired { parts: vec![card("1"), Method::Cash] });
    let parts = r#"[{"type":"card","card":{"number":"1"}},{"type":"cash"}]"#;
    let expected = format!(r#"{{"method":{{"type":"split","parts":{parts}}}}}"#);
    assert_eq!(written(Method::Split(Box::new(split))), expected);
}

#[test]
fn in_a_form_they_are_spelled_as_objects_are() {
    let body = |method| {
        let request = ChargeRequest::new(ChargeRequired { method }).to_http(BASE, None).unwrap();
        str::from_utf8(request.body()).unwrap().to_owned()
    };
    let split = MethodSplit::new(MethodSplitRequired { parts: vec![card("1"), bank("2")] });
    let expected = "method[type]=split&method[parts][0][type]=card&method[parts][0][card][number]=1\
                    &method[parts][1][type]=us_bank&method[parts][1][account]=2";
    let found = body(Method::Split(Box::new(split)));
    assert_eq!(found.replace("%5B", "[").replace("%5D", "]"), expected);
}

#[test]
fn rules_of_each_kind_are_checked_where_they_are() {
    let mut request = PayRequest::new(PayRequired { method: card("12345") });
    let split = MethodSplit::new(MethodSplitRequired { parts: vec![Method::Cash, bank("1234567")] });
    request.others = Some(vec![Method::Split(Box::new(split)), card("1")]);
    let expected = "method.card.number: 5 characters, at most 4 allowed\n\
                    others[0].parts[1].account: 7 characters, at most 6 allowed";
    assert_eq!(request.validate().unwrap_err().to_string(), expected);
}

/// What a kind holds is known only when its last key has been read.
#[test]
fn the_discriminator_may_come_last() {
    let (reply, unread) = read(r#"{"method":{"limit":12.30,"account":"2","type":"us_bank"}}"#);
    let Some(Method::Bank(found)) = reply.method else { panic!("{:?}", reply.method) };
    assert_eq!(found.account.as_deref(), Some("2"));
    assert_eq!(found.limit.unwrap().to_string(), "12.30");
    assert!(unread.is_empty());
    let (reply, _) = read(r#"{"method":{"card":{"number":"1"},"type":"card","x":[{}]}}"#);
    assert_eq!(reply.method, Some(card("1")));
}

#[test]
fn what_cannot_be_read_inside_is_named() {
    let (reply, unread) = read(
        r#"{"events":[{"amount":[1],"kind":1},{"kind":"2"},{"amount":0.10,"kind":"1"}]}"#,
    );
    let events = reply.events.unwrap();
    let [Event::Paid(first), Event::Closed, Event::Paid(last)] = &*events else { panic!() };
    assert_eq!(first.amount, None);
    assert_eq!(last.amount.unwrap().to_string(), "0.10");
    assert_eq!(unread, ["data.events[0].amount"]);
    let (reply, unread) = read(r#"{"method":{"type":"card","cards":{}}}"#);
    assert_eq!((reply.method, &*unread), (None, &["data.method".to_owned()][..]));
    let (reply, unread) = read(r#"{"method":"card"}"#);
    assert_eq!((reply.method, &*unread), (None, &["data.method".to_owned()][..]));
}

#[test]
fn an_unknown_kind_is_kept_to_the_letter_and_no_request_with_it_is_valid() {
    let (reply, unread) = read(r#"{"method":{ "amount": 1.10, "type":"coin", "secret":"s"}}"#);
    assert!(unread.is_empty());
    let Some(Method::Unknown(coin)) = &reply.method else { panic!("{:?}", reply.method) };
    assert_eq!(coin.tag(), Some("coin"));
    assert_eq!(coin.json(), r#"{ "amount": 1.10, "type":"coin", "secret":"s"}"#);
    assert_eq!(format!("{coin:?}"), r#"UnknownVariant { tag: Some("coin"), json: 46 bytes }"#);
    let request = PayRequest::new(PayRequired { method: reply.method.unwrap() });
    let violations = request.validate().unwrap_err().to_string();
    assert_eq!(violations, "method: `coin` is not a documented value");
    // One that is sent without being checked has it as it came.
    let sent = request.to_http(BASE, None).unwrap();
    let body = r#"{"method":{ "amount": 1.10, "type":"coin", "secret":"s"}}"#;
    assert_eq!(str::from_utf8(sent.body()).unwrap(), body);
    let form = ChargeRequest::new(ChargeRequired { method: request.method }).to_http(BASE, None).unwrap();
    let body = "method%5Bamount%5D=1.10&method%5Btype%5D=coin&method%5Bsecret%5D=s";
    assert_eq!(str::from_utf8(form.body()).unwrap(), body);
    let (reply, _) = read(r#"{"method":{"amount":1}}"#);
    let Some(Method::Unknown(none)) = &reply.method else { panic!("{:?}", reply.method) };
    assert_eq!((none.tag(), none.json()), (None, r#"{"amount":1}"#));
}

/// Other readers go the same way, and lose no digit either.
#[test]
fn any_reader_of_json_reads_them() {
    let text = r#"{"limit":0.10,"account":"2","type":"us_bank"}"#;
    let Method::Bank(found) = serde_json::from_str(text).unwrap() else { panic!() };
    assert_eq!(found.limit.unwrap().to_string(), "0.10");
    let value = serde_json::json!({"kind": 2});
    assert_eq!(serde_json::from_value::<Event>(value).unwrap(), Event::Closed);
    assert!(serde_json::from_str::<Method>("[1]").is_err());
}
