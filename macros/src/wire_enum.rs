//! `#[derive(WireEnum)]`: an enum of documented values that keeps any other.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, DeriveInput, Error, Ident, Lit, LitStr, Path, Result, Token, Variant};

use crate::Derive;
use crate::attr::{self, Int, Version, parse_name, set};
use crate::errors::{Errors, unknown_name};
use crate::item::{check_unit, is_payload};
use crate::open_enum::{self, OpenEnum, Read, Words, keeper};

pub(crate) struct Enum<'a> {
    open: OpenEnum<'a, Documented<'a>>,
    kind: Kind,
}

/// What the values are.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    Int,
}

/// A variant with a value.
struct Documented<'a> {
    variant: &'a Variant,
    value: Literal,
    aliases: Vec<Literal>,
    default: Option<Ident>,
    since: Option<Version>,
}

/// A value on the wire.
enum Literal {
    Text(LitStr),
    Int(Int),
}

impl<'a> Derive<'a> for Enum<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        let open = OpenEnum::from_syn(node, errors);
        Enum { kind: find_kind(&open), open }
    }

    fn check(&self, errors: &mut Errors) {
        check(self, errors);
    }

    fn expand(&self) -> TokenStream {
        expand(self)
    }

    fn dummy(&self) -> TokenStream {
        self.open.unless_generic(|| dummy(self))
    }
}

impl<'a> open_enum::Documented<'a> for Documented<'a> {
    const WORDS: Words = Words {
        derive: "WireEnum",
        attribute: "wire",
        value: "value",
        question: "what is it on the wire? write `#[wire(\"VALUE\")]` or `#[wire(1)]`, or `#[wire(unknown)]` on the \
                   variant that keeps undocumented values",
    };

    fn from_syn(variant: &'a Variant, errors: &mut Errors) -> Read<Self> {
        let Attrs { value, aliases, default, since, unknown } =
            Attrs::from_syn(&variant.attrs, errors);
        Read {
            documented: value.map(|value| Documented { variant, value, aliases, default, since }),
            is_unknown: unknown.is_some(),
        }
    }

    fn variant(&self) -> &'a Variant {
        self.variant
    }

    fn value(&self) -> &impl ToTokens {
        &self.value
    }
}

/// What is written on a variant.
#[derive(Default)]
struct Attrs {
    value: Option<Literal>,
    aliases: Vec<Literal>,
    default: Option<Ident>,
    since: Option<Version>,
    unknown: Option<Ident>,
}

const OF_VARIANT: [&str; 4] = ["alias", "default", "since", "unknown"];

impl Attrs {
    fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Attrs::default();
        attr::read(attrs, "wire", errors, |input, _| read.item(input));
        read
    }

    fn item(&mut self, input: ParseStream<'_>) -> Result<()> {
        if Literal::peek(input) {
            return self.set_value(input.parse()?);
        }
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "alias" => self.aliases.push(attr::parse_value(input)?),
            "default" => set(&mut self.default, &name, name.clone())?,
            "since" => set(&mut self.since, &name, attr::parse_value(input)?)?,
            "unknown" => set(&mut self.unknown, &name, name.clone())?,
            _ => return Err(unknown_name("key of a variant", &name, &OF_VARIANT)),
        }
        Ok(())
    }

    fn set_value(&mut self, value: Literal) -> Result<()> {
        if self.value.is_some() {
            let message =
                "a variant has one value, write `alias = ..` for another that is read as this one";
            return Err(Error::new_spanned(value, message));
        }
        self.value = Some(value);
        Ok(())
    }
}

impl Literal {
    fn peek(input: ParseStream<'_>) -> bool {
        input.peek(Lit) || input.peek(Token![-])
    }
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(LitStr) {
            return input.parse().map(Literal::Text);
        }
        if !Literal::peek(input) {
            return Err(input.error("expected a value on the wire, as `\"PAID\"` or `2`"));
        }
        input.parse().map(Literal::Int)
    }
}

impl ToTokens for Literal {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Literal::Text(text) => text.to_tokens(tokens),
            Literal::Int(int) => int.to_tokens(tokens),
        }
    }
}

/// The kind of the first value; of an enum without values, that of what it keeps.
fn find_kind(open: &OpenEnum<'_, Documented<'_>>) -> Kind {
    let keeps_int = || open.unknown.iter().any(|variant| is_payload(&variant.fields, &["i64"]));
    match open.documented.first() {
        Some(first) => first.value.kind(),
        None if keeps_int() => Kind::Int,
        None => Kind::Text,
    }
}

impl Literal {
    fn kind(&self) -> Kind {
        match self {
            Literal::Text(_) => Kind::Text,
            Literal::Int(_) => Kind::Int,
        }
    }
}

impl Kind {
    /// The type of what the unknown variant keeps.
    fn payload(self) -> [&'static str; 1] {
        match self {
            Kind::Text => ["String"],
            Kind::Int => ["i64"],
        }
    }
}

fn check(model: &Enum<'_>, errors: &mut Errors) {
    let payload = model.kind.payload();
    for documented in &model.open.documented {
        check_unit(documented.variant, &keeper(&payload), errors);
        check_kinds(documented, model.kind, errors);
    }
    check_values(model, errors);
    check_default(model, errors);
    model.open.check_unknown(&payload, errors);
}

