//! What a mapping may say, and how it is refused.

use runtime::bills::{Encoding, Mapping, Unit};

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
    assert_eq!(payments.format.unit, Unit::Yuan);
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
        @"mapping:7:5: payments.columns: unknown field `platform_number`, expected one of `order_no`, `platform_no`, `channel_no`, `state`, `started`, `finished`, `amount`, `item_no`, `goods`, `delivery`"
    );
}

#[test]
fn a_field_left_out_is_refused_with_its_place() {
    insta::assert_snapshot!(
        refused("    channel_no: 渠道单号\n", ""),
        @"mapping:6:5: payments.columns: missing field `channel_no`"
    );
}

#[test]
fn a_word_that_is_no_setting_is_refused() {
    insta::assert_snapshot!(
        refused("encoding: auto", "encoding: latin-1"),
        @"mapping:4:23: payments.format.encoding: unknown variant `latin-1`, expected one of `utf-8`, `gbk`, `auto`"
    );
}

#[test]
fn one_header_is_one_field() {
    insta::assert_snapshot!(
        refused("    finished: 支付完成时间", "    finished: 支付时间"),
        @"mapping: payments.columns: `支付时间` is the header of started and of finished"
    );
}

#[test]
fn one_word_has_one_meaning() {
    insta::assert_snapshot!(
        refused("failed: [支付失败, 已关闭]", "failed: [支付失败, 支付成功]"),
        @"mapping: payments.states: `支付成功` stands for succeeded and failed"
    );
}

#[test]
fn a_header_is_not_empty() {
    insta::assert_snapshot!(refused("amount: 订单金额", "amount: ''"), @"mapping: payments.columns.amount: the header is empty");
}

#[test]
fn goods_and_delivery_go_together() {
    insta::assert_snapshot!(refused("    delivery: 配送费\n", ""), @"mapping: payments.columns: `goods` and `delivery` go together");
}
