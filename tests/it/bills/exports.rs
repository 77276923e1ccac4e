//! What spreadsheets and editors make of a bill: nothing of it hides a row or moves its cells, and messages show it.

use douyin_reconciliation::{BillKind, Mapping, State};

use super::files::*;

fn laid_out(layout: &str) -> Result<Mapping, String> {
    let text =
        Mapping::EXAMPLE.replacen("  columns:", &format!("  layout: {layout}\n  columns:"), 1);
    Mapping::from_yaml(&text).map_err(|error| error.to_string())
}

/// A payment of one yuan.
fn payment(order: &str) -> String {
    format!("{order},P1,C1,支付成功,2026-03-01 10:00:00,2026-03-01 10:00:05,1.00,,\n")
}

/// The order and amount of each row by its line, or what is wrong.
fn read_as(mapping: &Mapping, bytes: &[u8]) -> String {
    match rows(&mapping.payments, bytes) {
        Err(error) => error.to_string(),
        Ok(rows) => {
            let rows = rows.into_iter().map(|row| match row {
                Ok(row) => format!("{}: {} {}", row.place.line, row.order_no, row.amount.0),
                Err(error) => error.to_string(),
            });
            rows.collect::<Vec<_>>().join("\n")
        }
    }
}

fn read(text: &str) -> String {
    read_as(&example(), text.as_bytes())
}

