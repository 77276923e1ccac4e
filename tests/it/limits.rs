//! The requests of the real spec at each of their limits, one under and one over, in text of all widths.
//!
//! The limits are read from the ir, so that one that the documents change changes nothing here; that each is tried is
//! tested as well.

mod merchants;

use std::collections::BTreeMap;

use apiscribe::Validate;
use apiscribe::validate::{Settings, Violations};
use apiscribe::wire::JsonText;
use apiscribe_codegen::ir::{self, Client, Limits, Measure, Module, Rule, Struct, Type};
use apiscribe_codegen::source::Sources;
use generated_client::aweme_customer_service::{
    GoodType, OpenAwemeCustomerServiceOptions, OpenAwemeCustomerServiceOptionsRequired,
};
use generated_client::common::{Currency, MerchantUid};
use generated_client::fulfillment::{FulfillPushStatusRequest, FulfillPushStatusRequired};
use generated_client::game_payment::{
    CurrencyType, Env, Mode, Platform, RequestGamePaymentOptions, RequestGamePaymentOptionsRequired,
};
use generated_client::order::{
    GetOrderPaymentOptions, GetOrderPaymentOptionsRequired, OrderData, OrderDataRequired,
    OrderQueryRequest, QueryCpsRequest, Sku, SkuRequired,
};
use generated_client::page::{EntrySchema, EntrySchemaRequired};
use generated_client::platform::{Amount, Fen};
use generated_client::platform::{COIN_PRICE, PRICE_LEVELS};
use generated_client::refund::{
    AuditDecision, PreCreateRefundAnswer, PreCreateRefundAnswerRequired,
    RefundAuditCallbackRequest, RefundAuditCallbackRequired, RefundCreateRequest,
    RefundCreateRequired, RefundItem, RefundItemRequired, RefundQueryRequest, RefundReason,
    RefundReasonCode, RefundReasonRequired,
};
use generated_client::settle::{
    Receiver, ReceiverRequired, SettleCreateRequest, SettleCreateRequired, SettleQueryRequest,
    SettleQueryRequired,
};
use generated_client::withdraw::{ChannelType, MerchantWithdrawRequest, MerchantWithdrawRequired};
use proptest::prelude::*;

use crate::support::with;

type Checked = Result<(), Violations>;

