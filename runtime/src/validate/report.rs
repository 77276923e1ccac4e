//! Where violations are collected. The path to a value is only put together once something is wrong with it.

use std::borrow::Cow;
use std::mem;

use super::Violations;
use super::path::{Path, Segment};
use super::rule::Rule;
use super::settings::Settings;
use super::violation::Violation;

/// The violations found so far, and the settings that rules need.
///
/// An implementation of [`Validate`](super::Validate) by hand adds what it finds with [`Report::add`].
#[derive(Debug)]
pub struct Report<'s> {
    found: Vec<Violation>,
    pub(super) settings: &'s Settings,
}

/// How many violations there were at some time; those after it belong to the value that was checked since.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Watermark(usize);

impl<'s> Report<'s> {
    #[inline]
    pub(super) const fn new(settings: &'s Settings) -> Self {
        Self { found: Vec::new(), settings }
    }

    /// The settings given to this check.
    pub const fn settings(&self) -> &'s Settings {
        self.settings
    }

    /// Adds a violation of the field `field`, by its name on the wire; `""` for the checked value as a whole.
    #[cold]
    pub fn add(&mut self, field: &'static str, rule: Rule) {
        self.push(field, rule);
    }

    /// Adds a violation of the checked value as a whole: of a rule of one's own, with a code for programs and a message
    /// for people.
    ///
    /// ```
    /// use apiscribe::Validate;
    /// use apiscribe::validate::{Report, Rule, Segment};
    ///
    /// fn is_even(number: &i64, report: &mut Report<'_>) {
    ///     if number % 2 != 0 {
    ///         report.refuse("odd", format!("{number} is odd"));
    ///     }
    /// }
    ///
    /// fn rises(period: &Period, report: &mut Report<'_>) {
    ///     if period.days[1] < period.days[0] {
    ///         report.within(Segment::Field("days"), |report| {
    ///             report.within(Segment::Index(1), |report| report.refuse("order", "before the first"));
    ///         });
    ///         report.add("", Rule::custom("order", "must rise"));
    ///     }
    /// }
    ///
    /// #[derive(Validate)]
    /// #[validate(custom(rises))]
    /// struct Period {
    ///     #[validate(each(custom(is_even)))]
    ///     days: [i64; 2],
    /// }
    ///
    /// let violations = Period { days: [4, 3] }.validate().unwrap_err();
    /// assert_eq!(violations.to_string(), "days[1]: 3 is odd\ndays[1]: before the first\nmust rise");
    /// assert_eq!(violations.iter().next().unwrap().rule.name(), "odd");
    /// ```
    #[cold]
    pub fn refuse(&mut self, code: &'static str, message: impl Into<Cow<'static, str>>) {
        self.push("", Rule::custom(code, message));
    }

    /// Puts all that `check` adds under `segment`: a field, an item of a list, or the value of a map.
    #[inline]
    pub fn within(&mut self, segment: Segment, check: impl FnOnce(&mut Self)) {
        let mark = self.mark();
        check(self);
        self.under(mark, || segment);
    }

    /// For what is out of line already.
    #[inline]
    pub(in crate::validate) fn push(&mut self, field: &'static str, rule: Rule) {
        if self.found.is_empty() {
            // To allocate costs less than to grow. What is replaced holds nothing that would have to be freed.
            mem::forget(mem::replace(&mut self.found, Vec::with_capacity(4)));
        }
        self.found.push(Violation::new(Path::to_field(field), rule));
    }

    #[inline]
    pub(super) fn finish(self) -> Result<(), Violations> {
        if self.found.is_empty() {
            // Has never held anything. To find that out again costs a fifth of a check.
            mem::forget(self.found);
            return Ok(());
        }
        Err(Violations::new(self.found))
    }

    #[doc(hidden)]
    #[inline]
    pub fn mark(&self) -> Watermark {
        Watermark(self.found.len())
    }

    /// Puts what was found since `mark` under `parent`, which is asked for only if there is something.
    #[inline]
    pub(super) fn under(&mut self, mark: Watermark, parent: impl FnOnce() -> Segment) {
        if self.found.len() > mark.0 {
            self.push_parent(mark, &parent());
        }
    }

    /// Takes what values say out of what was found since `mark`.
    #[doc(hidden)]
    #[inline]
    pub fn redact(&mut self, mark: Watermark) {
        if self.found.len() > mark.0 {
            self.redact_since(mark);
        }
    }

    /// An empty string that is required breaks one rule, not its lower limit as well.
    pub(in crate::validate) fn is_missing(&self, field: &'static str) -> bool {
        self.found.last() == Some(&Violation::new(Path::to_field(field), Rule::Required))
    }

    #[cold]
    fn push_parent(&mut self, mark: Watermark, parent: &Segment) {
        for violation in &mut self.found[mark.0..] {
            violation.path.push_parent(parent.clone());
        }
    }

    #[cold]
    fn redact_since(&mut self, mark: Watermark) {
        for violation in &mut self.found[mark.0..] {
            violation.path.redact();
            violation.rule.redact();
        }
    }
}
