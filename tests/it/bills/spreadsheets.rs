//! What spreadsheets and exports make of numbers and amounts.

use douyin_reconciliation::{Direction, Mapping};

use super::files::*;

fn example_with(find: &str, replacement: &str) -> Mapping {
    let text = Mapping::EXAMPLE.replace("encoding: gbk", "encoding: auto");
    assert!(text.contains(find), "{find}");
    Mapping::from_yaml(&text.replace(find, replacement)).unwrap_or_else(|error| panic!("{error}"))
}

/// The amount of a payment in fen, or what is wrong with it.
fn amount(mapping: &Mapping, cell: &str) -> Result<i64, String> {
    let line = format!("o,P,c,支付成功,2026-03-01 10:00:00,2026-03-01 10:00:05,\"{cell}\",,\n");
    let text = format!("{PAYMENTS}\n{line}");
    let row = rows(&mapping.payments, text.as_bytes()).unwrap().remove(0);
    row.map(|row| row.amount.0).map_err(|error| error.to_string())
}

#[test]
fn signs_and_currencies_are_read_wherever_they_stand() {
    let mapping = example();
    for cell in [
        "12.30",
        "+12.30",
        "12.30+",
        "＋12.30",
        "¥12.30",
        "￥ 12.30",
        "12.30元",
        "¥+12.3",
        "+¥12.3",
        "１２．３０",
        "\u{a0}12.30\u{3000}",
        "12.3",
        "12.30000",
        "`12.30",
        "'12.30",
        "=\"\"12.30\"\"",
    ] {
        assert_eq!(amount(&mapping, cell), Ok(1230), "{cell}");
    }
    let separated = example_with("separators: refused", "separators: allowed");
    for cell in ["1,234.50", "1，234.50", "￥1,234.5"] {
        assert_eq!(amount(&separated, cell), Ok(123_450), "{cell}");
    }
}

#[test]
fn what_is_no_amount_is_refused_with_signs_as_well() {
    let mapping = example();
    for cell in [
        "--5", "+-5", "-5-", "(-5)", "(5", "5)", "()", "-", "+", "¥", "¥¥5", "¥5元", "5 0", "$5",
        "5.", ".5", "5.0.0", "-(5)", "５ｘ", "5元元", "0x5", "5,0", "1.2e", "∞", "NaN", "inf",
        "5分",
    ] {
        assert!(amount(&mapping, cell).is_err(), "{cell}");
    }
}

#[test]
fn signs_for_less_than_zero_are_refused_in_payments() {
    for cell in ["-5.00", "5.00-", "－5.00", "−5.00", "(5.00)", "（5.00）", "¥-5", "-¥5", "(¥5)"]
    {
        let said = amount(&example(), cell).unwrap_err();
        assert!(said.contains("is less than zero"), "{cell}: {said}");
    }
    assert_eq!(amount(&example(), "-0.00"), Ok(0));
}

#[test]
fn a_sign_for_yuan_is_no_part_of_an_amount_in_fen() {
    let fen = example_with("unit: yuan", "unit: fen");
    assert_eq!(amount(&fen, "500"), Ok(500));
    for cell in ["¥500", "500元", "5.00", "500.0"] {
        insta::allow_duplicates! {
            assert!(amount(&fen, cell).unwrap_err().ends_with("is no whole number"), "{cell}");
        }
    }
}

#[test]
fn decimals_beyond_fen_are_zeros_or_refused_or_rounded() {
    insta::assert_snapshot!(amount(&example(), "0.235").unwrap_err(), @"bill.csv:2: column `订单金额`: `0.235` has more than two decimals; if they are to be rounded, say `excess_decimals: rounded`");
    let rounded = example_with("refused }", "refused, excess_decimals: rounded }");
    for (cell, fen) in [
        ("0.23000", 23),
        ("0.234", 23),
        ("0.2349999", 23),
        ("0.235", 24),
        ("0.995", 100),
        ("0.004", 0),
        ("9.99999", 1000),
        ("1", 100),
        ("0.00", 0),
    ] {
        assert_eq!(amount(&rounded, cell), Ok(fen), "{cell}");
    }
    assert!(amount(&rounded, "92233720368547758.075").is_err());
    assert!(amount(&rounded, "1.23x").is_err());
}

