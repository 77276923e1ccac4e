//! Where in a file the rows are: lines before the header and after the rows, rows of another kind, other delimiters.

use douyin_reconciliation::{Mapping, Section};

use super::files::*;

/// The example, with this layout for payments.
fn laid_out(layout: &str) -> Mapping {
    with_format(Mapping::EXAMPLE, layout, "")
}

fn with_format(example: &str, layout: &str, format: &str) -> Mapping {
    let text = example.replacen("  columns:", &format!("  layout: {layout}\n  columns:"), 1);
    let text = text.replacen("refused }", &format!("refused{format} }}"), 1);
    Mapping::from_yaml(&text).unwrap_or_else(|error| panic!("{error}"))
}

/// The numbers of the orders by line, or what is wrong.
fn read(mapping: &Mapping, bytes: &[u8]) -> String {
    match rows(&mapping.payments, bytes) {
        Err(error) => error.to_string(),
        Ok(rows) => {
            let rows = rows.into_iter().map(|row| match row {
                Ok(row) => format!("{}: {}", row.place.line, row.order_no),
                Err(error) => error.to_string(),
            });
            rows.collect::<Vec<_>>().join("\n")
        }
    }
}

fn payment(number: u32) -> String {
    format!(
        "order-{number},PAY{number},42,支付成功,2026-03-01 10:00:00,2026-03-01 10:00:05,1.00,,\n"
    )
}

#[test]
fn titles_before_the_header_are_passed_over() {
    assert_eq!(read(&example(), include_bytes!("data/lines_before.csv")), "6: order-1\n7: order-2");
}

#[test]
fn a_line_for_excel_before_the_header_is_passed_over() {
    assert_eq!(read(&example(), include_bytes!("data/lines_sep.csv")), "3: order-1");
}

