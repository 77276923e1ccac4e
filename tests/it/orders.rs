//! Orders of the general trade system: the samples of the pages are what is built and read, and each rule on the signed
//! data holds.

use apiscribe::callback::Callback;
use apiscribe::error::Retry;
use apiscribe::js_api::SignedJsApi;
use apiscribe::serde_json::{Value, from_str, from_value, json, to_string, to_value};
use apiscribe::time::{Seconds, UnixMillis};
use apiscribe::wire::JsonText;
use apiscribe::{Endpoint, ErrorCode, JsApi, Validate, http};
use generated_client::common::{Currency, GatewayError};
use generated_client::order::{
    GetOrderPaymentError, GetOrderPaymentFail, GetOrderPaymentOptions,
    GetOrderPaymentOptionsRequired, OrderData, OrderDataRequired, OrderQueryRequest, PayChannel,
    PayStatus, PayWay, PaymentResult, PaymentStatus, QueryCpsRequest, RequestOrderError,
    RequestOrderFail, RequestOrderOptions, RequestOrderOptionsRequired, RequestOrderSuccess, Sku,
    SkuRequired,
};
use generated_client::page::{EntrySchema, EntrySchemaRequired};
use generated_client::platform::{Amount, Diamonds, Fen};
use generated_client::tag::TagQueryRequest;

use crate::support::with;

/// The second sample of the data in the demo on the page of the order's data.
const DATA: &str = r#"{"skuList":[{"skuId":"1","price":9999,"quantity":1,"title":"标题","imageList":["https://dummyimage.com/234x60"],"type":301,"tagGroupId":"tag_group_7272625659888058380"}],"outOrderNo":"1213","totalAmount":9999,"limitPayWayList":[],"payExpireSeconds":3000,"orderEntrySchema":{"path":"page/index/index","params":"{\"poi\":\"6601248937917548558\",\"aweme_useTemplate\":1}"}}"#;

/// The sample response on the page of order_query.
const ORDER: &str = r#"{ "data": { "order_id": "motb52726742593307630520952", "out_order_no": "ext_order_123",
    "app_id": "tt123123123", "pay_status": "PROCESS", "pay_time": 1692775192000, "pay_channel": 1,
    "channel_pay_id": "2iu2082897r9hflquf", "trade_time": 1692775192000, "total_amount": 1000, "discount_amount": 0,
    "merchant_uid": "287484783", "item_order_list": [ { "item_order_id": "motb52726742593307630520952",
    "sku_id": "1234123", "item_order_amount": 100 } ] },
    "err_no": 0, "err_msg": "success", "log_id": "2022092115392201020812109511046" }"#;

fn sku() -> Sku {
    let images = vec!["https://dummyimage.com/234x60".to_owned()];
    Sku::new(SkuRequired {
        sku_id: "1".into(),
        price: Amount::from(Fen(9999)),
        quantity: 1,
        title: "标题".into(),
        image_list: images,
        type_: 301,
        tag_group_id: "tag_group_7272625659888058380".into(),
    })
}

fn data() -> OrderData {
    let params = json!({"poi": "6601248937917548558", "aweme_useTemplate": 1});
    let params = from_value(params).unwrap();
    let page = EntrySchema::new(EntrySchemaRequired { path: "page/index/index".into() })
        .with_params(JsonText(params));
    OrderData::new(OrderDataRequired {
        sku_list: vec![sku()],
        out_order_no: "1213".into(),
        total_amount: Amount::from(Fen(9999)),
        order_entry_schema: page,
    })
    .with_limit_pay_way_list(Vec::new())
    .with_pay_expire_seconds(Seconds(3000))
}

fn diamonds() -> OrderData {
    let total_amount = Amount::from(Diamonds(999));
    with(data().with_currency(Currency::Diamond), |it| {
        it.total_amount = total_amount;
    })
}

fn refused(data: &OrderData) -> String {
    data.validate().unwrap_err().to_string()
}