/// A field, what of a text is not the field's, and a request with the text in the field.
type Field = (&'static str, usize, fn(String) -> Checked);

const FIELDS: &[Field] = &[
    ("SettleCreateRequest.out_order_no", 0, |text| {
        settle(|request| request.out_order_no = text.into())
    }),
    ("SettleCreateRequest.out_settle_no", 0, |text| {
        settle(|request| request.out_settle_no = text.into())
    }),
    ("SettleCreateRequest.settle_desc", 0, |text| settle(|request| request.settle_desc = text)),
    ("SettleCreateRequest.settle_params", RECEIVERS.len(), |text| {
        settle(|request| request.settle_params = Some(JsonText(receivers(&text))))
    }),
    ("Receiver.merchant_uid", 0, |text| {
        Receiver::new(ReceiverRequired { merchant_uid: text.into(), amount: Fen(1) }).validate()
    }),
    ("SettleCreateRequest.ext", 0, |text| settle(|request| request.ext = Some(text))),
    ("SettleCreateRequest.notify_url", URL.len(), |text| {
        settle(|request| request.notify_url = Some(URL.to_owned() + &text))
    }),
    ("SettleQueryRequest.settle_id", 0, |text| {
        query(|request| request.settle_id = Some(text.into()))
    }),
    ("SettleQueryRequest.order_id", 0, |text| {
        query(|request| request.order_id = Some(text.into()))
    }),
    ("SettleQueryRequest.out_settle_no", 0, |text| {
        query(|request| request.out_settle_no = Some(text.into()))
    }),
    ("SettleQueryRequest.out_order_no", 0, |text| {
        query(|request| request.out_order_no = Some(text.into()))
    }),
    ("EntrySchema.path", 0, |text| page(|page| page.path = text)),
    ("EntrySchema.params", PARAMS.len(), |text| {
        let params = BTreeMap::from([("k".to_owned(), text.into())]);
        page(|page| page.params = Some(JsonText(params)))
    }),
    ("FulfillPushStatusRequest.order_id", 0, |text| {
        FulfillPushStatusRequest::new(FulfillPushStatusRequired {
            order_id: text.into(),
            item_order_id_list: vec!["i".into()],
            to_status: "s".into(),
        })
        .validate()
    }),
    ("GetOrderPaymentOptions.orderId", 0, |text| {
        GetOrderPaymentOptions::new(GetOrderPaymentOptionsRequired { order_id: text.into() })
            .validate()
    }),
    ("OrderData.merchantUid", 0, |text| order(|data| data.merchant_uid = Some(text.into()))),
    ("OrderData.outOrderNo", 0, |text| order(|data| data.out_order_no = text.into())),
    ("OrderData.payNotifyUrl", URL.len(), |text| {
        order(|data| data.pay_notify_url = Some(URL.to_owned() + &text))
    }),
    ("OrderQueryRequest.order_id", 0, |text| {
        OrderQueryRequest::new().with_order_id(text).validate()
    }),
    ("OrderQueryRequest.out_order_no", 0, |text| {
        OrderQueryRequest::new().with_out_order_no(text).validate()
    }),
    ("QueryCpsRequest.order_id", 0, |text| QueryCpsRequest::new().with_order_id(text).validate()),
    ("QueryCpsRequest.out_order_no", 0, |text| {
        QueryCpsRequest::new().with_out_order_no(text).validate()
    }),
    ("PreCreateRefundAnswer.out_refund_no", 0, |text| {
        answer(|answer| answer.out_refund_no = text.into())
    }),
    ("PreCreateRefundAnswer.notify_url", URL.len(), |text| {
        answer(|answer| answer.notify_url = Some(URL.to_owned() + &text))
    }),
    ("RefundAuditCallbackRequest.deny_message", 0, |text| {
        audit(|request| request.deny_message = Some(text))
    }),
    ("RefundAuditCallbackRequest.refund_id", 0, |text| {
        audit(|request| request.refund_id = text.into())
    }),
    ("RefundCreateRequest.cp_extra", 0, |text| refund(|request| request.cp_extra = text)),
    ("RefundCreateRequest.notify_url", URL.len(), |text| {
        refund(|request| request.notify_url = Some(URL.to_owned() + &text))
    }),
    ("RefundCreateRequest.order_id", 0, |text| refund(|request| request.order_id = text.into())),
    ("RefundCreateRequest.out_refund_no", 0, |text| {
        refund(|request| request.out_refund_no = text.into())
    }),
    ("RefundQueryRequest.order_id", 0, |text| {
        RefundQueryRequest::new().with_order_id(text).validate()
    }),
    ("RefundQueryRequest.out_refund_no", 0, |text| {
        let refund = RefundQueryRequest::new();
        refund.with_out_refund_no(text).validate()
    }),
    ("RefundQueryRequest.refund_id", 0, |text| {
        RefundQueryRequest::new().with_refund_id(text).validate()
    }),
    ("RefundReason.text", 0, |text| {
        RefundReason::new(RefundReasonRequired { code: RefundReasonCode::Other, text }).validate()
    }),
    ("Sku.title", 0, |text| {
        with(sku(), |it| {
            it.title = text;
        })
        .validate()
    }),
    ("OpenAwemeCustomerServiceOptions.extraInfo", 0, |text| {
        item(|options| options.extra_info = Some(text))
    }),
    ("OpenAwemeCustomerServiceOptions.goodName", 0, |text| {
        item(|options| options.good_name = Some(text))
    }),
    ("RequestGamePaymentOptions.extraInfo", 0, |text| {
        game(|options| options.extra_info = Some(text))
    }),
    ("RequestGamePaymentOptions.goodName", 0, |text| {
        game(|options| options.good_name = Some(text))
    }),
];

fn fields() -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().chain(merchants::FIELDS)
}

/// What stands around the numbers of five merchants in JSON text.
const RECEIVERS: &str = r#"[{"merchant_uid":"","amount":1},{"merchant_uid":"","amount":1},{"merchant_uid":"","amount":1},{"merchant_uid":"","amount":1},{"merchant_uid":"","amount":1}]"#;
/// What stands around a value in the parameters of a page.
const PARAMS: &str = r#"{"k":""}"#;
const URL: &str = "https://example.com/";

