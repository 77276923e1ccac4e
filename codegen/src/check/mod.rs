//! The rules that a well-formed spec must still obey. One module per subject, one function per rule. Goes from the whole to a
//! single shape: types stand where they can, and carry only limits that they have and that are possible.

mod provenance;
mod platform;
mod envelopes;
mod addresses;
mod money;
mod schemes;
mod callback_schemes;
mod callback_envelopes;
mod names;
mod formerly;
mod levels;
mod presence;
mod essentials;
mod pattern;
mod cycles;
mod values;
mod defaults;
mod constants;
mod conditions;
mod ranges;
mod across;
mod groups;
mod rest;
mod unions;
mod enums;
mod errors;
mod codes;
mod choices;
mod details;
mod endpoints;
mod paths;
mod given_urls;
mod bodies;
mod responses;
mod whole_bodies;
mod headers;
mod spellings;
mod token_places;
mod rates;
mod tokens;
mod paging;
mod callbacks;
mod callback_forms;
mod delivery;
mod apis;
mod lifecycle;
mod rules;

use crate::diagnostic::Diagnostics;
use crate::ir::Measure;
use crate::model::{Domain, Endpoint, FieldUse, Limit, Model, Object, Role, Shape, Type};
use crate::source::{Located, Span};
use crate::spec::{self, BodyKind, Limits};

pub(crate) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>) {
    provenance::check(diagnostics, model);
    for file in model.files {
        platform::check_file(diagnostics, file);
    }
    money::check(diagnostics, model.files, &model.money);
    schemes::check(diagnostics, model);
    callback_schemes::check(diagnostics, model);
    callback_envelopes::check(diagnostics, model);
    details::check(diagnostics, model);
    names::check_shared(diagnostics, model);
    endpoints::check_names(diagnostics, model);
    callbacks::check_events(diagnostics, model);
    cycles::check(diagnostics, model);
    essentials::check(diagnostics, model);
    for domain in &model.domains {
        check_domain(diagnostics, &Scope { model, domain });
    }
}

/// One domain and all that its names lead to.
struct Scope<'m, 'a> {
    model: &'m Model<'a>,
    domain: &'m Domain<'a>,
}

impl<'m, 'a> Scope<'m, 'a> {
    fn objects(&self) -> impl Iterator<Item = &'m Object<'a>> {
        self.domain.objects.iter().map(|id| &self.model[*id])
    }
}

fn check_domain(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    names::check(diagnostics, scope);
    check_shapes(diagnostics, scope);
    unions::check(diagnostics, scope);
    enums::check(diagnostics, scope.domain);
    errors::check(diagnostics, scope.domain);
    choices::check(diagnostics, scope.domain);
    endpoints::check(diagnostics, scope);
    callbacks::check(diagnostics, scope);
    apis::check(diagnostics, scope);
    lifecycle::check(diagnostics, scope);
    formerly::check(diagnostics, scope);
    rules::check(diagnostics, scope);
    let model = scope.model;
    for object in scope.objects() {
        for field in &object.fields {
            defaults::check(diagnostics, model, field);
            constants::check(diagnostics, model, field);
            conditions::check(diagnostics, model, field);
            ranges::check(diagnostics, model, field);
            across::check(diagnostics, model, field);
        }
        groups::check(diagnostics, model, object);
        rest::check(diagnostics, object);
    }
}