/// What a refund with this platform's number is read as.
fn number(cell: &str) -> Result<String, String> {
    let line = format!(
        "o,\"{cell}\",c,退款成功,2026-03-01 10:00:00,2026-03-01 10:00:05,1.00,分账后退款,\n"
    );
    let text = format!("{REFUNDS}\n{line}");
    let row = rows(&example().refunds, text.as_bytes()).unwrap().remove(0);
    row.map(|row| row.platform_no.to_string()).map_err(|error| error.to_string())
}

#[test]
fn rounded_numbers_are_refused_in_every_column_of_numbers() {
    let refunds = rows(&example().refunds, &include_bytes!("data/rounded_refunds.csv")[..]);
    insta::assert_snapshot!(refunds.unwrap()[0].as_ref().unwrap_err().to_string(), @"bill.csv:2: column `平台单号`: `7.29E18` was rounded by a spreadsheet; its digits are lost, export it as text");
    let funds = rows(&example().funds, &include_bytes!("data/rounded_funds.csv")[..]);
    insta::assert_snapshot!(funds.unwrap()[0].as_ref().unwrap_err().to_string(), @"bill.csv:2: column `关联订单号`: `7.29E18` was rounded by a spreadsheet; its digits are lost, export it as text");
}

#[test]
fn numbers_as_spreadsheets_round_them_are_refused() {
    for cell in [
        "7.29E+18",
        "7.29E18",
        "7.29e18",
        "7.29E-18",
        "1e5",
        "1E5",
        "7,29E+18",
        "-7.29E+18",
        "12.9E17",
        "7.29186238E+018",
        "729E+16",
        "4200001.0",
        "`7.29E18",
        "=\"\"7.29E+18\"\"",
        " 7.29E18 ",
    ] {
        let said = number(cell).unwrap_err();
        assert!(said.contains("was rounded by a spreadsheet"), "{cell}: {said}");
    }
}

#[test]
fn errors_of_spreadsheets_are_refused_in_numbers_and_amounts() {
    for cell in [
        "#N/A", "#n/a", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#", "########",
    ] {
        for said in [number(cell).unwrap_err(), amount(&example(), cell).unwrap_err()] {
            assert!(
                said.contains("is what a spreadsheet shows instead of a value"),
                "{cell}: {said}"
            );
        }
    }
    assert!(amount(&example(), "1.5E+3").unwrap_err().contains("was rounded"));
}

#[test]
fn numbers_with_letters_are_read_as_they_are() {
    for cell in [
        "20260301E001",
        "E5",
        "1E",
        "e1e5",
        "12E5",
        "7.29",
        "1.2.3",
        "#1",
        "-",
        "A#",
        "1e5x",
        "1E1234",
        "10.05",
        "2E3-4",
    ] {
        let expected = if cell == "-" { Err(()) } else { Ok(cell.to_owned()) };
        assert_eq!(number(cell).map_err(|_| ()), expected, "{cell}");
    }
}

#[test]
fn dashes_stand_for_no_value() {
    for dash in ["", "-", "--", "—", "——", "－", "–", " - "] {
        let line = format!("o,P,{dash},支付中,2026-03-01 10:00:00,{dash},1.00,{dash},{dash}\n");
        let row = good_rows(&example().payments, PAYMENTS, &line).remove(0);
        assert!(row.channel_no.is_empty() && row.finished.is_none(), "{dash}");
        assert_eq!(row.kind, douyin_reconciliation::TradeKind::Payment(None), "{dash}");
    }
}

/// Fund flow of these columns beside kind, number, time and account.
fn movement(
    columns: &str,
    more: &str,
    header: &str,
    cells: &str,
) -> Result<(Direction, i64), String> {
    let yaml = format!(
        "funds:\n  format: {{ encoding: auto, unit: yuan, thousands_separators: refused{more} }}\n  order: oldest_first\n  \
         columns: {{ kind: 类型, trade_no: 单号, moved: 时间, {columns} }}\n  \
         kinds: {{ split: [分账] }}\n  accounts: {{ always: withdrawable }}\n{}",
        if columns.contains("direction") {
            "  directions: { inward: [收入], outward: [支出], by_sign: [不计] }\n"
        } else {
            ""
        }
    );
    let mapping = Mapping::from_yaml(&yaml).unwrap_or_else(|error| panic!("{error}"));
    let text = format!("类型,单号,时间,{header}\n分账,A1,2026-03-01 10:00:00,{cells}\n");
    let row = rows(&mapping.funds, text.as_bytes()).unwrap().remove(0);
    row.map(|row| (row.direction, row.amount.0)).map_err(|error| error.to_string())
}