fn page(change: impl FnOnce(&mut EntrySchema)) -> Checked {
    let mut page = EntrySchema::new(EntrySchemaRequired { path: "p".into() });
    change(&mut page);
    page.validate()
}

fn sku() -> Sku {
    Sku::new(SkuRequired {
        sku_id: "s".into(),
        price: Amount::from(Fen(1)),
        quantity: 1,
        title: "t".into(),
        image_list: vec![URL.to_owned()],
        type_: 301,
        tag_group_id: "g".into(),
    })
}

fn order(change: impl FnOnce(&mut OrderData)) -> Checked {
    let mut data = OrderData::new(OrderDataRequired {
        sku_list: vec![sku()],
        out_order_no: "o".into(),
        total_amount: Amount::from(Fen(1)),
        order_entry_schema: EntrySchema::new(EntrySchemaRequired { path: "p".into() }),
    });
    change(&mut data);
    data.validate()
}

fn refund(change: impl FnOnce(&mut RefundCreateRequest)) -> Checked {
    let reason =
        RefundReason::new(RefundReasonRequired { code: RefundReasonCode::Other, text: "r".into() });
    let (order, number, page) =
        ("o".into(), "r".into(), EntrySchema::new(EntrySchemaRequired { path: "p".into() }));
    let mut request = RefundCreateRequest::new(RefundCreateRequired {
        order_id: order,
        out_refund_no: number,
        refund_total_amount: Amount::from(Fen(1)),
        cp_extra: "e".into(),
        order_entry_schema: page,
        refund_reason: vec![reason],
    });
    request.refund_all = Some(true);
    change(&mut request);
    request.validate()
}

fn answer(change: impl FnOnce(&mut PreCreateRefundAnswer)) -> Checked {
    let mut answer = PreCreateRefundAnswer::new(PreCreateRefundAnswerRequired {
        out_refund_no: "r".into(),
        order_entry_schema: EntrySchema::new(EntrySchemaRequired { path: "p".into() }),
    });
    change(&mut answer);
    answer.validate()
}

fn audit(change: impl FnOnce(&mut RefundAuditCallbackRequest)) -> Checked {
    let mut request = RefundAuditCallbackRequest::new(RefundAuditCallbackRequired {
        refund_id: "r".into(),
        refund_audit_status: AuditDecision::Agree,
    });
    change(&mut request);
    request.validate()
}

fn settle(change: impl FnOnce(&mut SettleCreateRequest)) -> Checked {
    let mut request = SettleCreateRequest::new(SettleCreateRequired {
        out_order_no: "o".into(),
        out_settle_no: "s".into(),
        settle_desc: "d".into(),
        app_id: "a".into(),
    });
    change(&mut request);
    request.validate()
}

/// Five receivers among whom the text is divided, for it is longer than the number of one may be.
fn receivers(text: &str) -> Vec<Receiver> {
    let signs: Vec<char> = text.chars().collect();
    let parts = signs.chunks(signs.len().div_ceil(5));
    parts
        .map(|part| {
            Receiver::new(ReceiverRequired {
                merchant_uid: MerchantUid(part.iter().collect()),
                amount: Fen(1),
            })
        })
        .collect()
}

fn query(change: impl FnOnce(&mut SettleQueryRequest)) -> Checked {
    let mut request = SettleQueryRequest::new(SettleQueryRequired { app_id: "a".into() });
    request.settle_id = Some("s".into());
    change(&mut request);
    request.validate()
}

fn item(change: impl FnOnce(&mut OpenAwemeCustomerServiceOptions)) -> Checked {
    let mut options =
        OpenAwemeCustomerServiceOptions::new(OpenAwemeCustomerServiceOptionsRequired {
            custom_id: "c".into(),
        });
    (options.good_type, options.order_amount) = (Some(GoodType::Item), Some(Fen(10)));
    change(&mut options);
    options.validate()
}

fn withdraw(amount: i64) -> Checked {
    let (merchant, number) = ("m".into(), "w".into());
    let mut request = MerchantWithdrawRequest::new(MerchantWithdrawRequired {
        merchant_uid: merchant,
        channel_type: ChannelType::Alipay,
        withdraw_amount: Fen(amount),
        out_order_id: number,
    });
    request.app_id = Some("a".into());
    request.validate()
}