fn check_shapes(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    for id in &scope.domain.types {
        check_shape(diagnostics, scope, &scope.model[*id].shape, Special::None);
    }
    for object in scope.objects() {
        let special = match object.role {
            Role::Options(_) => Special::Function,
            Role::Request(endpoint) if has_files(endpoint.spec) => Special::File,
            _ => Special::None,
        };
        for field in &object.fields {
            check_shape(diagnostics, scope, &field.shape, special);
            presence::check(diagnostics, field.spec);
        }
        if let Some(rest) = &object.rest {
            check_shape(diagnostics, scope, &rest.of, Special::None);
            check_named_secret(diagnostics, &rest.of);
            if let Some(items) = &rest.spec.items {
                check_items(diagnostics, items);
            }
        }
    }
    let responses = scope.domain.endpoints.iter().flat_map(Endpoint::response_shapes);
    let responses = responses.map(|shape| (shape, Special::Body));
    let contents = scope.domain.callbacks.iter().map(|item| (&item.content, Special::None));
    for (shape, special) in responses.chain(contents) {
        check_shape(diagnostics, scope, shape, special);
        check_answer(diagnostics, shape);
    }
}

fn has_files(endpoint: &spec::Endpoint) -> bool {
    let kind = endpoint.body.as_ref().map(|body| body.value);
    matches!(kind, Some(BodyKind::Multipart | BodyKind::Binary))
}

/// A type that can stand in one place and hardly anywhere else.
#[derive(Clone, Copy, PartialEq)]
enum Special {
    None,
    Function,
    File,
    /// What is a whole body.
    Body,
}

/// Checks one shape and those inside it; the fields of an object are checked with the object. `special` is what can stand
/// here.
fn check_shape(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_, '_>,
    shape: &Shape<'_>,
    special: Special,
) {
    if let Some(inner) = shape.ty.element() {
        check_shape(diagnostics, scope, inner, Special::None);
        check_named_secret(diagnostics, inner);
    }
    if matches!(shape.ty, Type::Error) {
        return;
    }
    check_special(diagnostics, shape, special);
    check_json_text(diagnostics, shape);
    check_secret(diagnostics, shape);
    check_limits(diagnostics, scope.model, shape);
    for limit in &shape.limits {
        if let Limit::Level(level) = limit {
            levels::check(diagnostics, scope.model, shape, level);
        }
    }
}

/// A function or a file does not stand where neither can.
fn check_special(diagnostics: &mut Diagnostics, shape: &Shape<'_>, special: Special) {
    let (message, help) = match shape.ty {
        Type::Function if special != Special::Function => (
            "a function can only be an option of a JS API",
            "use another type, or remove the field",
        ),
        Type::File if special != Special::File => (
            "a file can only be a field of a multipart request",
            "write `body: multipart` on the endpoint, `body: binary` for a file that is the body, or use another type",
        ),
        Type::PlainText if special != Special::Body => {
            ("only a whole response can be `text`", "write `string` for text inside JSON")
        }
        Type::Binary if special != Special::Body => (
            "only a whole response can be `binary`",
            "no JSON holds bytes: write `string` for text that encodes them, `file` in a multipart request",
        ),
        _ => return,
    };
    diagnostics.error(shape.written.span, "bad-type", message).help(help);
}

/// What is inside JSON text has a structure; a single value in it would be text of its own, with limits of its own.
fn check_json_text(diagnostics: &mut Diagnostics, shape: &Shape<'_>) {
    let Type::JsonText(inner) = &shape.ty else { return };
    let is_single = inner.ty.is_single() || matches!(inner.ty, Type::JsonText(_));
    if is_single && !matches!(inner.ty, Type::Error) {
        let message = format_args!("`{}` inside JSON text", inner.written);
        diagnostics
            .error(inner.written.span, "bad-type", message)
            .help("JSON text holds an `object`, a `list`, a `map` or any `json`");
    }
}

fn check_secret(diagnostics: &mut Diagnostics, shape: &Shape<'_>) {
    if let Some(secret) = shape.secret
        && !matches!(shape.ty, Type::String)
    {
        diagnostics
            .error(
                secret.span,
                "misplaced-key",
                format_args!("`{}` cannot be secret", shape.written),
            )
            .help("only a `string` can; a named string is secret where it is defined");
    }
}

