//! Which fields lead from one page to the next.

use crate::model::paging::{Paging, Turn};
use crate::model::{FieldUse, ObjectId, Reported, Resolved, Shape};
use crate::source::{Located, is_set};
use crate::spec;

use super::Scope;

impl<'a> Scope<'_, 'a> {
    pub(super) fn resolve_paging(
        &mut self,
        request: ObjectId,
        response: Option<&Shape<'a>>,
        spec: &'a Located<spec::Paging>,
    ) -> Paging<'a> {
        let names = &spec.value;
        let object = self.require_page(response, spec);
        let turn = self.resolve_turn(request, object, spec);
        let mut field = |name: &'a Option<Located<String>>| {
            name.as_ref().map(|name| self.resolve_use(object, name))
        };
        Paging {
            span: spec.span,
            items: field(&names.items),
            response: response.cloned(),
            turn,
            more: field(&names.more),
            total: field(&names.total),
            pages: field(&names.pages),
        }
    }

    /// The object that a page is, if fields of it are named.
    fn require_page(
        &mut self,
        response: Option<&Shape<'a>>,
        spec: &'a Located<spec::Paging>,
    ) -> Resolved<ObjectId> {
        let spec::Paging { items, cursor, more, total, pages, .. } = &spec.value;
        let from = cursor.iter().map(|cursor| &cursor.from);
        let named = items.iter().chain(more).chain(total).chain(pages).chain(from).next();
        let object = response.map_or(Ok(None), |shape| shape.ty.object())?;
        match (object, named) {
            (Some(object), _) => Ok(object),
            (None, None) => Err(Reported),
            (None, Some(name)) => {
                let message = format_args!("the response is no object with a field `{name}`");
                self.diagnostics.error(name.span, "bad-paging", message).help(
                    "add `response: { type: object, fields: […] }` with the list among its fields",
                );
                Err(Reported)
            }
        }
    }

    fn resolve_turn(
        &mut self,
        request: ObjectId,
        page: Resolved<ObjectId>,
        spec: &'a Located<spec::Paging>,
    ) -> Turn<'a> {
        let spec::Paging { cursor, page_number, offset, link, .. } = &spec.value;
        let mut place =
            |name: &'a Located<String>| -> FieldUse<'a> { self.resolve_use(Ok(request), name) };
        match (cursor, page_number, offset, is_set(link)) {
            (Some(cursor), None, None, false) => Turn::Cursor {
                place: place(&cursor.place),
                from: self.resolve_use(page, &cursor.from),
            },
            (None, Some(number), None, false) => {
                Turn::Number { place: place(&number.place), first: number.first.value }
            }
            (None, None, Some(offset), false) => Turn::Offset { place: place(&offset.place) },
            (None, None, None, true) => Turn::Link,
            _ => {
                let given =
                    [cursor.is_some(), page_number.is_some(), offset.is_some(), is_set(link)];
                let given = given.into_iter().filter(|given| *given).count();
                let message = format_args!("{given} ways lead to the next page");
                self.diagnostics
                    .error(spec.span, "bad-paging", message)
                    .help("give one of `cursor`, `page_number`, `offset`, `link: true`");
                Turn::Error
            }
        }
    }
}
