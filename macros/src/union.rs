//! `#[derive(Encode)]` and `#[derive(Decode)]` of an enum: objects of several kinds, which one of their keys tells apart.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, DeriveInput, Error, Field, Fields, Ident, LitStr, Path, Result, Variant};

use crate::Derive;
use crate::attr::{self, Int, parse_crate, parse_name, parse_text, set};
use crate::errors::{Errors, unknown_name};
use crate::item::{check_payload, variants};

/// Writes it.
pub(crate) struct Encode<'a>(Union<'a>);

/// Reads it.
pub(crate) struct Decode<'a>(Union<'a>);

struct Union<'a> {
    node: &'a DeriveInput,
    /// Path of the runtime.
    runtime: Path,
    /// The key that tells the kinds apart.
    tag: Option<LitStr>,
    kinds: Vec<Kind<'a>>,
    /// The variants that keep any other kind: exactly one, once checked.
    unknown: Vec<&'a Variant>,
}

/// A variant with the value of the key that it is known by.
struct Kind<'a> {
    variant: &'a Variant,
    value: Literal,
    /// The key of its content, if that is not beside the value.
    key: Option<LitStr>,
}

enum Literal {
    Text(LitStr),
    Int(Int),
}

impl<'a> Derive<'a> for Encode<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        Self(Union::from_syn(node, "Encode", errors))
    }

    fn check(&self, errors: &mut Errors) {
        self.0.check(errors);
    }

    fn expand(&self) -> TokenStream {
        self.0.impl_serialize(&self.0.write())
    }

    fn dummy(&self) -> TokenStream {
        self.0.impl_serialize(&quote!(::core::unimplemented!()))
    }
}

impl<'a> Derive<'a> for Decode<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        Self(Union::from_syn(node, "Decode", errors))
    }

    fn check(&self, errors: &mut Errors) {
        self.0.check(errors);
    }

    fn expand(&self) -> TokenStream {
        let runtime = &self.0.runtime;
        let deserialize =
            self.0.impl_deserialize(&quote!(#runtime::wire::decode_union(__deserializer)));
        [deserialize, self.0.impl_union()].into_iter().collect()
    }

    fn dummy(&self) -> TokenStream {
        self.0.impl_deserialize(&quote!(::core::unimplemented!()))
    }
}

impl<'a> Union<'a> {
    fn from_syn(node: &'a DeriveInput, derive: &str, errors: &mut Errors) -> Self {
        let runtime = attr::runtime(&node.attrs, "wire");
        let tag = read_tag(&node.attrs, errors);
        let mut read = Union { node, runtime, tag, kinds: Vec::new(), unknown: Vec::new() };
        for variant in variants(node, derive, errors) {
            let before = errors.count();
            let attrs = Attrs::from_syn(&variant.attrs, errors);
            let is_sound = errors.count() == before;
            read.add(variant, attrs, is_sound, errors);
        }
        read
    }

    fn add(&mut self, variant: &'a Variant, attrs: Attrs, is_sound: bool, errors: &mut Errors) {
        match (attrs.value, attrs.unknown) {
            (_, Some(_)) => self.unknown.push(variant),
            (Some(value), None) => {
                let key = variant.fields.iter().find_map(|field| read_key(field, errors));
                self.kinds.push(Kind { variant, value, key });
            }
            (None, None) if is_sound => {
                let message = "which kind of object is it? write `#[wire(\"VALUE\")]`, or \
                               `#[wire(unknown)]` on the variant that keeps other kinds";
                errors.at(&variant.ident, message);
            }
            (None, None) => {}
        }
    }
}

/// What is written on the enum.
fn read_tag(attrs: &[Attribute], errors: &mut Errors) -> Option<LitStr> {
    let (mut tag, mut runtime) = (None, None);
    attr::read(attrs, "wire", errors, |input, _| {
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "crate" => set(&mut runtime, &name, parse_crate(input)?),
            "tag" => set(&mut tag, &name, parse_text(input, "type")?),
            _ => Err(unknown_name("key of an enum", &name, &["crate", "tag"])),
        }
    });
    tag
}

/// What is written on a variant.
#[derive(Default)]
struct Attrs {
    value: Option<Literal>,
    unknown: Option<Ident>,
}

impl Attrs {
    fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Attrs::default();
        attr::read(attrs, "wire", errors, |input, _| read.item(input));
        read
    }

    fn item(&mut self, input: ParseStream<'_>) -> Result<()> {
        if input.peek(LitStr) || Int::peek(input) {
            let value: Literal = input.parse()?;
            if self.value.is_some() {
                return Err(value.error("a variant has one value, remove one"));
            }
            self.value = Some(value);
            return Ok(());
        }
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "unknown" => set(&mut self.unknown, &name, name.clone()),
            _ => Err(unknown_name("key of a variant", &name, &["unknown"])),
        }
    }
}

/// What is written on the content of a variant.
fn read_key(field: &Field, errors: &mut Errors) -> Option<LitStr> {
    let mut key = None;
    attr::read(&field.attrs, "wire", errors, |input, _| {
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "name" => set(&mut key, &name, parse_text(input, "card")?),
            _ => Err(unknown_name("key of a content", &name, &["name"])),
        }
    });
    key
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        match input.peek(LitStr) {
            true => input.parse().map(Literal::Text),
            false => input.parse().map(Literal::Int),
        }
    }
}

impl Literal {
    /// As it is compared when it is read.
    fn text(&self) -> String {
        match self {
            Literal::Text(text) => text.value(),
            Literal::Int(int) => int.value.to_string(),
        }
    }