/// Only a field and a type can be told to be secret: there they become types that nothing shows.
fn check_named_secret(diagnostics: &mut Diagnostics, shape: &Shape<'_>) {
    if let Some(secret) = shape.secret.as_ref().filter(|_| matches!(shape.ty, Type::String)) {
        diagnostics
            .error(secret.span, "misplaced-key", "a secret string that has no name")
            .help("define it in `types` with `secret: true`, and write its name here");
    }
}

/// What is read is not checked, and nobody would see a limit of what is not a field.
fn check_answer(diagnostics: &mut Diagnostics, shape: &Shape<'_>) {
    if let Some(span) = first_limit(shape) {
        diagnostics
            .error(span, "misplaced-limit", "an answer is not checked, so it has no limits")
            .help("say it in a note of the item");
    }
    check_named_secret(diagnostics, shape);
    if let Some(inner) = shape.ty.element() {
        check_answer(diagnostics, inner);
    }
}

fn check_limits(diagnostics: &mut Diagnostics, model: &Model<'_>, shape: &Shape<'_>) {
    for limit in &shape.limits {
        match limit {
            Limit::Bounds { of, bounds } => {
                check_bounds(diagnostics, model, shape, *of, bounds);
            }
            Limit::Range(range) => ranges::check_range(diagnostics, model, shape, range),
            Limit::Pattern(text) => pattern::check_pattern(diagnostics, model, shape, text),
            Limit::Url(schemes) => pattern::check_url(diagnostics, model, shape, schemes),
            Limit::Level(_) => {}
        }
    }
    if matches!(shape.ty, Type::String | Type::JsonText(_)) {
        check_across(diagnostics, shape);
    }
}

/// Where the first limit of a shape stands, if it has one.
fn first_limit(shape: &Shape<'_>) -> Option<Span> {
    let spans = shape.limits.iter().map(|limit| match limit {
        Limit::Bounds { bounds, .. } => bounds.span,
        Limit::Range(range) => range.span,
        Limit::Pattern(pattern) => pattern.span,
        Limit::Url(schemes) => schemes[0].span,
        Limit::Level(level) => level.spec.of.span,
    });
    spans.min()
}

/// Whether a type has what is limited.
fn has(ty: &Type<'_>, measure: Measure) -> bool {
    let is_text = matches!(ty, Type::String | Type::JsonText(_));
    match measure {
        Measure::Bytes => is_text || matches!(ty, Type::File),
        Measure::Chars | Measure::Utf16 => is_text,
        Measure::Items => matches!(ty, Type::List(_) | Type::Map(_)),
        Measure::Range => ty.is_number(),
    }
}

/// Bounds of a length, or of a number of items.
fn check_bounds(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    shape: &Shape<'_>,
    measure: Measure,
    Located { value: limits, span }: &Located<Limits>,
) {
    let key = measure.word();
    let bounds = [limits.min.as_ref(), limits.max.as_ref()];
    let Some(first) = bounds.into_iter().flatten().next() else {
        return report_empty(diagnostics, key, *span);
    };
    if matches!(shape.ty, Type::Error) {
        return;
    }
    if !has(&shape.ty, measure) {
        let help = match measure {
            Measure::Range => ranges::OF_NUMBERS,
            Measure::Items => "a `list` or `map` has `items`",
            Measure::Bytes => "a `string`, `json_text` or `file` has `bytes`",
            Measure::Chars | Measure::Utf16 => "a `string` or `json_text` has `chars` and `utf16`",
        };
        return misplaced(diagnostics, model, shape, key, first.span, help);
    }
    check_ends(diagnostics, key, limits);
}

/// How many keys an object may have that no field has.
fn check_items(diagnostics: &mut Diagnostics, Located { value: limits, span }: &Located<Limits>) {
    let key = Measure::Items.word();
    match (&limits.min, &limits.max) {
        (None, None) => report_empty(diagnostics, key, *span),
        _ => check_ends(diagnostics, key, limits),
    }
}

