//! Money has a unit, and no two units are taken for one another.

use apiscribe::{Endpoint, Validate, http, serde_json};

use super::api::demo::{PayRequest, PayRequired, PayResponse};
use super::api::platform::{Amount, Diamonds, Fen, Yuan};

#[test]
fn each_unit_is_a_type_and_a_number_on_the_wire() {
    let (in_yuan, in_diamonds) = (Some(Yuan(2)), Some(Diamonds(3)));
    let request = PayRequest { in_yuan, in_diamonds, ..PayRequest::new(PayRequired { in_fen: Fen(100) }) };
    let body = serde_json::to_string(&request).unwrap();
    assert_eq!(body, r#"{"in_fen":100,"in_yuan":2,"in_diamonds":3}"#);
}

#[test]
fn units_go_into_one_another_only_where_it_is_exact() {
    assert_eq!(Fen(300).to_yuan(), Some(Yuan(3)));
    assert_eq!(Fen(301).to_yuan(), None);
    assert_eq!(Yuan(i64::MAX).to_fen(), None);
}

#[test]
fn amounts_are_read_from_numbers_and_from_text() {
    let body = br#"{"code":0,"message":"","data":{"paid":"12","left":9007199254740993}}"#.to_vec();
    let reply = PayRequest::from_http(http::Response::new(body)).unwrap();
    assert_eq!((reply.paid, reply.left), (Fen(12), Diamonds(9_007_199_254_740_993)));
}

#[test]
fn an_amount_has_the_unit_that_the_caller_says() {
    let amount = Amount::from(Fen(648));
    assert_eq!((amount.to_fen(), amount.to_diamonds()), (Fen(648), Diamonds(648)));
    assert_eq!(Amount::from(Diamonds(5)).to_string(), "5 fen or diamonds");

    let request = PayRequest { in_either: Some(Amount(0)), ..PayRequest::new(PayRequired { in_fen: Fen(1) }) };
    assert_eq!(request.validate().unwrap_err().to_string(), "in_either: 0 fen or diamonds, at least 1 needed");
    let response: PayResponse = serde_json::from_str(r#"{"paid":1,"left":2,"fee":"3"}"#).unwrap();
    assert_eq!(response.fee, Some(Amount(3)));
}
