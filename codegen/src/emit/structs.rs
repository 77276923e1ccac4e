//! Objects, and what else a struct is besides one.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal::emit_scalar;
use super::ty::emit_field_type;
use super::{
    Emit, details, doc, emit_list, endpoint, formerly, ident, js_api, lifecycle, limits, rule,
};
use crate::ir::{
    ConstantField, Doc, Endpoint, Field, Initial, JsApi, Module, Place, Presence, Role, Scalar,
    Struct, Type,
};

pub(super) fn emit_struct(item: &Struct, module: &Module) -> TokenStream {
    let part = Part::of(item, module);
    let constants = item.constants.iter().map(describe_constant);
    let rules = constants.chain(item.groups.iter().map(rule::describe_group)).chain(part.limits);
    let doc = doc::item_with(part.sentences, part.facts, part.doc, rules.collect());
    let derives = emit_derives(item, part.derives);
    let (attributes, deprecated) = (part.attributes, part.deprecated);
    let constants = emit_constants(item);
    let groups = item.groups.iter().filter(|_| item.written).map(rule::emit_group);
    let name = ident(&item.name);
    let fields = item.fields.iter().map(|field| Emit(move || emit_field(field, item)));
    let required = item.written.then(|| emit_required(item));
    let details = details::emit_details(item);
    let former = formerly::emit_fields(item);
    quote! {
        #doc
        #deprecated
        #derives
        #[non_exhaustive]
        #required
        #attributes
        #(#constants)*
        #(#groups)*
        pub struct #name {
            #(#fields,)*
        }
        #details
        #former
    }
}

/// What its role adds to a struct.
struct Part<'a> {
    doc: &'a Doc,
    sentences: Vec<String>,
    /// Those of its call.
    facts: Vec<String>,
    /// When and by whom it may be used, a sentence each.
    limits: Vec<String>,
    /// What makes it one that is written, if it is.
    derives: Option<TokenStream>,
    attributes: TokenStream,
    deprecated: Option<TokenStream>,
}

