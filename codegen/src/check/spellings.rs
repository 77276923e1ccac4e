//! Lists and objects where there are only pairs of a name and a text: in a query, in a form, in parts.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, Field, Model, ObjectId, Type};
use crate::source::Span;
use crate::spec::{self, BodyKind, Lists, Objects, Place};

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, endpoint: &Endpoint<'_>) {
    let fields = &model[endpoint.request].fields;
    let (in_pairs, others): (Vec<&Field<'_>>, Vec<&Field<'_>>) =
        fields.iter().partition(|field| is_in_pairs(endpoint.spec, field));
    let own = given(&endpoint.spec.lists, &endpoint.spec.objects);
    if let (Some(span), true, true) = (own, in_pairs.is_empty(), endpoint.spec.request.fields.whole)
    {
        report_misplaced(diagnostics, span, "no field goes into a query or a form");
    }
    for field in others {
        check_no_spelling(diagnostics, field.spec);
    }
    for field in in_pairs {
        check_field(diagnostics, model, endpoint.spec, field);
    }
}

/// Of a field that is not a pair of a name and a text.
pub(super) fn check_no_spelling(diagnostics: &mut Diagnostics, field: &spec::Field) {
    if let Some(span) = given(&field.lists, &field.objects) {
        report_misplaced(
            diagnostics,
            span,
            "`lists` and `objects` apply to queries and forms only",
        );
    }
}

type Given<T> = Option<crate::source::Located<T>>;

fn given(lists: &Given<Lists>, objects: &Given<Objects>) -> Option<Span> {
    let lists = lists.as_ref().map(|lists| lists.span);
    lists.or_else(|| objects.as_ref().map(|objects| objects.span))
}

fn report_misplaced(diagnostics: &mut Diagnostics, span: Span, message: &str) {
    diagnostics.error(span, "misplaced-key", message).help("remove it");
}

fn is_in_pairs(endpoint: &spec::Endpoint, field: &Field<'_>) -> bool {
    let body = endpoint.body.as_ref().map(|body| body.value);
    match field.spec.place() {
        Some(Place::Query) => true,
        None if !endpoint.method.value.has_body() => true,
        None | Some(Place::Body) => matches!(body, Some(BodyKind::Form | BodyKind::Multipart)),
        Some(Place::Path | Place::Header | Place::WholeBody) => false,
    }
}

fn check_field(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    endpoint: &spec::Endpoint,
    field: &Field<'_>,
) {
    let lists = field.spec.lists.as_ref().or(endpoint.lists.as_ref()).map(|lists| lists.value);
    let objects = field.spec.objects.as_ref().or(endpoint.objects.as_ref());
    let objects = objects.map(|objects| objects.value);
    let mut parts = Parts { objects, seen: BTreeSet::new(), needs: Needs::default() };
    parts.add(model, &field.shape.ty);
    let needs = parts.needs;
    let written = field.shape.written;
    let (message, help) = match () {
        () if is_one_pair(&field.shape.ty) => {
            if let Some(span) = given(&field.spec.lists, &field.spec.objects) {
                report_misplaced(diagnostics, span, "a single value needs no `lists` or `objects`");
            }
            return;
        }
        () if needs.anything => (
            format!(
                "`{written}` has parts of unknown structure, which cannot be written as name=value pairs"
            ),
            "write `json_text`, or `objects: json` for an object that it is in",
        ),
        () if needs.nulls => (
            format!("`{written}` may hold `null`, which has no spelling here"),
            "remove `nullable`, or write `json_text`",
        ),
        () if needs.objects && objects.is_none() => (
            format!("`objects` is missing: how `{written}` is written as name=value pairs"),
            "add `objects: brackets` (`a[b]=1`) or `objects: json`, to the field or the endpoint",
        ),
        () if needs.lists && lists.is_none() => (
            format!("`lists` is missing: how `{written}` is written as name=value pairs"),
            "add `lists: repeated` (`a=1&a=2`), `brackets` (`a[]=1`), `indices` (`a[0]=1`) or `commas` (`a=1,2`), \
             to the field or the endpoint",
        ),
        () if needs.json_items && lists == Some(Lists::Commas) => (
            format!("the items of `{written}` are JSON, so commas cannot separate them"),
            "write `lists: repeated`, or `objects: brackets`",
        ),
        () => return,
    };
    diagnostics.error(written.span, "bad-spelling", message).help(help);
}

/// A value that is one pair by itself; a function has been reported.
fn is_one_pair(ty: &Type<'_>) -> bool {
    ty.is_single() || matches!(ty, Type::JsonText(_) | Type::File | Type::Function)
}

/// What is inside a field, as far as it is spelled out.
struct Parts {
    objects: Option<Objects>,
    seen: BTreeSet<ObjectId>,
    needs: Needs,
}

/// What must be said of a field before it can be written.
#[derive(Default)]
struct Needs {
    lists: bool,
    objects: bool,
    /// Items of a list are JSON.
    json_items: bool,
    /// It holds any JSON.
    anything: bool,
    /// Items of a list or values of a map may be `null`.
    nulls: bool,
}

impl Parts {
    fn add(&mut self, model: &Model<'_>, ty: &Type<'_>) {
        let is_spelled_out = self.objects == Some(Objects::Brackets);
        self.needs.nulls |= ty.element().is_some_and(|of| of.nullable);
        match ty {
            Type::List(of) if is_one_pair(&of.ty) => self.needs.lists = true,
            Type::List(of) => {
                self.needs.objects = true;
                self.needs.lists |= !is_spelled_out;
                self.needs.json_items |= !is_spelled_out;
                self.add_inner(model, &of.ty);
            }
            Type::Map(of) => {
                self.needs.objects = true;
                self.add_inner(model, &of.ty);
            }
            Type::Object(object) => {
                self.needs.objects = true;
                if self.seen.insert(*object) {
                    let parts = model[*object].parts();
                    parts.for_each(|shape| self.add_inner(model, &shape.ty));
                }
            }
            Type::Union(union) => {
                self.needs.objects = true;
                let union = &model[*union];
                let common = union.fields.iter().flat_map(|object| model[*object].parts());
                common.for_each(|shape| self.add_inner(model, &shape.ty));
                let variants = union.variants.iter();
                let contents = variants.filter_map(|variant| variant.content.as_ref());
                contents.for_each(|content| self.add_inner(model, &content.ty));
            }
            Type::Json => self.needs.anything = true,
            _ => {}
        }
    }

    /// What is inside an object that is JSON is JSON as well.
    fn add_inner(&mut self, model: &Model<'_>, ty: &Type<'_>) {
        if self.objects == Some(Objects::Brackets) {
            self.add(model, ty);
        }
    }
}
