//! Bills of other platforms, in their formats, by the mappings in the documentation.

use douyin_reconciliation::{Direction, Mapping, Movement, State};
use encoding_rs::GBK;

use super::files::*;
use generated_client::platform::Fen;

const WECHAT_TRADE: &str = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
const WECHAT_FUNDS: &str = "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额（元）,账户结余（元）,资金变更提交申请人,备注,业务凭证号";

/// A file as WeChat Pay makes it: a byte order mark, a backtick before each cell, CRLF, and a summary.
fn wechat(header: &str, rows: &[&str], summary: [&str; 2]) -> String {
    let ticked = |row: &str| format!("`{}", row.replace(',', ",`"));
    let rows = rows.iter().copied().map(ticked);
    let [names, sums] = summary;
    let lines = [header.to_owned()].into_iter().chain(rows).chain([names.to_owned(), ticked(sums)]);
    format!("\u{feff}{}", lines.map(|line| line + "\r\n").collect::<String>())
}

fn wechat_trade() -> String {
    let rows = [
        "2026-03-01 12:00:01,wx1,1900000109,0,,4200001000202603010000000001,order-1,oUser,JSAPI,SUCCESS,OTHERS,CNY,10.00,0.00,0,0,0.00,0.00,,,茶,,0.06000,0.60%,10.00,0.00,",
        "2026-03-02 12:00:01,wx1,1900000109,0,,4200001000202603010000000001,order-1,oUser,JSAPI,REFUND,OTHERS,CNY,0.00,0.00,50300001000202603020000000001,refund-1,4.00,0.00,ORIGINAL,SUCCESS,茶,,-0.02000,0.60%,0.00,4.00,",
        "2026-03-03 12:00:01,wx1,1900000109,0,,4200001000202603030000000002,order-2,oUser,MICROPAY,REVOKED,OTHERS,CNY,5.00,0.00,0,0,0.00,0.00,,,茶,,0.00000,0.60%,5.00,0.00,",
    ];
    let summary = [
        "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额",
        "3,10.00,4.00,0.00,0.04000,15.00,4.00",
    ];
    wechat(WECHAT_TRADE, &rows, summary)
}

#[test]
fn payments_and_refunds_of_one_bill_of_wechat_pay() {
    let mapping = Mapping::from_yaml(Mapping::WECHAT_PAY).unwrap();
    let text = wechat_trade();
    let payments = rows(&mapping.payments, text.as_bytes()).unwrap();
    let payments: Vec<_> = payments.into_iter().map(Result::unwrap).collect();
    assert_eq!(payments.len(), 2);
    assert_eq!((payments[0].order_no.as_str(), payments[0].amount), ("order-1", Fen(1_000)));
    assert_eq!(payments[0].platform_no, payments[0].channel_no);
    assert_eq!(payments[0].finished, Some(payments[0].started));
    assert_eq!((&payments[1].state, payments[1].finished), (&State::Failed, None));
    let refunds = rows(&mapping.refunds, text.as_bytes()).unwrap();
    let refunds: Vec<_> = refunds.into_iter().map(Result::unwrap).collect();
    assert_eq!(refunds.len(), 1);
    assert_eq!(refunds[0].platform_no.as_str(), "50300001000202603020000000001");
    assert_eq!((refunds[0].amount, refunds[0].place.line), (Fen(400), 3));
}

