//! What an event is acknowledged with.

use apiscribe::callback::{Acknowledgement, Event};
use apiscribe::validate::Violations;
use http::Response;

use super::events::{
    Apply, ApplyAnswer, PLAIN, Settle, Trade, accept, accepting_unknown, body, call, callbacks,
    parts, refusal, settle,
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
        let request = call(&body(event, r#"{"settle_id":"s1"}"#));
        let response = accepting_unknown().receive(request, apply).await;
        assert_eq!(parts(response), refusal(500, "the event was not handled"));
    }
}

#[tokio::test]
async fn an_event_without_an_answer_is_acknowledged_by_its_kind() {
    let by_kind = async |_| Ok::<_, String>(Acknowledgement::of::<Settle>());
    assert_eq!(parts(callbacks().receive(settle("s1"), by_kind).await), (200, PLAIN.to_owned()));
    let with_nothing = async |_| Acknowledgement::with::<Settle>(&());
    let response = callbacks().receive(settle("s1"), with_nothing).await;
    assert_eq!(parts(response), (200, PLAIN.to_owned()));
}

#[tokio::test]
async fn an_event_is_not_acknowledged_as_one_of_another_kind() {
    for event in ["apply", "new"] {
        let by_kind = async |_| Ok::<_, String>(Acknowledgement::of::<Settle>());
        let response = accepting_unknown().receive(call(&body(event, "{}")), by_kind).await;
        assert_eq!(parts(response), refusal(500, "the event was not handled"), "{event}");
    }
}

#[tokio::test]
async fn an_unknown_event_reaches_a_handler_that_accepts_it_whole() {
    let response = accepting_unknown()
        .receive(call(&body("new", "not JSON")), async |event: Event<Trade>| {
            let Trade::Unknown(event) = event.into_content() else { return Err("known") };
            assert_eq!((event.event.as_str(), event.content.as_str()), ("new", "not JSON"));
            Ok(Acknowledgement::any())
        })
        .await;
    assert_eq!(parts(response), (200, PLAIN.to_owned()));
}

fn status(response: Response<Vec<u8>>) -> u16 {
    response.status().as_u16()
}
