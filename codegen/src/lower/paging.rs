//! Which fields lead from one page to the next.

use super::objects::options_around;
use super::{Scope, lower_type, lower_use};
use crate::ir;
use crate::model::paging::{PageField, Paging, Turn};
use crate::model::{Shape, Type, sound};

pub(super) fn lower_paging(scope: &Scope<'_, '_>, paging: &Paging<'_>) -> ir::Paging {
    let field = |field: &Option<PageField<'_>>| field.as_ref().map(|it| lower_field(scope, it));
    let turn = lower_turn(scope, &paging.turn);
    let from = match &paging.turn {
        Turn::Cursor { from, .. } | Turn::Url { from } => Some(from),
        _ => None,
    };
    let reads = paging.items.iter().chain(from).chain(&paging.more).chain(&paging.total);
    ir::Paging {
        item: lower_type(scope, &item(scope, paging).ty),
        items: field(&paging.items),
        turn,
        more: field(&paging.more),
        total: field(&paging.total),
        pages: field(&paging.pages),
        reads: reads.chain(&paging.pages).map(|field| field.used.name.value.clone()).collect(),
    }
}

fn lower_field(scope: &Scope<'_, '_>, field: &PageField<'_>) -> Vec<ir::PageStep> {
    let through = field.through.iter().map(|id| ir::PageStep {
        field: scope.model[*id].rust.clone(),
        options: options_around(scope, *id),
    });
    let last = ir::PageStep { field: lower_use(scope, &field.used), options: 0 };
    through.chain([last]).collect()
}

fn lower_turn(scope: &Scope<'_, '_>, turn: &Turn<'_>) -> ir::Turn {
    match turn {
        Turn::Cursor { place, from } => {
            ir::Turn::Cursor { field: lower_use(scope, place), from: lower_field(scope, from) }
        }
        Turn::LastItem { place, from } => {
            ir::Turn::LastItem { field: lower_use(scope, place), from: lower_use(scope, from) }
        }
        Turn::Number { place, first } => {
            ir::Turn::Number { field: lower_use(scope, place), first: *first }
        }
        Turn::Offset { place } => ir::Turn::Offset { field: lower_use(scope, place) },
        Turn::Link => ir::Turn::Link,
        Turn::Url { from } => ir::Turn::Url { from: lower_field(scope, from) },
        Turn::Error => unreachable!("no way, or several, has been reported"),
    }
}

/// What the list is of.
fn item<'m, 'a>(scope: &'m Scope<'_, 'a>, paging: &'m Paging<'a>) -> &'m Shape<'a> {
    let list = match &paging.items {
        Some(items) => &scope.model[*sound(&items.used.field)].shape,
        None => paging.response.as_ref().expect("no response has been reported"),
    };
    match &list.ty {
        Type::List(of) => of,
        _ => unreachable!("what is no list has been reported"),
    }
}
