//! What is essential must be there and readable; nothing else costs a response.

use apiscribe::serde_json::to_value;
use apiscribe::{Endpoint, Reply, Validate, http};

use super::api::demo::{PayRequest, PayRequired, PayResponse, PayResponsePayer, Share, ShareRequired};
use super::api::platform::Fen;

fn read(data: &str) -> Option<Reply<PayResponse>> {
    let body = format!(r#"{{"code":0,"data":{data}}}"#);
    PayRequest::from_http(http::Response::new(body.into_bytes())).ok()
}

#[test]
fn what_is_essential_is_enough() {
    let reply = read(r#"{"order_id":"o","amount":5,"lines":[]}"#).unwrap();
    let expected = PayResponse {
        order_id: "o".to_owned(),
        amount: Fen(5),
        lines: vec![],
        remark: None,
        paid_at: None,
        rate: None,
        shares: vec![],
        by_uid: [].into(),
        payer: None,
    };
    assert_eq!((reply.data(), reply.unread()), (&expected, &[][..]));
}

#[test]
fn what_is_essential_must_be_there() {
    assert!(read(r#"{"amount":5,"lines":[]}"#).is_none());
    assert!(read(r#"{"order_id":null,"amount":5,"lines":[]}"#).is_none());
    assert!(read(r#"{"order_id":"o","amount":"","lines":[]}"#).is_none());
    assert!(read(r#"{"order_id":"o","amount":5}"#).is_none());
    assert!(read(r#"{"order_id":"o","amount":5,"lines":7}"#).is_none());
}

#[test]
fn what_cannot_be_read_and_is_not_essential_is_named() {
    let data = r#"{"order_id":"o","amount":5,"lines":null,"remark":{"code":1,"text":"x"},"paid_at":1.5,
        "rate":[1],"shares":[{"uid":"u","amount":true},{"amount":1}],"by_uid":3,"payer":{"uid":[1]}}"#;
    let reply = read(data).unwrap();
    assert_eq!(
        reply.unread(),
        [
            "data.remark",
            "data.paid_at",
            "data.rate",
            "data.shares",
            "data.by_uid",
            "data.payer.uid"
        ]
    );
    assert_eq!((reply.shares.len(), &reply.payer), (0, &Some(PayResponsePayer { uid: None })));
}

#[test]
fn what_goes_both_ways_is_asked_for_when_it_is_sent() {
    let share = Share::new(ShareRequired { uid: "u".into(), amount: Fen(1), note: "n".into(), tags: vec![] });
    assert_eq!((share.amount, share.note.as_deref()), (Some(Fen(1)), Some("n")));
    let request = PayRequest::new(PayRequired { shares: vec![Share { amount: None, ..share.clone() }] });
    assert_eq!(request.validate().unwrap_err().to_string(), "shares[0].amount: required, but missing or empty");
    let sent = to_value(PayRequest::new(PayRequired { shares: vec![share] })).unwrap();
    assert_eq!(sent["shares"][0]["amount"], 1);
}
