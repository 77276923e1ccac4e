//! What `Encode` and `Decode` read of a struct: an object with a key for each field.

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{
    Attribute, DeriveInput, Generics, Ident, LitBool, LitStr, Path, Result, Type, parenthesized,
    token,
};

use crate::attr::{
    self, Int, parse_crate, parse_literal, parse_name, parse_text, parse_value, read_items, set,
};
use crate::errors::{Errors, unknown_name};
use crate::item::{COLLECTIONS, is_named, name_or_rename, named_fields, option_of, start_of};

/// A struct that is an object on the wire.
pub(crate) struct Object<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    /// Path of the runtime.
    pub(crate) runtime: Path,
    /// Keys that always have the same value.
    pub(crate) constants: Vec<Constant>,
    fields: Vec<Field<'a>>,
}

/// `constant("key" = VALUE)`.
pub(crate) struct Constant {
    pub(crate) key: LitStr,
    pub(crate) value: Literal,
}

pub(crate) enum Literal {
    Text(LitStr),
    Int(Int),
    Bool(LitBool),
}

/// A field of it.
pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    /// What it is called on the wire.
    pub(crate) key: String,
    attrs: Attrs,
}

impl Literal {
    /// The value that a reader is to find.
    pub(crate) fn expected(&self, runtime: &Path) -> TokenStream {
        let (kind, value) = match self {
            Literal::Text(text) => (quote!(Text), quote!(#text)),
            Literal::Bool(bool) => (quote!(Bool), quote!(#bool)),
            Literal::Int(int) => (quote!(Int), quote!(#int)),
        };
        quote!(#runtime::wire::Constant::#kind(#value))
    }

    /// A reference to the value.
    pub(crate) fn expand(&self) -> TokenStream {
        match self {
            Literal::Text(text) => quote!(&#text),
            Literal::Bool(bool) => quote!(&#bool),
            Literal::Int(int) => {
                quote!(::core::convert::identity::<&::core::primitive::i64>(&#int))
            }
        }
    }
}

/// What is written on a field; of a flag, the flag.
#[derive(Default)]
struct Attrs {
    name: Option<LitStr>,
    optional: Option<Ident>,
    lenient: Option<Ident>,
    essential: Option<Ident>,
    default: Option<Ident>,
    skip: Option<Ident>,
    rest: Option<Ident>,
    header: Option<Ident>,
    body: Option<Ident>,
}

/// What is made of a field that is missing, `null`, or of another type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// An error.
    Required,
    /// An error, if there is a value.
    Readable,
    /// `None`.
    Optional,
    /// Its `Default`.
    Defaulted,
}

impl Reading {
    /// What cannot be read is an error.
    pub(crate) fn is_checked(self) -> bool {
        matches!(self, Reading::Required | Reading::Readable)
    }
}

impl<'a> Object<'a> {
    /// Reads the struct, for the derive of this name.
    pub(crate) fn from_syn(node: &'a DeriveInput, derive: &str, errors: &mut Errors) -> Self {
        let constants = read_constants(&node.attrs, errors);
        let fields = named_fields(node, derive, errors);
        let fields = fields.filter_map(|field| Field::from_syn(field, errors)).collect();
        let runtime = attr::runtime(&node.attrs, "wire");
        Object { ident: &node.ident, generics: &node.generics, runtime, constants, fields }
    }

    /// The fields that are keys of the object.
    pub(crate) fn in_object(&self) -> impl Iterator<Item = &Field<'a>> {
        let is_key =
            |attrs: &Attrs| attrs.skip.is_none() && attrs.rest.is_none() && attrs.header.is_none();
        self.fields.iter().filter(move |field| is_key(&field.attrs))
    }

    /// The field that holds what no other does.
    pub(crate) fn rest(&self) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.attrs.rest.is_some())
    }

    /// The field that the struct is written as, if that is no object.
    pub(crate) fn body(&self) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.attrs.body.is_some())
    }

    /// What is read is an object.
    pub(crate) fn check_read(&self, errors: &mut Errors) {
        for body in self.fields.iter().filter_map(|field| field.attrs.body.as_ref()) {
            errors.at(body, "`body` is for what is written, take the field's own type to read it");
        }
    }

    /// The keys that are read: those of the fields, in their order, then the constants.
    pub(crate) fn keys(&self) -> Vec<String> {
        let fields = self.in_object().map(|field| field.key.clone());
        let constants = self.constants.iter().map(|constant| constant.key.value());
        fields.chain(constants).collect()
    }

    /// The fields that are not, as those of a path.
    pub(crate) fn skipped(&self) -> impl Iterator<Item = &Field<'a>> {
        let is_skipped = |attrs: &Attrs| attrs.skip.is_some() || attrs.header.is_some();
        self.fields.iter().filter(move |field| is_skipped(&field.attrs))
    }

    /// Those that are read from headers of the response.
    pub(crate) fn headers(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| field.attrs.header.is_some())
    }
}

impl<'a> Field<'a> {
    fn from_syn(field: &'a syn::Field, errors: &mut Errors) -> Option<Self> {
        let attrs = Attrs::from_syn(&field.attrs, errors);
        let ident = field.ident.as_ref()?;
        let key = name_or_rename(attrs.name.clone(), field);
        Some(Field { ident, ty: &field.ty, key, attrs })
    }
}

impl Field<'_> {
    /// Left out of the object when it is `None`.
    pub(crate) fn is_optional(&self) -> bool {
        self.attrs.optional.is_some()
    }

    /// A number that may come as text.
    pub(crate) fn is_lenient(&self) -> bool {
        self.attrs.lenient.is_some()
    }

    /// How the field is read.
    pub(crate) fn reading(&self) -> Reading {
        let has_empty = || COLLECTIONS.iter().any(|name| is_named(self.ty, name));
        match (self.is_option(), self.attrs.essential.is_some()) {
            (true, false) => Reading::Optional,
            (true, true) => Reading::Readable,
            (false, false) if self.attrs.default.is_some() || has_empty() => Reading::Defaulted,
            (false, _) => Reading::Required,
        }
    }

    /// Where the compiler is to complain of a type that cannot be written or read.
    pub(crate) fn type_span(&self) -> Span {
        Span::call_site().located_at(start_of(self.ty))
    }

    /// Written as `Option<..>`; what a type's other names stand for, a macro cannot know.
    pub(crate) fn is_option(&self) -> bool {
        is_named(self.ty, "Option")
    }

    /// Written as `Option<Option<..>>`, which tells a key that is absent from one that is `null`.
    pub(crate) fn is_nullable(&self) -> bool {
        option_of(self.ty).is_some_and(|inner| is_named(inner, "Option"))
    }
}

const OF_FIELD: [&str; 9] =
    ["name", "optional", "lenient", "essential", "default", "skip", "rest", "header", "body"];

/// What is written on the struct.
fn read_constants(attrs: &[Attribute], errors: &mut Errors) -> Vec<Constant> {
    let (mut constants, mut runtime) = (Vec::new(), None);
    attr::read(attrs, "wire", errors, |input, errors| {
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "crate" => set(&mut runtime, &name, parse_crate(input)?),
            "constant" => parse_constants(input, &mut constants, errors),
            _ => Err(unknown_name("key of a struct", &name, &["constant", "crate"])),
        }
    });
    constants
}

/// `("key" = VALUE, ..)`.
fn parse_constants(
    input: ParseStream<'_>,
    constants: &mut Vec<Constant>,
    errors: &mut Errors,
) -> Result<()> {
    if !input.peek(token::Paren) {
        return Err(input.error("expected `(\"key\" = VALUE)`"));
    }
    let inside;
    parenthesized!(inside in input);
    read_items(&inside, errors, &mut |input, _| {
        let key = parse_literal(input, "version")?;
        constants.push(Constant { key, value: parse_value(input)? });
        Ok(())
    });
    Ok(())
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        match () {
            () if input.peek(LitStr) => input.parse().map(Literal::Text),
            () if input.peek(LitBool) => input.parse().map(Literal::Bool),
            () if Int::peek(input) => input.parse().map(Literal::Int),
            () => Err(input.error("expected a string, a whole number, `true` or `false`")),
        }
    }
}