impl<'a> Part<'a> {
    fn of(item: &'a Struct, module: &'a Module) -> Part<'a> {
        match item.role {
            Role::Plain => Part::plain(item),
            Role::Request(endpoint) => Part::request(&module.endpoints[endpoint]),
            Role::Options(api) => Part::options(&module.js_apis[api]),
        }
    }

    fn plain(item: &'a Struct) -> Part<'a> {
        let text = [doc::text_or_name(&item.doc, &item.wire)].into_iter();
        let details = details::describe_details(item);
        let deprecated = lifecycle::describe_item(&item.deprecated);
        let sentences = text.chain(details).chain(deprecated).collect();
        let (facts, limits) = (Vec::new(), Vec::new());
        let derives = item.written.then(|| quote!(::apiscribe::Encode, ::apiscribe::Validate));
        let (attributes, deprecated) =
            (TokenStream::new(), lifecycle::emit_deprecated(&item.deprecated));
        Part { doc: &item.doc, sentences, facts, limits, derives, attributes, deprecated }
    }

    fn request(endpoint: &'a Endpoint) -> Part<'a> {
        Part {
            doc: &endpoint.doc,
            sentences: endpoint::describe_endpoint(endpoint),
            facts: endpoint::list_facts(endpoint),
            limits: lifecycle::describe_lifecycle(&endpoint.lifecycle),
            derives: Some(quote!(::apiscribe::Request)),
            attributes: endpoint::emit_attributes(endpoint),
            deprecated: lifecycle::emit_warning(&endpoint.deprecated, &endpoint.lifecycle),
        }
    }

    fn options(api: &'a JsApi) -> Part<'a> {
        Part {
            doc: &api.doc,
            sentences: js_api::describe_js_api(api),
            facts: Vec::new(),
            limits: lifecycle::describe_lifecycle(&api.lifecycle),
            derives: Some(quote!(::apiscribe::Encode, ::apiscribe::Validate, ::apiscribe::JsApi)),
            attributes: js_api::emit_attributes(api),
            deprecated: lifecycle::emit_warning(&api.deprecated, &api.lifecycle),
        }
    }
}

/// Has the derive make `new`, and the struct of what that must be given.
fn emit_required(item: &Struct) -> TokenStream {
    match item.required.as_deref().map(ident) {
        Some(name) => quote!(#[required(#name)]),
        None => quote!(#[required]),
    }
}

fn emit_derives(item: &Struct, written: Option<TokenStream>) -> TokenStream {
    let default = item.default.then(|| quote!(Default));
    let kept = item.kept.then(|| quote!(::apiscribe::Encode));
    let read = item.read.then(|| quote!(::apiscribe::Decode));
    let derives = default.into_iter().chain(written).chain(kept).chain(read);
    quote!(#[derive(Debug, Clone, PartialEq #(, #derives)*)])
}

/// The keys of the object, and those of the query, that always have the same value.
fn emit_constants(item: &Struct) -> impl Iterator<Item = TokenStream> {
    let of = |place| item.constants.iter().filter(move |constant| constant.place == place);
    let keys = of(Place::Body).map(|ConstantField { wire, value, .. }| {
        let value = emit_scalar(value);
        quote!(#[wire(constant(#wire = #value))])
    });
    let query = of(Place::Query).map(|ConstantField { wire, value, .. }| {
        let value = value.text();
        quote!(#[endpoint(query(#wire = #value))])
    });
    let headers = of(Place::Header).map(|ConstantField { wire, value, .. }| {
        let value = value.text();
        quote!(#[endpoint(header(#wire = #value))])
    });
    keys.chain(query).chain(headers)
}

fn emit_field(field: &Field, item: &Struct) -> TokenStream {
    let limits = field.named_limits.as_ref().map(limits::emit_named);
    let doc = doc::part(describe_field(field), &field.doc).with_limits(limits);
    let wire = Emit(|| emit_wire(field, item.read));
    let place = emit_place(field.place);
    let deprecated = lifecycle::emit_deprecated(&field.deprecated);
    let spelling = endpoint::emit_spelling(field.spelling);
    let since = field.since.iter().filter(|_| matches!(item.role, Role::Options(_)));
    let rules = item.written.then_some(Emit(|| rule::emit_validate_field(field)));
    let start = emit_start(field).filter(|_| item.written);
    let name = ident(&field.name);
    let ty = Emit(|| emit_field_type(field));
    quote! {
        #doc
        #deprecated
        #wire
        #place
        #spelling
        #(#[js_api(since = #since)])*
        #start
        #rules
        pub #name: #ty
    }
}

/// What a new struct has in the field, where its type does not say it.
fn emit_start(field: &Field) -> Option<TokenStream> {
    match (field.initial, field.presence) {
        (Initial::Argument, Presence::Expected) => Some(quote!(#[required(some)])),
        (Initial::Argument, Presence::Nullable) => Some(quote!(#[required(given)])),
        (Initial::Empty, _) => Some(quote!(#[required(default)])),
        (Initial::Later, _) => Some(quote!(#[required(empty)])),
        (Initial::Argument | Initial::Absent, _) => None,
    }
}

fn emit_wire(field: &Field, read: bool) -> TokenStream {
    if field.place == Place::Rest {
        return quote!(#[wire(rest)]);
    }
    let wire = &field.wire;
    let name = (field.name != field.wire).then(|| quote!(name = #wire));
    let optional = is_left_out(field.presence).then(|| quote!(optional));
    let lenient = field.lenient.then(|| quote!(lenient));
    let essential = (read && must_be_told(field)).then(|| quote!(essential));
    let place = match field.place {
        Place::Body | Place::Rest => None,
        Place::WholeBody => Some(quote!(body)),
        Place::Part | Place::Query | Place::Path | Place::Header => Some(quote!(skip)),
        // Nothing else is to be said of what is always text and may always be missing.
        Place::ResponseHeader => {
            return emit_list("wire", name.into_iter().chain([quote!(header)]).collect());
        }
    };
    let items: Vec<TokenStream> =
        [name, optional, lenient, essential, place].into_iter().flatten().collect();
    emit_list("wire", items)
}

/// Whether it is left out of the object when it is `None`.
fn is_left_out(presence: Presence) -> bool {
    match presence {
        Presence::Expected | Presence::Optional | Presence::OptionalNullable => true,
        Presence::Required | Presence::Nullable => false,
    }
}

/// Whether it would be read as empty if it were not said to be essential.
fn must_be_told(field: &Field) -> bool {
    field.essential && matches!(field.ty, Type::List(_) | Type::Map(_))
}

fn emit_place(place: Place) -> Option<TokenStream> {
    match place {
        Place::Body | Place::WholeBody | Place::ResponseHeader | Place::Rest => None,
        Place::Part => Some(quote!(#[endpoint(file)])),
        Place::Query => Some(quote!(#[endpoint(query)])),
        Place::Path => Some(quote!(#[endpoint(path)])),
        Place::Header => Some(quote!(#[endpoint(header)])),
    }
}

/// What a field is, and what is to be known of it.
fn describe_field(field: &Field) -> Vec<String> {
    let place = describe_place(field);
    let null = describe_null(field.presence);
    let rules = field.rules.iter().filter_map(|rule| rule::describe_rule(rule, &field.ty));
    let default = field.default.as_ref().map(describe_default);
    let since = doc::describe_since(field.since.as_deref());
    let about = doc::text(&field.doc).into_iter().chain(place).chain(null);
    let deprecated = lifecycle::describe_part(&field.deprecated);
    about.chain(rules).chain(default).chain(since).chain(deprecated).collect()
}

/// Where it goes, if its name does not say so.
fn describe_place(field: &Field) -> Option<String> {
    match field.place {
        Place::Header => Some(format!("Sent as the header {}.", doc::code(&field.wire))),
        Place::ResponseHeader => Some(format!("The header {}.", doc::code(&field.wire))),
        Place::WholeBody => Some("The whole body.".to_owned()),
        Place::Rest => Some("All keys that have no field.".to_owned()),
        Place::Body | Place::Part | Place::Query | Place::Path => None,
    }
}

fn describe_null(presence: Presence) -> Option<String> {
    let sentence = match presence {
        Presence::Required | Presence::Optional => return None,
        Presence::Expected => "Documented as required.",
        Presence::Nullable => "Always there, and may be `null`.",
        Presence::OptionalNullable => "`None` if left out, `Some(None)` for `null`.",
    };
    Some(sentence.to_owned())
}

/// A key that always has the same value, and what is to be known of it.
fn describe_constant(constant: &ConstantField) -> String {
    let value = doc::describe_scalar(&constant.value);
    let is = format!("{} is always {value}.", doc::code(&constant.wire));
    [is].into_iter().chain(doc::describe(&constant.doc)).collect::<Vec<_>>().join(" ")
}

fn describe_default(default: &Scalar) -> String {
    format!("Default: {}.", doc::describe_scalar(default))
}
