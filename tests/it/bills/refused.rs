//! What is refused, and in which words.

use douyin_reconciliation::{Mapping, Rows};
use encoding_rs::GBK;
use std::sync::Arc;

use super::files::*;

/// A good payment with one cell replaced.
fn payment(column: usize, cell: &str) -> String {
    let mut cells = [
        "order-1",
        "PAY1",
        "42",
        "支付成功",
        "2026-03-31 23:40:00",
        "2026-03-31 23:45:00",
        "12.30",
        "",
        "",
    ];
    cells[column] = cell;
    cells.join(",")
}

/// The complaint about a file of payments.
fn complaint(text: &[u8]) -> String {
    match rows(&example().payments, text) {
        Err(error) => error.to_string(),
        Ok(rows) => rows.into_iter().find_map(Result::err).expect("a complaint").to_string(),
    }
}

fn of_cell(column: usize, cell: &str) -> String {
    complaint(format!("{PAYMENTS}\n{}\n", payment(column, cell)).as_bytes())
}

#[test]
fn amounts() {
    let cells = [
        "",
        "abc",
        "1.234",
        "1.",
        ".5",
        "1e3",
        "-1.00",
        "99999999999999999999",
        "\"1,234.56\"",
        "\"12,34.56\"",
        "$5",
    ];
    let said: Vec<String> = cells.iter().map(|cell| of_cell(6, cell)).collect();
    insta::assert_snapshot!(said.join("\n"), @r"
bill.csv:2: column `订单金额`: the cell is empty
bill.csv:2: column `订单金额`: `abc` is no amount in yuan
bill.csv:2: column `订单金额`: `1.234` has more than two decimals; if they are to be rounded, say `excess_decimals: rounded`
bill.csv:2: column `订单金额`: `1.` is no amount in yuan
bill.csv:2: column `订单金额`: `.5` is no amount in yuan
bill.csv:2: column `订单金额`: `1e3` was rounded by a spreadsheet; its digits are lost, export it as text
bill.csv:2: column `订单金额`: `-1.00` is less than zero; if what goes out has a minus sign, say `outward: negative`
bill.csv:2: column `订单金额`: `999…` is more than 64 bits hold
bill.csv:2: column `订单金额`: `1,234.56` has thousands separators; if they are right, say `thousands_separators: allowed`
bill.csv:2: column `订单金额`: `12,34.56` has thousands separators at the wrong places
bill.csv:2: column `订单金额`: `$5` is no amount in yuan
");
}

#[test]
fn times() {
    let cells = [
        "",
        "2026-02-30 10:00:00",
        "2026-03-31",
        "20260331234500",
        "2026-03-31 24:00:00",
        "31/03/2026 10:00",
        "2026-03-31 1:2:3:4",
        "2026-03-3T 23:45:00",
    ];
    let said: Vec<String> = cells.iter().map(|cell| of_cell(5, cell)).collect();
    insta::assert_snapshot!(said.join("\n"), @r"
bill.csv:2: column `支付完成时间`: the cell is empty
bill.csv:2: column `支付完成时间`: `2026-02-30 10:00:00` is no time; write `2026-03-31 23:45:00`
bill.csv:2: column `支付完成时间`: `2026-03-31` is no time; write `2026-03-31 23:45:00`
bill.csv:2: column `支付完成时间`: `202…` is no time; write `2026-03-31 23:45:00`
bill.csv:2: column `支付完成时间`: `2026-03-31 24:00:00` is no time; write `2026-03-31 23:45:00`
bill.csv:2: column `支付完成时间`: `31/03/2026 10:00` is no time; write `2026-03-31 23:45:00`
bill.csv:2: column `支付完成时间`: `2026-03-31 1:2:3:4` is no time; write `2026-03-31 23:45:00`
bill.csv:2: column `支付完成时间`: `2026-03-3T 23:45:00` is no time; write `2026-03-31 23:45:00`
");
}

/// Times are read before numbers, and numbers before amounts.
#[test]
fn of_several_cells_the_first_that_was_read() {
    let row = payment(6, "x").replace("2026-03-31 23:45:00", "31.3.");
    insta::assert_snapshot!(complaint(format!("{PAYMENTS}\n{row}\n").as_bytes()), @"bill.csv:2: column `支付完成时间`: `31.3.` is no time; write `2026-03-31 23:45:00`");
    let row = payment(6, "x").replace("order-1", "");
    insta::assert_snapshot!(complaint(format!("{PAYMENTS}\n{row}\n").as_bytes()), @"bill.csv:2: column `订单号`: the cell is empty");
}

#[test]
fn numbers_that_a_spreadsheet_rounded() {
    insta::assert_snapshot!(of_cell(1, "7.29E+18"), @"bill.csv:2: column `平台单号`: `7.29E+18` was rounded by a spreadsheet; its digits are lost, export it as text");
}

/// A shifted column may hold a bank card or a telephone number.
#[test]
fn cells_are_not_shown_whole() {
    insta::assert_snapshot!(of_cell(6, "6222021234567890123 张三 13800138000 之类很长的一段文字"), @"bill.csv:2: column `订单金额`: `622… 张三 138… 之类很长的一段文字` is no amount in yuan");
}

#[test]
fn rows_of_the_wrong_width() {
    let short = complaint(format!("{PAYMENTS}\norder-1,PAY1\n").as_bytes());
    let wide = complaint(format!("{PAYMENTS}\n{},x\n", payment(6, "1,234.56")).as_bytes());
    insta::assert_snapshot!(format!("{short}\n{wide}"), @r"
bill.csv:2: the row has 2 cells, and needs 9
bill.csv:2: the row has 11 cells, and the header 9; an amount may have a comma and no quotation marks
");
}

#[test]
fn missing_columns_all_at_once() {
    let header = PAYMENTS.replace("支付完成时间", "支付完成日期").replace("平台单号,", "");
    insta::assert_snapshot!(complaint(header.as_bytes()), @"bill.csv:1: no column `平台单号` (platform_no), `支付完成时间` (finished; there is `支付完成日期`) in what was taken for the header: `订单号, 渠道单号, 交易状态, 支付时间, 支付完成日期, 订单金额, 商品金额, 配送费`");
}

#[test]
fn a_column_twice() {
    insta::assert_snapshot!(complaint(format!("{PAYMENTS},订单号\n").as_bytes()), @"bill.csv:1: columns 1 and 10 both have the header `订单号`");
}

#[test]
fn a_file_without_a_header() {
    insta::assert_snapshot!(complaint(b"\r\n\r\n"), @"bill.csv: the file has no header");
}

#[test]
fn gbk_where_utf_8_is_read() {
    let (bytes, _, _) = GBK.encode(PAYMENTS);
    insta::assert_snapshot!(complaint(&bytes), @"bill.csv: byte 0 is not UTF-8; if the file is in GBK, say `encoding: gbk`");
}

#[test]
fn bytes_that_are_no_gbk_with_their_place() {
    let mapping = Mapping::EXAMPLE.replace("encoding: auto", "encoding: gbk");
    let mapping = Mapping::from_yaml(&mapping).unwrap();
    let (bytes, _, _) = GBK.encode(PAYMENTS);
    let mut bytes = bytes.into_owned();
    bytes.extend(b"\nabc\x81\x20");
    // The last byte but one is the one at fault.
    assert_eq!(bytes.len(), 86);
    let said = rows(&mapping.payments, &*bytes).map_err(|error| error.to_string());
    let said = said.unwrap_or_else(|said| panic!("{said}")).pop().unwrap().unwrap_err();
    insta::assert_snapshot!(said.to_string(), @"bill.csv: byte 84 is not GBK; the mapping says `encoding: gbk`");
}

#[test]
fn a_file_that_ends_inside_a_character() {
    let text = format!("{PAYMENTS}\n{}", payment(0, "订"));
    let cut = text.find("订,PAY1").unwrap() + 2;
    insta::assert_snapshot!(complaint(&text.as_bytes()[..cut]), @"bill.csv: byte 117 is not UTF-8; if the file is in GBK, say `encoding: gbk`");
}

#[test]
fn a_quotation_mark_that_is_never_closed() {
    let mut text = format!("{PAYMENTS}\n\"");
    text.push_str(&format!("{}\n", payment(0, "order-2")).repeat(20_000));
    insta::assert_snapshot!(complaint(text.as_bytes()), @"bill.csv:2: a row of more than 1 MiB; a quotation mark may never be closed");
}

#[test]
fn a_word_for_the_direction_that_the_mapping_does_not_have() {
    let text = format!(
        "{FUNDS}\n分账,a,b,2026-03-01 10:00:00,2026-03-01 10:00:00,入,1.00,1.00,可提现资金账户\n"
    );
    let said = rows(&example().funds, text.as_bytes()).unwrap().remove(0).unwrap_err();
    insta::assert_snapshot!(said.to_string(), @"bill.csv:2: column `收支类型`: `入` is a word that the mapping does not have");
}

#[test]
fn one_bad_row_does_not_end_the_reading() {
    let lines = [payment(6, "1.00"), payment(6, "x"), "a,b".to_owned(), payment(6, "2.00")];
    let rows = rows(&example().payments, format!("{PAYMENTS}\n{}\n", lines.join("\n")).as_bytes());
    let read: Vec<Result<i64, bool>> = rows
        .unwrap()
        .into_iter()
        .map(|row| row.map(|row| row.amount.0).map_err(|error| error.is_one_row()))
        .collect();
    assert_eq!(read, [Ok(100), Err(true), Err(true), Ok(200)]);
}

#[test]
fn a_wrong_encoding_ends_the_reading() {
    let mut bytes = format!("{PAYMENTS}\n{}\n", payment(0, "order-1")).into_bytes();
    bytes.extend(b"\xff\n");
    bytes.extend(payment(0, "order-2").as_bytes());
    let section = example().payments.unwrap();
    let mut rows =
        Rows::open(&section, Arc::from("bill.csv"), 0, &*bytes).unwrap().skip_while(Result::is_ok);
    assert!(!rows.next().unwrap().unwrap_err().is_one_row());
    assert!(rows.next().is_none());
}