impl Attrs {
    fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Attrs::default();
        attr::read(attrs, "wire", errors, |input, _| read.item(input));
        read
    }

    fn item(&mut self, input: ParseStream<'_>) -> Result<()> {
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "name" => set(&mut self.name, &name, parse_text(input, "goodType")?),
            "optional" => set(&mut self.optional, &name, name.clone()),
            "lenient" => set(&mut self.lenient, &name, name.clone()),
            "essential" => set(&mut self.essential, &name, name.clone()),
            "default" => set(&mut self.default, &name, name.clone()),
            "skip" => set(&mut self.skip, &name, name.clone()),
            "rest" => set(&mut self.rest, &name, name.clone()),
            "header" => set(&mut self.header, &name, name.clone()),
            "body" => set(&mut self.body, &name, name.clone()),
            _ => Err(unknown_name("key of a field", &name, &OF_FIELD)),
        }
    }
}

impl Object<'_> {
    /// Refuses what cannot be meant.
    pub(crate) fn check(&self, errors: &mut Errors) {
        check_keys(self, errors);
        check_constants(self, errors);
        check_rest(self, errors);
        self.headers().for_each(|field| check_header(field, errors));
        check_whole(self, errors);
        self.fields.iter().for_each(|field| check_field(field, errors));
    }
}