/// A column too narrow for its numbers, the first of the file.
#[test]
fn a_row_that_begins_with_the_sign_of_comments_is_no_comment() {
    let mapping = laid_out("{ comment: '#' }").unwrap();
    let rows = [payment("########"), payment("#N/A"), payment("o3")].concat();
    let text = format!("#账单,甲\n{PAYMENTS}\n{rows}#导出时间,2026-03-31 10:00:00\n#合计,\"a\n");
    insta::assert_snapshot!(read_as(&mapping, text.trim_end_matches(",\"a\n").as_bytes()), @r"
    bill.csv:3: column `订单号`: `########` is what a spreadsheet shows instead of a value; widen the column or mend the formula, and export again
    bill.csv:4: column `订单号`: `#N/A` is what a spreadsheet shows instead of a value; widen the column or mend the formula, and export again
    5: o3 100
    ");
    let before = format!("{}{PAYMENTS}\n{}", payment("########"), payment("o1"));
    insta::assert_snapshot!(read_as(&mapping, before.as_bytes()), @"bill.csv:1: this may be a row, but the header is on line 2; if it is not, say which line the header follows by `starts_after`");
}

#[test]
fn a_sign_of_comments_that_rows_may_begin_with_is_refused() {
    for sign in ["'2'", "'o'", "'\"'", "\"'\"", "'`'", "'='", "'+'", "'-'", "','", "';'", "'|'"] {
        let said = laid_out(&format!("{{ comment: {sign} }}")).unwrap_err();
        assert!(said.contains("payments.layout: rows may begin with"), "{sign}: {said}");
    }
    for sign in ["#", "%", "*", "~", "@"] {
        assert!(laid_out(&format!("{{ comment: '{sign}' }}")).is_ok(), "{sign}");
    }
}

#[test]
fn a_row_after_the_end_is_an_error_though_it_cannot_be_read() {
    let mapping = laid_out("{ ends_at: [合计] }").unwrap();
    let comma = payment("o2").replace("1.00", "1,234.00");
    let short = payment("o4").replace(",,\n", "\n");
    let text =
        format!("{PAYMENTS}\n{}合计,1\n{comma}{}{short}", payment("o1"), payment("7.29E+18"));
    insta::assert_snapshot!(read_as(&mapping, text.as_bytes()), @r"
    2: o1 100
    bill.csv:4: this is a row, but the mapping says that the rows have ended
    bill.csv:5: this is a row, but the mapping says that the rows have ended
    bill.csv:6: this is a row, but the mapping says that the rows have ended
    ");
}

/// They are of no kind that this section reads.
#[test]
fn rows_after_the_end_under_a_header_of_their_own_are_passed_over() {
    let mapping = laid_out("{ ends_at: [合计] }").unwrap();
    let refund = "o,R,c,退款成功,2026-03-01 10:00:00,2026-03-01 10:00:05,x,分账后退款,\n";
    let text = format!("{PAYMENTS}\n{}合计,1\n{REFUNDS}\n{refund}", payment("o1"));
    assert_eq!(read_as(&mapping, text.as_bytes()), "2: o1 100");
}

/// Excel leaves out empty cells at the end.
#[test]
fn rows_before_the_header_are_refused_though_cells_are_left_out() {
    let header = format!("{PAYMENTS},甲,乙,丙,丁,戊");
    let text = format!("{}{header}\n{}", payment("o1"), payment("o2"));
    insta::assert_snapshot!(read(&text), @"bill.csv:1: this may be a row, but the header is on line 2; if it is not, say which line the header follows by `starts_after`");
}

#[test]
fn cells_swallowed_by_a_quotation_mark_are_an_error() {
    let mapping = Mapping::from_yaml(
        "payments:\n  format: { encoding: auto, unit: yuan, thousands_separators: allowed }\n  \
         layout: { missing_cells: empty }\n  columns: { order_no: 单号, platform_no: 单号, started: 时间, amount: 金额 }\n",
    );
    let mapping = mapping.unwrap_or_else(|error| panic!("{error}"));
    let row = |product| format!("A1,2026-03-01 10:00:00,{product},5.00,1.00,说明\n");
    let header = "单号,时间,品名,备注,金额,优惠,说明";
    let text = format!(
        "{header}\n{}{}A2,2026-03-01 10:00:00,b,\"c, d\",\"1,234.50\",1.00,\nA3,2026-03-01 10:00:00,b,c,\"1,234.50\"\n",
        row("a,b"),
        row("\"5 inch,b\"")
    );
    insta::assert_snapshot!(read_as(&mapping, text.as_bytes()), @r"
    2: A1 500
    bill.csv:3: the row has 6 cells, the header 7, and one of them has a delimiter inside; a quotation mark may be too many
    4: A2 123450
    5: A3 123450
    ");
}

/// Blanks of Unicode, byte order marks of files put together, and marks of a direction.
#[test]
fn what_shows_as_nothing_around_a_cell_is_no_part_of_it() {
    for (before, after) in [
        ("\u{a0}", ""),
        ("", "\u{3000}"),
        ("\u{feff}", ""),
        ("\u{200b}", "\u{200b}"),
        ("\u{202d}", "\u{202c}"),
        (" \u{200e}", "\u{2009} "),
        ("\u{a0}'", "\t"),
    ] {
        let around = |cell: &str| format!("{before}{cell}{after}");
        let cells =
            ["o1", "P1", "C1", "支付成功", "2026-03-01 10:00:00", "2026-03-01 10:00:05", "1.00"];
        let line = cells.map(around).join(",") + ",,\n";
        let header: Vec<String> = PAYMENTS.split(',').map(around).collect();
        let text = format!("{}\n{line}", header.join(","));
        let row = rows(&example().payments, text.as_bytes()).unwrap().remove(0).unwrap();
        let numbers = [&row.order_no, &row.platform_no, &row.channel_no].map(|no| no.to_string());
        assert_eq!(numbers, ["o1", "P1", "C1"], "{before:?}");
        assert_eq!((row.state, row.amount.0), (State::Succeeded, 100), "{before:?}");
    }
    let spoilt = read(&format!("{PAYMENTS}\n{}", payment("\u{a0}7.29E+18\u{3000}")));
    assert!(spoilt.contains("was rounded by a spreadsheet"), "{spoilt}");
}

#[test]
fn errors_of_every_spreadsheet_are_refused_in_every_column() {
    for cell in
        ["#SPILL!", "#CALC!", "#BUSY!", "#UNKNOWN!", "#BLOCKED!", "#name?", "Err:502", "########"]
    {
        let line = payment("o1");
        for column in ["o1", "1.00", "2026-03-01 10:00:00"] {
            let said = read(&format!("{PAYMENTS}\n{}", line.replace(column, cell)));
            assert!(said.contains("is what a spreadsheet shows"), "{cell}: {said}");
        }
    }
    for cell in ["#1!", "#A-7", "#!", "Err:5", "Err:5022", "E502"] {
        assert_eq!(read(&format!("{PAYMENTS}\n{}", payment(cell))), format!("2: {cell} 100"));
    }
}

#[test]
fn messages_are_one_line_and_show_what_cannot_be_seen() {
    let header = PAYMENTS.replace("订单金额", "\"订单\n金额\"");
    let refund = |state| {
        format!(
            "\"o\n\u{1b}1\",\"R\n1\",c,\"{state}\",2026-03-01 10:00:00,2026-03-01 10:00:05,1.00,分账后退款,"
        )
    };
    let bills = Bills::default()
        .with(BillKind::Refunds, &[&refund("退款成功"), &refund("退\n款")])
        .with(BillKind::Funds, &[])
        .with(BillKind::Payments, &[]);
    let report = bills.reconcile();
    let words = report.unknown_words.iter().map(ToString::to_string);
    let said: Vec<String> =
        [read(&format!("{header}\n")), findings(&report)].into_iter().chain(words).collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    bill.csv:1: no column `订单金额` (amount; there is `订单\n金额`) in what was taken for the header: `订单号, 平台单号, 渠道单号, 交易状态, 支付时间, 支付完成时间, 订单\n金额, 商品金额, 配送费`
    refunds.csv:2 R\n1: 1.00 yuan of the order o\n\u{1b}1, which was not paid
    refunds.csv:2 R\n1: refund of 1.00 yuan that is not booked in fund flow
    refunds.csv:5: `退\n款` is no state of the mapping; 1 rows have it
    ");
}

#[test]
fn a_byte_order_mark_that_is_wrong_is_not_said_to_be_of_the_mapping() {
    let gbk = encoding_rs::GBK.encode(PAYMENTS).0.into_owned();
    let mapping = Mapping::from_yaml(&Mapping::EXAMPLE.replace("encoding: auto", "encoding: gbk"));
    let bytes = [b"\xEF\xBB\xBF", &*gbk].concat();
    insta::assert_snapshot!(read_as(&mapping.unwrap(), &bytes), @"bill.csv: byte 3 is not UTF-8, which the mapping or a byte order mark says");
}
