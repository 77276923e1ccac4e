//! Ranges of numbers of every type, with bounds that are written out or constants, and the unit that violations state.

use std::num::NonZero;
use std::sync::Arc;

use apiscribe::Validate;
use apiscribe::decimals::{DecimalNumber, DecimalText};
use apiscribe::time::{Millis, Seconds, UnixMillis, UnixSeconds};
use apiscribe::validate::{Figure, Rule, Unit, UnitName};
use generated_client::platform::{Amount, Diamonds, Fen, Yuan};
use insta::assert_snapshot;

use super::{complaints, rules};

const MOST: u64 = 10;
const MOST_FEN: Fen = Fen(500);
const MOST_BYTES: usize = 3;

#[derive(Default, Validate)]
struct Wide {
    #[validate(range(min = 1, max = 18446744073709551614))]
    u64: Option<u64>,
    #[validate(range(max = 5))]
    usize: Option<usize>,
    #[validate(range(min = -1, max = 1))]
    isize: Option<isize>,
    #[validate(range(min = -170141183460469231731687303715884105727, max = 5))]
    i128: Option<i128>,
    #[validate(range(min = 1, max = 340282366920938463463374607431768211454))]
    u128: Option<u128>,
    #[validate(range(min = 1, max = 3))]
    non_zero: Option<NonZero<u8>>,
    #[validate(range(max = 3))]
    shared: Option<Arc<u64>>,
}