#[test]
fn comments_are_passed_over_before_and_behind_if_the_mapping_says_so() {
    let bytes = include_bytes!("data/lines_hash.csv");
    assert_eq!(read(&laid_out("{ comment: '#' }"), bytes), "4: order-1\n5: order-2");
    insta::assert_snapshot!(read(&example(), bytes), @r"
    4: order-1
    5: order-2
    bill.csv:6: the row has 1 cells, and needs 9
    ");
}

#[test]
fn a_summary_behind_is_passed_over_if_the_mapping_says_how_it_begins() {
    let bytes = include_bytes!("data/lines_after.csv");
    assert_eq!(read(&laid_out("{ ends_at: [总笔数] }"), bytes), "2: order-1\n3: order-2");
    insta::assert_snapshot!(read(&example(), bytes), @r"
    2: order-1
    3: order-2
    bill.csv:4: the row has 3 cells, and needs 9
    bill.csv:5: the row has 3 cells, and needs 9
    ");
}

#[test]
fn a_table_of_totals_before_the_header_is_passed_over() {
    let totals = "总笔数,总金额,退款笔数,退款金额,手续费,净额\n1,1.00,0,0.00,0.00,1.00\n";
    let text = format!("{totals}\n{PAYMENTS}\n{}", payment(1));
    assert_eq!(read(&example(), text.as_bytes()), "5: order-1");
}

#[test]
fn a_line_filled_by_a_spreadsheet_is_a_title_all_the_same() {
    let text = format!("账单明细,,,,,,,,\n{PAYMENTS}\n{}", payment(1));
    assert_eq!(read(&example(), text.as_bytes()), "3: order-1");
}

#[test]
fn rows_before_the_header_are_refused() {
    let text = format!("{}{PAYMENTS}\n{}", payment(1), payment(2));
    insta::assert_snapshot!(read(&example(), text.as_bytes()), @"bill.csv:1: this may be a row, but the header is on line 2; if it is not, say which line the header follows by `starts_after`");
}

/// Two exports one after the other, the first with another name for a column.
#[test]
fn rows_under_another_header_are_refused() {
    let other = PAYMENTS.replace("订单金额", "金额");
    let text = format!("{other}\n{}{PAYMENTS}\n{}", payment(1), payment(2));
    insta::assert_snapshot!(read(&example(), text.as_bytes()), @"bill.csv:1: this may be a row, but the header is on line 3; if it is not, say which line the header follows by `starts_after`");
}

#[test]
fn a_header_that_is_not_found_shows_the_line_that_was_taken_for_it() {
    let header = PAYMENTS.replace("支付完成时间", "支付完成日期").replace("平台单号,", "");
    let text = format!("账单明细\n{header}\n{}", payment(1));
    insta::assert_snapshot!(read(&example(), text.as_bytes()), @"bill.csv:2: no column `平台单号` (platform_no), `支付完成时间` (finished; there is `支付完成日期`) in what was taken for the header: `订单号, 渠道单号, 交易状态, 支付时间, 支付完成日期, 订单金额, 商品金额, 配送费`");
}

/// A line of rows may have what is nobody's business.
#[test]
fn a_row_taken_for_the_header_is_shown_shortened() {
    let row = payment(1).replace("order-1", "6222021234567890123");
    insta::assert_snapshot!(read(&example(), row.as_bytes()), @"bill.csv:1: no column `订单号` (order_no), `平台单号` (platform_no), `订单金额` (amount), `渠道单号` (channel_no), `交易状态` (state), `支付时间` (started; there is `支付成功`), `支付完成时间` (finished; there is `支付成功`), `商品金额` (goods), `配送费` (delivery) in what was taken for the header: `622…, PAY1, 42, 支付成功, 2026-03-01 10:00:00, 2026-03-01 10:00:05, 1.00, , `");
}

#[test]
fn other_delimiters_are_read_and_suggested() {
    let text = format!("账单\n{PAYMENTS}\n{}", payment(1));
    for (name, delimiter) in [("tab", "\t"), ("semicolon", ";"), ("pipe", "|")] {
        let text = text.replace(',', delimiter);
        let mapping = with_format(Mapping::EXAMPLE, "{}", &format!(", delimiter: {name}"));
        assert_eq!(read(&mapping, text.as_bytes()), "3: order-1");
        let said = read(&example(), text.as_bytes());
        assert!(said.ends_with(&format!("; say `delimiter: {name}`")), "{said}");
    }
    let mapping = with_format(Mapping::EXAMPLE, "{}", ", delimiter: semicolon");
    let sep = format!("sep=;\n{}", text.replace(',', ";").trim_start_matches("账单\n"));
    assert_eq!(read(&mapping, sep.as_bytes()), "3: order-1");
}

#[test]
fn rows_inside_a_quoted_cell_are_found_by_the_delimiter_of_the_file() {
    let mapping = with_format(Mapping::EXAMPLE, "{}", ", delimiter: tab");
    let row = |number, end: &str| payment(number).trim_end().replace(',', "\t") + "\t" + end + "\n";
    let header = format!("{PAYMENTS},备注\n").replace(',', "\t");
    let text = header + &row(1, "\"a") + &row(2, "b\"") + &row(3, "c");
    insta::assert_snapshot!(read(&mapping, text.as_bytes()), @r"
    bill.csv:2: a quoted cell goes on until line 3 and may have rows inside; a quotation mark may be too many
    4: order-3
    ");
}

#[test]
fn a_header_there_again_is_passed_over() {
    let text = format!("{PAYMENTS}\n{}{PAYMENTS}\r\n{}", payment(1), payment(2));
    assert_eq!(read(&example(), text.as_bytes()), "2: order-1\n4: order-2");
}

#[test]
fn after_a_summary_the_header_begins_more_rows() {
    let mapping = laid_out("{ ends_at: [合计] }");
    let export = |number| format!("{PAYMENTS}\n{}合计,1\n1,1.00\n", payment(number));
    assert_eq!(read(&mapping, (export(1) + &export(2)).as_bytes()), "2: order-1\n6: order-2");
}

#[test]
fn a_row_after_a_summary_is_an_error() {
    let text = format!("{PAYMENTS}\n{}合计,1\n1,1.00\n{}", payment(1), payment(2));
    insta::assert_snapshot!(read(&laid_out("{ ends_at: [合计] }"), text.as_bytes()), @r"
    2: order-1
    bill.csv:5: this is a row, but the mapping says that the rows have ended
    ");
}

/// Sections with the same header and different titles.
#[test]
fn one_section_of_several_is_read() {
    let section = |title: &str, number| {
        format!("{title}\n{PAYMENTS}\n{}{}", payment(number), payment(number + 1))
    };
    let text = section("微信支付", 1) + &section("抖音支付", 3) + &section("支付宝", 5);
    let mapping = laid_out("{ starts_after: 抖音支付, ends_at: [支付宝] }");
    assert_eq!(read(&mapping, text.as_bytes()), "7: order-3\n8: order-4");
    let mapping = laid_out("{ starts_after: 银联 }");
    insta::assert_snapshot!(read(&mapping, text.as_bytes()), @"bill.csv: no line begins with `银联`, which the header follows");
}

#[test]
fn rows_with_a_word_in_a_column_are_passed_over() {
    let text = format!(
        "{PAYMENTS}\n{}{}小计,,,,,,2.00,,\n",
        payment(1),
        payment(2).replace("支付成功", "转入退款")
    );
    let mapping = laid_out("{ skip: { 交易状态: [转入退款], 订单号: [小计] } }");
    assert_eq!(read(&mapping, text.as_bytes()), "2: order-1");
    let mapping = laid_out("{ skip: { 类型: [小计] } }");
    insta::assert_snapshot!(read(&mapping, text.as_bytes()), @"bill.csv:1: no column `类型` (skip) in what was taken for the header: `订单号, 平台单号, 渠道单号, 交易状态, 支付时间, 支付完成时间, 订单金额, 商品金额, 配送费`");
}

/// Reads one file by a section of its own.
fn count<S: Section>(section: &Option<S>, text: &str) -> usize {
    rows(section, text.as_bytes()).unwrap().into_iter().map(Result::unwrap).count()
}

#[test]
fn columns_that_a_bill_lacks_may_be_left_out() {
    let mapping = Mapping::from_yaml(
        "payments:\n  format: { encoding: auto, unit: yuan, thousands_separators: refused }\n  \
         columns: { order_no: 单号, platform_no: 单号, started: 时间, amount: 金额 }\n",
    );
    let mapping = mapping.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(count(&mapping.payments, "单号,时间,金额\nA1,2026-03-01 10:00:00,1.00\n"), 1);
    let row = rows(&mapping.payments, &b"\xE5\x8D\x95\xE5\x8F\xB7,\xE6\x97\xB6\xE9\x97\xB4,\xE9\x87\x91\xE9\xA2\x9D\nA1,2026-03-01 10:00:00,1.00\n"[..]);
    let row = row.unwrap().remove(0).unwrap();
    assert!(row.is_done() && row.channel_no.is_empty());
    assert_eq!((row.order_no.as_str(), row.platform_no.as_str()), ("A1", "A1"));
    assert_eq!(row.finished, Some(row.started));
}
