//! Small files of bills, with the headers of the example mapping.

use std::io::Read;
use std::sync::Arc;

use douyin_reconciliation::{
    BillError, BillFile, BillKind, ControlTotal, Mapping, ReconciliationReport, RecordNumber, Rows,
    Scope, Section, Window, reconcile_files,
};

pub(crate) const PAYMENTS: &str =
    "订单号,平台单号,渠道单号,交易状态,支付时间,支付完成时间,订单金额,商品金额,配送费";
pub(crate) const REFUNDS: &str =
    "订单号,平台单号,渠道单号,交易状态,退款发起时间,退款完成时间,退款金额,退款类型,券号";
pub(crate) const SETTLEMENTS: &str = "订单号,平台单号,渠道单号,交易状态,分账发起时间,分账完成时间,分账金额,软件服务费1,软件服务费2,抽佣金额,其他分账方金额,券号";
pub(crate) const RETURNS: &str =
    "订单号,平台单号,渠道单号,交易状态,退分账发起时间,退分账完成时间,退分账金额,券号";
pub(crate) const FUNDS: &str =
    "交易类型,关联订单号,交易订单号,交易时间,动账时间,收支类型,金额,账户余额,账户名称";

/// The example, all in UTF-8.
pub(crate) fn example() -> Mapping {
    Mapping::from_yaml(&Mapping::EXAMPLE.replace("encoding: gbk", "encoding: auto")).unwrap()
}

/// A row, or why it cannot be read.
pub(crate) type ReadRow<R> = Result<R, BillError>;

/// The rows of one file, each as it was read, or why the file cannot be opened.
pub(crate) fn rows<S: Section>(
    section: &Option<S>,
    input: impl Read,
) -> Result<Vec<ReadRow<S::Row<RecordNumber>>>, BillError> {
    let section = section.as_ref().unwrap();
    Ok(Rows::open(section, Arc::from("bill.csv"), 0, input)?.collect())
}

/// All rows of a file without faults.
pub(crate) fn good_rows<S: Section>(
    section: &Option<S>,
    header: &str,
    lines: &str,
) -> Vec<S::Row<RecordNumber>> {
    let text = format!("{header}\n{lines}");
    rows(section, text.as_bytes()).unwrap().into_iter().map(Result::unwrap).collect()
}

/// Files of a few lines each, and what comes of them. March 2026, fees off the settlements.
#[derive(Default)]
pub(crate) struct Bills {
    files: Vec<(String, BillKind, String)>,
}

impl Bills {
    /// Lines of a file, without its header.
    pub(crate) fn with(self, kind: BillKind, lines: &[&str]) -> Self {
        self.and("", kind, lines)
    }

    /// One more file of a kind.
    pub(crate) fn and(mut self, more: &str, kind: BillKind, lines: &[&str]) -> Self {
        let header = match kind {
            BillKind::Payments => PAYMENTS,
            BillKind::Refunds => REFUNDS,
            BillKind::Settlements => SETTLEMENTS,
            BillKind::Returns => RETURNS,
            BillKind::Funds => FUNDS,
            BillKind::Withdrawals => "提现请求号,提现状态,发起时间,提现成功时间,提现金额",
            BillKind::Fees => "交易类型,交易订单号,动账时间,收支类型,金额,账户余额",
            BillKind::Rebates => "账单号,返佣类型,账单推送时间,账单确认时间,返佣打款时间,返佣金额",
            BillKind::Diamonds => "交易类型,订单号,平台单号,交易状态,发起时间,完成时间,钻石数量",
            BillKind::Deductions => "平台单号,扣减日期,钻石数量",
        };
        let name = format!("{kind:?}{more}.csv").to_lowercase();
        self.files.push((name, kind, [&[header], lines, &[""]].concat().join("\n")));
        self
    }

    pub(crate) fn reconcile(&self) -> ReconciliationReport {
        self.reconcile_as(march())
    }

    pub(crate) fn reconcile_as(&self, scope: Scope) -> ReconciliationReport {
        let folder = tempfile::tempdir().unwrap();
        let mut files = Vec::new();
        for (name, kind, text) in &self.files {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            files.push(BillFile { kind: *kind, path });
        }
        reconcile_files(&example(), &files, scope, |_| ()).unwrap()
    }
}

pub(crate) fn march() -> Scope {
    Scope::new(Window::month(2026, 3).unwrap(), Window::diamond_month(2026, 3).unwrap())
}

/// The findings, one a line.
pub(crate) fn findings(report: &ReconciliationReport) -> String {
    let lines: Vec<String> =
        report.findings.iter().map(|found| found.finding.to_string()).collect();
    lines.join("\n")
}

/// The gaps that there are: which control total, how much, and how much of it findings explain.
pub(crate) fn gaps(report: &ReconciliationReport) -> Vec<(ControlTotal, i64, i64)> {
    let checks = report.scenarios.iter().flat_map(|scenario| &scenario.checks);
    let open = checks.filter(|check| !check.holds() || check.explained != 0);
    open.map(|check| (check.control, check.gap, check.explained)).collect()
}
