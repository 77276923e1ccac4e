//! The spec says what the documents say: their tables, copied here by hand, against the ir.

use std::path::Path;

use apiscribe_codegen::ir::{
    self, Client, Condition, ErrorRow, ErrorTable, Field, Limits, Measure, Module, Presence, Rule,
    Scalar, Struct, Test, Type,
};
use apiscribe_codegen::source::Sources;

fn client() -> Client {
    apiscribe_codegen::ir(&Sources::new(douyin_spec::files()))
        .unwrap_or_else(|faults| panic!("{faults}"))
}

fn module<'a>(client: &'a Client, name: &str) -> &'a Module {
    client.modules.iter().find(|module| module.name == name).expect("a domain of the spec")
}

fn object<'a>(module: &'a Module, name: &str) -> &'a Struct {
    module.structs.iter().find(|object| object.name == name).expect("an object of the domain")
}

fn options(client: &Client) -> &Struct {
    object(module(client, "aweme_customer_service"), "OpenAwemeCustomerServiceOptions")
}

fn number(row: &ErrorRow) -> i64 {
    row.code.as_int().expect("the platform's codes are numbers")
}

fn table<'a>(module: &'a Module, name: &str) -> &'a ErrorTable {
    module.errors.iter().find(|table| table.name == name).expect("an error table of the domain")
}

/// A field as the documents' tables put it: name, whether it is required, and the limit of its length.
fn row<'a>(client: &'a Client, field: &'a Field) -> (&'a str, bool, String) {
    let named = match &field.ty {
        Type::Named(path) => texts(client).find(|text| text.name == path.name),
        _ => None,
    };
    let rules = field.rules.iter().chain(named.into_iter().flat_map(|text| &text.rules));
    let limits: Vec<String> = rules.filter_map(length).collect();
    let is_required = matches!(field.presence, Presence::Required | Presence::Expected);
    (&field.wire, is_required, limits.join(", "))
}

fn texts(client: &Client) -> impl Iterator<Item = &ir::Text> {
    client.modules.iter().flat_map(|module| &module.texts)
}

fn length(rule: &Rule) -> Option<String> {
    let Rule::Bounds { of, limits } = rule else { return None };
    let unit = match of {
        Measure::Bytes => "bytes",
        Measure::Chars => "characters",
        Measure::Utf16 => "UTF-16 units",
        Measure::Items | Measure::Range => return None,
    };
    let Limits::AtMost(max) = limits else { panic!("{limits:?}") };
    Some(format!("{max} {unit}"))
}

fn rows<'a>(client: &'a Client, object: &'a Struct) -> Vec<(&'a str, bool, String)> {
    object.fields.iter().map(|field| row(client, field)).collect()
}

fn table_of<'a>(rows: &[(&'a str, bool, &str)]) -> Vec<(&'a str, bool, String)> {
    rows.iter().map(|(name, required, limit)| (*name, *required, (*limit).to_owned())).collect()
}

#[test]
fn every_file_is_embedded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let names = folder.read_dir().unwrap().map(|file| file.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".yaml"));
    names.sort();
    assert_eq!(douyin_spec::files().map(|(name, _)| name).collect::<Vec<_>>(), names);
}

#[test]
fn settle_create_has_the_six_fields_of_the_page_and_two_of_the_sdk() {
    let client = client();
    let request = object(module(&client, "settle"), "SettleCreateRequest");
    let page = [
        ("out_order_no", true, "64 bytes"),
        ("out_settle_no", true, "64 bytes"),
        ("settle_desc", true, "512 bytes"),
        ("settle_params", false, "512 bytes"),
        ("ext", false, "2048 bytes"),
        ("notify_url", false, "512 bytes"),
    ];
    let sdk = [("app_id", true, ""), ("item_order_id", false, "")];
    let (from_page, from_sdk) = request.fields.split_at(page.len());
    let row = |field| row(&client, field);
    assert_eq!(from_page.iter().map(row).collect::<Vec<_>>(), table_of(&page));
    assert_eq!(from_sdk.iter().map(row).collect::<Vec<_>>(), table_of(&sdk));

    assert!(from_sdk.iter().all(|field| !field.doc.conflicts.is_empty()));
    assert!(request.fields[5].rules.contains(&Rule::Url(vec!["https".to_owned()])));
}

