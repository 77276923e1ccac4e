//! Small files of bills, with the headers of the example mapping.

use std::io::Read;
use std::sync::Arc;

use runtime::bills::{BillError, Mapping, Rows, Section};

pub(crate) const PAYMENTS: &str =
    "订单号,平台单号,渠道单号,交易状态,支付时间,支付完成时间,订单金额,商品金额,配送费";
pub(crate) const REFUNDS: &str =
    "订单号,平台单号,渠道单号,交易状态,退款发起时间,退款完成时间,退款金额,退款类型,券号";
pub(crate) const SETTLEMENTS: &str = "订单号,平台单号,渠道单号,交易状态,分账发起时间,分账完成时间,分账金额,软件服务费1,软件服务费2,抽佣金额,其他分账方金额,券号";
pub(crate) const FUNDS: &str =
    "交易类型,关联订单号,交易订单号,交易时间,动账时间,收支类型,金额,账户余额,账户名称";

/// The example, all in UTF-8.
pub(crate) fn example() -> Mapping {
    Mapping::from_yaml(&Mapping::EXAMPLE.replace("encoding: gbk", "encoding: auto")).unwrap()
}

/// The rows of one file, each as it was read, or why the file cannot be opened.
pub(crate) fn rows<S: Section>(
    section: &Option<S>,
    input: impl Read,
) -> Result<Vec<Result<S::Row, BillError>>, BillError> {
    let section = section.as_ref().unwrap();
    Ok(Rows::open(section, Arc::from("bill.csv"), 0, input)?.collect())
}

/// All rows of a file without faults.
pub(crate) fn good_rows<S: Section>(section: &Option<S>, header: &str, lines: &str) -> Vec<S::Row> {
    let text = format!("{header}\n{lines}");
    rows(section, text.as_bytes()).unwrap().into_iter().map(Result::unwrap).collect()
}