#[test]
fn income_and_expense_in_two_columns() {
    use Direction::{In, Out};
    let read =
        |more: &str, cells: &str| movement("income: 收入, expense: 支出", more, "收入,支出", cells);
    for (cells, expected) in [
        ("5.00,", (In, 500)),
        ("5.00,0.00", (In, 500)),
        (",5", (Out, 500)),
        ("-,5.00", (Out, 500)),
        ("0,0", (In, 0)),
    ] {
        assert_eq!(read("", cells), Ok(expected), "{cells}");
    }
    for (cells, expected) in
        [("5.00,0.00", (In, 500)), ("0.00,-5.00", (Out, 500)), (",(5.00)", (Out, 500))]
    {
        assert_eq!(read(", outward: negative", cells), Ok(expected), "{cells}");
    }
    insta::assert_snapshot!([read("", ","), read("", "1,1"), read("", "-1,"), read("", ",-1"), read(", outward: negative", ",1"), read("", "x,")].map(Result::unwrap_err).join("\n"), @r"
    bill.csv:2: column `收入`: the cell is empty
    bill.csv:2: column `支出`: there is income and expense in one row
    bill.csv:2: column `收入`: `-1` is less than zero; if what goes out has a minus sign, say `outward: negative`
    bill.csv:2: column `支出`: `-1` is less than zero; if what goes out has a minus sign, say `outward: negative`
    bill.csv:2: column `支出`: `1` is not less than zero, though the mapping says `outward: negative`
    bill.csv:2: column `收入`: `x` is no amount in yuan
    ");
}

#[test]
fn a_direction_and_a_minus_sign_together() {
    use Direction::{In, Out};
    let read = |more: &str, cells: &str| {
        movement("direction: 收支, amount: 金额", more, "收支,金额", cells)
    };
    for (cells, expected) in [
        ("支出,-5.00", (Out, 500)),
        ("支出,`-5.00", (Out, 500)),
        ("支出,0.00", (Out, 0)),
        ("收入,5.00", (In, 500)),
        ("不计,-5", (Out, 500)),
    ] {
        assert_eq!(read(", outward: negative", cells), Ok(expected), "{cells}");
    }
    insta::assert_snapshot!([read("", ",5.00"), read("", "出,5.00"), read("", "支出,-5.00"), read(", outward: negative", "支出,5.00"), read(", outward: negative", "收入,-5.00")].map(Result::unwrap_err).join("\n"), @r"
    bill.csv:2: column `收支`: the cell is empty
    bill.csv:2: column `收支`: `出` is a word that the mapping does not have
    bill.csv:2: column `金额`: `-5.00` is less than zero; if what goes out has a minus sign, say `outward: negative`
    bill.csv:2: column `金额`: `5.00` is not less than zero, though the mapping says `outward: negative`
    bill.csv:2: column `金额`: `-5.00` is less than zero; if what goes out has a minus sign, say `outward: negative`
    ");
}

#[test]
fn a_sign_alone_says_which_way() {
    let read = |cells: &str| movement("amount: 金额", "", "金额", cells);
    assert_eq!(read("-5.00"), Ok((Direction::Out, 500)));
    assert_eq!(read("5.00-"), Ok((Direction::Out, 500)));
    assert_eq!(read("5.00"), Ok((Direction::In, 500)));
}

#[test]
fn refunds_may_have_a_minus_sign() {
    let mapping = example_with("refused }", "refused, outward: negative }");
    let line = "o,R,c,退款成功,2026-03-01 10:00:00,2026-03-01 10:00:05,-1.00,分账后退款,\n";
    assert_eq!(good_rows(&mapping.refunds, REFUNDS, line)[0].amount.0, 100);
}
