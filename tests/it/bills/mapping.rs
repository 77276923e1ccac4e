//! What a mapping may say, and how it is refused.

use douyin_reconciliation::{AmountUnit, Encoding, Mapping};

fn refused(find: &str, replacement: &str) -> String {
    assert!(Mapping::EXAMPLE.contains(find), "{find}");
    let text = Mapping::EXAMPLE.replacen(find, replacement, 1);
    Mapping::from_yaml(&text).unwrap_err().to_string()
}

#[test]
fn the_example_has_every_section() {
    let mapping = Mapping::from_yaml(Mapping::EXAMPLE).unwrap();
    let payments = mapping.payments.unwrap();
    assert_eq!(payments.columns.order_no, "订单号");
    assert_eq!(payments.format.unit, AmountUnit::Yuan);
    assert_eq!(mapping.funds.unwrap().format.encoding, Encoding::Gbk);
    assert!(
        mapping.refunds.is_some() && mapping.settlements.is_some() && mapping.returns.is_some()
    );
    assert!(mapping.withdrawals.is_some() && mapping.fees.is_some() && mapping.rebates.is_some());
    assert!(mapping.diamonds.is_some() && mapping.deductions.is_some());
}

#[test]
fn a_mapping_needs_only_the_sections_it_is_used_for() {
    assert_eq!(Mapping::from_yaml("{}").unwrap(), Mapping::default());
}

#[test]
fn an_unknown_key_is_refused_with_its_place() {
    insta::assert_snapshot!(
        refused("    platform_no: 平台单号", "    platform_number: 平台单号"),
        @r"
    mapping:6:5: payments.columns: missing `platform_no`
    mapping:7:5: payments.columns: unknown key `platform_number`; did you mean `platform_no`?
    "
    );
}

#[test]
fn a_key_left_out_is_refused_with_its_place() {
    insta::assert_snapshot!(
        refused("    order_no: 订单号\n", ""),
        @"mapping:6:5: payments.columns: missing `order_no`"
    );
}

#[test]
fn a_word_that_is_no_setting_is_refused() {
    insta::assert_snapshot!(
        refused("encoding: auto", "encoding: latin-1"),
        @"mapping:4:23: payments.format.encoding: unknown value `latin-1`; expected one of `utf-8`, `gbk`, `auto`, `utf-16le`, `utf-16be`"
    );
}

#[test]
fn one_header_is_one_amount() {
    insta::assert_snapshot!(
        refused("    goods: 商品金额", "    goods: 订单金额"),
        @"mapping:13:12: payments.columns: `订单金额` is the header of `amount` and of `goods`"
    );
}

#[test]
fn one_header_has_one_type() {
    insta::assert_snapshot!(
        refused("    finished: 支付完成时间", "    finished: 订单号"),
        @"mapping:11:15: payments.columns: `订单号` is the header of `order_no` and of `finished`"
    );
}

#[test]
fn one_column_may_serve_two_times_or_two_numbers() {
    let text = Mapping::EXAMPLE.replacen("支付完成时间", "支付时间", 1).replacen(
        "渠道单号",
        "平台单号",
        1,
    );
    let payments = Mapping::from_yaml(&text).unwrap().payments.unwrap();
    assert_eq!(payments.columns.finished, payments.columns.started);
}

#[test]
fn one_word_has_one_meaning() {
    insta::assert_snapshot!(
        refused("failed: [支付失败, 已关闭]", "failed: [支付失败, 支付成功]"),
        @"mapping:15:63: payments.states: `支付成功` stands for `succeeded` and for `failed`"
    );
}

#[test]
fn a_header_is_not_empty() {
    insta::assert_snapshot!(refused("amount: 订单金额", "amount: ''"), @"mapping:12:13: payments.columns: the header of `amount` is empty");
}