fn report_empty(diagnostics: &mut Diagnostics, key: &str, span: Span) {
    diagnostics
        .error(span, "empty-limit", format_args!("`{key}` limits nothing"))
        .help(format_args!("write `{key}: {{ max: 64 }}`, or remove it"));
}

fn check_ends(diagnostics: &mut Diagnostics, key: &str, limits: &Limits) {
    let bounds = [limits.min.as_ref(), limits.max.as_ref()];
    for bound in bounds.into_iter().flatten().filter(|bound| bound.value < 0) {
        let message = format_args!("`{key}` cannot be {bound}");
        diagnostics
            .error(bound.span, "bad-limit", message)
            .help(format_args!("a bound of `{key}` is 0 or more"));
    }
    if let (Some(min), Some(max)) = (&limits.min, &limits.max)
        && min.value > max.value
    {
        let message = format_args!("the lowest `{key}` {min} is above the highest {max}");
        diagnostics.error(min.span, "bad-limit", message).help("swap the two, or correct one");
    }
}

/// How few of the second unit the text may have, at the least, for one of the first: a character is 1 to 4 bytes and
/// 1 or 2 UTF-16 units, a unit 1 to 3 bytes.
const UNITS: &[(Measure, Measure, i64)] = &[
    (Measure::Chars, Measure::Bytes, 1),
    (Measure::Chars, Measure::Utf16, 1),
    (Measure::Utf16, Measure::Bytes, 1),
    (Measure::Utf16, Measure::Chars, 2),
    (Measure::Bytes, Measure::Chars, 4),
    (Measure::Bytes, Measure::Utf16, 3),
];

/// A text of the lowest length in one unit fits into the highest length in another.
fn check_across(diagnostics: &mut Diagnostics, shape: &Shape<'_>) {
    for (unit, other, share) in UNITS {
        let min = shape.bounds(*unit).and_then(|limits| limits.min.as_ref());
        let max = shape.bounds(*other).and_then(|limits| limits.max.as_ref());
        if let (Some(min), Some(max)) = (min, max)
            && max.value >= 0
            && min.value / share + i64::from(min.value % share > 0) > max.value
        {
            let (unit, other) = (unit.word(), other.word());
            let message = format_args!("{min} `{unit}` do not fit into {max} `{other}`");
            diagnostics.error(min.span, "bad-limit", message).help("correct one of the two");
        }
    }
}

fn misplaced(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    shape: &Shape<'_>,
    key: &str,
    span: Span,
    help: &str,
) {
    let is_named = match shape.ty {
        Type::Text(_) | Type::Enum(_) | Type::Union(_) => true,
        Type::Object(object) => matches!(model[object].role, Role::Type),
        _ => false,
    };
    let help = if is_named { "limits of a named type stand where it is defined" } else { help };
    let message = format_args!("`{}` has no `{key}`", shape.written);
    diagnostics.error(span, "misplaced-limit", message).help(help);
}

/// Each field that a list names, once; a name that is given twice is reported.
fn each_once<'u, 'a>(
    diagnostics: &mut Diagnostics,
    uses: &'u [FieldUse<'a>],
    code: &'static str,
    help: &str,
) -> Vec<&'u FieldUse<'a>> {
    let mut once: Vec<&FieldUse<'a>> = Vec::new();
    for used in uses {
        let name = used.name;
        if once.iter().any(|earlier| earlier.name.value == name.value) {
            diagnostics.error(name.span, code, format_args!("`{name}` is given twice")).help(help);
        } else {
            once.push(used);
        }
    }
    once
}

/// A number of things or seconds, of which there is one at least.
fn check_positive(diagnostics: &mut Diagnostics, number: Option<&Located<i64>>, key: &str) {
    if let Some(number) = number.filter(|number| !(1..=i64::from(u32::MAX)).contains(&number.value))
    {
        let message = format_args!("`{key}` cannot be {number}");
        diagnostics
            .error(number.span, "bad-limit", message)
            .help(format_args!("it is from 1 to {}", u32::MAX));
    }
}