fn game(change: impl FnOnce(&mut RequestGamePaymentOptions)) -> Checked {
    let (mode, env, currency) = (Mode::Game, Env::Production, CurrencyType::Cny);
    let mut options = RequestGamePaymentOptions::new(RequestGamePaymentOptionsRequired {
        mode,
        env,
        currency_type: currency,
        platform: Platform::Android,
        custom_id: "c".into(),
    });
    options.good_type = Some(GoodType::Item);
    (options.order_amount, options.good_name) = (Some(Fen(10)), Some("n".to_owned()));
    change(&mut options);
    options.validate()
}

/// A highest length and its unit, as `bytes`.
#[derive(Debug, Clone, Copy)]
struct Length {
    unit: &'static str,
    max: usize,
    /// The text has a pattern too, which letters suit.
    letters_only: bool,
}

/// The limits of length of all text that is written, by type and field.
fn lengths() -> BTreeMap<String, Vec<Length>> {
    let client = apiscribe_codegen::ir(&Sources::new(douyin_spec::files())).unwrap();
    let mut lengths: BTreeMap<String, Vec<Length>> = BTreeMap::new();
    for module in &client.modules {
        for object in module.structs.iter().filter(|object| object.written) {
            for field in object.fields.iter().filter(|field| !is_file(field)) {
                let rules = field.rules.iter().chain(rules_of_text(&client, module, &field.ty));
                let letters_only = field.rules.iter().any(|rule| matches!(rule, Rule::Pattern(_)));
                let found = rules.filter_map(length).map(|found| Length { letters_only, ..found });
                let found: Vec<Length> = found.collect();
                if !found.is_empty() {
                    lengths.insert(name(object, &field.wire), found);
                }
            }
        }
    }
    lengths
}

fn is_file(field: &ir::Field) -> bool {
    field.ty == Type::File
}

fn name(object: &Struct, field: &str) -> String {
    format!("{}.{field}", object.name)
}

fn rules_of_text<'a>(client: &'a Client, module: &'a Module, ty: &Type) -> &'a [Rule] {
    let Type::Named(path) = ty else { return &[] };
    let other = |name: &String| client.modules.iter().find(|module| module.name == *name).unwrap();
    let module = path.module.as_ref().map_or(module, other);
    let text = module.texts.iter().find(|text| text.name == path.name);
    text.map_or(&[], |text| &text.rules)
}

fn length(rule: &Rule) -> Option<Length> {
    let Rule::Bounds { of, limits } = rule else { return None };
    let unit = match of {
        Measure::Bytes => "bytes",
        Measure::Chars => "characters",
        Measure::Utf16 => "UTF-16 units",
        Measure::Items | Measure::Range => return None,
    };
    let Limits::AtMost(max) = limits else { panic!("lowest lengths are not tried here") };
    Some(Length { unit, max: max.to_string().parse().unwrap(), letters_only: false })
}

fn measure(unit: &str, text: &str) -> usize {
    match unit {
        "bytes" => text.len(),
        "characters" => text.chars().count(),
        _ => text.encode_utf16().count(),
    }
}

/// The signs, as many as fit, and then letters to the length.
fn text_of(unit: &str, length: usize, signs: &[char]) -> String {
    let mut text = String::new();
    for sign in signs {
        if measure(unit, &text) + measure(unit, &sign.to_string()) <= length {
            text.push(*sign);
        }
    }
    let missing = length - measure(unit, &text);
    text + &"x".repeat(missing)
}

#[test]
fn every_limit_of_length_is_tried() {
    let tried: Vec<&str> = fields().map(|(name, ..)| *name).collect();
    let mut limited: Vec<String> = lengths().into_keys().collect();
    limited.sort_by_key(|name| tried.iter().position(|tried| tried == name));
    assert_eq!(limited, tried);
}

