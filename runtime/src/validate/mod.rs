//! The rules of the documents, checked before anything is sent: a value in, every violation out.
//!
//! [`Validate`] is derived; [`Violations`] is what it finds, each with its [`Path`] and [`Rule`]. A function of your own for
//! the rule `custom` is given a [`Report`]; [`Settings`] and [`Levels`] are what limits depend on that only the user knows.

use std::rc::Rc;
use std::sync::Arc;

// What comes out.
mod violation;
mod rule;
mod figure;
mod explain;
mod path;
mod condition;

// What goes in besides the value.
mod settings;
mod levels;

// What derived code calls.
mod report;
mod rules;
mod url;
#[cfg(feature = "pattern")]
mod pattern;
#[cfg(not(feature = "pattern"))]
#[path = "no_pattern.rs"]
mod pattern;

// What a rule can be put on.
mod present;
mod measure;
mod count;
mod number;
mod units;
mod text;
mod wire_value;
mod documented;
mod each;
mod nested;

pub use self::condition::{Condition, Literal, Test};
pub use self::figure::Figure;
pub use self::levels::Levels;
pub use self::path::{Path, Segment};
pub use self::report::Report;
pub use self::rule::{Rule, Unit, UnitName, UrlFault};
pub use self::settings::{Setting, Settings};
pub use self::violation::{Violation, Violations};

/// What the type of a field must be able to do for a rule to stand on it. For types of your own; derived code calls it.
///
/// The methods of these traits have names that text and lists have, too (`chars`, `count`): import them one by one.
pub mod field {
    pub use super::count::Count;
    pub use super::documented::Documented;
    pub use super::each::{Each, Keys};
    pub use super::measure::Measure;
    pub use super::nested::Nested;
    pub use super::number::{
        Number, UnitByCondition, Whole, excluded, included, unit_by_condition,
    };
    pub use super::pattern::{Pattern, PatternFeature};
    pub use super::present::Present;
    pub use super::text::WireText;
    pub use super::wire_value::{WireValue, equals_any};
}

/// A value that can be checked against the documents' rules. Derive it.
///
/// ```
/// use apiscribe::{Money, Validate, WireText};
///
/// #[derive(Clone, Copy, Money)]
/// #[money(name = "cents", one = "cent")]
/// struct Cents(i64);
///
/// #[derive(WireText)]
/// #[validate(chars(max = 32), pattern = "[0-9A-Za-z_-]*")]
/// struct OutOrderNo(String);
///
/// #[derive(Validate)]
/// #[validate(exactly_one_of(order, note))]
/// struct Refund {
///     #[validate(nested)]
///     #[wire(name = "outOrderNo")]
///     order: Option<OutOrderNo>,
///     #[validate(bytes(max = 12))]
///     note: Option<String>,
///     #[validate(range(min = 1))]
///     amount: Cents,
///     #[validate(required_if(amount == 0))]
///     reason: Option<String>,
/// }
///
/// let order = Some(OutOrderNo::from("order 7"));
/// let refund = Refund { order, note: Some("canceled €€".to_owned()), amount: Cents(0), reason: None };
/// let violations = refund.validate().unwrap_err();
/// assert_eq!(
///     violations.to_string(),
///     "outOrderNo: does not match `[0-9A-Za-z_-]*`\n\
///      note: 15 bytes, at most 12 allowed\n\
///      amount: 0 cents, at least 1 needed\n\
///      reason: required when amount is 0, but missing\n\
///      exactly one of outOrderNo and note must be given, not 2"
/// );
/// ```
///
/// All rules are in the documentation of the crate `apiscribe_macros`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no rules of its own",
    label = "not `Validate`",
    note = "write `#[derive(apiscribe::Validate)]` on `{Self}`, or `#[derive(apiscribe::WireText)]` if it is a newtype \
            over a string"
)]
pub trait Validate {
    /// Adds every violation to `report`. Called by `validate`, and by the values that hold this one.
    fn check(&self, report: &mut Report<'_>);

    /// Checks the value, where no rule needs a [`Setting`].
    ///
    /// # Errors
    ///
    /// Every violation, in the order of the fields and their rules. Where there is none nothing is allocated, but for
    /// the first use of a `pattern`, which compiles it.
    fn validate(&self) -> Result<(), Violations> {
        self.validate_with(Settings::NONE)
    }

    /// Checks the value; rules that need a [`Setting`] take it from `settings`.
    ///
    /// # Errors
    ///
    /// As [`Validate::validate`].
    fn validate_with(&self, settings: &Settings) -> Result<(), Violations> {
        validate(settings, |report| self.check(report))
    }
}

/// What `check` finds.
#[inline]
pub(crate) fn validate(
    settings: &Settings,
    check: impl FnOnce(&mut Report<'_>),
) -> Result<(), Violations> {
    let mut report = Report::new(settings);
    check(&mut report);
    report.finish()
}

impl Validate for () {
    fn check(&self, _: &mut Report<'_>) {}
}

macro_rules! pointer {
    ($($pointer:ty),*) => {$(
        impl<T: Validate + ?Sized> Validate for $pointer {
            fn check(&self, report: &mut Report<'_>) {
                (**self).check(report);
            }
        }
    )*};
}

pointer!(&T, Box<T>, Rc<T>, Arc<T>);