fn check_kinds(documented: &Documented<'_>, kind: Kind, errors: &mut Errors) {
    for value in documented.values().filter(|value| value.kind() != kind) {
        let message = match kind {
            Kind::Text => {
                "the values of one enum are of one kind, and the first is text: write this one in quotes"
            }
            Kind::Int => {
                "the values of one enum are of one kind, and the first is a whole number: write this one the same way"
            }
        };
        errors.at(value, message);
    }
}

/// A value read as two variants would be read as the first of them, always.
fn check_values(model: &Enum<'_>, errors: &mut Errors) {
    let mut seen: HashMap<String, &Ident> = HashMap::new();
    for documented in &model.open.documented {
        for value in documented.values() {
            if let Some(first) = seen.insert(value.written(), &documented.variant.ident) {
                let value_of = value.written();
                errors.at(value, format_args!("{value_of} is a value of `{first}` already"));
            }
        }
    }
}

fn check_default(model: &Enum<'_>, errors: &mut Errors) {
    let mut defaults =
        model.open.documented.iter().filter_map(|documented| documented.default.as_ref());
    defaults.next();
    for second in defaults {
        errors.at(second, "an enum has one default, remove one");
    }
}

impl Documented<'_> {
    fn values(&self) -> impl Iterator<Item = &Literal> {
        std::iter::once(&self.value).chain(&self.aliases)
    }
}

impl Literal {
    /// As it would be written without escapes, underscores and the like.
    fn written(&self) -> String {
        match self {
            Literal::Text(text) => format!("{:?}", text.value()),
            Literal::Int(int) => int.value.to_string(),
        }
    }
}

fn expand(model: &Enum<'_>) -> TokenStream {
    let runtime = &model.open.runtime;
    let rows = model.open.documented.iter().map(|documented| row(documented, runtime));
    let (value, from_value) = (value(model.kind), from_value(model));
    let place = model.open.expand_place(&quote!(__value), &quote!(__value));
    let core = quote! {
        const DOCUMENTED: &'static [#runtime::wire::DocumentedValue<#value>] = &[#(#rows),*];
        #[inline]
        fn from_value(__value: &#value) -> Self {
            #from_value
        }
        #[inline]
        fn place(&self) -> ::core::result::Result<::core::primitive::usize, &#value> {
            #place
        }
    };
    [impls(model, &core), default(model)].into_iter().collect()
}

/// The same impls with nothing in them.
fn dummy(model: &Enum<'_>) -> TokenStream {
    let (runtime, value) = (&model.open.runtime, value(model.kind));
    let core = quote! {
        const DOCUMENTED: &'static [#runtime::wire::DocumentedValue<#value>] = &[];
        #[inline]
        fn from_value(_: &#value) -> Self {
            ::core::unimplemented!()
        }
        #[inline]
        fn place(&self) -> ::core::result::Result<::core::primitive::usize, &#value> {
            ::core::unimplemented!()
        }
    };
    [impls(model, &core), default(model)].into_iter().collect()
}

/// What the values are. Written out everywhere, as `Self::Value` might be a variant.
fn value(kind: Kind) -> TokenStream {
    match kind {
        Kind::Text => quote!(::core::primitive::str),
        Kind::Int => quote!(::core::primitive::i64),
    }
}

fn row(documented: &Documented<'_>, runtime: &Path) -> TokenStream {
    let value = documented.value.expand();
    let aliases = (!documented.aliases.is_empty()).then(|| {
        let aliases = documented.aliases.iter().map(Literal::expand);
        quote!(.aliases(&[#(#aliases),*]))
    });
    let since = documented.since.iter().map(|since| since.expand(runtime));
    quote!(#runtime::wire::DocumentedValue::new(#value) #aliases #(.since(#since))*)
}

fn from_value(model: &Enum<'_>) -> TokenStream {
    let runtime = &model.open.runtime;
    let value = quote!(#runtime::wire::find(<Self as #runtime::WireEnum>::DOCUMENTED, __value));
    let arms = model.open.places().map(|(place, ident)| quote!(#place => Self::#ident,));
    let kept = match model.kind {
        Kind::Text => quote!(::core::convert::From::from(__value)),
        Kind::Int => quote!(*__value),
    };
    model.open.expand_read(&value, arms, &kept)
}

fn default(model: &Enum<'_>) -> TokenStream {
    let ident = &model.open.node.ident;
    let mut documented = model.open.documented.iter();
    let Some(Documented { variant, .. }) =
        documented.find(|documented| documented.default.is_some())
    else {
        return TokenStream::new();
    };
    let variant = &variant.ident;
    quote! {
        #[automatically_derived]
        impl ::core::default::Default for #ident {
            fn default() -> Self {
                Self::#variant
            }
        }
    }
}

fn impls(model: &Enum<'_>, core: &TokenStream) -> TokenStream {
    let (ident, runtime) = (&model.open.node.ident, &model.open.runtime);
    let value = value(model.kind);
    let core = quote! {
        #[automatically_derived]
        impl #runtime::WireEnum for #ident {
            type Value = #value;
            #core
        }
    };
    let others = quote!(#runtime::__wire_enum! { #ident, #value });
    [core, others].into_iter().collect()
}

impl Literal {
    /// As a reference to what the enum's values are.
    fn expand(&self) -> TokenStream {
        match self {
            Literal::Text(text) => quote!(#text),
            Literal::Int(int) => quote!(&#int),
        }
    }
}
