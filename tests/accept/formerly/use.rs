//! What was called otherwise is still there under its former name: it compiles, it does the same, and the compiler warns.

// That generated code is compiled without a warning is in `tests/it/deprecated.rs`.
#![expect(deprecated, reason = "it is what this is about")]

use apiscribe::{Endpoint, ErrorCode, Secret, WireEnum, http};

use super::api::store;
use super::api::store::{
    Client, ClientRequired, Customer, CustomerHome, CustomerHomeRequired, GatewayError, GiveBackRequest, GiveBackResponse, Key, Method, MethodCard, OrderId, PayError,
    PayRequest, PayRequired, PayResponse, PayResponsePartsItem, State,
};
use super::api::shop::{
    Buyer, BuyerRequired, Level, OrderNo, SettleRequest, SettleRequired, SettleResponse, Status, Token,
};

const URL: &str = "https://api.example.com";

fn by_former_names() -> PayRequest {
    let home = CustomerHome::new(CustomerHomeRequired { city: "Here".into() });
    let customer: Customer = Client::new(ClientRequired { name: "June".into() }).with_home(home);
    let card: MethodCard = MethodCard::new().with_last("4242");
    PayRequest::new(PayRequired { order_no: OrderId("o1".into()) })
        .with_remark("a note")
        .with_count(2)
        .with_is_paid(true)
        .with_mark(None)
        .with_customer(customer)
        .with_token(Key(Secret::new("secret".into())))
        .with_payment(Method::Card(card.into()))
}

fn read(data: &str) -> apiscribe::Reply<PayResponse> {
    let body = format!(r#"{{"code":0,"data":{data}}}"#).into_bytes();
    PayRequest::from_http(http::Response::new(body)).unwrap()
}

#[test]
fn a_request_of_former_names_is_the_same_on_the_wire() {
    let request: SettleRequest = by_former_names();
    let sent = request.to_http(URL, None).unwrap();
    let expected = concat!(
        r#"{"order_no":"o1","note":"a note","count":2,"paid":true,"label":null,"#,
        r#""buyer":{"name":"June","home":{"city":"Here"}},"token":"secret","#,
        r#""payment":{"kind":"card","last":"4242"}}"#,
    );
    assert_eq!(str::from_utf8(sent.body()).unwrap(), expected);
    let present = SettleRequest::new(SettleRequired { order_no: OrderNo("o1".into()) });
    let buyer = Buyer::new(BuyerRequired { name: "June".into() });
    assert_eq!(present.clone().with_note("n"), present.clone().with_remark("n"));
    assert_eq!(present.clone().with_buyer(buyer.clone()), present.clone().with_customer(buyer));
    assert_eq!(present.with_times(3).count(), &Some(3));
    assert_eq!(Token(Secret::new("a".into())), Key(Secret::new("a".into())));
}

#[test]
fn a_former_variant_is_a_value_and_a_pattern() {
    let name = |state: &State| match *state {
        State::Done => "done",
        State::Open => "open",
        _ => "other",
    };
    assert_eq!((name(&Status::Settled), name(&Status::Open)), ("done", "open"));
    assert_eq!((State::Finished, Level::Small, Level::Unknown), (Status::Settled, Level::Low, Level::Low));
    assert_eq!(*Level::Unknown_(7).value(), 7);
    assert_eq!(State::Done.value(), "DONE");
    let reply = read(r#"{"status":"DONE","level":1,"parts":[{"number":7}]}"#);
    assert!(matches!(*reply.state(), State::Finished));
    let parts: &[PayResponsePartsItem] = reply.parts.as_deref().unwrap();
    assert_eq!(parts[0].number, Some(7));
    let data: SettleResponse = reply.into_data();
    assert_eq!(data.level, Some(Level::Low));
}

#[test]
fn a_former_error_is_matched() {
    let body = br#"{"code":1,"message":"none"}"#.to_vec();
    let Err(apiscribe::Error::Api(error)) = PayRequest::from_http(http::Response::new(body)) else {
        panic!("no error of the platform");
    };
    assert!(matches!(error.code, PayError::UnknownOrder));
    assert_eq!(error.code, store::SettleError::NoSuchOrder);
    assert_eq!(GatewayError::from_code(9), GatewayError::Busy);
}

#[test]
fn a_former_response_by_status_is_read() {
    let body = br#"{"code":0,"data":{"id":"r1"}}"#.to_vec();
    let reply = GiveBackRequest::from_http(http::Response::new(body)).unwrap().into_data();
    let GiveBackResponse::Ok(data) = reply else { panic!("not the response of 200") };
    assert_eq!(data.id.as_deref(), Some("r1"));
}
