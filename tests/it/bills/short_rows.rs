//! Rows without the empty cells at their end: refused unless the mapping allows them, and then an amount whose thousands
//! separator has split it is told from two cells.

use douyin_reconciliation::Mapping;

use super::files::*;

const HEADER: &str = "单号,时间,金额,优惠,说明";

/// Payments whose amount is followed by columns that the mapping does not name.
fn mapping(layout: &str) -> Mapping {
    let text = format!(
        "payments:\n  format: {{ encoding: auto, unit: yuan, thousands_separators: allowed }}\n  layout: {layout}\n  \
         columns: {{ order_no: 单号, platform_no: 单号, started: 时间, amount: 金额 }}\n"
    );
    Mapping::from_yaml(&text).unwrap_or_else(|error| panic!("{error}"))
}

/// What comes of rows with these cells behind number and time: the amount in fen, or the error.
fn read(layout: &str, cells: &[&str]) -> String {
    let row = |cells: &&str| format!("A1,2026-03-01 10:00:00,{cells}\n");
    let text = format!("{HEADER}\n{}", cells.iter().map(row).collect::<String>());
    let rows = rows(&mapping(layout).payments, text.as_bytes()).unwrap().into_iter();
    let rows =
        rows.map(|row| row.map_or_else(|error| error.to_string(), |row| row.amount.0.to_string()));
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_row_with_fewer_cells_than_the_header_is_refused() {
    insta::assert_snapshot!(read("{}", &["5.00,,", "5.00,", "5.00", ""]), @r"
    500
    bill.csv:3: the row has 4 cells, and the header 5; if empty cells at the end of rows are left out, say `missing_cells: empty`
    bill.csv:4: the row has 3 cells, and the header 5; if empty cells at the end of rows are left out, say `missing_cells: empty`
    bill.csv:5: the row has 3 cells, and the header 5; if empty cells at the end of rows are left out, say `missing_cells: empty`
    ");
}

#[test]
fn a_row_with_fewer_cells_is_read_if_the_mapping_says_so() {
    let cells = ["5.00,1.00,x", "5.00,1.00", "5.00", "\"1,234.00\"", ""];
    insta::assert_snapshot!(read("{ missing_cells: empty }", &cells), @r"
    500
    500
    500
    123400
    bill.csv:6: column `金额`: the cell is empty
    ");
}

/// As many cells as the header, since the last one is left out.
#[test]
fn an_amount_split_by_its_separator_is_refused() {
    let cells =
        ["1,234.00", "1,234", "12,345,678.90", "999,999.9", "-1,234.00", "¥1,234.00", "1,234.00元"];
    insta::assert_snapshot!(read("{ missing_cells: empty }", &cells), @r"
    bill.csv:2: column `金额`: `1` and the next cell may be one amount with a thousands separator and no quotation marks; export it without separators, and with two decimals
    bill.csv:3: column `金额`: `1` and the next cell may be one amount with a thousands separator and no quotation marks; export it without separators, and with two decimals
    bill.csv:4: column `金额`: `12` and the next cell may be one amount with a thousands separator and no quotation marks; export it without separators, and with two decimals
    bill.csv:5: column `金额`: `999` and the next cell may be one amount with a thousands separator and no quotation marks; export it without separators, and with two decimals
    bill.csv:6: column `金额`: `-1` and the next cell may be one amount with a thousands separator and no quotation marks; export it without separators, and with two decimals
    bill.csv:7: column `金额`: `¥1` and the next cell may be one amount with a thousands separator and no quotation marks; export it without separators, and with two decimals
    bill.csv:8: column `金额`: `1` and the next cell may be one amount with a thousands separator and no quotation marks; export it without separators, and with two decimals
    ");
}

/// An amount with decimals has ended, a group of thousands has three digits, and only the first has fewer.
#[test]
fn cells_that_are_no_group_of_thousands_are_two_cells() {
    let cells = ["1.00,234.00", "1,23.00", "1,2345", "1234,567", "1,", "1,-234", "1,234x"];
    assert_eq!(read("{ missing_cells: empty }", &cells), "100\n100\n100\n123400\n100\n100\n100");
}

/// Where all rows have amounts of a thousand and more, none would lack a cell.
#[test]
fn a_split_amount_with_decimals_is_refused_though_no_row_lacks_a_cell() {
    insta::assert_snapshot!(read("{}", &["1,234.00,"]), @"bill.csv:2: column `金额`: `1` and the next cell may be one amount with a thousands separator and no quotation marks; export it without separators, and with two decimals");
    // Two amounts of whole yuan beside each other are usual.
    assert_eq!(read("{}", &["100,200,"]), "10000");
}

/// The balance behind an amount is read and checked itself.
#[test]
fn an_amount_before_one_that_is_read_is_not_taken_for_split() {
    let line = "o1,P1,c,支付成功,2026-03-02 10:00:00,2026-03-02 10:00:09,234,100,134.00\n";
    assert_eq!(good_rows(&example().payments, PAYMENTS, line)[0].amount.0, 23_400);
}
