//! An amount that is limited to levels is one, and of their unit.

use crate::diagnostic::Diagnostics;
use crate::ir::Number;
use crate::model::{Level, Shape, Type};
use crate::source::Span;
use crate::spec::Money;

pub(super) fn check(diagnostics: &mut Diagnostics, shape: &Shape<'_>, level: &Level<'_>) {
    let times = level.spec.times.as_ref();
    let unit = match (&shape.ty, times) {
        (Type::Number(Number::Int), Some(_)) => {
            level.times.and_then(Result::ok).map(|setting| setting.spec.ty.value)
        }
        (Type::Number(Number::Fen), None) => Some(Money::Fen),
        (Type::Number(Number::Yuan), None) => Some(Money::Yuan),
        (Type::Number(Number::Diamonds), None) => Some(Money::Diamonds),
        (Type::Number(Number::Fen | Number::Yuan | Number::Diamonds), Some(times)) => {
            let message = format_args!("`{}` is an amount already, with no price", shape.written);
            diagnostics
                .error(times.span, "misplaced-limit", message)
                .help("remove `times`, or write `type: int` for a number of pieces");
            return;
        }
        _ => {
            let message = format_args!("`{}` is no amount that could be a level", shape.written);
            diagnostics
                .error(level.spec.of.span, "misplaced-limit", message)
                .help("a level is of `fen`, `yuan` or `diamonds`, or of an `int` with `times`");
            return;
        }
    };
    if let (Some(unit), Ok(levels)) = (unit, &level.levels) {
        check_units(diagnostics, level.spec.of.span, unit, levels.spec.unit.value);
    }
}

/// Fen and yuan go into one another exactly; diamonds into neither.
fn check_units(diagnostics: &mut Diagnostics, span: Span, unit: Money, levels: Money) {
    if (unit == Money::Diamonds) != (levels == Money::Diamonds) {
        let message =
            format_args!("an amount in {} cannot be a level in {}", unit.word(), levels.word());
        diagnostics
            .error(span, "bad-unit", message)
            .help("only `fen` and `yuan` go into one another");
    }
}
