//! Rows as they come out of files as they are.

use douyin_reconciliation::{
    Account, Charges, Direction, Mapping, Movement, RecordNumber, RefundTiming, RowPlace, State,
    TakeAway, TradeKind,
};
use encoding_rs::GBK;
use jiff::civil::date;

use super::files::*;
use generated_client::platform::Fen;

const PAYMENT: &str =
    "order-1,PAY1,4200001,支付成功,2026-03-31 23:40:00,2026-03-31 23:45:00,12.30,10.30,2.00\n";

#[test]
fn a_payment() {
    let row = good_rows(&example().payments, PAYMENTS, PAYMENT).remove(0);
    assert_eq!(row.place, RowPlace { file: 0, line: 2 });
    assert_eq!(
        row.kind,
        TradeKind::Payment(Some(TakeAway { goods: Fen(1030), delivery: Fen(200) }))
    );
    assert_eq!(row.state, State::Succeeded);
    assert_eq!((row.order_no.as_str(), row.platform_no.as_str()), ("order-1", "PAY1"));
    assert_eq!(row.started, date(2026, 3, 31).at(23, 40, 0, 0));
    assert_eq!(row.finished, Some(date(2026, 3, 31).at(23, 45, 0, 0)));
    assert_eq!(row.amount, Fen(1230));
}

#[test]
fn a_settlement_has_its_charges() {
    let line = "order-1,S1,c,分账成功,2026-03-01 10:00:00,2026-03-01 10:00:05,100.00,0.60,1.90,3,0.5,券1\n";
    let row = good_rows(&example().settlements, SETTLEMENTS, line).remove(0);
    let charges = Charges {
        software_fee_1: Fen(60),
        software_fee_2: Fen(190),
        commission: Fen(300),
        partners: Fen(50),
    };
    assert_eq!(row.kind, TradeKind::Settlement(charges));
    assert_eq!(row.item_no, Some(RecordNumber::from("券1")));
}

#[test]
fn fund_flow_has_a_direction_and_an_account() {
    let lines = "退款,R1,PR1,2026-03-01 10:00:00,2026-03-01 10:00:05,支出,\"1,000.10\",-0.10,可提现资金账户\n\
                 调账,,PA1,2026-03-01 10:00:00,2026-03-01 10:00:05,——,-5.00,,在途资金账户\n";
    let rows = good_rows(&example().funds, FUNDS, lines);
    assert_eq!((&rows[0].movement, &rows[0].account), (&Movement::Refund, &Account::Withdrawable));
    assert_eq!((rows[0].amount, rows[0].change()), (Fen(100_010), Fen(-100_010)));
    assert_eq!(rows[0].balance, Some(Fen(-10)));
    assert_eq!(
        (rows[1].direction, rows[1].amount, rows[1].balance),
        (Direction::Out, Fen(500), None)
    );
    assert!(rows[1].related_no.is_empty());
}

#[test]
fn unknown_words_are_kept_as_they_are() {
    let line = "order-1,R1,c,退款复核中,2026-03-01 10:00:00,,1.00,部分退款,\n";
    let row = good_rows(&example().refunds, REFUNDS, line).remove(0);
    assert_eq!(row.state, State::Other("退款复核中".into()));
    assert_eq!(row.kind, TradeKind::Refund(RefundTiming::Other("部分退款".into())));
    assert_eq!(row.finished, None);
}

/// What spreadsheets leave behind: a byte order mark, tabs and quotation marks around numbers, single digits and slashes
/// in times, rows of empty cells, lines that end with carriage return and line feed.
#[test]
fn the_habits_of_spreadsheets() {
    let text = format!(
        "\u{feff}{PAYMENTS}\r\n\
         \torder-1,`PAY1,=\"4200001\",支付成功,2026/3/1 9:05,2026/3/1 9:05:07,\t12.3 ,,\r\n\
         \r\n\
         ,,,,,,,,\r\n\
         'order-2,PAY2,\"\t4200002\",支付成功,2026-03-01 09:05:00,2026-03-01T09:05:07,7,,\r\n\
         ,,,,,,,,\r\n\r\n"
    );
    let rows = rows(&example().payments, text.as_bytes()).unwrap();
    let rows: Vec<_> = rows.into_iter().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].order_no.as_str(), rows[0].platform_no.as_str()), ("order-1", "PAY1"));
    assert_eq!((rows[0].channel_no.as_str(), rows[0].amount), ("4200001", Fen(1230)));
    assert_eq!(rows[0].started, date(2026, 3, 1).at(9, 5, 0, 0));
    assert_eq!((rows[1].place.line, rows[1].amount), (5, Fen(700)));
    assert_eq!(rows[1].finished, Some(date(2026, 3, 1).at(9, 5, 7, 0)));
}

#[test]
fn lines_are_counted_through_cells_with_line_feeds() {
    let text = format!("{PAYMENTS},备注\n{0},\"a\nb\"\n{0},c\n", PAYMENT.trim_end());
    let rows = rows(&example().payments, text.as_bytes()).unwrap();
    let lines: Vec<u32> = rows.into_iter().map(|row| row.unwrap().place.line).collect();
    assert_eq!(lines, [2, 4]);
}

#[test]
fn gbk_is_read_where_the_mapping_says_so() {
    let mapping = Mapping::from_yaml(&Mapping::EXAMPLE.replace("encoding: auto", "encoding: gbk"));
    let text = format!("{PAYMENTS}\n{PAYMENT}");
    let (bytes, _, _) = GBK.encode(&text);
    let rows = rows(&mapping.unwrap().payments, &*bytes).unwrap();
    assert_eq!(rows[0].as_ref().unwrap().state, State::Succeeded);
}

#[test]
fn long_numbers_are_kept_whole() {
    let long = "订".repeat(30);
    let row = good_rows(&example().payments, PAYMENTS, &PAYMENT.replace("order-1", &long));
    assert_eq!(row[0].order_no.as_str(), long);
}

#[test]
fn columns_may_be_in_any_order_and_more_than_are_mapped() {
    let turn = |line: &str| line.trim_end().rsplit(',').chain(["x"]).collect::<Vec<_>>().join(",");
    let row = good_rows(&example().payments, &turn(PAYMENTS), &turn(PAYMENT)).remove(0);
    assert_eq!((row.order_no.as_str(), row.amount), ("order-1", Fen(1230)));
}
