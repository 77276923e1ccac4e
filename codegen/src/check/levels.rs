//! An amount that is limited to levels is one, and of their unit.

use crate::diagnostic::Diagnostics;
use crate::ir::Integer;
use crate::model::{Item, Level, Model, Shape, Type};
use crate::source::Span;
use crate::spec::Unit;

pub(super) fn check(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    shape: &Shape<'_>,
    level: &Level<'_>,
) {
    let times = level.spec.times.as_ref();
    let unit = match (&shape.ty, times) {
        (Type::Number(Integer::Int), Some(setting)) => model.money.of_setting(setting.as_str()),
        (Type::Money(unit), None) if !unit.spec.is_either() => Some(*unit),
        (Type::Money(unit), Some(times)) if !unit.spec.is_either() => {
            let message = format_args!("`{}` is an amount already, with no price", shape.written);
            diagnostics
                .error(times.span, "misplaced-limit", message)
                .help("remove `times`, or write `type: int` for a number of pieces");
            return;
        }
        _ => {
            let message =
                format_args!("`{}` is not an amount, so it cannot be a level", shape.written);
            diagnostics
                .error(level.spec.of.span, "misplaced-limit", message)
                .help("a level is of a unit of money, or of an `int` with `times`");
            return;
        }
    };
    let levels = level.levels.ok().and_then(|levels| model.money.of_levels(levels.name.as_str()));
    if let (Some(unit), Some(levels)) = (unit, levels) {
        check_units(diagnostics, model, level.spec.of.span, [unit, levels]);
    }
}

/// Units that go into one another exactly.
fn check_units(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    span: Span,
    [unit, levels]: [Item<'_, Unit>; 2],
) {
    let is_single = !levels.spec.is_either();
    if is_single && !model.money.are_comparable(unit, levels) {
        let (unit, levels) = (unit.name, levels.name);
        diagnostics
            .error(
                span,
                "bad-unit",
                format_args!("an amount in {unit} cannot be a level in {levels}"),
            )
            .help("amounts are comparable where `worth` relates their units");
    }
}
