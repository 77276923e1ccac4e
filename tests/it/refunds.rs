//! Refunds and deliveries of the general trade system: the samples of the pages are what is sent and read, and each rule
//! holds.

use apiscribe::callback::Callback;
use apiscribe::serde_json::{Value, from_str, json, to_value};
use apiscribe::time::UnixMillis;
use apiscribe::{Endpoint, Error, Validate, http};
use generated_client::common::Currency;
use generated_client::fulfillment::{FulfillPushStatusRequest, FulfillPushStatusRequired};
use generated_client::page::{EntrySchema, EntrySchemaRequired};
use generated_client::platform::{Amount, Fen};
use generated_client::refund::{
    AuditDecision, AuditNeed, AuditStatus, PreCreateRefund, PreCreateRefundAnswer,
    PreCreateRefundAnswerRequired, RefundAuditCallbackError, RefundAuditCallbackRequest,
    RefundAuditCallbackRequired, RefundCreateRequest, RefundCreateRequired, RefundItem,
    RefundItemRequired, RefundQueryRequest, RefundReason, RefundReasonCode, RefundReasonRequired,
    RefundResult, RefundResultStatus, RefundSource, RefundStatus,
};

use crate::support::with;

fn reason() -> RefundReason {
    RefundReason::new(RefundReasonRequired {
        code: RefundReasonCode::NotWanted,
        text: "不想要了".into(),
    })
}

fn item(amount: i64) -> RefundItem {
    RefundItem::new(RefundItemRequired {
        item_order_id: "motb2".into(),
        refund_amount: Amount::from(Fen(amount)),
    })
}

fn refund(amount: i64) -> RefundCreateRequest {
    let page = EntrySchema::new(EntrySchemaRequired { path: "page/refund/index".into() });
    let (order, number) = ("motb1".into(), "refund_1".into());
    RefundCreateRequest::new(RefundCreateRequired {
        order_id: order,
        out_refund_no: number,
        refund_total_amount: Amount::from(Fen(amount)),
        cp_extra: "extra".into(),
        order_entry_schema: page,
        refund_reason: vec![reason()],
    })
}

fn part() -> RefundCreateRequest {
    refund(100).with_item_order_detail(vec![item(100)])
}

fn whole() -> RefundCreateRequest {
    refund(100).with_refund_all(true)
}

fn refused(request: &impl Validate) -> String {
    request.validate().unwrap_err().to_string()
}

fn response(body: &str) -> http::Response<Vec<u8>> {
    http::Response::new(body.as_bytes().to_vec())
}

fn callback(event: &str, content: &str) -> Vec<u8> {
    json!({"version": "3.0", "type": event, "msg": content}).to_string().into_bytes()
}

#[test]
fn a_part_of_an_order_is_refunded_item_by_item() {
    assert!(part().validate().is_ok());
    let expected = json!({
        "order_id": "motb1", "out_refund_no": "refund_1", "refund_total_amount": 100, "cp_extra": "extra",
        "order_entry_schema": {"path": "page/refund/index"},
        "refund_reason": [{"code": 101, "text": "不想要了"}],
        "item_order_detail": [{"item_order_id": "motb2", "refund_amount": 100}],
    });
    assert_eq!(to_value(part()).unwrap(), expected);
    assert!(refused(&refund(100)).starts_with("item_order_detail: "));
    let not_all = refund(100).with_refund_all(false);
    assert!(refused(&not_all).starts_with("item_order_detail: "));
}

#[test]
fn the_total_is_the_sum_over_the_items() {
    let of = |total| refund(total).with_item_order_detail(vec![item(40), item(60)]);
    assert!(of(100).validate().is_ok());
    for total in [99, 101, 0] {
        assert!(refused(&of(total)).starts_with("refund_total_amount: "), "{total}");
    }
    let too_much = vec![item(i64::MAX), item(i64::MAX)];
    let too_much = refund(-2).with_item_order_detail(too_much);
    assert!(refused(&too_much).starts_with("refund_total_amount: "));
}

#[test]
fn a_whole_order_is_refunded_without_items() {
    assert!(whole().validate().is_ok());
    let both = part().with_refund_all(true);
    assert_eq!(refused(&both), "item_order_detail: not allowed when refund_all is true");
}

#[test]
fn a_reason_is_a_documented_one() {
    let unknown = RefundReason::new(RefundReasonRequired {
        code: RefundReasonCode::Unknown(104),
        text: "x".into(),
    });
    let unknown = with(whole(), |it| {
        it.refund_reason = vec![unknown];
    });
    assert!(refused(&unknown).starts_with("refund_reason[0].code: "));
}

