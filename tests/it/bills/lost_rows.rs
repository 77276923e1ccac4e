//! No row vanishes: what could hide one is an error with its line, and a report with unread rows is not clean.

use douyin_reconciliation::{
    BillFault, BillFile, BillKind, Mapping, ReconciliationReport, reconcile_files,
};
use proptest::prelude::*;

use super::files::*;

const HEADER: &str =
    "订单号,平台单号,渠道单号,交易状态,支付时间,支付完成时间,订单金额,商品金额,配送费,商品名称";

/// A payment of one yuan with this product.
fn payment(number: u32, product: &str) -> String {
    format!(
        "order-{number},PAY{number},42{number},支付成功,2026-03-0{number} 10:00:00,2026-03-0{number} 10:00:05,1.00,,,{product}\n"
    )
}

/// What comes of a file of payments: a line for each row, the amount or the error.
fn outcome(bytes: &[u8]) -> String {
    match rows(&example().payments, bytes) {
        Err(error) => format!("{error}"),
        Ok(rows) => {
            let rows = rows.into_iter().map(|row| match row {
                Ok(row) => format!("{}: {} fen", row.place.line, row.amount.0),
                Err(error) => error.to_string(),
            });
            rows.collect::<Vec<_>>().join("\n")
        }
    }
}