#[test]
fn fund_flow_of_wechat_pay() {
    let mapping = Mapping::from_yaml(Mapping::WECHAT_PAY).unwrap();
    let rows_of_file = [
        "2026-03-01 12:00:01,4200001000202603010000000001,1900009231202603010001,交易,交易,收入,10.00,110.00,system,,order-1",
        "2026-03-01 12:00:01,4200001000202603010000000001,1900009231202603010002,扣除交易手续费,扣除交易手续费,支出,0.06,109.94,system,,order-1",
        "2026-03-02 12:00:01,50300001000202603020000000001,1900009231202603020001,退款,退款,支出,4.00,105.94,system,缺货,refund-1",
    ];
    let summary = ["资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额", "3,1,10.00,2,4.06"];
    let text = wechat(WECHAT_FUNDS, &rows_of_file, summary);
    let read = rows(&mapping.funds, text.as_bytes()).unwrap();
    let read: Vec<_> = read.into_iter().map(Result::unwrap).collect();
    let changes: Vec<(Fen, Option<Fen>)> =
        read.iter().map(|row| (row.change(), row.balance)).collect();
    assert_eq!(
        changes,
        [
            (Fen(1_000), Some(Fen(11_000))),
            (Fen(-6), Some(Fen(10_994))),
            (Fen(-400), Some(Fen(10_594)))
        ]
    );
    assert_eq!((&read[2].movement, read[2].traded), (&Movement::Refund, read[2].moved));
}

/// A file as Alipay makes it, in GBK.
fn alipay(kind: &str, header: &str, rows: &[&str]) -> Vec<u8> {
    let line = "-".repeat(40);
    let text = format!(
        "#支付宝{kind}查询\r\n#账号：[20880000000000000156]\r\n#起始日期：[2026年03月01日 00:00:00]   终止日期：[2026年04月01日 00:00:00]\r\n#{line}{kind}列表{line}\r\n{header}\r\n{}\r\n#{line}{kind}列表结束{line}\r\n#支出合计：1笔，共-4.00元\r\n#收入合计：1笔，共10.00元\r\n#导出时间：[2026年04月01日 08:00:00]\r\n",
        rows.join("\r\n")
    );
    GBK.encode(&text).0.into_owned()
}

#[test]
fn fund_flow_of_alipay() {
    let mapping = Mapping::from_yaml(Mapping::ALIPAY).unwrap();
    let bytes = alipay(
        "账务明细",
        "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注",
        &[
            "20260301000001\t,2026030122001400000001\t,order-1\t,茶,2026-03-01 12:00:01,a***@example.com,10.00,0.00,110.00,支付宝,在线支付,",
            "20260302000001\t,2026030122001400000001\t,order-1\t,茶,2026-03-02 12:00:01,a***@example.com,0.00,-4.00,106.00,支付宝,交易退款,",
        ],
    );
    let read = rows(&mapping.funds, &*bytes).unwrap();
    let read: Vec<_> = read.into_iter().map(Result::unwrap).collect();
    let changes: Vec<(Direction, Fen)> =
        read.iter().map(|row| (row.direction, row.amount)).collect();
    assert_eq!(changes, [(Direction::In, Fen(1_000)), (Direction::Out, Fen(400))]);
    assert_eq!((read[0].related_no.as_str(), read[0].place.line), ("order-1", 6));
}

#[test]
fn payments_and_refunds_of_one_bill_of_alipay() {
    let mapping = Mapping::from_yaml(Mapping::ALIPAY).unwrap();
    let bytes = alipay(
        "业务明细",
        "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注",
        &[
            "2026030122001400000001\t,order-1\t,交易,茶,2026-03-01 11:59:58,2026-03-01 12:00:01,,,,,a***@example.com,10.00,10.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,,-0.06,0.00,",
            "2026030122001400000001\t,order-1\t,退款,茶,2026-03-02 11:59:58,2026-03-02 12:00:01,,,,,a***@example.com,-4.00,-4.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,refund-1\t,0.02,0.00,",
        ],
    );
    let payments = rows(&mapping.payments, &*bytes).unwrap();
    let payments: Vec<_> = payments.into_iter().map(Result::unwrap).collect();
    assert_eq!(
        (payments.len(), payments[0].amount, &payments[0].state),
        (1, Fen(1_000), &State::Succeeded)
    );
    let refunds = rows(&mapping.refunds, &*bytes).unwrap();
    let refunds: Vec<_> = refunds.into_iter().map(Result::unwrap).collect();
    assert_eq!(
        (refunds.len(), refunds[0].amount, refunds[0].platform_no.as_str()),
        (1, Fen(400), "refund-1")
    );
}