/// What the tests below and those of the domains try one by one.
#[test]
fn every_other_limit_is_tried() {
    let client = apiscribe_codegen::ir(&Sources::new(douyin_spec::files())).unwrap();
    let written =
        client.modules.iter().flat_map(|module| &module.structs).filter(|object| object.written);
    let limited = written.flat_map(|object| {
        let fields = object.fields.iter().filter(|field| field.rules.iter().any(is_other_limit));
        fields.map(|field| name(object, &field.wire))
    });
    let limited: Vec<String> = limited.collect();
    assert_eq!(
        limited,
        [
            "OpenAwemeCustomerServiceOptions.buyQuantity",
            "OpenAwemeCustomerServiceOptions.orderAmount",
            "BillsRequest.bill_date",
            "FundBillsRequest.bill_date",
            "FulfillPushStatusRequest.item_order_id_list",
            "RequestGamePaymentOptions.buyQuantity",
            "RequestGamePaymentOptions.orderAmount",
            "CreateMerchantRequest.channels",
            "OrderData.skuList",
            "OrderData.totalAmount",
            "OrderData.payExpireSeconds",
            "OrderData.payNotifyUrl",
            "OrderData.limitPayWayList",
            "Sku.price",
            "Sku.quantity",
            "Sku.imageList",
            "EntrySchema.path",
            "PreCreateRefundAnswer.notify_url",
            "RefundCreateRequest.refund_total_amount",
            "RefundCreateRequest.refund_reason",
            "RefundCreateRequest.notify_url",
            "RefundCreateRequest.item_order_detail",
            "RefundItem.refund_amount",
            "Receiver.amount",
            "SettleCreateRequest.notify_url",
            "MerchantWithdrawRequest.withdraw_amount",
            "MerchantWithdrawRequest.callback"
        ]
    );
}

