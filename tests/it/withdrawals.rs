//! Withdrawals and bills of the general trade system: the samples of the pages are what is sent and read, and each rule
//! holds.

use apiscribe::meta::{Counts, RateLimit};
use apiscribe::serde_json::{json, to_value};
use apiscribe::{Endpoint, Error, Validate, http};
use generated_client::bill::{
    BillType, BillsRequest, BillsRequired, FundBillsRequest, FundBillsRequired,
};
use generated_client::common::GatewayError;
use generated_client::platform::Fen;
use generated_client::withdraw::{
    ChannelType, MerchantEntity, MerchantWithdrawRequest, MerchantWithdrawRequired,
    QueryMerchantBalanceRequest, QueryWithdrawOrderRequest, QueryWithdrawOrderRequired, SettleType,
    WithdrawStatus,
};

use crate::support::with;

fn withdraw(amount: i64) -> MerchantWithdrawRequest {
    let (merchant, number) = ("M70372492301718182840".into(), "withdraw03456".into());
    let request = MerchantWithdrawRequest::new(MerchantWithdrawRequired {
        merchant_uid: merchant,
        channel_type: ChannelType::Alipay,
        withdraw_amount: Fen(amount),
        out_order_id: number,
    });
    request.with_app_id("ttdb96ad2b44aeff3301")
}

fn bills(date: &str) -> BillsRequest {
    BillsRequest::new(BillsRequired {
        app_id: "tt1".into(),
        merchant_id: Some("M7".into()),
        bill_type: BillType::Payment,
        bill_date: date.into(),
    })
}

fn refused(request: &impl Validate) -> String {
    request.validate().unwrap_err().to_string()
}

fn response(body: &str) -> http::Response<Vec<u8>> {
    http::Response::new(body.as_bytes().to_vec())
}

/// The values are those of the page's table of parameters.
#[test]
fn a_withdrawal_is_written_as_the_page_shows() {
    let request = withdraw(100)
        .with_callback("https://www.bytedance.com")
        .with_cp_extra("withdraw_demo")
        .with_merchant_entity(MerchantEntity::DouyinXinxi);
    assert!(request.validate().is_ok());
    let expected = json!({
        "merchant_uid": "M70372492301718182840",
        "channel_type": "alipay",
        "withdraw_amount": 100,
        "out_order_id": "withdraw03456",
        "app_id": "ttdb96ad2b44aeff3301",
        "callback": "https://www.bytedance.com",
        "cp_extra": "withdraw_demo",
        "merchant_entity": 1,
    });
    assert_eq!(to_value(&request).unwrap(), expected);
    let body =
        r#"{"err_no":0,"err_msg":"","log_id":"1","data":{"order_id":"70","merchant_entity":1}}"#;
    let reply = MerchantWithdrawRequest::from_http(response(body)).unwrap();
    assert_eq!(
        (reply.order_id.as_str(), &reply.merchant_entity),
        ("70", &Some(MerchantEntity::DouyinXinxi))
    );
}

#[test]
fn a_withdrawal_says_who_asks() {
    let nobody = with(withdraw(1), |it| {
        it.app_id = None;
    });
    assert!(refused(&nobody).contains("app_id"));
    let provider = nobody.with_thirdparty_id("tt2");
    assert!(provider.validate().is_ok());
}

#[test]
fn the_joint_account_needs_the_company() {
    let joint = with(withdraw(1), |it| {
        it.channel_type = ChannelType::Joint;
    });
    assert_eq!(to_value(&joint).unwrap()["channel_type"], "yzt");
    assert!(refused(&joint).starts_with("merchant_entity: "));
    let entity = Some(MerchantEntity::GuangheXinhao);
    assert!(
        with(joint, |it| {
            it.merchant_entity = entity;
        })
        .validate()
        .is_ok()
    );
    let unknown = ChannelType::Unknown("cash".to_owned());
    let unknown = with(withdraw(1), |it| {
        it.channel_type = unknown;
    });
    assert!(refused(&unknown).starts_with("channel_type: "));
}

#[test]
fn the_result_of_a_withdrawal_is_sent_by_https_only() {
    let http = Some("http://www.bytedance.com".to_owned());
    let request = with(withdraw(1), |it| {
        it.callback = http;
    });
    assert_eq!(refused(&request), "callback: not a URL with https");
}

#[test]
fn five_withdrawals_a_day_succeed_for_each_merchant_and_channel() {
    let limit = RateLimit {
        calls: 5,
        per: 86_400,
        by: &["merchant_uid", "channel_type"],
        counts: Counts::Successes,
    };
    assert_eq!(MerchantWithdrawRequest::META.rate_limits, [limit]);
    let key = |request: &MerchantWithdrawRequest| request.rate_key(&limit);
    assert_eq!(key(&withdraw(1)), key(&withdraw(2)));
    let other = with(withdraw(1), |it| {
        it.merchant_uid = "M8".into();
    });
    assert_ne!(key(&withdraw(1)), key(&other));
    let other = with(withdraw(1), |it| {
        it.channel_type = ChannelType::Douyin;
    });
    assert_ne!(key(&withdraw(1)), key(&other));
}

/// No source says what a second request with the same number does.
#[test]
fn a_withdrawal_is_never_repeated_without_being_told_to() {
    assert_eq!(withdraw(1).idempotency_key(), None);
    assert!(!MerchantWithdrawRequest::META.is_safe());
    assert!(QueryMerchantBalanceRequest::META.is_safe());
    assert!(QueryWithdrawOrderRequest::META.is_safe());
}