    /// A reference to the value.
    fn expand(&self) -> TokenStream {
        match self {
            Literal::Text(text) => quote!(&#text),
            Literal::Int(int) => {
                quote!(::core::convert::identity::<&::core::primitive::i64>(&#int))
            }
        }
    }

    fn error(&self, message: &str) -> Error {
        match self {
            Literal::Text(text) => Error::new_spanned(text, message),
            Literal::Int(int) => Error::new_spanned(int, message),
        }
    }
}

impl Union<'_> {
    fn check(&self, errors: &mut Errors) {
        match &self.tag {
            Some(tag) if tag.value().is_empty() => errors.at(tag, "the key cannot be empty"),
            Some(_) => {}
            None => errors.at(
                &self.node.ident,
                "which key tells the kinds of objects apart? write `#[wire(tag = \"type\")]`",
            ),
        }
        check_values(&self.kinds, errors);
        self.kinds.iter().for_each(|kind| self.check_kind(kind, errors));
        for variant in &self.unknown {
            check_payload(variant, &["UnknownVariant"], errors);
        }
        for second in self.unknown.iter().skip(1) {
            errors.at(&second.ident, "one variant keeps other kinds, remove one");
        }
        if self.unknown.is_empty() && !self.kinds.is_empty() {
            let message = "no variant keeps undocumented kinds, add `#[wire(unknown)] \
                           Unknown(UnknownVariant)`";
            errors.at(&self.node.ident, message);
        }
    }

    fn check_kind(&self, kind: &Kind<'_>, errors: &mut Errors) {
        let Kind { variant, key, .. } = kind;
        match &variant.fields {
            Fields::Unit => {}
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {}
            fields => {
                let name = &variant.ident;
                errors
                    .at(fields, format_args!("a variant holds one object, write `{name}({name})`"));
            }
        }
        if let (Some(key), Some(tag)) = (key, &self.tag)
            && key.value() == tag.value()
        {
            errors.at(key, "this is the key that tells the kinds apart already");
        }
    }
}

/// A value of two variants would be read as the first of them, always.
fn check_values(kinds: &[Kind<'_>], errors: &mut Errors) {
    let mut seen: HashMap<String, &Ident> = HashMap::new();
    for kind in kinds {
        if let Some(first) = seen.insert(kind.value.text(), &kind.variant.ident) {
            errors.push(kind.value.error(&format!("this is the value of `{first}` already")));
        }
    }
}

impl Union<'_> {
    fn impl_serialize(&self, body: &TokenStream) -> TokenStream {
        let (ident, runtime) = (&self.node.ident, &self.runtime);
        quote! {
            #[automatically_derived]
            impl #runtime::serde::Serialize for #ident {
                fn serialize<__S: #runtime::serde::Serializer>(
                    &self,
                    __serializer: __S,
                ) -> ::core::result::Result<__S::Ok, __S::Error> {
                    #body
                }
            }
        }
    }

    fn impl_deserialize(&self, body: &TokenStream) -> TokenStream {
        let (ident, runtime) = (&self.node.ident, &self.runtime);
        quote! {
            #[automatically_derived]
            impl<'__de> #runtime::serde::Deserialize<'__de> for #ident {
                fn deserialize<__D: #runtime::serde::Deserializer<'__de>>(
                    __deserializer: __D,
                ) -> ::core::result::Result<Self, __D::Error> {
                    #body
                }
            }
        }
    }

    fn write(&self) -> TokenStream {
        let (runtime, tag) = (&self.runtime, &self.tag);
        let kinds = self.kinds.iter().map(|Kind { variant, value, key }| {
            let (name, value) = (&variant.ident, value.expand());
            let (write, key) = match (&variant.fields, key) {
                (Fields::Unit, _) => {
                    let write = quote!(#runtime::wire::write_tag(__serializer, (#tag, #value)));
                    return quote!(Self::#name => #write,);
                }
                (_, Some(key)) => (quote!(write_keyed), Some(quote!(#key,))),
                (_, None) => (quote!(write_flat), None),
            };
            quote! {
                Self::#name(__content) => {
                    #runtime::wire::#write(__serializer, (#tag, #value), #key __content)
                }
            }
        });
        let unknown = self.unknown.iter().map(|variant| &variant.ident);
        quote! {
            match self {
                #(#kinds)*
                #(Self::#unknown(__unknown) => #runtime::serde::Serialize::serialize(__unknown, __serializer),)*
            }
        }
    }

    fn impl_union(&self) -> TokenStream {
        let (ident, runtime, tag) = (&self.node.ident, &self.runtime, &self.tag);
        let values = self.kinds.iter().map(|kind| kind.value.text());
        let arms = self.kinds.iter().enumerate().map(|(place, Kind { variant, key, .. })| {
            let name = &variant.ident;
            let value = match (&variant.fields, key) {
                (Fields::Unit, _) => quote!(Self::#name),
                (_, Some(key)) => quote!(Self::#name(__content.keyed(&[#key])?)),
                (_, None) => quote!(Self::#name(__content.flat()?)),
            };
            quote!(#place => #value,)
        });
        let unknown = self.unknown.iter().map(|variant| &variant.ident);
        quote! {
            #[automatically_derived]
            impl #runtime::wire::Union for #ident {
                const TAG: &'static [&'static ::core::primitive::str] = &[#tag];
                const VALUES: &'static [&'static ::core::primitive::str] = &[#(#values),*];
                fn read<'__de, __A: #runtime::serde::de::SeqAccess<'__de>>(
                    __place: ::core::primitive::usize,
                    __content: #runtime::wire::Content<__A>,
                ) -> ::core::result::Result<Self, __A::Error> {
                    ::core::result::Result::Ok(match __place {
                        #(#arms)*
                        #(_ => Self::#unknown(__content.unknown()?),)*
                    })
                }
            }
        }
    }
}
