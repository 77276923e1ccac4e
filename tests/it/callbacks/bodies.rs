//! What an event is acknowledged with.

use http::Response;
use runtime::{Acknowledgement, Event, Violations};

use super::events::{
    Apply, ApplyAnswer, PLAIN, Settle, Trade, accept, body, call, callbacks, parts, refusal,
};

async fn apply(_: Event<Trade>) -> Result<Acknowledgement, Violations> {
    Acknowledgement::with::<Apply>(&ApplyAnswer { out_refund_no: "r1".to_owned() })
}

#[tokio::test]
async fn an_answer_goes_into_the_acknowledgement() {
    let response = callbacks().receive(call(&body("apply", "{}")), apply).await;
    let expected = r#"{"err_no":0,"err_tips":"success","data":{"out_refund_no":"r1"}}"#;
    assert_eq!(parts(response), (200, expected.to_owned()));
}

#[tokio::test]
async fn an_answer_that_is_due_is_not_left_out() {
    let callbacks = callbacks();
    let response = callbacks.receive(call(&body("apply", "{}")), accept).await;
    assert_eq!(parts(response), refusal(500, "the event was not handled"));
    assert_eq!(status(callbacks.receive(call(&body("apply", "{}")), apply).await), 200);
}

#[tokio::test]
async fn an_answer_that_breaks_a_rule_is_not_sent() {
    let response = callbacks()
        .receive(call(&body("apply", "{}")), async |_| {
            Acknowledgement::with::<Apply>(&ApplyAnswer { out_refund_no: "r23456789".to_owned() })
        })
        .await;
    assert_eq!(parts(response), refusal(500, "the event was not handled"));
}

#[tokio::test]
async fn the_answer_of_another_event_is_not_sent() {
    for event in ["settle", "new"] {
        let response =
            callbacks().receive(call(&body(event, r#"{"settle_id":"s1"}"#)), apply).await;
        assert_eq!(parts(response), refusal(500, "the event was not handled"));
    }
}

#[tokio::test]
async fn an_event_without_an_answer_may_be_acknowledged_by_its_type() {
    let by_type = async |_| Acknowledgement::with::<Settle>(&());
    let response =
        callbacks().receive(call(&body("settle", r#"{"settle_id":"s1"}"#)), by_type).await;
    assert_eq!(parts(response), (200, PLAIN.to_owned()));
}

#[tokio::test]
async fn an_unknown_event_reaches_the_handler_whole() {
    let response = callbacks()
        .receive(call(&body("new", "not JSON")), async |event: Event<Trade>| {
            let Trade::Unknown(event) = event.content else { return Err("known") };
            assert_eq!((event.event.as_str(), event.content.as_str()), ("new", "not JSON"));
            Ok(Acknowledgement::plain())
        })
        .await;
    assert_eq!(parts(response), (200, PLAIN.to_owned()));
}

fn status(response: Response<Vec<u8>>) -> u16 {
    response.status().as_u16()
}
