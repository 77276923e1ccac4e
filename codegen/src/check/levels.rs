//! An amount that is limited to levels is one, and of their unit.

use crate::builtin::Builtin;
use crate::diagnostic::Diagnostics;
use crate::source::Span;
use crate::spec::{MoneyUnit, Shape};

use super::Scope;

pub(super) fn check(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    shape: &Shape,
    builtin: Option<Builtin>,
) {
    let Some(level) = &shape.level else { return };
    let levels = scope.symbols.levels.require(diagnostics, &level.of);
    let times = level.times.as_ref();
    let setting = times.and_then(|times| scope.symbols.settings.require(diagnostics, times));
    let unit = match (builtin, times) {
        (Some(Builtin::Int), Some(_)) => setting.map(|setting| setting.ty.value),
        (Some(Builtin::Fen), None) => Some(MoneyUnit::Fen),
        (Some(Builtin::Yuan), None) => Some(MoneyUnit::Yuan),
        (Some(Builtin::Diamonds), None) => Some(MoneyUnit::Diamonds),
        (Some(Builtin::Fen | Builtin::Yuan | Builtin::Diamonds), Some(times)) => {
            let message = format_args!("`{}` is an amount already, with no price", shape.ty);
            diagnostics
                .error(times.span, "misplaced-limit", message)
                .help("remove `times`, or write `type: int` for a number of pieces");
            return;
        }
        _ => {
            let message = format_args!("`{}` is no amount that could be a level", shape.ty);
            diagnostics
                .error(level.of.span, "misplaced-limit", message)
                .help("a level is of `fen`, `yuan` or `diamonds`, or of an `int` with `times`");
            return;
        }
    };
    if let (Some(unit), Some(levels)) = (unit, levels) {
        check_units(diagnostics, level.of.span, unit, levels.unit.value);
    }
}

/// Fen and yuan go into one another exactly; diamonds into neither.
fn check_units(diagnostics: &mut Diagnostics, span: Span, unit: MoneyUnit, levels: MoneyUnit) {
    if (unit == MoneyUnit::Diamonds) != (levels == MoneyUnit::Diamonds) {
        let message =
            format_args!("an amount in {} cannot be a level in {}", unit.word(), levels.word());
        diagnostics
            .error(span, "bad-unit", message)
            .help("only `fen` and `yuan` go into one another");
    }
}