fn response(body: &str) -> http::Response<Vec<u8>> {
    http::Response::new(body.as_bytes().to_vec())
}

#[test]
fn the_sample_of_the_data_is_what_is_built() {
    let data = data();
    assert!(data.validate().is_ok());
    // Of the text inside the text the order of keys is free.
    let parsed = |text: &str| {
        let mut value: Value = from_str(text).unwrap();
        let params = &mut value["orderEntrySchema"]["params"];
        *params = from_str(params.as_str().unwrap()).unwrap();
        value
    };
    assert_eq!(parsed(&to_string(&data).unwrap()), parsed(DATA));
}

#[test]
fn the_data_is_sent_as_the_text_that_is_signed() {
    let mut options =
        RequestOrderOptions::new(RequestOrderOptionsRequired { data: JsonText(data()) });
    let text = options.signed_text().unwrap();
    assert_eq!(text, to_string(&data()).unwrap());
    options.set_authorization("signature".to_owned());
    let sent = to_value(&options).unwrap();
    assert_eq!(sent, json!({"data": text, "byteAuthorization": "signature"}));
    let signature = RequestOrderOptions::SIGNATURE;
    assert_eq!(
        (signature.method, signature.uri, signature.quotes),
        ("POST", "/requestOrder", false)
    );
}

#[test]
fn diamonds_buy_one_of_a_thing() {
    let two = || {
        vec![with(sku(), |it| {
            it.quantity = 2;
        })]
    };
    let in_diamonds = with(diamonds(), |it| {
        it.sku_list = two();
    });
    assert!(refused(&in_diamonds).starts_with("skuList[0].quantity: "), "{in_diamonds:?}");
    assert!(
        with(data(), |it| {
            it.sku_list = two();
        })
        .validate()
        .is_ok()
    );
}

#[test]
fn diamonds_leave_out_the_scene_and_the_merchant() {
    assert!(diamonds().validate().is_ok());
    let scene = diamonds().with_pay_scene("IM");
    assert_eq!(refused(&scene), "payScene: not allowed when currency is \"DIAMOND\"");
    let merchant = diamonds().with_merchant_uid("m");
    assert_eq!(refused(&merchant), "merchantUid: not allowed when currency is \"DIAMOND\"");
    for currency in [None, Some(Currency::Cny)] {
        let data = with(data(), |it| {
            it.currency = currency;
        });
        let scene = data.clone().with_pay_scene("IM");
        let merchant = data.with_merchant_uid("m");
        assert!(scene.validate().is_ok() && merchant.validate().is_ok());
    }
    assert_eq!(Currency::default(), Currency::Cny);
}

#[test]
fn phone_cards_and_content_say_what_is_particular_to_them() {
    let of = |type_, sku_attr| {
        with(data(), |it| {
            it.sku_list = vec![with(sku(), |it| {
                it.type_ = type_;
                it.sku_attr = sku_attr;
            })];
        })
    };
    for kind in (101..=107).chain(402..=406) {
        assert!(refused(&of(kind, None)).starts_with("skuList[0].skuAttr: "), "{kind}");
        assert!(of(kind, Some(JsonText(json!({})))).validate().is_ok(), "{kind}");
    }
    for kind in [100, 108, 301, 401, 407] {
        assert!(of(kind, None).validate().is_ok(), "{kind}");
    }
}

#[test]
fn a_page_is_named_without_slash_and_query() {
    let check =
        |path: &str| EntrySchema::new(EntrySchemaRequired { path: path.into() }).validate().is_ok();
    for path in ["page/path/index", "a", "Pages_2/x", "_"] {
        assert!(check(path), "{path}");
    }
    for path in ["", "/page", "page?id=1", "page:1", "a&b", "a*", "页", "a b", "page\n"] {
        assert!(!check(path), "{path}");
    }
}