#[test]
fn integers_of_every_width_have_a_range() {
    let ends = Wide {
        u64: Some(u64::MAX - 1),
        usize: Some(5),
        isize: Some(-1),
        i128: Some(i128::MIN + 1),
        u128: Some(u128::MAX - 1),
        non_zero: NonZero::new(3),
        shared: Some(Arc::new(3)),
    };
    assert_eq!(rules(&ends), []);
    assert_eq!(rules(&Wide::default()), [], "nothing is given");
    let beyond = Wide {
        u64: Some(u64::MAX),
        usize: Some(usize::MAX),
        isize: Some(-2),
        i128: Some(i128::MIN),
        u128: Some(u128::MAX),
        non_zero: NonZero::new(4),
        shared: Some(Arc::new(4)),
    };
    assert_snapshot!(complaints(&beyond), @r"
    u64: 18446744073709551615, at most 18446744073709551614 allowed
    usize: 18446744073709551615, at most 5 allowed
    isize: -2, at least -1 needed
    i128: -170141183460469231731687303715884105728, at least -170141183460469231731687303715884105727 needed
    u128: 340282366920938463463374607431768211455, at most 340282366920938463463374607431768211454 allowed
    non_zero: 4, at most 3 allowed
    shared: 4, at most 3 allowed
    ");
    let json = serde_json::to_value(beyond.validate().unwrap_err()).unwrap();
    let actual: Vec<String> =
        json.as_array().unwrap().iter().map(|row| row["actual"].to_string()).collect();
    assert_eq!(actual[0], "18446744073709551615", "a number, while JSON can have it in 64 bits");
    assert_eq!(actual[3], "\"-170141183460469231731687303715884105728\"", "text beyond");
    assert_eq!(actual[4], "\"340282366920938463463374607431768211455\"");
}

#[derive(Validate)]
struct Floats {
    #[validate(range(min = 0.0, max = 1.0))]
    rate: f64,
    #[validate(range(max = 0.1))]
    small: f32,
    #[validate(range(above = 0.0, below = 100.0))]
    percent: Option<f64>,
}

const FLOATS: Floats = Floats { rate: 0.5, small: 0.1, percent: None };

#[test]
fn floats_have_a_range_that_nan_is_never_in() {
    for rate in [0.0, -0.0, 1.0, f64::MIN_POSITIVE] {
        assert_eq!(rules(&Floats { rate, ..FLOATS }), [], "{rate}");
    }
    let beyond = Floats { rate: -f64::MIN_POSITIVE, small: 0.2, percent: Some(0.0) };
    assert_eq!(rules(&beyond).len(), 3);
    let beyond = Floats { rate: 1.5, small: 0.2, percent: Some(100.0) };
    assert_snapshot!(complaints(&beyond), @r"
    rate: 1.5, at most 1 allowed
    small: 0.2, at most 0.1 allowed
    percent: 100, less than 100 allowed
    ");
    let percent = |percent| Floats { percent: Some(percent), ..FLOATS };
    assert_eq!(rules(&percent(99.999)), []);
    assert_snapshot!(complaints(&percent(0.0)), @"percent: 0, more than 0 needed");
    for nan in [f64::NAN, -f64::NAN] {
        assert_eq!(rules(&Floats { rate: nan, ..FLOATS }), [Rule::NotANumber]);
        assert_eq!(rules(&percent(nan)), [Rule::NotANumber]);
    }
    let infinite = Floats { rate: f64::INFINITY, ..FLOATS }.validate().unwrap_err();
    let json = serde_json::to_value(infinite).unwrap();
    assert_eq!((&json[0]["limit"], &json[0]["actual"]), (&1.0.into(), &"inf".into()));
}

mod limits {
    pub(super) const LEAST: i64 = 2;
}

#[derive(Validate)]
struct Constants<const N: usize> {
    #[validate(range(min = limits::LEAST, max = i8::MAX))]
    number: i32,
    #[validate(range(max = MOST))]
    count: u64,
    #[validate(range(above = Self::NONE, max = MOST_FEN))]
    price: Fen,
    #[validate(bytes(max = MOST_BYTES), chars(min = 1, max = N))]
    text: String,
    #[validate(items(max = <Self as Few>::ITEMS))]
    items: Vec<u8>,
}

impl<const N: usize> Constants<N> {
    const NONE: i64 = 0;
}

trait Few {
    const ITEMS: usize;
}

impl<const N: usize> Few for Constants<N> {
    const ITEMS: usize = 1;
}

#[test]
fn a_constant_is_a_bound_and_may_have_the_unit_of_the_number() {
    let value = |number, count, price, text: &str, items| Constants::<2> {
        number,
        count,
        price: Fen(price),
        text: text.to_owned(),
        items: vec![0; items],
    };
    assert_eq!(rules(&value(2, 10, 500, "ab", 1)), []);
    assert_eq!(rules(&value(127, 0, 1, "a", 0)), []);
    assert_snapshot!(complaints(&value(128, 11, 0, "abcd", 2)), @r"
    number: 128, at most 127 allowed
    count: 11, at most 10 allowed
    price: 0 fen, more than 0 needed
    text: 4 bytes, at most 3 allowed
    text: 4 characters, at most 2 allowed
    items: 2 items, at most 1 allowed
    ");
    assert_snapshot!(complaints(&value(1, 0, 501, "", 0)), @r"
    number: 1, at least 2 needed
    price: 501 fen, at most 500 allowed
    text: 0 characters, at least 1 needed
    ");
}

#[derive(Validate)]
struct Units {
    #[validate(range(min = 2))]
    fen: Fen,
    #[validate(range(min = 2))]
    yuan: Option<Yuan>,
    #[validate(range(min = 2))]
    diamonds: Diamonds,
    #[validate(range(min = 2))]
    amount: Amount,
    #[validate(range(min = 2))]
    millis: Millis,
    #[validate(range(min = 2))]
    seconds: Box<Seconds>,
    #[validate(range(min = 2))]
    at_millis: UnixMillis,
    #[validate(range(min = 2))]
    at_seconds: UnixSeconds,
    #[validate(secret, range(min = 2))]
    hidden: Fen,
    #[validate(each(range(min = 2)))]
    list: Vec<Diamonds>,
    #[validate(range(min = 2))]
    bare: i64,
}

#[test]
fn violations_of_money_and_times_state_their_unit() {
    let ones = Units {
        fen: Fen(1),
        yuan: Some(Yuan(1)),
        diamonds: Diamonds(1),
        amount: Amount(1),
        millis: Millis(1),
        seconds: Box::new(Seconds(1)),
        at_millis: UnixMillis(1),
        at_seconds: UnixSeconds(1),
        hidden: Fen(1),
        list: vec![Diamonds(2), Diamonds(0)],
        bare: 1,
    };
    assert_snapshot!(complaints(&ones), @r"
    fen: 1 fen, at least 2 needed
    yuan: 1 yuan, at least 2 needed
    diamonds: 1 diamond, at least 2 needed
    amount: 1 fen or diamonds, at least 2 needed
    millis: 1 ms, at least 2 needed
    seconds: 1 s, at least 2 needed
    at_millis: 1 ms since 1970, at least 2 needed
    at_seconds: 1 s since 1970, at least 2 needed
    hidden: too small, at least 2 fen needed
    list[1]: 0 diamonds, at least 2 needed
    bare: 1, at least 2 needed
    ");
    let json = serde_json::to_value(ones.validate().unwrap_err()).unwrap();
    let units: Vec<Option<&str>> =
        json.as_array().unwrap().iter().map(|row| row["unit"].as_str()).collect();
    let names = ["fen", "yuan", "diamonds", "fen_or_diamonds", "ms", "s", "unix_ms", "unix_s"];
    let expected = names.iter().chain(["fen", "diamonds"].iter()).map(|name| Some(*name));
    assert_eq!(units, expected.chain([None]).collect::<Vec<_>>());
    assert_eq!((&json[0]["limit"], &json[0]["actual"]), (&2.into(), &1.into()));
}

#[derive(Clone, Copy)]
struct Grams(u64);

impl apiscribe::validate::field::Number for Grams {
    type Value = u64;
    const UNIT: Option<Unit> = Some(Unit::Other(&UnitName { one: "gram", many: "grams" }));

    fn number(&self) -> Option<u64> {
        Some(self.0)
    }
}

#[derive(Validate)]
struct Parcel {
    #[validate(range(min = 2), sum(parts.weight))]
    weight: Grams,
    parts: Vec<Part>,
}

struct Part {
    weight: Grams,
}

#[test]
fn a_hand_written_number_has_a_unit_of_its_own() {
    let parcel = |weight, weights: &[u64]| {
        let parts = weights.iter().map(|weight| Part { weight: Grams(*weight) });
        Parcel { weight: Grams(weight), parts: parts.collect() }
    };
    assert_eq!(rules(&parcel(u64::MAX, &[u64::MAX - 1, 1])), []);
    assert_snapshot!(complaints(&parcel(1, &[1, 2])), @r"
    weight: 1 gram, at least 2 needed
    weight: 1 gram, but parts[].weight adds up to 3
    ");
    let found = parcel(2, &[u64::MAX, 1]).validate().unwrap_err();
    assert_snapshot!(found, @"weight: 2 grams, but parts[].weight adds up to more than 64 bits hold");
    assert_eq!(serde_json::to_value(&found).unwrap()[0]["unit"], "grams");
}

#[test]
fn a_figure_is_the_number_whatever_type_it_had() {
    assert_eq!(Figure::from(7_u8), Figure::from(7_i128));
    assert_eq!(Figure::from(u64::MAX).as_i128(), Some(i128::from(u64::MAX)));
    assert_eq!(Figure::from(u128::MAX).as_i128(), None);
    assert_eq!((Figure::from(-7).as_i64(), Figure::from(0.5).as_i64()), (Some(-7), None));
    assert_eq!(Figure::from(0.1_f32).as_f64(), Some(0.1));
    assert_eq!(Figure::from(f64::NAN), Figure::from(f64::NAN));
    for number in [i128::MIN, i128::from(i64::MIN) - 1, i128::from(u64::MAX) + 1, i128::MAX] {
        assert_eq!(Figure::from(number).to_string(), number.to_string());
        assert_eq!(Figure::from(number).as_i128(), Some(number));
    }
    assert_eq!(Figure::from(u128::MAX).to_string(), u128::MAX.to_string());
}

#[derive(Validate)]
struct Quote {
    #[validate(range(above = "0", max = "999999999999999999.99"))]
    price: DecimalText,
    #[validate(range(min = "-0.5", below = "-0.25"))]
    change: Option<DecimalNumber>,
}

#[test]
fn decimals_are_compared_to_the_last_digit() {
    let quote = |price: &str, change: &str| Quote {
        price: price.parse().unwrap(),
        change: Some(change.parse().unwrap()),
    };
    assert_eq!(rules(&quote("0.0000000000000000000000000001", "-0.50")), []);
    assert_snapshot!(complaints(&quote("0.00", "-0.25")), @r"
    price: 0, more than 0 needed
    change: -0.25, less than -0.25 allowed
    ");
    let found = quote("999999999999999999.991", "-0.51").validate().unwrap_err();
    assert_snapshot!(found, @r"
    price: 999999999999999999.991, at most 999999999999999999.99 allowed
    change: -0.51, at least -0.5 needed
    ");
    let written = serde_json::to_value(&found).unwrap();
    assert_eq!(written[0]["limit"], "999999999999999999.99");
    assert_eq!(written[1]["actual"], "-0.51");
}