#[test]
fn diamonds_are_refunded_as_such() {
    let request = part().with_currency(Currency::Diamond);
    assert!(request.validate().is_ok());
    assert_eq!(to_value(request).unwrap()["currency"], "DIAMOND");
}

#[test]
fn a_refund_is_told_by_its_number_and_no_code_says_that_it_was_made_before() {
    assert_eq!(part().idempotency_key().as_deref(), Some("refund_1"));
    assert_eq!(RefundCreateRequest::META.duplicate, None);
}

#[test]
fn a_created_refund_is_read() {
    let body = r#"{"data":{"refund_id":"motb3","refund_audit_deadline":1692775192000},"err_no":0,"err_msg":"success",
        "log_id":"1"}"#;
    let reply = RefundCreateRequest::from_http(response(body)).unwrap();
    assert_eq!(
        (reply.refund_id.0.as_str(), reply.refund_audit_deadline),
        ("motb3", Some(UnixMillis(1_692_775_192_000)))
    );
}

#[test]
fn refunds_are_asked_for_by_any_of_three_numbers() {
    assert!(RefundQueryRequest::new().validate().is_err());
    let one = RefundQueryRequest::new().with_order_id("motb1");
    assert!(one.validate().is_ok());
    // The first of them counts.
    let two = one.with_refund_id("motb3");
    assert!(two.validate().is_ok());
    let metas = [RefundQueryRequest::META, RefundCreateRequest::META];
    assert_eq!(metas.map(|meta| meta.safe), [true, false]);
}

#[test]
fn a_list_of_refunds_is_read() {
    let body = r#"{"data":{"refund_list":[
        {"order_id":"motb1","out_refund_no":"refund_1","refund_id":"motb3","refund_status":"PROCESSING",
         "refund_total_amount":"100","create_at":"1692775192000","refund_source":1,
         "item_order_detail":[{"item_order_id":"motb2","refund_amount":"100"}],
         "merchant_audit_detail":{"audit_status":"TOAUDIT","need_refund_audit":1,
         "refund_audit_deadline":1693034392000}},
        {"order_id":"motb1","refund_id":"motb4","refund_status":"SUCCESS","refund_total_amount":1,
         "create_at":1692775192000,"refund_at":1692775193000,"refund_source":8}
        ]},"err_no":0,"err_msg":"success","log_id":"1"}"#;
    let reply = RefundQueryRequest::from_http(response(body)).unwrap();
    let [first, second] = reply.refund_list.as_slice() else { panic!("two refunds") };
    assert_eq!((&first.refund_status, first.refund_at), (&RefundStatus::Processing, None));
    let audit = first.merchant_audit_detail.as_ref().unwrap();
    assert_eq!(
        (&audit.audit_status, &audit.need_refund_audit),
        (&AuditStatus::ToAudit, &Some(AuditNeed::Needed))
    );
    assert_eq!(second.refund_source, Some(RefundSource::Unknown(8)));
}

#[test]
fn the_sample_request_of_refund_audit_callback_is_what_is_sent() {
    // The page has a comma too much before the last brace.
    let sample =
        r#"{"refund_id":"motb71237362","refund_audit_status":2,"deny_message":"不同意退款"}"#;
    let denied = RefundAuditCallbackRequest::new(RefundAuditCallbackRequired {
        refund_id: "motb71237362".into(),
        refund_audit_status: AuditDecision::Deny,
    });
    assert_eq!(
        refused(&denied),
        "deny_message: required when refund_audit_status is 2, but missing"
    );
    let denied = denied.with_deny_message("不同意退款");
    assert!(denied.validate().is_ok());
    assert_eq!(to_value(&denied).unwrap(), from_str::<Value>(sample).unwrap());

    let agreed = RefundAuditCallbackRequest::new(RefundAuditCallbackRequired {
        refund_id: "motb71237362".into(),
        refund_audit_status: AuditDecision::Agree,
    });
    assert!(agreed.validate().is_ok());

    let done = r#"{"err_no":0,"err_msg":"success","log_id":"2022092115392201020812109511046"}"#;
    assert!(RefundAuditCallbackRequest::from_http(response(done)).is_ok());
}

