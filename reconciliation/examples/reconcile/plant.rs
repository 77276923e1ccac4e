//! Faults of every kind, put into a month that has none, and what is to be found of each.

use super::month::{APRIL, DAY, Kind, MARCH, Month, Trade};

/// What must be found: the kind of finding, and the number of its row.
pub(crate) type Expected = Vec<(&'static str, String)>;

/// Days of March on which faults are, so that none touches another.
fn day(number: i64) -> std::ops::Range<i64> {
    MARCH + number * DAY..MARCH + (number + 1) * DAY
}

/// What goes wrong while money is booked, before balances are computed.
pub(crate) fn plant_in_bookings(month: &mut Month) -> Expected {
    let mut expected = Expected::new();
    let mut expect = |kind, number: &str| expected.push((kind, number.to_owned()));

    let number = settled(month, 3);
    month.funds.retain(|row| row.number != number);
    expect("settlement not booked", &number);

    let number = settled(month, 4);
    change_booking(month, &number, 1);
    expect("settlement of another amount", &number);

    let number = taken_back(month, 5);
    change_booking(month, &number, -1);
    expect("return of another amount", &number);

    let time = MARCH + 6 * DAY;
    month.book("分账", "mots-NOBODY", (time, time), 4_200, false);
    expect("booked settlement without bill", "mots-NOBODY");

    let number = refunded(month, 7);
    month
        .funds
        .iter_mut()
        .filter(|row| row.number == number)
        .for_each(|row| row.is_in_transit = false);
    expect("refund from the wrong account", &number);

    let time = MARCH + 8 * DAY;
    month.refund("ORD-NOBODY", time, 1_500, false);
    expect("unknown order", &month.refunds[month.refunds.len() - 1].number);

    let order = settlement(month, 9).order.clone();
    let paid = month.payments.iter().find(|row| row.order == order).map_or(0, |row| row.amount);
    month.refund(&order, MARCH + 12 * DAY, paid + 100, true);
    expect("more refunded than paid", &order);

    let row = settlement_mut(month, 10);
    if let Kind::Settlement { fee_1, .. } = &mut row.kind {
        *fee_1 += 2;
    }
    let number = row.number.clone();
    month.fees.iter_mut().filter(|row| row.number == number).for_each(|row| row.change -= 2);
    expect("fee that is not the rate", &number);

    let number = settled(month, 11);
    month.fees.iter_mut().filter(|row| row.number == number).for_each(|row| row.change += 1);
    expect("fee of another amount", &number);

    let request = month.withdrawals[3].request.clone();
    month.funds.retain(|row| row.number != request);
    expect("withdrawal not booked", &request);

    expected
}

/// What goes wrong with the files, after that.
pub(crate) fn plant_in_files(month: &mut Month) -> Expected {
    let mut expected = Expected::new();
    let mut expect = |kind, number: &str| expected.push((kind, number.to_owned()));

    let at = booked(month, 13);
    expect("settlement not booked", &month.funds[at].number);
    month.funds.remove(at);
    expect("broken chain", &month.funds[next_balance(month, at)].number);

    let at = booked(month, 14);
    let again = month.funds[at].clone();
    expect("repeated", &again.number);
    expect("broken chain", &again.number);
    month.funds.insert(at + 1, again);

    let at = booked(month, 15);
    month.funds[at].balance += 100;
    expect("broken chain", &month.funds[at].number);
    expect("broken chain", &month.funds[next_balance(month, at + 1)].number);

    let again = settlement(month, 16).clone();
    expect("repeated", &again.number);
    month.settlements.push(again);

    let paid = |row: &&Trade| row.finished.is_some_and(|time| day(17).contains(&time));
    let again = month.payments.iter().find(paid).expect("a payment a day").clone();
    expect("repeated", &again.number);
    month.payments.push(again);

    let paid = |row: &&mut Trade| row.finished.is_some_and(|time| day(18).contains(&time));
    let payment = month.payments.iter_mut().find(paid).expect("a payment a day");
    payment.kind = Kind::Payment { goods: payment.amount + 1 };
    expect("parts of another amount", &payment.number);

    let at = month.fees.iter().position(|row| day(19).contains(&row.moved)).expect("fees a day");
    month.fees[at].balance -= 7;
    expect("broken chain", &month.fees[at].number);
    expect("broken chain", &month.fees[at + 1].number);

    month.rebates[2].days[2] = "2026-03-22";
    expect("rebate paid on the wrong day", month.rebates[2].number);
    month.rebates[3].days[1] = "2026-03-13";
    expect("rebate confirmed late", month.rebates[3].number);

    let (number, _) = month.deductions.remove(3);
    expect("forced refund not taken off", &number);
    month.deductions[5].1 += 1;
    expect("forced refund of another amount", &month.deductions[5].0);

    let mut closed = month.payments.iter_mut().filter(|row| row.finished.is_none());
    let row = closed.next().expect("a payment that was given up");
    row.amount = -1;
    expect("row that cannot be read", "");
    let row = closed.next().expect("another one");
    row.state = Some("风控拦截");

    expected
}

fn settlement_at(month: &Month, number: i64) -> usize {
    let is_done = |row: &Trade| row.finished.is_some_and(|time| day(number).contains(&time));
    let is_whole = |row: &Trade| row.item.is_empty() && row.amount > 1_000;
    let found = month.settlements.iter().position(|row| is_done(row) && is_whole(row));
    found.expect("a settlement a day")
}

fn settlement(month: &Month, number: i64) -> &Trade {
    &month.settlements[settlement_at(month, number)]
}

fn settlement_mut(month: &mut Month, number: i64) -> &mut Trade {
    let at = settlement_at(month, number);
    &mut month.settlements[at]
}

fn settled(month: &Month, number: i64) -> String {
    settlement(month, number).number.clone()
}

/// A refund before settlement.
fn refunded(month: &Month, number: i64) -> String {
    let fits = |row: &&Trade| {
        row.kind == Kind::Refund { is_after: false }
            && row.finished.is_some_and(|time| day(number).contains(&time))
    };
    month.refunds.iter().find(fits).expect("a refund a day").number.clone()
}

fn taken_back(month: &Month, number: i64) -> String {
    let fits = |row: &&Trade| row.finished.is_some_and(|time| day(number).contains(&time));
    month.returns.iter().find(fits).expect("a return a day").number.clone()
}

/// Books another amount: so much more in the way it goes.
fn change_booking(month: &mut Month, number: &str, by: i64) {
    month.funds.iter_mut().filter(|row| row.number == number).for_each(|row| row.change += by);
}

/// A settlement in fund flow.
fn booked(month: &Month, number: i64) -> usize {
    let fits = |row: &super::month::Fund| row.kind == "分账" && day(number).contains(&row.moved);
    debug_assert!(day(number).end < APRIL);
    month.funds.iter().position(fits).expect("a settlement a day")
}

/// The next row that has a balance.
fn next_balance(month: &Month, from: usize) -> usize {
    let rows = month.funds.iter().enumerate().skip(from);
    rows.filter(|(_, row)| !row.is_in_transit).map(|(at, _)| at).next().expect("more rows")
}
