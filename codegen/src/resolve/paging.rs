//! Which fields lead from one page to the next.

use crate::diagnostic::Diagnostics;
use crate::model::paging::{PageField, Paging, Turn};
use crate::model::{Domain, FieldId, FieldUse, Object, ObjectId, Reported, Resolved, Shape, Type};
use crate::source::{List, Located, is_set};
use crate::spec;

use super::Scope;
use super::fields::require_field;

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
            name.as_ref().map(|name| self.resolve_page_field(object, name))
        };
        Paging {
            span: spec.span,
            page: object,
            items: field(&names.items),
            response: response.cloned(),
            turn,
            more: field(&names.more),
            total: field(&names.total),
            pages: field(&names.pages),
        }
    }

    /// A field of a page. What a path leads to may be in a domain that has not been resolved.
    fn resolve_page_field(
        &mut self,
        page: Resolved<ObjectId>,
        name: &'a Located<String>,
    ) -> PageField<'a> {
        let is_path = page.is_ok_and(|page| is_path(self.arena.fields[page.0], name));
        let used = match is_path {
            true => FieldUse { name, field: Err(Reported) },
            false => self.resolve_use(page, name),
        };
        PageField { used, through: Vec::new() }
    }

    /// The object that a page is, if fields of it are named.
    fn require_page(
        &mut self,
        response: Option<&Shape<'a>>,
        spec: &'a Located<spec::Paging>,
    ) -> Resolved<ObjectId> {
        let spec::Paging { items, cursor, next_url, more, total, pages, .. } = &spec.value;
        let from = cursor.iter().filter_map(|cursor| cursor.from.as_ref()).chain(next_url);
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
        let spec::Paging { cursor, page_number, offset, link, next_url, .. } = &spec.value;
        let mut place =
            |name: &'a Located<String>| -> FieldUse<'a> { self.resolve_use(Ok(request), name) };
        match (cursor, page_number, offset, is_set(link), next_url) {
            (Some(cursor), None, None, false, None) => {
                let place = place(&cursor.place);
                self.resolve_cursor(page, cursor, place)
            }
            (None, Some(number), None, false, None) => {
                Turn::Number { place: place(&number.place), first: number.first.value }
            }
            (None, None, Some(offset), false, None) => Turn::Offset { place: place(&offset.place) },
            (None, None, None, true, None) => Turn::Link,
            (None, None, None, false, Some(from)) => {
                Turn::Url { from: self.resolve_page_field(page, from) }
            }
            _ => {
                let fields = [cursor.is_some(), page_number.is_some(), offset.is_some()];
                let given = fields.into_iter().chain([is_set(link), next_url.is_some()]);
                let given = given.filter(|given| *given).count();
                let message = format_args!("{given} ways lead to the next page");
                self.diagnostics.error(spec.span, "bad-paging", message).help(
                    "give one of `cursor`, `page_number`, `offset`, `link: true`, `next_url`",
                );
                Turn::Error
            }
        }
    }

    fn resolve_cursor(
        &mut self,
        page: Resolved<ObjectId>,
        cursor: &'a spec::CursorPaging,
        place: FieldUse<'a>,
    ) -> Turn<'a> {
        match (&cursor.from, &cursor.from_last) {
            (Some(from), None) => Turn::Cursor { place, from: self.resolve_page_field(page, from) },
            // What the items are may be in a domain that has not been resolved.
            (None, Some(name)) => {
                Turn::LastItem { place, from: FieldUse { name, field: Err(Reported) } }
            }
            (from, _) => {
                let given = if from.is_some() { "two fields give" } else { "nothing gives" };
                let message = format_args!("{given} the cursor that `{}` takes", cursor.place);
                self.diagnostics.error(cursor.place.span, "bad-paging", message).help(
                    "give `from`, a field of the response, or `from_last`, a field of its last item",
                );
                Turn::Error
            }
        }
    }
}

/// Whether it leads into objects, as `meta.next_cursor`: no field is called that.
fn is_path(fields: &List<spec::Field>, name: &Located<String>) -> bool {
    name.value.contains('.') && fields.iter().all(|field| field.name.value != name.value)
}

/// The fields of objects in pages, once the objects of all domains are known.
pub(super) fn resolve_page_paths<'a>(
    diagnostics: &mut Diagnostics,
    objects: &[Object<'a>],
    fields: &[&'a List<spec::Field>],
    domains: &mut [Domain<'a>],
) {
    for endpoint in domains.iter_mut().flat_map(|domain| &mut domain.endpoints) {
        let Some(paging) = &mut endpoint.paging else { continue };
        let Ok(page) = paging.page else { continue };
        let Paging { items, turn, more, total, pages, .. } = paging;
        let from = match turn {
            Turn::Cursor { from, .. } | Turn::Url { from } => Some(from),
            _ => None,
        };
        let all = items.iter_mut().chain(from).chain(more).chain(total).chain(pages);
        for field in all.filter(|field| is_path(fields[page.0], field.used.name)) {
            field.used.field = resolve_path(diagnostics, objects, fields, page, field);
        }
    }
}

/// What a path leads to; a step that leads nowhere is reported at its place.
fn resolve_path<'a>(
    diagnostics: &mut Diagnostics,
    objects: &[Object<'a>],
    fields: &[&'a List<spec::Field>],
    page: ObjectId,
    path: &mut PageField<'a>,
) -> Resolved<FieldId> {
    let name = path.used.name;
    let mut object = page;
    let mut end = 0;
    let mut steps = name.value.split('.').peekable();
    loop {
        let step = steps.next().ok_or(Reported)?;
        let span = diagnostics.stretch(name.span, &name.value, end, end + step.len());
        end += step.len() + 1;
        let step = Located { value: step.to_owned(), span };
        let id = require_field(diagnostics, fields[object.0], object, &step)?;
        if steps.peek().is_none() {
            return Ok(id);
        }
        let shape = &objects[object.0].fields[id.index].shape;
        let Some(inside) = shape.ty.object()? else {
            let message =
                format_args!("`{step}` is a `{}`, in which there are no fields", shape.written);
            diagnostics
                .error(span, "bad-paging", message)
                .help("a path leads through objects, as `meta.next_cursor`");
            return Err(Reported);
        };
        path.through.push(id);
        object = inside;
    }
}

/// The cursors that are fields of items, once the items of all domains are known.
pub(super) fn resolve_last_items<'a>(
    diagnostics: &mut Diagnostics,
    objects: &[Object<'a>],
    fields: &[&'a List<spec::Field>],
    domains: &mut [Domain<'a>],
) {
    for endpoint in domains.iter_mut().flat_map(|domain| &mut domain.endpoints) {
        let Some(Paging { items, response, turn, .. }) = &mut endpoint.paging else { continue };
        let Turn::LastItem { from, .. } = turn else { continue };
        let list = match items {
            Some(PageField {
                used: FieldUse { field: Ok(FieldId { object, index }), .. }, ..
            }) => Some(&objects[object.0].fields[*index].shape),
            Some(_) => None,
            None => response.as_ref(),
        };
        let Some(Type::List(of)) = list.map(|list| &list.ty) else { continue };
        from.field = match of.ty.object() {
            Ok(Some(item)) if !of.nullable => {
                require_field(diagnostics, fields[item.0], item, from.name)
            }
            Ok(_) => {
                let message =
                    format_args!("the items are not objects with a field `{}`", from.name);
                diagnostics
                    .error(from.name.span, "bad-paging", message)
                    .help("`from_last` is for a list whose items are objects, none of them `null`");
                Err(Reported)
            }
            Err(Reported) => Err(Reported),
        };
    }
}