#[test]
fn settle_create_is_where_the_page_says() {
    let client = client();
    let settle = module(&client, "settle");
    let endpoint = &settle.endpoints[0];
    assert_eq!((endpoint.wire.as_str(), endpoint.title.as_str()), ("settle_create", "发起分账"));
    let host = client.platform.hosts.iter().find(|host| host.wire == "open").unwrap();
    let without_slash = endpoint.path.trim_end_matches('/');
    assert_eq!(
        format!("{}{without_slash}", host.production),
        "https://open.douyin.com/api/trade_basic/v1/developer/settle_create",
    );
    assert_eq!(host.development.as_deref(), Some("http://dev-cn.your-api-server.com"));

    let response = object(settle, "SettleCreateResponse");
    let expected = table_of(&[("wallet_settle_id", true, ""), ("settle_id", true, "64 bytes")]);
    assert_eq!(rows(&client, response), expected);
}

#[test]
fn settle_create_has_the_13_errors_of_the_page() {
    let client = client();
    let errors = table(module(&client, "settle"), "SettleCreateError");
    let own = errors.rows.iter().filter(|row| number(row) < 28_000_000);
    let own: Vec<(Option<u16>, i64, &str)> =
        own.map(|row| (row.http, number(row), row.message.as_deref().unwrap())).collect();
    let page = [
        (10000, "param error"),
        (23000, "system error"),
        (23024, "item_order_id not exist"),
        (23025, "item_order_id not match out_order_no"),
        (23101, "order does not exist"),
        (23102, "order not pay"),
        (23107, "order not finish"),
        (23111, "out_settle_no has existed"),
        (23112, "no money to settle"),
        (23113, "order not allow settle"),
        (23117, "this appID is configured with automatic settlement"),
        (23118, "not allow entire settle"),
        (23124, "partial settle is grayscale"),
    ];
    assert_eq!(own, page.map(|(code, message)| (Some(400), code, message)));
}

#[test]
fn open_aweme_customer_service_has_the_options_of_the_page() {
    let client = client();
    let options = options(&client);
    let page = [
        ("extraInfo", false, "256 UTF-16 units"),
        ("zoneId", false, ""),
        ("currencyType", false, ""),
        ("buyQuantity", false, ""),
        ("goodType", false, ""),
        ("orderAmount", false, ""),
        ("goodName", false, "10 characters"),
        ("customId", true, ""),
    ];
    assert_eq!(rows(&client, options), table_of(&page));
    assert_eq!(option_names()[page.len()..], ["success", "fail", "complete"]);

    let newer = options.fields.iter().filter(|field| field.since.as_deref() == Some("3.47.0"));
    let newer: Vec<&str> = newer.map(|field| field.wire.as_str()).collect();
    assert_eq!(newer, ["goodType", "orderAmount", "goodName"]);
}

