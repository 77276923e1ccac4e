//! Refuses rules that a text cannot have.

use crate::errors::Errors;
use crate::validate::{Rule, RuleKind, check_rules};

const OTHERS: &str = "expected `required`, `bytes`, `chars`, `utf16`, `pattern`, `url` or `custom`";

pub(crate) fn check(rules: &[Rule], errors: &mut Errors) {
    for rule in rules {
        if let Some(advice) = advice(rule) {
            errors.at(&rule.name, format_args!("`{}` is no rule of a text, {advice}", rule.name));
        }
    }
    check_rules(rules, errors);
}

/// What to write instead of a rule that is for other values.
fn advice(rule: &Rule) -> Option<&'static str> {
    match &rule.kind {
        RuleKind::Length(_) if rule.name == "items" => Some(OTHERS),
        RuleKind::Required
        | RuleKind::Length(_)
        | RuleKind::Pattern(_)
        | RuleKind::Url(_)
        | RuleKind::Custom(_) => None,
        RuleKind::Secret => Some("make it a newtype over `Secret<String>`"),
        RuleKind::RequiredIf(_) | RuleKind::ForbiddenIf(_) | RuleKind::SameAs(_) => {
            Some("write it on the fields of this type")
        }
        _ => Some(OTHERS),
    }
}