#[test]
fn what_22006_means_is_told_by_its_message() {
    let advice = |message: &str| {
        let body = json!({"err_no": 22006, "err_msg": message, "log_id": "1"}).to_string();
        let error = RefundAuditCallbackRequest::from_http(response(&body)).unwrap_err();
        let Error::Api(api) = error else { panic!("{error}") };
        assert_eq!(api.code, RefundAuditCallbackError::AuditNotOpen);
        api.advice()
    };
    let done = Some("Nothing needs to be done.");
    assert_eq!(advice("本退款单免审,无需设置商家审核结果"), done);
    assert_eq!(advice("退款单已审核(拒绝),无需再次同步"), done);
    assert_eq!(
        advice("退款单有前置流程进行中,请完成前置流程再同步审核结果"),
        Some("Answer that callback rightly, and send the decision after it.")
    );
}

#[test]
fn the_call_before_a_refund_is_read() {
    let content = r#"{"app_id":"ttqweqw12312","open_id":"123123","refund_id":"ot1231313","order_id":"ot1231312",
        "out_order_no":"213123","refund_total_amount":100,"need_refund_audit":1,
        "refund_audit_deadline":1693034392000,"create_refund_time":1692775192000,"refund_source":1,
        "refund_reason":["不想要了"],"refund_description":"","cp_extra":"","refund_item_detail":{
        "item_order_quantity":1,"item_order_detail":[{"item_order_id":"motb2","refund_amount":100}]}}"#;
    let event = PreCreateRefund::parse(&callback("pre_create_refund", content)).unwrap();
    assert_eq!(
        (&event.need_refund_audit, &event.refund_source),
        (&Some(AuditNeed::Needed), &Some(RefundSource::User))
    );
    let items = event.refund_item_detail.as_ref().unwrap();
    assert_eq!((items.item_order_quantity, items.item_order_detail.len()), (Some(1), 1));
}

#[test]
fn the_call_before_a_refund_is_answered_with_the_number_and_the_page() {
    let page = EntrySchema::new(EntrySchemaRequired { path: "page/refund/index".into() });
    let answer = PreCreateRefundAnswer::new(PreCreateRefundAnswerRequired {
        out_refund_no: "refund_1".into(),
        order_entry_schema: page,
    });
    let body = PreCreateRefund::acknowledge(&answer).unwrap();
    let sent: Value = apiscribe::serde_json::from_slice(&body).unwrap();
    let data =
        json!({"out_refund_no": "refund_1", "order_entry_schema": {"path": "page/refund/index"}});
    assert_eq!(sent, json!({"err_no": 0, "err_tips": "success", "data": data}));
    let wrong = with(answer, |it| {
        it.out_refund_no = "".into();
    });
    assert!(PreCreateRefund::acknowledge(&wrong).is_err());
}

#[test]
fn the_result_of_a_refund_is_read() {
    let content = r#"{"app_id":"tt1","status":"FAIL","order_id":"motb1","cp_extra":"extra","message":"余额不足",
        "event_time":1692775192000,"refund_id":"motb3","out_refund_no":"","refund_total_amount":100,
        "is_all_settled":true,"refund_item_detail":{"item_order_quantity":1,"item_order_detail":[
        {"item_order_id":"motb2","refund_amount":100}]},"refund_type":4}"#;
    let event = RefundResult::parse(&callback("refund", content)).unwrap();
    assert_eq!((&event.status, event.is_all_settled), (&RefundResultStatus::Fail, Some(true)));
    assert_eq!(event.refund_type, Some(RefundSource::CustomerService));
    assert!(RefundResult::identity(event.content()).is_some());
    assert_eq!((RefundResult::RETRY_AFTER.len(), RefundResult::ATTEMPTS), (11, Some(11)));
}

#[test]
fn the_state_of_a_delivery_is_sent() {
    let push = FulfillPushStatusRequest::new(FulfillPushStatusRequired {
        order_id: "motb1".into(),
        item_order_id_list: vec!["motb2".into()],
        to_status: "fulfilling".into(),
    });
    assert!(push.validate().is_ok());
    let expected =
        json!({"order_id": "motb1", "item_order_id_list": ["motb2"], "to_status": "fulfilling"});
    assert_eq!(to_value(&push).unwrap(), expected);
    let none = with(push, |it| {
        it.item_order_id_list = Vec::new();
    });
    assert_eq!(refused(&none), "item_order_id_list: 0 items, at least 1 needed");
    let done = r#"{"err_no":"0","err_msg":"success","log_id":"1"}"#;
    assert!(FulfillPushStatusRequest::from_http(response(done)).is_ok());
}