fn lines(lines: &[String]) -> String {
    outcome(format!("{HEADER}\n{}", lines.concat()).as_bytes())
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_an_error_with_the_line_it_is_opened_in() {
    insta::assert_snapshot!(outcome(include_bytes!("data/quote_never_closed.csv")), @r"
    2: 100 fen
    bill.csv:3: the file ends inside quotation marks that are opened in this row
    ");
}

#[test]
fn a_quotation_mark_closed_by_a_full_width_one_is_never_closed() {
    insta::assert_snapshot!(outcome(include_bytes!("data/quote_closed_full_width.csv")), @"bill.csv:2: the file ends inside quotation marks that are opened in this row");
}

#[test]
fn rows_between_two_stray_quotation_marks_are_an_error_with_their_lines() {
    insta::assert_snapshot!(outcome(include_bytes!("data/quote_closed_later.csv")), @r"
    2: 100 fen
    bill.csv:3: a quoted cell goes on until line 5 and may have rows inside; a quotation mark may be too many
    6: 100 fen
    ");
}

/// Both marks stand where quotation marks of CSV stand.
#[test]
fn a_quotation_mark_closed_at_the_end_of_a_later_row_is_an_error() {
    let rows = [payment(1, "\"5 inch"), payment(2, "cup"), payment(3, "7\""), payment(4, "ink")];
    insta::assert_snapshot!(lines(&rows), @r"
    bill.csv:2: a quoted cell goes on until line 4 and may have rows inside; a quotation mark may be too many
    5: 100 fen
    ");
}

#[test]
fn a_quotation_mark_in_the_first_cell_is_an_error() {
    let rows =
        [format!("\"{}", payment(1, "a")), format!("\"{}", payment(2, "b")), payment(3, "c")];
    insta::assert_snapshot!(lines(&rows), @r"
    bill.csv:2: a quoted cell goes on until line 3 and may have rows inside; a quotation mark may be too many
    4: 100 fen
    ");
}

#[test]
fn a_quotation_mark_in_the_header_is_an_error() {
    let header = HEADER.replace("商品名称", "\"商品名称");
    let closed = format!("{header}\n{}{}", payment(1, "a"), payment(2, "b\""));
    let open = format!("{header}\n{}", payment(1, "a"));
    insta::assert_snapshot!([closed, open].map(|text| outcome(text.as_bytes())).join("\n"), @r"
    bill.csv:1: a quoted cell goes on until line 3 and may have rows inside; a quotation mark may be too many
    bill.csv:1: the file ends inside quotation marks that are opened in this row
    ");
}

/// The name of the last column is not looked at.
#[test]
fn a_row_in_the_line_of_the_header_is_an_error() {
    let said = ["", "\u{2028}", "\u{b}"]
        .map(|end| outcome(format!("{HEADER}{end}{}", payment(1, "a")).as_bytes()));
    insta::assert_snapshot!(said.join("\n"), @r"
    bill.csv:1: a cell of the header is a time; there may be a row in the same line
    bill.csv:1: there is a carriage return or another line break inside the line; save the file with CRLF or LF at the end of lines
    bill.csv:1: there is a carriage return or another line break inside the line; save the file with CRLF or LF at the end of lines
    ");
}

#[test]
fn line_breaks_in_quoted_cells_are_read() {
    let rows = [
        payment(1, "\"to, the left\nof, the door\""),
        payment(2, "\"a\r\nb\""),
        payment(3, "\"\n\""),
    ];
    insta::assert_snapshot!(lines(&rows), @r"
    2: 100 fen
    4: 100 fen
    6: 100 fen
    ");
}

#[test]
fn a_quoted_cell_at_the_end_of_a_file_without_line_end_is_closed() {
    for product in ["\"a\nb\"", "\"a\n\"", "\"a\n\n\"", "\"\""] {
        let text = format!("{HEADER}\n{}", payment(1, product));
        assert_eq!(outcome(text.trim_end_matches('\n').as_bytes()), "2: 100 fen", "{product:?}");
    }
}

#[test]
fn lines_that_end_with_carriage_returns_are_refused() {
    insta::assert_snapshot!(outcome(include_bytes!("data/carriage_returns.csv")), @"bill.csv:1: there is a carriage return or another line break inside the line; save the file with CRLF or LF at the end of lines");
    insta::assert_snapshot!(outcome(include_bytes!("data/carriage_returns_in_rows.csv")), @"bill.csv:2: there is a carriage return or another line break inside the line; save the file with CRLF or LF at the end of lines");
}

#[test]
fn a_carriage_return_among_other_line_ends_is_an_error_of_its_line() {
    let joined = payment(2, "b").replace('\n', "\r");
    insta::assert_snapshot!(lines(&[payment(1, "a"), joined, payment(3, "c"), payment(4, "d")]), @r"
    2: 100 fen
    bill.csv:3: there is a carriage return or another line break inside the line; save the file with CRLF or LF at the end of lines
    4: 100 fen
    ");
}

#[test]
fn carriage_returns_at_the_ends_of_lines_are_no_error() {
    let text =
        format!("{HEADER}\n{}{}", payment(1, "a"), payment(2, "\"b\"")).replace('\n', "\r\n");
    assert_eq!(outcome(text.as_bytes()), "2: 100 fen\n3: 100 fen");
    assert_eq!(outcome(text.replace('\r', "\r\r").as_bytes()), "2: 100 fen\n3: 100 fen");
}

#[test]
fn a_comma_in_an_amount_is_an_error_though_the_last_cell_is_empty() {
    let row = payment(1, "").replace("1.00", "1,234.56");
    insta::assert_snapshot!(lines(&[row, payment(2, "")]), @r"
    bill.csv:2: the row has 11 cells, and the header 10; an amount may have a comma and no quotation marks
    3: 100 fen
    ");
}

#[test]
fn one_more_empty_cell_is_read_if_the_mapping_says_so_of_all_rows() {
    let text = format!("{HEADER}\n{}{}", payment(1, "a,"), payment(2, "b"));
    insta::assert_snapshot!(outcome(text.as_bytes()), @r"
    bill.csv:2: the row has 11 cells, and the header 10; an amount may have a comma and no quotation marks
    3: 100 fen
    ");
    let mapping = laid_out("{ trailing_delimiter: present }");
    let rows = rows(&mapping.payments, text.as_bytes()).unwrap();
    let read: Vec<bool> = rows.iter().map(Result::is_ok).collect();
    assert_eq!(read, [true, false]);
}

#[test]
fn nul_bytes_are_an_error_of_their_line() {
    insta::assert_snapshot!(lines(&[payment(1, "a"), payment(2, "b\0"), "\0\0\0\n".to_owned(), payment(3, "c")]), @r"
    2: 100 fen
    bill.csv:3: there is a NUL byte in the line; the file may be damaged
    bill.csv:4: there is a NUL byte in the line; the file may be damaged
    5: 100 fen
    ");
}

#[test]
fn a_last_line_without_line_end_is_read_if_what_is_read_of_it_is_whole() {
    let row = |product| payment(1, product).trim_end().to_owned();
    let cut = row("").trim_end_matches(",,,").to_owned() + ",,2";
    insta::assert_snapshot!([row("a"), row(""), cut].map(|row| lines(&[row])).join("\n"), @r"
    2: 100 fen
    2: 100 fen
    bill.csv:2: the file ends without a line end, so its last cell may be cut off; if it is whole, say `final_line_end: optional`
    ");
}

#[test]
fn a_file_cut_anywhere_loses_no_row_unseen() {
    let text = format!("{PAYMENTS}\n{}{}", whole_payment(1), whole_payment(2));
    let second = text.len() - whole_payment(2).len();
    for end in second + 1..text.len() {
        let outcome = outcome(&text.as_bytes()[..end]);
        let (first, rest) = outcome.split_once('\n').unwrap();
        assert_eq!(first, "2: 100 fen");
        assert!(rest.contains("bill.csv"), "{end}: {rest}");
    }
}

/// All columns are mapped.
fn whole_payment(number: u32) -> String {
    payment(number, "").replace(",,,\n", ",0.70,0.30\n")
}

#[test]
fn a_last_line_without_line_end_is_read_if_the_mapping_says_so() {
    let mapping = laid_out("{ final_line_end: optional }");
    let text = format!("{PAYMENTS}\n{}", whole_payment(1));
    let rows = rows(&mapping.payments, text.trim_end().as_bytes()).unwrap();
    assert_eq!(rows[0].as_ref().unwrap().amount.0, 100);
}

#[test]
fn empty_files_have_no_header() {
    for text in ["", "\n", "\r\n\r\n", "\u{feff}", " , \n"] {
        assert_eq!(outcome(text.as_bytes()), "bill.csv: the file has no header", "{text:?}");
    }
}

/// Files that agree, apart from what is made of the first.
fn report(spoil: impl Fn(String) -> String) -> ReconciliationReport {
    let folder = tempfile::tempdir().unwrap();
    let row = "order-1,S1,c,分账成功,2026-03-01 10:00:00,2026-03-01 10:00:05,1.00,0,0,0,0,\n";
    let booked =
        "分账,S1,S1,2026-03-01 10:00:05,2026-03-01 10:00:05,收入,1.00,1.00,可提现资金账户\n";
    let files = [
        (BillKind::Payments, spoil(format!("{HEADER}\n{}", payment(1, "a")))),
        (BillKind::Settlements, format!("{SETTLEMENTS}\n{row}")),
        (BillKind::Funds, format!("{FUNDS}\n{booked}")),
    ];
    let files = files.map(|(kind, text)| {
        let path = folder.path().join(format!("{kind:?}"));
        std::fs::write(&path, text).unwrap();
        BillFile { kind, path }
    });
    reconcile_files(&example(), &files, march(), |_| ()).unwrap()
}

#[test]
fn a_report_is_clean_if_all_was_read_and_fits_together() {
    let report = report(|text| text);
    assert_eq!(findings(&report), "");
    assert!(report.is_clean());
}

#[test]
fn a_report_with_unread_rows_is_not_clean_though_all_sums_are_alike() {
    let spoilt = [
        |text: String| text + &payment(2, "b").replace("1.00", "1,234.56"),
        |text: String| text + "order-2,PAY2\n",
        |text: String| text + &payment(2, "\"b") + &payment(3, "b\""),
        |text: String| text + &payment(2, "b").replace('\n', "\r") + &payment(3, "c"),
        |text: String| text + &payment(2, "\0"),
        |text: String| text + &payment(2, "b").replace("PAY2", "7.29E18"),
    ];
    for spoil in spoilt {
        let report = report(spoil);
        let checks = report.scenarios.iter().flat_map(|scenario| &scenario.checks);
        assert!(checks.clone().count() > 0 && checks.clone().all(|check| check.holds()));
        assert_eq!((report.unread, report.is_clean()), (1, false), "{}", findings(&report));
    }
}

#[test]
fn unread_rows_beyond_the_limit_are_counted() {
    let scope = douyin_reconciliation::Scope { limit: 0, ..march() };
    let bills = Bills::default()
        .with(BillKind::Payments, &["a,b", "c,d"])
        .with(BillKind::Diamonds, &[])
        .with(BillKind::Deductions, &[]);
    let report = bills.reconcile_as(scope);
    assert_eq!((report.findings.len(), report.unread, report.is_clean()), (0, 2, false));
}

#[test]
fn nothing_compared_is_not_clean() {
    let report = Bills::default().with(BillKind::Payments, &[]).reconcile();
    assert!(report.findings.is_empty() && !report.is_clean());
}

#[test]
fn a_file_that_ends_inside_quotation_marks_is_not_reconciled() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("payments.csv");
    std::fs::write(&path, include_bytes!("data/quote_never_closed.csv")).unwrap();
    let files = [BillFile { kind: BillKind::Payments, path }];
    let error = reconcile_files(&example(), &files, march(), |_| ()).unwrap_err();
    let douyin_reconciliation::ReconcileError::Bill(error) = error else { panic!("{error}") };
    assert!(matches!(error.fault, BillFault::UnclosedQuote { line: 3 }), "{error}");
}

fn laid_out(layout: &str) -> Mapping {
    let text =
        Mapping::EXAMPLE.replacen("  columns:", &format!("  layout: {layout}\n  columns:"), 1);
    Mapping::from_yaml(&text).unwrap()
}

#[test]
fn a_row_inside_a_quoted_cell_of_one_line_is_an_error() {
    let swallowed = payment(2, "\"cup, large").trim_end().to_owned() + "," + &payment(3, "x\"");
    let commas = payment(4, "\"a, b, c, d, e, f, g, h, i, j, k, l\"");
    insta::assert_snapshot!(lines(&[payment(1, "tea"), swallowed, commas]), @r"
    2: 100 fen
    bill.csv:3: the row has 10 cells, the header 10, and one of them has a delimiter inside; a quotation mark may be too many
    4: 100 fen
    ");
}

#[test]
fn text_behind_a_closing_quotation_mark_is_an_error() {
    let amount = |cell: &str| payment(1, "a").replace("1.00", cell);
    let rows = [
        amount("\"1\"00"),
        amount("\"1\"\"00\""),
        amount("\"1\" 00"),
        amount("\"1.00\" "),
        amount("\"1.00\"\t"),
        payment(1, "\"5\"\"\""),
        payment(1, "\"5\"\"\" pipe"),
        payment(1, "5\" pipe"),
        payment(1, "\"\""),
        payment(1, "\"\"x"),
    ];
    insta::assert_snapshot!(lines(&rows), @r#"
    bill.csv:2: a cell has text behind its closing quotation mark; a quotation mark inside a cell is written twice
    bill.csv:3: column `订单金额`: `1\"00` is no amount in yuan
    bill.csv:4: a cell has text behind its closing quotation mark; a quotation mark inside a cell is written twice
    5: 100 fen
    6: 100 fen
    7: 100 fen
    bill.csv:8: a cell has text behind its closing quotation mark; a quotation mark inside a cell is written twice
    9: 100 fen
    10: 100 fen
    bill.csv:11: a cell has text behind its closing quotation mark; a quotation mark inside a cell is written twice
    "#);
    let crlf = [payment(1, "\"a\""), payment(2, "\"a\"b")].concat().replace('\n', "\r\n");
    insta::assert_snapshot!(lines(&[crlf]), @r"
    2: 100 fen
    bill.csv:3: a cell has text behind its closing quotation mark; a quotation mark inside a cell is written twice
    ");
    let header = HEADER.replace("商品名称", "\"商品\"名称");
    insta::assert_snapshot!(outcome(format!("{header}\n{}", payment(1, "a")).as_bytes()), @"bill.csv:1: a cell has text behind its closing quotation mark; a quotation mark inside a cell is written twice");
}

/// Lines that are no rows may have it: a title, a comment, a summary.
#[test]
fn text_behind_a_closing_quotation_mark_of_another_line_is_passed_over() {
    let text = format!("\"账单\"明细\n{HEADER}\n#,\"a\"b\n{}合计,\"1\"笔\n", payment(1, "a"));
    let mapping = laid_out("{ comment: '#', ends_at: [合计] }");
    let rows = rows(&mapping.payments, text.as_bytes()).unwrap();
    assert_eq!(rows.into_iter().map(|row| row.unwrap().place.line).collect::<Vec<_>>(), [4]);
}

/// What of CSV's own characters may go wrong at a place.
#[derive(Debug, Clone)]
enum Slip {
    Insert(char),
    /// Removes the character there, or the next that is one of CSV's own.
    Remove,
    /// Ends the file.
    Cut,
}

fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        8 => prop::sample::select(vec!['"', ',', '\n', '\r', '\0']).prop_map(Slip::Insert),
        3 => Just(Slip::Remove),
        1 => Just(Slip::Cut),
    ]
}

fn apply(text: &mut String, slip: &Slip, at: usize) {
    match slip {
        Slip::Insert(character) => text.insert(at, *character),
        Slip::Cut => text.truncate(at),
        Slip::Remove => {
            let found = text[at..].find([',', '"', '\n', '\r']);
            if let Some(distance) = found {
                text.remove(at + distance);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens to CSV's own characters, all rows are read as they were, or there is an error.
    #[test]
    fn slips_lose_no_row_unseen(slips in prop::collection::vec((slip(), any::<prop::sample::Index>()), 1..4), crlf: bool) {
        let products = ["tea", "\"cup, large\"", "\"5\"\" pipe\"", "", "\"two\nlines\""];
        let rows = (1..).zip(products);
        let rows: String = rows.map(|(number, product)| whole_payment(number).trim_end().to_owned() + "," + product + "\n").collect();
        let mut text = format!("{HEADER}\n{rows}");
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        for (slip, at) in &slips {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            apply(&mut text, slip, *at.get(&places));
        }
        let is_cut = slips.iter().any(|(slip, _)| matches!(slip, Slip::Cut));
        let read = rows_of(&text);
        if let Some(amounts) = read {
            // What was cut off between two lines is not missed by anyone who sees the rest.
            prop_assert!(amounts == vec![100; 5] || (is_cut && amounts.iter().all(|fen| *fen == 100)), "{text}");
        }
    }
}

/// The amounts of all rows in fen, unless something is wrong.
fn rows_of(text: &str) -> Option<Vec<i64>> {
    let read: Result<Vec<_>, _> =
        rows(&example().payments, text.as_bytes()).ok()?.into_iter().collect();
    read.ok().map(|rows| rows.into_iter().map(|row| row.amount.0).collect())
}