/// Functions are options of the page that the ir has no use for, so these names come from the file.
fn option_names() -> Vec<String> {
    let (_, text) =
        douyin_spec::files().find(|(name, _)| name.starts_with("aweme")).expect("the file");
    let file: serde_yaml::Value = serde_yaml::from_str(text).expect("valid YAML");
    let fields = &file["js_apis"]["tt.openAwemeCustomerService"]["options"]["fields"];
    let fields = fields.as_sequence().expect("a list of fields").iter();
    fields.map(|field| field["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn an_item_needs_an_amount_and_coins_need_a_quantity() {
    let client = client();
    let options = options(&client);
    let field = |wire: &str| options.fields.iter().find(|field| field.wire == wire).unwrap();
    let item = |test: fn(Vec<Scalar>) -> Test| Condition {
        field: "good_type".to_owned(),
        test: test(vec![Scalar::Int(2)]),
    };
    let least = Rule::Bounds { of: Measure::Range, limits: Limits::AtLeast(10.into()) };
    assert_eq!(field("orderAmount").rules, [least, Rule::RequiredIf(item(Test::Is))]);
    let level = Rule::Level { of: "PRICE_LEVELS".to_owned(), times: Some("COIN_PRICE".to_owned()) };
    assert_eq!(
        field("buyQuantity").rules,
        [level, Rule::RequiredIf(item(Test::IsNot)), Rule::ForbiddenIf(item(Test::Is))],
    );
}

#[test]
fn coins_are_sold_at_30_levels() {
    let client = client();
    let [levels] = client.platform.levels.as_slice() else { panic!("one list of levels") };
    let page = "1 3 6 8 12 18 25 30 40 45 50 60 68 73 78 88 98 108 118 128 148 168 188 198 328 648 998 1288 1998 2998";
    let page: Vec<i64> = page.split(' ').map(|level| level.parse().unwrap()).collect();
    assert_eq!((page.len(), levels.unit.as_str()), (30, "Yuan"));
    assert_eq!(levels.values, page);
}

#[test]
fn open_aweme_customer_service_has_the_15_errors_of_the_page() {
    let client = client();
    let errors = table(module(&client, "aweme_customer_service"), "OpenAwemeCustomerServiceError");
    let rows: Vec<(i64, i64, &str)> = errors.rows.iter().map(pair).collect();
    let page = [
        (-1, 20000, "支付失败"),
        (-2, 20000, "支付取消"),
        (-15002, 20000, "请求参数不合法"),
        (-15009, 20000, "内部错误,支付失败"),
        (-15098, 20000, "当前用户未通过实名认证"),
        (-15099, 20000, "当前用户累计支付金额超过限制"),
        (-15101, 20000, "customId 为空或者不唯一"),
        (-16000, 20000, "用户未登录"),
        (-16001, 20000, "不支持iOS支付功能"),
        (-17006, 20000, "buyQuantity illegal"),
        (-20002, 20000, "交易存在风险"),
        (21113, 20000, "face authentication failed"),
        (3, 20000, "error_tip_start_cash_register_fail"),
        (4, 20000, "网络异常"),
        (99, 20001, "params.buyQuantity should be number, but got undefined"),
    ];
    assert_eq!(rows, page);
    assert!(errors.rows.iter().all(|row| row.since.as_deref() == Some("2.64.0")));

    let incomplete: Vec<i64> =
        errors.rows.iter().filter(|row| row.meaning.is_none()).map(number).collect();
    assert_eq!(incomplete, [-15009, 3], "the page has lost what these mean");
}

fn pair(row: &ErrorRow) -> (i64, i64, &str) {
    let message = row.message.as_deref().expect("a message");
    let detail = message.strip_prefix("openAwemeCustomerService:fail ").expect("a failure");
    (number(row), row.no.expect("errNo"), detail)
}

#[test]
fn request_order_has_the_errors_of_the_page_and_of_the_questions_and_answers() {
    let client = client();
    let errors = table(module(&client, "order"), "RequestOrderError");
    let messages = |row: &ErrorRow| {
        let cases = row.cases.iter().map(|case| case.message.clone());
        row.message.clone().into_iter().chain(cases).collect::<Vec<_>>()
    };
    let rows =
        errors.rows.iter().flat_map(|row| messages(row).into_iter().map(|m| (number(row), m)));
    let documents = [
        (10000, "requestOrder:fail 参数错误"),
        (10000, "requestOrder:fail 商品不符合行业要求"),
        (10000, "requestOrder:fail不支持的支付场景:"),
        (10401, "requestOrder:fail internal error"),
        (11004, "requestOrder:fail 签名参数"),
        (21050, "requestOrder:fail当前订单不支持该场景下单"),
        (26003, "requestOrder:fail无下单权限"),
    ];
    let documents = documents.map(|(code, message)| (code, message.to_owned()));
    assert_eq!(rows.collect::<Vec<_>>(), documents);
}

#[test]
fn refund_audit_callback_has_the_errors_of_the_page() {
    let client = client();
    let errors = table(module(&client, "refund"), "RefundAuditCallbackError");
    let own = errors.rows.iter().filter(|row| number(row) < 28_000_000);
    let own: Vec<(i64, usize)> = own.map(|row| (number(row), row.cases.len())).collect();
    assert_eq!(own, [(10000, 0), (12001, 0), (13000, 0), (20000, 0), (22006, 3)]);
}

/// What the official SDK requires of each request, field by field.
#[test]
fn requests_of_trade_have_the_fields_of_the_sdk() {
    let client = client();
    let required = |domain: &str, name: &str| {
        let fields = object(module(&client, domain), name).fields.iter();
        let fields = fields.filter(|field| field.presence == Presence::Required);
        fields.map(|field| field.wire.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        required("refund", "RefundCreateRequest"),
        [
            "order_id",
            "out_refund_no",
            "refund_total_amount",
            "cp_extra",
            "order_entry_schema",
            "refund_reason"
        ]
    );
    assert_eq!(
        required("refund", "RefundAuditCallbackRequest"),
        ["refund_id", "refund_audit_status"]
    );
    assert_eq!(
        required("fulfillment", "FulfillPushStatusRequest"),
        ["order_id", "item_order_id_list", "to_status"]
    );
    for (domain, name) in [
        ("order", "OrderQueryRequest"),
        ("order", "QueryCpsRequest"),
        ("refund", "RefundQueryRequest"),
        ("tag", "TagQueryRequest"),
    ] {
        assert_eq!(required(domain, name), [""; 0], "{name}");
    }
}

/// An API whose own errors are not documented takes the gateway's table whole, and so generates none of its own.
#[test]
fn undocumented_errors_are_those_of_the_gateway() {
    let client = client();
    let all = client.modules.iter().flat_map(|module| &module.endpoints);
    let shared = all.filter(|endpoint| {
        endpoint.error.as_ref().is_some_and(|error| error.name == "GatewayError")
    });
    let shared: Vec<&str> = shared.map(|endpoint| endpoint.wire.as_str()).collect();
    assert_eq!(
        shared,
        [
            "bills",
            "fund_bills",
            "fulfill_push_status",
            "add_merchant",
            "add_sub_merchant",
            "app_add_sub_merchant",
            "get_app_merchant",
            "query_merchant_status",
            "query_cps",
            "tag_query",
            "merchant_withdraw",
            "query_merchant_balance",
            "query_withdraw_order"
        ]
    );
}

/// What the official SDK requires of each request on merchants and their money.
#[test]
fn requests_on_merchants_have_the_fields_of_the_sdk() {
    let client = client();
    let required = |domain: &str, name: &str| {
        let fields = object(module(&client, domain), name).fields.iter();
        let fields = fields.filter(|field| field.presence == Presence::Required);
        fields.map(|field| field.wire.clone()).collect::<Vec<_>>().join(" ")
    };
    let rows = [
        (
            "CreateMerchantRequest",
            "out_order_id type merchant_type merchant_name merchant_short_name channels industry_code province_code \
             city_code district_code registered_addr create_name business_license legal_person merchant_card_info \
             merchant_operation_info",
        ),
        ("Beneficiary", "name id_type id_no front_pic_url begin_date exp_date"),
        ("LegalPerson", "name id_type id_no front_pic_url begin_date exp_date"),
        ("QueryMerchantStatusRequest", "merchant_id"),
        ("AppAddSubMerchantRequest", "app_id sub_merchant_id"),
        ("GetAppMerchantRequest", "thirdparty_id app_id url_type"),
        ("AddMerchantRequest", "thirdparty_component_id url_type"),
        ("AddSubMerchantRequest", "thirdparty_id sub_merchant_id url_type"),
    ];
    for (name, fields) in rows {
        assert_eq!(required("merchant", name), fields, "{name}");
    }
    let rows = [
        ("QueryMerchantBalanceRequest", "merchant_uid channel_type"),
        ("MerchantWithdrawRequest", "merchant_uid channel_type withdraw_amount out_order_id"),
        ("QueryWithdrawOrderRequest", "merchant_uid channel_type out_order_id"),
    ];
    for (name, fields) in rows {
        assert_eq!(required("withdraw", name), fields, "{name}");
    }
}

/// The tables of the copies of the pages.
#[test]
fn tokens_and_papers_have_the_errors_of_their_pages() {
    let client = client();
    let codes = |domain: &str, name: &str| {
        let rows = table(module(&client, domain), name).rows.iter();
        rows.map(number).filter(|code| *code < 28_000_000).collect::<Vec<_>>()
    };
    assert_eq!(codes("credential", "ClientTokenError"), [10002, 10003, 10013, 10020]);
    assert_eq!(codes("credential", "GetAccessTokenError"), [-1, 40015, 40017, 40020]);
    assert_eq!(codes("credential", "RefreshUserAccessTokenError"), [10005, 10010]);
    assert_eq!(codes("credential", "RenewRefreshTokenError"), [10004, 10005, 10010, 10020]);
    assert_eq!(codes("merchant", "ImageUploadError"), [7004, 7005, 7006]);
    assert_eq!(codes("merchant", "CreateMerchantError"), [1000, 1004, 1005, 1007, 2008, 2010]);
    let errors = table(module(&client, "merchant"), "CreateMerchantError");
    assert_eq!(errors.rows.iter().find(|row| number(row) == 2010).unwrap().cases.len(), 13);
}

#[test]
fn the_readme_documents_every_key_of_the_format() {
    let readme = include_str!("../../spec/README.md");
    let schema = apiscribe_codegen::schema();
    let records = schema["$defs"].as_object().unwrap().iter();
    let keys = records.flat_map(|(record, schema)| {
        let keys = schema["properties"].as_object().into_iter().flat_map(|keys| keys.keys());
        keys.map(move |key| (record, key))
    });
    let row = |key: &str| readme.lines().any(|line| line.starts_with(&format!("| `{key}` ")));
    let missing: Vec<_> = keys.filter(|(_, key)| !row(key)).collect();
    assert!(missing.is_empty(), "without a row in spec/README.md: {missing:?}");
}

#[test]
fn the_schema_beside_the_spec_is_that_of_the_format() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/schema.json");
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let schema = apiscribe_codegen::schema();
    if serde_json::from_str(&kept).ok().as_ref() != Some(&schema) {
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        std::fs::write(&path, text).unwrap();
        panic!("spec/schema.json was stale; it has been written anew, commit it");
    }
}
