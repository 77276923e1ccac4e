//! The rules of the documents, checked before anything is sent: a value in, every violation out.
//!
//! [`Validate`] is derived; [`Violations`] is what it finds, each with its [`Path`] and [`Rule`]. A function of your own for
//! the rule `custom` is given a [`Report`]; [`Settings`] and [`Levels`] are what limits depend on that only the user knows.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use self::each::Each;
use crate::json_text::JsonText;
use crate::wire::Kinded;

// What comes out.
mod report;
mod rule;
mod figure;
mod condition;

// What goes in besides the value.
mod settings;

// What a rule can be put on, and the rules: one function each, which derived code calls. The test is inline, the failure
// out of line and not generic.
mod present;
mod text;
mod url;
#[cfg(feature = "pattern")]
mod pattern;
#[cfg(not(feature = "pattern"))]
#[path = "no_pattern.rs"]
mod pattern;
mod count;
mod number;
mod levels;
mod documented;
mod each;
mod wire_value;

pub use self::condition::{Condition, Literal, Test};
pub use self::figure::Figure;
pub use self::levels::Levels;
pub use self::report::{Path, Report, Segment, Violation, Violations};
pub use self::rule::{Rule, Unit, UnitName, UrlFault};
pub use self::settings::{Setting, Settings};

/// What the type of a field must be able to do for a rule to stand on it. For types of your own; derived code calls it.
///
/// The methods of these traits have names that text and lists have, too (`chars`, `keys`): import them one by one.
pub mod field {
    pub use super::Nested;
    pub use super::count::Count;
    pub use super::documented::Documented;
    pub use super::each::{Each, Keys};
    pub use super::number::{
        Number, UnitByCondition, Whole, excluded, included, unit_by_condition,
    };
    pub use super::pattern::{Pattern, PatternFeature};
    pub use super::present::{Given, Present};
    pub use super::text::{Measure, WireText};
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

impl<F: Validate, K: Validate> Validate for Kinded<F, K> {
    fn check(&self, report: &mut Report<'_>) {
        self.fields.check(report);
        self.kind.check(report);
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

/// A value that derives [`Validate`], or a list, set, map, option or JSON text of such values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no rules of its own",
    label = "nothing nested to check",
    note = "`nested` goes on what derives `apiscribe::Validate` or `apiscribe::WireText`, or on an `Option`, `Box`, `Rc`, \
            `Arc`, list, set, map or `JsonText` of it: derive one of them for the type inside, or leave `nested` out"
)]
pub trait Nested {
    /// Adds every violation of the rules inside.
    fn check_nested(&self, report: &mut Report<'_>);
}

#[diagnostic::do_not_recommend]
impl<T: Validate + ?Sized> Nested for T {
    #[inline]
    fn check_nested(&self, report: &mut Report<'_>) {
        self.check(report);
    }
}

impl<T: Nested> Nested for Option<T> {
    #[inline]
    fn check_nested(&self, report: &mut Report<'_>) {
        if let Some(value) = self {
            value.check_nested(report);
        }
    }
}

impl<T: Nested> Nested for JsonText<T> {
    #[inline]
    fn check_nested(&self, report: &mut Report<'_>) {
        self.0.check_nested(report);
    }
}

macro_rules! nested {
    ($(<$($parameter:ident $(: $bound:path)?),* $(; const $count:ident)?> $collection:ty;)*) => {$(
        impl<$($parameter $(: $bound)?,)* $(const $count: usize)?> Nested for $collection {
            #[inline]
            fn check_nested(&self, report: &mut Report<'_>) {
                self.each(report, |report, item| item.check_nested(report));
            }
        }
    )*};
}

nested! {
    <T: Nested> [T];
    <T: Nested> &[T];
    <T: Nested> Box<[T]>;
    <T: Nested> Rc<[T]>;
    <T: Nested> Arc<[T]>;
    <T: Nested; const N> [T; N];
    <T: Nested> Vec<T>;
    <T: Nested> VecDeque<T>;
    <T: Nested> BTreeSet<T>;
    <T: Nested, S> HashSet<T, S>;
    <K: AsRef<str>, V: Nested> BTreeMap<K, V>;
    <K: AsRef<str>, V: Nested, S> HashMap<K, V, S>;
}

#[doc(hidden)]
impl Report<'_> {
    #[inline]
    pub fn nested<T: Nested + ?Sized>(&mut self, field: &'static str, value: &T) {
        let mark = self.mark();
        value.check_nested(self);
        self.under(mark, || Segment::Field(field));
    }
}
