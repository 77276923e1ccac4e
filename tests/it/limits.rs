//! What the client sends is held to each limit of each field: a value at the limit is taken, one beyond it is refused, and the field
//! is named.
//!
//! The trials are made of the ir by `tests/build/limits.rs`, so a limit that the documents change changes nothing here, nor does a new
//! field.

use apiscribe::Validate;
use apiscribe::validate::{Settings, Violations};
use generated_client::aweme_customer_service::{
    GoodType, OpenAwemeCustomerServiceOptions, OpenAwemeCustomerServiceOptionsRequired,
};
use generated_client::platform::{COIN_PRICE, Fen, PRICE_LEVELS};
use proptest::prelude::*;
use regex_lite::Regex;

type Checked = Result<(), Violations>;

/// Lowest and highest.
type Ends = (Option<i128>, Option<i128>);

/// One limit of one field.
struct Trial {
    /// Domain and struct.
    at: &'static str,
    /// Where a violation is.
    path: &'static str,
    case: Case,
}

enum Case {
    /// A text by its length in a unit, behind what it must begin with; some have a pattern, which letters suit.
    Length(&'static str, &'static str, bool, Ends, fn(String) -> Checked),
    /// The length of JSON text with these texts in it.
    JsonText(&'static str, Ends, fn(&[String]) -> Checked),
    /// The length of a file.
    Content(Ends, fn(usize) -> Checked),
    /// A number, or an amount of money.
    Range(Ends, fn(i64) -> Checked),
    /// So many items.
    Items(Ends, fn(usize) -> Checked),
    Pattern(&'static str, fn(String) -> Checked),
    /// A URL that begins with one of these schemes.
    Url(&'static [&'static str], fn(String) -> Checked),
    /// What must not be: an empty text, an undocumented value, a field that is missing or must be.
    Refused(fn() -> Checked),
}

include!(concat!(env!("OUT_DIR"), "/limits.rs"));

impl Trial {
    fn run(&self) {
        match self.case {
            Case::Length(unit, start, has_pattern, ends, check) => {
                // A letter is 1 byte, é 2, a Chinese character 3, an emoji 4; all are 1 character, an emoji is 2 units.
                let signs = if has_pattern { vec!['x'] } else { vec!['x', 'é', '中', '😀'] };
                for sign in signs {
                    self.hold(ends, |length| check(text_of(unit, start, length, sign)));
                }
            }
            Case::JsonText(unit, ends, check) => {
                self.hold(ends, |length| check(&self.texts_of(unit, length, check)));
            }
            Case::Content(ends, check) => {
                self.hold(ends, |length| check(length.try_into().unwrap()))
            }
            Case::Items(ends, check) => self.hold(ends, |count| check(count.try_into().unwrap())),
            Case::Range(ends, check) => {
                self.hold(ends, |number| check(number.try_into().unwrap()));
                let (min, max) = ends;
                min.iter().for_each(|_| self.refused(&check(i64::MIN), ""));
                max.iter().for_each(|_| self.refused(&check(i64::MAX), ""));
            }
            Case::Pattern(pattern, check) => {
                let whole = Regex::new(&format!("^(?:{pattern})$")).expect("a pattern");
                let (good, bad): (Vec<&str>, Vec<&str>) =
                    SUITING.iter().partition(|text| whole.is_match(text));
                assert!(
                    !good.is_empty() && !bad.is_empty(),
                    "{self}: no text of SUITING suits `{pattern}`, or all do: add one"
                );
                good.iter().for_each(|text| self.taken(&check((*text).to_owned())));
                bad.iter().for_each(|text| self.refused(&check((*text).to_owned()), ""));
            }
            Case::Url(schemes, check) => {
                for scheme in schemes {
                    self.taken(&check(format!("{scheme}://example.com/a")));
                    self.refused(&check(format!("{scheme}x://example.com/a")), scheme);
                }
                for url in ["//example.com", "example.com", "gopher://example.com/a"] {
                    self.refused(&check(url.to_owned()), schemes[0]);
                }
            }
            Case::Refused(check) => self.refused(&check(), ""),
        }
    }

    /// What is at an end is taken, what is one beyond it is refused by its name.
    fn hold(&self, (min, max): Ends, check: impl Fn(i128) -> Checked) {
        for end in [min, max].into_iter().flatten() {
            self.taken(&check(end));
        }
        // No text, list or file has less than nothing in it.
        if let Some(min) = min.filter(|min| *min > 0 || matches!(self.case, Case::Range(..))) {
            self.refused(&check(min - 1), &min.to_string());
        }
        if let Some(max) = max {
            self.refused(&check(max + 1), &max.to_string());
        }
    }

    /// Other fields may be at fault, as some need each other.
    fn taken(&self, checked: &Checked) {
        let found = checked.as_ref().err().map(|violations| self.of(violations));
        assert_eq!(found.unwrap_or_default(), [""; 0], "{self} at its limit");
    }

    fn refused(&self, checked: &Checked, limit: &str) {
        let violations = checked.as_ref().expect_err(&format!("{self} is beyond its limit"));
        let found = self.of(violations);
        assert!(!found.is_empty(), "{self} is not named: {violations}");
        assert!(found.iter().any(|text| text.contains(limit)), "{self}, {limit}: {violations}");
    }

    /// What is said of the field.
    fn of(&self, violations: &Violations) -> Vec<String> {
        let here = violations.iter().filter(|violation| violation.path.to_string() == self.path);
        here.map(ToString::to_string).collect()
    }

