//! An acknowledgement that tells something back: checked as a request is, and put under the envelope's key.

use apiscribe::callback::{Callback, CallbackMeta};

use super::api::demo::{Bare, BareAnswer, CreateOrder, CreateOrderAnswer, CreateOrderAnswerRequired, Line, LineRequired};

fn acknowledge<C: Callback>(answer: &C::Answer) -> String {
    String::from_utf8(C::acknowledge(answer).unwrap()).unwrap()
}

#[test]
fn the_answer_goes_under_its_key() {
    let mut answer = CreateOrderAnswer::new(CreateOrderAnswerRequired { out_order_no: "o1".into() });
    let expected = r#"{"err_no":0,"err_tips":"success","data":{"outOrderNo":"o1"}}"#;
    assert_eq!(acknowledge::<CreateOrder>(&answer), expected);
    answer.lines = Some(vec![Line::new(LineRequired { id: "l1".into() })]);
    assert!(acknowledge::<CreateOrder>(&answer).ends_with(r#""lines":[{"id":"l1"}]}}"#));
    assert_eq!(acknowledge::<Bare>(&BareAnswer::new()), r#"{"data":{}}"#);
}

#[test]
fn a_wrong_answer_is_refused() {
    let mut answer = CreateOrderAnswer::new(CreateOrderAnswerRequired { out_order_no: "123456789".into() });
    answer.lines = Some(vec![Line::new(LineRequired { id: "".into() })]);
    assert_eq!(
        CreateOrder::acknowledge(&answer).unwrap_err().to_string(),
        "outOrderNo: 9 bytes, at most 8 allowed\nlines[0].id: required, but missing or empty"
    );
}

#[test]
fn that_an_answer_is_due_is_known() {
    assert!(CallbackMeta::of::<CreateOrder>().answers);
}