#[test]
fn keys_that_need_each_other() {
    let said = [
        refused("    delivery: 配送费\n", ""),
        refused("    state: 交易状态\n", ""),
        refused("    started: 支付时间\n    finished: 支付完成时间\n", ""),
        refused("    timing: 退款类型\n", ""),
        refused("timings: {", "timings: { always: after_settlement,"),
        refused("    direction: 收支类型\n", ""),
        refused("    amount: 金额\n", ""),
        refused("    amount: 金额\n", "    amount: 金额\n    income: 收入\n    expense: 支出\n"),
        refused("    account: 账户名称\n", ""),
    ];
    insta::assert_snapshot!(said.join("\n"), @r"
    mapping:6:5: payments.columns: `goods` and `delivery` go together
    mapping:6:5: payments: `columns.state` and `states` go together
    mapping:6:5: payments.columns: missing `started` or `finished`
    mapping:20:5: refunds: missing `columns.timing`, or `timings.always`
    mapping:30:22: refunds: `columns.timing` excludes `timings.always`
    mapping:66:5: funds: `columns.direction` and `directions` go together
    mapping:66:5: funds.columns: missing `amount`, or `income` and `expense`
    mapping:66:5: funds.columns: `direction` goes together with `amount`
    mapping:66:5: funds.columns: `amount` excludes `income` and `expense`
    mapping:66:5: funds: missing `columns.account`, or `accounts.always`
    ");
}

#[test]
fn all_faults_are_reported_at_once() {
    let text = Mapping::EXAMPLE
        .replacen("unit: yuan", "unit: jiao", 1)
        .replacen("succeeded: [支付成功]", "succeeded: 支付成功", 1)
        .replacen("    timing: 退款类型", "    timings: 退款类型", 1)
        .replacen("order: oldest_first", "order: [oldest_first]", 1)
        .replacen("withdrawals:", "withdrawal:", 1);
    insta::assert_snapshot!(Mapping::from_yaml(&text).unwrap_err().to_string(), @r"
    mapping:4:35: payments.format.unit: unknown value `jiao`; expected one of `fen`, `yuan`
    mapping:15:24: payments.states.succeeded: expected a list, found text
    mapping:20:5: refunds: missing `columns.timing`, or `timings.always`
    mapping:27:5: refunds.columns: unknown key `timings`; did you mean `timing`?
    mapping:64:10: funds.order: expected text, found a list
    mapping:84:1: unknown key `withdrawal`; did you mean `withdrawals`?
    ");
}

#[test]
fn text_that_is_no_mapping_is_refused() {
    let said = [
        "payments: [",
        "- a",
        "payments:\n  format: 1",
        "a: 1\na: 2",
        "{}\n---\n{}",
        "x: &a [*a]",
        "[a]: 1",
    ]
    .map(|text| {
        Mapping::from_yaml(text).map_or_else(|error| error.to_string(), |_| "read".to_owned())
    });
    insta::assert_snapshot!(said.join("\n"), @r"
    mapping:2:1: while parsing a node, did not find expected node content
    mapping:1:1: expected a map, found a list
    mapping:2:3: payments: missing `columns`
    mapping:2:11: payments.format: expected a map, found text
    mapping:1:1: unknown key `a`; expected one of `payments`, `refunds`, `settlements`, `returns`, `withdrawals`, `rebates`, `diamonds`, `funds`, `fees`, `deductions`
    mapping:2:1: unknown key `a`; expected one of `payments`, `refunds`, `settlements`, `returns`, `withdrawals`, `rebates`, `diamonds`, `funds`, `fees`, `deductions`
    mapping:2:1: a mapping is one document
    mapping:1:8: the alias is part of what it stands for
    mapping:1:1: expected a key
    ");
    let deep = "[".repeat(10_000);
    assert!(Mapping::from_yaml(&deep).is_err());
}

#[test]
fn what_is_said_twice_may_be_an_alias() {
    let text = Mapping::EXAMPLE.replacen("format: {", "format: &format {", 1).replacen(
        "format: { encoding: auto, unit: yuan, thousands_separators: refused }",
        "format: *format",
        1,
    );
    let mapping = Mapping::from_yaml(&text).unwrap();
    assert_eq!(mapping.refunds.unwrap().format, mapping.payments.unwrap().format);
}

#[test]
fn empty_texts_are_empty_mappings() {
    for text in ["", "# nothing\n", "~", "\u{feff}", "payments:\n"] {
        assert_eq!(Mapping::from_yaml(text).unwrap(), Mapping::default(), "{text:?}");
    }
}