    /// Texts that make the JSON text that long. What stands around them is found by asking.
    fn texts_of(&self, unit: &str, length: i128, check: fn(&[String]) -> Checked) -> Vec<String> {
        let wanted = usize::try_from(length).unwrap();
        const MUCH: usize = 100_000;
        let around = |texts: &[String]| {
            let mut much = texts.to_vec();
            much.last_mut().expect("a text").push_str(&"x".repeat(MUCH));
            self.length_of(&check(&much)) - MUCH
        };
        let mut texts: Vec<String> = Vec::new();
        loop {
            texts.push(String::new());
            let room = wanted.checked_sub(around(&texts));
            let room = room.unwrap_or_else(|| panic!("{self}: {length} {unit} are too few"));
            if room <= 50 * texts.len() {
                let each = room / texts.len();
                let last = room - each * (texts.len() - 1);
                let count = texts.len();
                let of = |at| if at + 1 == count { "x".repeat(last) } else { "x".repeat(each) };
                return (0..count).map(of).collect();
            }
        }
    }

    /// How long a text is that is refused for its length.
    fn length_of(&self, checked: &Checked) -> usize {
        let found = self.of(checked.as_ref().expect_err("it is too long"));
        let digits = found[0].split(' ').nth(1).expect("a length");
        digits.parse().expect("a length")
    }
}

impl std::fmt::Display for Trial {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", self.path, self.at)
    }
}

/// Texts for the patterns of the spec: of each, one suits at least, and one does not.
const SUITING: &[&str] = &[
    "x",
    "pages/index",
    "pages/index?a=1",
    "2024-01-31",
    "2024-01",
    "20240131",
    "42",
    "",
    "/",
    " ",
    "中",
];

/// A text that long, of one sign as far as it goes.
fn text_of(unit: &str, start: &str, length: i128, sign: char) -> String {
    let room = usize::try_from(length).unwrap().saturating_sub(start.len());
    let size = match unit {
        "bytes" => sign.len_utf8(),
        "characters" => 1,
        _ => sign.len_utf16(),
    };
    start.to_owned() + &sign.to_string().repeat(room / size) + &"x".repeat(room % size)
}

#[test]
fn each_limit_is_kept_and_named() {
    TRIALS.iter().for_each(Trial::run);
}

/// The table is not empty by mistake.
#[test]
fn there_are_trials_of_every_kind() {
    let count = |is: fn(&Case) -> bool| TRIALS.iter().filter(|trial| is(&trial.case)).count();
    assert!(count(|case| matches!(case, Case::Length(..))) > 60);
    assert!(count(|case| matches!(case, Case::Refused(_))) > 60);
    assert!(count(|case| matches!(case, Case::Range(..))) > 8);
    assert!(count(|case| matches!(case, Case::Items(..))) > 4);
    assert!(count(|case| matches!(case, Case::JsonText(..))) > 1);
    assert!(count(|case| matches!(case, Case::Content(..))) > 0);
    assert!(count(|case| matches!(case, Case::Pattern(..))) > 1);
    assert!(count(|case| matches!(case, Case::Url(..))) > 3);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// A quantity of coins is right exactly if what it costs is one of the levels.
    #[test]
    fn coins_cost_one_of_the_levels(quantity in prop_oneof![-5..40_000_i64, any::<i64>()], price in 1..2_000_i64) {
        let mut options = OpenAwemeCustomerServiceOptions::new(OpenAwemeCustomerServiceOptionsRequired { custom_id: "c".into() });
        options.buy_quantity = Some(quantity);
        let settings = Settings::new().with(COIN_PRICE, Fen(price));
        let cost = quantity.checked_mul(price);
        let expected = PRICE_LEVELS.values.iter().any(|yuan| cost == Some(yuan * 100));
        prop_assert_eq!(options.validate_with(&settings).is_ok(), expected);
    }
}

#[test]
fn each_price_level_can_be_hit_and_missed_by_one() {
    for yuan in PRICE_LEVELS.values {
        let settings = Settings::new().with(COIN_PRICE, Fen(1));
        let check = |quantity| {
            let mut options =
                OpenAwemeCustomerServiceOptions::new(OpenAwemeCustomerServiceOptionsRequired {
                    custom_id: "c".into(),
                });
            options.buy_quantity = Some(quantity);
            options.validate_with(&settings).is_ok()
        };
        assert_eq!(
            [-1, 0, 1].map(|off| check(yuan * 100 + off)),
            [false, true, false],
            "{yuan} yuan"
        );
    }
}

/// All that the page says of coins and items, over every choice of what is given.
#[test]
fn an_item_needs_its_price_and_coins_their_quantity() {
    let settings = Settings::new().with(COIN_PRICE, Fen(10));
    for good_type in
        [None, Some(GoodType::DefaultCoins), Some(GoodType::Coins), Some(GoodType::Item)]
    {
        for (quantity, amount) in [(false, false), (false, true), (true, false), (true, true)] {
            let mut options =
                OpenAwemeCustomerServiceOptions::new(OpenAwemeCustomerServiceOptionsRequired {
                    custom_id: "c".into(),
                });
            options.buy_quantity = quantity.then_some(10);
            options.order_amount = amount.then_some(Fen(10));
            options.good_type = good_type.clone();
            let is_item = options.good_type == Some(GoodType::Item);
            let expected = if is_item { amount && !quantity } else { quantity };
            assert_eq!(options.validate_with(&settings).is_ok(), expected, "{options:?}");
        }
    }
}