/// The data of the sample of guaranteed payment, in the envelope of this system.
#[test]
fn a_balance_is_read_with_the_slip_in_its_name() {
    let body = r#"{"err_no":0,"err_msg":"","log_id":"1","data":{
        "account_info":{"online_balance":20,"withdrawable_balacne":100000,"freeze_balance":200000},
        "settle_info":{"settle_type":2,"settle_account":"bytedance@163.com","bankcard_no":"","bank_name":""},
        "merchant_entity":2}}"#;
    let reply = QueryMerchantBalanceRequest::from_http(response(body)).unwrap();
    let account = &reply.account_info;
    assert_eq!(
        (account.online_balance, account.withdrawable_balacne, account.freeze_balance),
        (Some(Fen(20)), Fen(100_000), Some(Fen(200_000)))
    );
    let settle_type = reply.settle_info.as_ref().and_then(|info| info.settle_type.as_ref());
    assert_eq!(settle_type, Some(&SettleType::Alipay));
    assert_eq!(reply.merchant_entity, Some(MerchantEntity::GuangheXinhao));
    assert!(!format!("{reply:?}").contains("bytedance@163.com"));
    let mended = body.replace("balacne", "balance");
    assert!(QueryMerchantBalanceRequest::from_http(response(&mended)).is_err());
}

#[test]
fn a_withdrawal_is_followed_by_its_number() {
    let (merchant, number) = ("M7".into(), "withdraw03456".into());
    let request = QueryWithdrawOrderRequest::new(QueryWithdrawOrderRequired {
        merchant_uid: merchant,
        channel_type: ChannelType::Alipay,
        out_order_id: number,
    });
    let of_app = request.clone().with_app_id("tt1");
    let of_provider = request.clone().with_thirdparty_id("tt2");
    assert!(of_app.validate().is_ok() && of_provider.validate().is_ok());
    assert_eq!(refused(&request), "at least one of app_id and thirdparty_id must be given");
    let read = |status: &str| {
        let body = json!({"err_no": 0, "err_msg": "", "log_id": "1",
            "data": {"status": status, "status_msg": ""}});
        QueryWithdrawOrderRequest::from_http(response(&body.to_string()))
            .unwrap()
            .into_data()
            .status
    };
    assert_eq!(read("SUCCESS"), WithdrawStatus::Success);
    assert_eq!(read("REEXCHANGE"), WithdrawStatus::Returned);
    assert_eq!(read("NEW"), WithdrawStatus::Unknown("NEW".to_owned()));
}

/// The body of the page's sample, and null for orders in diamonds.
#[test]
fn a_trade_bill_is_asked_for_by_merchant_or_for_diamonds() {
    let expected = json!({"app_id": "tt1", "merchant_id": "M7", "bill_type": "payment", "bill_date": "202310"});
    assert_eq!(to_value(bills("202310")).unwrap(), expected);
    let diamonds = with(bills("202310"), |it| {
        it.merchant_id = None;
    });
    assert!(diamonds.validate().is_ok());
    assert_eq!(to_value(diamonds).unwrap()["merchant_id"], json!(null));
    assert!(BillsRequest::META.is_safe() && FundBillsRequest::META.is_safe());
}

#[test]
fn a_bill_is_of_a_day_or_a_month() {
    assert!(bills("202310").validate().is_ok() && bills("20231015").validate().is_ok());
    for date in ["", "2023", "2023101", "2023-10", "202310150", "２０２３１０", " 202310"] {
        assert!(refused(&bills(date)).starts_with("bill_date: "), "{date:?}");
        let fund = FundBillsRequest::new(FundBillsRequired {
            app_id: "tt1".into(),
            merchant_id: None,
            account_type: "ALIPAY".into(),
            payment_type: "ALL".into(),
            trade_type: "SETTLE".into(),
            bill_date: date.into(),
        });
        assert!(refused(&fund).starts_with("bill_date: "), "{date:?}");
    }
    let unknown = BillType::Unknown("orders".to_owned());
    let unknown = with(bills("202310"), |it| {
        it.bill_type = unknown;
    });
    assert!(refused(&unknown).starts_with("bill_type: "));
}

#[test]
fn bills_are_addresses() {
    let body = r#"{"err_no":0,"err_msg":"","log_id":"1","data":{"bill_list":["https://a/1?expire=2&timeStamp=1"]}}"#;
    let reply = BillsRequest::from_http(response(body)).unwrap();
    assert_eq!(reply.bill_list, ["https://a/1?expire=2&timeStamp=1"]);
    let body = body.replace("bill_list", "fund_bill_list");
    assert_eq!(FundBillsRequest::from_http(response(&body)).unwrap().fund_bill_list.len(), 1);
    let none = r#"{"err_no":0,"err_msg":"","log_id":"1","data":{"bill_list":[]}}"#;
    assert!(BillsRequest::from_http(response(none)).unwrap().bill_list.is_empty());
}

#[test]
fn a_refused_token_is_told_as_such() {
    let body = r#"{"err_no":28001008,"err_msg":"access_token过期","log_id":"1"}"#;
    let error = BillsRequest::from_http(response(body)).unwrap_err();
    let Error::Api(error) = error else { panic!("{error}") };
    assert_eq!(error.code, GatewayError::ExpiredToken);
    assert!(BillsRequest::META.auth.unwrap().refuses(&28_001_008.into()));
}