/// A key twice in an object is read differently by every reader.
fn check_keys(object: &Object<'_>, errors: &mut Errors) {
    let mut seen = HashMap::new();
    for field in object.in_object() {
        let Some(first) = seen.insert(&field.key, field.ident) else { continue };
        let message = format!("`{}` is the key of field `{first}` already", field.key);
        match &field.attrs.name {
            Some(name) => errors.at(name, message),
            None => errors.at(field.ident, message),
        }
    }
}

fn check_constants(object: &Object<'_>, errors: &mut Errors) {
    for (place, constant) in object.constants.iter().enumerate() {
        let key = constant.key.value();
        if key.is_empty() {
            errors.at(&constant.key, "the key of a constant cannot be empty");
        } else if object.constants[..place].iter().any(|it| it.key.value() == key) {
            errors.at(&constant.key, "this is given twice, leave one out");
        } else if let Some(field) = object.in_object().find(|field| field.key == key) {
            let message = format_args!("this is the key of field `{}` already", field.ident);
            errors.at(&constant.key, message);
        }
    }
}

/// What no field holds goes into one map.
fn check_rest(object: &Object<'_>, errors: &mut Errors) {
    let rests = object.fields.iter().filter_map(|field| Some((field, field.attrs.rest.as_ref()?)));
    for (place, (field, rest)) in rests.enumerate() {
        if place > 0 {
            errors.at(rest, "one field holds the rest, leave one out");
        }
        if !is_named(field.ty, "BTreeMap") {
            errors.at(field.ty, "the rest is a map, expected `BTreeMap<String, ..>`");
        }
        let Attrs { name, optional, lenient, essential, default, skip, .. } = &field.attrs;
        let flags = [optional, lenient, essential, default, skip].into_iter().flatten();
        for flag in flags {
            errors.at(flag, format_args!("`{flag}` is for a field with a key, leave it out"));
        }
        if let Some(name) = name {
            errors.at(name, "the rest has no key of its own, leave the name out");
        }
    }
}

/// A header may always be missing.
fn check_header(field: &Field<'_>, errors: &mut Errors) {
    if !field.is_option() {
        errors.at(field.ty, "a header may be missing, expected `Option<..>`");
    }
    let Attrs { optional, lenient, essential, default, skip, rest, .. } = &field.attrs;
    for flag in [optional, lenient, essential, default, skip, rest].into_iter().flatten() {
        errors.at(flag, format_args!("`{flag}` is for a field of the body, leave it out"));
    }
}

/// Of a struct that is written as one field, no other is written.
fn check_whole(object: &Object<'_>, errors: &mut Errors) {
    let Some(body) = object.body() else { return };
    let others = object.in_object().chain(object.rest()).filter(|field| field.ident != body.ident);
    for other in others {
        let message =
            format!("the struct is written as field `{}` alone, add `#[wire(skip)]`", body.ident);
        errors.at(other.ident, message);
    }
    if let Some(constant) = object.constants.first() {
        let message =
            format!("the struct is written as field `{}` alone, leave this out", body.ident);
        errors.at(&constant.key, message);
    }
    let Attrs { optional, skip, body: flag, .. } = &body.attrs;
    for other in [optional, skip].into_iter().flatten() {
        errors.at(other, "what a struct is written as is always there, leave this out");
    }
    if let Some(flag) = flag.as_ref().filter(|_| body.is_option()) {
        errors.at(
            flag,
            "what a struct is written as is always there, take the type without `Option`",
        );
    }
}

fn check_field(field: &Field<'_>, errors: &mut Errors) {
    if let Some(name) = &field.attrs.name
        && name.value().is_empty()
    {
        errors.at(name, "the key of a field cannot be empty");
    }
    if let Some(optional) = &field.attrs.optional
        && !field.is_option()
    {
        errors.at(
            optional,
            "`optional` is for a field of type `Option<..>`, leave it out or change the type",
        );
    }
    check_reading(field, errors);
}

/// A field has one answer to a value that is missing.
fn check_reading(field: &Field<'_>, errors: &mut Errors) {
    let Some(default) = &field.attrs.default else { return };
    if field.attrs.essential.is_some() {
        errors.at(default, "an essential field must be there, leave out `default` or `essential`");
    }
    if field.is_option() {
        errors.at(default, "an `Option` is `None` by default, leave this out");
    }
}