#[test]
fn ways_to_pay_that_are_closed_are_documented_ones() {
    let closed = |ways| data().with_limit_pay_way_list(ways);
    let ways = vec![PayWay::WeChat, PayWay::Alipay, PayWay::DouyinPay];
    assert_eq!(to_value(closed(ways)).unwrap()["limitPayWayList"], json!([1, 2, 10]));
    assert!(closed(vec![PayWay::Unknown(20)]).validate().is_err());
}

#[test]
fn what_request_order_reports_is_read() {
    let success = r#"{"orderId":"motb123456789","itemOrderList":[{"itemOrderId":"motb874637654774","skuId":"1",
        "itemOrderAmount":9999}],"logId":"2023"}"#;
    let success: RequestOrderSuccess = from_str(success).unwrap();
    assert_eq!((&success.order_id.0[..], success.item_order_list.len()), ("motb123456789", 1));
    // The page types errNo as a string and lists numbers.
    for err_no in ["10401", "\"10401\""] {
        let fail = format!(
            r#"{{"errNo":{err_no},"errMsg":"requestOrder:fail internal error","errLogId":"1"}}"#
        );
        let fail: RequestOrderFail = from_str(&fail).unwrap();
        let error = RequestOrderError::from_code(fail.err_no);
        assert_eq!((&error, error.retry()), (&RequestOrderError::InternalError, Some(Retry::Same)));
    }
}

#[test]
fn the_cashier_opens_for_one_order_at_a_time() {
    let options =
        GetOrderPaymentOptions::new(GetOrderPaymentOptionsRequired { order_id: "motb1".into() });
    assert_eq!(to_value(&options).unwrap(), json!({"orderId": "motb1"}));
    assert_eq!(GetOrderPaymentOptions::CONCURRENCY, Some(1));
    let on_ios = options.with_im_id("im").with_immediate(false);
    let sent = json!({"orderId": "motb1", "imId": "im", "immediate": false});
    assert_eq!(to_value(&on_ios).unwrap(), sent);

    let fail = r#"{"errNo":9,"errMsg":"getOrderPayment:fail","logId":"1"}"#;
    let fail: GetOrderPaymentFail = from_str(fail).unwrap();
    let error = GetOrderPaymentError::from_code(fail.err_no);
    assert_eq!(error, GetOrderPaymentError::ResultUnknown);
}

#[test]
fn an_order_is_asked_for_by_one_number() {
    let both = r#"{"out_order_no":"5x70VYh3of","order_id":"ac97KUfZJk"}"#;
    let [out_order_no, order_id] = ["out_order_no", "order_id"].map(|key| {
        let value: Value = from_str(both).unwrap();
        value[key].as_str().unwrap().to_owned()
    });
    let one = OrderQueryRequest::new().with_order_id(order_id);
    assert!(one.validate().is_ok());
    // The page's own sample gives both, without saying which counts.
    let both = one.with_out_order_no(out_order_no);
    assert!(both.validate().is_err() && OrderQueryRequest::new().validate().is_err());
    assert!(QueryCpsRequest::new().validate().is_err());
    let metas = [OrderQueryRequest::META, QueryCpsRequest::META, TagQueryRequest::META];
    assert!(metas.iter().all(|meta| meta.safe));
}

#[test]
fn the_sample_response_of_order_query_is_read() {
    let order = OrderQueryRequest::from_http(response(ORDER)).unwrap().into_data();
    assert_eq!(
        (order.pay_status, order.pay_channel),
        (PayStatus::Process, Some(PayChannel::WeChat))
    );
    assert_eq!((order.total_amount, order.discount_amount), (Fen(1000), Some(Fen(0))));
    assert_eq!(order.trade_time, Some(UnixMillis(1_692_775_192_000)));
    let items = order.item_order_list.unwrap();
    let sku_id = items[0].sku_id.as_ref().map(AsRef::as_ref);
    assert_eq!((sku_id, items[0].item_order_amount), (Some("1234123"), Fen(100)));
    assert_eq!(order.currency, None);
}

