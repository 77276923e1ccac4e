//! Pages can be asked for one after the other, and the last one is known as such.

use crate::diagnostic::Diagnostics;
use crate::ir::Integer;
use crate::model::paging::{Paging, Turn};
use crate::model::{Endpoint, FieldUse, Model, Type};
use crate::source::is_set;
use crate::spec::Method;

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, endpoint: &Endpoint<'_>) {
    let Some(paging) = &endpoint.paging else { return };
    check_items(diagnostics, model, paging);
    match &paging.turn {
        Turn::Cursor { place, from } => check_cursor(diagnostics, model, [place, &from.used]),
        Turn::LastItem { place, from } => check_cursor(diagnostics, model, [place, from]),
        Turn::Number { place, first } => {
            check_field(diagnostics, model, place, "the number of a page is an `int`", is_int);
            if *first < 0 {
                let message = format_args!("no page has the number {first}");
                diagnostics
                    .error(paging.span, "bad-paging", message)
                    .help("give `first` the number of the first page, usually 0 or 1");
            }
        }
        Turn::Offset { place } => {
            check_field(diagnostics, model, place, "an offset is an `int`", is_int);
        }
        Turn::Url { from } => {
            let advice = "the address of the next page is a `string`";
            check_field(diagnostics, model, &from.used, advice, is_address);
        }
        Turn::Link | Turn::Error => {}
    }
    check_ends(diagnostics, model, paging);
    check_repeatable(diagnostics, endpoint, paging);
}

/// The field that takes a cursor, and the one that gives it.
fn check_cursor(diagnostics: &mut Diagnostics, model: &Model<'_>, fields: [&FieldUse<'_>; 2]) {
    for used in fields {
        check_field(diagnostics, model, used, "a cursor is a `string` or an `int`", is_cursor);
    }
}

fn is_cursor(ty: &Type<'_>) -> bool {
    ty.is_text() || is_int(ty)
}

fn is_address(ty: &Type<'_>) -> bool {
    ty.is_text() || matches!(ty, Type::Error)
}

fn is_int(ty: &Type<'_>) -> bool {
    matches!(ty, Type::Number(Integer::Int) | Type::Error)
}

fn is_flag(ty: &Type<'_>) -> bool {
    matches!(ty, Type::Bool) || is_int(ty)
}

fn check_field(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    used: &FieldUse<'_>,
    advice: &str,
    fits: impl Fn(&Type<'_>) -> bool,
) {
    let Ok(field) = used.field else { return };
    let shape = &model[field].shape;
    if !fits(&shape.ty) || is_set(shape.secret) {
        let secret = if is_set(shape.secret) { "secret " } else { "" };
        let message = format_args!("`{}` is a {secret}`{}`", used.name, shape.written);
        diagnostics.error(used.name.span, "bad-paging", message).help(advice);
    }
}

fn check_items(diagnostics: &mut Diagnostics, model: &Model<'_>, paging: &Paging<'_>) {
    if let Some(items) = &paging.items {
        let is_list = |ty: &Type<'_>| matches!(ty, Type::List(_) | Type::Error);
        return check_field(diagnostics, model, &items.used, "`items` names a `list`", is_list);
    }
    match &paging.response {
        Some(shape) if matches!(shape.ty, Type::List(_) | Type::Error) => {}
        _ => diagnostics
            .error(paging.span, "bad-paging", "the response is no list, so its items are not known")
            .help("add `items`, the name of the field of the response that is the list"),
    }
}

/// What says that a page is the last, of which each way has some.
fn check_ends(diagnostics: &mut Diagnostics, model: &Model<'_>, paging: &Paging<'_>) {
    let (allowed, advice): (&[&str], _) = match &paging.turn {
        Turn::Cursor { .. } => {
            (&["more"], "an empty cursor, or `more`, says which page is the last")
        }
        Turn::LastItem { .. } => {
            (&["more"], "`more` says which page is the last, or the last page is empty")
        }
        Turn::Number { .. } => (
            &["more", "total", "pages"],
            "give one of `more`, `total` and `pages`, or none: the last page is empty then",
        ),
        Turn::Offset { .. } => (
            &["more", "total"],
            "give one of `more` and `total`, or none: the last page is empty then",
        ),
        Turn::Link => (&[], "the last page has no link to a next one"),
        Turn::Url { .. } => (&[], "the last page has no address of a next one"),
        Turn::Error => return,
    };
    let ends = [("more", &paging.more), ("total", &paging.total), ("pages", &paging.pages)];
    let given = ends.into_iter().filter_map(|(key, field)| Some((key, &field.as_ref()?.used)));
    for (place, (key, used)) in given.enumerate() {
        if place > 0 || !allowed.contains(&key) {
            let message = format_args!("`{key}` has no say in which page is the last");
            diagnostics.error(used.name.span, "bad-paging", message).help(advice);
        } else if key == "more" {
            let advice = "`more` is a `bool`, or an `int` that is 0 on the last page";
            check_field(diagnostics, model, used, advice, is_flag);
        } else {
            check_field(diagnostics, model, used, "a count is an `int`", is_int);
        }
    }
}

/// Pages are asked for many times over.
fn check_repeatable(diagnostics: &mut Diagnostics, endpoint: &Endpoint<'_>, paging: &Paging<'_>) {
    let spec = endpoint.spec;
    let is_get = spec.method.value == Method::Get;
    if matches!(paging.turn, Turn::Link | Turn::Url { .. }) && !is_get {
        diagnostics
            .error(spec.method.span, "bad-paging", "a link is followed by GET")
            .help("write `method: GET`, or page by `cursor`, `page_number` or `offset`");
    } else if !is_get && !is_set(&spec.safe) {
        diagnostics
            .error(paging.span, "bad-paging", "pages are read, so the endpoint changes nothing")
            .help("add `safe: true` to the endpoint");
    }
}