fn is_other_limit(rule: &Rule) -> bool {
    matches!(
        rule,
        Rule::Bounds { of: Measure::Range | Measure::Items, .. }
            | Rule::RangeIf { .. }
            | Rule::Pattern(_)
            | Rule::Url(_)
            | Rule::Level { .. }
            | Rule::Each(_)
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// A letter is 1 byte, é 2, a Chinese character 3, an emoji 4; all are 1 character, an emoji is 2 units.
    #[test]
    fn a_text_is_as_long_as_it_may_be(signs in proptest::collection::vec(proptest::sample::select(vec!['a', 'é', '中', '😀']), 0..900)) {
        let lengths = lengths();
        for (name, around, check) in fields() {
            for Length { unit, max, letters_only } in &lengths[*name] {
                let signs = if *letters_only { &[][..] } else { &signs };
                for length in [max - 1, *max] {
                    let checked = check(text_of(unit, length - around, signs));
                    prop_assert!(checked.is_ok(), "{name} with {length} {unit}: {checked:?}");
                }
                let over = check(text_of(unit, max + 1 - around, signs)).unwrap_err();
                let (_, field) = name.split_once('.').unwrap();
                prop_assert_eq!(over.to_string(), format!("{field}: {} {unit}, at most {max} allowed", max + 1));
            }
        }
    }

    /// A quantity of coins is right exactly if what it costs is one of the levels.
    #[test]
    fn coins_cost_one_of_the_levels(quantity in prop_oneof![-5..40_000_i64, any::<i64>()], price in 1..2_000_i64) {
        let mut options = OpenAwemeCustomerServiceOptions::new(OpenAwemeCustomerServiceOptionsRequired { custom_id: "c".into() });
        options.buy_quantity = Some(quantity);
        let settings = Settings::new().with(COIN_PRICE, Fen(price));
        let cost = quantity.checked_mul(price);
        let expected = PRICE_LEVELS.values.iter().any(|yuan| cost == Some(yuan * 100));
        prop_assert_eq!(options.validate_with(&settings).is_ok(), expected);
    }
}

/// Amounts that are asked for, with the least and the most allowed of each, if that is said.
#[test]
fn amounts_are_held_to_their_ends() {
    type Check = fn(i64) -> Checked;
    let checks: [(&str, Check, i64, Option<i64>); 9] = [
        ("orderAmount", |fen| item(|options| options.order_amount = Some(Fen(fen))), 10, None),
        ("orderAmount", |fen| game(|options| options.order_amount = Some(Fen(fen))), 0, None),
        ("totalAmount", |fen| order(|data| data.total_amount = Amount(fen)), 0, None),
        (
            "totalAmount",
            |count| {
                order(|data| {
                    data.currency = Some(Currency::Diamond);
                    data.total_amount = Amount(count);
                })
            },
            1,
            Some(5000),
        ),
        (
            "price",
            |fen| {
                with(sku(), |it| {
                    it.price = Amount(fen);
                })
                .validate()
            },
            0,
            None,
        ),
        (
            "refund_total_amount",
            |fen| refund(|request| request.refund_total_amount = Amount(fen)),
            1,
            None,
        ),
        (
            "refund_amount",
            |fen| {
                RefundItem::new(RefundItemRequired {
                    item_order_id: "i".into(),
                    refund_amount: Amount(fen),
                })
                .validate()
            },
            1,
            None,
        ),
        (
            "amount",
            |fen| {
                Receiver::new(ReceiverRequired { merchant_uid: "m".into(), amount: Fen(fen) })
                    .validate()
            },
            1,
            None,
        ),
        ("withdraw_amount", withdraw, 0, Some(2_147_483_647)),
    ];
    for (field, check, min, max) in checks {
        assert!(check(min).is_ok() && max.is_none_or(|max| check(max).is_ok()), "{field}");
        let over = max.map_or(i64::MIN, |max| max + 1);
        for amount in [min - 1, -1, -100, i64::MIN, over] {
            let refused = check(amount).unwrap_err().to_string();
            assert!(refused.starts_with(&format!("{field}: ")), "{amount}: {refused}");
        }
    }
}

#[test]
fn each_price_level_can_be_hit_and_missed_by_one() {
    for yuan in PRICE_LEVELS.values {
        let settings = Settings::new().with(COIN_PRICE, Fen(1));
        let check = |quantity| {
            let mut options =
                OpenAwemeCustomerServiceOptions::new(OpenAwemeCustomerServiceOptionsRequired {
                    custom_id: "c".into(),
                });
            options.buy_quantity = Some(quantity);
            options.validate_with(&settings).is_ok()
        };
        assert_eq!(
            [-1, 0, 1].map(|off| check(yuan * 100 + off)),
            [false, true, false],
            "{yuan} yuan"
        );
    }
}

#[test]
fn results_are_sent_by_https_only() {
    type Check = fn(String) -> Checked;
    let checks: [(&str, Check); 4] = [
        ("notify_url", |url| answer(|answer| answer.notify_url = Some(url))),
        ("notify_url", |url| settle(|request| request.notify_url = Some(url))),
        ("notify_url", |url| refund(|request| request.notify_url = Some(url))),
        ("payNotifyUrl", |url| order(|data| data.pay_notify_url = Some(url))),
    ];
    for (field, check) in checks {
        assert!(check("https://example.com/a".to_owned()).is_ok());
        for url in
            ["http://example.com/a", "httpss://example.com", "//example.com", "example.com", ""]
        {
            let fault = check(url.to_owned()).unwrap_err().to_string();
            assert_eq!(fault, format!("{field}: not a URL with https"), "{url:?}");
        }
    }
}

#[test]
fn a_receiver_gets_something() {
    let check = |amount| {
        let receivers =
            vec![Receiver::new(ReceiverRequired { merchant_uid: "m".into(), amount: Fen(amount) })];
        settle(|request| request.settle_params = Some(JsonText(receivers)))
    };
    assert!(check(1).is_ok() && check(i64::MAX).is_ok());
    let under = check(0).unwrap_err().to_string();
    assert_eq!(under, "settle_params[0].amount: 0 fen, at least 1 needed");
}

/// All that the page says of coins and items, over every choice of what is given.
#[test]
fn an_item_needs_its_price_and_coins_their_quantity() {
    let settings = Settings::new().with(COIN_PRICE, Fen(10));
    for good_type in
        [None, Some(GoodType::DefaultCoins), Some(GoodType::Coins), Some(GoodType::Item)]
    {
        for (quantity, amount) in [(false, false), (false, true), (true, false), (true, true)] {
            let mut options =
                OpenAwemeCustomerServiceOptions::new(OpenAwemeCustomerServiceOptionsRequired {
                    custom_id: "c".into(),
                });
            options.buy_quantity = quantity.then_some(10);
            options.order_amount = amount.then_some(Fen(10));
            options.good_type = good_type.clone();
            let is_item = options.good_type == Some(GoodType::Item);
            let expected = if is_item { amount && !quantity } else { quantity };
            assert_eq!(options.validate_with(&settings).is_ok(), expected, "{options:?}");
        }
    }
}