#[test]
fn a_commission_is_read() {
    let body = r#"{"data":{"order_id":"motb1","out_order_no":"o1","total_commission_amount":20,"cps_item_list":[{
        "item_order_id":"motb2","sell_amount":1000,"commission_amount":20,"commission_rate":200,"source_type":1,
        "status":2,"commission_user_douyinid":"d1","commission_user_nickname":"n","task_id":"t1",
        "item_id":7117432849182412332}]},"err_no":0,"err_msg":"success","log_id":"1"}"#;
    let reply = QueryCpsRequest::from_http(response(body)).unwrap();
    let [item] = reply.cps_item_list.as_slice() else { panic!("one item") };
    assert_eq!((reply.total_commission_amount, item.commission_rate), (Fen(20), Some(200)));
    assert_eq!(item.item_id.as_deref(), Some("7117432849182412332"));
}

#[test]
fn an_expired_token_is_told_by_the_shared_table() {
    let body = r#"{"err_no":28001008,"err_msg":"access_token过期,请刷新或重新授权","log_id":"1"}"#;
    let error = QueryCpsRequest::from_http(response(body)).unwrap_err();
    let apiscribe::Error::Api(api) = error else { panic!("{error}") };
    assert_eq!(api.code, GatewayError::ExpiredToken);
}

#[test]
fn groups_of_tags_are_read() {
    let body = r#"{"data":{"tag_detail_list":[{"tag_group_id":"tag_group_7272625659888041996","tag_list":[{
        "tag_id":"1","tag_name":"n","tag_type":1,"tag_descs":["d"],"biz_line":2001,"goods_type":401}],
        "rule_list":[{"rule_id":"r","rule_type":1,"refund_rule":{"biz_status":"FULFILL_WAIT",
        "merchant_audit_type":1,"refund_type":2}},{"rule_id":"s","rule_type":2}]}]},
        "err_no":0,"err_msg":"success","log_id":"1"}"#;
    let reply = TagQueryRequest::from_http(response(body)).unwrap();
    let [group] = reply.tag_detail_list.as_slice() else { panic!("one group") };
    let refund = group.rule_list[0].refund_rule.as_ref().unwrap();
    let biz_line = group.tag_list[0].biz_line;
    assert_eq!((refund.biz_status.as_deref(), biz_line), (Some("FULFILL_WAIT"), Some(2001)));
    assert!(group.rule_list[1].refund_rule.is_none());
    assert_eq!(to_value(TagQueryRequest::new()).unwrap(), json!({}));
}

#[test]
fn the_callback_of_a_payment_is_read() {
    let content = r#"{"app_id":"tt1","out_order_no":"o1","order_id":"motb1","status":"SUCCESS","total_amount":299,
        "discount_amount":0,"pay_channel":20,"channel_pay_id":"c1","message":"","event_time":1698128528000,
        "user_bill_pay_id":"DTPP1","currency":"DIAMOND"}"#;
    let body = json!({"version": "3.0", "type": "payment", "msg": content}).to_string();
    let event = PaymentResult::parse(body.as_bytes()).unwrap();
    assert_eq!(
        (&event.status, &event.pay_channel),
        (&PaymentStatus::Success, &Some(PayChannel::Diamonds))
    );
    assert_eq!(event.total_amount.to_diamonds(), Diamonds(299));
    let identity = PaymentResult::identity(event.content());
    assert!(identity.is_some() && identity == PaymentResult::identity(&event.clone()));
    let mut cancelled = event.content().clone();
    cancelled.status = PaymentStatus::Cancel;
    assert_ne!(PaymentResult::identity(&cancelled), identity);
    assert_eq!((&event.currency, event.merchant_uid.is_none()), (&Some(Currency::Diamond), true));
    assert_eq!(
        (event.version(), PaymentResult::RETRY_AFTER[..3].to_vec()),
        (Some("3.0"), vec![12, 12, 33])
    );
}
